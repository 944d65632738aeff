"""Class nouns: what "các bộ, ngành, địa phương" is made of, and the ids that classes have.

A class is named by a determiner and one or more nouns ("các sở, ban, ngành"). Each noun brings
its class id; some pairs mean one class together ("bộ, ngành"; "sở, ban, ngành"). A noun without
an id ("đơn vị", "tổ chức") is still part of the phrase. ``own`` marks a noun that makes a mention
of its own inside a list ("cơ quan ngang bộ"). ``not_before`` holds words that make it another
word ("bộ phận"). Data: ``lexicon/data/collectives.csv``.

>>> collectives()["cơ quan ngang bộ"].id, collectives()["cơ quan ngang bộ"].own
('cac-co-quan-ngang-bo', True)
>>> class_ids(["bộ", "ngành", "địa phương"]), class_ids(["sở", "ban", "ngành"])
(('cac-bo-nganh', 'cac-dia-phuong'), ('cac-so-nganh',))
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows, split

_BRANCH = "ngành"
_DISTRICTS_ENDED = datetime.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Collective:
    """A class noun; ``bare`` says that it may stand without a determiner ("địa phương")."""

    noun: str
    id: str | None
    own: bool
    bare: bool
    not_before: tuple[str, ...]
    source: str


@cache
def collectives() -> Mapping[str, Collective]:
    """Folded noun to its class."""
    found: dict[str, Collective] = {}
    for row in rows("collectives", required=("noun",)):
        if row["noun"] in found:
            raise LexiconError(f"lexicon/data/collectives.csv: {row['noun']} occurs twice")
        found[row["noun"]] = Collective(
            noun=row["noun"],
            id=row["id"] or None,
            own=row["own"] == "yes",
            bare=row["bare"] == "yes",
            not_before=split(row["not_before"]),
            source=row["source"],
        )
    return found


def class_ids(nouns: Iterable[str]) -> tuple[str, ...]:
    """The ids of the classes that a list of nouns names, each once, in the order of the words."""
    names = list(nouns)
    table = collectives()
    ids: dict[str, None] = {}
    for noun in names:
        id_ = table[noun].id
        if id_ == "cac-bo" and _BRANCH in names:
            id_ = "cac-bo-nganh"
        if id_ is not None:
            ids[id_] = None
    if "ubnd-cap-huyen" in ids and "ubnd-cac-tinh" in ids and "tỉnh" not in names:
        del ids["ubnd-cac-tinh"]  # "các huyện, thị xã, thành phố": towns of the district tier
    return tuple(ids)


def collective_successors(id_: str, on: datetime.date) -> tuple[str, ...]:
    """Who answers for a class that has ended: the district tier since 2025-07-01."""
    if on < _DISTRICTS_ENDED:
        return ()
    return {
        "ubnd-cap-huyen": ("ubnd-cap-xa", "ubnd-cac-tinh"),
        "hdnd-cap-huyen": ("hdnd-cap-xa", "hdnd-cac-tinh"),
    }.get(id_, ())
