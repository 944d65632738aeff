"""A page's elements to lines, in order and without loss.

Each block is a paragraph, ``<br>`` a line end inside it, two of them a new paragraph. Source
line ends are spaces, but in ``<pre>``. Lists get the labels that a browser draws, tables of
data become rows, others are read cell by cell. Text in a font of an old encoding is converted
font by font. No step depends on how deep elements nest.

>>> from vnpolicy.readers.html import page as html
>>> page = html.parse(
...     "<p>Giao\\n Sở <b>Y</b> tế:</p><ol type=a><li>trình<br>Đề án;<li>báo cáo</ol>", source="")
>>> text, encodings = text_of(
...     page.body, without=set(), sheet=page.sheet, source="", characters=1000)
>>> print(text)
Giao Sở Y tế:
<BLANKLINE>
a) trình
Đề án;
<BLANKLINE>
b) báo cáo
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from vnpolicy import charset
from vnpolicy.errors import LimitError
from vnpolicy.readers.html import note
from vnpolicy.readers.html import table as tables
from vnpolicy.readers.html.list import Labels, labelled
from vnpolicy.readers.html.page import BLOCKS
from vnpolicy.readers.html.style import Sheet, declared, font_of

_SPACES = re.compile("[ \t\n\r\f\v\xa0\u2002\u2003\u3000]+")
_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")
_BETWEEN = re.compile(r" *\n *")
_NO_BLOCK = ("inline", "inline-block", "contents")


def text_of(
    element: Any, *, without: set[Any], sheet: Sheet, source: str, characters: int
) -> tuple[str, set[str]]:
    """The text of ``element``, paragraphs parted by blank lines, and the encodings converted;
    the elements ``without`` are left out, the text behind them is not.

    :raises LimitError: where it is longer than ``characters``.
    """
    is_old = _names_old_font(element, sheet)
    walk = _Walk(sheet, source=source, characters=characters, without=without, is_old=is_old)
    walk.read(element)
    return "\n\n".join(walk.paragraphs), walk.encodings


@lru_cache(maxsize=500)
def _is_old(font: str) -> bool:
    return charset.of_font(font) is not None


def _names_old_font(element: Any, sheet: Sheet) -> bool:
    """Whether a font of an old encoding is named anywhere. Then text without a font may be in
    one as well: programs that write pages forget the class of a paragraph here and there."""
    if any(map(_is_old, sheet.fonts())):
        return True
    for one in element.iter():
        if one.get("face") or "font-family" in (one.get("style") or ""):
            font = _font(one, declared(one.get("style") or ""))
            if font is not None and _is_old(font):
                return True
    return False


class _Walk:
    """The paragraphs so far, and the one that is being read."""

    def __init__(
        self,
        sheet: Sheet,
        *,
        source: str,
        characters: int,
        without: set[Any],
        is_old: bool = False,
        in_cell: bool = False,
    ) -> None:
        self.paragraphs: list[str] = []
        self.encodings: set[str] = set()
        self._sheet = sheet
        self._source = source
        self._left = characters
        self._in_cell = in_cell
        self._is_old = is_old
        self._without = without
        self._runs: list[tuple[str, str | None]] = []
        self._fonts: list[str | None] = [None]
        self._kept: list[bool] = [False]  # whether line ends count, as in <pre>
        self._lists: list[Labels] = []
        self._label = ""

    def read(self, root: Any) -> None:
        """Read ``root`` to its end, without the text behind it."""
        todo: list[tuple[str, Any]] = [("open", root)]
        while todo:
            step, it = todo.pop()
            if step == "text":
                self._text(it)
            elif step == "close":
                self._close(it)
            elif self._open(it):
                todo.append(("close", it))
                for child in reversed(it):
                    if child.tail:
                        todo.append(("text", child.tail))
                    todo.append(("open", child))
                if it.text:
                    todo.append(("text", it.text))
        self._end()

    def _open(self, element: Any) -> bool:
        """Begin ``element``; False where it has been dealt with as a whole."""
        tag = element.tag
        if element in self._without or not isinstance(tag, str) or tag == "head":
            return False
        style = self._sheet.style_of(element)
        if tag == "br":
            self._runs.append(("\n", self._fonts[-1]))
            return False
        if tag == "img" and element.get("align") in ("left", "right") and element.tail:
            element.tail = element.tail.removeprefix("\n")  # LibreOffice breaks its lines here
            return False
        if tag == "table" and not self._in_cell:
            if tables.is_data(element, self._sheet):
                self._table(element)
                return False
            tables.straighten(element)
        if tag == "sup" and self._raised(element):
            return False
        if tag == "a" and self._note(element):
            return False
        if self._is_block(tag, style):
            self._end()
            self._begin(tag, element, style)
        self._fonts.append(_font(element, style) or self._fonts[-1])
        spaces = style.get("white-space", "")
        self._kept.append(spaces.startswith("pre") if spaces else tag == "pre" or self._kept[-1])
        return True

    def _is_block(self, tag: str, style: dict[str, str]) -> bool:
        display = style.get("display", "")
        if tag in BLOCKS:
            return tag in ("td", "th", "tr", "li") or display not in _NO_BLOCK
        return display in ("block", "list-item", "table", "table-row", "table-cell", "flex")

    def _begin(self, tag: str, element: Any, style: dict[str, str]) -> None:
        if tag in ("ol", "ul", "menu", "dir"):
            self._lists.append(Labels(tag, element.attrib, style=style))
        elif tag == "li":
            self._label = self._lists[-1].next(element.attrib) if self._lists else "-"

    def _close(self, element: Any) -> None:
        self._fonts.pop()
        self._kept.pop()
        tag = element.tag
        if self._is_block(tag, self._sheet.style_of(element)):
            self._end()
            if tag in ("ol", "ul", "menu", "dir") and self._lists:
                self._lists.pop()
            elif tag == "li":
                self._label = ""

    def _text(self, text: str) -> None:
        self._spend(len(text))
        plain = text.replace("\r", "") if self._kept[-1] else _SPACES.sub(" ", text)
        self._runs.append((plain, self._fonts[-1]))

    def _spend(self, size: int) -> None:
        self._left -= size
        if self._left < 0:
            raise LimitError(self._source, "characters: the text is too long / văn bản quá dài")

    def _raised(self, element: Any) -> bool:
        """Deal with raised text, but for raised text that is more than a few signs."""
        text = "".join(element.itertext())
        if len(text) > 20:
            return False
        for link in element.iter("a"):
            if self._note(link):
                return True
        after = "".join(text for text, _ in self._runs[-3:])[-20:]
        number = note.number_of(element)
        if not after.strip() and number is not None:  # a note typed at the foot by hand
            self._runs.append((f"[{number}] ", None))
            return True
        self._runs.append((note.raised(text, after=after), self._fonts[-1]))
        return True

    def _note(self, link: Any) -> bool:
        kind = note.note_of(link)
        if kind == "label":
            self._runs.append((f"[{note.number_of(link)}] ", None))
        return kind is not None

    def _table(self, table: Any) -> None:
        self._end()
        lines = tables.rows(table, self._cell)
        caption = table.find("caption")
        if caption is not None:
            self._paragraph(self._cell(caption))
        self._paragraph("\n".join(lines))

    def _cell(self, cell: Any) -> str:
        walk = _Walk(
            self._sheet,
            source=self._source,
            characters=self._left,
            without=self._without,
            is_old=self._is_old,
            in_cell=True,
        )
        walk._fonts = [_inherited(cell, self._sheet) or self._fonts[-1]]
        walk.read(cell)
        self._left = walk._left
        self.encodings |= walk.encodings
        return " ".join(walk.paragraphs)

    def _end(self) -> None:
        """End the paragraph that is being read."""
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        text = self._joined(runs)
        text = _BETWEEN.sub("\n", re.sub(" +", " ", text)).strip()
        for one in re.split(r"\n{2,}", text):
            self._paragraph(one)

    def _joined(self, runs: list[tuple[str, str | None]]) -> str:
        if self._is_old:
            text, encodings = charset.join(runs)
            self.encodings |= encodings
            return text
        text = _SPACES.sub(_one_space, "".join(text for text, _ in runs))
        return unicodedata.normalize("NFC", _UNSEEN.sub("", text))

    def _paragraph(self, text: str) -> None:
        if text:
            self.paragraphs.append(labelled(text, label=self._label))
            self._label = ""


def _one_space(spaces: re.Match[str]) -> str:
    return "\n" * spaces[0].count("\n") or " "


def _font(element: Any, style: dict[str, str]) -> str | None:
    named = font_of(style)
    if named is None and element.tag == "font":
        named = font_of({"font-family": element.get("face") or ""})
    return named


def _inherited(cell: Any, sheet: Sheet) -> str | None:
    """The font that a cell has from its row and table."""
    for element in (cell, *cell.iterancestors("tr", "tbody", "table")):
        named = _font(element, sheet.style_of(element))
        if named is not None:
            return named
        if element.tag == "table":
            break
    return None
