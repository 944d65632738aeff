"""A legal portal's field table above the document: "Số hiệu", "Loại văn bản", "Ngày ban hành".

Portals print, after their own lines (copyright, "Đang tải văn bản..."), a table of fields, one
cell a line or in Markdown rows, and below it, sometimes after a summary, the document. The
fields fill in what the letterhead leaves out.

>>> from vnpolicy.segment import line
>>> text = "Số hiệu:\\n|\\n12/QĐ-UBND\\n|\\nLoại văn bản:\\n|\\nQuyết định\\n|\\nTHÔNG BÁO"
>>> found = read(line.read(text))
>>> found.first, found.after, found.header.number, found.header.doc_type
(0, 8, '12/QĐ-UBND', 'quyet-dinh')
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from vnpolicy.document import Header
from vnpolicy.lexicon.doc_type import type_of_name
from vnpolicy.segment import header as fields
from vnpolicy.segment.line import Line
from vnpolicy.text import fold

_REACH = 140  # lines
_NAMES = ("số hiệu", "loại văn bản", "nơi ban hành", "người ký", "ngày ban hành", "ngày hiệu lực")
_FIRST = ("Số hiệu", "Loại văn bản", "Số ký hiệu", "Số/Ký hiệu")
_ALL = frozenset((*_NAMES, "ngày công báo", "số công báo", "tình trạng", "lĩnh vực, ngành"))


@dataclass(slots=True)
class Fields:
    """The lines of the field table, from ``first`` up to ``after``, and what they say."""

    first: int
    after: int
    header: Header = field(default_factory=Header)


def read(lines: Sequence[Line]) -> Fields | None:
    """The field table near the top of a document, or None."""
    if not any(this.text.lstrip("| ").startswith(_FIRST) for this in lines[:_REACH]):
        return None
    found: dict[str, str] = {}
    name: str | None = None
    first = after = -1
    for at, this in enumerate(lines[:_REACH]):
        for piece in this.text.split("|"):
            cell = piece.strip()
            key = fold(cell).rstrip(": ") if 5 < len(cell) < 20 else ""
            if key in _ALL:
                name = key
                first = at if first < 0 else first
                after = at + 1
            elif name is not None and cell:
                found[name] = cell
                name = None
                after = at + 1
        if first >= 0 and at - after > 4:
            break
    if not found.keys() & {"số hiệu", "ngày ban hành"} or len(found) < 2:
        return None
    if after < len(lines) and lines[after].text == "|":
        after += 1
    return Fields(first, after, _header(found))


def _header(found: dict[str, str]) -> Header:
    header = Header()
    number = fields.NUMBER.fullmatch(found.get("số hiệu", ""))
    header.number = "".join(number[0].split()) if number is not None else None
    kind = type_of_name(found.get("loại văn bản", ""))
    header.doc_type = kind.slug or None if kind is not None else None
    header.issuer_text = found.get("nơi ban hành")
    header.signer_name = found.get("người ký")
    date = fields.DATE.fullmatch(found.get("ngày ban hành", ""))
    header.issued_on = fields.day(date) if date is not None else None
    return header
