"""When something is to be done."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import Field

from vnpolicy.models.record import Record

Modifier = Literal["before", "by", "within", "from", "start", "mid", "end"]


class Deadline(Record):
    """A time by which, or during which, somebody is to do something; dates are inclusive."""

    value: str | None = Field(None, description="TIMEX3 / ISO 8601: 2024-05-10, 2022-Q3, P15D.")
    modifier: Modifier | None = None
    start_on: datetime.date | None = None
    due_on: datetime.date | None = Field(None, description="The last day that is on time.")
    due_time: str | None = Field(None, description="HH:MM where an hour is named.")
    recurrence: str | None = Field(None, description="An RFC 5545 RRULE for a standing duty.")
    duration: str | None = Field(None, description="ISO 8601 duration, e.g. P15D.")
    working_days: bool | None = None
    counted_from: str | None = Field(None, description="The event that the duration runs from.")
    year_inferred: bool = False
    inherited: bool = Field(False, description="Comes from the lead-in or list header.")
