"""Words around a number: number words, comparators, and the words that make it a name.

``number_words.csv`` spells numbers; ``comparators.csv`` says which bound a phrase sets ("ít
nhất": ``ge``; ``none`` for "cao hơn" and the like, which end in a comparator and are none);
``naming_words.csv`` lists what makes a following number a name ("Quốc lộ 14", "khóa 15").

>>> comparators()["không quá"], naming()["quốc lộ"]
('le', 'name')
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from vnpolicy.lexicon.table import rows

AFTER = "after"
VERB = "verb"


@dataclass(frozen=True, slots=True)
class NumberWord:
    """A word of a spelled number: its place in the grammar and its value."""

    kind: str
    value: Decimal


@cache
def number_words() -> dict[str, NumberWord]:
    """Folded number words."""
    return {
        row["word"]: NumberWord(row["kind"], Decimal(row["value"]))
        for row in rows("number_words", required=("word", "kind", "value"))
    }


@cache
def comparators(side: str = "before") -> dict[str, str]:
    """Folded phrases that stand ``before`` or ``after`` a number, with their comparator."""
    return {
        row["phrase"]: row["comparator"]
        for row in rows("comparators", required=("phrase", "comparator", "side"))
        if row["side"] == side
    }


@cache
def naming() -> dict[str, str]:
    """Folded words before a number, with what they make of it: see the data file's kinds."""
    return {word: kind for word, kind in _named() if kind not in (AFTER, VERB)}


@cache
def idle_words() -> frozenset[str]:
    """Folded words after a number that count nothing: "của", "ban hành"."""
    return frozenset(word for word, kind in _named() if kind == AFTER)


@cache
def never_nouns() -> frozenset[str]:
    """Folded words after a number that open no counted noun: the idle ones and verbs."""
    return idle_words() | {word for word, kind in _named() if kind == VERB}


def _named() -> list[tuple[str, str]]:
    return [(row["word"], row["kind"]) for row in rows("naming_words", required=("word", "kind"))]
