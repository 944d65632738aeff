"""What every record has: a place in the notice's text."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field
from pydantic.dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open span ``[start, end)`` in code points of the notice's ``text``."""

    start: int
    end: int


class Record(BaseModel):
    """A record at a place: ``notice.text[span.start:span.end] == text``."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    span: Span = Field(description="Half-open span in code points of the notice's text.")
    text: str = Field(description="Exactly the characters of the span.")
    page: int | None = Field(None, description="The page it begins on, from 1; null without pages.")
