"""Words around a quantity that tell how it changes, and what kind of a statement it is.

``quantity_cues.csv`` in the manner of ConText: a folded phrase, its class, its side (``before``
or ``after`` the number) and its reach (``near``: a few words; ``clause``; ``sentence``).
Classes: ``target``, ``result``, ``baseline``, ``count``, ``other`` (roles); ``increase``,
``decrease``, ``reach`` (change); ``lapse`` (makes a span of time a quantity); ``measure`` (opens
the name of what is measured); ``predicate`` (parts it from the number); ``pseudo`` and
``unchanged`` (look like a cue of a role, of change, and are none). Phrases that name a part of
the document have the classes ``goals``, ``review`` and ``requests``.

>>> find_cues("quyết tâm giải ngân 95%", ("target", "pseudo"))
[('quyết tâm', 'target', 'clause', 0, 9)]
"""

from __future__ import annotations

import re
from functools import cache

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows
from vnpolicy.match import alternation

PSEUDO = "pseudo"
UNCHANGED = "unchanged"
CLASSES = {
    *("target", "result", "baseline", "count", "other", PSEUDO),
    *("increase", "decrease", "reach", "lapse", UNCHANGED),
    *("measure", "predicate", "goals", "review", "requests"),
}
SIDES = frozenset(("before", "after"))
REACHES = frozenset(("near", "clause", "sentence"))
Cue = tuple[str, str, str, int, int]  # phrase, class, reach, start, end


@cache
def _table() -> tuple[tuple[str, str, str, str], ...]:
    table = []
    for row in rows("quantity_cues", required=("phrase", "class", "side", "reach")):
        if row["class"] not in CLASSES or row["side"] not in SIDES or row["reach"] not in REACHES:
            raise LexiconError(f"lexicon/data/quantity_cues.csv: {row}")
        table.append((row["phrase"], row["class"], row["side"], row["reach"]))
    return tuple(table)


@cache
def _pattern(
    classes: tuple[str, ...], side: str
) -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    known = {
        phrase: (kind, reach)
        for phrase, kind, at, reach in _table()
        if kind in classes and at == side
    }
    return re.compile(rf"(?<![^\W_]){alternation(known)}(?![^\W_])"), known


def find_cues(
    low: str,
    classes: tuple[str, ...],
    *,
    side: str = "before",
    start: int = 0,
    end: int | None = None,
) -> list[Cue]:
    """The cues of the classes in the window, longest at a place, from left to right."""
    pattern, known = _pattern(classes, side)
    found = []
    for match in pattern.finditer(low, start, len(low) if end is None else end):
        kind, reach = known[match.group()]
        if kind not in (PSEUDO, UNCHANGED):
            found.append((match.group(), kind, reach, match.start(), match.end()))
    return found
