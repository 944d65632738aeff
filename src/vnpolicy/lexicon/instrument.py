"""The register of instruments that notices cite by name, and what identifies an instrument.

Laws are cited by name and the year of passing ("Luật Đất đai 2024"), programmes and schemes by
the number of the decision that approved them ("Đề án 06") or by a shortened name ("Quy hoạch
điện VIII"). One name may stand for several laws in turn, and a number without a year for one
instrument a year (06/QĐ-TTg of 2022-01-06 and of 2025-01-02): every look-up gives all of them,
the reader of the notice decides by its date. Data: ``lexicon/data/instruments.csv``; names of
laws without more about them: ``lexicon/data/law_names.csv``.

>>> [one.id for one in instruments_named("Đề án 06")]
['quyet-dinh/06-qd-ttg@2022-01-06']
>>> [one.number for one in instruments_named("luật đất đai")]
['31/2024/QH15', '45/2013/QH13']
>>> identity("quyet-dinh", number="6/QĐ-TTg", issued_on=datetime.date(2022, 1, 6))
'quyet-dinh/06-qd-ttg@2022-01-06'
>>> identity("luat", name="Luật Giao dịch điện tử")
'luat/giao-dich-dien-tu'
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import regex

from vnpolicy.lexicon.table import rows, split
from vnpolicy.text import fold

_TYPE_WORDS = {
    "hien-phap": "hiến pháp",
    "bo-luat": "bộ luật",
    "luat": "luật",
    "phap-lenh": "pháp lệnh",
    "chuong-trinh": "chương trình",
    "chien-luoc": "chiến lược",
    "de-an": "đề án",
    "quy-hoach": "quy hoạch",
    "ke-hoach": "kế hoạch",
}
# A programme is cited with its period or without.
_PERIOD = regex.compile(r",? (?:giai đoạn|đến năm|thời kỳ|tầm nhìn|định hướng) .*$")
_WORD = regex.compile(r"[0-9a-z]+")
_SEQUENCE = regex.compile(r"^0*([0-9]+)")
_YEAR_INSIDE = regex.compile(r"^[0-9]+[a-zđ]?(?:\.[0-9]+)?/(?:19|20)[0-9]{2}(?:/|$)")


@dataclass(frozen=True, slots=True)
class Instrument:
    """One instrument; what is not known is None or empty."""

    name: str
    aliases: tuple[str, ...]
    type: str
    number: str | None
    issued_on: datetime.date | None
    year: int | None
    issuer: str | None
    effective_from: datetime.date | None
    source: str

    @property
    def id(self) -> str:
        """The stable identity, as references have it."""
        return identity(
            self.type, number=self.number, name=self.name, issued_on=self.issued_on, year=self.year
        )


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """``text`` in lower-case ASCII, words joined by ``-``.

    >>> slug("66.7/2025/NQ-CP"), slug("Luật Đất đai")
    ('66-7-2025-nq-cp', 'luat-dat-dai')
    """
    bare = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(char for char in bare if not unicodedata.combining(char))
    return "-".join(_WORD.findall(letters))


@lru_cache(maxsize=8192)
def identity(
    type: str,
    *,
    number: str | None = None,
    name: str | None = None,
    issued_on: datetime.date | None = None,
    year: int | None = None,
) -> str:
    """``<type>/<number or name slug>``, with ``@<date or year>`` where the number has no year.

    The sequence number counts, not its leading zeros.
    """
    if number:
        text = slug(_SEQUENCE.sub(lambda match: match[1].zfill(2), number))
        when = "" if _YEAR_INSIDE.match(number) else issued_on or year or ""
    else:
        text = slug(_bare_name(type, name or ""))
        when = year or (issued_on.year if issued_on else "")
    return f"{type}/{text}@{when}" if when else f"{type}/{text}"


def _bare_name(type: str, name: str) -> str:
    word = _TYPE_WORDS.get(type)
    if word and fold(name).startswith(f"{word} "):
        return name[len(word) + 1 :]
    return name


@cache
def instruments() -> tuple[Instrument, ...]:
    """Every entry, in the table's order."""
    return tuple(
        Instrument(
            name=row["name"],
            aliases=split(row["aliases"]),
            type=row["type"],
            number=row["number"] or None,
            issued_on=_day(row["issued_on"]),
            year=int(row["year"]) if row["year"] else None,
            issuer=row["issuer"] or None,
            effective_from=_day(row["effective_from"]),
            source=row["source"],
        )
        for row in rows("instruments", required=("name", "type"))
    )


def _day(cell: str) -> datetime.date | None:
    return datetime.date.fromisoformat(cell) if cell else None


@cache
def _named() -> Mapping[str, tuple[Instrument, ...]]:
    found: dict[str, list[Instrument]] = {}
    for one in instruments():
        short = without_period(one.name)
        for name in (one.name, short, *one.aliases):
            found.setdefault(fold(name), []).append(one)
    return {name: tuple(dict.fromkeys(ones)) for name, ones in found.items()}


def without_period(name: str) -> str:
    """``name`` without the years that it is for.

    >>> without_period("Chiến lược dữ liệu quốc gia đến năm 2030")
    'Chiến lược dữ liệu quốc gia'
    """
    bare: str = _PERIOD.sub("", name)
    return bare


def instruments_named(name: str) -> tuple[Instrument, ...]:
    """Every instrument with that name or alias, in any case or tone placement."""
    return _named().get(fold(name), ())


@cache
def register_names() -> frozenset[str]:
    """Every name and alias of the register, folded."""
    return frozenset(_named())


@cache
def _numbered() -> Mapping[str, tuple[Instrument, ...]]:
    found: dict[str, list[Instrument]] = {}
    for one in instruments():
        if one.number:
            found.setdefault(identity(one.type, number=one.number), []).append(one)
    return {key: tuple(ones) for key, ones in found.items()}


def instruments_numbered(type: str, number: str) -> tuple[Instrument, ...]:
    """Every instrument of that type with that number, whatever its date."""
    return _numbered().get(identity(type, number=number), ())


@cache
def law_names() -> Mapping[str, str]:
    """What follows "luật", "bộ luật", "pháp lệnh" in a law's name, folded, to the type's slug.

    Also the first part of a name that a comma splits, where it has three words or more ("chất
    lượng sản phẩm" of "Luật Chất lượng sản phẩm, hàng hóa").
    """
    found: dict[str, str] = {}
    for row in rows("law_names", required=("type", "name")):
        found.setdefault(fold(row["name"]), row["type"])
    for one in instruments():
        if one.type in ("luat", "bo-luat", "phap-lenh"):
            for name in (one.name, *one.aliases):
                bare = fold(_bare_name(one.type, name))
                if bare != fold(name):
                    found.setdefault(bare, one.type)
    for name, kind in list(found.items()):
        first, comma, _ = name.partition(",")
        if comma and first.count(" ") >= 2:
            found.setdefault(first, kind)
    return found
