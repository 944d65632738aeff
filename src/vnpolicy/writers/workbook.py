"""The workbook that an office follows its assignments with: the sheets of
:mod:`vnpolicy.writers.sheet` as XLSX, ready to filter and to print.

Headings stay in sight and on every page, columns have filters, long text is wrapped, and a page
is A4 across, as wide as the sheet. Text is written as text, whatever it begins with. A sheet that
is full goes on in "Nhiệm vụ (2)". Rows are written to disk as they come, so the size of the
archive does not matter; and the file's own date is fixed, so that the same notices give the same
bytes.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnpolicy.writers.batch import missing
from vnpolicy.writers.sheet import SHEETS, Cell, Sheet, Types, cell

if TYPE_CHECKING:
    from vnpolicy.models import Notice

ROWS = 1_048_576  # of a sheet, its heading among them
_CREATED = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
_LINE = 15.0  # points
_TALLEST = 409.0  # that Excel makes a row
_MOST = 30  # lines that such a row shows
_FONT = {"font_name": "Times New Roman", "font_size": 11}
_BODY = _FONT | {"valign": "top", "border": 1, "border_color": "#BFBFBF"}
_FORMATS: dict[str, dict[str, Any]] = {
    "head": _BODY
    | {"bold": True, "text_wrap": True, "align": "center", "valign": "vcenter"}
    | {"bg_color": "#DDEBF7"},
    "text": _BODY | {"text_wrap": True, "num_format": "@"},
    "whole": _BODY | {"num_format": "#,##0", "align": "right"},
    "number": _BODY | {"num_format": "#,##0.0#########", "align": "right"},
    "count": _BODY | {"num_format": "0", "align": "center"},
    "day": _BODY | {"num_format": "dd/mm/yyyy", "align": "center"},
    "hour": _BODY | {"num_format": "hh:mm dd/mm/yyyy", "align": "center", "text_wrap": True},
}


@dataclass(slots=True)
class _Part:
    """A sheet that is being written: how many sheets it is by now, the present one, its next
    row, and the number of the next entry."""

    sheet: Sheet
    count: int
    page: Any
    row: int = 1
    number: int = 1


class WorkbookSink:
    """Writes to ``path``; ``types`` has the words for a document type's slug."""

    def __init__(self, path: Path, *, types: Types) -> None:
        try:
            import xlsxwriter
        except ImportError:
            raise missing(str(path), "xlsxwriter") from None
        options = {"constant_memory": True, "tmpdir": str(path.absolute().parent)}
        self._book = xlsxwriter.Workbook(str(path), options)
        self._book.use_zip64()
        self._book.set_properties({"created": _CREATED, "title": "Theo dõi nhiệm vụ được giao"})
        self._formats = {name: self._book.add_format(one) for name, one in _FORMATS.items()}
        self._types = types
        self._parts = [_Part(sheet, 1, self._page(sheet, 1)) for sheet in SHEETS]

    def add(self, name: str, notice: Notice) -> None:
        for part in self._parts:
            for cells in part.sheet.rows(name, notice, self._types):
                self._write(part, cells)

    def close(self) -> None:
        for part in self._parts:
            self._finish(part)
        self._book.close()

    def _page(self, sheet: Sheet, count: int) -> Any:
        page = self._book.add_worksheet(sheet.name if count == 1 else f"{sheet.name} ({count})")
        page.freeze_panes(1, 0)
        page.set_landscape()
        page.set_paper(9)  # A4
        page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        page.fit_to_pages(1, 0)
        page.set_row(0, 2 * _LINE)
        page.repeat_rows(0)
        page.set_footer("&L&A&RTrang &P/&N")
        columns = (("STT", 6), *sheet.columns)
        for at, (_, width) in enumerate(columns):
            page.set_column(at, at, width)
        for at, (heading, _) in enumerate(columns):
            page.write_string(0, at, heading, self._formats["head"])
        return page

    def _write(self, part: _Part, cells: tuple[Cell, ...]) -> None:
        if part.row >= ROWS:
            self._finish(part)
            part.count += 1
            part.page, part.row = self._page(part.sheet, part.count), 1
        part.page.set_row(part.row, height(cells, [width for _, width in part.sheet.columns]))
        for at, value in enumerate((part.number, *cells)):
            self._put(part.page, part.row, at, value)
        # xlsxwriter remembers the height of every row; those that are written need it no more.
        for kept in ("row_info", "row_sizes"):
            getattr(part.page, kept, {}).pop(part.row - 2, None)
        part.row += 1
        part.number += 1

    def _put(self, page: Any, row: int, at: int, value: Cell) -> None:
        if isinstance(value, datetime.datetime):
            page.write_datetime(row, at, value, self._formats["hour"])
        elif isinstance(value, datetime.date):
            page.write_datetime(row, at, value, self._formats["day"])
        elif isinstance(value, int):
            page.write_number(row, at, value, self._formats["count"])
        elif isinstance(value, float):
            kind = "whole" if value.is_integer() else "number"
            page.write_number(row, at, value, self._formats[kind])
        elif value:
            page.write_string(row, at, _literal(cell(value)), self._formats["text"])
        else:
            page.write_blank(row, at, None, self._formats["text"])

    def _finish(self, part: _Part) -> None:
        page = part.page
        page.autofilter(0, 0, max(part.row - 1, 1), len(part.sheet.columns))


def height(cells: Sequence[Cell], widths: Sequence[int]) -> float:
    """The row's height in points. Excel would find it by itself, other programs do not.

    >>> height(["một hai ba", 1], [6, 5])
    30.0
    """
    needed = [
        # A width counts digits; small letters are narrower and capitals wider.
        lines(value, width * (5 if value.isupper() else 7) // 6)
        for value, width in zip(cells, widths, strict=True)
        if isinstance(value, str)
    ]
    needed += [2 for value in cells if isinstance(value, datetime.datetime)]
    return min(_LINE * max(needed, default=1), _TALLEST)


def lines(text: str, width: int) -> int:
    """How many lines the text takes where a line has room for ``width`` characters.

    >>> lines("một hai ba", 7), lines("một", 7), lines("12/2024/NĐ-CP", 7)
    (2, 1, 2)
    """
    if len(text) <= width:
        return 1
    full, used = 1, 0
    for word in text[: width * _MOST].split(" "):
        if used and used + len(word) >= width:
            full, used = full + 1, 0
        full += max(len(word) - 1, 0) // width
        used += len(word) + 1
    return full


def _literal(text: str) -> str:
    """xlsxwriter takes a string from ``<r>`` to ``</r>`` for markup of its own and writes it as
    it is; a space behind it keeps it text."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
