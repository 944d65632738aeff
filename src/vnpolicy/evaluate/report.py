"""An evaluation told to a person, and as JSON.

>>> from vnpolicy.evaluate import Counts
>>> print(summary({"deadlines": Counts(found=3, gold=4, predicted=6)}))
deadlines    P  0.500  R  0.750  F1  0.600   (3/4 gold, 6 predicted)
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping

from vnpolicy.evaluate import ROWS, Comparison, Counts
from vnpolicy.evaluate.gold import Annotation

_TELLING = (
    "type",
    "number",
    "name",
    "year",
    "due_on",
    "recurrence",
    "value",
    "value_max",
    "unit",
    "role",
    "agency_ids",
)


def summary(totals: Mapping[str, Counts]) -> str:
    """A line a measure: precision, recall, F1 and what they were counted from."""
    return "\n".join(
        f"{measure:12s} P {counts.precision:6.3f}  R {counts.recall:6.3f}  F1 {counts.f1:6.3f}   "
        f"({counts.found}/{counts.gold} gold, {counts.predicted} predicted)"
        for measure, counts in totals.items()
    )


def differences(comparisons: Mapping[str, Comparison], kinds: Collection[str]) -> Iterator[str]:
    """A line for each record of the kinds that was missed or is extra; ``rows`` has a line for
    each task whose leads or due day differ."""
    for measure, comparison in comparisons.items():
        if measure in kinds:
            yield from (f"  MISSED {measure} {_told(one)}" for one in comparison.missed)
            yield from (f"  EXTRA {measure} {_told(one)}" for one in comparison.extra)
    if not ROWS.isdisjoint(kinds) or "rows" in kinds:
        for gold, given in comparisons["task+lead"].wrong:
            yield f"  LEAD {_leads(gold)} != {_leads(given)} | {_words(gold, 80)}"
        for gold, given in comparisons["task+due"].wrong:
            yield f"  DUE {gold.get('due_on')} != {given.get('due_on')} | {_words(gold, 80)}"


def to_json(documents: Mapping[str, Mapping[str, Comparison]], totals: Mapping[str, Counts]) -> str:
    """Totals and each document's counts (found, gold, predicted), indented."""
    table = {
        "total": {
            measure: {
                "tp": counts.found,
                "gold": counts.gold,
                "pred": counts.predicted,
                "P": round(counts.precision, 4),
                "R": round(counts.recall, 4),
                "F1": round(counts.f1, 4),
            }
            for measure, counts in totals.items()
        },
        "docs": {
            name: {
                measure: [one.counts.found, one.counts.gold, one.counts.predicted]
                for measure, one in comparisons.items()
            }
            for name, comparisons in documents.items()
        },
    }
    return json.dumps(table, ensure_ascii=False, indent=1) + "\n"


def _told(one: Annotation) -> str:
    facts = (f"{key}={one[key]}" for key in _TELLING if one.get(key))
    return " ".join((str(one["start"]), repr(_words(one, 150)), *facts))


def _words(one: Annotation, size: int) -> str:
    return " ".join(str(one.get("text") or "").split())[:size]


def _leads(task: Annotation) -> str:
    leads = [one for one in task.get("assignees") or [] if one.get("role", "lead") == "lead"]
    return "; ".join(", ".join(one.get("agency_ids") or [_words(one, 40)]) for one in leads) or "-"
