"""A number or quantity as written, without a judgement of what it means."""

from __future__ import annotations

from pydantic import Field

from vnpolicy.models.quantity import Comparator, Number
from vnpolicy.models.record import Record


class NumberExpression(Record):
    """What the words say: value or range or ratio, unit and comparator."""

    value: Number
    value_max: Number | None = Field(None, description="The upper end of a range.")
    of: Number | None = Field(None, description="The whole of a ratio: 80/83 has 83.")
    unit: str | None = Field(None, description="%, ISO 4217, UCUM, or the counted noun.")
    comparator: Comparator = "eq"
