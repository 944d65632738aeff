"""The state of a walk over a document, and what it writes down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from vnpolicy.document import Document
from vnpolicy.extractors.task import Clause
from vnpolicy.link.body import Bodies
from vnpolicy.link.draft import Draft
from vnpolicy.link.duty import Duty
from vnpolicy.link.label import Label
from vnpolicy.link.lead_in import (
    DATE_ONLY,
    DELEGATES,
    PERIOD_HEADER,
)
from vnpolicy.link.origin import addressees, meeting_leads
from vnpolicy.link.reading import Reader
from vnpolicy.link.scope import NOTHING, Context, Scope
from vnpolicy.link.zone import DUTY
from vnpolicy.text import fold


class State:
    """One document being walked: what has begun, who is inherited, the drafts so far."""

    def __init__(
        self,
        doc: Document,
        clauses: Sequence[Clause],
        bodies: Bodies,
        times: Sequence[tuple[int, int]],
    ) -> None:
        self.doc, self.low, self.bodies, self.times = doc, doc.low, bodies, times
        self.reader = Reader(doc, bodies, times)
        self.by_block: dict[int, list[Clause]] = {}
        for clause in clauses:
            self.by_block.setdefault(clause.block, []).append(clause)
        self.parents = {block.parent for block in doc.blocks}
        self.last: tuple[int, ...] = ()
        self.ordered = False
        self.default = Context(meeting_leads(doc, bodies))
        self.addressees = addressees(doc, bodies)
        # without a letterhead, only what orders outright shows that a text is about duties
        self.strict = doc.retells or doc.header.doc_type is None
        self.enacts = doc.header.doc_type in _ENACTMENTS
        delegates = DELEGATES.search(fold(doc.header.subject or "")) is not None
        self.rules = doc.header.doc_type in _RULES or (self.enacts and delegates)
        self.scopes: dict[int | None, Scope] = {None: Scope(NOTHING, NOTHING, DUTY)}
        self.begun = self.active = False
        self.drafts: list[Draft] = []
        self.refused: list[tuple[int, int, str]] = []
        self.labels: list[Label] = []

    def _dates_only(self, clause: Clause) -> bool:
        times = self._times(clause.start, clause.end)
        if not times:
            return False
        start, end = self.times[times[0]][0], self.times[times[-1]][1]
        lead = DATE_ONLY.match(self.low, clause.start, start)
        head = lead is not None and lead.end() == start
        if not head and PERIOD_HEADER.match(self.low, clause.start, start):
            head = start - clause.start < 24 and clause.closes in ".:"
        return head and clause.end - end < 4

    def _date(self, clause: Clause, running: Context, first: int) -> Context:
        times = self._times(clause.start, clause.end)
        if len(self.drafts) > first:
            self.drafts[-1].end = clause.end
            self.drafts[-1].deadlines += times
            return running
        return replace(running, deadlines=tuple(times))

    def _extend(self, first: int, clause: Clause, gap: int = 10_000) -> None:
        if len(self.drafts) > first and clause.start - self.drafts[-1].end <= gap:
            draft = self.drafts[-1]
            draft.end = clause.end
            draft.deadlines += self._times(clause.start, clause.end)

    def _times(self, start: int, end: int) -> list[int]:
        return self.reader.times_in(start, end)

    def _handed(self, clause: Clause, duty: Duty) -> tuple[int, ...]:
        """The deadlines that a lead-in hands down: those after its verb."""
        if clause.closes != ":":
            return ()
        return tuple(i for i in self._times(duty.verb, clause.end))

    def _draft(
        self,
        clause: Clause,
        duty: Duty,
        leads: list[int],
        *,
        inherited: bool,
        context: Context,
        kind: str = "task",
    ) -> None:
        own = self._times(clause.start, clause.end)
        self.drafts.append(
            Draft(
                duty.start,
                duty.end,
                duty.verb,
                clause.block,
                leads,
                inherited,
                duty.way,
                kind,
                duty.directive or context.directive,
                duty.assigner or context.assigner,
                own,
                [] if own or not inherited else list(context.deadlines),
                clause.start,
                f"{duty.way}{'-inherited' if inherited else ''}",
            )
        )

    def _refuse(self, clause: Clause, reason: str) -> None:
        self.refused.append((clause.start, clause.end, reason))

    def _goes_on(self, clause: Clause, first: int) -> bool:
        """Whether the block's draft before it holds another clause of the same sentence, or
        the same paragraph's task."""
        return len(self.drafts) > first and self.drafts[-1].kind == "task"

    def _in_quotes(self, clause: Clause) -> bool:
        return self.doc.flat[clause.start - 1 : clause.start] in ("“", '"')

    def _issues(self, duty: Duty) -> bool:
        """Whether the subject is the body whose enactment this is."""
        issuer = self.doc.header.issuer
        return issuer is not None and all(
            issuer in self.bodies.found[index].agency_ids for index in duty.leads
        )


_ENACTMENTS = frozenset({"quyet-dinh", "nghi-quyet"})
_RULES = frozenset({"luat", "bo-luat", "phap-lenh", "nghi-dinh", "thong-tu", "thong-tu-lien-tich"})
BREAKS = frozenset(
    {"says, does not order", "reports what is done", "a viewpoint", "already ordered"}
)
