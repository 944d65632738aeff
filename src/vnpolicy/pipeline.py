"""The whole way: read, cut, find, link, and build the records.

The one file that knows all rooms. Nothing here reads the clock: what a yearless date means
comes from the caller's anchor or the document's own date.
"""

from __future__ import annotations

import datetime
import itertools
import multiprocessing
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from vnpolicy import readers, segment, structure
from vnpolicy.document import Document, Taken
from vnpolicy.errors import ArgumentError
from vnpolicy.extractors import assignee, deadline, quantity, reference
from vnpolicy.extractors import task as clause
from vnpolicy.link import quantity as link_quantity
from vnpolicy.link import reference as link_reference
from vnpolicy.link import warning as link_warning
from vnpolicy.link.body import Bodies
from vnpolicy.link.found import Found
from vnpolicy.link.task import link
from vnpolicy.match import Spanned
from vnpolicy.models import Notice, Source
from vnpolicy.models.explanation import Explanation
from vnpolicy.record import Builder
from vnpolicy.text import canonical

_CHUNK = 16


def extract(text: str, anchor_date: datetime.date | None = None) -> Notice:
    """The records of one document.

    :param text: the document, composed or decomposed, any line ends; offsets count in it.
    :param anchor_date: what yearless and relative dates are resolved against; without it the
        document's own date, where it has one.
    :raises ArgumentError: where ``text`` is no string or ``anchor_date`` no date.
    """
    return _notice(text, anchor_date, Source())


def extract_file(path: str | Path, anchor_date: datetime.date | None = None) -> Notice:
    """The records of one file.

    :raises DocumentError: where the file cannot be read.
    """
    text, source = readers.read(path)
    return _notice(text, anchor_date, source)


def pipe(
    texts: Iterable[str], processes: int = 1, *, anchor_date: datetime.date | None = None
) -> Iterator[Notice]:
    """The records of many texts, in order, lazily; with ``processes`` above 1 in parallel.

    :raises ArgumentError: where ``processes`` is no whole number of at least 1.
    """
    if not isinstance(processes, int) or isinstance(processes, bool) or processes < 1:
        raise ArgumentError("processes", processes, "a whole number of at least 1")
    return _pipe(texts, processes, anchor_date)


def _pipe(
    texts: Iterable[str], processes: int, anchor_date: datetime.date | None
) -> Iterator[Notice]:
    if processes == 1:
        for text in texts:
            yield extract(text, anchor_date)
        return
    feed = iter(texts)
    with multiprocessing.Pool(processes) as pool:
        while batch := list(itertools.islice(feed, _CHUNK * processes * 2)):
            jobs = [(text, anchor_date) for text in batch]
            yield from pool.starmap(extract, jobs, chunksize=_CHUNK)


def explain(text: str, anchor_date: datetime.date | None = None) -> list[Explanation]:
    """What matched, by which rule, kept or why not, in order of the text.

    A reading that another kind outdid (the body inside "Nghị định số 42/2022/NĐ-CP của
    Chính phủ") is told too, with what it lost to.

    :raises ArgumentError: as :func:`extract`.
    """
    doc, found = _find(_checked(text), anchor_date)
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
        Explanation(**builder.place(a, b), kind=kind, rule=rule, kept=why is None, reason=why)
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


def _checked(text: object) -> str:
    if not isinstance(text, str):
        raise ArgumentError("text", type(text).__name__, "a string")
    try:
        text.encode()  # half a character has no place in JSON
    except UnicodeEncodeError as error:
        given = text[error.start : error.end]
        raise ArgumentError("text", given, "a string without lone surrogates") from None
    return text


def _notice(text: str, anchor_date: datetime.date | None, source: Source) -> Notice:
    doc, found = _find(_checked(text), anchor_date)
    builder = Builder(doc, found)
    quantities = builder.quantities()
    return Notice(
        source=source,
        header=structure.header(doc),
        anchor_date=doc.anchor,
        anchor_source=doc.anchor_source,
        text=doc.view.raw,
        segments=structure.segments(doc),
        tasks=builder.tasks("task"),
        guidance=builder.tasks("guidance"),
        deadlines=builder.deadlines(),
        quantities=quantities,
        targets=[quantity for quantity in quantities if quantity.role == "target"],
        references=builder.references(),
        assignees=builder.assignees(),
        warnings=link_warning.warnings(doc, found, builder.place),
    )


def _find(text: str, anchor_date: datetime.date | None) -> tuple[Document, Found]:
    doc = _document(text, anchor_date)
    found = Found()
    found.references = reference.find(doc, Taken())
    cited = [(m.start, m.end) for m in found.references]
    found.times = deadline.find(doc, Taken(cited))
    timed = [(m.start, m.end) for m in found.times]
    found.quantities = quantity.find(doc, Taken(cited + timed))
    found.bodies = assignee.find(doc, Taken(cited))
    clauses = clause.find(doc, Taken(cited))
    linked = link(doc, clauses, Bodies(found.bodies, doc.low), [_binds(m) for m in found.times])
    found.drafts, found.refused = linked.drafts, linked.refused
    link_reference.resolve(doc, found.references)
    link_quantity.judge(
        doc,
        found.quantities,
        [(draft.start, draft.end) for draft in found.drafts if draft.kind == "task"],
        _clauses(clauses),
    )
    return doc, found


def _binds(mention: deadline.TimeMention) -> tuple[int, int]:
    """The span of a time that may bind a task; nowhere for one that is in doubt."""
    if mention.doubt is None or mention.doubt in _HEADERS:
        return mention.start, mention.end
    return _NOWHERE


_HEADERS = frozenset({"header", "opening"})
_NOWHERE = (-1, -1)


def _clauses(clauses: list[clause.Clause]) -> Callable[[int], tuple[int, int]]:
    """The clause around an offset; the offset itself where there is none."""
    starts = [part.start for part in clauses]

    def around(offset: int) -> tuple[int, int]:
        index = bisect_right(starts, offset) - 1
        if index >= 0 and offset < clauses[index].end:
            return clauses[index].start, clauses[index].end
        return offset, offset

    return around


def _document(text: str, anchor_date: datetime.date | None) -> Document:
    if anchor_date is not None and not isinstance(anchor_date, datetime.date):
        raise ArgumentError("anchor_date", anchor_date, "a datetime.date or None")
    doc = segment.cut(canonical(text))
    if anchor_date is not None:
        doc.anchor, doc.anchor_source = anchor_date, "given"
    named = doc.header.issuer_text
    doc.header.issuer = assignee.issuer(named, None) if named else None
    doc.home = assignee.home(doc)
    if named and doc.header.issuer is None:
        doc.header.issuer = assignee.issuer(named, doc.home)
    return doc
