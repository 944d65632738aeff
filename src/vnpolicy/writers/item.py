"""A notice's tasks as work items: what every calendar, project file and tracker is given.

The **document's identity** is its number with its year and its issuer
(``112/TB-VP 2025 van-phong-ubnd-can-tho``), because a corrected version keeps these; a document
without a number has the name of its file. A **key** is the task's id with a digest of that
identity, because one sentence may stand in two documents.

:func:`description` is the long text that a person reads in the tracker, in Vietnamese.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

from vnpolicy import schedule
from vnpolicy.models import Clarity, Deadline, Notice, Task
from vnpolicy.models.work_item import Party, Repeat, WorkItem
from vnpolicy.writers.table import day, plain, sentence

Role = Literal["lead", "support", "oversee", "recipient"]
_TITLE = 120


def items(name: str, notice: Notice) -> list[WorkItem]:
    """The tasks in the order of the text; ``name`` is what the document is called."""
    document = identity(name, notice)
    return [_item(name, notice, task, document) for task in notice.tasks]


def identity(name: str, notice: Notice) -> str:
    """What the document is known by, whatever is corrected in it.

    >>> from vnpolicy.models import Header
    >>> identity("a/b.eml#1/body", Notice(text=""))
    'b.eml#1/body'
    >>> identity("a/b.docx", Notice(text="")), identity("a/b.docx", Notice(text="", header=Header(
    ...     number="12/TB-VPCP", issuer="van-phong-chinh-phu")))
    ('b.docx', '12/TB-VPCP - van-phong-chinh-phu')
    """
    header = notice.header
    if not header.number or not any(map(str.isdigit, header.number.partition("/")[0])):
        return _file(name)
    year = str(header.issued_on.year) if header.issued_on else "-"
    issuer = header.issuer or plain(header.issuer_text or "-").lower()
    return f"{plain(header.number)} {year} {issuer}"


def key(task_id: str, document: str) -> str:
    """What a tracker knows the task by.

    >>> key("t-0123456789abcdef", "b.docx")
    't-0123456789abcdef-d56d65c6'
    """
    return f"{task_id}-{hashlib.sha256(document.encode()).hexdigest()[:8]}"


def title(item: WorkItem) -> str:
    """The document's number and date: ``112/TB-VP ngày 14/08/2025``; else its file."""
    if not item.number:
        return file(item)
    return f"{item.number} ngày {day(item.issued_on)}" if item.issued_on else item.number


def file(item: WorkItem) -> str:
    """The file's own name: where it lies on a disk is nobody's business in a tracker."""
    return _file(item.source)


def names(parties: Iterable[Party]) -> str:
    return "; ".join(dict.fromkeys(party.name for party in parties))


def description(item: WorkItem) -> str:
    """The clause, then who, by when, what comes of it and where it is written, a line each."""
    lines = [item.clause, ""]
    for label, value in (
        ("Cơ quan chủ trì", names(item.leads)),
        ("Cơ quan phối hợp", names(item.supports)),
        ("Trình, báo cáo", names(item.recipients)),
        ("Theo dõi, đôn đốc", names(item.overseers)),
        ("Thời hạn", deadline(item)),
        ("Định kỳ", "; ".join(map(recurring, item.repeats))),
        ("Sản phẩm", item.deliverable),
        ("Văn bản", place(item)),
        ("Trích yếu", item.subject),
        ("Tệp", file(item)),
    ):
        if value:
            lines.append(f"{label}: {value}")
    return "\n".join(lines)


def deadline(item: WorkItem) -> str:
    """The day that is still on time, with the words that say so."""
    if item.due_on is None:
        return item.due_text or ""
    hour = f"{item.due_time} " if item.due_time else ""
    said = f" ({item.due_text})" if item.due_text else ""
    return f"{hour}{day(item.due_on)}{said}"


def recurring(one: Repeat) -> str:
    """The words, and what was supplied where they name no day."""
    return one.text if one.day_named else f"{one.text} (không nêu ngày, tính ngày cuối kỳ)"


