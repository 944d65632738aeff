"""Which task of a document's new version is which task of its old one.

A task's id comes from its words and tells twins apart by counting them, so neither a corrected
clause nor the second of two equal ones has its old id. Tasks are paired

1. by the same words and leads at the same place in the outline; then anywhere; then by the same
   words alone;
2. the rest by likeness: the share of word pairs that both have, where any number is the same
   word (a corrected date or figure leaves a task what it is); among like tasks by the figures
   they share ("điểm số 4"), then by their leads, then by their place;
3. rows that differ in nothing but common figures in their order, where they are as many as before.

Below :data:`LIKE` two tasks are two, and below :data:`SAME` where other agencies lead: rather a
task that vanished and another that is new than somebody's entry with another one's text. Each
task is in one pair at most; what fits best is taken first, then the first in the text.

Candidates are found by word pairs that at most :data:`COMMON` tasks have, so the work grows with
the text.

>>> old = "Bộ Y tế trình Đề án trước ngày 10/5/2024"
>>> likeness(shingles(old), shingles("Bộ Y tế trình Đề án trước ngày 30/6/2024"))
1.0
>>> likeness(shingles(old), shingles("Bộ Y tế rà soát giá thuốc")) < LIKE
True
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from vnpolicy.models.work_item import WorkItem
from vnpolicy.text import fold

LIKE = 0.5  # of the word pairs of both
SAME = 0.9  # where the leads are others
COMMON = 40  # tasks of one document
_FIGURES, _LEADS, _PLACE = 0.6, 0.3, 0.1  # what these count beside the likeness
_WORD = re.compile(r"[^\W\d_]+|\d[\d.,/-]*")
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Paired:
    """The pairs, and what has no partner, each in the order of its list."""

    same: tuple[tuple[WorkItem, WorkItem], ...]
    gone: tuple[WorkItem, ...]
    new: tuple[WorkItem, ...]


@dataclass(frozen=True, slots=True)
class _Look:
    """What a task is compared by."""

    words: str
    shingles: Pairs
    figures: Pairs
    leads: frozenset[str]
    path: tuple[str, ...]


def pair(old: Sequence[WorkItem], new: Sequence[WorkItem], *, reassigned: float = SAME) -> Paired:
    """The tasks of two versions of one document; ``reassigned`` says how like a task must be to
    count as the old one given to somebody else."""
    before, after = list(map(_look, old)), list(map(_look, new))
    partner: dict[int, int] = {}
    for name in (_at_its_place, _as_before, _by_words):
        _by_name(before, after, partner, name, alike=False)
    _by_likeness(before, after, partner, reassigned)
    _by_name(before, after, partner, _as_row, alike=True)
    taken = set(partner.values())
    return Paired(
        same=tuple((old[partner[one]], new[one]) for one in sorted(partner)),
        gone=tuple(item for one, item in enumerate(old) if one not in taken),
        new=tuple(item for one, item in enumerate(new) if one not in partner),
    )


def shingles(text: str) -> Pairs:
    """The pairs of neighbouring words, any number as one word."""
    words = ["0" if word[0].isdigit() else word for word in _WORD.findall(fold(text))]
    return frozenset(zip(["", *words], [*words, ""], strict=True))


def likeness(one: frozenset[Any], other: frozenset[Any]) -> float:
    """From 0 to 1: what both have of what either has."""
    return len(one & other) / (len(one | other) or 1)


def _look(item: WorkItem) -> _Look:
    words = _WORD.findall(fold(item.clause))
    figures = {(before, word) for before, word in zip(["", *words], words, strict=False)}
    return _Look(
        words=" ".join(words),
        shingles=shingles(item.clause),
        figures=frozenset(pair for pair in figures if pair[1][0].isdigit()),
        leads=frozenset(name for one in item.leads for name in one.agency_ids or [fold(one.name)]),
        path=tuple(item.path),
    )


def _at_its_place(look: _Look) -> Hashable:
    return look.words, look.leads, look.path


def _as_before(look: _Look) -> Hashable:
    return look.words, look.leads


def _by_words(look: _Look) -> Hashable:
    return look.words


def _as_row(look: _Look) -> Hashable:
    return look.shingles, look.leads


def _by_name(
    before: Sequence[_Look],
    after: Sequence[_Look],
    partner: dict[int, int],
    name: Callable[[_Look], Hashable],
    *,
    alike: bool,
) -> None:
    """Pairs those of one name in their order; with ``alike`` only where both have as many."""
    taken = set(partner.values())
    old: defaultdict[Hashable, list[int]] = defaultdict(list)
    new: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, look in enumerate(before):
        if at not in taken:
            old[name(look)].append(at)
    for at, look in enumerate(after):
        if at not in partner:
            new[name(look)].append(at)
    for called, places in new.items():
        if not alike or len(places) == len(old[called]):
            partner.update(zip(places, old[called], strict=False))


def _by_likeness(
    before: Sequence[_Look], after: Sequence[_Look], partner: dict[int, int], reassigned: float
) -> None:
    taken = set(partner.values())
    holders: defaultdict[Hashable, list[int]] = defaultdict(list)
    for at, look in enumerate(before):
        if at not in taken:
            for mark in (*look.shingles, *look.figures):
                holders[mark].append(at)
    scored: list[tuple[float, int, int]] = []
    for at, look in enumerate(after):
        if at in partner:
            continue
        for one in _candidates(look, holders):
            score = _score(before[one], look, reassigned)
            if score is not None:
                scored.append((-score, at, one))
    for _, at, one in sorted(scored):
        if at not in partner and one not in taken:
            partner[at] = one
            taken.add(one)


def _candidates(look: _Look, holders: dict[Hashable, list[int]]) -> Iterable[int]:
    """Those that share a mark which few have."""
    found: dict[int, None] = {}
    for mark in (*look.shingles, *look.figures):
        sharing = holders.get(mark, [])
        if len(sharing) <= COMMON:
            found.update(dict.fromkeys(sharing))
    return found


def _score(old: _Look, new: _Look, reassigned: float) -> float | None:
    """How well the two fit; None where they are two tasks."""
    like = likeness(old.shingles, new.shingles)
    others = bool(old.leads and new.leads) and old.leads.isdisjoint(new.leads)
    if like < (reassigned if others else LIKE):
        return None
    figures = likeness(old.figures, new.figures) if old.figures or new.figures else 1.0
    leads = likeness(old.leads, new.leads) if old.leads or new.leads else 1.0
    place = _PLACE if old.path == new.path else 0.0
    return like + _FIGURES * figures + _LEADS * leads + place
