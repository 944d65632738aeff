"""A task as those who follow it take it: on its own, with its document and its days."""

from __future__ import annotations

import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field


class Party(BaseModel):
    """Who has a part in the work, as written, with the register's ids for it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    agency_ids: list[str] = Field(default_factory=list)
    current_agency_ids: list[str] = Field(default_factory=list)


class Repeat(BaseModel):
    """The days of a standing duty: a rule with a first day, as calendars want it.

    ``day_named`` is false where the words name a period only ("hằng quý"): its last day is then
    taken, and who shows the day says so.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str = Field(description="An RFC 5545 RRULE that is complete with first_on.")
    first_on: datetime.date = Field(description="The first day, on or after the document's own.")
    time: str | None = Field(None, description="HH:MM where an hour is named.")
    day_named: bool = True
    text: str = Field(description="The words, e.g. trước ngày 25 hằng tháng.")


class WorkItem(BaseModel):
    """One task of one document, independent of its place in the text.

    ``key`` is what a tracker knows it by: the task's id and a digest of the document's identity.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    key: str
    task_id: str
    document: str = Field(description="The document's identity; stays when the text is corrected.")
    number: str | None = None
    issued_on: datetime.date | None = None
    subject: str | None = None
    doc_type: str | None = None
    source: str = Field(description="What the document is called where it was read.")
    page: int | None = None
    path: list[str] = Field(default_factory=list)
    title: str = Field(max_length=120)
    clause: str = Field(description="The whole clause on one line.")
    leads: list[Party] = Field(default_factory=list)
    supports: list[Party] = Field(default_factory=list)
    overseers: list[Party] = Field(default_factory=list)
    recipients: list[Party] = Field(default_factory=list)
    start_on: datetime.date | None = None
    due_on: datetime.date | None = None
    due_time: str | None = Field(None, description="HH:MM where an hour is named.")
    due_text: str | None = Field(None, description="The words of the deadlines.")
    repeats: list[Repeat] = Field(default_factory=list)
    deliverable: str | None = None
    urgency: Literal["urgent", "standing"] | None = None
    lacking: list[Literal["who", "what", "when", "result"]] = Field(default_factory=list)
