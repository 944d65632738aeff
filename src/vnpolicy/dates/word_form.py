"""Days and months in words: ``ngày mười lăm tháng tám năm 2025``, ``tháng Tư``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from vnpolicy.dates.calendar_form import date_pattern, make_day
from vnpolicy.dates.mention import Piece
from vnpolicy.lexicon.time_word import word_value, words_of


@cache
def _pattern(text: str) -> regex.Pattern[str]:
    return date_pattern(text, DN=words_of("daynumber"))


def find(low: str, flat: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of these kinds in the window."""
    for text, read in ((_DAY_WORD, _read_day_word), (_MONTH_WORD, _read_month_word)):
        for match in _pattern(text).finditer(low, start, end):
            at = match.start()
            piece = None if at and low[at - 1].isalnum() else read(match, flat)
            if piece is not None:
                yield piece


_DAY_WORD = (
    r"ngày (?:mồng |mùng )?(?P<d>{{DN}}) tháng (?:(?P<mw>{{MW}}){{E}}|(?P<m>{{M}}))"
    r"(?:{{OY}}(?P<y>{{Y}}))?"
)


def _read_day_word(match: regex.Match[str], flat: str) -> Piece | None:
    day, year = word_value("daynumber", match["d"]), int(match["y"]) if match["y"] else None
    month = int(match["m"]) if match["m"] else word_value("month", match["mw"])
    return make_day(match.start(), match.end(), day, month, year, "day-words")


# "tháng tám" is a month, "tháng năm" mostly not: a capital or a year has to vouch for it.
_MONTH_WORD = r"(?<!cách mạng )tháng (?P<mw>{{MW}}){{E}}(?:{{OY}}(?P<y>{{Y}})| (?P<y>{{Y}}))?"


def _read_month_word(match: regex.Match[str], flat: str) -> Piece | None:
    year = int(match["y"]) if match["y"] else None
    if year is None and not flat[match.start("mw")].isupper():
        return None
    month = word_value("month", match["mw"])
    return Piece(match.start(), match.end(), "month", "month-word", year=year, month=month)
