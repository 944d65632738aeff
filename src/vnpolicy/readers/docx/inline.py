"""What stands in one paragraph: its characters with their fonts, its text boxes, its notes.

Kept: insertions, links, content controls, the results of fields, one branch of what is written
twice for old and new versions of Word. Left out: deletions and what was moved away, the
instructions of fields, hidden text, placeholders that wait for input, comments, the marks of
notes (a digit glued to a word would be read as a number). A soft hyphen is handed over as
U+00AD, because in TCVN3 it is the letter "ư"; a tab is a space.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vnpolicy import charset
from vnpolicy.readers.docx import symbol
from vnpolicy.readers.docx.name import (
    ALTERNATE,
    DEL,
    R_,
    RPR,
    SDT,
    TXBX,
    M,
    T,
    chosen,
    toggle,
    w,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnpolicy.readers.docx.style import Look, Styles

_DROPPED = frozenset({DEL, w("moveFrom"), w("pPr"), w("rPr"), w("sdtPr"), w("sdtEndPr"), w("rt")})
_BREAKS = frozenset({w("br"), w("cr")})
_SPACES = frozenset({w("tab"), w("ptab")})
_PICTURES = frozenset({w("drawing"), w("pict"), w("object")})
_NOTES = {w("footnoteReference"): "footnotes", w("endnoteReference"): "endnotes"}
_ID, _FIELD, _FIELD_TYPE = w("id"), w("fldChar"), w("fldCharType")
_PRESERVE = "{http://www.w3.org/XML/1998/namespace}space"
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters as the document holds them, the font that shows them, and whether that shows
    them as capitals."""

    text: str
    font: str | None = None
    caps: bool = False


@dataclass(slots=True)
class Line:
    """One paragraph as read; boxes that are anchored before any of its text stand ``above``."""

    pieces: list[Piece] = field(default_factory=list)
    above: list[_Element] = field(default_factory=list)
    below: list[_Element] = field(default_factory=list)

    def is_blank(self) -> bool:
        """Whether it has no characters but spaces."""
        return all(piece.text.isspace() or not piece.text for piece in self.pieces)

    def take(self, other: Line) -> None:
        """Run on into ``other``."""
        self.pieces += other.pieces
        self.above += other.above
        self.below += other.below


class Fields:
    """Where in fields the reading is: a field may begin in one paragraph and end in another."""

    def __init__(self) -> None:
        self._open: list[bool] = []  # for each open field, whether its result has begun

    def mark(self, kind: str | None) -> None:
        """Pass a ``w:fldChar``."""
        if kind == "begin":
            self._open.append(False)
        elif kind == "separate" and self._open:
            self._open[-1] = True
        elif kind == "end" and self._open:
            self._open.pop()

    def shown(self) -> bool:
        """Whether text here is shown, or is part of an instruction."""
        return all(self._open)

    def end_paragraph(self) -> None:
        """Forget instructions: none goes on in the next paragraph, but a damaged field would
        swallow the rest of the document."""
        while self._open and not self._open[-1]:
            self._open.pop()


