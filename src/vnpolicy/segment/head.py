"""A document's head: its letterhead, title and subject, and the type that they tell.

After a portal's own lines come the letterhead, the title and the subject. The type is the
title's; a letter has no title and is known by its subject ("V/v ..."); else the number's letters
say it ("TB" in "219/TB-VPCP"), and a number that opens with the issuer ("597/HC-QLHC") is a
letter's.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

from vnpolicy.document import Block, Header
from vnpolicy.lexicon.doc_type import type_of_letters
from vnpolicy.segment.header import ABOUT, NUMBER


@dataclass(slots=True)
class Head:
    """The head's blocks, what they say, and the number of the first part after them."""

    blocks: list[Block] = field(default_factory=list)
    header: Header = field(default_factory=Header)
    after: int = 0
    official: bool = False

    def add(self, kind: str, text: str, start: int, end: int) -> None:
        """A block for each stretch of ``text[start:end]`` that no blank line parts."""
        self.blocks.extend(blocks_of(kind, text, start, end))

    def keep(self, header: Header) -> None:
        """Take over what ``header`` says; what it leaves out stays as it was known."""
        for name in ("doc_type", "number", "issuer_text", "issued_on", "signer_name"):
            if getattr(header, name) is None:
                setattr(header, name, getattr(self.header, name))
        self.header = header


def blocks_of(kind: str, text: str, start: int, end: int) -> list[Block]:
    """A block for each stretch of ``text[start:end]`` that no blank line parts."""
    blocks = []
    for piece in regex.finditer(r"[^\n]++(?:\n[^\n]++)*+", text, pos=start, endpos=end):
        inner = piece[0].strip()
        if inner:
            low = piece.start() + len(piece[0]) - len(piece[0].lstrip())
            blocks.append(Block(kind, low, low + len(inner), low))
    return blocks


def settle_type(head: Head, text: str) -> None:
    """Tell the document's type where no title says it."""
    header = head.header
    if header.doc_type is not None or not head.official:
        return
    first = header.subject_span[0] if header.subject_span is not None else 0
    if any(mark.end() == first for mark in ABOUT.finditer(text, max(0, first - 8), first)):
        header.doc_type = "cong-van"
    elif header.number is not None:
        found = NUMBER.search(header.number)
        kind = type_of_letters(regex.split(r"[-/]", found["symbol"])[0]) if found else None
        header.doc_type = (kind.slug or None) if kind is not None else "cong-van"
