"""Which tasks are overdue on a day, which fall due soon, and which recur.

Every task is in one state, by the day ``as_of`` and the number ``days``:

===============  ==================================================================================
``overdue``      its last day is before ``as_of``
``due``          its last day is ``as_of``, or one of the ``days`` after it
``recurring``    it has no day of its own, but a standing duty's next day on or after ``as_of``
``later``        its last day is after those
``undated``      it has no day: none is named, or what is named gives none ("hai năm một lần",
                 "trong 10 ngày kể từ khi nhận đủ hồ sơ")
``earlier``      overdue for so long that ``since`` leaves it out
===============  ==================================================================================

The last day is the last one on time ("trước ngày 15/6" has the 14th), so on that day nothing is
late. An hour is not looked at: a day does not tell whether it has passed. A task with a day of its
own and a standing duty beside it has the state of its own day, and its next day is given as well.
Whether anything has been done nobody here knows.

A task that stands in two copies of one document (the same key) counts once: the first.

>>> day = datetime.date(2025, 6, 10)
>>> state(day, as_of=day, days=30), state(day, as_of=datetime.date(2025, 6, 11), days=30)
('due', 'overdue')
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from vnpolicy import schedule
from vnpolicy.errors import ArgumentError
from vnpolicy.follow.agency import Wanted, wanted
from vnpolicy.models import Notice
from vnpolicy.models.work_item import Party, Repeat, WorkItem
from vnpolicy.text import fold
from vnpolicy.writers import item

State = Literal["overdue", "due", "recurring", "later", "undated", "earlier"]
STATES: tuple[State, ...] = ("overdue", "due", "recurring", "later", "undated", "earlier")
ROLES = ("lead", "support", "any")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A task on that day: the day that its state comes from, and a standing duty's next day."""

    state: State
    item: WorkItem
    day: datetime.date | None
    days_left: int | None
    next_on: datetime.date | None = None
    repeat: Repeat | None = None


@dataclass(slots=True)
class Due:
    """What stands on a day. ``entries`` are those listed, by state, then day, then their order
    in the documents; ``counts`` has all, those that are not listed too."""

    as_of: datetime.date
    days: int
    since: datetime.date | None
    documents: int = 0
    repeated: int = 0
    counts: Counter[State] = field(default_factory=Counter)
    entries: list[Entry] = field(default_factory=list)

    @property
    def until(self) -> datetime.date:
        """The last of the ``days``."""
        return _later(self.as_of, self.days)


@dataclass(frozen=True, slots=True)
class Choice:
    """Which tasks are looked at: those of an agency, with its role, and those of a document."""

    agency: str | None = None
    role: str = "lead"
    document: str | None = None


def due(
    notices: Iterable[tuple[str, Notice]],
    *,
    as_of: datetime.date,
    days: int = 30,
    since: datetime.date | None = None,
    choice: Choice | None = None,
    undated: bool = False,
) -> Due:
    """The tasks of the notices on that day.

    :param since: tasks whose last day was before it are counted and not listed.
    :param undated: list those without any day too.
    :raises ArgumentError: for a number of days that is none, an unknown role, or an agency that
        neither the register nor any of the tasks knows.
    """
    if not isinstance(days, int) or isinstance(days, bool) or days < 0:
        raise ArgumentError("days", days, "a whole number of at least 0 / số nguyên không âm")
    chosen = _Chosen(choice or Choice())
    found = Due(as_of=as_of, days=days, since=since)
    seen: set[str] = set()
    for name, notice in notices:
        found.documents += 1
        for task in item.items(name, notice):
            if not chosen.has(task):
                continue
            if task.key in seen:
                found.repeated += 1
                continue
            seen.add(task.key)
            _put(found, entry(task, as_of=as_of, days=days, since=since), undated=undated)
    chosen.check()
    order = {name: place for place, name in enumerate(STATES)}
    found.entries.sort(key=lambda one: (order[one.state], one.day or datetime.date.max))
    return found


def entry(
    task: WorkItem, *, as_of: datetime.date, days: int, since: datetime.date | None = None
) -> Entry:
    """The task on that day."""
    following = [(schedule.next_day(one, as_of), one) for one in task.repeats]
    coming = [(day, one) for day, one in following if day is not None]
    next_on, repeat = min(coming, key=lambda pair: pair[0], default=(None, None))
    day = task.due_on or next_on
    if day is None:
        return Entry(state="undated", item=task, day=None, days_left=None)
    if task.due_on is None:
        found: State = "recurring"
    else:
        found = state(task.due_on, as_of=as_of, days=days)
        if found == "overdue" and since is not None and task.due_on < since:
            found = "earlier"
    return Entry(found, task, day, (day - as_of).days, next_on, repeat)


def state(day: datetime.date, *, as_of: datetime.date, days: int) -> State:
    """The state of a task with that last day."""
    if day < as_of:
        return "overdue"
    return "due" if (day - as_of).days <= days else "later"


def _put(found: Due, one: Entry, *, undated: bool) -> None:
    found.counts[one.state] += 1
    if one.state != "earlier" and (one.state != "undated" or undated):
        found.entries.append(one)


def _later(day: datetime.date, days: int) -> datetime.date:
    try:
        return day + datetime.timedelta(days)
    except OverflowError:
        return datetime.date.max


class _Chosen:
    """Tells which tasks are asked for, and whether anything was known of the agency."""

    def __init__(self, choice: Choice) -> None:
        if choice.role not in ROLES:
            raise ArgumentError("role", choice.role, ", ".join(ROLES))
        self._choice = choice
        self._wanted: Wanted | None = wanted(choice.agency) if choice.agency else None
        self._document = _number(choice.document) if choice.document else None
        self._met = False
        self._names: dict[str, None] = {}

    def has(self, task: WorkItem) -> bool:
        if self._document is not None and self._document not in (
            _number(task.number or ""),
            _number(task.source),
            _number(task.source.replace("\\", "/").rpartition("/")[2]),
        ):
            return False
        if self._wanted is None:
            return True
        parties = self._parties(task)
        met = any(map(self._wanted.is_met, parties))
        self._met |= met
        if not self._met and self._wanted.words is not None:
            self._names |= dict.fromkeys(party.name for party in parties)
        return met

    def check(self) -> None:
        """:raises ArgumentError: where the agency is known to nobody."""
        if self._wanted is None or self._wanted.words is None or self._met:
            return
        from difflib import get_close_matches

        known = {fold(name): name for name in self._names}
        near = [known[low] for low in get_close_matches(self._wanted.words, known, n=3)]
        allowed = "an id, name or abbreviation of the register, or words of a document"
        hint = f"; near: {', '.join(near)} / gần giống: {', '.join(near)}" if near else ""
        raise ArgumentError(
            "agency", self._choice.agency, f"{allowed} / không có cơ quan này trong dữ liệu{hint}"
        )

    def _parties(self, task: WorkItem) -> list[Party]:
        if self._choice.role == "lead":
            return task.leads
        if self._choice.role == "support":
            return task.supports
        return [*task.leads, *task.supports, *task.overseers, *task.recipients]


def _number(text: str) -> str:
    return _SPACE.sub("", fold(text))
