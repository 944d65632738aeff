"""Tables: rows of data between bars, or cells that only lay out a page.

The letterhead, the foot and the box of addressees of a Vietnamese notice are tables too: their
cells are read one after another as paragraphs. A table is taken for such where the words say so
("Cộng hòa xã hội chủ nghĩa Việt Nam", "Nơi nhận", "Kính gửi"), where it has one column, or
where no lines are drawn and it holds no rows of data.

A table of data gives one line a row, "| 1 | Sở Y tế | 30/6 |". A merged cell is written at its
first place and leaves the others empty; a column without any text is left out (Word keeps one
for every edge of a cell, wherever it stands), and so is a row. A table in a cell is part of the
cell's text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vnpolicy.readers.docx.name import (
    ALTERNATE,
    DEL,
    SDT,
    VAL,
    chosen,
    number_of,
    text_of,
    toggle,
    w,
)
from vnpolicy.readers.docx.style import has_lines

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnpolicy.readers.docx.story import Story

_WIDEST = 63  # cells that Word allows in a row
_STATE = re.compile(
    r"(?i)cộng h(?:òa|oà|óa) xã hội|đảng cộng sản việt nam|độc lập\W{1,5}tự do\W{1,5}hạnh"
)
_MOTTO = re.compile(r"(?i)độc lập\W{1,5}tự do\W{1,5}hạnh")
_FOOT = re.compile(r"(?im)^\W*nơi (?:nhận|gửi)\b")
_ADDRESS = re.compile(r"(?im)^\W*kính (?:gửi|chuyển|trình)\b")
_HEAD = re.compile(r"(?i)^(?:stt|tt|số tt|nội dung.*|nhiệm vụ.*|tên .*|chỉ tiêu.*|ghi chú)$")
_TOP, _SHORT, _SHORTER = 3, 12, 6  # rows
_BARS = str.maketrans("|\n", "/ ")


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table of data, each with as many cells."""

    rows: tuple[tuple[str, ...], ...]

    def __str__(self) -> str:
        return "\n".join(f"| {' | '.join(row)} |".replace("  ", " ") for row in self.rows)

    def flat(self) -> str:
        """Its words as part of an outer cell's."""
        return " ".join(cell for row in self.rows for cell in row if cell)


Block = str | Rows


@dataclass(slots=True)
class Cell:
    """One cell: the column that it begins at, and what it holds."""

    column: int
    blocks: list[Block] = field(default_factory=list)
    lined: bool = False

    def text(self) -> str:
        """All of it on one line, without bars."""
        parts = (one.flat() if isinstance(one, Rows) else one for one in self.blocks)
        return " ".join(" ".join(parts).translate(_BARS).split())


def read(table: _Element, story: Story) -> list[Block]:
    """The table as paragraphs, or as rows."""
    lined = _draws(table, story)
    rows = [row for one in _rows(table) if (row := _row(one, story, lined=lined))]
    filled = [row for row in rows if any(cell.blocks for cell in row)]
    if not filled:
        return []
    if _lays_out(filled):
        filled = _unstaggered(filled)
        return [block for row in filled for cell in row for block in cell.blocks]
    columns = sorted({cell.column for row in filled for cell in row if cell.blocks})
    story.spend(len(filled) * len(columns))  # bars cost too: a sheet of empty cells is a bomb
    place = {column: at for at, column in enumerate(columns)}
    made = []
    for row in filled:
        texts = [""] * len(columns)
        for cell in row:
            if cell.blocks:
                texts[place[cell.column]] = cell.text()
        made.append(tuple(texts))
    return [Rows(tuple(made))]


