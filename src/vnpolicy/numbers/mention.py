"""What was read at a place: a number expression in canonical offsets."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(slots=True)
class NumberMention:
    """A number as said: comparator, value or range or ratio, scale worked in, unit.

    ``kind`` is the unit's kind (percent, money, length, time, count, ...), ``group`` a counted
    noun's; both None where there is no unit. ``number_start`` is where its first digit or
    number word stands, after the comparator, ``number_end`` where its unit begins; ``scaled``
    tells that a scale word was read.
    """

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    of: Decimal | None
    unit: str | None
    unit_text: str | None
    comparator: str
    rule: str
    kind: str | None = None
    group: str | None = None
    number_start: int = 0
    number_end: int = 0
    scaled: bool = False


def tidy(value: Decimal) -> Decimal:
    """``value`` without an exponent and without zeros after the point.

    >>> tidy(Decimal("1500000.0")), tidy(Decimal("12.90"))
    (Decimal('1500000'), Decimal('12.9'))
    """
    whole = int(value)
    if value == whole:
        return Decimal(whole)
    return Decimal(format(value, "f").rstrip("0"))
