"""From mentions and drafts to the records of the JSON contract.

The one place where canonical offsets become the caller's.
"""

from __future__ import annotations

import datetime
import hashlib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import regex

from vnpolicy.dates.mention import TimeMention
from vnpolicy.document import Document
from vnpolicy.extractors.quantity import QuantityMention
from vnpolicy.extractors.reference import ReferenceMention
from vnpolicy.lexicon.agency import current
from vnpolicy.link import content
from vnpolicy.link.draft import Draft
from vnpolicy.link.found import Found
from vnpolicy.link.identity import identity, urn
from vnpolicy.match import Spanned
from vnpolicy.models import (
    Assignee,
    Clarity,
    Deadline,
    Metric,
    Provision,
    Quantity,
    Reference,
    Span,
    Task,
)


class Builder:
    """Builds one document's records; offsets and texts go back to the raw text."""

    def __init__(self, doc: Document, found: Found) -> None:
        self.doc, self.found, self.view = doc, found, doc.view
        self._references = [self._reference(m) for m in found.references]
        dues = self._dues()
        self._quantities = [self._quantity(m, dues.get(i)) for i, m in enumerate(found.quantities)]
        self._ids: dict[str, int] = {}

    def place(self, start: int, end: int) -> dict[str, Any]:
        """``span`` and ``text`` of a canonical span."""
        first, last = self.view.raw_span(start, end)
        return {"span": Span(first, last), "text": self.view.raw[first:last]}

    def record(self, start: int, end: int) -> dict[str, Any]:
        """``span``, ``text`` and ``page`` of a canonical span."""
        placed = self.place(start, end)
        placed["page"] = self.doc.page_at(placed["span"].start)
        return placed

    # -- mentions ------------------------------------------------------------------------

    def references(self) -> list[Reference]:
        return [
            record for record in self._references if record.number or record.year or record.name
        ]

    def quantities(self) -> list[Quantity]:
        return self._quantities

    def _reference(self, m: ReferenceMention) -> Reference:
        title = m.title_span
        return Reference(
            **self.record(m.start, m.end),
            type=m.type,
            number=m.number,
            number_inferred=m.number_inferred,
            year=m.year,
            issued_on=m.issued_on,
            issuer=m.issuer,
            issuer_inferred=m.issuer_inferred,
            provision=[Provision(unit=unit, label=label) for unit, label in m.provision],
            name=m.name,
            status=m.status,
            resolves_to=m.resolves_to,
            resolved_by=m.resolved_by,
            candidates=list(m.candidates),
            id=identity(m),
            urn=urn(m),
            title=m.title,
            title_span=Span(*self.view.raw_span(*title)) if title else None,
        )

    def _quantity(self, m: QuantityMention, due: datetime.date | None) -> Quantity:
        metric = None
        if m.metric is not None:
            metric = Metric(**self.place(*m.metric))
        return Quantity(
            **self.record(m.start, m.end),
            value=m.value,
            value_max=m.value_max,
            of=m.of,
            unit=m.unit,
            comparator=m.comparator,
            role=m.role or "other",
            change=m.change,
            metric=metric,
            due_on=due if m.role == "target" else None,
        )

    def _dues(self) -> dict[int, datetime.date | None]:
        """The due date of the first task that each quantity, by index, stands in."""
        times = self.found.times
        dues: dict[int, datetime.date | None] = {}
        for draft in self.found.drafts:
            due = _earliest(times[i] for i in (*draft.deadlines, *draft.handed))
            for index in _inside(self.found.quantities, draft):
                dues.setdefault(index, due)
        for index, quantity in enumerate(self.found.quantities):
            if quantity.role == "target" and index not in dues:
                dues[index] = self._horizon(quantity)
        return dues

    def _horizon(self, goal: QuantityMention) -> datetime.date | None:
        """The end of the time told in a goal's own clause: "Đến năm 2030, ... đạt 60%"."""
        for m in self.found.times:
            first, last = min(m.end, goal.end), max(m.start, goal.start)
            forward = m.modifier in ("by", "before", "within") and m.due_on is not None
            if forward and first <= last and not _PARTS.search(self.doc.flat, first, last):
                return m.due_on
        return None

    def deadline(self, index: int, *, inherited: bool = False) -> Deadline:
        m = self.found.times[index]
        return Deadline(
            **self.record(m.start, m.end),
            value=m.value,
            modifier=m.modifier,
            start_on=m.start_on,
            due_on=m.due_on,
            due_time=m.due_time,
            recurrence=m.recurrence,
            duration=m.duration,
            working_days=m.working_days,
            counted_from=m.counted_from,
            year_inferred=m.year_inferred,
            inherited=inherited,
        )

    def assignee(self, index: int, role: str, *, inherited: bool = False) -> Assignee:
        m = self.found.bodies[index]
        return Assignee(
            **self.record(m.start, m.end),
            role=role,
            agency_ids=list(m.agency_ids),
            current_agency_ids=list(current(m.agency_ids)),
            office=m.office,
            inherited=inherited,
        )

    # -- tasks ---------------------------------------------------------------------------

    def tasks(self, kind: str) -> list[Task]:
        return [self._task(draft) for draft in self.found.drafts if draft.kind == kind]

    def _task(self, draft: Draft) -> Task:
        doc, times = self.doc, self.found.times
        people = self._people(draft)
        own = sorted(set(draft.deadlines))
        handed = sorted(set(draft.handed) - set(own))
        spans = [(times[i].start, times[i].end) for i in own]
        action = content.action(doc.flat, draft.verb, draft.end, spans)
        product = self._product(draft)
        due = _earliest(times[i] for i in (*own, *handed))
        numbers = [self._quantities[i] for i in _inside(self.found.quantities, draft)]
        when = due is not None or any(times[i].recurrence for i in (*own, *handed))
        return Task(
            **self.record(draft.start, draft.end),
            id=self._id(draft),
            kind=draft.kind,
            action=action,
            directive=draft.directive,
            assigner=doc.flat[slice(*draft.assigner)] if draft.assigner else None,
            assignees=people,
            deadlines=sorted(
                [self.deadline(i, inherited=i in handed) for i in (*own, *handed)], key=_order
            ),
            quantities=numbers,
            references=self._cited(draft),
            due_on=due,
            deliverable=product,
            summary=content.summary(action),
            urgency=content.urgency(doc.low, draft.start, draft.end),
            path=self._path(draft.block),
            clarity=Clarity(
                who=any(person.role == "lead" for person in people),
                what=bool(action),
                when=when,
                result=product is not None or any(q.role == "target" for q in numbers),
            ),
        )

    def _product(self, draft: Draft) -> str | None:
        """What a table or a labelled line names as the product, else what the clause does."""
        if draft.product is not None:
            return self.doc.flat[slice(*draft.product)].strip(" .;,")
        return content.deliverable(self.doc.flat, self.doc.low, draft.verb, draft.end)

    def _cited(self, draft: Draft) -> list[Reference]:
        cited = [self._references[i] for i in _inside(self.found.references, draft)]
        return [one for one in cited if one.number or one.year or one.name]

    def _people(self, draft: Draft) -> list[Assignee]:
        people = [self.assignee(i, "lead", inherited=draft.inherited) for i in draft.leads]
        for index, role in draft.others.items():
            if index not in draft.leads:
                start = self.found.bodies[index].start
                outside = not draft.start <= start < draft.end
                people.append(self.assignee(index, role, inherited=outside))
        return sorted(people, key=_order)

    def _id(self, draft: Draft) -> str:
        """Stable by the document's own identity and the clause's words, counted where a clause
        is said more than once."""
        words = _NOT_WORD.sub(" ", self.doc.low[draft.start : draft.end])
        header = self.doc.header
        source = header.number or header.subject or ""
        seed = f"{source}|{header.issued_on or ''}|{words}"
        count = self._ids.get(seed, 0)
        self._ids[seed] = count + 1
        digest = hashlib.sha256(f"{seed}|{count}".encode()).hexdigest()
        return f"t-{digest[:16]}"

    def _path(self, index: int) -> list[str]:
        labels: list[str] = []
        at: int | None = index
        while at is not None:
            block = self.doc.blocks[at]
            if block.label and block.kind in ("item", "heading"):
                labels.append(block.label)
            at = block.parent
        return labels[::-1]

    def deadlines(self) -> list[Deadline]:
        own: dict[int, bool] = {}
        for draft in self.found.drafts:
            if draft.kind == "task":
                for index in (*draft.deadlines, *draft.handed):
                    own[index] = True
        return [self.deadline(index) for index in sorted(own)]

    def assignees(self) -> list[Assignee]:
        """Those mentions that are assigned something in some task, once each."""
        part: dict[int, str] = {}
        for draft in self.found.drafts:
            if draft.kind == "task":
                for index in draft.leads:
                    part[index] = "lead"
                for index, role in draft.others.items():
                    part.setdefault(index, role)
        return sorted((self.assignee(i, role) for i, role in part.items()), key=_order)


_PARTS = regex.compile(r"[.;:] |\n")  # what parts a time from a goal
_NOT_WORD = regex.compile(r"[^\p{L}\p{N}]+")


def _inside(mentions: Sequence[Spanned], draft: Draft) -> Iterator[int]:
    """The indexes of the mentions, which are in order, that lie within the task's reach."""
    for index in range(bisect_left(mentions, draft.reach, key=_start), len(mentions)):
        if mentions[index].start >= draft.end:
            return
        if mentions[index].end <= draft.end:
            yield index


def _start(mention: Spanned) -> int:
    return mention.start


def _order(record: Any) -> tuple[int, int]:
    return record.span.start, record.span.end


def _earliest(times: Iterable[TimeMention]) -> datetime.date | None:
    days = [time.due_on for time in times if time.due_on is not None and not time.recurrence]
    return min(days) if days else None
