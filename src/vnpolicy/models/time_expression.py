"""A time expression in any text: what it says, without judging whether it binds anybody."""

from __future__ import annotations

import datetime

from pydantic import Field

from vnpolicy.models.deadline import Modifier
from vnpolicy.models.record import Record


class TimeExpression(Record):
    """A time as written; the fields mean what those of a Deadline mean."""

    value: str | None = Field(None, description="TIMEX3 / ISO 8601: 2024-05-10, 2022-Q3, P15D.")
    modifier: Modifier | None = None
    start_on: datetime.date | None = None
    due_on: datetime.date | None = Field(None, description="The last day that the words include.")
    due_time: str | None = Field(None, description="HH:MM where an hour is named.")
    recurrence: str | None = Field(None, description="An RFC 5545 RRULE.")
    duration: str | None = Field(None, description="ISO 8601 duration, e.g. P15D.")
    working_days: bool | None = None
    counted_from: str | None = Field(None, description="The event that the duration runs from.")
    year_inferred: bool = False
