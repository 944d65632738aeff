"""A workbook's parts: its sheets in order, the words that its cells share, its formats and fonts.

A cell is ``<c r="B7" s="3" t="s"><v>12</v></c>``: place, style, kind of value, value; the
words stand in a part of their own, whole or in runs with a font each (ISO/IEC 29500-1, 18.3 and
18.4). Only the cells that are there are read, wherever they say they stand, so a sheet that
claims 17 thousand million cells costs what it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from vnpolicy import charset
from vnpolicy.errors import LimitError
from vnpolicy.readers.clock import Clock
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.package import relations
from vnpolicy.readers.sheet import format

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnpolicy.readers.package import Package

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_PLACE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})$")
_LAST_COLUMN = 16_384
_ON = ("1", "true", "on")
_Runs = list[tuple[str, str | None]]


@dataclass(slots=True)
class Row:
    """The filled cells of a row: column, from 1, and text."""

    number: int
    cells: dict[int, str] = field(default_factory=dict)


class Book:
    """A workbook; ``hidden`` says that rows or columns were left out."""

    def __init__(self, package: Package, main: str, *, source: str, limits: Limits) -> None:
        self._package = package
        self._source = source
        self._limits = limits
        self._characters = 0
        self._clock = Clock(source=source, seconds=limits.seconds)
        self._root = package.xml(main)
        self._relations = relations(package, main)
        self._fonts: list[str | None] = []
        self._styles: list[tuple[str, str | None]] = []
        self._read_styles()
        self._words = [_runs(one) for one in self._shared()]
        self._spelled: dict[tuple[str, str | None], str] = {}
        properties = self._root.find(f"{_S}workbookPr")
        self._from_1904 = properties is not None and properties.get("date1904") in _ON
        self.encodings: set[str] = set()
        self.hidden = False

    def sheets(self) -> Iterator[tuple[str, list[Row]]]:
        """Name and rows of each sheet that is shown."""
        for one in self._root.iterfind(f"{_S}sheets/{_S}sheet"):
            relation = self._relations.get(one.get(f"{_R}id") or "")
            shown = one.get("state", "visible") == "visible"
            if shown and relation is not None and relation.target in self._package:
                root = self._package.xml(relation.target)
                if root.tag == f"{_S}worksheet":  # a chart may stand in its place
                    rows = [row for row in self._rows(root) if row.cells]
                    columns = {column for row in rows for column in row.cells}
                    self._spend(len(rows) * len(columns))  # bars cost too
                    yield one.get("name") or "", rows

    def _rows(self, sheet: _Element) -> Iterator[Row]:
        unseen = _hidden_columns(sheet)
        number = 0
        for one in sheet.iterfind(f"{_S}sheetData/{_S}row"):
            given = one.get("r") or ""
            self._clock.check()
            number = int(given) if given.isdecimal() and len(given) < 8 else number + 1
            row = Row(number)
            column = 0
            for cell in one.iterchildren(f"{_S}c"):
                place = _PLACE.match(cell.get("r") or "")
                column = _column(place[1]) if place else column + 1
                if text := self._text(cell):
                    self._spend(len(text))
                    row.cells[column] = text
            self.hidden |= bool(row.cells) and (
                one.get("hidden") in _ON or not unseen.isdisjoint(row.cells)
            )
            if one.get("hidden") not in _ON:
                row.cells = {at: text for at, text in row.cells.items() if at not in unseen}
                yield row

    def _spend(self, characters: int) -> None:
        self._characters += characters
        if self._characters > self._limits.characters:
            reason = f"more than {self._limits.characters} characters (limit: characters)"
            raise LimitError(self._source, f"{reason} / văn bản quá dài")

    def _text(self, cell: _Element) -> str:
        style = cell.get("s") or "0"
        at = int(style) if style.isdecimal() and len(style) < 7 else 0
        code, font = self._styles[at] if at < len(self._styles) else ("General", None)
        kind, value = cell.get("t", "n"), cell.findtext(f"{_S}v") or ""
        if kind == "inlineStr":
            inline = cell.find(f"{_S}is")
            return self._spell([] if inline is None else _runs(inline), font)
        if kind == "s":
            return self._shared_word(value, font)
        if kind == "str":
            return self._spell([(value, None)], font)
        return value if kind != "n" or not value else self._number(value, code)

    def _shared_word(self, value: str, font: str | None) -> str:
        key = (value, font)
        if key not in self._spelled:
            number = int(value) if value.isdecimal() and len(value) < 10 else len(self._words)
            runs = self._words[number] if number < len(self._words) else []
            self._spelled[key] = self._spell(runs, font)
        return self._spelled[key]

    def _number(self, value: str, code: str) -> str:
        try:
            number = float(value)
        except ValueError:
            return value
        if not abs(number) < 1e15:
            return value
        return format.show(number, code, from_1904=self._from_1904)

    def _spell(self, runs: _Runs, font: str | None) -> str:
        text, encodings = charset.join((words, own or font) for words, own in runs)
        self.encodings |= encodings
        return " ".join(text.replace("\u00ad", "").split())

    def _shared(self) -> Iterator[_Element]:
        root = self._related("sharedStrings")
        if root is not None:
            yield from root.iterchildren(f"{_S}si")

    def _related(self, kind: str) -> _Element | None:
        found = (one.target for one in self._relations.values() if one.kind == kind)
        name = next(found, "")
        return self._package.xml(name) if name in self._package else None

    def _read_styles(self) -> None:
        root = self._related("styles")
        if root is None:
            return
        codes = dict(format.BUILT_IN)
        for one in root.iterfind(f"{_S}numFmts/{_S}numFmt"):
            codes[_whole(one.get("numFmtId"))] = one.get("formatCode") or "General"
        fonts = [
            None if (named := one.find(f"{_S}name")) is None else named.get("val")
            for one in root.iterfind(f"{_S}fonts/{_S}font")
        ]
        for one in root.iterfind(f"{_S}cellXfs/{_S}xf"):
            font = _whole(one.get("fontId"))
            code = codes.get(_whole(one.get("numFmtId")), "General")
            self._styles.append((code, fonts[font] if 0 <= font < len(fonts) else None))


def _whole(value: str | None) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 7 else -1


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return min(number, _LAST_COLUMN)


def _hidden_columns(sheet: _Element) -> set[int]:
    found: set[int] = set()
    for one in sheet.iterfind(f"{_S}cols/{_S}col"):
        if one.get("hidden") in _ON:
            last = min(_whole(one.get("max")), _LAST_COLUMN)
            found.update(range(max(_whole(one.get("min")), 1), last + 1))
    return found


def _runs(item: _Element) -> _Runs:
    """The words of a cell with their fonts; what stands above them (``rPh``) is left out."""
    if (whole := item.find(f"{_S}t")) is not None:
        return [(whole.text or "", None)]
    found: _Runs = []
    for one in item.iterchildren(f"{_S}r"):
        named = one.find(f"{_S}rPr/{_S}rFont")
        found.append((one.findtext(f"{_S}t") or "", None if named is None else named.get("val")))
    return found
