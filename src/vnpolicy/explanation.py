"""Why a stretch of a text became a record, or did not: every reading with its rule."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from vnpolicy import readers
from vnpolicy.document import Document, Taken
from vnpolicy.extractors import assignee, deadline, quantity, reference
from vnpolicy.link.found import Found
from vnpolicy.match import Spanned
from vnpolicy.models.explanation import Explanation
from vnpolicy.pipeline import checked, find
from vnpolicy.record import Builder


def explain(text: str, anchor_date: datetime.date | None = None) -> list[Explanation]:
    """What matched, by which rule, kept or why not, in order of the text.

    A reading that another kind outdid (the body inside "Nghị định số 42/2022/NĐ-CP của
    Chính phủ") is told too, with what it lost to.

    :raises ArgumentError: as :func:`extract`.
    """
    return _explain(*find(checked(text), anchor_date))


def explain_item(item: readers.Item, anchor_date: datetime.date | None = None) -> list[Explanation]:
    """The same of a document that :mod:`vnpolicy.readers` has opened: what its reader knows (that
    it was scanned, the file's own date) counts as it does for its records."""
    reading, _ = item.read()
    return _explain(*find(reading.text, anchor_date, reading))


def _explain(doc: Document, found: Found) -> list[Explanation]:
    builder = Builder(doc, found)
    due = {i for d in found.drafts if d.kind == "task" for i in (*d.deadlines, *d.handed)}
    who = {i for d in found.drafts if d.kind == "task" for i in (*d.leads, *d.others)}
    told: list[tuple[int, int, str, str, str | None]] = []
    told += [(m.start, m.end, "reference", m.rule, _bare(m)) for m in found.references]
    told += [(m.start, m.end, "quantity", m.rule, None) for m in found.quantities]
    told += [
        (m.start, m.end, "deadline", m.rule, None if i in due else m.doubt or "binds no task")
        for i, m in enumerate(found.times)
    ]
    told += [
        (m.start, m.end, "assignee", m.rule, None if i in who else "told nothing in any task")
        for i, m in enumerate(found.bodies)
    ]
    told += [
        (d.start, d.end, "task", d.rule, None if d.kind == "task" else "binds nobody: guidance")
        for d in found.drafts
    ]
    told += [(start, end, "task", "", reason) for start, end, reason in found.refused]
    told += _outdone(doc, found)
    return [
        Explanation(**builder.record(a, b), kind=kind, rule=rule, kept=why is None, reason=why)
        for a, b, kind, rule, why in sorted(told, key=lambda row: row[:3])
    ]


def _outdone(doc: Document, found: Found) -> list[tuple[int, int, str, str, str | None]]:
    """What the rules for times, numbers and bodies take where nothing is spoken for yet."""
    winners: list[tuple[str, Sequence[Spanned]]] = [("reference", found.references)]
    told: list[tuple[int, int, str, str, str | None]] = []
    for kind, alone, kept in (
        ("deadline", deadline.find(doc, Taken()), found.times),
        ("assignee", assignee.find(doc, Taken()), found.bodies),
        ("quantity", quantity.find(doc, Taken()), found.quantities),
    ):
        stood = {(m.start, m.end) for m in kept}
        for m in alone:
            if (m.start, m.end) not in stood and (reason := _winner(doc, winners, m)):
                told.append((m.start, m.end, kind, m.rule, reason))
        if kind == "deadline":
            winners.append((kind, kept))
    return told


def _winner(
    doc: Document, winners: list[tuple[str, Sequence[Spanned]]], lost: Spanned
) -> str | None:
    for kind, mentions in winners:
        for m in mentions:
            if m.start < lost.end and lost.start < m.end:
                return f"outdone by the {kind} {doc.flat[m.start : m.end]!r}"
    return None


def _bare(mention: reference.ReferenceMention) -> str | None:
    named = mention.number or mention.year or mention.name
    return None if named else "an anaphor: no number, year or name"
