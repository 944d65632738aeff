"""The tasks of a document: clauses walked, tables read, labelled lines attached."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vnpolicy.document import Document
from vnpolicy.extractors.task import Clause
from vnpolicy.link.body import Bodies
from vnpolicy.link.draft import LOOSE, Draft
from vnpolicy.link.label import attach
from vnpolicy.link.role import roles
from vnpolicy.link.row import rows
from vnpolicy.link.walk import Walker


@dataclass(slots=True)
class Linked:
    """What the document orders: drafts in order, and what was refused with its reason."""

    drafts: list[Draft]
    refused: list[tuple[int, int, str]] = field(default_factory=list)


def link(
    doc: Document,
    clauses: Sequence[Clause],
    bodies: Bodies,
    times: Sequence[tuple[int, int]],
) -> Linked:
    """Bind clauses, bodies and times (spans of possible deadlines) to tasks and guidance."""
    walker = Walker(doc, clauses, bodies, times)
    walked = walker.walk()
    drafts = attach(doc, walker.labels, walked, bodies, times)
    drafts = [draft for draft in drafts if draft.kind != LOOSE]
    drafts += rows(doc, bodies, times)
    drafts.sort(key=lambda draft: (draft.start, draft.end))
    for draft in drafts:
        inside = roles(doc.low, bodies, draft.start, draft.end, draft.leads)
        draft.others = {**inside, **draft.others}
    return Linked(drafts, walker.refused)
