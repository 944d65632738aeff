"""The words that bodies are written with, by class, and the words that govern a body.

Classes of ``lexicon/data/body_words.csv``, all folded: ``wide`` and ``narrow`` heads of bodies
outside the register ("ban chỉ đạo", "chi cục"; a narrow one wants a capital or a locality after
it) and ``whole`` ones ("tỉnh đoàn"); ``office`` (who of the body), ``rank`` and ``person-title``
(who is a person), ``surname``, ``country`` (whose ministry it is not); ``neutral``, ``part`` and
``qualifier-*`` (after a class noun: the class stays whole, or does not); ``vague`` ("cấp có thẩm
quyền"); ``decoy`` (looks like a body and is none); ``closing`` (the place at a
name's end); ``sector``; ``stop``, ``predicate`` and ``modal`` (a predicate begins), ``has`` (what
"có" takes in one), ``compound``, ``noun-first`` and ``joined`` (where it does not begin after
all); ``opening`` (what may stand with a capital before a body).

``lexicon/data/body_cues.csv`` holds the word groups that stand before a body and govern it,
with their class: ``owner``, ``place``, ``source`` (whose guidance), ``support``, ``recipient``,
``channel``, ``beneficiary``, ``order``, ``directed``, ``agent``, ``about``, ``except``,
``clause``, ``attendance``.

>>> "chi cục" in words("narrow"), cues()["phối hợp với"]
(True, 'support')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from vnpolicy.lexicon.table import rows


@cache
def _classes() -> Mapping[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in rows("body_words", required=("word", "class")):
        found.setdefault(row["class"], set()).add(row["word"])
    return {name: frozenset(members) for name, members in found.items()}


def words(kind: str) -> frozenset[str]:
    """The words of a class.

    :raises KeyError: for a class that the file does not have.
    """
    return _classes()[kind]


@cache
def cues() -> Mapping[str, str]:
    """Word group to class."""
    return {row["word"]: row["class"] for row in rows("body_cues", required=("word", "class"))}
