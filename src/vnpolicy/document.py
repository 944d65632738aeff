"""What the rooms hand to each other: the document as cut, and its parts.

Light records with canonical offsets. ``Document.flat`` is the canonical text with the line
breaks that only wrap a paragraph turned into spaces, so a phrase is matched with plain spaces
and a ``\\n`` always ends a block. ``Document.low`` is the same, folded for look-up, of the
same length: an offset means the same place in all three.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from vnpolicy.text import Canonical


@dataclass(slots=True)
class Cell:
    """A table cell: its own text, and the header of its column (folded) or None."""

    start: int
    end: int
    column: str | None = None


@dataclass(slots=True)
class Block:
    """One part of the document: a heading, an item, a paragraph, a table row, ...

    ``start`` to ``end`` is the block's own text, label included, without its children;
    ``body`` is where its text begins after the label. ``level`` counts from 0 for the
    outermost; ``parent`` is the index of the enclosing block or None. ``cells`` are those of
    a table row, ``table`` numbers the table it is of; its header row has ``is_header``.
    """

    kind: str
    start: int
    end: int
    body: int
    label: str | None = None
    level: int = 0
    parent: int | None = None
    cells: list[Cell] = field(default_factory=list)
    is_header: bool = False
    table: int | None = None


@dataclass(slots=True)
class Header:
    """What the document says of itself; spans are canonical, values as read."""

    doc_type: str | None = None
    number: str | None = None
    issuer: str | None = None
    issuer_text: str | None = None
    place: str | None = None
    issued_on: datetime.date | None = None
    subject: str | None = None
    subject_span: tuple[int, int] | None = None
    number_span: tuple[int, int] | None = None
    signer_name: str | None = None
    signer_title: str | None = None
    signer_capacity: str | None = None
    recipients: list[str] = field(default_factory=list)
    urgency: str | None = None
    secrecy: str | None = None


@dataclass(slots=True)
class Document:
    """A text on its way to records."""

    view: Canonical
    flat: str
    low: str
    blocks: list[Block]
    header: Header
    press: bool = False
    anchor: datetime.date | None = None
    anchor_source: str = "none"
    home: str | None = None  # the province (slug) that "tỉnh" and "Thành phố" mean here
    starts: list[int] = field(default_factory=list)
    damage: str | None = None  # the wrong character set that the raw text is in
    quality: float | None = None  # the share of words that can be Vietnamese
    pages: tuple[int, ...] = ()  # raw offsets at which pages begin

    def page_at(self, raw_offset: int) -> int | None:
        """The number of the page, from 1, that the raw offset lies on; None without pages."""
        return bisect_right(self.pages, raw_offset) if self.pages else None

    @property
    def retells(self) -> bool:
        """Whether the text tells of duties and gives none: a press account, or a page of the
        web that shows no document's head under its own headline.
        """
        return self.press or (
            self.header.doc_type is None and self.view.text[:9].lstrip()[:2] == "# "
        )

    def block_at(self, offset: int) -> Block | None:
        """The block whose own text holds the offset, or None."""
        if not self.starts:
            self.starts = [block.start for block in self.blocks]
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or offset >= self.blocks[index].end:
            return None
        return self.blocks[index]


class Taken:
    """Spans that an earlier extractor has read: what lies in them is spoken for.

    >>> taken = Taken([(3, 9)])
    >>> taken.holds(4, 6), taken.touches(0, 3), taken.touches(0, 4)
    (True, False, True)
    """

    def __init__(self, spans: Iterable[tuple[int, int]] = ()) -> None:
        merged: list[list[int]] = []
        for start, end in sorted(spans):
            if merged and start < merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], end)
            else:
                merged.append([start, end])
        self._starts = [start for start, _ in merged]
        self._ends = [end for _, end in merged]

    def touches(self, start: int, end: int) -> bool:
        """Whether any taken span overlaps the half-open span."""
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self._ends[index] > start

    def holds(self, start: int, end: int) -> bool:
        """Whether one taken span covers the whole of the half-open span."""
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and self._ends[index] >= end
