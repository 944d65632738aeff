"""How well the records agree with records made by hand: matching, counting, and who was missed.

A gold and a predicted record pair off, best overlap first, where their spans overlap enough
(intersection over union; at least 0.3, for assignees and tasks 0.5) and their values agree:

* references: type, number (or name) and year; deadlines: ``due_on``, or both recur;
* quantities: value, range and unit; ``targets`` are the quantities with that role;
* assignees: role and agency ids; tasks: the place alone;
* ``task+lead`` and ``task+due``: the tasks paired whose leads, or whose due day, agree too;
  ``rows_right``: those with both, a tracker's row that needs no correction.

>>> counts = Counts(found=3, gold=4, predicted=6)
>>> counts.precision, counts.recall, counts.f1
(0.5, 0.75, 0.6)
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy.errors import DocumentError
from vnpolicy.evaluate import agree
from vnpolicy.evaluate.gold import KINDS, Annotation, Annotations, read_gold

if TYPE_CHECKING:
    from vnpolicy.models import Notice

ROWS = frozenset(("task+lead", "task+due", "rows_right"))
MEASURES = (
    "references",
    "deadlines",
    "quantities",
    "targets",
    "assignees",
    "tasks",
    "task+lead",
    "task+due",
    "rows_right",
)


@dataclass(slots=True)
class Counts:
    """How many gold records there were, how many were predicted, how many of these agree."""

    found: int = 0
    gold: int = 0
    predicted: int = 0

    def add(self, other: Counts) -> None:
        self.found += other.found
        self.gold += other.gold
        self.predicted += other.predicted

    @property
    def precision(self) -> float:
        return self.found / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


@dataclass(slots=True)
class Comparison:
    """One measure over one document; ``wrong`` holds the task pairs that fail a row measure."""

    counts: Counts
    missed: list[Annotation]
    extra: list[Annotation]
    wrong: list[tuple[Annotation, Annotation]]


def records(notice: Notice) -> Annotations:
    """The notice's records in the shape of gold annotations."""
    dump = notice.model_dump(mode="json")
    return {kind: [_flat(record) for record in dump[kind]] for kind in KINDS}


def _flat(record: Annotation) -> Annotation:
    span = record["span"]
    return {**record, "start": span["start"], "end": span["end"]}


def compare(gold: Annotations, predicted: Annotations) -> dict[str, Comparison]:
    """Every measure for one document, in the order of :data:`MEASURES`."""
    found: dict[str, Comparison] = {}
    for kind, same, floor in (
        ("references", agree.same_reference, 0.3),
        ("deadlines", agree.same_deadline, 0.3),
        ("quantities", agree.same_quantity, 0.3),
        ("targets", agree.same_quantity, 0.3),
        ("assignees", agree.same_assignee, 0.5),
        ("tasks", None, 0.5),
    ):
        wanted, given = _of_kind(gold, kind), _of_kind(predicted, kind)
        pairs = pair_off(wanted, given, same=same, floor=floor)
        found[kind] = _comparison(wanted, given, pairs)
    found.update(_rows(gold.get("tasks", []), predicted.get("tasks", [])))
    return found


def _rows(gold: list[Annotation], predicted: list[Annotation]) -> dict[str, Comparison]:
    """Of the tasks that pair off by place, those whose leads and whose due day agree."""
    places = pair_off(gold, predicted, same=None, floor=0.5)
    pairs = [(gold[i], predicted[j]) for i, j in places]
    rows = {}
    for row, right in (
        ("task+lead", agree.same_leads),
        ("task+due", agree.same_due),
        ("rows_right", agree.same_row),
    ):
        wrong = [pair for pair in pairs if not right(*pair)]
        counts = Counts(len(pairs) - len(wrong), len(gold), len(predicted))
        rows[row] = Comparison(counts, [], [], wrong)
    return rows


def _of_kind(annotations: Annotations, kind: str) -> list[Annotation]:
    if kind == "targets":
        return [one for one in annotations.get("quantities", []) if one.get("role") == "target"]
    return annotations.get(kind, [])


def pair_off(
    gold: Sequence[Annotation],
    predicted: Sequence[Annotation],
    *,
    same: Callable[[Annotation, Annotation], bool] | None,
    floor: float,
) -> list[tuple[int, int]]:
    """Index pairs of records that agree, each record in one pair, best overlap first."""
    candidates = sorted(
        (
            (share, i, j)
            for i, wanted in enumerate(gold)
            for j, given in enumerate(predicted)
            if (share := overlap(wanted, given)) >= floor
        ),
        reverse=True,
    )
    pairs: list[tuple[int, int]] = []
    left, right = set(range(len(gold))), set(range(len(predicted)))
    for _, i, j in candidates:
        if i in left and j in right and (same is None or same(gold[i], predicted[j])):
            left.discard(i)
            right.discard(j)
            pairs.append((i, j))
    return pairs


def overlap(a: Annotation, b: Annotation) -> float:
    """The shared part of two spans over their union, 0 to 1."""
    shared: int = min(a["end"], b["end"]) - max(a["start"], b["start"])
    if shared <= 0:
        return 0.0
    union: int = max(a["end"], b["end"]) - min(a["start"], b["start"])
    return shared / union


def _comparison(
    wanted: list[Annotation], given: list[Annotation], pairs: list[tuple[int, int]]
) -> Comparison:
    hit, used = {i for i, _ in pairs}, {j for _, j in pairs}
    return Comparison(
        Counts(len(pairs), len(wanted), len(given)),
        [one for i, one in enumerate(wanted) if i not in hit],
        [one for j, one in enumerate(given) if j not in used],
        [],
    )


def evaluate(texts: Path, gold: Path) -> Iterator[tuple[str, dict[str, Comparison]]]:
    """Extract each document that the folder ``gold`` has a ``*.json`` for, and compare, by name.

    :raises DocumentError: where there is no gold file, or one cannot be read.
    """
    import vnpolicy

    paths = sorted(gold.glob("*.json"))
    if not paths:
        raise DocumentError(str(gold), "no gold files (*.json) in this folder")
    for path in paths:
        document = read_gold(path, texts)
        notice = vnpolicy.extract(document.text, anchor_date=document.anchor_date)
        yield document.name, compare(document.records, records(notice))


def total(documents: Sequence[dict[str, Comparison]]) -> dict[str, Counts]:
    """The counts of each measure, summed over documents."""
    sums = {measure: Counts() for measure in MEASURES}
    for comparisons in documents:
        for measure, comparison in comparisons.items():
            sums[measure].add(comparison.counts)
    return sums
