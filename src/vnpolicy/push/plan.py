"""What a push will do, entry by entry, from the documents, the ledger and the tracker.

Field by field there are three: what is *wanted* now, what was *sent* last and what the tracker
then *held*, and what it holds *now*.

- wanted as sent: we have nothing to say, whatever somebody changed there.
- wanted anew, now as held: nobody touched it; it is written.
- wanted anew, now as wanted: somebody was faster; nothing is written.
- wanted anew, now neither: a person changed it. It is kept and told; ``force`` writes it.

``force`` also writes what a person changed where we have nothing new to say. The tracker is asked
only where a field is wanted anew, or with ``force``.

A task that is not in its document any more is flagged once, or closed where that was asked for.
Documents that are not among the sources are left alone, unless the sources are said to be
complete; so is a document in which no task at all is found any more: it was rather read badly.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from vnpolicy import pairing
from vnpolicy.errors import AccessError, TrackerError, UnreachableError
from vnpolicy.models import WorkItem
from vnpolicy.push.document import resolve
from vnpolicy.push.entry import Entry, Fields, Place, Target
from vnpolicy.push.ledger import Ledger, Row

Action = Literal[
    "create",
    "found",
    "update",
    "keep",
    "return",
    "flag",
    "close",
    "unchanged",
    "gone",
    "blank",
    "skip",
    "fail",
]


@dataclass(frozen=True, slots=True)
class Step:
    """What is to be done with one task: ``changes`` are written, ``kept`` are not, because a
    person changed them (field to what is there now)."""

    action: Action
    key: str
    item: WorkItem
    wanted: Fields = field(default_factory=dict)
    changes: Fields = field(default_factory=dict)
    before: Fields = field(default_factory=dict)
    kept: Fields = field(default_factory=dict)
    row: Row | None = None
    entry: Entry | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """How to go about it."""

    force: bool = False
    close: bool = False
    complete: bool = False


Finder = Callable[[WorkItem], Place | None]


def plan(
    documents: Mapping[str, Sequence[WorkItem]],
    ledger: Ledger,
    target: Target,
    place: Finder,
    terms: Terms,
) -> Iterator[Step]:
    """The steps, document by document, in the order of the text; what vanished comes last in its
    document. ``place`` gives None for a task that its owner's table leaves out.

    :raises AccessError: where the tracker refuses who is asking.
    :raises UnreachableError: where it does not answer.
    """
    resolved = resolve(documents, ledger)
    for document, items in resolved.items():
        yield from _document(document, items, ledger, target, place, terms)
    if terms.complete:
        for document in ledger.documents():
            if document not in resolved:
                yield from _document(document, [], ledger, target, place, terms)


def _document(
    document: str,
    items: Sequence[WorkItem],
    ledger: Ledger,
    target: Target,
    place: Finder,
    terms: Terms,
) -> Iterator[Step]:
    rows = sorted(ledger.rows(document), key=lambda row: row.state not in ("live", "pending"))
    known = {id(row.item): row for row in rows}
    found = pairing.pair([row.item for row in rows], items)
    partner = {new.task_id: known[id(old)] for old, new in found.same}
    taken = {row.key for row in rows}
    for item in items:
        row = partner.get(item.task_id)
        key = row.key if row else _free(item.key, taken)
        taken.add(key)
        where = place(item)
        if where is None:
            yield Step("skip", key, item, row=row)
            continue
        wanted = target.wanted(item, where, key)
        yield _guarded(Step("create", key, item, wanted, row=row), target, terms)
    if not items and rows and not terms.complete:
        yield Step("blank", rows[0].key, rows[0].item, row=rows[0])
        return
    for old in found.gone:
        row = known[id(old)]
        if row.state in ("live", "pending") or (terms.close and row.state == "withdrawn"):
            yield _vanished(row, target, terms)


def _free(key: str, taken: set[str]) -> str:
    """The key, or with a number behind it where another task has it: one whose words were
    corrected keeps the key of its old words."""
    number, free = 1, key
    while free in taken:
        number += 1
        free = f"{key}-{number}"
    return free


def _guarded(step: Step, target: Target, terms: Terms) -> Step:
    """The step; a failure where the tracker's answer cannot be used for this one entry."""
    try:
        return _task(step, target, terms)
    except (AccessError, UnreachableError):
        raise
    except TrackerError as error:
        return Step("fail", step.key, step.item, step.wanted, row=step.row, reason=str(error))


def _task(step: Step, target: Target, terms: Terms) -> Step:
    row, wanted = step.row, step.wanted
    if row is None or row.state == "pending" or not row.remote_id:
        return step
    news = {name for name, value in wanted.items() if row.sent.get(name) != value}
    back = row.state in ("withdrawn", "closed")
    if not news and not back and not terms.force:
        return _like(step, "gone" if row.state == "gone" else "unchanged")
    entry = _read(row, target)
    if entry is None:
        return _like(step, "create") if terms.force else _like(step, "gone")
    return compare(step, entry, terms)


def compare(step: Step, entry: Entry, terms: Terms) -> Step:
    """The step of an entry that is there, from what it holds now."""
    row, wanted = step.row, step.wanted
    assert row is not None
    news = {name for name, value in wanted.items() if row.sent.get(name) != value}
    changes, kept = _merged(wanted, row, entry, news, force=terms.force)
    action: Action = "unchanged"
    if row.state in ("withdrawn", "closed"):
        action = "return"
    elif changes:
        action = "update"
    elif kept or news:
        action = "keep"  # nothing to write, something to tell or to remember
    before = {name: entry.fields.get(name, "") for name in changes}
    return Step(
        *(action, step.key, step.item, wanted),
        changes=changes,
        before=before,
        kept=kept,
        row=row,
        entry=entry,
    )


def replan(step: Step, ledger: Ledger, target: Target, terms: Terms) -> Step:
    """The step anew, with what ledger and tracker hold by now."""
    row = ledger.row(step.key)
    if row is not None and step.action in ("flag", "close"):
        return _vanished(row, target, terms)
    return _guarded(Step("create", step.key, step.item, step.wanted, row=row), target, terms)


def _read(row: Row, target: Target) -> Entry | None:
    if target.readable:
        return target.read(row.remote_id)
    return Entry(row.remote_id, row.held, row.url)


def _like(step: Step, action: Action) -> Step:
    return Step(action, step.key, step.item, step.wanted, row=step.row)


def _merged(
    wanted: Fields, row: Row, entry: Entry, news: set[str], *, force: bool
) -> tuple[Fields, Fields]:
    """What is written, and what is kept."""
    changes: dict[str, str] = {}
    kept: dict[str, str] = {}
    for name, value in wanted.items():
        now = entry.fields.get(name, "")
        untouched = now in (row.held.get(name, ""), *row.trying.get(name, ()))
        if now == value or (untouched and name not in news):
            continue
        if force or (untouched and name in news):
            changes[name] = value
        elif name in news:
            kept[name] = now
    return changes, kept


def _vanished(row: Row, target: Target, terms: Terms) -> Step:
    action: Action = "close" if terms.close else "flag"
    try:
        entry = _read(row, target) if row.remote_id else target.find(row.key, row.sent)
    except (AccessError, UnreachableError):
        raise
    except TrackerError as error:
        return Step("fail", row.key, row.item, row=row, reason=str(error))
    return Step(action if entry else "gone", row.key, row.item, row=row, entry=entry)
