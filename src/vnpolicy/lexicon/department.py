"""The provincial departments (sở): names, short forms, and who took over in 2025.

A department's id is ``so-<name>-<province>``; the name's part is the same in every province.
Mergers followed those of the ministries (from 2025-03-01, Nghị định 45/2025/NĐ-CP); a province
may have kept another cut, so a successor is the usual one. Data:
``lexicon/data/departments.csv``.

>>> departments()["sở kh&cn"]
'so-khoa-hoc-va-cong-nghe'
>>> department_successors("so-giao-thong-van-tai", datetime.date(2025, 9, 1))
('so-xay-dung',)
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache

from vnpolicy.lexicon.table import rows, split
from vnpolicy.text import fold

_MERGED_ON = datetime.date(2025, 3, 1)


@cache
def departments() -> Mapping[str, str]:
    """Folded name or short form, "sở" included, to the province-less id."""
    found: dict[str, str] = {}
    for row in rows("departments", required=("id", "name")):
        for name in (row["name"], *split(row["aliases"])):
            low = fold(name)
            for text in (low, low.replace(" và ", " & "), low.replace(" - ", "-")):
                found[f"sở {text}"] = row["id"]
            found[f"sở {low.replace(', ', ' ')}"] = row["id"]
    return found


@cache
def _successors() -> Mapping[str, tuple[str, ...]]:
    return {
        row["id"]: split(row["successors"])
        for row in rows("departments", required=("id", "name"))
        if row["successors"]
    }


def department_successors(id_: str, on: datetime.date) -> tuple[str, ...]:
    """The departments that took over from one that had ended by that day; else empty."""
    return _successors().get(id_, ()) if on >= _MERGED_ON else ()
