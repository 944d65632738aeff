"""Which part of the document a place lies in: goals, review, requests, or none of these.

A heading says it ("II. MỤC TIÊU", "I. ĐÁNH GIÁ CHUNG", "III. VỀ MỘT SỐ KIẾN NGHỊ CỦA TỈNH"), as
does a short line that opens a list ("Phấn đấu:") or an item that only repeats a request ("2. Về
kiến nghị hỗ trợ khoảng 640 tỷ đồng ...:").
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from vnpolicy.document import Block, Document
from vnpolicy.lexicon.quantity_cue import find_cues

_PARTS = ("goals", "review", "requests")
_LONGEST = 120  # characters of a line that still heads what follows
_HEADS = frozenset(("heading", "title"))


def sections(doc: Document) -> Callable[[int], str | None]:
    """A look-up of the part that an offset lies in."""
    starts: list[int] = []
    parts: list[str | None] = []
    own: list[str | None] = []
    current: str | None = None
    for block in doc.blocks:
        above = own[block.parent] if block.parent is not None else None
        part = above
        if _heads(doc.low, block):
            part = _part(doc.low, block) or above
            current = part
        own.append(part)
        starts.append(block.start)
        parts.append(part or current)

    def look_up(at: int) -> str | None:
        index = bisect_right(starts, at) - 1
        return parts[index] if index >= 0 else None

    return look_up


def _heads(low: str, block: Block) -> bool:
    if block.kind in _HEADS:
        return True
    if block.end - block.body > _LONGEST or block.kind == "table_row":
        return False
    return not low[block.start : block.end].rstrip().endswith((".", ";", ","))


def _part(low: str, block: Block) -> str | None:
    cues = find_cues(low, _PARTS, start=block.body, end=block.end)
    return cues[0][1] if cues else None
