"""A document on one line: where its letterhead, title, subject, addressees and foot part.

Some portals and converters flatten a document to a single line. A long line that holds the
state's name near its beginning is cut, by the words themselves, before the title in capitals,
before the subject's end (a sentence's opening, the issuer, the addressees), after the list of
addressees, before "Nơi nhận" and before the signature. What lies between stays one line; its
items are cut by :mod:`vnpolicy.segment.item`.

>>> from vnpolicy.segment import line
>>> text = "UBND XÃ X CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 1/TB-UBND"
>>> text += " X, ngày 5 tháng 6 năm 2023 THÔNG BÁO Về việc họp dân Ngày 4/6/2023, " + "a" * 400
>>> [one.text[:12] for one in unfold(line.read(text))]
['UBND XÃ X CỘ', 'THÔNG BÁO', 'Về việc họp ', 'Ngày 4/6/202']
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from vnpolicy.lexicon.doc_type import type_names
from vnpolicy.match import alternation
from vnpolicy.segment.header import DATE, MOTTO, STATE
from vnpolicy.segment.line import Line

_LONG = 500
_NEAR = 700
_OPENING = regex.compile(
    r" (?=(?:Căn cứ|Xét|Thực hiện|Ngày \d|(?:Sáng|Chiều|Tối) |Theo |Trong |Để |Nhằm |Sau khi "
    r"|Trên cơ sở|Vừa qua|Kính gửi|KÍNH GỬI|Thời gian qua|\p{Lu}{2,}[\p{Lu} ]{6,70}(?: điện| ĐIỆN|:"
    r"| Căn cứ)))"
)
_LISTED = regex.compile(
    r"(?:Kính gửi|KÍNH GỬI|điện|ĐIỆN)\s?:(?:[^.]|\.(?! \p{Lu}))*+\.? (?=\p{Lu})"
)
_FOOT = regex.compile(r" (?=(?:Nơi nhận|NƠI NHẬN)\s?:)")
_SIGN = regex.compile(r" (?=(?:KT|TM|TL|TUQ)\. ?\p{Lu}{2})")


@cache
def _title() -> regex.Pattern[str]:
    names = alternation(name.upper() for name, one in type_names().items() if one.slug)
    return regex.compile(rf" (?=({names})(?!\p{{L}}))")


def unfold(lines: Sequence[Line]) -> list[Line]:
    """The lines, a flattened document's cut where its parts meet."""
    if not any(len(this.text) > _LONG for this in lines[:40]):
        return list(lines)
    out: list[Line] = []
    for this in lines:
        if len(this.text) > _LONG and STATE.search(this.text, 0, _NEAR) is not None:
            out.extend(_cut(this))
        else:
            out.append(this)
    return out


def _cut(this: Line) -> Iterator[Line]:
    text = this.text
    at = 0
    for place in sorted(set(_places(text))):
        if place > at:
            piece = text[at:place].rstrip()
            yield Line(this.start + at, this.start + at + len(piece), piece, True)
            at = place
    yield Line(this.start + at, this.end, text[at:], True)


def _places(text: str) -> Iterator[int]:
    """Where a part begins."""
    head = _head_end(text)
    title = _title().search(text, head, head + 120)
    at = head
    if title is not None:
        yield title.end()
        at = title.end() + len(title[1])
        yield at + (text[at : at + 1] == " ")
    opening = _OPENING.search(text, at, at + _NEAR)
    if opening is not None:
        yield opening.end()
        listed = _LISTED.search(text, opening.end(), opening.end() + 2000)
        if listed is not None:
            yield listed.end()
    foot = None
    for foot in _FOOT.finditer(text, at):  # noqa: B007
        pass
    if foot is not None:
        yield foot.end()
        sign = _SIGN.search(text, foot.end())
        if sign is not None:
            yield sign.end()


def _head_end(text: str) -> int:
    """Where the letterhead ends: after the last of its state's name, motto and date."""
    state = STATE.search(text, 0, _NEAR)
    assert state is not None
    end = state.end()
    for pattern in (MOTTO, DATE):
        match = pattern.search(text, end, end + 250)
        end = match.end() if match is not None else end
    return int(end)
