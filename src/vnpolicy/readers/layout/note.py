"""Footnotes: small type below a short rule at the foot of a page, and their marks in the text.

A note begins with its number, raised or not; what follows without one belongs to it. The notes
are told after the text, one a paragraph, "[1] ...", and their marks are left out of it: a digit
glued to a word would be read as a number. A raised digit that is a power stays: "m2", "km2".

>>> from vnpolicy.readers.layout.line import Word
>>> mark = Word("", 55, 698, 59, 703, 6, raised="1")
>>> note = Line([mark, Word("Luật số 5", 60, 700, 150, 709, 9)])
>>> body = Line([Word("Căn", 60, 100, 90, 113, 13)])
>>> sheet = Sheet(1, 595, 842, [body, note], [Rule(60, 690, 200, 690)])
>>> take(sheet)
[('1', ['Luật số 5'])]
>>> [line.text for line in sheet.lines]
['Căn']
"""

from __future__ import annotations

import re
from statistics import median

from vnpolicy.readers.layout.line import Line, Rule, Sheet, by_height

_POWER = re.compile(r"(?:^|[\d/.,(])(?:[mkcd]?m|dam|hm)$")
_SUM = re.compile(r"\d$")
_NUMBERED = re.compile(r"[(\[]?(\d{1,3})[)\].]?(?:\s+|(?=[^\W\d]))(?=\S)")


def take(sheet: Sheet) -> list[tuple[str, list[str]]]:
    """Takes the footnotes off the sheet: number and lines of each."""
    start = _start(sheet)
    if start is None:
        return []
    foot = [line for line in by_height(sheet.lines) if line.top >= start - 1]
    notes: list[tuple[str, list[str]]] = []
    for line in foot:
        number, text = _number(line)
        if number is not None:
            notes.append((number, [text]))
        elif notes:
            notes[-1][1].append(text)
        else:
            return []
    sheet.lines = [line for line in sheet.lines if line not in foot]
    return notes


def settle_marks(sheet: Sheet, numbers: set[str]) -> None:
    """Gives each raised number back to its word where it is a power, and drops it where it is
    the mark of a note; ``numbers`` are those of the notes."""
    for line in sheet.lines:
        for at, word in enumerate(line.words):
            if not word.raised:
                continue
            before = word.text or (line.words[at - 1].text if at else "")
            known = word.raised in numbers and not _POWER.search(before)
            if not known and (_POWER.search(before) or _SUM.search(before) or len(before) < 2):
                word.text += word.raised
            word.raised = ""
        line.words = [word for word in line.words if word.text] or line.words[:1]
    sheet.lines = [line for line in sheet.lines if line.text]


def _start(sheet: Sheet) -> float | None:
    """Where the notes begin: below the lowest short rule at the left, if small type follows."""
    if not sheet.lines:
        return None
    body = median(line.size for line in sheet.lines)
    left = min(line.x0 for line in sheet.lines)
    for rule in sorted(sheet.rules, key=lambda rule: -rule.y0):
        if not _is_separator(rule, sheet, left):
            continue
        below = [line for line in sheet.lines if line.top >= rule.y0 - 1]
        above = [line for line in sheet.lines if line.top < rule.y0 - 1]
        if not below or not above:
            continue
        body = median(line.size for line in above)
        first = by_height(below)[0]
        if first.size <= 0.93 * body and _number(first)[0] is not None:
            return rule.y0
    return None


def _is_separator(rule: Rule, sheet: Sheet, left: float) -> bool:
    length = rule.x1 - rule.x0
    return (
        rule.level
        and 0.1 * sheet.width < length < 0.5 * sheet.width
        and abs(rule.x0 - left) < 50
        and rule.y0 > 0.3 * sheet.height
    )


def _number(line: Line) -> tuple[str | None, str]:
    """The number that the line begins with, None if none, and the line without it."""
    first = line.words[0]
    if first.raised and len(first.text) == 0:
        return first.raised, line.part(line.words[1:]).text if len(line.words) > 1 else ""
    found = _NUMBERED.match(line.text)
    if found is None:
        return None, line.text
    return found[1], line.text[found.end() :]
