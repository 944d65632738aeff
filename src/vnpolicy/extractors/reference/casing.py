"""Names out of titles that are set in capitals."""

from __future__ import annotations

from vnpolicy.extractors.reference.page import Page
from vnpolicy.lexicon.instrument import instruments_named
from vnpolicy.lexicon.province import provinces
from vnpolicy.text import fold


def plain_case(page: Page, start: int, end: int) -> str:
    """The words of the span; of a span in capitals, as they are written elsewhere.

    Looked for in the text itself, then in the register; else in lower case with a capital first
    and the provinces' and the country's names set right.
    """
    text = page.flat[start:end]
    if not text.isupper():
        return text[0].upper() + text[1:]
    low = page.low[start:end]
    place = page.low.find(low)
    while place >= 0:
        found = page.flat[place : place + len(low)]
        if not found.isupper() and found[0].isupper():
            return found
        place = page.low.find(low, place + 1)
    for one in instruments_named(low):
        return one.name if fold(one.name) == low else text[0] + low[1:]
    return _proper(text[0] + low[1:])


def _proper(text: str) -> str:
    low = fold(text)
    for name in ("Việt Nam", *(unit.name for unit in provinces())):
        place = low.find(fold(name))
        if place > 0:
            text = text[:place] + name + text[place + len(name) :]
    return text
