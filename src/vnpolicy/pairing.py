"""Which task of a document's new version is which task of its old one.

A task's id comes from its words, so a corrected clause has another id. Tasks are paired by id,
the rest by likeness: the share of word pairs that both have, where any number is the same word
(a corrected date or figure leaves the task what it is), with a little for the same place in the
outline. Below :data:`LIKE` two tasks are two. Each task is in one pair at most; of several that
would do the likest is taken, then the first in the text.

Candidates are found by the word pairs they share, those that fewer than :data:`COMMON` tasks
have, so the work grows with the text.

>>> old = "Bộ Y tế trình Đề án trước ngày 10/5/2024"
>>> likeness(shingles(old), shingles("Bộ Y tế trình Đề án trước ngày 30/6/2024"))
1.0
>>> likeness(shingles(old), shingles("Bộ Y tế rà soát giá thuốc")) < LIKE
True
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from vnpolicy.models.work_item import WorkItem
from vnpolicy.text import fold

LIKE = 0.5  # of the word pairs of both
COMMON = 40  # tasks of one document
_SAME_PLACE = 0.1
_WORD = re.compile(r"[^\W\d_]+|\d[\d.,/-]*")


@dataclass(frozen=True, slots=True)
class Paired:
    """The pairs, and what has no partner, each in the order of its list."""

    same: tuple[tuple[WorkItem, WorkItem], ...]
    gone: tuple[WorkItem, ...]
    new: tuple[WorkItem, ...]


def pair(old: Sequence[WorkItem], new: Sequence[WorkItem]) -> Paired:
    """The tasks of two versions of one document."""
    partner = _by_id(old, new)
    left = [one for one in range(len(new)) if one not in partner]
    taken = set(partner.values())
    free = [one for one in range(len(old)) if one not in taken]
    partner |= _by_likeness(old, new, free, left)
    taken = set(partner.values())
    return Paired(
        same=tuple((old[partner[one]], new[one]) for one in sorted(partner)),
        gone=tuple(item for one, item in enumerate(old) if one not in taken),
        new=tuple(item for one, item in enumerate(new) if one not in partner),
    )


def shingles(text: str) -> frozenset[tuple[str, str]]:
    """The pairs of neighbouring words, any number as one word."""
    words = ["0" if word[0].isdigit() else word for word in _WORD.findall(fold(text))]
    return frozenset(zip(["", *words], [*words, ""], strict=True))


def likeness(one: frozenset[tuple[str, str]], other: frozenset[tuple[str, str]]) -> float:
    """From 0 to 1: what both have of what either has."""
    return len(one & other) / (len(one | other) or 1)


def _by_id(old: Sequence[WorkItem], new: Sequence[WorkItem]) -> dict[int, int]:
    """Index in ``new`` to index in ``old``."""
    known = {item.task_id: at for at, item in enumerate(old)}
    return {at: known[item.task_id] for at, item in enumerate(new) if item.task_id in known}


def _by_likeness(
    old: Sequence[WorkItem], new: Sequence[WorkItem], free: Iterable[int], left: Iterable[int]
) -> dict[int, int]:
    before = {at: shingles(old[at].clause) for at in free}
    holders: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for at, shingle_set in before.items():
        for shingle in shingle_set:
            holders[shingle].append(at)
    scored: list[tuple[float, int, int]] = []
    for at in left:
        after = shingles(new[at].clause)
        shared = Counter(
            one
            for shingle in after
            if len(holders.get(shingle, ())) <= COMMON
            for one in holders.get(shingle, ())
        )
        for one in shared:
            score = likeness(before[one], after)
            if score >= LIKE:
                here = _SAME_PLACE if old[one].path == new[at].path else 0.0
                scored.append((-score - here, at, one))
    partner: dict[int, int] = {}
    taken: set[int] = set()
    for _, at, one in sorted(scored):
        if at not in partner and one not in taken:
            partner[at] = one
            taken.add(one)
    return partner
