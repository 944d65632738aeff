"""Tasks as rows of the sheet that an office follows its assignments with.

The columns (:data:`COLUMNS`) are those of such sheets and of the annexes of notices, with the
item's number ("Mục") so that a clerk finds the place again, and which of the four questions (rõ
người, rõ việc, rõ thời gian, rõ sản phẩm) the task leaves open. The file is CSV in UTF-8
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

from vnpolicy.models import Assignee, Clarity, Notice, Task
from vnpolicy.text import canonical

COLUMNS = (
    "STT",
    "Nội dung nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan phối hợp",
    "Thời hạn",
    "Sản phẩm",
    "Văn bản giao",
    "Ngày văn bản",
    "Mục",
    "Trạng thái rõ ràng",
    "Ghi chú",
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_URGENCY = {"urgent": "Khẩn trương", "standing": "Thường xuyên"}


@dataclass(slots=True)
class Row:
    """One task, each member as text for a reader; empty where nothing is said."""

    content: str
    lead: str
    support: str
    due: str
    product: str
    document: str
    issued: str
    item: str
    clear: str
    note: str

    @property
    def title(self) -> str:
        """The document's number and date in one."""
        return f"{self.document} ngày {self.issued}" if self.issued else self.document


def rows(notice: Notice, *, name: str = "", file: str = "") -> list[Row]:
    """The notice's tasks in order; ``name`` stands for a document without a number, and ``file``
    is noted where it is given."""
    header = notice.header
    return [
        Row(
            content=sentence(task.action or task.text),
            lead=people(task, "lead"),
            support=people(task, "support"),
            due=due(task),
            product=plain(task.deliverable or ""),
            document=header.number or name,
            issued=day(header.issued_on) if header.number and header.issued_on else "",
            item=".".join(task.path),
            clear=clear(task.clarity),
            note=note(task, file),
        )
        for task in notice.tasks
    ]


def to_csv(table: Sequence[Row]) -> bytes:
    """The rows as a CSV file's bytes, numbered from 1."""
    lines = [csv_line(COLUMNS)]
    lines += [csv_line((str(n), *astuple(row))) for n, row in enumerate(table, 1)]
    return "".join(lines).encode("utf-8-sig")


def csv_line(cells: Sequence[str]) -> str:
    """The cells as one line of a CSV file, with its line end."""
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\r\n").writerow(map(_inert, cells))
    return stream.getvalue()


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


def clear(clarity: Clarity) -> str:
    """``Rõ``, or what the task does not say.

    >>> clear(Clarity(who=True, what=True, when=False, result=False))
    'Thiếu: thời hạn, sản phẩm'
    """
    asked = (
        ("người thực hiện", clarity.who),
        ("nội dung việc", clarity.what),
        ("thời hạn", clarity.when),
        ("sản phẩm", clarity.result),
    )
    lacking = ", ".join(what for what, said in asked if not said)
    return f"Thiếu: {lacking}" if lacking else "Rõ"


def note(task: Task, file: str = "") -> str:
    """What the columns have no place for: what is urgent or recurs, who oversees, who receives,
    other days than the first, which year was supplied, and where it is written."""
    notes = [_URGENCY[task.urgency]] if task.urgency else []
    binding = [one for one in task.deadlines if one.due_on and one.due_on == task.due_on]
    if task.due_on is not None:  # else they stand in the column itself
        others = [one for one in task.deadlines if one not in binding]
        notes += _told("Định kỳ", (plain(one.text) for one in others if one.recurrence))
        notes += _told("Mốc khác", (plain(one.text) for one in others if not one.recurrence))
    notes += _told("Theo dõi, đôn đốc", [people(task, "oversee")])
    notes += _told("Trình, báo cáo", [people(task, "recipient")])
    if any(one.year_inferred for one in binding):
        notes.append("Năm của thời hạn suy ra từ ngày văn bản")
    page = [f"trang {task.page}"] if task.page is not None else []
    notes += (
        _told("Tệp", [", ".join([file, *page])]) if file else [one.capitalize() for one in page]
    )
    return ". ".join(notes)


def _told(label: str, words: Iterable[str]) -> list[str]:
    told = "; ".join(dict.fromkeys(word for word in words if word))
    return [f"{label}: {told}"] if told else []


def _of_role(assignees: Iterable[Assignee], role: str) -> list[Assignee]:
    return [one for one in assignees if one.role == role]


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
