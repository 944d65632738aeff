"""What stands on a page: words, lines of words, ruled lines, and the sheet that holds them.

Everything is measured in points (1/72 inch) from the upper left corner of the page as it is
looked at, whatever the format counts in. A ``Word`` knows its box and the height of its type; a
``Line`` is words on one base line, from left to right. A text layer and an OCR both come to
this form, and what follows (order, tables, paragraphs) asks no more where they came from.

>>> line = Line([Word("Số:", 10, 20, 30, 32, 12), Word("12/TB-UBND", 33, 20, 90, 32, 12)])
>>> line.text, line.x0, line.x1, line.size
('Số: 12/TB-UBND', 10, 90, 12.0)
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from statistics import median


@dataclass(slots=True)
class Word:
    """A run of characters without a space; ``raised`` are the digits of a note's mark at its
    end, which are no part of ``text``."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    confidence: float | None = None
    raised: str = ""


class Line:
    """Words on one base line, in the order of reading; never empty."""

    __slots__ = ("base", "bottom", "page", "size", "top", "words", "x0", "x1")

    def __init__(self, words: list[Word], *, base: float | None = None, page: int = 0) -> None:
        self.words = words
        self.page = page
        self.x0 = min(word.x0 for word in words)
        self.x1 = max(word.x1 for word in words)
        self.top = min(word.top for word in words)
        self.bottom = max(word.bottom for word in words)
        self.size = median(word.size for word in words)
        self.base = self.bottom if base is None else base

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def center(self) -> float:
        return (self.x0 + self.x1) / 2

    def part(self, words: list[Word]) -> Line:
        """The same line with only these of its words."""
        return Line(words, base=self.base, page=self.page)

    def moved(self, right: float) -> Line:
        """The same line further right."""
        return Line(
            [replace(word, x0=word.x0 + right, x1=word.x1 + right) for word in self.words],
            base=self.base,
            page=self.page,
        )

    def __repr__(self) -> str:
        return f"Line({self.text!r}, {self.x0:.0f}-{self.x1:.0f}, {self.base:.0f})"


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruled line: level (``y0 == y1``) or upright (``x0 == x1``)."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def level(self) -> bool:
        return self.y0 == self.y1


@dataclass(slots=True)
class Sheet:
    """One page as read: ``number`` from 1, its size, its lines from top to bottom and rules."""

    number: int
    width: float
    height: float
    lines: list[Line] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    scanned: bool = False


def by_height(lines: Iterable[Line]) -> list[Line]:
    """The lines from top to bottom, those of one height from left to right."""
    return sorted(lines, key=lambda line: (round(line.base, 1), line.x0))
