"""Provinces and centrally run cities: names, slugs, validity, mergers, order along the coast.

Sixty-three units until 2025-06-30, thirty-four since 2025-07-01 (Nghị quyết 202/2025/QH15); a
unit that was enlarged keeps its slug, one that was merged away points to its successor. The
kind changes too: Huế is a city since 2025-01-01, Đồng Nai since 2026-04-30. A row is a unit
during a period, so one slug may have several rows.

>>> province_by_name("đắk lắk"), province_by_name("tphcm")
('dak-lak', 'ho-chi-minh')
>>> coast("ha-tinh", "da-nang", on=datetime.date(2025, 11, 16))
('ha-tinh', 'quang-tri', 'hue', 'da-nang')
>>> province_successor("phu-yen", on=datetime.date(2025, 8, 1))
'dak-lak'
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from vnpolicy.lexicon.table import rows, split
from vnpolicy.text import fold

MERGED_ON = datetime.date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Province:
    """A unit during one period; ``coast`` counts from the northern end, None inland."""

    slug: str
    name: str
    is_city: bool
    aliases: tuple[str, ...]
    valid_from: datetime.date
    valid_to: datetime.date
    successors: tuple[str, ...]
    coast: int | None
    coast_2025: int | None
    gso: str
    source: str


@cache
def provinces() -> tuple[Province, ...]:
    """Every unit in every period, in the register's order."""
    return tuple(
        Province(
            slug=row["slug"],
            name=row["name"],
            is_city=row["kind"] == "city",
            aliases=split(row["aliases"]),
            valid_from=_day(row["valid_from"], datetime.date.min),
            valid_to=_day(row["valid_to"], datetime.date.max),
            successors=split(row["successors"]),
            coast=int(row["coast"]) if row["coast"] else None,
            coast_2025=int(row["coast_2025"]) if row["coast_2025"] else None,
            gso=row["gso"],
            source=row["source"],
        )
        for row in rows("provinces", required=("slug", "name", "kind"))
    )


def _day(cell: str, default: datetime.date) -> datetime.date:
    return datetime.date.fromisoformat(cell) if cell else default


@cache
def province_names() -> Mapping[str, str]:
    """Folded name or alias to slug."""
    return {fold(name): unit.slug for unit in provinces() for name in (unit.name, *unit.aliases)}


def province_by_name(name: str) -> str | None:
    """The slug for a name or alias, in any case or tone placement; None when not known."""
    return province_names().get(fold(name))


@cache
def province_slugs() -> frozenset[str]:
    """Every slug that there ever was."""
    return frozenset(unit.slug for unit in provinces())


def province_on(slug: str, on: datetime.date) -> Province | None:
    """The unit as it was on that day, or None where it did not exist."""
    for unit in provinces():
        if unit.slug == slug and unit.valid_from <= on <= unit.valid_to:
            return unit
    return None


def is_city(slug: str, on: datetime.date | None) -> bool:
    """Whether the unit is run as a city on that day; without a day, after the 2025 mergers."""
    unit = province_on(slug, on or MERGED_ON)
    return unit is not None and unit.is_city


def province_successor(slug: str, on: datetime.date) -> str | None:
    """The slug of the one unit that answers for ``slug`` on that day, or None."""
    for _ in range(5):
        if province_on(slug, on) is not None:
            return slug
        following = [u.successors for u in provinces() if u.slug == slug and u.successors]
        if not following or len(following[-1]) != 1:
            return None
        slug = following[-1][0]
    return None


def coast(first: str, last: str, *, on: datetime.date) -> tuple[str, ...]:
    """The units along the coast from ``first`` to ``last``, as of a day; empty where an end is
    not on the coast or did not exist that day."""
    merged = on >= MERGED_ON
    order = sorted(
        (number, unit.slug)
        for unit in provinces()
        if unit.valid_from <= on <= unit.valid_to
        and (number := unit.coast_2025 if merged else unit.coast) is not None
    )
    slugs = [slug for _, slug in order]
    if first not in slugs or last not in slugs:
        return ()
    start, end = slugs.index(first), slugs.index(last)
    chosen = slugs[min(start, end) : max(start, end) + 1]
    return tuple(chosen if start <= end else reversed(chosen))
