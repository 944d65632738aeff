"""The lines of a canonical text, as they stand: where each is and whether a blank one precedes.

Notices part paragraphs by blank lines, by line ends, or by nothing but a full stop, and wrap
them at some 60 to 85 characters or not at all; what a line end means is for
:mod:`vnpolicy.segment.wrap` to say. A line of marks only ("-------", "=====", "|---|---|") is
a rule.

>>> [(line.text, line.gap) for line in read("1. Mục đích\\n\\nNâng cao")]
[('1. Mục đích', True), ('Nâng cao', True)]
>>> is_rule("-------"), is_rule("- Như trên;")
(True, False)
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

_MARKS = "-_=~*|+.…·•–—: "
_STARTS = frozenset("-_=~*|+.…·•–—:")
_PAGE = regex.compile(r"[-–]? ?\d{1,3} ?[-–]?|(?:Trang|trang) \d{1,3}(?:/\d{1,3})?")


@dataclass(slots=True)
class Line:
    """One line that is not blank; ``gap`` where a blank line or the text's start precedes."""

    start: int
    end: int
    text: str
    gap: bool


def read(text: str) -> list[Line]:
    """The lines of ``text`` that hold anything but white space, in order."""
    lines: list[Line] = []
    append = lines.append
    start, gap = 0, True
    for line in text.split("\n"):
        size = len(line)
        if line:
            if line[0] <= " " or line[-1] <= " ":  # at the text's own ends, or a control sign
                at, line = start + size - len(line.lstrip()), line.strip()
            else:
                at = start
            if line:
                append(Line(at, at + len(line), line, gap))
                gap = False
        else:
            gap = True
        start += size + 1
    return lines


def is_rule(text: str) -> bool:
    """Whether the line holds marks only and parts what stands above from what stands below."""
    return text[0] in _STARTS and not text.strip(_MARKS) and (len(text) > 1 or text in "|=_")


def is_page_number(text: str) -> bool:
    """Whether the line is a page's number: "2", "- 3 -", "Trang 4/7"."""
    return len(text) < 15 and _PAGE.fullmatch(text) is not None
