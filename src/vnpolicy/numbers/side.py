"""One side of an expression: a number with its scale and its unit, read from a place on.

"12,9 nghìn tỷ đồng", "3 tỷ 500 triệu đồng", "05 (năm) ngày làm việc", "2 triệu rưỡi",
"2/3 số xã" (the unit after "số"). "tỷ" in "tỷ lệ", "tỷ trọng", "tỷ suất" is no scale.

>>> side = read_side("hơn 12,9 nghìn tỷ đồng.", 4, 8)
>>> int(side.value), side.form, side.end
(12900000000000, 'đồng', 22)
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

from vnpolicy.lexicon.unit import Unit, match_unit, unit_of
from vnpolicy.numbers.digits import read_digits

_SCALE_VALUE = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
    "trăm": 10**2,
    "chục": 10,
}
_SCALE_WORD = (
    r"(?:nghìn|ngàn|vạn|triệu|t[ỷỉ](?! (?:lệ|trọng|suất|số|giá|phú|mỉ)(?!\p{L}))|trăm|chục)"
)
_SCALE = regex.compile(rf"(?: ?{_SCALE_WORD}(?!\p{{L}}))++")
_SMALLER = regex.compile(rf" ([0-9]{{1,3}}(?:,[0-9]+)?)((?: {_SCALE_WORD}(?!\p{{L}}))++)")
_HALF = regex.compile(r" rư[ỡở]i(?!\p{L})")
_BRACKETED = regex.compile(r" ?\((?:[\p{Ll} ]{2,40}|[0-9]{1,6})\)(?= \p{L}|%)")
_OF_ALL = regex.compile(r" (?:tổng )?số(?= \p{Ll})")
_SPACED_POWER = regex.compile(r" [23](?= ?[,.;:)\n]|$)")  # "18.000 m 3."


@dataclass(slots=True)
class Side:
    """A number with what follows it; ``end`` is after the unit, or the scale, or the digits.

    ``scale`` is what the digits were multiplied by, ``form`` the folded unit with its
    ``unit_start``; ``unit`` is what the form means.
    """

    start: int
    end: int
    value: Decimal
    scale: Decimal
    form: str | None = None
    unit_start: int = 0
    unit: Unit | None = None


def read_side(low: str, start: int, stop: int) -> Side | None:
    """The side whose digits lie in ``[start, stop)``; None where they are no number."""
    value = read_digits(low[start:stop])
    if value is None:
        return None
    part = start > 0 and low[start - 1] == "/"
    return read_unit(low, read_scale(low, Side(start, stop, value, Decimal(1))), part=part)


def read_scale(low: str, side: Side) -> Side:
    """``side`` with the scale words that follow, and smaller parts: "3 tỷ 500 triệu"."""
    bracket = _BRACKETED.match(low, side.end)
    at = bracket.end() if bracket else side.end
    found = _SCALE.match(low, at)
    if found is None:
        return side
    scale = _value_of(found.group())
    side.value, side.scale, side.end = side.value * scale, scale, found.end()
    half = _HALF.match(low, side.end)
    if half is not None:
        side.value += scale / 2
        side.end = half.end()
    smaller = _SMALLER.match(low, side.end)
    if smaller is not None and _value_of(smaller.group(2)) < scale:
        part = read_digits(smaller.group(1))
        if part is not None:
            side.value += part * _value_of(smaller.group(2))
            side.end = smaller.end()
    return side


def _value_of(words: str) -> Decimal:
    value = Decimal(1)
    for word in regex.findall(r"\p{L}+", words):
        value *= _SCALE_VALUE[word]
    return value


def read_unit(low: str, side: Side, *, part: bool = False) -> Side:
    """``side`` with the unit that follows; of a ``part`` also "số hộ"."""
    at = side.end
    found = match_unit(low, at)
    if found is None:
        for between in (_BRACKETED, _OF_ALL) if part else (_BRACKETED,):
            step = between.match(low, at)
            found = match_unit(low, step.end()) if step else None
            if found is not None:
                break
    if found is None:
        return side
    form, end = found
    side.form, side.unit_start, side.end, side.unit = form, end - len(form), end, unit_of(form)
    if form in ("m", "km") and _SPACED_POWER.match(low, end):
        side.form, side.end = f"{form}{low[end + 1]}", end + 2
        side.unit = unit_of(side.form)
    if side.unit.factor != 1:
        side.value *= side.unit.factor
    return side
