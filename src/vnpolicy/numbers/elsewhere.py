"""Units that do not stand right behind the digits: after a misprinted decimal, before the number,
at the end that a change goes to, or in a noun that the lexicon does not know.

"(80, 68%)", "US$ 2,6 tỷ", "từ 2 lên 3 phó trưởng phòng", "12 chốt kiểm dịch".
"""

from __future__ import annotations

from decimal import Decimal
from functools import cache

import regex

from vnpolicy.lexicon.number_word import never_nouns
from vnpolicy.lexicon.unit import COUNT, Unit, unit_pattern, units
from vnpolicy.match import alternation
from vnpolicy.numbers.around import is_named
from vnpolicy.numbers.noun import guess_noun
from vnpolicy.numbers.side import Side, read_side, read_unit

_SPACED = regex.compile(r", ([0-9]{2})(?= ?%)")
_STATED = ("(", "đạt ", "bằng ", "là ", "tăng ", "giảm ")
_GOES = regex.compile(
    r" (?:lên|xuống|còn)(?: (?:đạt|còn|mức|thành|tới|đến|trên|khoảng|ít nhất))*"
    r" ([0-9]++(?:[.,][0-9]++)*+)"
)


@cache
def _no_noun() -> regex.Pattern[str]:
    words = alternation(sorted(never_nouns()))
    return regex.compile(rf" {words}(?!\p{{L}})")


def join_decimal(low: str, side: Side) -> None:
    """ "(80, 68%)": a decimal comma with a space after it, where one figure is stated."""
    tail = _SPACED.match(low, side.end)
    if tail is None or side.value > 100 or not low.endswith(_STATED, 0, side.start):
        return
    joined = read_side(low, side.start, side.end)
    if joined is not None:
        side.value += Decimal(f"0.{tail.group(1)}")
        side.end = tail.end()
        read_unit(low, side)


def find_unit(low: str, flat: str, side: Side, stop: int, *, year: bool) -> None:
    """Give ``side``, whose digits end at ``stop``, the unit that is told elsewhere."""
    if low[side.start - 1 : side.start] == "$":
        _read_dollar(low, side)
    elif low.endswith("từ ", 0, side.start) and side.end == stop:
        _take_unit(low, side)
    if side.unit is None and not (year and side.scale == 1):
        _guess_unit(low, flat, side)


def _read_dollar(low: str, side: Side) -> None:
    """ "US$ 2,6 tỷ", "$25 tỷ": the sign stands before the number."""
    side.unit = units()["usd"]
    side.start -= 3 if low.endswith("us", 0, side.start - 1) else 1


def _take_unit(low: str, side: Side) -> None:
    """ "từ 2 lên 3 phó trưởng phòng": the unit of a start is that of what it goes to."""
    goes = _GOES.match(low, side.end)
    if goes is None:
        return
    upper = read_side(low, *goes.span(1))
    if upper is not None and upper.unit is not None:
        side.unit = upper.unit
        side.value *= upper.scale


def _guess_unit(low: str, flat: str, side: Side) -> None:
    """The counted noun that the lexicon does not know; a bare "1" is an article there."""
    if low[side.end : side.end + 1] != " " or _no_noun().match(low, side.end):
        return
    if low[side.start : side.end] == "1" or unit_pattern().match(low, side.end):
        return
    if is_named(low, side.start, None):
        return
    end = guess_noun(flat, side.end)
    if end is not None:
        side.form, side.unit_start = low[side.end + 1 : end], side.end + 1
        side.unit = Unit(side.form, COUNT, group="guessed")
        side.end = end
