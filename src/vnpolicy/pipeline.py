"""The whole way: read, cut, find, link, and build the records.

The one file that knows all rooms. Nothing here reads the clock: what a yearless date means
comes from the caller's anchor or the document's own date.
"""

from __future__ import annotations

import datetime
import itertools
import multiprocessing
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from vnpolicy import mend, readers, segment, structure
from vnpolicy.document import Document, Taken
from vnpolicy.errors import ArgumentError, DocumentError
from vnpolicy.extractors import assignee, deadline, quantity, reference
from vnpolicy.extractors import task as clause
from vnpolicy.link import quantity as link_quantity
from vnpolicy.link import reference as link_reference
from vnpolicy.link import warning as link_warning
from vnpolicy.link.body import Bodies
from vnpolicy.link.found import Found
from vnpolicy.link.task import link
from vnpolicy.models import Notice, Source
from vnpolicy.models.source import share
from vnpolicy.record import Builder

_CHUNK = 16


def extract(text: str, anchor_date: datetime.date | None = None) -> Notice:
    """The records of one document.

    :param text: the document, composed or decomposed, any line ends; offsets count in it.
    :param anchor_date: what yearless and relative dates are resolved against; without it the
        document's own date, where it has one.
    :raises ArgumentError: where ``text`` is no string or ``anchor_date`` no date.
    """
    return _notice(checked(text), anchor_date, Source(), None)


def extract_file(
    path: str | Path,
    anchor_date: datetime.date | None = None,
    *,
    limits: readers.Limits | None = None,
) -> Notice:
    """The records of the one document in a file of any readable format.

    Of a mail that is its one attachment. ``notice.text`` is what the format's reader made, and
    ``notice.source`` says how. Where the text tells no date, the file's own may serve as anchor
    (``anchor_source`` is ``metadata`` then).

    :raises DocumentError: where the file cannot be read; its kind says why. FormatError where
        it holds several documents: see :func:`extract_all`.
    """
    reading, source = readers.read(path, limits=limits)
    return _notice(reading.text, anchor_date, source, reading)


def extract_all(
    path: str | Path,
    anchor_date: datetime.date | None = None,
    *,
    limits: readers.Limits | None = None,
    on_error: Callable[[DocumentError], None] | None = None,
) -> Iterator[Notice]:
    """The records of every document in a file, in its order: one for most formats; for a mail
    what it says and each attachment, for JSON lines each line.

    A document that cannot be read is given to ``on_error`` and the next one begins; without
    ``on_error`` it is raised.

    :raises DocumentError: where the file itself cannot be opened.
    """
    for item in readers.open_file(path, limits=limits):
        try:
            notice = extract_item(item, anchor_date)
        except DocumentError as error:
            if on_error is None:
                raise
            on_error(error)
        else:
            yield notice


def extract_item(item: readers.Item, anchor_date: datetime.date | None = None) -> Notice:
    """The records of a document that :mod:`vnpolicy.readers` has opened."""
    reading, source = item.read()
    return _notice(reading.text, anchor_date, source, reading)


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


def checked(text: object) -> str:
    """The text, where it is a string that JSON can hold; ArgumentError where it is none."""
    if not isinstance(text, str):
        raise ArgumentError("text", type(text).__name__, "a string")
    try:
        text.encode()  # half a character has no place in JSON
    except UnicodeEncodeError as error:
        given = text[error.start : error.end]
        raise ArgumentError("text", given, "a string without lone surrogates") from None
    return text


def _notice(
    text: str, anchor_date: datetime.date | None, source: Source, reading: readers.Reading | None
) -> Notice:
    doc, found = find(text, anchor_date, reading)
    builder = Builder(doc, found)
    quantities = builder.quantities()
    return Notice(
        source=source,
        header=structure.header(doc),
        anchor_date=doc.anchor,
        anchor_source=doc.anchor_source,
        text=doc.view.raw,
        text_quality=None if doc.quality is None else share(doc.quality),
        segments=structure.segments(doc),
        tasks=builder.tasks("task"),
        guidance=builder.tasks("guidance"),
        deadlines=builder.deadlines(),
        quantities=quantities,
        targets=[quantity for quantity in quantities if quantity.role == "target"],
        references=builder.references(),
        assignees=builder.assignees(),
        warnings=link_warning.warnings(
            doc, found, builder.place, reading.all_doubts() if reading else ()
        ),
    )


def find(
    text: str, anchor_date: datetime.date | None, reading: readers.Reading | None = None
) -> tuple[Document, Found]:
    """The document and all that was found in it, before it becomes records."""
    doc = _document(text, anchor_date, reading)
    found = Found()
    if link_warning.is_unreadable(doc):
        return doc, found
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


def _document(
    text: str, anchor_date: datetime.date | None, reading: readers.Reading | None
) -> Document:
    if anchor_date is not None and not isinstance(anchor_date, datetime.date):
        raise ArgumentError("anchor_date", anchor_date, "a datetime.date or None")
    mended = mend.view(text, scanned=bool(reading and reading.scanned))
    doc = segment.cut(mended.view)
    doc.damage, doc.quality = mended.damage, mended.quality
    if reading is not None:
        doc.pages = reading.pages
    if anchor_date is not None:
        doc.anchor, doc.anchor_source = anchor_date, "given"
    elif doc.anchor is None and reading is not None and reading.date is not None:
        doc.anchor, doc.anchor_source = reading.date, "metadata"
    named = doc.header.issuer_text
    doc.header.issuer = assignee.issuer(named, None) if named else None
    doc.home = assignee.home(doc)
    if named and doc.header.issuer is None:
        doc.header.issuer = assignee.issuer(named, doc.home)
    return doc
