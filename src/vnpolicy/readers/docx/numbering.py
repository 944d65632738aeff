"""Automatic numbers: the labels that Word shows before a paragraph and does not keep in its text.

A list (``w:num``) takes its nine levels from an abstract list, which several lists may share:
they then count on together. A list may begin a level anew (``w:startOverride``) or have a level
of its own; a level begins anew after any higher one, unless ``w:lvlRestart`` says otherwise. The
label is ``w:lvlText``, "Điều %1." or "%1.%2.", with each number in the form of its level
(ISO/IEC 29500-1, 17.9). A paragraph is in a list by itself or by its style.

Where a deeper level comes before any of the higher, Word takes the higher ones for begun: after
"1.1" stands "2". Text boxes, headers and notes count for themselves, and the body counts on past
them. The label has a font of its own, and its characters are those of the font's encoding.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vnpolicy.readers.docx import count, symbol
from vnpolicy.readers.docx.name import MC, NUMPR, PPR, RPR, number_of, text_of, toggle, w, whole

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnpolicy.readers.docx.style import Styles

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_DEEPEST = 10  # lists that stand for each other
# Signs that fonts show as a dot or a dash; a soft hyphen in a list is a dash.
_BULLETS = dict.fromkeys("o§·", "•") | dict.fromkeys("−‒—–\u00ad", "-")


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list, as its definition has it."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str | None = None
    run: _Element | None = None
    digits: int = 0


@dataclass(slots=True)
class _List:
    """A ``w:num``: its abstract list, its own levels, and the numbers it begins anew with."""

    abstract: str | None
    levels: dict[int, Level] = field(default_factory=dict)
    starts: dict[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Label:
    """What Word shows before a paragraph; ``run`` holds the properties that it has itself."""

    text: str
    run: _Element | None

    def counts(self) -> bool:
        """Whether it says something by itself: a number does, a dash does not."""
        return any(char.isalnum() for char in self.text)


class Numbering:
    """The lists of a document, and how far each has counted; ``label`` is to be asked of every
    paragraph in order."""

    def __init__(self, root: _Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, dict[int, Level]] = {}
        self._linked: dict[str, str] = {}  # an abstract list that is only a style's name
        self._lists: dict[int, _List] = {}
        self.story = ""  # which of the document's stories is being counted
        self._counts: dict[tuple[str, str], list[int | None]] = {}
        self._begun: set[tuple[str, int, int]] = set()
        if root is not None:
            self._read(root)

    def _read(self, root: _Element) -> None:
        for one in root.iterchildren(w("abstractNum")):
            name = one.get(w("abstractNumId")) or ""
            self._abstract[name] = dict(_levels(one))
            if (style := text_of(one, w("numStyleLink"))) is not None:
                self._linked[name] = style
        for one in root.iterchildren(w("num")):
            number = whole(one.get(w("numId")))
            if number is None:
                continue
            found = self._lists[number] = _List(text_of(one, w("abstractNumId")))
            for override in one.iterchildren(w("lvlOverride")):
                at = whole(override.get(w("ilvl"))) or 0
                found.levels |= dict(_levels(override))
                if (start := number_of(override, w("startOverride"))) is not None:
                    found.starts[at] = start

    def label(self, paragraph: _Element, style: str | None) -> Label | None:
        """The label of the next paragraph, which has the style ``style``; None if it has none."""
        number, at = self._place(paragraph, style)
        found = self._lists.get(number or 0)
        if not number or found is None or not 0 <= at < _LEVELS:
            return None
        abstract = self._resolve(found.abstract)
        levels = {**self._abstract.get(abstract, {}), **found.levels}
        level = levels.get(at)
        if level is None:
            return None
        counts = self._counts.setdefault((self.story, abstract), [None] * _LEVELS)
        self._begin(number, at, found, counts)
        for above in range(at):
            if counts[above] is None and counts[at] is None:
                counts[above] = levels.get(above, Level()).start
        counts[at] = level.start if (last := counts[at]) is None else last + 1
        for below in range(at + 1, _LEVELS):
            restart = levels[below].restart if below in levels else None
            if restart is None or 0 < at + 1 <= restart:
                counts[below] = None
        return Label(_written(level, levels, counts), level.run)

    def _begin(self, number: int, at: int, found: _List, counts: list[int | None]) -> None:
        """A list that is used for the first time begins its levels with the numbers it names."""
        for level, start in found.starts.items():
            key = (self.story, number, level)
            if level <= at and key not in self._begun:
                self._begun.add(key)
                counts[level] = start - 1 if level == at else start

    def _place(self, paragraph: _Element, style: str | None) -> tuple[int | None, int]:
        properties = paragraph.find(PPR)
        own = None if properties is None else properties.find(NUMPR)
        number, at = number_of(own, w("numId")), number_of(own, w("ilvl"))
        if number is not None:
            return number, at or 0
        number, below = self._styles.numbering(style)
        if at is None:
            at = self._level_of(number, style)
        return number, below or 0 if at is None else at

    def _level_of(self, number: int | None, style: str | None) -> int | None:
        """The level that names the paragraph's style as its own."""
        found = self._lists.get(number or 0)
        if found is None:
            return None
        levels = {**self._abstract.get(self._resolve(found.abstract), {}), **found.levels}
        named = {level.style: at for at, level in levels.items() if level.style}
        names = (named.get(name) for name in self._styles.ancestors(style))
        return next((at for at in names if at is not None), None)

    def _resolve(self, abstract: str | None) -> str:
        """The abstract list that holds the levels, through the styles that stand for it."""
        name = abstract or ""
        for _ in range(_DEEPEST):
            if name not in self._linked or self._abstract.get(name):
                break
            found = self._lists.get(self._styles.numbering(self._linked[name])[0] or 0)
            if found is None or found.abstract is None:
                break
            name = found.abstract
        return name


