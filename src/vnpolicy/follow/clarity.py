"""Why a task leaves open who does what by when with what result ("bốn rõ").

A task's ``clarity`` says which of rõ người, rõ việc, rõ thời gian, rõ sản phẩm it answers. Here is
why not, and what could be said better though it is answered: a remark has the question, a code,
whether it is ``weak``, and the words that show it. All is told from the task's own fields.

=============  ==========  =========================================================================
``who``        fails       ``nobody``: nobody is named in the clause, its lead-in or its heading;
                           ``support-only``: only who supports; ``others-only``: only who oversees
                           or receives
               weak        ``class``: only a class ("các bộ, ngành"), so that nobody in particular
                           answers; ``several``: two or more lead, and none of them is put first
``what``       fails       ``no-action``: nothing is said to be done
               weak        ``general``: an aim without an end ("tăng cường", "quan tâm", "tiếp
                           tục"), and neither a product nor a target by which to see it done
``when``       fails       ``no-time``: no time at all; ``urgent-only``: no more than "khẩn
                           trương"; ``standing-only``: no more than "thường xuyên"; ``event``: it
                           hangs on an event ("kể từ ngày nhận đủ hồ sơ"); ``no-start``: a length
                           of time that begins nowhere; ``start-only``: only when it begins;
                           ``no-year``: a day without a year; ``no-day``: another time that gives no
                           day
               weak        ``period``: a whole year, half-year or quarter; ``no-day-in-period``: a
                           standing duty whose words name no day ("hằng quý"); ``year-inferred``:
                           the year was supplied from the document's own day
``result``     fails       ``no-result``: neither a product nor a target is named
=============  ==========  =========================================================================

A clause with two times may have two remarks; of one kind there is one, with the words of all.
"""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal

from vnpolicy import schedule
from vnpolicy.follow.agency import is_class
from vnpolicy.models import Deadline, Notice, Task, WorkItem
from vnpolicy.text import fold
from vnpolicy.writers import item as work
from vnpolicy.writers.table import plain

Question = Literal["who", "what", "when", "result"]
QUESTIONS: tuple[Question, ...] = ("who", "what", "when", "result")

# Verbs of Vietnamese official style that say a direction and no end: with neither product nor
# target nobody can say that it is done.
_GENERAL = (
    "tăng cường",
    "đẩy mạnh",
    "quan tâm",
    "chú trọng",
    "nâng cao",
    "phát huy",
    "tiếp tục",
    "chủ động",
    "không ngừng",
    "từng bước",
    "quán triệt",
    "nêu cao",
)
_TIMELESS = {"urgent": "urgent-only", "standing": "standing-only"}
_PERIOD = re.compile(r"\d{4}(?:-[QH]\d)?")
_ANY_DAY = datetime.date(2000, 1, 1)  # whether a rule names its day does not depend on the first


@dataclass(frozen=True, slots=True)
class Remark:
    """One reason; ``words`` are the document's."""

    question: Question
    code: str
    weak: bool
    words: str | None = None


@dataclass(frozen=True, slots=True)
class Judged:
    """A task with what is to be said of it."""

    item: WorkItem
    remarks: tuple[Remark, ...]

    @property
    def is_clear(self) -> bool:
        """Whether all four questions are answered."""
        return not self.item.lacking


@dataclass(slots=True)
class Share:
    """How many tasks answer each question, and all four."""

    tasks: int = 0
    answered: Counter[Question] = field(default_factory=Counter)
    clear: int = 0
    remarks: Counter[tuple[Question, str]] = field(default_factory=Counter)

    def add(self, one: Judged) -> None:
        self.tasks += 1
        self.clear += one.is_clear
        self.answered.update(name for name in QUESTIONS if name not in one.item.lacking)
        self.remarks.update((remark.question, remark.code) for remark in one.remarks)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One document's tasks, judged."""

    name: str
    title: str
    subject: str | None
    share: Share
    tasks: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """All documents that have tasks, in their order; ``documents`` counts those without too."""

    documents: int
    whole: Share
    sheets: tuple[Sheet, ...]


def survey(notices: Iterable[tuple[str, Notice]]) -> Survey:
    """Every task of the notices, judged."""
    whole = Share()
    sheets: list[Sheet] = []
    documents = 0
    for name, notice in notices:
        documents += 1
        pairs = zip(work.items(name, notice), notice.tasks, strict=True)
        judged = tuple(Judged(one, tuple(remarks(task, one))) for one, task in pairs)
        if not judged:
            continue
        share = Share()
        for one in judged:
            share.add(one)
            whole.add(one)
        first = judged[0].item
        sheets.append(Sheet(name, work.title(first), first.subject, share, judged))
    return Survey(documents, whole, tuple(sheets))


def remarks(task: Task, one: WorkItem) -> Iterator[Remark]:
    """What is to be said of the task, question by question; ``one`` is the same as a work item."""
    yield from _who(task, one)
    yield from _what(task)
    yield from _when(task)
    if not task.clarity.result:
        yield Remark("result", "no-result", weak=False)


def _who(task: Task, one: WorkItem) -> Iterator[Remark]:
    if not task.clarity.who:
        others = [*one.overseers, *one.recipients]
        if one.supports:
            yield Remark("who", "support-only", weak=False, words=work.names(one.supports))
        elif others:
            yield Remark("who", "others-only", weak=False, words=work.names(others))
        else:
            yield Remark("who", "nobody", weak=False)
    elif one.leads and all(map(is_class, one.leads)):
        yield Remark("who", "class", weak=True, words=work.names(one.leads))
    elif len(one.leads) > 1:
        yield Remark("who", "several", weak=True, words=work.names(one.leads))


def _what(task: Task) -> Iterator[Remark]:
    if not task.clarity.what:
        yield Remark("what", "no-action", weak=False)
        return
    low = fold(plain(task.action))
    verb = next((one for one in _GENERAL if low.startswith(f"{one} ") or low == one), None)
    if verb is not None and not task.clarity.result:
        yield Remark("what", "general", weak=True, words=verb)


def _when(task: Task) -> Iterator[Remark]:
    if task.clarity.when:
        found = [(code, one) for one in task.deadlines for code in _weak(task, one)]
    else:
        found = [(_code(one), one) for one in task.deadlines]
        if not found:
            yield Remark("when", _TIMELESS.get(task.urgency or "", "no-time"), weak=False)
    words: dict[str, dict[str, None]] = {}
    for code, one in found:
        words.setdefault(code, {})[plain(one.text)] = None
    for code, said in words.items():
        yield Remark("when", code, weak=task.clarity.when, words="; ".join(said))


def _code(one: Deadline) -> str:
    """Why the time gives no day."""
    if one.counted_from:
        return "event"
    if one.duration:
        return "no-start"
    if one.value and one.value.startswith("XXXX"):
        return "no-year"
    if one.modifier == "from" or one.start_on is not None:
        return "start-only"
    return "no-day"


def _weak(task: Task, one: Deadline) -> Iterator[str]:
    """What could be said better of a time that binds."""
    if one.recurrence:
        if task.due_on is None:
            whole = schedule.repeat(one.recurrence, since=_ANY_DAY, text=one.text)
            if whole is None or not whole.day_named:
                yield "no-day-in-period"
        return
    if one.due_on is None or one.due_on != task.due_on:
        return
    if one.value and _PERIOD.fullmatch(one.value):
        yield "period"
    if one.year_inferred:
        yield "year-inferred"
