"""One document's records."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vnpolicy.models.assignee import Assignee
from vnpolicy.models.deadline import Deadline
from vnpolicy.models.header import Header
from vnpolicy.models.quantity import Quantity
from vnpolicy.models.record import Span
from vnpolicy.models.reference import Reference
from vnpolicy.models.segment import Segment
from vnpolicy.models.source import Share, Source
from vnpolicy.models.task import Task


class Warning(BaseModel):
    """What could not be resolved or looks contradictory."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    code: str
    message: str
    span: Span | None = None


class Notice(BaseModel):
    """Everything that was read from one document. Lists are ordered by start, then end."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_version: Literal["1"] = "1"
    source: Source = Field(default_factory=Source)
    header: Header = Field(default_factory=Header)
    anchor_date: datetime.date | None = None
    anchor_source: Literal["given", "header", "dateline", "body", "metadata", "none"] = "none"
    text: str
    text_quality: Share | None = Field(
        None, description="Share of the words that can be Vietnamese; null for few words."
    )
    segments: list[Segment] = Field(default_factory=list)
    tasks: list[Task] = Field(default_factory=list)
    guidance: list[Task] = Field(default_factory=list)
    deadlines: list[Deadline] = Field(default_factory=list)
    quantities: list[Quantity] = Field(default_factory=list)
    targets: list[Quantity] = Field(default_factory=list)
    references: list[Reference] = Field(default_factory=list)
    assignees: list[Assignee] = Field(default_factory=list)
    warnings: list[Warning] = Field(default_factory=list)
