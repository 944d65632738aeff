"""Styles: the font, capitals, hiddenness and numbering that a run or paragraph inherits.

A property is looked for in the run, its character style, the paragraph's style (each with the
styles that it is based on) and the document's defaults (ISO/IEC 29500-1, 17.7.2). The font
matters because the old encodings of Vietnamese are told by nothing else: the same letter is
"®" in Times New Roman and "đ" in .VnTime. A run has one font for ASCII letters and one for
others, and a third for text that runs from right to left; a theme's font beats one that is
named beside it. Toggles of a paragraph's and a character's style cancel each other (17.7.3).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vnpolicy.readers.docx.name import (
    CAPS,
    NUMPR,
    PPR,
    RFONTS,
    RPR,
    VANISH,
    number_of,
    text_of,
    toggle,
    w,
)

if TYPE_CHECKING:
    from lxml.etree import _Element

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_ASCII, _HIGH, _RIGHT_TO_LEFT = "ascii", "hAnsi", "cs"
_THEMED = {_ASCII: "asciiTheme", _HIGH: "hAnsiTheme", _RIGHT_TO_LEFT: "cstheme"}
_DEEPEST = 50  # styles based on each other; Word itself stops at fewer


@dataclass(frozen=True, slots=True)
class Style:
    """What one style says itself."""

    based_on: str | None = None
    fonts: dict[str, str] = field(default_factory=dict)
    caps: bool | None = None
    vanish: bool | None = None
    num_id: int | None = None
    level: int | None = None
    borders: bool = False
    side: str | None = None  # "center", "left"


@dataclass(frozen=True, slots=True)
class Look:
    """How a run looks, as far as its text depends on it."""

    fonts: dict[str, str]
    caps: bool
    vanish: bool

    def font(self, text: str, *, right_to_left: bool = False) -> str | None:
        """The font that shows ``text``."""
        first = _ASCII if text.isascii() else _HIGH
        order = (first, _HIGH, _ASCII, _RIGHT_TO_LEFT)
        if right_to_left:
            order = (_RIGHT_TO_LEFT, *order[:-1])
        return next((self.fonts[one] for one in order if one in self.fonts), None)


class Styles:
    """All styles of a document; ``root`` and ``theme`` are the parts' roots, where present."""

    def __init__(self, root: _Element | None, theme: _Element | None) -> None:
        self._theme = _theme_fonts(theme)
        self._styles: dict[str, Style] = {}
        self._defaults: dict[str, str | None] = {}
        self._own = Style()
        if root is not None:
            self._read(root)
        self._looks: dict[tuple[str | None, str | None], Look] = {}

    def _read(self, root: _Element) -> None:
        defaults = root.find(f"{w('docDefaults')}/{w('rPrDefault')}/{RPR}")
        self._own = self._style(defaults, None, None)
        for one in root.iterchildren(w("style")):
            name, kind = one.get(w("styleId")), one.get(w("type"))
            if name is None:
                continue
            based = text_of(one, w("basedOn"))
            self._styles[name] = self._style(one.find(RPR), one.find(PPR), based, one)
            if kind and (one.get(w("default")) or "0").lower() in ("1", "true", "on"):
                self._defaults[kind] = name

    def _style(
        self,
        run: _Element | None,
        paragraph: _Element | None,
        based_on: str | None,
        whole: _Element | None = None,
    ) -> Style:
        numbering = None if paragraph is None else paragraph.find(NUMPR)
        return Style(
            based_on=based_on,
            fonts=self._fonts(run),
            caps=toggle(run, CAPS),
            vanish=toggle(run, VANISH),
            num_id=number_of(numbering, w("numId")),
            level=number_of(numbering, w("ilvl")),
            side=text_of(paragraph, w("jc")),
            borders=whole is not None and has_lines(whole.find(f".//{w('tblBorders')}")),
        )

    def _fonts(self, run: _Element | None) -> dict[str, str]:
        fonts = None if run is None else run.find(RFONTS)
        if fonts is None:
            return {}
        found = {}
        for slot, themed in _THEMED.items():
            name = self._theme.get(fonts.get(w(themed)) or "") or fonts.get(w(slot))
            if name:
                found[slot] = name
        return found

    def _chain(self, name: str | None) -> list[Style]:
        """The style and those that it is based on, the nearest first."""
        found: list[Style] = []
        while name is not None and len(found) < _DEEPEST:
            style = self._styles.get(name)
            if style is None:
                break
            found.append(style)
            name = style.based_on
        return found

    def look(self, run: _Element | None, paragraph_style: str | None) -> Look:
        """How a run with the properties ``run`` looks in a paragraph of ``paragraph_style``."""
        return self.over(self._base(paragraph_style, text_of(run, w("rStyle"))), run)

    def over(self, base: Look, run: _Element | None) -> Look:
        """``base`` with what the properties ``run`` say themselves."""
        if run is None or len(run) == 0:
            return base
        own, caps, vanish = self._fonts(run), toggle(run, CAPS), toggle(run, VANISH)
        return Look(
            {**base.fonts, **own} if own else base.fonts,
            base.caps if caps is None else caps,
            base.vanish if vanish is None else vanish,
        )

    def _base(self, paragraph: str | None, character: str | None) -> Look:
        key = (paragraph, character)
        if key not in self._looks:
            above = self._chain(paragraph or self._defaults.get("paragraph"))
            beside = self._chain(character)
            fonts: dict[str, str] = {}
            for style in (self._own, *reversed(above), *reversed(beside)):
                fonts |= style.fonts
            caps = bool(_first(above, "caps")) != bool(_first(beside, "caps"))
            vanish = bool(_first(above, "vanish")) != bool(_first(beside, "vanish"))
            own = self._own
            self._looks[key] = Look(fonts, caps or bool(own.caps), vanish or bool(own.vanish))
        return self._looks[key]

    def numbering(self, paragraph_style: str | None) -> tuple[int | None, int | None]:
        """The list and the level that the paragraphs of a style are in."""
        chain = self._chain(paragraph_style or self._defaults.get("paragraph"))
        return _first(chain, "num_id"), _first(chain, "level")

    def ancestors(self, paragraph_style: str | None) -> list[str]:
        """The names of the style and those that it is based on."""
        found: list[str] = []
        name = paragraph_style or self._defaults.get("paragraph")
        while name is not None and name in self._styles and len(found) < _DEEPEST:
            found.append(name)
            name = self._styles[name].based_on
        return found

    def is_centred(self, paragraph: _Element | None, style: str | None) -> bool:
        """Whether a paragraph of the properties ``paragraph`` stands in the middle."""
        own = text_of(paragraph, w("jc"))
        if own is None:
            chain = self._chain(style or self._defaults.get("paragraph"))
            own = next((one.side for one in chain if one.side is not None), None)
        return own == "center"

    def has_lines(self, table_style: str | None) -> bool:
        """Whether tables of the style have lines."""
        return any(style.borders for style in self._chain(table_style))


def has_lines(borders: _Element | None) -> bool:
    """Whether any of the borders is drawn."""
    if borders is None:
        return False
    return any(one.get(w("val"), "none") not in ("none", "nil") for one in borders)


def _first(chain: list[Style], name: str) -> int | None:
    found = (getattr(style, name) for style in chain)
    return next((value for value in found if value is not None), None)


def _theme_fonts(theme: _Element | None) -> dict[str, str]:
    """The fonts that "minorHAnsi" and its like stand for."""
    if theme is None:
        return {}
    found: dict[str, str] = {}
    for part in ("major", "minor"):
        for tag, slots in (("latin", ("Ascii", "HAnsi")), ("cs", ("Bidi",))):
            font = theme.find(f".//{_A}{part}Font/{_A}{tag}")
            if font is not None and font.get("typeface"):
                found |= {part + slot: font.get("typeface", "") for slot in slots}
    return found
