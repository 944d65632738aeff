"""Tables of a page: rows of data, or a frame for the layout.

A notice made in Word sets its letterhead, its "Kính gửi" and its foot ("Nơi nhận", signature)
in tables without lines; old portals frame the whole page so. Those are read cell by cell. A
table is data where it draws lines around most cells, has heading cells, begins with a heading
row ("STT", "TT"), or has several rows of short cells and does not say that it has no border.

>>> from lxml import etree
>>> from vnpolicy.readers.html.style import Sheet
>>> table = etree.fromstring(
...     '<table border="1"><tr><td rowspan="2">1</td><td>Sở Y tế</td></tr>'
...     '<tr><td>Sở | ngành</td></tr></table>')
>>> is_data(table, Sheet(""))
True
>>> rows(table, lambda cell: cell.text)
['| 1 | Sở Y tế |', '| | Sở / ngành |']
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import regex

from vnpolicy.readers.html.style import Sheet, declared, has_line

_WIDEST = 200  # columns
_FRAME = regex.compile(
    r"(?i)C[ỘO]NG H[ÒO][ÀA]? ?A? XÃ H[ỘO]I|Đ[ẢA]NG C[ỘO]NG S[ẢA]N VI[ỆE]T NAM|Nơi nhận|Kính gửi"
)
_STATE = regex.compile(r"(?i)C[ỘO]NG H(?:ÒA|OÀ) XÃ H[ỘO]I")
_MOTTO = regex.compile(r"(?i)độc lập\s*[-–—]")
_NUMBER = regex.compile(r"(?i)\s*Số\s*[:\d]")
_HEADING = regex.compile(r"(?i)(?:s[ốo] ?)?tt\.?|stt\.?|số thứ tự|no\.?")
_DRAWN_CLASSES = frozenset(
    ["table-bordered", "msotablegrid", "bordered", "tablegrid", "wikitable", "has-fixed-layout"]
)


def cells_of(table: Any) -> list[list[Any]]:
    """The cells of the table's own rows, not of tables inside it."""
    groups = [table, *(one for one in table if one.tag in ("thead", "tbody", "tfoot"))]
    lines = [row for group in groups for row in group if row.tag == "tr"]
    found = [[cell for cell in row if cell.tag in ("td", "th")] for row in lines]
    return [row for row in found if row]


def is_data(table: Any, sheet: Sheet) -> bool:
    """Whether the table's cells belong together in rows."""
    grid = cells_of(table)
    if len(grid) < 2 or max(map(len, grid)) < 2 or table.get("role") == "presentation":
        return False
    cells = [cell for row in grid for cell in row]
    starts = [_start(cell) for cell in cells[:400]]
    if len(grid) <= 6 and any(_FRAME.search(text) for text in starts):
        return False
    if _HEADING.fullmatch(starts[0].strip()):
        return True
    if any(cell.find(".//table") is not None for cell in cells[:400]):
        return False
    if any(cell.tag == "th" for cell in cells) or _is_drawn(table, cells, sheet):
        return True
    # Without lines and without a word about them: the portal's own sheet, which a saved page
    # lacks, may draw them. Rows that are alike and short are data.
    says = table.get("border") is not None or any(
        name.startswith("border") for name in declared(table.get("style") or "")
    )
    widths = {len(row) for row in grid}
    full = sum(bool(text.strip()) for text in starts)
    return (
        not says and len(grid) >= 3 and len(widths) == 1 and full * 3 >= len(starts) * 2
        and max(map(len, starts)) < 150
    )  # fmt: skip


def straighten(table: Any) -> None:
    """Put a letterhead that was typed line by line across two columns ("ỦY BAN NHÂN DÂN", the
    state's name; "TỈNH A", the motto) into the order in which its columns are read."""
    grid = cells_of(table)
    if len(grid) < 2 or any(len(row) != 2 for row in grid[:2]):
        return
    first = next((at for at, row in enumerate(grid[:3]) if _STATE.search(_start(row[-1]))), None)
    if first is None or _MOTTO.search(_start(grid[first][-1])):
        return
    for row in grid[first + 1 : first + 6]:
        if len(row) != 2 or _NUMBER.match(_start(row[0])):
            return
        for target, cell in zip(grid[first], row, strict=True):
            _move(cell, target)
        if _MOTTO.search(_start(grid[first][1])):
            return


def _move(cell: Any, target: Any) -> None:
    """Move what a cell holds to the end of another."""
    block = cell.makeelement("div")
    block.text, cell.text = cell.text, None
    block.extend(list(cell))
    target.append(block)


def _is_drawn(table: Any, cells: list[Any], sheet: Sheet) -> bool:
    border = (table.get("border") or "0").strip()
    if border not in ("0", "0px", "none") or table.get("rules") in ("all", "rows", "cols"):
        return True
    if _DRAWN_CLASSES & set((table.get("class") or "").lower().split()):
        return True
    with_line = sum(has_line(sheet.style_of(cell)) for cell in cells)
    return with_line * 2 > len(cells)


def _start(cell: Any) -> str:
    """The first words of a cell, without reading on in a cell that holds a page."""
    found = ""
    for piece in cell.itertext():
        found += piece
        if len(found) > 300:
            break
    return " ".join(found.split())


def rows(table: Any, text_of: Callable[[Any], str]) -> list[str]:
    """One line a row; a merged cell stands at its first place and leaves the others empty."""
    placed: list[dict[int, str]] = []
    taken: dict[int, int] = {}  # column to the rows that a merged cell still covers
    used: set[int] = set()
    for row in cells_of(table):
        line: dict[int, str] = {}
        at = 0
        below = {column: left - 1 for column, left in taken.items() if left > 1}
        for cell in row:
            while at in taken:
                at += 1
            if at >= _WIDEST:
                break
            line[at] = " ".join(text_of(cell).replace("|", "/").split())
            used.add(at)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if high > 1:
                below.update((at + step, high - 1) for step in range(wide))
            at += wide
        taken = below
        placed.append(line)
    columns = sorted(used)
    lines = [[line.get(column, "") for column in columns] for line in placed]
    return ["| " + "".join(f"{cell} | " if cell else "| " for cell in line).rstrip()
            for line in lines if any(line)]  # fmt: skip


def _span(cell: Any, name: str) -> int:
    given = (cell.get(name) or "1").strip()
    plain = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 1
    return min(max(plain, 1), _WIDEST if name == "colspan" else 10_000)
