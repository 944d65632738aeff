"""A document's parts in order: lines, and the tables among them.

Markdown rows (``| a | b |`` with a ``| --- |`` row) and cells on lines of their own
(:mod:`vnpolicy.segment.cell`) become tables; every other line stays a line.

>>> from vnpolicy.text import canonical
>>> view = canonical("Phụ lục\\n| TT | Nhiệm vụ |\\n| --- | --- |\\n| 1 | Lập đề án |")
>>> parts = gather(line.read(view.text), view)
>>> [[view.text[c.start : c.end] for c in row.cells] for row in parts[1].rows]
[['TT', 'Nhiệm vụ'], ['1', 'Lập đề án']]
"""

from __future__ import annotations

from collections.abc import Sequence

from vnpolicy.document import Cell
from vnpolicy.segment import cell, line
from vnpolicy.segment.line import Line
from vnpolicy.segment.table import Row, Table, name_columns
from vnpolicy.text import Canonical

Part = Line | Table


def gather(lines: Sequence[Line], view: Canonical) -> list[Part]:
    """The lines, with those that make a table put together."""
    if "|" not in view.text:
        return list(lines)
    parts: list[Part] = []
    at = 0
    while at < len(lines):
        this = lines[at]
        if this.text[0] != "|":
            parts.append(this)
            at += 1
        elif this.text == "|":
            at = cell.read(lines, at, view, parts)
        else:
            at = _read_rows(lines, at, parts)
    for part in parts:
        if isinstance(part, Table):
            name_columns(part, view.text)
    return parts


def _read_rows(lines: Sequence[Line], at: int, parts: list[Part]) -> int:
    """Markdown rows from line ``at`` on; gives the line after them."""
    table = Table(lines[at].start)
    begin = at
    while at < len(lines) and lines[at].text[0] == "|" and (at == begin or not lines[at].gap):
        this = lines[at]
        if line.is_rule(this.text):
            if this.text == "|":
                break
            table.rules.append((this.start, this.end))
        else:
            table.rows.append(Row(this.start, this.end, _split(this)))
        table.end = this.end
        at += 1
    parts.append(table)
    return at


def _split(this: Line) -> list[Cell]:
    cells = []
    place = this.start + 1
    for piece in this.text[1:].split("|"):
        inner = piece.strip(" ")
        start = place + (len(piece) - len(piece.lstrip(" ")) if inner else 0)
        cells.append(Cell(start, start + len(inner)))
        place += len(piece) + 1
    if len(cells) > 1 and this.text[-1] == "|":
        cells.pop()
    return cells
