"""Two clusters that are one expression: a range, or a ratio of a part to its whole.

Ranges: "60-70%", "8,3 - 8,5%", "từ 3 đến 6 tháng", "1%-1,5%", "từ 5 triệu đồng đến 10 triệu
đồng"; the lower end takes scale and unit of the upper one. Ratios: "80/83 bộ, tỉnh", "393
tỷ/932 tỷ đồng", "3.071 TTHC/4.888 TTHC", "11,7/12,7 nghìn tỷ đồng"; a ratio needs a unit, so
that "24/7", "1/500" and "30/6" stay what they are.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import regex

from vnpolicy.numbers.side import Side, read_side

CLUSTER = r"[0-9]++(?:[.,][0-9]++)*+"
_RANGE = regex.compile(
    rf"(?: ?[-–—÷] ?| (?:đến|tới) )(?:(?:dưới|trên|khoảng|gần|tối đa) )?({CLUSTER})"
)
_RATIO = regex.compile(rf"/({CLUSTER})")
_DATE_OPENS = ("từ ", "đến ", "trước ", "vào ", "hôm ", "dịp ", "hết ", "tới ", "sau ", "qua ")
_NEVER = frozenset(("time", "age"))
_SPANS = frozenset(("ngày", "ngày làm việc", "giờ", "giờ làm việc", "phút"))  # "05/15 ngày"


@dataclass(slots=True)
class Pair:
    """What the second cluster makes of the first: ``range`` or ``ratio``, with its ``last``
    side; ``refused`` where both are a date or a code."""

    kind: str
    last: Side


REFUSED: Final = Pair("refused", Side(0, 0, Decimal(0), Decimal(1)))


def read_ratio(low: str, flat: str, first: Side) -> Pair | None:
    """The ratio that ``first`` opens, None where no "/" follows it."""
    found = _RATIO.match(low, first.end)
    if found is None:
        return None
    whole = read_side(low, *found.span(1))
    if whole is None or whole.unit is None or _is_never(whole):
        return REFUSED if first.unit is None else None
    if whole.unit.group == "person" and low[found.start(1)] == "1" and whole.value % 1000 == 0:
        return REFUSED if first.unit is None else None  # "11,98/1.000 dân" is a rate
    stated = first.unit is not None or first.scale > 1
    if first.unit is not None and first.unit.code != whole.unit.code:
        return None
    if first.scale == 1 and first.unit is None:
        if low[first.start] != "0" and first.value > whole.value / whole.scale:
            return REFUSED if whole.unit.kind != "money" else None
        first.value *= whole.scale
    if not stated and whole.scale == 1 and _is_date(low, first, whole):
        return REFUSED
    return Pair("ratio", whole)


def _is_never(whole: Side) -> bool:
    """Whether no ratio ends with this unit: "5/12 năm nay" is a date."""
    unit = whole.unit
    return unit is not None and unit.kind in _NEVER and unit.code not in _SPANS


def _is_date(low: str, first: Side, whole: Side) -> bool:
    """ "đến 5/9 tỉnh ...": a day and a month after a word of time."""
    if first.value > 31 or whole.value > 12:
        return False
    return low.endswith(_DATE_OPENS, 0, first.start)


def read_range(low: str, first: Side) -> Pair | None:
    """The range that ``first`` opens; None where what follows is no upper end."""
    found = _RANGE.match(low, first.end)
    if found is None:
        return None
    upper = read_side(low, *found.span(1))
    glued = low[first.end] in "-–—"
    refused = REFUSED if glued and first.unit is None else None
    if upper is None or (low[upper.end : upper.end + 1] == "/" and upper.unit is None):
        return REFUSED if first.unit is None else None
    if upper.unit is None and upper.scale == 1:
        return refused
    if first.unit is not None and (upper.unit is None or first.unit.code != upper.unit.code):
        return None
    value = first.value
    if first.scale == 1 and first.unit is None:
        value *= upper.scale * (upper.unit.factor if upper.unit else 1)
    if value >= upper.value:
        return refused
    first.value = value
    return Pair("range", upper)
