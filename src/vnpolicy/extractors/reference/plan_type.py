"""The words for programmes, schemes, strategies, plannings and plans, and where they stand."""

from __future__ import annotations

import regex

from vnpolicy.extractors.reference.page import Page

SLUGS = {
    "chương trình": "chuong-trinh",
    "đề án": "de-an",
    "chiến lược": "chien-luoc",
    "quy hoạch": "quy-hoach",
    "kế hoạch": "ke-hoach",
}
TYPE = regex.compile(rf"(?<!\p{{L}})(?:{'|'.join(SLUGS)})(?=[ ,])")
_EACH = tuple(regex.compile(rf"{word}[ ,]") for word in SLUGS)


def plan_types(page: Page) -> list[regex.Match[str]]:
    """Every such word that a word follows; one pass with a literal for each of them."""
    found = []
    for pattern in _EACH:
        for word in pattern.finditer(page.low):
            if (match := TYPE.match(page.low, word.start())) is not None:
                found.append(match)
    return sorted(found, key=lambda match: int(match.start()))