def place(item: WorkItem) -> str:
    """Where it is written: ``112/TB-VP ngày 14/08/2025, mục II.3.a, trang 2``."""
    page = f"trang {item.page}" if item.page is not None else ""
    return ", ".join(filter(None, [title(item), outline(item.path), page]))


def outline(path: Sequence[str]) -> str:
    """The labels in one, with "mục" before them where they do not say themselves what they are;
    marks ("-", "+") are no labels that a reader could look for.

    >>> outline(["II", "3", "a", "-"]), outline(["Điều 2", "3"]), outline(["-", "+"])
    ('mục II.3.a', 'Điều 2.3', '')
    """
    labels = [label for label in path if any(map(str.isalnum, label))]
    words = ".".join(labels)
    return f"mục {words}" if labels and " " not in labels[0] else words


def _file(name: str) -> str:
    path, mark, part = name.replace("\\", "/").partition("#")
    return f"{path.rpartition('/')[2]}{mark}{part}"


def _item(name: str, notice: Notice, task: Task, document: str) -> WorkItem:
    header = notice.header
    single = [one for one in task.deadlines if not one.recurrence]
    binding = [one for one in single if one.due_on is not None and one.due_on == task.due_on]
    repeats = _repeats(task, notice)
    placed = {one.text for one in repeats}
    words = dict.fromkeys(plain(one.text) for one in task.deadlines)
    return WorkItem(
        key=key(task.id, document),
        task_id=task.id,
        document=document,
        number=plain(header.number) if header.number else None,
        issued_on=header.issued_on,
        subject=plain(header.subject) if header.subject else None,
        doc_type=header.doc_type,
        source=name,
        page=task.page,
        path=task.path,
        title=_title(task),
        clause=plain(task.text),
        leads=_parties(task, "lead"),
        supports=_parties(task, "support"),
        overseers=_parties(task, "oversee"),
        recipients=_parties(task, "recipient"),
        start_on=_start(task, binding),
        due_on=task.due_on,
        due_time=next((one.due_time for one in binding if one.due_time), None),
        due_text="; ".join(word for word in words if word not in placed) or None,
        repeats=repeats,
        deliverable=plain(task.deliverable) if task.deliverable else None,
        urgency=task.urgency,
        lacking=_lacking(task.clarity),
    )


def _title(task: Task) -> str:
    said = sentence(task.summary) or sentence(task.text)
    return said if len(said) <= _TITLE else f"{said[: _TITLE - 1]}…"


def _parties(task: Task, role: Role) -> list[Party]:
    """Those with the role, each name once."""
    found: dict[str, Party] = {}
    for one in task.assignees:
        if one.role == role:
            party = Party(
                name=plain(one.text),
                agency_ids=one.agency_ids,
                current_agency_ids=one.current_agency_ids,
            )
            found.setdefault(party.name, party)
    return list(found.values())


def _start(task: Task, binding: list[Deadline]) -> datetime.date | None:
    starts = [one.start_on for one in binding if one.start_on is not None]
    first = min(starts, default=None)
    return first if first and task.due_on and first <= task.due_on else None


def _repeats(task: Task, notice: Notice) -> list[Repeat]:
    """The standing duties that have days; "hằng năm" alone says nothing more where the same
    task names a day of the year."""
    since = notice.header.issued_on or notice.anchor_date
    if since is None:
        return []
    found = [
        schedule.repeat(one.recurrence, since=since, text=plain(one.text), time=one.due_time)
        for one in task.deadlines
        if one.recurrence
    ]
    whole = [one for one in found if one is not None]
    named = {_frequency(one) for one in whole if one.day_named}
    return [one for one in whole if one.day_named or _frequency(one) not in named]


def _frequency(one: Repeat) -> str:
    return one.rule.partition(";")[0]


def _lacking(clarity: Clarity) -> list[Literal["who", "what", "when", "result"]]:
    asked: tuple[Literal["who", "what", "when", "result"], ...] = ("who", "what", "when", "result")
    return [one for one in asked if not getattr(clarity, one)]
