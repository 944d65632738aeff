"""Why a stretch of the text became a record, or did not."""

from __future__ import annotations

from pydantic import Field

from vnpolicy.models.record import Record


class Explanation(Record):
    """One reading: which rule took the span, for which kind, whether it stood and if not why."""

    kind: str = Field(description="reference, deadline, quantity, assignee or task.")
    rule: str = Field(description="The rule's name; empty where no rule took the span.")
    kept: bool
    reason: str | None = Field(None, description="Why a reading was refused.")
