"""What the readers of bodies share: the mention they give, and the page they read.

A reader is a function of the page, the offsets of the word that called it, and that word; it
gives the mentions that begin there (more than one for "Bộ trưởng, Thủ trưởng cơ quan ngang bộ"),
or none where the word is something else here.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(slots=True)
class BodyMention:
    """A body, class, office holder or person as written.

    ``kind``: ``agency`` (in the register), ``collective`` (a class), ``list`` (members named one
    by one), ``local`` (of a province), ``unknown`` (outside the register: no ids), ``vague``
    ("cấp có thẩm quyền"), ``person``, ``deictic`` (stands for another mention). ``place`` is set
    where a province is named as a place and nobody is addressed. ``cue`` is the word group
    directly before that governs it, for the head of a coordination; members of one
    coordination share ``chain``, and ``follows`` is the step back to the member before.
    """

    start: int
    end: int
    agency_ids: tuple[str, ...] = ()
    office: str | None = None
    kind: str = "unknown"
    rule: str = ""
    place: bool = False
    cue: str | None = None
    chain: int = 0
    follows: int | None = None


@dataclass(slots=True)
class Page:
    """The document as the readers see it, and what they have met so far."""

    low: str
    flat: str
    home: str | None
    is_city: bool
    anchor: datetime.date | None
    issuer: str | None
    read: Callable[[Page, int], list[BodyMention]]
    kind_at: Callable[[Page, int], str | None]
    last: int = 0  # where the last mention ended
    lists: list[tuple[str, ...]] = field(default_factory=list)
    places: list[tuple[str, ...]] = field(default_factory=list)
    named: dict[str, set[tuple[str, ...]]] = field(default_factory=dict)

    def is_capital(self, offset: int) -> bool:
        """Whether a capital stands at the offset."""
        return self.flat[offset : offset + 1].isupper()

    def shouts(self, start: int, end: int) -> bool:
        """Whether the stretch is in capitals throughout, as titles are."""
        return self.flat[start:end].isupper()


Reader = Callable[[Page, int, int, str], list[BodyMention]]
