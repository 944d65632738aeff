"""The characters of a page as the file draws them: where, how large, in which font.

PDFium gives a character's Unicode, its box and the text object that drew it; the object tells
font, size, direction and whether it is seen. Spaces and breaks that PDFium itself puts between
characters are left out, for the boxes say where words end. Boxes are turned to the page as it is
looked at: counted from the upper left corner, rotated with it, and where most of the text runs
upwards or downwards (a wide table on an upright sheet), with the text. What then still runs
aslant (a watermark, a stamp at the edge) is left out.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

_HYPHEN = {0x02, 0xFFFE}  # how PDFium tells a hyphen at the end of a line
_HIDDEN = {3, 7}  # text render modes that draw nothing


@dataclass(slots=True)
class Glyph:
    """One character: its box and base line from the upper left corner, in points."""

    char: str
    x0: float
    top: float
    x1: float
    bottom: float
    base: float
    size: float
    font: str
    seen: bool
    mapped: bool


@dataclass(slots=True)
class Drawn:
    """The characters of a page, and its size as it is looked at."""

    glyphs: list[Glyph]
    width: float
    height: float
    turn: int


Box = tuple[float, float, float, float]
Turn = Callable[[float, float], tuple[float, float]]


@dataclass(slots=True)
class _Style:
    """What the characters of one text object share; ``angle`` in quarters, None if aslant."""

    font: str
    size: float
    angle: int | None
    seen: bool


@dataclass(slots=True)
class _Found:
    """A character in the file's own places."""

    char: str
    box: Box
    origin: tuple[float, float]
    mapped: bool
    style: _Style


def drawn(page: Any, *, check: Callable[[], None]) -> Drawn:
    """The characters of ``page``; ``check`` is called now and then, to end what takes too long."""
    import pypdfium2.raw as raw

    textpage = page.get_textpage()
    try:
        found = _characters(raw, textpage, check)
    finally:
        textpage.close()
    angles = Counter(one.style.angle for one in found if one.style.angle is not None)
    angle = (
        max(sorted(angles), key=lambda one: angles[one]) if angles else page.get_rotation() // 90
    )
    box = page_box(page)
    place, width, height = turned(box, angle)
    glyphs = [
        _placed(one, place) for one in found if one.style.angle == angle and _inside(one, box)
    ]
    return Drawn(glyphs, width, height, angle)


def turned(box: Box, turn: int) -> tuple[Turn, float, float]:
    """From the file's place to the one looked at, after ``turn`` quarters clockwise; and the
    size of the page then.

    >>> place, width, height = turned((0, 0, 595, 842), 1)
    >>> place(10, 20), width, height
    ((20, 10), 842, 595)
    """
    left, low, right, high = box
    places: list[Turn] = [
        lambda x, y: (x - left, high - y),
        lambda x, y: (y - low, x - left),
        lambda x, y: (right - x, y - low),
        lambda x, y: (high - y, right - x),
    ]
    size = (right - left, high - low)
    return places[turn], size[turn % 2], size[1 - turn % 2]


def page_box(page: Any) -> Box:
    left, low, right, high = page.get_cropbox()
    box = (min(left, right), min(low, high), max(left, right), max(low, high))
    sound = all(map(math.isfinite, box)) and box[2] - box[0] > 1 and box[3] - box[1] > 1
    return box if sound else (0.0, 0.0, 595.0, 842.0)


def _characters(raw: Any, textpage: Any, check: Callable[[], None]) -> list[_Found]:
    left, right, low, high, x, y = (ctypes.c_double() for _ in range(6))
    loose = raw.FS_RECTF()
    styles: dict[int | None, _Style] = {}
    found = []
    for at in range(raw.FPDFText_CountChars(textpage)):
        if at % 5000 == 4999:
            check()
        if raw.FPDFText_IsGenerated(textpage, at) == 1:
            continue
        raw.FPDFText_GetCharBox(textpage, at, left, right, low, high)
        raw.FPDFText_GetCharOrigin(textpage, at, x, y)
        raw.FPDFText_GetLooseCharBox(textpage, at, loose)
        code = raw.FPDFText_GetUnicode(textpage, at)
        handle = raw.FPDFText_GetTextObject(textpage, at)
        key = ctypes.cast(handle, ctypes.c_void_p).value if handle else None
        if key not in styles:
            styles[key] = _style(raw, textpage, at, handle)
        box = _advance((left.value, low.value, right.value, high.value), loose, styles[key].angle)
        mapped = code != 0 and raw.FPDFText_HasUnicodeMapError(textpage, at) != 1
        found.append(_Found(_char(code), box, (x.value, y.value), mapped, styles[key]))
    return found


def _advance(ink: Box, loose: Any, angle: int | None) -> Box:
    """The ink's box, as wide as the pen moves: "i" of a font whose letters are all as wide has
    much paper beside it."""
    if angle in (0, 2):
        return loose.left, ink[1], loose.right, ink[3]
    return (ink[0], loose.bottom, ink[2], loose.top) if angle in (1, 3) else ink


def _char(code: int) -> str:
    if code in _HYPHEN:
        return "-"
    if code == 0 or 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\ufffd"
    char = chr(code)
    return " " if char in "\t\r\n\x0b\x0c" or unicodedata.category(char) == "Zs" else char


def _style(raw: Any, textpage: Any, at: int, handle: Any) -> _Style:
    matrix = raw.FS_MATRIX()
    raw.FPDFText_GetMatrix(textpage, at, matrix)
    size = raw.FPDFText_GetFontSize(textpage, at) * math.hypot(matrix.c, matrix.d)
    quarters = math.degrees(math.atan2(matrix.b, matrix.a)) / 90
    angle = round(quarters) % 4 if abs(quarters - round(quarters)) < 0.06 else None
    mode = raw.FPDFTextObj_GetTextRenderMode(handle) if handle else 0
    return _Style(_font(raw, textpage, at), size or 1.0, angle, mode not in _HIDDEN)


def _font(raw: Any, textpage: Any, at: int) -> str:
    flags = ctypes.c_int()
    length = raw.FPDFText_GetFontInfo(textpage, at, None, 0, flags)
    if not 0 < length < 1000:
        return ""
    buffer = ctypes.create_string_buffer(length)
    raw.FPDFText_GetFontInfo(textpage, at, buffer, length, flags)
    return buffer.value.decode("utf-8", "replace")


def _inside(found: _Found, box: Box) -> bool:
    left, low, right, high = box
    x, y = found.origin
    if not all(map(math.isfinite, (*found.box, x, y, found.style.size))):
        return False
    return left - 2 <= x <= right + 2 and low - 2 <= y <= high + 2


def _placed(found: _Found, place: Turn) -> Glyph:
    left, low, right, high = found.box
    (x0, y0), (x1, y1), (_, base) = place(left, low), place(right, high), place(*found.origin)
    style = found.style
    return Glyph(
        found.char, min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1), base, style.size,
        style.font, style.seen, found.mapped,
    )  # fmt: skip
