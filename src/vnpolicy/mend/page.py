"""One text, mended in order: its characters, its digits, its spaces."""

from __future__ import annotations

from functools import lru_cache

from vnpolicy import charset
from vnpolicy.mend import date_word, digit, glue, name, segmented
from vnpolicy.text import Canonical, canonical, edited, restated

_ROOMS = (segmented, digit, date_word, glue, name)


def view(raw: str, *, scanned: bool = False) -> tuple[Canonical, str | None]:
    """The canonical view of ``raw``, with damage mended where one reading is certain; and the
    old or wrong character set that ``raw`` turned out to be in, if it was. ``scanned`` says
    that the text comes from OCR."""
    meant, damage = charset.repair(raw)
    found = restated(raw, meant) if damage else None
    if found is None:
        found, damage = canonical(raw), None
    asked = 0
    for word in frozenset(found.text.split()):
        asked |= _look(word)
    for number, room in enumerate(_ROOMS):
        if asked >> number & 1 and (edits := room.edits(found.text)):
            found = edited(found, edits)
    if scanned and (edits := name.edits(found.text, scanned=True)):
        found = edited(found, edits)
    return found, damage


@lru_cache(maxsize=1 << 16)
def _look(word: str) -> int:
    """Which rooms the word gives reason to ask, a bit for each: most words give none."""
    return sum(room.is_odd(word) << number for number, room in enumerate(_ROOMS))
