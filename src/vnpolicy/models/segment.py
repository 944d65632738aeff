"""A part of the document's structure."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from vnpolicy.models.record import Span

SegmentKind = Literal[
    "header",
    "title",
    "heading",
    "item",
    "paragraph",
    "table_row",
    "caption",
    "footnote",
    "annex",
    "boilerplate",
    "signature",
    "recipients",
]


class Segment(BaseModel):
    """Children lie inside their parent; siblings do not overlap; no text is outside."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: int
    parent: int | None = None
    kind: SegmentKind
    label: str | None = Field(None, description="As written, without its dot or bracket.")
    level: int = Field(0, description="0 for the outermost.")
    span: Span
    page: int | None = Field(None, description="The page it begins on, from 1; null without pages.")
