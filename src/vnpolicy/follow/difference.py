"""What a new version of documents changes for those who have the tasks.

Documents are the same by their identity (``writers.item.identity``: number, year and issuer, or
the file's name); where one side has several copies of it, those of the same label are paired, then
in their order. Two single documents are compared with each other whatever they are called.

Tasks are paired by :func:`vnpolicy.pairing.pair`. Of a pair the fields of :data:`FIELDS` are
compared, each as one line of text; the page is not, because it changes with the layout.

>>> from vnpolicy.models.work_item import WorkItem
>>> old = WorkItem(key="k", task_id="t", document="d", source="s", title="", clause="Trình Đề án")
>>> new = old.model_copy(update={"due_on": datetime.date(2025, 6, 30), "page": 2})
>>> changes(old, new), changes(old, old)
((Change(field='due_on', old='', new='30/06/2025'),), ())
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from vnpolicy import pairing
from vnpolicy.models import Notice
from vnpolicy.models.work_item import WorkItem
from vnpolicy.writers import item as work
from vnpolicy.writers.table import day, plain


@dataclass(frozen=True, slots=True)
class Version:
    """One document, with what is needed of it."""

    name: str
    document: str
    title: str
    items: tuple[WorkItem, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A field that says something else; an empty text says nothing."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A task in both versions, which is not as it was."""

    old: WorkItem
    new: WorkItem
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """Two versions of one document."""

    old: Version
    new: Version
    changed: tuple[Changed, ...]
    struck: tuple[WorkItem, ...]
    added: tuple[WorkItem, ...]
    unchanged: int

    @property
    def is_empty(self) -> bool:
        """Whether nothing is different."""
        return not (self.changed or self.struck or self.added)

    @property
    def is_other(self) -> bool:
        """Whether the two do not have the same number, year and issuer, or name."""
        return self.old.document != self.new.document


@dataclass(frozen=True, slots=True)
class Comparison:
    """Documents in both, in the new order; those that went and those that came."""

    both: tuple[Difference, ...]
    gone: tuple[Version, ...]
    come: tuple[Version, ...]


def compare(
    old: Iterable[tuple[str, Notice]], new: Iterable[tuple[str, Notice]], *, single: bool = False
) -> Comparison:
    """The documents of two runs.

    :param single: where each side has one document, these are two versions of one.
    """
    before, after = _versions(old), _versions(new)
    if single and len(before) == len(after) == 1:
        return Comparison((difference(before[0], after[0]),), (), ())
    partner = _partners(before, after)
    taken = set(partner.values())
    return Comparison(
        both=tuple(difference(before[partner[at]], after[at]) for at in sorted(partner)),
        gone=tuple(one for at, one in enumerate(before) if at not in taken),
        come=tuple(one for at, one in enumerate(after) if at not in partner),
    )


def difference(old: Version, new: Version) -> Difference:
    """What the new version changes."""
    found = pairing.pair(old.items, new.items, reassigned=pairing.LIKE)
    pairs = [Changed(one, other, changes(one, other)) for one, other in found.same]
    changed = tuple(one for one in pairs if one.changes)
    return Difference(old, new, changed, found.gone, found.new, len(pairs) - len(changed))


def changes(old: WorkItem, new: WorkItem) -> tuple[Change, ...]:
    """The fields that say something else, in the order of :data:`FIELDS`."""
    found = []
    for name, said in FIELDS.items():
        before, after = said(old), said(new)
        if before != after:
            found.append(Change(name, before, after))
    return tuple(found)


def _versions(notices: Iterable[tuple[str, Notice]]) -> list[Version]:
    """The documents without their texts, which are not needed again."""
    return [_version(name, notice) for name, notice in notices]


def _version(name: str, notice: Notice) -> Version:
    header = notice.header
    title = plain(header.number) if header.number else name
    if header.number and header.issued_on:
        title += f" ngày {day(header.issued_on)}"
    items = tuple(work.items(name, notice))
    return Version(name, work.identity(name, notice), title, items)


def _partners(old: Sequence[Version], new: Sequence[Version]) -> dict[int, int]:
    """Index in ``new`` to index in ``old``."""
    free: dict[str, list[int]] = {}
    for at, one in enumerate(old):
        free.setdefault(one.document, []).append(at)
    partner: dict[int, int] = {}
    for wants_name in (True, False):
        for at, one in enumerate(new):
            left = free.get(one.document, [])
            found = next((i for i in left if not wants_name or old[i].name == one.name), None)
            if at not in partner and found is not None:
                partner[at] = found
                left.remove(found)
    return partner


def _day(value: datetime.date | None) -> str:
    return day(value) if value else ""


def _repeats(item: WorkItem) -> Iterator[str]:
    for one in item.repeats:
        yield f"{work.recurring(one)}, {one.time}" if one.time else work.recurring(one)


FIELDS: dict[str, Callable[[WorkItem], str]] = {
    "clause": lambda item: item.clause,
    "leads": lambda item: work.names(item.leads),
    "supports": lambda item: work.names(item.supports),
    "overseers": lambda item: work.names(item.overseers),
    "recipients": lambda item: work.names(item.recipients),
    "due_on": lambda item: _day(item.due_on),
    "due_time": lambda item: item.due_time or "",
    "due_text": lambda item: item.due_text or "",
    "start_on": lambda item: _day(item.start_on),
    "repeats": lambda item: "; ".join(_repeats(item)),
    "deliverable": lambda item: item.deliverable or "",
    "urgency": lambda item: item.urgency or "",
    "path": lambda item: ".".join(item.path),
}
