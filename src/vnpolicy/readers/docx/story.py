"""A story of a document (its body, a cell, a header, a note) as paragraphs and tables in order.

Paragraphs come as one line of text each, with their automatic label before them; empty ones are
left out, but in a cell, where a number stands alone ("STT"). A paragraph whose mark is deleted
or hidden runs on into the next. Centred paragraphs right below each other are lines of one: a
title is broken by hand. Text boxes stand where they are anchored.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from vnpolicy import charset
from vnpolicy.errors import LimitError
from vnpolicy.readers.clock import Clock
from vnpolicy.readers.docx import table
from vnpolicy.readers.docx.inline import SOFT_HYPHEN, Inline, Line, Piece
from vnpolicy.readers.docx.name import (
    ALTERNATE,
    DEL,
    PPR,
    RPR,
    SDT,
    TBL,
    VANISH,
    P,
    chosen,
    text_of,
    toggle,
    w,
)
from vnpolicy.readers.docx.numbering import Label, Numbering
from vnpolicy.readers.limits import Limits

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnpolicy.readers.docx.style import Styles

_THROUGH = frozenset(
    {SDT, w("sdtContent"), w("customXml"), w("ins"), w("moveTo"), w("smartTag"), w("body")}
)
_CLOSING = ".,;:)"
_SPACES = re.compile(r" *\n *")
_BROKEN = re.compile(r"\n{2,}")


@dataclass(frozen=True, slots=True)
class Mark:
    """The end of a paragraph: its style, whether it is gone, and the properties it has."""

    style: str | None
    gone: bool
    centred: bool
    run: _Element | None


class Story:
    """Reads stories of one document; lists count on from one to the next."""

    def __init__(self, styles: Styles, numbering: Numbering, *, source: str, limits: Limits):
        self.styles = styles
        self.numbering = numbering
        self.inline = Inline(styles)
        self.encodings: set[str] = set()
        self.chunks = False  # it holds a document of another format, which is not read
        self._source = source
        self._limits = limits
        self._characters = 0
        self._clock = Clock(source=source, seconds=limits.seconds)

    def blocks(self, parent: _Element, *, in_cell: bool = False) -> list[table.Block]:
        """What ``parent`` holds, paragraph by paragraph."""
        found: list[table.Block] = []
        begun: tuple[Line, Label | None, Mark] | None = None
        centred = False  # the last paragraph was
        for element in self._elements(parent):
            if element.tag == TBL:
                if begun is not None:
                    found += self._finish(*begun, in_cell=in_cell)
                found += table.read(element, self)
                begun, centred = None, False
                continue
            mark = _mark(element, self.styles)
            line, label = self._paragraph(element, mark, begun)
            if mark.gone:
                begun = (line, label, mark)
                continue
            new = self._finish(line, label, mark, in_cell=in_cell)
            if centred and mark.centred and _goes_on(found, new):
                found[-1] = f"{found[-1]}\n{new[0]}"
            else:
                found += new
            begun, centred = None, mark.centred and bool(new)
        if begun is not None:
            found += self._finish(*begun, in_cell=in_cell)
        return found

    def _paragraph(
        self, element: _Element, mark: Mark, begun: tuple[Line, Label | None, Mark] | None
    ) -> tuple[Line, Label | None]:
        """The paragraph, behind what has run on into it."""
        line = self.inline.read(element, mark.style)
        gone = mark.gone and line.is_blank()
        label = None if gone else self.numbering.label(element, mark.style)
        self._clock.check()
        if begun is None:
            return line, label
        first, its_label, _ = begun
        label = label if first.is_blank() else its_label
        first.take(line)
        return first, label

    def blocks_of(self, name: str, parent: _Element) -> list[table.Block]:
        """The blocks of another story than the body: its lists count for themselves."""
        before, self.numbering.story = self.numbering.story, name
        found = self.blocks(parent)
        self.numbering.story = before
        return found

    def _elements(self, parent: _Element) -> Iterator[_Element]:
        """The paragraphs and tables, through what only wraps them."""
        for child in parent:
            if child.tag in (P, TBL):
                yield child
            elif child.tag in _THROUGH:
                yield from self._elements(child)
            elif child.tag == ALTERNATE:
                branch = chosen(child)
                if branch is not None:
                    yield from self._elements(branch)
            elif child.tag == w("altChunk"):
                self.chunks = True

    def _finish(
        self, line: Line, label: Label | None, mark: Mark, *, in_cell: bool
    ) -> list[table.Block]:
        """The paragraph, between the boxes that are anchored in it."""
        pieces = line.pieces
        shown = label is not None and (not line.is_blank() or (in_cell and label.counts()))
        if label is not None and label.text and shown:
            pieces = [*self._label(label, mark, pieces), *pieces]
        found: list[table.Block] = []
        for box in line.above:
            found += self.blocks_of("text boxes", box)
        if text := self._text(pieces):
            found.append(text)
        for box in line.below:
            found += self.blocks_of("text boxes", box)
        return found

    def _label(self, label: Label, mark: Mark, pieces: list[Piece]) -> list[Piece]:
        look = self.styles.over(self.styles.look(mark.run, mark.style), label.run)
        begins = "".join(piece.text for piece in pieces).lstrip()[:1]
        gap = "" if begins and begins in _CLOSING else " "
        return [Piece(label.text, look.font(label.text), look.caps), Piece(gap)]

    def _text(self, pieces: list[Piece]) -> str:
        """The characters in Unicode: runs of the old fonts are converted, with their neighbours
        where a letter lies in two runs."""
        whole = ""
        for caps, group in groupby(pieces, key=lambda piece: piece.caps):
            text, encodings = charset.join((piece.text, piece.font) for piece in group)
            self.encodings |= encodings
            whole += text.upper() if caps else text
        whole = unicodedata.normalize("NFC", whole.replace(SOFT_HYPHEN, ""))
        whole = _BROKEN.sub("\n", _SPACES.sub("\n", whole)).strip()
        self.spend(len(whole))
        return whole

    def spend(self, characters: int) -> None:
        """Count characters that go into the text.

        :raises LimitError: where they become too many.
        """
        self._characters += characters
        if self._characters > self._limits.characters:
            reason = f"more than {self._limits.characters} characters (limit: characters)"
            raise LimitError(self._source, f"{reason} / văn bản quá dài")


def _goes_on(found: list[table.Block], new: list[table.Block]) -> bool:
    """Whether a centred line goes on from the one above: in its capitals, or with a small
    letter. "QUYẾT ĐỊNH" and "Về việc ..." are two."""
    if len(new) != 1 or not found:
        return False
    above, below = found[-1], new[0]
    if not isinstance(above, str) or not isinstance(below, str):
        return False
    return below[:1].islower() or above.rpartition("\n")[2].isupper() == below.isupper()


def _mark(paragraph: _Element, styles: Styles) -> Mark:
    properties = paragraph.find(PPR)
    run = None if properties is None else properties.find(RPR)
    gone = run is not None and (
        run.find(DEL) is not None
        or run.find(w("moveFrom")) is not None
        or bool(toggle(run, VANISH))
    )
    style = text_of(properties, w("pStyle"))
    return Mark(style, gone, styles.is_centred(properties, style), run)
