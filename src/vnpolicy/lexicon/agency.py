"""The register of agencies: central bodies, groups, and the local bodies derived from provinces.

A central body (ministry, office, commission, state group, ...) is a row of
``lexicon/data/agencies.csv`` with its names, the symbols it signs numbers with, its years and
its successors. A local body has an id made of its kind and its province's slug, without a year:
``ubnd-dak-lak``, ``hdnd-hue``, ``tinh-uy-da-nang``, ``so-cong-thuong-lao-cai``. A class has an id
of its own (``cac-bo``), see :mod:`vnpolicy.lexicon.collective`.

Sources: the fact tables' ``facts:verified`` and ``facts:knowledge``; dates and successor links
are mostly knowledge. A day that is not known is taken so that the body's time is the longest.

>>> by_name("Bộ TT&TT"), by_name("bộ kế hoạch & đầu tư")
('bo-thong-tin-va-truyen-thong', 'bo-ke-hoach-va-dau-tu')
>>> by_symbol("VPCP"), by_symbol("TW")
('van-phong-chinh-phu', None)
>>> current(("bo-giao-thong-van-tai", "ubnd-phu-yen"))
('bo-xay-dung', 'ubnd-dak-lak')
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.collective import collective_successors
from vnpolicy.lexicon.department import department_successors
from vnpolicy.lexicon.province import province_on, province_slugs, province_successor
from vnpolicy.lexicon.table import rows, split
from vnpolicy.text import fold

REGISTER_DATE = datetime.date(2026, 11, 21)
LOCAL_KINDS = ("ubnd-", "hdnd-", "tinh-uy-", "so-")


@dataclass(frozen=True, slots=True)
class Agency:
    """A body of the register; the first day counted as possible, and the last."""

    id: str
    name: str
    aliases: tuple[str, ...]
    symbols: tuple[str, ...]
    kind: str
    head_title: str | None
    valid_from: datetime.date | None
    valid_to: datetime.date | None
    successors: tuple[str, ...]
    parent: str | None
    confidence: str
    source: str

    def valid(self, on: datetime.date) -> bool:
        """Whether the body can have existed on that day."""
        return (self.valid_from or on) <= on <= (self.valid_to or on)


@cache
def agencies() -> Mapping[str, Agency]:
    """Id to agency, in the register's order.

    :raises LexiconError: for an id that occurs twice or points at none.
    """
    found: dict[str, Agency] = {}
    for row in rows("agencies", required=("id", "name", "kind")):
        if row["id"] in found:
            raise LexiconError(f"lexicon/data/agencies.csv: {row['id']} occurs twice")
        found[row["id"]] = Agency(
            id=row["id"],
            name=row["name"],
            aliases=split(row["aliases"]),
            symbols=split(row["symbols"]),
            kind=row["kind"],
            head_title=row["head_title"] or None,
            valid_from=_edge(row["valid_from"], last=False),
            valid_to=_edge(row["valid_to"], last=True),
            successors=split(row["successors"]),
            parent=row["parent"] or None,
            confidence=row["confidence"],
            source=row["source"],
        )
    for agency in found.values():
        for other in (*agency.successors, *([agency.parent] if agency.parent else [])):
            if other not in found:
                raise LexiconError(f"lexicon/data/agencies.csv: {agency.id} points at {other}")
    return found


def _edge(cell: str, *, last: bool) -> datetime.date | None:
    """``2007``, ``2007-07`` or a day, as the last or the first day of what is named."""
    if not cell:
        return None
    parts = [int(part) for part in cell.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else (12 if last else 1)
    if len(parts) > 2:
        return datetime.date(year, month, parts[2])
    return datetime.date(year, month, calendar.monthrange(year, month)[1] if last else 1)


def spellings(name: str) -> list[str]:
    """A folded name as offices write it: ``và`` or ``&``, the three dashes, commas lost.

    >>> spellings("Bộ Bưu chính, Viễn thông")
    ['bộ bưu chính, viễn thông', 'bộ bưu chính viễn thông']
    """
    low = fold(name)
    found = [low]
    for old, new in ((" và ", " & "), (" - ", "-"), (" - ", " – "), (" - ", ", "), (", ", " ")):
        found += [text.replace(old, new) for text in list(found) if old in text]
    return list(dict.fromkeys(found))


@cache
def agency_names() -> Mapping[str, str]:
    """Folded name, alias or spelling to id; a form that two bodies share is left out."""
    names: dict[str, str | None] = {}
    for agency in agencies().values():
        for name in (agency.name, *agency.aliases):
            for text in spellings(name):
                names[text] = agency.id if names.get(text, agency.id) == agency.id else None
    for agency in agencies().values():
        names[fold(agency.name)] = agency.id
    return {text: id_ for text, id_ in names.items() if id_}


@cache
def short_forms() -> Mapping[str, frozenset[str]]:
    """Folded short form to its spellings: what must be met letter for letter ("NHNN")."""
    found: dict[str, set[str]] = {}
    for agency in agencies().values():
        for alias in agency.aliases:
            if " " not in alias and sum(char.isupper() for char in alias) > 1:
                found.setdefault(fold(alias), set()).add(alias)
    return {low: frozenset(forms) for low, forms in found.items()}


def by_name(name: str) -> str | None:
    """The id for a name, alias or spelling, in any case; None when it is not in the register."""
    return agency_names().get(fold(name))


@cache
def _symbols() -> Mapping[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for agency in agencies().values():
        for symbol in agency.symbols:
            found.setdefault(symbol, []).append(agency.id)
    return {symbol: tuple(ids) for symbol, ids in found.items()}


def by_symbol(symbol: str, on: datetime.date | None = None) -> str | None:
    """The body that signs numbers with ``symbol`` ("VPCP", "QH15"), on that day if one is given;
    None where none does or more than one may.

    >>> by_symbol("QH15"), by_symbol("BTTTT", on=datetime.date(2024, 5, 1))
    ('quoc-hoi', 'bo-thong-tin-va-truyen-thong')
    """
    ids = _symbols().get(symbol) or _symbols().get(symbol.rstrip("0123456789"), ())
    if on is not None:
        ids = tuple(id_ for id_ in ids if agencies()[id_].valid(on))
    return ids[0] if len(ids) == 1 else None


def valid(id_: str, on: datetime.date) -> bool:
    """Whether the body, local body or class of that id can have existed on that day."""
    if id_ in agencies():
        return agencies()[id_].valid(on)
    kind, province = local_parts(id_)
    if province is not None:
        return province_on(province, on) is not None and not department_successors(kind, on)
    return not collective_successors(id_, on)


def local_parts(id_: str) -> tuple[str, str | None]:
    """A local body's kind and its province's slug; the id itself and None for any other.

    >>> local_parts("so-y-te-ba-ria-vung-tau"), local_parts("cac-bo")
    (('so-y-te', 'ba-ria-vung-tau'), ('cac-bo', None))
    """
    if id_ not in agencies() and id_.startswith(LOCAL_KINDS):
        at = id_.find("-")
        while at >= 0:
            if id_[at + 1 :] in province_slugs():
                return id_[:at], id_[at + 1 :]
            at = id_.find("-", at + 1)
    return id_, None


def current(ids: Iterable[str], as_of: datetime.date = REGISTER_DATE) -> tuple[str, ...]:
    """The ids that answer for ``ids`` on that day, through successors, each once.

    A body that ended without a known successor gives nothing; an id that is not known stays.
    """
    found: dict[str, None] = {}
    for id_ in ids:
        for answering in _follow(id_, as_of, 0):
            found[answering] = None
    return tuple(found)


def _follow(id_: str, on: datetime.date, depth: int) -> list[str]:
    if id_ in agencies():
        agency = agencies()[id_]
        if (agency.valid_to or on) >= on:
            return [id_]
        following: Iterable[str] = agency.successors
    else:
        kind, province = local_parts(id_)
        if province is not None:
            place = province_successor(province, on)
            kinds = department_successors(kind, on) or (kind,)
            return [f"{one}-{place}" for one in kinds] if place else []
        following = collective_successors(id_, on)
        if not following:
            return [id_]
    if depth > 9:
        return []
    return [answer for next_ in following for answer in _follow(next_, on, depth + 1)]