class Inline:
    """Reads paragraphs; ``notes`` gathers the notes that they refer to, in order."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self.fields = Fields()
        self.notes: list[tuple[str, str]] = []
        self.changed = False  # tracked changes have been met
        self.pictures = 0

    def read(self, paragraph: _Element, style: str | None) -> Line:
        """The paragraph's content."""
        line = Line()
        self._walk(paragraph, style, line)
        self.fields.end_paragraph()
        return line

    def _walk(self, parent: _Element, style: str | None, line: Line) -> None:
        for child in parent:
            tag = child.tag
            if tag == R_:
                self._run(child, style, line)
            elif tag in _DROPPED:
                self.changed |= tag in (DEL, w("moveFrom")) and len(child) > 0
            elif tag == SDT:
                if child.find(f"{w('sdtPr')}/{w('showingPlcHdr')}") is None:
                    self._walk(child, style, line)
            elif tag == ALTERNATE:
                if (branch := chosen(child)) is not None:
                    self._walk(branch, style, line)
            elif tag == M + "t":
                line.pieces.append(Piece(child.text or ""))
            elif tag in _PICTURES:
                self._picture(child, line)
            elif len(child):
                self.changed |= tag == w("ins")
                self._walk(child, style, line)

    def _run(self, run: _Element, style: str | None, line: Line) -> None:
        properties = run.find(RPR)
        look = self._styles.look(properties, style)
        hidden = look.vanish
        turned = bool(toggle(properties, w("rtl")) or toggle(properties, w("cs")))
        marked = False  # what follows in the run is the mark of a note
        for child in run:
            tag = child.tag
            if tag == _FIELD:
                self.fields.mark(child.get(_FIELD_TYPE))
            elif hidden or not self.fields.shown():
                continue
            elif tag in _NOTES:
                self.notes.append((_NOTES[tag], child.get(_ID) or ""))
                marked = child.get(w("customMarkFollows"), "0") not in ("0", "false", "off")
            elif tag in _PICTURES:
                self._picture(child, line)
            elif tag == ALTERNATE:
                self._alternate(child, look, line)
            elif not marked:
                line.pieces += _characters(child, look, turned=turned)

    def _alternate(self, alternate: _Element, look: Look, line: Line) -> None:
        """In a run it holds a drawing, seldom characters."""
        self.pictures += 1
        branch = chosen(alternate)
        for child in () if branch is None else branch:
            if child.tag in _PICTURES:
                self._picture(child, line)
            else:
                line.pieces += _characters(child, look, turned=False)

    def _picture(self, picture: _Element, line: Line) -> None:
        self.pictures += 1
        (line.above if line.is_blank() else line.below).extend(_boxes(picture))


def _characters(element: _Element, look: Look, *, turned: bool) -> list[Piece]:
    tag = element.tag
    if tag == T:
        text = element.text or ""
        if (text[:1].isspace() or text[-1:].isspace()) and not _keeps_space(element):
            text = text.strip(" \t\r\n")
        font = look.font(text, right_to_left=turned)
        if symbol.is_symbol(font) or any(map(_is_private, text)):
            return _signs(text, font, look)
        return [Piece(text.replace("\n", " ").replace("\t", " "), font, look.caps)]
    if tag in _SPACES:
        return [Piece(" ")]
    if tag in _BREAKS:
        return [Piece("\n")]
    if tag == w("noBreakHyphen"):
        return [Piece("-")]
    if tag == w("softHyphen"):
        return [Piece(SOFT_HYPHEN, look.font(SOFT_HYPHEN, right_to_left=turned), look.caps)]
    if tag == w("sym"):
        return _sym(element, look)
    return []


def _keeps_space(element: _Element) -> bool:
    """``xml:space`` holds for what is inside, and Word drops other spaces at the ends."""
    above = (one.get(_PRESERVE) for one in (element, *element.iterancestors()))
    return next((value for value in above if value is not None), None) == "preserve"


def _sym(element: _Element, look: Look) -> list[Piece]:
    """``w:sym``: one character by its code in a font."""
    font = element.get(w("font"))
    try:
        code = int(element.get(w("char")) or "", 16)
    except ValueError:
        return []
    if not 0x20 <= code < 0xD800 and not 0xE000 <= code < 0x10000:
        return []
    return _signs(chr(code), font, look)


def _signs(text: str, font: str | None, look: Look) -> list[Piece]:
    """Characters at U+F000 and above are the font's own codes: signs, or in the old Vietnamese
    fonts letters."""
    if font and charset.of_font(font) is not None:
        return [Piece("".join(map(_lowered, text)), font, look.caps)]
    return [Piece(symbol.plain(text, font), None, look.caps)]


def _lowered(char: str) -> str:
    """The byte that a private code stands for: Word writes it as U+F000 and more, LibreOffice
    the holes of Windows-1252 as U+F100 and more."""
    if not _is_private(char):
        return char
    byte = ord(char) & 0xFF
    return bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte))


def _is_private(char: str) -> bool:
    return "\uf000" <= char < "\uf200"


def _boxes(element: _Element) -> list[_Element]:
    """The text boxes in a drawing, each once."""
    found: list[_Element] = []
    for child in element:
        if child.tag == TXBX:
            found.append(child)
        elif child.tag == ALTERNATE:
            branch = chosen(child)
            if branch is not None:
                found += _boxes(branch)
        else:
            found += _boxes(child)
    return found
