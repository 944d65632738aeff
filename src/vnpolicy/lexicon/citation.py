"""Words around a citation, by class, spelled folded.

Classes: ``title`` (opens the descriptive title after a number: "về", "quy định"), ``title-end``
(the clause goes on, the title does not: "giao", "để"), ``name-stop`` (no name of a programme
runs over it: "đã được"), ``name-soft`` (ends a name unless its period follows: "theo ... giai
đoạn 2021 - 2025"), ``name-keep`` (holds a stop and stops nothing: "không dùng tiền mặt"),
``not-first`` (opens no name: "Kế hoạch liên quan ..."), ``comma-stop`` (what follows a comma and
is not of the name), ``doing`` (what is done with a programme named by its letters: "Chương trình
MTQG tổ chức ..."), ``generic`` ("Chương trình hành động" alone names nothing), ``generic-owner``
("Đề án ... của bộ, ngành"), ``make`` (somebody is to make the instrument: "xây dựng"),
``count-noun`` (makes "Kế hoạch 5 năm" no number), ``org-head`` ("Sở Kế hoạch"), ``law-stop`` and
``law-not`` (ends a law's name; is none). Data: ``lexicon/data/citation_words.csv``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows
from vnpolicy.match import alternation

CLASSES = (
    "title", "title-end", "name-stop", "name-soft", "comma-stop", "make", "count-noun",
    "org-head", "law-stop", "law-not", "generic", "generic-owner",
    "name-keep", "not-first", "doing",
)  # fmt: skip


@cache
def _table() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name in CLASSES}
    for row in rows("citation_words", required=("word", "class")):
        if row["class"] not in found:
            raise LexiconError(f"lexicon/data/citation_words.csv: unknown class {row['class']!r}")
        found[row["class"]].append(row["word"])
    return {name: tuple(words) for name, words in found.items()}


@cache
def citation_words(kind: str) -> frozenset[str]:
    """The words of a class.

    >>> "xây dựng" in citation_words("make")
    True
    """
    return frozenset(_table()[kind])


@cache
def citation_word(*kinds: str) -> regex.Pattern[str]:
    """A pattern for one whole word of the classes, to be tried at a place."""
    words = [word for kind in kinds for word in _table()[kind]]
    return regex.compile(rf"{alternation(words)}(?![\p{{L}}\p{{N}}])")
