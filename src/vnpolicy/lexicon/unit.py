"""What may stand after a number: measures, currencies, and the nouns that notices count.

Measures (``units.csv``) have a code: ``%``, ISO 4217, UCUM, or the Vietnamese word where no code
says the same (points, spans of time). Counted nouns (``counted_nouns.csv``) stand for themselves,
in their shortest form: "53 dịch vụ công thiết yếu" counts ``dịch vụ công``. Bodies that are
listed under one number have a common peer group: "18 bộ, ngành", "5 xã, phường". Phrases of the
group ``none`` open like a unit and are none: "đồng thời", "ban hành"; before one of the group
``name`` the number is part of a name: "220 kV", "02 cấp", "6 rõ".

>>> match_unit("18 bộ, ngành đã kết nối", 2)
('bộ, ngành', 12)
>>> match_unit("2025 đồng thời", 4) is None
True
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

import regex

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows, split
from vnpolicy.match import alternation

NONE = "none"
NAME = "name"
COUNT = "count"
_NO_SPACE = frozenset("%‰₫€²³")  # what may follow these is free: "100%TTHC"
_PEER_MARK = r"(?:, ?| và |/|-)"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its ``code``, its ``kind`` (percent, money, length, ..., ``count`` for a noun,
    ``none`` for a false friend, ``name``), the ``factor`` to the code's own size, for a noun its
    ``group`` (person, place, work, ...) and the peer groups that it is listed with."""

    code: str
    kind: str
    factor: Decimal = Decimal(1)
    group: str | None = None
    peers: tuple[str, ...] = ()


@cache
def units() -> dict[str, Unit]:
    """Every form that may follow a number, folded, with what it means."""
    table: dict[str, Unit] = {}
    for row in rows("units", required=("forms", "unit", "kind", "factor")):
        unit = Unit(row["unit"], row["kind"], Decimal(row["factor"]))
        for form in split(row["forms"]):
            _add(table, form, unit)
    for row in rows("counted_nouns", required=("noun", "class")):
        group = row["class"]
        kind = group if group in (NONE, NAME) else COUNT
        peers = tuple(row["peers"].split())
        _add(table, row["noun"], Unit(row["noun"], kind, group=group, peers=peers))
    return table


def _add(table: dict[str, Unit], form: str, unit: Unit) -> None:
    if form in table:
        raise LexiconError(f"the unit {form!r} is listed twice")
    table[form] = unit


@cache
def unit_pattern() -> regex.Pattern[str]:
    """The longest unit at a place: at most one space, then a whole form (group 1)."""
    marks = "".join(sorted(_NO_SPACE))
    return regex.compile(rf" ?({alternation(units())})(?:(?<=[{marks}])|(?![\p{{L}}\p{{N}}]))")


@cache
def peers_pattern() -> regex.Pattern[str]:
    """Two or more nouns of one peer group: "tỉnh, thành phố"."""
    groups: dict[str, list[str]] = {}
    for form, unit in units().items():
        for peer in unit.peers:
            groups.setdefault(peer, []).append(form)
    lists = []
    for forms in groups.values():
        noun = rf"{alternation(forms)}(?![\p{{L}}\p{{N}}])"
        lists.append(rf"{noun}(?:{_PEER_MARK}{noun})+")
    return regex.compile(f" ?({'|'.join(lists)})")


def match_unit(low: str, at: int) -> tuple[str, int] | None:
    """The folded unit that begins at ``at`` (a space allowed before it) and where it ends.

    None where there is no known unit, or a phrase that only looks like one.
    """
    found = unit_pattern().match(low, at)
    if found is None:
        return None
    form: str = found.group(1)
    unit = units()[form]
    if unit.kind == NONE:
        return None
    if unit.peers:
        several = peers_pattern().match(low, at)
        if several is not None and several.end() > found.end():
            return several.group(1), several.end()
    return form, found.end()


def unit_of(form: str) -> Unit:
    """The unit that a folded form of :func:`match_unit` stands for; a list counts as itself."""
    known = units().get(form)
    if known is not None:
        return known
    head = units()[regex.split(_PEER_MARK, form)[0]]
    return Unit(form, COUNT, group=head.group)
