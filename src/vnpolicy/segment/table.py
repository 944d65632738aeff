"""Tables: rows, cells, and what each column is headed.

Annexes of plans head their columns "STT", "Nhiệm vụ", "Cơ quan chủ trì", "Thời gian hoàn
thành" and the like (``column`` in ``layout_words.csv``); the first row with two such words
heads the table, else its first row does, unless that is data already. A row that numbers the
columns ("(1)", "(2)", "(3)") belongs to the head. A row shorter than the head lacks the cells
merged with those above it where the first column should hold ordinals; a row of one cell is a
section's title and has no column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import regex

from vnpolicy.document import Cell
from vnpolicy.lexicon import layout
from vnpolicy.text import fold

ORDINAL = regex.compile(r"(?:\d{1,3}(?:\.\d{1,2}){0,3}|[IVX]{1,5}|[A-HĐ]|[a-zđ])[.)]?")
ORDINAL_HEADS = ("stt", "tt", "số tt")


@dataclass(slots=True)
class Row:
    """One row, from its first bar to its last."""

    start: int
    end: int
    cells: list[Cell]
    is_header: bool = False

    def filled(self) -> list[Cell]:
        """The cells that hold anything."""
        return [cell for cell in self.cells if cell.end > cell.start]


@dataclass(slots=True)
class Table:
    """Rows that belong together; ``rules`` are the spans of its lines of marks."""

    start: int
    end: int = 0
    rows: list[Row] = field(default_factory=list)
    rules: list[tuple[int, int]] = field(default_factory=list)


def name_columns(table: Table, text: str) -> None:
    """Flag the header rows and name every cell's column by them."""
    at = _find_head(table.rows, text)
    if at is None:
        return
    table.rows[at].is_header = True
    head = _names(table.rows[at], text)
    numbered = head[0] in ORDINAL_HEADS
    for row in table.rows[at + 1 :]:
        if _is_sub_header(row, text):
            row.is_header = True
        else:
            _name_cells(row, head, numbered, text)


def _find_head(rows: Sequence[Row], text: str) -> int | None:
    if len(rows) < 2:
        return None
    known = tuple(layout.words("column"))
    for at, row in enumerate(rows[:3]):
        if sum(name.startswith(known) for name in _names(row, text) if name) > 1:
            return at
    first = rows[0].filled()
    if len(first) < 2 or ORDINAL.fullmatch(text[first[0].start : first[0].end]):
        return None
    return 0


def _names(row: Row, text: str) -> list[str]:
    return [fold(" ".join(text[cell.start : cell.end].split())) for cell in row.cells]


def _is_sub_header(row: Row, text: str) -> bool:
    """A row that numbers the columns: "(1)", "(2)", "(3)"."""
    pieces = [text[cell.start : cell.end].strip("()") for cell in row.filled()]
    return len(pieces) > 2 and pieces == [str(n) for n in range(1, len(pieces) + 1)]


def _name_cells(row: Row, head: Sequence[str], numbered: bool, text: str) -> None:
    size = len(row.cells)
    if size < 2 and len(head) > 1:
        return
    shift = 0
    if size < len(head):
        first = row.cells[0]
        if not numbered:
            return  # which column has no cell here is not written
        if not ORDINAL.fullmatch(text[first.start : first.end]):
            shift = len(head) - size  # the first cells are merged with those of the row above
    for at, cell in enumerate(row.cells):
        cell.column = head[min(at + shift, len(head) - 1)] or None
