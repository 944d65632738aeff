"""One text, mended in order: its characters, its digits, its spaces."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from vnpolicy import charset
from vnpolicy.charset import syllable
from vnpolicy.mend import date_word, digit, glue, name, segmented
from vnpolicy.text import Canonical, canonical, edited, restated

_ROOMS = (segmented, digit, date_word, glue, name)


@dataclass(frozen=True, slots=True)
class Mended:
    """A view with damage mended; the old or wrong character set that the raw text turned out to
    be in, if it was; and the share of its words that can be Vietnamese, None for few words."""

    view: Canonical
    damage: str | None
    quality: float | None


def view(raw: str, *, scanned: bool = False) -> Mended:
    """The canonical view of ``raw``, with damage mended where one reading is certain.
    ``scanned`` says that the text comes from OCR."""
    meant, damage = charset.repair(raw)
    found = restated(raw, meant) if damage else None
    if found is None:
        found, damage = canonical(raw), None
    asked = words = good = 0
    for word, times in Counter(found.text.split()).items():
        rooms, counted, possible = _look(word)
        asked |= rooms
        words += times * counted
        good += times * possible
    for number, room in enumerate(_ROOMS):
        if asked >> number & 1 and (edits := room.edits(found.text)):
            found = edited(found, edits)
    if scanned and (edits := name.edits(found.text, scanned=True)):
        found = edited(found, edits)
    return Mended(found, damage, syllable.share(good, words))


@lru_cache(maxsize=1 << 16)
def _look(word: str) -> tuple[int, int, int]:
    """Which rooms the word gives reason to ask, a bit for each (most words give none), and how
    many words in it count and can be syllables."""
    rooms = sum(room.is_odd(word) << number for number, room in enumerate(_ROOMS))
    return (rooms, *syllable.judge(word))