def _levels(parent: _Element) -> Iterator[tuple[int, Level]]:
    for one in parent.iterchildren(w("lvl")):
        at = whole(one.get(w("ilvl")))
        if at is None:
            continue
        form, digits = _form(one)
        yield (
            at,
            Level(
                start=1 if (start := number_of(one, w("start"))) is None else start,
                form=form,
                text=text_of(one, w("lvlText")) or "",
                restart=number_of(one, w("lvlRestart")),
                legal=bool(toggle(one, w("isLgl"))),
                style=text_of(one, w("pStyle")),
                run=one.find(RPR),
                digits=digits,
            ),
        )


def _form(level: _Element) -> tuple[str, int]:
    """The form of the numbers, and how many digits they are filled up to: Word 2010 and later
    write "001, 002, ..." as a form of their own, with the older one beside it."""
    custom = level.find(f"{MC}AlternateContent/{MC}Choice/{w('numFmt')}")
    if custom is not None:
        first = (custom.get(w("format")) or "").split(",")[0].strip()
        if first.isdigit():
            return "decimal", min(len(first), 9)
    form = text_of(level, w("numFmt"))
    if form is None:
        form = text_of(level, f"{MC}AlternateContent/{MC}Fallback/{w('numFmt')}")
    return form or "decimal", 0


def _written(level: Level, levels: dict[int, Level], counts: list[int | None]) -> str:
    if level.form == "bullet":
        return _bullet(level)

    def number(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        one = levels.get(at, Level())
        value = counts[at]
        if value is None:  # no paragraph has had this level yet: Word shows what it begins with
            value = one.start
        form = "decimal" if level.legal else one.form
        written = count.write(value, "" if form == "bullet" else form)
        return written.zfill(one.digits)

    return _PLACE.sub(number, level.text).strip()


def _bullet(level: Level) -> str:
    fonts = None if level.run is None else level.run.find(w("rFonts"))
    font = None if fonts is None else fonts.get(w("ascii"))
    sign = level.text.strip()
    if sign:
        sign = symbol.plain(sign, font) or "•"
    return _BULLETS.get(sign, sign) if level.text else ""
