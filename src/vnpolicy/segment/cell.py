"""Tables whose cells stand on lines of their own, with a lone ``|`` between them.

A bar opens each row and closes each cell, so that two stand between rows, and an empty cell is
a bar more::

    |            |
    STT          1
    |            |
    Nhiệm vụ     Lập đề án
    |            |

A row's length is not written; it is taken from the rows that two bars part, and a run of bars
is read as empty cells, as the row's end or as both by what follows: a new ordinal opens a row
where the first column holds ordinals; where a row so read runs on without its bars, its empty
cells were the row's end. A table ends at a blank line after a bar, or where text follows a full
row without a bar of its own. Blank lines that were marks without text ("** **") part nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from vnpolicy.document import Cell
from vnpolicy.segment.line import Line
from vnpolicy.segment.table import ORDINAL, ORDINAL_HEADS, Row, Table
from vnpolicy.text import Canonical, fold

_BLANK = regex.compile(r"\n[ \t\r]*+\n")


_LAYOUT = ("CỘNG", "ĐẢNG CỘNG", "Nơi nhận", "NƠI NHẬN", "Kính gửi")


_NUMBERED = regex.compile(r"\d{1,2}|\(.{1,2}\)")  # "(1)", "(2)" under the heads of columns


_CELL_LINES = 60  # more lines than this between two bars are no cell


@dataclass(slots=True)
class _Token:
    """A bar, or the text between two bars (``first`` and ``last`` are line numbers)."""

    bar: bool
    start: int
    end: int
    first: int
    last: int


def read(lines: Sequence[Line], at: int, view: Canonical, parts: list[Line | Table]) -> int:
    """Cells on lines of their own, from the bar at line ``at`` on; gives the line after them."""
    tokens, after = _tokenize(lines, at, view)
    place = 0
    while place < len(tokens):
        token = tokens[place]
        if not token.bar:
            parts.extend(lines[token.first : token.last + 1])
            place += 1
            continue
        table = Table(token.start)
        place = _read_table(tokens, place, table, view.text)
        table.end = tokens[place - 1].end
        parts.append(table)
    return after


def _tokenize(lines: Sequence[Line], at: int, view: Canonical) -> tuple[list[_Token], int]:
    tokens: list[_Token] = []
    bar_at = 0
    while at < len(lines):
        this = lines[at]
        is_bar = this.text == "|"
        if tokens:
            last = tokens[-1]
            if not is_bar and this.text[0] == "|":
                break
            if (
                this.gap
                and last.bar
                and _BLANK.search(
                    view.raw, view.raw_start(last.end - 1), view.raw_start(this.start) + 1
                )
            ):
                break
            if not last.bar and not is_bar:
                if at - last.first >= _CELL_LINES or (this.gap and not _closes(lines, at)):
                    break
                last.end, last.last = this.end, at
                at += 1
                continue
        tokens.append(_Token(is_bar, this.start, this.end, at, at))
        if is_bar:
            bar_at = len(tokens)
        at += 1
    at = tokens[bar_at - 1].last + 1
    return tokens[:bar_at], at


def _closes(lines: Sequence[Line], at: int) -> bool:
    """Whether a bar closes the cell that a blank line parts, before long."""
    return any(ahead.text == "|" for ahead in lines[at : at + 12])


def _read_table(tokens: Sequence[_Token], place: int, table: Table, text: str) -> int:
    """Rows from the bar at ``place`` on; gives the first token after the table."""
    width, ordinal = _measure(tokens, place, text)
    while place < len(tokens) and tokens[place].bar:
        if place + 1 >= len(tokens):
            table.rules.append((tokens[place].start, tokens[place].end))
            return place + 1
        if table.rows and _opens_layout(tokens, place, text):
            return place
        place = _read_row(tokens, place, table, width, ordinal, text)
    return place


def _opens_layout(tokens: Sequence[_Token], place: int, text: str) -> bool:
    """Whether the next row is a letterhead or a sign-off, set as a table of its own."""
    return any(
        not token.bar and text.startswith(_LAYOUT, token.start)
        for token in tokens[place + 1 : place + 4]
    )


def _measure(tokens: Sequence[_Token], place: int, text: str) -> tuple[int, bool]:
    """How many cells a row has, and whether the first column holds ordinals."""
    counts: list[int] = []
    rows: list[list[str]] = [[]]
    for at in range(place + 1, min(len(tokens), place + 160)):
        token = tokens[at]
        if not token.bar:
            rows[-1].append(text[token.start : min(token.end, token.start + 40)].replace("\n", " "))
        elif tokens[at - 1].bar and rows[-1]:
            rows.append([])
    rows = [row for row in rows if row]
    if not rows:
        return 1, False
    counts = [len(row) for row in rows]
    often = Counter(counts[1:13])
    width = counts[0]
    if often[width] * 2 < min(len(counts) - 1, 12):
        width = max([width, *(size for size, times in often.items() if times > 1)])
    for row in rows[1:4]:
        if len(row) > width and all(_NUMBERED.fullmatch(piece) for piece in row):
            width = len(row)
    if any(piece.startswith(_LAYOUT) for piece in rows[0][:2]):
        width = min(counts[0], 2)
    heads = fold(rows[0][0].rstrip("."))
    starts = [row[0] for row in rows[1:] if len(row) > 1]
    ordinals = sum(ORDINAL.fullmatch(piece) is not None for piece in starts)
    return width, heads in ORDINAL_HEADS or ordinals * 2 > len(starts)


def _read_row(
    tokens: Sequence[_Token], place: int, table: Table, width: int, ordinal: bool, text: str
) -> int:
    """One row from its opening bar; gives the token after its last bar."""
    cells, after, doubt = _cells_from(tokens, place, width, ordinal, text)
    if doubt is not None and _runs_on(tokens, after):
        cells, after, _ = _cells_from(tokens, place, width, ordinal, text, stop=doubt)
    begin, end = tokens[place].start, tokens[after - 1].end
    if any(cell.end > cell.start for cell in cells):
        table.rows.append(Row(begin, end, cells))
    else:
        table.rules.append((begin, end))
    return after


def _cells_from(
    tokens: Sequence[_Token],
    place: int,
    width: int,
    ordinal: bool,
    text: str,
    *,
    stop: int | None = None,
) -> tuple[list[Cell], int, int | None]:
    """The cells of a row, the token after it, and the last run of bars that was read as empty
    cells though a row could end there; ``stop`` is such a run where the row does end."""
    cells: list[Cell] = []
    doubt = None
    place += 1
    while place < len(tokens) and len(cells) < width:
        token = tokens[place]
        if not token.bar:
            if place + 1 >= len(tokens):
                break
            cells.append(Cell(token.start, token.end))
            place += 2
            if stop == place:
                while tokens[place].bar and tokens[place + 1].bar:
                    cells.append(Cell(tokens[place].start, tokens[place].start))
                    place += 1
                break
            continue
        if not _is_empty_cell(tokens, place, len(cells), width, ordinal, text):
            break
        if cells and not tokens[place - 2].bar:
            doubt = place
        cells.append(Cell(token.start, token.start))
        place += 1
    return cells, place, doubt


def _runs_on(tokens: Sequence[_Token], place: int) -> bool:
    """Whether a cell follows the row without a bar of its own: the row was read too long."""
    if place + 1 >= len(tokens) or tokens[place].bar:
        return False
    return tokens[place].last - tokens[place].first < 4


def _is_empty_cell(
    tokens: Sequence[_Token], place: int, have: int, width: int, ordinal: bool, text: str
) -> bool:
    """Whether the bar at ``place`` closes an empty cell, or opens the next row."""
    ahead = place
    while ahead < len(tokens) and tokens[ahead].bar and ahead - place <= width:
        ahead += 1
    bars = ahead - place
    if ahead >= len(tokens):
        return bars >= width - have
    if bars > width - have:
        return True
    if have == 0:
        return True
    follows = text[tokens[ahead].start : tokens[ahead].end]
    opens = ORDINAL.fullmatch(follows) is not None
    if ordinal:
        if have == 1:
            before = tokens[place - 2] if place > 1 else tokens[0]
            return ORDINAL.fullmatch(text[before.start : before.end]) is not None
        return not (opens or _is_section(follows))
    return have > 1 and not _is_section(follows)


def _is_section(piece: str) -> bool:
    return piece.isupper() and len(piece) > 12
