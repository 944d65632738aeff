"""Rows of a sheet as the page that they are: lines of a letterhead, a table, lines below it.

A sheet is also a page: issuer and state's name stand side by side above the table, the
signature below it. Rows in which one cell is filled are lines, but inside a table, where they
head the rows that follow. Rows that hold the words of a letterhead, addressees or a foot are
lines too, cell after cell.

>>> rows = [Row(1, {1: "UBND TỈNH", 5: "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"}),
...         Row(3, {1: "TT", 2: "Việc", 5: "Hạn"}), Row(4, {1: "1", 2: "Báo cáo", 5: "30/6"})]
>>> blocks(rows)
['UBND TỈNH', 'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', '| TT | Việc | Hạn |\\n| 1 | Báo cáo | 30/6 |']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from vnpolicy.readers.sheet.book import Row

_PAGE = re.compile(
    r"(?i)cộng h(?:òa|oà|óa) xã hội|đảng cộng sản việt nam|độc lập\W{1,5}tự do\W{1,5}hạnh"
    r"|^\W*nơi (?:nhận|gửi)\b|^\W*kính (?:gửi|trình)\b|^số ?:"
)
_WIDE = 3  # filled cells that only a row of a table has


def blocks(rows: list[Row]) -> list[str]:
    """The paragraphs and tables of a sheet in order."""
    found: list[str] = []
    for group in _groups([row for row in rows if row.cells]):
        found += _lines_or_table(group)
    return found


def _groups(rows: list[Row]) -> Iterator[list[Row]]:
    """Rows that belong together: parted where rows are empty, but in the middle of a table."""
    group: list[Row] = []
    for row in rows:
        if group:
            apart = row.number - group[-1].number > 1
            inside = len(row.cells) >= _WIDE and _is_wide(group) and len(group[-1].cells) >= _WIDE
            begins = len(row.cells) >= _WIDE and not _is_wide(group)
            if (apart and not inside) or begins:
                yield group
                group = []
        group.append(row)
    if group:
        yield group


def _is_wide(group: list[Row]) -> bool:
    return len(group[0].cells) >= _WIDE or len(group[-1].cells) >= _WIDE


def _lines_or_table(group: list[Row]) -> list[str]:
    texts = [text for row in group for text in row.cells.values()]
    if not any(len(row.cells) >= _WIDE for row in group) and (
        any(_PAGE.search(text) for text in texts) or len(group) == 1
    ):
        return texts
    first = next((at for at, row in enumerate(group) if len(row.cells) > 1), len(group))
    last = max((at for at, row in enumerate(group) if len(row.cells) > 1), default=first - 1)
    # The last line of a table often heads nothing: "Tổng số: 12 nhiệm vụ".
    above = [text for row in group[:first] for text in row.cells.values()]
    below = [text for row in group[last + 1 :] for text in row.cells.values()]
    table = group[first : last + 1]
    if len(table) == 1 and len(table[0].cells) < _WIDE:
        return texts  # two cells beside each other, and no rows
    return [*above, *([_table(table)] if table else []), *below]


def _table(rows: list[Row]) -> str:
    columns = sorted({column for row in rows for column in row.cells})
    lines = []
    for row in rows:
        cells = (row.cells.get(column, "").replace("|", "/") for column in columns)
        lines.append(f"| {' | '.join(cells)} |".replace("  ", " "))
    return "\n".join(lines)
