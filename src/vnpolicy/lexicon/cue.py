"""Cue words that order, join and introduce clauses, by class, spelled folded.

Classes: ``connective`` (joins, outside the task), ``front`` (opens an adverbial before the
task's first word), ``directive`` (orders even without a subject: "Giao Bộ ..."), ``say``
(orders when its subject is in charge: "Thủ tướng chỉ đạo ..."), ``stress`` (orders where
somebody is named: "Thủ tướng nhấn mạnh, Bộ X ..."), ``view`` (an opinion). Data:
``lexicon/data/cues.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows
from vnpolicy.match import alternation

CLASSES = ("connective", "front", "directive", "say", "stress", "view")


@cache
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {name: [] for name in CLASSES}
    for row in rows("cues", required=("word", "class")):
        if row["class"] not in found:
            raise LexiconError(f"lexicon/data/cues.csv: unknown class {row['class']!r}")
        found[row["class"]].append(row["word"])
    return {name: tuple(words) for name, words in found.items()}


def cues(*kinds: str) -> tuple[str, ...]:
    """The words of the classes.

    >>> "giao" in cues("directive")
    True
    """
    return tuple(word for kind in kinds for word in _table()[kind])


@cache
def cue(*kinds: str) -> re.Pattern[str]:
    """A pattern for one whole word of the classes, to be tried at a place."""
    return re.compile(rf"{alternation(cues(*kinds))}(?!\w)")
