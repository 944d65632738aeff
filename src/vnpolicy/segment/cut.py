"""Cutting a canonical text into its parts, as a clerk would name them.

Lines, tables, head, body, tree: each its own module. What :func:`cut` promises: the blocks are
in order and do not overlap; every character that is no white space lies in one; in ``flat`` a
``\\n`` ends every block (also where two share a line) and none lies inside one; ``flat`` and
``low`` are as long as the text. No text makes it raise, and its time grows with the length.

>>> from vnpolicy.text import canonical
>>> doc = cut(canonical("I. NHIỆM VỤ\\n1. Bộ Y tế: (1) rà soát quy\\nđịnh; (2) báo cáo."))
>>> [(block.kind, block.label, block.level, block.parent) for block in doc.blocks]
[('heading', 'I', 0, None), ('item', '1', 1, 0), ('item', '1', 2, 1), ('item', '2', 2, 1)]
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from vnpolicy.document import Block, Document, Header
from vnpolicy.segment import head, letterhead, line, part, portal, press, title, wrap
from vnpolicy.segment.body import Reader
from vnpolicy.segment.head import Head
from vnpolicy.segment.line import Line
from vnpolicy.segment.part import Part
from vnpolicy.segment.tree import Piece, grow
from vnpolicy.segment.unfold import unfold
from vnpolicy.text import Canonical, fold


def cut(view: Canonical) -> Document:
    """The document's blocks in order, its header, and the flat and the folded text."""
    lines = unfold(line.read(view.text))
    chrome = portal.read(lines)
    parts = part.gather(lines[chrome.after :] if chrome else lines, view)
    top = _read_head(parts, view.text, chrome.header if chrome else None)
    if chrome:
        top.blocks[:0] = _chrome(lines, chrome, view.text)
    rest = parts[top.after :]
    shape = wrap.measure([one for one in rest if isinstance(one, Line)])
    reader = Reader(view, shape, top.header, official=top.official)
    pieces = [Piece(block) for block in top.blocks]
    offset = len(pieces)
    for piece in reader.read(rest):
        if piece.owner is not None:
            piece.owner += offset
        pieces.append(piece)
    official = top.official or reader.place.foot or _has_addressee(pieces)
    account = not official and press.is_account(
        piece.text for piece in pieces if piece.block.kind == "paragraph"
    )
    blocks = grow(pieces, closes=not account)
    flat = _flatten(view.text, blocks)
    doc = Document(view, flat, fold(flat), blocks, top.header, account)
    if account:
        _settle_press(doc)
    elif official and doc.header.doc_type is None and _has_addressee(pieces):
        doc.header.doc_type = "cong-van"
    doc.anchor, doc.anchor_source = _anchor(doc)
    return doc


def _read_head(parts: Sequence[Part], text: str, known: Header | None) -> Head:
    top = Head(header=known or Header(), official=known is not None)
    title.read(parts, letterhead.read(parts, 0, text, top) or 0, text, top)
    head.settle_type(top, text)
    return top


def _chrome(lines: Sequence[Line], found: portal.Fields, text: str) -> list[Block]:
    """The portal's own lines above its field table, and the table."""
    blocks = []
    first = lines[found.first].start
    for kind, start, end in (
        ("boilerplate", lines[0].start, first),
        ("header", first, lines[found.after - 1].end),
    ):
        blocks += head.blocks_of(kind, text, start, end)
    return blocks


def _flatten(text: str, blocks: Sequence[Block]) -> str:
    """The text with line breaks inside blocks as spaces, and one after each block."""
    out: list[str] = []
    at = 0
    for block in blocks:
        if block.start > at:
            between = text[at : block.start]
            out.append(between if "\n" in between else between.replace(" ", "\n", 1))
        out.append(text[block.start : block.end].replace("\n", " "))
        at = block.end
    out.append(text[at:])
    return "".join(out)


def _has_addressee(pieces: Sequence[Piece]) -> bool:
    blocks = (piece.block for piece in pieces)
    return any(b.kind == "recipients" and b.label in ("Kính gửi", "điện") for b in blocks)


def _settle_press(doc: Document) -> None:
    """Say of an account that it is one; its headline is its subject."""
    header = doc.header
    header.doc_type = "press"
    title = next((b for b in doc.blocks if b.kind == "title"), None)
    if title is not None:
        header.subject = doc.flat[title.body : title.end].lstrip("# ")
        header.subject_span = (title.end - len(header.subject), title.end)


def _anchor(doc: Document) -> tuple[datetime.date | None, str]:
    """The day that the document speaks from, and where it is said."""
    if doc.header.issued_on is not None:
        return doc.header.issued_on, "header"
    if doc.press:
        for block in doc.blocks:
            if (
                block.kind in ("boilerplate", "paragraph", "heading")
                and block.end - block.start < 80
            ):
                day = press.dateline(doc.flat[block.start : block.end])
                if day is not None:
                    return day, "dateline"
    prose = [b for b in doc.blocks if b.kind == "paragraph"]
    for block in prose[:6]:
        day = press.body_day(doc.flat[block.start : block.end])
        if day is not None:
            return day, "body"
    return None, "none"
