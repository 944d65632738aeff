"""What is to be done."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vnpolicy.models.assignee import Assignee
from vnpolicy.models.deadline import Deadline
from vnpolicy.models.quantity import Quantity
from vnpolicy.models.record import Record
from vnpolicy.models.reference import Reference


class Clarity(BaseModel):
    """Which of the doctrine's questions the task answers: rõ người, rõ việc, rõ thời gian,
    rõ sản phẩm."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    who: bool
    what: bool
    when: bool
    result: bool


class Task(Record):
    """The smallest statement that a tracker would follow on its own."""

    id: str = Field(description="Stable for the same notice and clause.")
    kind: Literal["task", "guidance"] = "task"
    action: str = Field(description="From the main verb on, without assignee and time.")
    directive: str | None = None
    assigner: str | None = None
    assignees: list[Assignee] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    quantities: list[Quantity] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    due_on: datetime.date | None = None
    deliverable: str | None = None
    summary: str = Field(max_length=120)
    urgency: Literal["urgent", "standing"] | None = None
    path: list[str] = Field(default_factory=list)
    clarity: Clarity
