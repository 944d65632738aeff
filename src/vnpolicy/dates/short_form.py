"""Shortened time units: ``T8/2025``, ``Q3/2025``, ``QIV/2025`` and a bare year behind a preposition
(``đến 2030``, ``trước 2030``).

The letters count only before a figure or a Roman one and a year; a bare year only right behind
its preposition and not before a counted noun.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from vnpolicy.dates.mention import Piece
from vnpolicy.lexicon.time_word import word_value

_LETTERED = regex.compile(
    r"/20[0-9]{2}(?![0-9/])"
    r"(?<=(?<![\p{L}\p{N}])(?P<u>[tq])\.? ?(?P<n>1[0-2]|0?[1-9]|i{1,3}|iv)/(?P<y>[0-9]{4}))"
)
_BARE_YEAR = regex.compile(
    r" 20[0-9]{2}(?![0-9/:\-–]|[.,][0-9])"
    r"(?<=(?<![\p{L}\p{N}])(?:đến|trước|trong|hết|vào|từ|tới) [0-9]{4})"
)


def find(low: str, flat: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of these kinds in the window."""
    for match in _LETTERED.finditer(low, start, end):
        piece = Piece(match.start("u"), match.end(), "month", "short", year=int(match["y"]))
        if match["u"] == "q":
            piece.unit, piece.number = "quarter", word_value("quarter", match["n"].lstrip("0"))
            if not 1 <= piece.number <= 4:
                continue
        elif not match["n"].isdigit():
            continue
        else:
            piece.month = int(match["n"])
        piece.weak = True
        yield piece
    for match in _BARE_YEAR.finditer(low, start, end):
        piece = Piece(match.start() + 1, match.end(), "year", "year-figures", weak=True)
        piece.year = int(match.group())
        yield piece
