"""Cutting a canonical text into its parts: a paragraph for a run of lines between empty ones."""

from __future__ import annotations

import regex

from vnpolicy.document import Block, Document, Header
from vnpolicy.text import Canonical, fold

_PARAGRAPH = regex.compile(r"[^\n]+(?:\n[^\n]+)*")


def cut(view: Canonical) -> Document:
    """The document's blocks in order, with the flat and the folded text."""
    flat = regex.sub(r"(?<=[^\n])\n(?=[^\n])", " ", view.text)
    blocks = [
        Block("paragraph", match.start(), match.end(), match.start())
        for match in _PARAGRAPH.finditer(view.text)
    ]
    return Document(view, flat, fold(flat), blocks, Header())
