"""Who is to do it."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from vnpolicy.models.record import Record

AssigneeRole = Literal["lead", "support", "oversee", "recipient"]


class Assignee(Record):
    """One agency, office holder or collective as written, and its part in the task."""

    role: AssigneeRole
    agency_ids: list[str] = Field(default_factory=list)
    current_agency_ids: list[str] = Field(
        default_factory=list, description="Who answers for it as of the register's date."
    )
    office: str | None = Field(None, description="The office holder addressed.")
    inherited: bool = Field(False, description="Comes from outside the task's own clause.")
