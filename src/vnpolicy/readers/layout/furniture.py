"""What a page carries besides its text: page numbers, running heads and feet, signature stamps.

A number alone at the top or the foot of a page is its number. A line that comes back at the same
height of several pages (digits aside) runs. What a signing service prints ("Ký bởi: ...", "Thời
gian ký: ...") says who sent the file, not what it says; a label that a notice may use itself
("Cơ quan: ...") goes only beside one that it never uses.

>>> is_number("- 2 -"), is_number("Trang 3/12"), is_number("2024"), is_number("2.")
(True, True, True, False)
>>> is_stamp("Ký bởi: Bộ Y tế"), is_stamp("Thời gian ký: 02.04.2026 14:24:26 +07:00")
(True, True)
>>> is_stamp("Người ký quyết định"), is_stamp("Cơ quan: Sở Y tế")
(False, False)
"""

from __future__ import annotations

import re
from collections import defaultdict

from vnpolicy.readers.layout.line import Line, Sheet, by_height
from vnpolicy.readers.layout.order import pieces

_MARGIN = 0.13  # of the page's height, at the top and at the foot
_NUMBER = re.compile(
    r"[-–—|\s]*(?:(?:Trang|Page|Tr\.)\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*(?:/|of)\s*\d{1,4})?[-–—|\s]*",
    re.IGNORECASE,
)
_STAMP = re.compile(
    r"(?:(?:Được\s+)?[Kk]ý (?:bởi|số bởi)|Người ký|Thời gian ký|Ngày ký|Giờ ký|Ký ngày)\s*:"
    r"|Digitally signed|Signature (?:Not )?[Vv](?:erified|alid)|Chữ ký số|VGCA\b|Signed by:"
)
_BESIDE = re.compile(r"(?:Cơ quan|Tổ chức|Email|E-mail|Chức vụ|Đơn vị|Date|Reason|Location)\s*:")
_GAZETTE = re.compile(r"CÔNG BÁO\s*/\s*Số|(?:www\.|https?://)\S+$")


def is_number(text: str) -> bool:
    """Whether ``text``, alone at the edge of a page, is its number."""
    return _NUMBER.fullmatch(text) is not None


def is_stamp(text: str) -> bool:
    """Whether a signing service has printed ``text``."""
    return _STAMP.match(text) is not None


def strip(sheets: list[Sheet]) -> None:
    """Takes page numbers, running lines and stamps off the sheets."""
    for sheet in sheets:
        strip_stamps(sheet)
    running = _running(sheets)
    for sheet in sheets * 2:  # a number that stands inside a running foot is outermost then
        for line in _edges(sheet):
            numbers = is_number(line.text) and _outermost(sheet, line)
            if numbers or _GAZETTE.match(line.text) or (sheet.number, id(line)) in running:
                sheet.lines = [one for one in sheet.lines if one is not line]


def strip_stamps(sheet: Sheet) -> None:
    cut = [(line, pieces([line])) for line in sheet.lines]
    anchors = [one for _, parts in cut for one in parts if is_stamp(one.text)]
    if not anchors:
        return
    kept = []
    for line, parts in cut:
        left = [one for one in parts if not (is_stamp(one.text) or _belongs(one, anchors))]
        if len(left) == len(parts):
            kept.append(line)
        elif left:
            kept.append(line.part([word for one in left for word in one.words]))
    sheet.lines = kept


def _belongs(line: Line, anchors: list[Line]) -> bool:
    return _BESIDE.match(line.text) is not None and any(
        abs(line.x0 - one.x0) < 2 * one.size and abs(line.base - one.base) < 6 * one.size
        for one in anchors
    )


def _edges(sheet: Sheet) -> list[Line]:
    """The lines near the top and the foot, at most three of each."""
    lines = by_height(sheet.lines)
    top = [line for line in lines[:3] if line.bottom < sheet.height * _MARGIN]
    foot = [line for line in lines[-3:] if line.top > sheet.height * (1 - _MARGIN)]
    return top + [line for line in foot if line not in top]


def _outermost(sheet: Sheet, line: Line) -> bool:
    """Nothing stands above (or below) it, and nothing beside it."""
    others = [one for one in sheet.lines if one is not line]
    if line.base > sheet.height / 2:
        return all(one.bottom <= line.top + 2 for one in others)
    return all(one.top >= line.bottom - 2 for one in others)


def _stands_apart(sheet: Sheet, line: Line, edges: list[Line]) -> bool:
    """Between the line and the body is more paper than between two lines of the body."""
    others = [one for one in sheet.lines if one is not line]
    body = [one for one in others if one not in edges] or others
    if line.base > sheet.height / 2:
        return all(line.top - one.bottom > 0.6 * line.size for one in body if one.top < line.top)
    return all(one.top - line.bottom > 0.6 * line.size for one in body if one.top > line.top)


def _running(sheets: list[Sheet]) -> set[tuple[int, int]]:
    """Edge lines whose words come back at the same height, by sheet and identity."""
    found: defaultdict[tuple[str, int], list[tuple[int, int]]] = defaultdict(list)
    for sheet in sheets:
        edges = _edges(sheet)
        for line in (line for line in edges if _stands_apart(sheet, line, edges)):
            key = re.sub(r"\d+", "#", line.text).casefold()
            if sum(map(str.isalpha, key)) >= 3:
                found[key, line.base > sheet.height / 2].append((sheet.number, id(line)))
    enough = 2 if len(sheets) <= 6 else 3
    return {
        place
        for places in found.values()
        if len({number for number, _ in places}) >= enough
        for place in places
    }
