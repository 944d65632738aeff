"""Reading the corpus: phrases with the expected span in brackets.

A file ``corpus/<kind>.toml`` holds ``[[case]]`` tables::

    [[case]]
    text = "Giao Bộ Y tế trình Đề án [trước ngày 10/5/2024]."
    anchor = 2024-01-02                       # optional: the anchor date
    value = { due_on = "2024-05-09", modifier = "before" }

``texts`` instead of ``text`` holds many phrasings to one value; ``values`` one table a bracket,
from left to right. A text without a bracket must yield nothing. ``xfail = "why"`` marks a known
failure, strictly: it must fail. Only the fields named in the value are compared; dates,
numbers and tuples by what they print in JSON. ``context`` is text set before the phrase, as
paragraphs of their own, for what a document must have said already; records in it do not count.
"""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

CORPUS = Path(__file__).parent.parent / "corpus"


@dataclass
class Case:
    """One phrase: ``text`` is clean, ``spans`` are the brackets' places in it."""

    name: str
    text: str
    spans: list[tuple[int, int]]
    values: list[dict[str, Any]]
    anchor: datetime.date | None = None
    xfail: str | None = None
    context: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def read(kind: str) -> list[Case]:
    """The cases of ``corpus/<kind>.toml``, in order."""
    table = tomllib.loads((CORPUS / f"{kind}.toml").read_text(encoding="utf-8"))
    cases = []
    for number, entry in enumerate(table["case"], 1):
        for text in entry.get("texts") or [entry["text"]]:
            clean, spans = _brackets(text)
            values = entry.get("values") or [entry.get("value", {})] * len(spans)
            if len(values) != len(spans):
                raise ValueError(
                    f"{kind} case {number}: {len(spans)} brackets, {len(values)} values"
                )
            cases.append(
                Case(
                    f"{kind}-{number}: {clean[:60]}",
                    clean,
                    spans,
                    values,
                    entry.get("anchor"),
                    entry.get("xfail"),
                    entry.get("context", ""),
                )
            )
    return cases


def _brackets(text: str) -> tuple[str, list[tuple[int, int]]]:
    clean: list[str] = []
    spans: list[tuple[int, int]] = []
    start = None
    for char in text:
        if char == "[":
            start = len(clean)
        elif char == "]":
            assert start is not None, f"a bracket closes that was not opened: {text}"
            spans.append((start, len(clean)))
            start = None
        else:
            clean.append(char)
    return "".join(clean), spans


def plain(value: object) -> Any:
    """A value as JSON would print it, for comparing."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize() if value != value.to_integral() else value.quantize(1), "f")
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if hasattr(value, "__dataclass_fields__"):
        return {name: plain(getattr(value, name)) for name in value.__dataclass_fields__}
    return value
