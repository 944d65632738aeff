"""Tasks as rows of the sheet that an office follows its assignments with.

The columns (:data:`COLUMNS`) are those of such sheets and of the annexes of notices, with the
item's number ("Mục") so that a clerk finds the place again. The file is CSV in UTF-8
with a byte-order mark, which Excel needs to see Vietnamese. A cell that begins like a formula
gets an apostrophe in front, so that a spreadsheet keeps it as text.

>>> _inert("=1+1"), _inert("Trình Đề án")
("'=1+1", 'Trình Đề án')
"""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass

from vnpolicy.models import Assignee, Notice, Task
from vnpolicy.text import canonical

COLUMNS = (
    "STT",
    "Văn bản",
    "Nội dung nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời hạn",
    "Sản phẩm",
    "Mục",
    "Ghi chú",
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


@dataclass(slots=True)
class Row:
    """One task, each member as text for a reader; empty where nothing is said."""

    document: str
    content: str
    lead: str
    support: str
    due: str
    product: str
    item: str
    note: str


def rows(notice: Notice, *, name: str = "") -> list[Row]:
    """The notice's tasks in order; ``name`` stands for a document without a number."""
    document = title(notice) or name
    return [
        Row(
            document=document,
            content=sentence(task.action or task.text),
            lead=people(task, "lead"),
            support=people(task, "support"),
            due=due(task),
            product=plain(task.deliverable or ""),
            item=".".join(task.path),
            note=_note(task),
        )
        for task in notice.tasks
    ]


def to_csv(table: Sequence[Row]) -> bytes:
    """The rows as a CSV file's bytes, numbered from 1."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for number, row in enumerate(table, 1):
        writer.writerow((number, *(_inert(cell) for cell in astuple(row))))
    return stream.getvalue().encode("utf-8-sig")


def title(notice: Notice) -> str:
    """The document's number and date: ``12/TB-VPCP ngày 06/05/2024``; empty without a number."""
    header = notice.header
    if not header.number:
        return ""
    return f"{header.number} ngày {day(header.issued_on)}" if header.issued_on else header.number


def people(task: Task, role: str) -> str:
    """Who has the role in the task, as written, each once."""
    return "; ".join(dict.fromkeys(plain(one.text) for one in _of_role(task.assignees, role)))


def due(task: Task) -> str:
    """The due day as an office writes it, with its hour; else the words of what recurs or runs."""
    if task.due_on is None:
        return "; ".join(dict.fromkeys(plain(deadline.text) for deadline in task.deadlines))
    hours = [one.due_time for one in task.deadlines if one.due_on == task.due_on and one.due_time]
    return f"{hours[0]} {day(task.due_on)}" if hours else day(task.due_on)


def day(date: datetime.date) -> str:
    """``09/05/2024``"""
    return f"{date.day:02d}/{date.month:02d}/{date.year:04d}"


def plain(text: str) -> str:
    """Text of a record on one line, without emphasis marks and odd spaces."""
    return " ".join(canonical(text).text.split())


def sentence(text: str) -> str:
    """The same with a capital first, as an item of a list."""
    text = plain(text)
    return text[:1].upper() + text[1:]


def _of_role(assignees: Iterable[Assignee], role: str) -> list[Assignee]:
    return [one for one in assignees if one.role == role]


def _note(task: Task) -> str:
    """What the columns have no place for: who oversees, who receives, which year was supplied."""
    notes = []
    if overseers := people(task, "oversee"):
        notes.append(f"Theo dõi, đôn đốc: {overseers}")
    if recipients := people(task, "recipient"):
        notes.append(f"Trình, báo cáo: {recipients}")
    binding = [one for one in task.deadlines if one.due_on and one.due_on == task.due_on]
    if any(one.year_inferred for one in binding):
        notes.append("Năm của thời hạn suy ra từ ngày văn bản")
    return ". ".join(notes)


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
