"""Quantities: the numbers of a document that have a meaning.

A quantity is a number with a unit ("53 dịch vụ công", "hơn 12,9 nghìn tỷ đồng", "60-70%"),
or with a scale word alone ("143.000 tỷ", dong where the paragraph counts in dong). Its span runs
from the comparator to the unit in its shortest form. In a table's cell a bare bound ("≥ 55") is
one as well, with the unit that the row's unit column gives. ``change`` is what the words right
before say: "tăng ít nhất 5 bậc" (increase), "giảm 30%" (decrease), "đạt 90%", "lên 15%" (reach).

Not quantities: what a reference or a time expression has read; numbers in links and pictures,
in the document's head, signature and recipients, and in list labels; names (``numbers``); a
span of time, unless it is gained, lost or moved ("sớm hơn từ 3 đến 6 tháng", "rút ngắn 5
ngày"); somebody's age.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

import regex

from vnpolicy.document import Block, Document, Taken
from vnpolicy.lexicon.quantity_cue import UNCHANGED, find_cues
from vnpolicy.lexicon.unit import units
from vnpolicy.numbers import NumberMention, scan

_UNIT_COLUMNS = ("đơn vị tính", "đvt", "đơn vị đo", "đơn vị")
_FRAME = frozenset(("header", "signature", "recipients"))
_LINK = regex.compile(r"https?://[^\s)\]]+|!\[[^\]\n]*\]\([^()\n]*(?:\"[^\"\n]*\")?\)?")
_CHANGE = ("increase", "decrease", "reach", UNCHANGED)
_CHANGE_REACH = 60  # characters looked back for "giảm chi phí của doanh nghiệp 15%"
_LEVEL_REACH = 24  # and for "đạt", "lên", which stand close to what they tell
_PARAGRAPH = 1500
_DONG = regex.compile(r"(?:t[ỷỉ]|triệu|nghìn|ngàn) đồng(?!\p{L})")
_LAPSE = ("lapse", UNCHANGED)
_LAPSE_REACH = 40
_NEAR = 2  # spaces between a near cue and the number: one word may stand there
_BREAK = regex.compile(r"[;:.(\n]|, ")


@dataclass(slots=True)
class QuantityMention:
    """A quantity as said, and what ``link`` makes of it: ``role`` and ``metric``."""

    start: int
    end: int
    value: Decimal
    value_max: Decimal | None
    of: Decimal | None
    unit: str | None
    unit_text: str | None
    comparator: str
    change: str | None
    rule: str
    kind: str | None = None
    group: str | None = None
    number_start: int = 0
    role: str | None = None
    metric: tuple[int, int] | None = None


def find(doc: Document, taken: Taken) -> list[QuantityMention]:
    """Every quantity of the document, from left to right."""
    links = Taken(match.span() for match in _LINK.finditer(doc.flat)) if _links(doc) else Taken()
    found: list[QuantityMention] = []
    for number in scan(doc.low, doc.flat, bare=False, skip=taken.touches):
        first = number.number_start
        if taken.touches(first, number.number_end) or links.touches(first, number.end):
            continue
        block = doc.block_at(first)
        if _is_frame(block, first) or not _is_meant(doc, number):
            continue
        if number.unit is None and not number.scaled and not _read_column(doc, number, block):
            continue
        earlier = found[-1].end if found else 0
        found.append(_mention(doc, number, earlier))
    return found


def _links(doc: Document) -> bool:
    return "://" in doc.flat or "](" in doc.flat


def _is_frame(block: Block | None, at: int) -> bool:
    """Whether the place is in the document's frame, or in the label of its block."""
    return block is not None and (block.kind in _FRAME or at < block.body)


def _is_meant(doc: Document, number: NumberMention) -> bool:
    """Whether a span of time or an age is a quantity here; everything else is."""
    if number.kind == "age":
        return number.comparator != "eq"
    if number.kind != "time":
        return True
    floor = max(0, number.start - _LAPSE_REACH)
    begin = max(doc.low.rfind("\n", floor, number.start) + 1, floor)
    for match in _BREAK.finditer(doc.low, begin, number.start):
        begin = match.end()
    return any(
        reach != "near" or doc.low.count(" ", end, number.start) <= _NEAR
        for _, _, reach, _, end in find_cues(doc.low, _LAPSE, start=begin, end=number.start)
    )


def _read_column(doc: Document, number: NumberMention, block: Block | None) -> bool:
    """Whether a bare bound stands in a table's cell; its unit is what the row's unit column
    says ("Đơn vị tính")."""
    if block is None or block.kind != "table_row":
        return False
    for cell in block.cells:
        if cell.column in _UNIT_COLUMNS:
            form = doc.low[cell.start : cell.end].strip(" |")
            known = units().get(form)
            number.unit, number.unit_text = (known.code if known else form) or None, form or None
            number.kind = known.kind if known else None
    return True


def _mention(doc: Document, number: NumberMention, earlier: int) -> QuantityMention:
    unit, kind = number.unit, number.kind
    if unit is None and number.scaled and _counts_in_dong(doc, number.start):
        unit, kind = "VND", "money"
    return QuantityMention(
        number.start,
        number.end,
        number.value,
        number.value_max,
        number.of,
        unit,
        number.unit_text,
        number.comparator,
        _change(doc.low, number, earlier),
        number.rule,
        kind,
        number.group,
        number.number_start,
    )


def _counts_in_dong(doc: Document, at: int) -> bool:
    """ "bố trí 500 triệu đồng, còn thiếu 143 triệu": the unit is that of the paragraph."""
    floor = max(0, at - _PARAGRAPH)
    begin = max(doc.low.rfind("\n", floor, at) + 1, floor)
    end = doc.low.find("\n", at, at + _PARAGRAPH)
    return _DONG.search(doc.low, begin, end if end >= 0 else at + _PARAGRAPH) is not None


def _change(low: str, number: NumberMention, earlier: int) -> str | None:
    """The change that the nearest word before the number says."""
    start = number.start
    floor = max(earlier, start - _CHANGE_REACH)
    begin = max(floor, low.rfind("\n", floor, start) + 1)
    for match in _BREAK.finditer(low, begin, start):
        begin = match.end()
    for _, kind, _, _, end in reversed(find_cues(low, _CHANGE, start=begin, end=start)):
        if kind != "reach" or start - end <= _LEVEL_REACH:
            return kind
    return None
