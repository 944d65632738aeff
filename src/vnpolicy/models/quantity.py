"""A number with a meaning."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from vnpolicy.models.record import Record, Span

# A number as JSON string, never a float and never with an exponent.
Number = Annotated[
    Decimal, PlainSerializer(lambda value: format(value, "f"), return_type=str, when_used="json")
]
Comparator = Literal["eq", "ge", "gt", "le", "lt", "approx", "between"]
QuantityRole = Literal["target", "result", "baseline", "count", "other"]


class Metric(BaseModel):
    """What is measured, as written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    text: str
    span: Span


class Quantity(Record):
    """A number with its comparator, scale and unit; ``targets`` are those to be reached."""

    value: Number
    value_max: Number | None = Field(None, description="The upper end of a range.")
    of: Number | None = Field(None, description="The whole of a ratio: 80/83 has 83.")
    unit: str | None = Field(None, description="%, ISO 4217, UCUM, or the counted noun.")
    comparator: Comparator = "eq"
    role: QuantityRole = "other"
    change: Literal["increase", "decrease", "reach"] | None = None
    metric: Metric | None = None
    due_on: datetime.date | None = None