def _within(parent: _Element, tag: str) -> Iterator[_Element]:
    """The rows of a table or cells of a row, through what only wraps them."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (SDT, w("sdtContent"), w("customXml"), w("ins")):
            yield from _within(child, tag)
        elif child.tag == ALTERNATE and (branch := chosen(child)) is not None:
            yield from _within(branch, tag)


def _rows(table: _Element) -> Iterator[_Element]:
    """The rows that are shown: not those deleted, nor those hidden."""
    for row in _within(table, w("tr")):
        properties = row.find(w("trPr"))
        if properties is None or (
            properties.find(DEL) is None and not toggle(properties, w("hidden"))
        ):
            yield row


def _row(row: _Element, story: Story, *, lined: bool) -> list[Cell]:
    properties = row.find(w("trPr"))
    own = row.find(f"{w('tblPrEx')}/{w('tblBorders')}")
    lined = lined if own is None else has_lines(own)
    column = _span(number_of(properties, w("gridBefore")), least=0)
    cells = []
    for one in _within(row, w("tc")):
        settings = one.find(w("tcPr"))
        cell = Cell(column, lined=_has_lines(settings, lined))
        if not _goes_on(settings):
            cell.blocks = story.blocks(one, in_cell=True)
        cells.append(cell)
        column += _span(number_of(settings, w("gridSpan")), least=1)
    return cells


def _span(count: int | None, *, least: int) -> int:
    return min(max(count or least, least), _WIDEST)


def _goes_on(settings: _Element | None) -> bool:
    """Whether the cell is merged into the one above it or before it."""
    for tag in ("vMerge", "hMerge"):
        merge = None if settings is None else settings.find(w(tag))
        if merge is not None and merge.get(VAL, "continue") == "continue":
            return True
    return False


def _draws(table: _Element, story: Story) -> bool:
    """Whether the table's own properties or its style draw lines."""
    properties = table.find(w("tblPr"))
    own = None if properties is None else properties.find(w("tblBorders"))
    if own is not None:
        return has_lines(own)
    return story.styles.has_lines(text_of(properties, w("tblStyle")))


def _has_lines(settings: _Element | None, lined: bool) -> bool:
    own = None if settings is None else settings.find(w("tcBorders"))
    if own is None or len(own) == 0:
        return lined
    return has_lines(own) or (lined and len(own) < 4)


def _lays_out(rows: list[list[Cell]]) -> bool:
    """Whether the table only lays out a page."""
    width = max(sum(bool(cell.blocks) for cell in row) for row in rows)
    if width < 2:
        return True
    top = "\n".join(_lines(row) for row in rows[:_TOP])
    if len(rows) <= _SHORT and _STATE.search(top):
        return True
    if len(rows) <= _SHORTER and (
        _ADDRESS.search(_lines(rows[0])) or any(_FOOT.search(_lines(row)) for row in rows)
    ):
        return True
    cells = [cell for row in rows for cell in row]
    if 2 * sum(cell.lined for cell in cells) >= len(cells):
        return False
    return not _is_data(rows, width)


def _unstaggered(rows: list[list[Cell]]) -> list[list[Cell]]:
    """A letterhead whose lines are rows each ("UBND" beside the state's name, "TỈNH X" beside
    the motto): those rows as one, so that a name is not torn."""
    first = next((at for at, row in enumerate(rows) if _STATE.search(_lines(row))), len(rows))
    last = first + 1
    while last < len(rows) and _MOTTO.search(_lines(rows[last])):
        last += 1
    group = rows[first:last]
    if len(group) < 2 or any(len(row) != len(group[0]) for row in group):
        return rows
    whole = [
        Cell(cells[0].column, [block for cell in cells for block in cell.blocks])
        for cells in zip(*group, strict=True)
    ]
    return [*rows[:first], whole, *rows[last:]]


def _lines(row: list[Cell]) -> str:
    return "\n".join(str(block) for cell in row for block in cell.blocks)


def _is_data(rows: list[list[Cell]], width: int) -> bool:
    """Rows without lines: data where the first names columns, or where three columns or more
    are filled in most of four rows or more."""
    heads = sum(bool(_HEAD.match(cell.text())) for cell in rows[0])
    if heads >= 2 and len(rows) > 1:
        return True
    full = sum(sum(bool(cell.blocks) for cell in row) >= min(width, 3) for row in rows)
    return width >= 3 and len(rows) >= 4 and full * 2 > len(rows)
