"""The verbs that head a duty, and the words around them, by class.

Classes: ``action`` (what is done), ``manner`` (how, before the verb), ``modal`` (that it must
be done), ``prohibition`` (that it must not), ``report`` (what somebody says or has done: never
a duty by itself). Spelled folded. Data: ``lexicon/data/verbs.csv``.
"""

from __future__ import annotations

import re
from functools import cache

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows
from vnpolicy.match import alternation

CLASSES = ("action", "manner", "modal", "prohibition", "report")


@cache
def verbs(kind: str) -> frozenset[str]:
    """The words of a class.

    >>> "rà soát" in verbs("action")
    True
    """
    found: dict[str, set[str]] = {name: set() for name in CLASSES}
    for row in rows("verbs", required=("word", "class")):
        if row["class"] not in found:
            raise LexiconError(f"lexicon/data/verbs.csv: unknown class {row['class']!r}")
        found[row["class"]].add(row["word"])
    return frozenset(found[kind])


@cache
def head(*kinds: str) -> re.Pattern[str]:
    """A pattern for one word of the classes, whole, to be tried where a clause begins."""
    words = {word for kind in kinds for word in verbs(kind)}
    return re.compile(rf"{alternation(words)}(?!\w)")
