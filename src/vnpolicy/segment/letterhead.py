"""Where the letterhead is: a table, the first rows of one, or lines.

It begins within some thousand characters (a portal may print its own lines and a summary
above), at the issuer over or beside the state's name, and ends before the title, the addressee
or the first sentence. A text may have only the number's line, or nothing. A letterhead in the
middle of an article (a form to fill in) is not the document's.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from vnpolicy.lexicon import layout
from vnpolicy.segment import header as fields
from vnpolicy.segment import line
from vnpolicy.segment.head import Head
from vnpolicy.segment.line import Line
from vnpolicy.segment.part import Part
from vnpolicy.segment.table import Row, Table
from vnpolicy.segment.title import ADDRESS, title_prefix, title_slug
from vnpolicy.text import fold

_REACH = 12_000  # a letterhead begins within this many characters, chrome and all
_HEADISH = regex.compile(
    r"\W*(?:(?:Số|SỐ|số)\s*:|(?:Số|SỐ) ?[\d/IVX]|V/v|V/V|\d{0,14}Số:"
    r"|\d{0,14} *\p{Lu}[\p{L}. ]{1,30}, ?ngày(?!\p{L})|\d{6,}$|(?:tháng|năm) ?\d)"
)


def read(parts: Sequence[Part], begin: int, text: str, head: Head) -> int | None:
    """Read the letterhead at or after part ``begin``; gives the part after it."""
    first = parts[begin].start if begin < len(parts) else 0
    state = fields.STATE.search(text, first, first + _REACH)
    at = _part_at(parts, begin, state.start()) if state is not None else None
    if at is None or not (head.official or _leads(parts, begin, at)):
        return _read_bare(parts, begin, text, head)
    part = parts[at]
    if isinstance(part, Table) and not _tops(part, state.start()):
        return _read_bare(parts, begin, text, head)
    head.official = True
    if isinstance(part, Table):
        for before in parts[begin:at]:
            head.add("boilerplate", text, before.start, before.end)
        return _read_table(part, at, text, head)
    low, high = at, at + 1
    while low > begin and _above(parts, low - 1) and at - low < 8:
        low -= 1
    while high < len(parts) and high - at < 16 and _below(parts, high):
        high += 1
    for before in parts[begin:low]:
        head.add("boilerplate", text, before.start, before.end)
    _add(head, parts, low, high, text)
    return high


def _tops(table: Table, offset: int) -> bool:
    """Whether the offset lies in the table's first rows."""
    return bool(table.rows) and offset <= table.rows[:3][-1].end


def _part_at(parts: Sequence[Part], begin: int, offset: int) -> int | None:
    for at in range(begin, len(parts)):
        part = parts[at]
        if part.start <= offset < part.end:
            return at
        if part.start > offset:
            break
    return None


def _leads(parts: Sequence[Part], begin: int, at: int) -> bool:
    """Whether nothing but short lines stands before the letterhead."""
    prose = sum(isinstance(part, Line) and len(part.text) > 100 for part in parts[begin:at])
    return prose < 2 and at - begin < 60


def _above(parts: Sequence[Part], at: int) -> bool:
    """Whether the line can stand above the state's name: the issuer, a rule, "HỎA TỐC"."""
    part = parts[at]
    if isinstance(part, Table):
        return False
    text = part.text
    if line.is_rule(text) or (len(text) < 60 and _HEADISH.match(text)):
        return True
    if _is_subject(part) and len(text) < 400:  # unwrapped, left of the state's name
        return True
    if len(text) < 80 and (text.isupper() or layout.names_body(fold(text))):
        return True
    return len(text) < 60 and any(_is_subject(before) for before in parts[max(0, at - 3) : at])


def _is_subject(part: Part) -> bool:
    return isinstance(part, Line) and part.text.startswith(("V/v", "V/V"))


def _below(parts: Sequence[Part], at: int) -> bool:
    """Whether the line still belongs to the letterhead."""
    part = parts[at]
    if isinstance(part, Table):
        return False
    text = part.text
    if line.is_rule(text) or fields.MOTTO.search(text) or fields.STATE.search(text):
        return True
    if fold(text) in fields.MARKS:
        return True
    if title_slug(text) or ADDRESS.match(text) or title_prefix(text):
        return False
    if _HEADISH.match(text) or fold(text).startswith(("độc lập", "chủ nghĩa việt nam")):
        return True
    if text.isupper() and len(text) < 60 and _numbered(parts[at + 1 : at + 4]):
        return True  # the issuer's last line, left of nothing
    before = parts[at - 1]
    if isinstance(before, Line) and not part.gap:
        if _HEADISH.match(before.text) and (text[0].islower() or before.text.endswith(",")):
            return True
        if text.isupper() and at + 1 < len(parts) and len(text) < 60:
            return any(
                isinstance(p, Line) and _HEADISH.match(p.text) for p in parts[at + 1 : at + 6]
            )
    return False


def _numbered(parts: Sequence[Part]) -> bool:
    """Whether only rules stand before the number's line."""
    for part in parts:
        if not isinstance(part, Line):
            return False
        if fields.SERIAL.match(part.text):
            return True
        if not line.is_rule(part.text):
            return False
    return False


def _read_table(table: Table, at: int, text: str, head: Head) -> int:
    """Read a letterhead that is a table, or the first rows of one."""
    keep: list[Row] = []
    for row in table.rows:
        first = text[row.start : row.end].lstrip("| \n")
        if keep and (ADDRESS.match(first) or first.startswith(("Nơi nhận", "NƠI NHẬN"))):
            break
        keep.append(row)
    start, end = table.start, keep[-1].end
    begin = next(
        (row.start for row in keep if fields.STATE.search(text, row.start, row.end)), start
    )
    head.keep(fields.read(text, begin, end))
    head.add("header", text, start, end)
    del table.rows[: len(keep)]
    table.rules = [rule for rule in table.rules if rule[0] >= end]
    return at if table.rows or table.rules else at + 1


def _add(head: Head, parts: Sequence[Part], low: int, high: int, text: str) -> None:
    start, end = parts[low].start, parts[high - 1].end
    head.keep(fields.read(text, start, end))
    head.add("header", text, start, end)


def _is_old_title(parts: Sequence[Part], at: int) -> bool:
    """ "NGHỊ ĐỊNH", "CỦA CHÍNH PHỦ SỐ 94/1998/NĐ-CP ...": the title holds it all."""
    pair = parts[at : at + 2]
    first, second = (pair[0], pair[1]) if len(pair) == 2 else (None, None)
    if not isinstance(first, Line) or not isinstance(second, Line):
        return False
    return bool(title_slug(first.text)) and second.text.startswith("CỦA ")


def _read_bare(parts: Sequence[Part], begin: int, text: str, head: Head) -> int | None:
    """A head without the state's name: a number line, or lines up to the title."""
    if _is_old_title(parts, begin):
        return None
    for at, part in enumerate(parts[begin : begin + 14], begin):
        if not isinstance(part, Line):
            continue
        if len(part.text) > 120:
            return None
        match = fields.SERIAL.match(part.text)
        if match is not None and fields.NUMBER.match(part.text, match.end()):
            low, high = at, at + 1
            while low > begin and _above(parts, low - 1):
                low -= 1
            while high < len(parts) and high - at < 12 and _below(parts, high):
                high += 1
            for before in parts[begin:low]:
                head.add("boilerplate", text, before.start, before.end)
            head.official = True
            _add(head, parts, low, high, text)
            return high
    return None
