"""Sheets to text: the blocks of all pages in order, and where each page begins in the text.

>>> def line(text, x, y, page):
...     words = [Word(one, x + 42 * at, y, x + 42 * at + 38, y + 12, 12)
...              for at, one in enumerate(text.split())]
...     return Line(words, base=y + 12, page=page)
>>> one = Sheet(1, 595, 842, [line("a) Bộ Y tế chủ trì, phối hợp với các địa", 60, 700, 1)])
>>> two = Sheet(2, 595, 842, [line("2", 300, 30, 2), line("phương rà soát.", 60, 80, 2)])
>>> done = compose([one, two])
>>> done.text, done.pages
('a) Bộ Y tế chủ trì, phối hợp với các địa phương rà soát.', (0, 41))
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from vnpolicy.readers.layout import furniture, note
from vnpolicy.readers.layout.grid import Grid, grids
from vnpolicy.readers.layout.join import together
from vnpolicy.readers.layout.line import Line, Sheet, Word
from vnpolicy.readers.layout.order import Column, columns
from vnpolicy.readers.layout.paragraph import APART, Shape, link, narrow, shape, shapes


@dataclass(slots=True)
class Table:
    """The rows of one table; ``pages`` gives for each the page that it comes from."""

    rows: list[list[str]]
    pages: list[int]


@dataclass(frozen=True, slots=True)
class Composed:
    """The text, and the offset at which each page begins in it."""

    text: str
    pages: tuple[int, ...]


Block = Column | Table


def compose(sheets: list[Sheet]) -> Composed:
    """The text of ``sheets``, which are changed on the way."""
    furniture.strip(sheets)
    notes = [one for sheet in sheets for one in note.take(sheet)]
    for sheet in sheets:
        note.settle_marks(sheet, {number for number, _ in notes})
    blocks: list[Block] = []
    for sheet in sheets:
        _append(blocks, _blocks(sheet))
    out = _Text(count=len(sheets))
    _write(out, blocks)
    for number, lines in notes:
        out.add(APART, f"[{number}] {together(lines)}", page=None)
    return out.done()


def _blocks(sheet: Sheet) -> list[Block]:
    """The columns and tables of one sheet in order."""
    found = grids(sheet.rules)
    rest, inside = _sort_out(sheet.lines, found)
    blocks: list[Block] = []
    for grid, lines in zip(found, inside, strict=True):
        above = [line for line in rest if line.base <= grid.ys[0] + 0.5 * line.size]
        rest = [line for line in rest if line not in above]
        blocks += columns(above)
        rows = grid.fill(lines)
        if rows:
            blocks.append(Table(rows, [sheet.number] * len(rows)))
    return blocks + columns(rest)


def _append(blocks: list[Block], more: list[Block]) -> None:
    """Adds a page's blocks; what a page break cuts in two becomes one again."""
    if blocks and more:
        last, first = blocks[-1], more[0]
        if isinstance(last, Table) and isinstance(first, Table):
            more = more[1:] if _continue(last, first) else more
        elif len(more) > 1 and len(blocks) > 1:
            halves = (blocks[-2], last, first, more[1])
            more = more[2:] if _continue_sides(*halves) else more
    blocks += more


def _continue_sides(left: Block, right: Block, more_left: Block, more_right: Block) -> bool:
    """Goes on with "Nơi nhận" and the signature where a page break cuts both."""
    sides = []
    for one in (left, right, more_left, more_right):
        if not isinstance(one, Column) or not one.side or one.body:
            return False
        sides.append(one)
    if sides[0].right > sides[1].left or sides[2].right > sides[3].left:
        return False
    if sides[0].right > sides[3].left or sides[2].right > sides[1].left:
        return False
    sides[0].lines += sides[2].lines
    sides[1].lines += sides[3].lines
    return True


def _sort_out(lines: list[Line], found: list[Grid]) -> tuple[list[Line], list[list[Line]]]:
    """The lines outside every table, and those of each."""
    rest: list[Line] = []
    inside: list[list[Line]] = [[] for _ in found]
    for line in lines:
        homes: dict[int, list[Word]] = {}
        for word in line.words:
            at = next((at for at, grid in enumerate(found) if grid.holds(word)), -1)
            homes.setdefault(at, []).append(word)
        for at, words in homes.items():
            (rest if at < 0 else inside[at]).append(line.part(words))
    return rest, inside


def _continue(table: Table, more: Table) -> bool:
    """Adds the rows of a table that goes on over a page break; its repeated heads stay once."""
    if table.pages[-1] + 1 != more.pages[0] or len(table.rows[0]) != len(more.rows[0]):
        return False
    start = 0
    while start < min(3, len(table.rows), len(more.rows)) and more.rows[start] == table.rows[start]:
        start += 1
    rows = more.rows[start:]
    if rows and _is_rest(table.rows, rows[0]):
        table.rows[-1] = [
            together(part for part in parts if part)
            for parts in zip(table.rows[-1], rows[0], strict=True)
        ]
        rows = rows[1:]
    table.rows += rows
    table.pages += [more.pages[0]] * len(rows)
    return True


def _is_rest(rows: list[list[str]], row: list[str]) -> bool:
    """Whether a page break has cut a row: the numbered column goes on without a number."""
    return (
        not row[0]
        and any(row)
        and len(rows) > 1
        and rows[-1][0] != ""
        and sum(map(bool, rows[-1])) > 1
    )


def _write(out: _Text, blocks: list[Block]) -> None:
    """Writes the blocks; body text goes on over columns and pages, tables and sides do not."""
    main = [
        line for one in blocks if isinstance(one, Column) and not one.side for line in one.lines
    ]
    pages = shapes(main) if main else {}
    last: tuple[Line, Shape] | None = None
    for block in blocks:
        if isinstance(block, Table):
            for at, (row, page) in enumerate(zip(block.rows, block.pages, strict=True)):
                out.add("\n" if at else APART, _row(row), page=page)
            last = None
            continue
        runs_on = not block.side or block.body
        last = last if runs_on else None
        own = shape(block.lines) if block.side else None
        for line in block.lines:
            frame = own or pages[line.page]
            gap = APART
            if last is not None and runs_on:
                gap = link(last[0], line, last[1], next_shape=frame)
            elif last is not None:
                gap = narrow(last[0], line, _around(block, frame))
            out.add(gap, line.text, page=line.page)
            last = line, frame
        last = last if runs_on else None


def _around(block: Column, frame: Shape) -> Shape:
    """The edges of a narrow column are those of its longest line."""
    return replace(frame, left=block.left, right=block.right)


def _row(cells: list[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"


@dataclass(slots=True)
class _Text:
    """The text as it grows."""

    count: int
    parts: list[str] = field(default_factory=list)
    length: int = 0
    starts: dict[int, int] = field(default_factory=dict)

    def add(self, gap: str, text: str, *, page: int | None) -> None:
        if self.length:
            self.parts.append(gap)
            self.length += len(gap)
        if page is not None:
            self.starts.setdefault(page, self.length)
        self.parts.append(text)
        self.length += len(text)

    def done(self) -> Composed:
        offsets = [self.length] * self.count
        at = self.length
        for page in range(self.count, 0, -1):
            at = self.starts.get(page, at)
            offsets[page - 1] = at
        if offsets:
            offsets[0] = 0
        return Composed("".join(self.parts), tuple(offsets))
