"""One page of a PDF looked at: is its text layer the text, or must its picture be read?

A page made by a word processor has characters with a meaning. A scan has none, or those that the
scanner's own OCR has left unseen behind the picture, which may be good or worthless; a page set
in fonts without a table of characters has signs that mean nothing. What counts is whether the
words can be Vietnamese: the share of them that are possible syllables.

``kind`` is "text", "layer" (unseen or behind a picture, and good), "scan" (to be read by OCR;
``sheet`` holds what there is) or "blank".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from vnpolicy import charset
from vnpolicy.readers.layout import Line, Sheet
from vnpolicy.readers.layout.furniture import is_number, strip_stamps
from vnpolicy.readers.pdf.drawing import Drawing, drawing
from vnpolicy.readers.pdf.glyph import Drawn, Glyph, drawn, page_box, turned
from vnpolicy.readers.pdf.line import lines

_FEW = 25  # letters: fewer on a picture are a stamp or a page number, not its text
_READABLE = 0.6  # a text layer of less is signs without a meaning
_GOOD_LAYER = 0.88  # an OCR layer of less is worth an OCR of our own
_COVERED = 0.6  # of the page: what a scan's picture covers at least
_OUTLINES = 300  # paths on a page without text: type drawn as outlines


@dataclass(slots=True)
class Look:
    """What a page is, what was read of it, and the legacy encodings of its fonts."""

    kind: str
    sheet: Sheet
    encodings: set[str] = field(default_factory=set)


def look(page: Any, *, number: int, check: Callable[[], None]) -> Look:
    """What ``page``, the one of this ``number``, is."""
    found = drawn(page, check=check)
    box = page_box(page)
    place, _, _ = turned(box, found.turn)
    art = drawing(page, place=place, box=box)
    read = lines(_seen(found), page=number)
    sheet = Sheet(number, found.width, found.height, read.lines, art.rules)
    strip_stamps(sheet)
    quality = _quality(sheet.lines)
    unmapped = sum(1 for glyph in found.glyphs if not _means(glyph))
    if unmapped > 0.1 * len(found.glyphs) and quality is None:
        quality = _share(sheet.lines)
    useless = unmapped > 0.1 * len(found.glyphs) and (quality or 0) < _READABLE
    if not useless and quality is not None and quality < _READABLE:
        read.encodings |= _repair(sheet.lines)
        quality = _quality(sheet.lines)
    kind = _kind(sheet, found, art, 0.0 if useless else quality)
    return Look(kind, sheet, read.encodings)


def _seen(found: Drawn) -> list[Glyph]:
    """The characters without those that stand unseen behind others: a text drawn twice."""
    seen = [glyph for glyph in found.glyphs if glyph.seen]
    if sum(glyph.char.isalpha() for glyph in seen) * 3 > len(found.glyphs) - len(seen):
        return seen
    return found.glyphs


def _kind(sheet: Sheet, found: Drawn, art: Drawing, quality: float | None) -> str:
    text = [line.text for line in sheet.lines if not is_number(line.text)]
    letters = sum(map(str.isalpha, "".join(text)))
    covered = art.picture > _COVERED
    if letters < _FEW and (covered or (letters == 0 and art.paths > _OUTLINES)):
        return "scan"
    if letters < _FEW and not text and art.picture > 0.25:
        return "scan"
    if not sheet.lines:
        return "blank"
    if quality is not None and quality < _READABLE:
        return "scan"
    unseen = sum(1 for glyph in found.glyphs if not glyph.seen)
    if covered and 2 * unseen > len(found.glyphs):
        return "layer" if quality is not None and quality >= _GOOD_LAYER else "scan"
    return "text"


def _quality(read: list[Line]) -> float | None:
    return charset.quality("\n".join(line.text for line in read))


def _share(read: list[Line]) -> float:
    """The same for a text too short to be sure."""
    words = [word.text.strip(".,;:()/-").lower() for line in read for word in line.words]
    words = [word for word in words if word.isalpha()]
    return sum(map(charset.is_syllable, words)) / len(words) if words else 0.0


def _means(glyph: Glyph) -> bool:
    """Whether a character says which it is: not so without a table, or for private use."""
    return glyph.mapped and glyph.char != "\ufffd" and not "\ue000" <= glyph.char <= "\uf8ff"


def _repair(read: list[Line]) -> set[str]:
    """Turns words in a legacy encoding whose font does not tell it to Unicode, where that is
    certain, and gives the encoding."""
    text, encoding = charset.repair("\n".join(line.text for line in read))
    repaired = [one.split(" ") for one in text.split("\n")]
    if encoding is None or [len(one) for one in repaired] != [len(line.words) for line in read]:
        return set()
    for line, words in zip(read, repaired, strict=True):
        for word, chars in zip(line.words, words, strict=True):
            word.text = chars
    return {encoding}
