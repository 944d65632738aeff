"""The follow-up workbook as plain cells: its sheets, their columns, and the rows of a notice.

What a cell is, is said here (:data:`Cell`); how it looks is :mod:`vnpolicy.writers.workbook`'s.
Days are dates, so that a clerk can sort and filter by them; a deadline that has no day keeps its
words, and so does a number that a spreadsheet would round. Text is on one line, without control
characters, and cut with "…" where a cell of Excel ends.

>>> cell("một\\x00 hai")
'một� hai'
"""

from __future__ import annotations

import datetime
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from vnpolicy.models import Notice, Quantity, Reference, Task
from vnpolicy.writers import table
from vnpolicy.writers.account import WARNINGS
from vnpolicy.writers.table import plain, sentence

Cell = str | int | float | datetime.date | datetime.datetime
Types = Mapping[str, str]

CELL = 32_767  # UTF-16 units that a cell of Excel holds
_QUOTE = 300  # characters of a paragraph that is shown around a record
_DIGITS = 15  # that a spreadsheet keeps of a number
_FIRST = datetime.date(1900, 3, 1)  # spreadsheets disagree on the days before it
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_UNITS = {"diem": "điểm", "khoan": "khoản", "dieu": "Điều", "muc": "Mục", "chuong": "Chương"}
_UNITS |= {"phan": "Phần", "phu-luc": "Phụ lục", "tiet": "tiết", "tieu-muc": "Tiểu mục"}
_UNITS |= {"mau": "Mẫu", "bieu": "Biểu"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet: its columns with their widths in characters, and what a notice adds to it."""

    name: str
    columns: tuple[tuple[str, int], ...]
    rows: Callable[[str, Notice, Types], Iterator[tuple[Cell, ...]]]


def cell(text: str) -> str:
    """The text as a cell holds it."""
    text = _FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
    if len(text) > CELL // 2 and len(text.encode("utf-16-le")) > 2 * CELL:
        kept = text.encode("utf-16-le")[: 2 * CELL - 2].decode("utf-16-le", errors="ignore")
        return f"{kept}…"
    return text


def _tasks(name: str, notice: Notice, _types: Types) -> Iterator[tuple[Cell, ...]]:
    issued = notice.header.issued_on
    for task, row in zip(notice.tasks, table.rows(notice, name=name, file=name), strict=True):
        yield (
            *(row.content, row.lead, row.support, _due(task, row.due), row.product),
            *(row.document, _day(issued) if row.issued else "", row.item, row.clear, row.note),
        )


def _targets(name: str, notice: Notice, _types: Types) -> Iterator[tuple[Cell, ...]]:
    around = _Around(notice)
    for one in notice.targets:
        yield (
            sentence(one.metric.text) if one.metric else "",
            *(plain(one.text), _number(one.value), _number(one.value_max), one.unit or ""),
            *(_day(one.due_on), around.quote(one), *_whence(name, notice, one.page)),
        )


def _references(name: str, notice: Notice, _types: Types) -> Iterator[tuple[Cell, ...]]:
    """Each instrument once a document, by the first place that names it."""
    found: dict[tuple[str, str], list[Reference]] = {}
    for one in notice.references:
        found.setdefault((one.resolves_to or one.id, _provision(one)), []).append(one)
    for (identity, provision), mentions in found.items():
        first = mentions[0]
        titles = [title for one in mentions if (title := one.title or one.name)]
        yield (
            *(
                plain(first.text),
                first.number or "",
                _day(first.issued_on),
                plain(titles[0] if titles else ""),
            ),
            *(provision, len(mentions), identity, *_whence(name, notice, first.page)),
        )


def _documents(name: str, notice: Notice, types: Types) -> Iterator[tuple[Cell, ...]]:
    header, source = notice.header, notice.source
    kind = header.doc_type or ""
    quality = _number(notice.text_quality)
    yield (
        *(name, types.get(kind, kind), header.number or "", _day(header.issued_on)),
        *(plain(header.issuer_text or ""), plain(header.subject or "")),
        plain(header.signer.name or ""),
        *(len(notice.tasks), len(notice.targets), source.pages or "", quality),
        len(notice.warnings),
    )


def _warnings(name: str, notice: Notice, _types: Types) -> Iterator[tuple[Cell, ...]]:
    for one in notice.warnings:
        words = notice.text[one.span.start : one.span.end] if one.span else ""
        message = sentence(WARNINGS.get(one.code, one.message))
        yield message, _short(plain(words)), one.code, *_whence(name, notice, None)[::2]


_WIDTHS = (42, 17, 17, 12, 15, 15, 11, 7, 14, 21)
SHEETS = (
    Sheet("Nhiệm vụ", tuple(zip(table.COLUMNS[1:], _WIDTHS, strict=True)), _tasks),
    Sheet(
        "Chỉ tiêu",
        (
            *(("Chỉ tiêu", 28), ("Mức", 18), ("Giá trị", 12), ("Đến", 10), ("Đơn vị", 9)),
            *(("Thời hạn", 11), ("Đoạn văn", 46), ("Văn bản", 15), ("Ngày văn bản", 11)),
            ("Tệp", 18),
        ),
        _targets,
    ),
    Sheet(
        "Văn bản viện dẫn",
        (
            *(("Viện dẫn", 34), ("Số, ký hiệu", 16), ("Ngày", 11), ("Tên, trích yếu", 36)),
            *(("Điều khoản", 14), ("Số lần", 7), ("Mã", 20), ("Trong văn bản", 15)),
            *(("Ngày văn bản", 11), ("Tệp", 18)),
        ),
        _references,
    ),
    Sheet(
        "Văn bản",
        (
            *(("Tệp", 24), ("Loại", 12), ("Số, ký hiệu", 15), ("Ngày", 11), ("Cơ quan", 24)),
            *(("Trích yếu", 42), ("Người ký", 16), ("Nhiệm vụ", 8), ("Chỉ tiêu", 8)),
            *(("Số trang", 8), ("Chất lượng chữ", 10), ("Cảnh báo", 9)),
        ),
        _documents,
    ),
    Sheet(
        "Cảnh báo",
        (("Cảnh báo", 46), ("Trích", 60), ("Mã", 24), ("Văn bản", 17), ("Tệp", 30)),
        _warnings,
    ),
)


class _Around:
    """The paragraph around a record: the innermost segment that holds it."""

    def __init__(self, notice: Notice) -> None:
        self._text = notice.text
        self._segments = sorted(notice.segments, key=lambda one: (one.span.start, -one.span.end))
        self._starts = [one.span.start for one in self._segments]
        self._by_id = {one.id: one for one in self._segments}

    def quote(self, record: Quantity) -> str:
        at = bisect_right(self._starts, record.span.start) - 1
        here = self._segments[at] if at >= 0 else None
        while here is not None and here.span.end < record.span.end:
            here = self._by_id.get(here.parent) if here.parent is not None else None
        if here is None:
            return ""
        return _short(plain(self._text[here.span.start : here.span.end]))


def _due(task: Task, words: str) -> Cell:
    """The day, with its hour where one is named; else the words."""
    hours = [one.due_time for one in task.deadlines if one.due_on == task.due_on and one.due_time]
    if task.due_on is None or not hours:
        return _day(task.due_on) or words
    try:
        return datetime.datetime.combine(task.due_on, datetime.time.fromisoformat(hours[0]))
    except ValueError:  # "24:00"
        return words


def _day(date: datetime.date | None) -> Cell:
    if date is None:
        return ""
    return date if date >= _FIRST else table.day(date)


def _number(value: Decimal | None) -> Cell:
    """The number where a spreadsheet keeps it, else its digits."""
    if value is None:
        return ""
    if len(value.normalize().as_tuple().digits) <= _DIGITS and abs(value.adjusted()) < 100:
        return float(value)
    return format(value, "f")


def _provision(one: Reference) -> str:
    return " ".join(f"{_UNITS.get(step.unit, step.unit)} {step.label}" for step in one.provision)


def _whence(name: str, notice: Notice, page: int | None) -> tuple[Cell, Cell, Cell]:
    """The document's number, its day, and the file with the page."""
    file = name if page is None else f"{name}, trang {page}"
    return notice.header.number or "", _day(notice.header.issued_on), file


def _short(words: str) -> str:
    return words if len(words) <= _QUOTE else f"{words[: _QUOTE - 1]}…"
