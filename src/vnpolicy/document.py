"""What the rooms hand to each other: the document as cut, and its parts.

Light records with canonical offsets. ``Document.flat`` is the canonical text with the line
breaks that only wrap a paragraph turned into spaces, so a phrase is matched with plain spaces
and a ``\\n`` always ends a block. ``Document.low`` is the same, folded for look-up, of the
same length: an offset means the same place in all three.
"""

from __future__ import annotations

import datetime
from bisect import bisect_right
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
    a table row; a header row of a table has ``is_header``. ``section`` is the zone that the
    document's skeleton gives it (see :mod:`vnpolicy.segment`).
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
class Said:
    """A span with what is said there."""

    start: int
    end: int


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

    def block_at(self, offset: int) -> Block | None:
        """The block whose own text holds the offset, or None."""
        if not self.starts:
            self.starts = [block.start for block in self.blocks]
        index = bisect_right(self.starts, offset) - 1
        if index < 0 or offset >= self.blocks[index].end:
            return None
        return self.blocks[index]
