"""A citation as the words give it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field


@dataclass(slots=True)
class ReferenceMention:
    """One mention of an instrument, canonical offsets; what is not said is None.

    ``anaphor`` stands for another mention and has neither number, year nor name of its own
    ("Nghị định này"). ``resolves_to``, ``resolved_by`` and ``candidates`` are for the linker.
    """

    start: int
    end: int
    type: str
    rule: str
    number: str | None = None
    number_inferred: bool = False
    year: int | None = None
    issued_on: datetime.date | None = None
    issuer: str | None = None
    issuer_inferred: bool = False
    provision: tuple[tuple[str, str], ...] = ()
    name: str | None = None
    status: str = "issued"
    title: str | None = None
    title_span: tuple[int, int] | None = None
    anaphor: bool = False
    holds: bool = False  # its name cites another instrument, which is a mention of its own
    resolves_to: str | None = None
    resolved_by: str | None = None
    candidates: list[str] = field(default_factory=list)
