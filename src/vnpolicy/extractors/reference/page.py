"""The text as the readers of citations see it, with its numbers, and the words before a place."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import regex

from vnpolicy.extractors.reference.number import Number, numbers
from vnpolicy.lexicon.doc_type import DocType, type_names, type_of_letters

_SO = regex.compile(r"(?<!\p{L})số(?: số| hiệu| kh)?:?(?: \|)? ?\Z| \Z")
_DRAFT = regex.compile(r"(?<!\p{L})(?:dự thảo|dự án)(?: lần [0-9])? \Z")
_PLURAL = regex.compile(r"(?<!\p{L})(?:các|những|hai|ba|bốn|năm|[0-9]{1,2}) \Z")
# What stands before a number in its own cell, bracket and clause.
_LINE = regex.compile(r"[^\n|(“\",;]*\Z")


@dataclass(slots=True)
class Page:
    """``flat`` and ``low`` of the document, underscores of tokenised text read as spaces."""

    flat: str
    low: str
    home: str | None
    numbers: list[Number]
    starts: dict[int, Number]
    used: set[int] = field(default_factory=set)  # starts of numbers that a law's name has taken
    _begins: list[int] = field(default_factory=list)

    def number_over(self, place: int) -> Number | None:
        """The number whose span holds the place, or None."""
        if not self._begins:
            self._begins = [one.start for one in self.numbers]
        index = bisect_right(self._begins, place) - 1
        if index >= 0 and place < self.numbers[index].end:
            return self.numbers[index]
        return None


@dataclass(slots=True)
class Before:
    """The type word that leads into a number: where it (or "số", or the number) begins."""

    start: int
    doc_type: DocType | None
    so: bool


def open_page(flat: str, low: str, home: str | None) -> Page:
    """Read the numbers of a text once for all who need them."""
    if "_" in low:
        flat, low = flat.replace("_", " "), low.replace("_", " ")
    found = numbers(flat)
    return Page(flat, low, home, found, {one.start: one for one in found})


def type_before(page: Page, place: int) -> Before:
    """The type word directly before ``place``, "số" between them or not."""
    first = max(0, place - 48)
    window = _LINE.search(page.low, first, place).group()
    so = _SO.search(window)
    said = so is not None and so.group() != " "
    words = window[: so.start()].rstrip(" :") if so else window
    end = place - len(window) + len(words)
    start = place - len(window) + so.start() if so and said else place
    names = type_names()
    cut = len(words)
    longest = None
    for _ in range(5):
        cut = words.rfind(" ", 0, cut)
        if (doc_type := names.get(words[cut + 1 :])) is not None:
            longest = (end - len(words) + cut + 1, doc_type)
        if cut < 0:
            break
    if longest is not None:
        return Before(longest[0], longest[1], said)
    last = end - len(words) + words.rfind(" ") + 1
    letters = _by_letters(page.flat[last:end])
    return Before(start, None, said) if letters is None else Before(last, letters, said)


def _by_letters(written: str) -> DocType | None:
    """The type that "NQ", "QĐ", "NĐ" stand for, in capitals only."""
    if len(written) < 2 or not written.isupper():
        return None
    return type_of_letters(written)


def draft_before(page: Page, place: int) -> int | None:
    """Where "dự thảo", "dự án" directly before ``place`` begins, or None."""
    match = _DRAFT.search(page.low, max(0, place - 18), place)
    return match.start() if match else None


def plural_before(page: Page, place: int) -> bool:
    """Whether "các", "những" or a count stands directly before ``place``."""
    return _PLURAL.search(page.low, max(0, place - 8), place) is not None
