"""Everything that was found in a document, before it becomes records."""

from __future__ import annotations

from dataclasses import dataclass, field

from vnpolicy.dates.mention import TimeMention
from vnpolicy.extractors.assignee import BodyMention
from vnpolicy.extractors.quantity import QuantityMention
from vnpolicy.extractors.reference import ReferenceMention
from vnpolicy.link.draft import Draft


@dataclass(slots=True)
class Found:
    """The mentions, the drafts of tasks, and what was refused with its reason."""

    references: list[ReferenceMention] = field(default_factory=list)
    times: list[TimeMention] = field(default_factory=list)
    quantities: list[QuantityMention] = field(default_factory=list)
    bodies: list[BodyMention] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    refused: list[tuple[int, int, str]] = field(default_factory=list)
