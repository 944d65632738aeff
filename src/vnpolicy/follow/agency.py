"""Who answers for a task today: agencies as groups, and as what a person asks for.

A task stands under the agency that leads it; where that has ended, under who answers for it now
(``lexicon.agency.current``: of the register's date), and where nothing is known of that, under
itself. A body that the register does not know stands under its own words. A class ("các bộ,
ngành") is a group of its own, never its members: nobody in particular is told.

:func:`wanted` takes what a person writes for an agency:

>>> wanted("Bộ KH&ĐT"), wanted("sở y tế cần thơ"), wanted("UBND tỉnh Lào Cai")
(Wanted(id='bo-ke-hoach-va-dau-tu'), Wanted(id='so-y-te-can-tho'), Wanted(id='ubnd-lao-cai'))
>>> wanted("Sở Y tế"), wanted("Hội đồng tuyển dụng")
(Wanted(kind='so-y-te', words='sở y tế'), Wanted(words='hội đồng tuyển dụng'))
>>> wanted("Bộ trưởng Bộ Y tế")
Wanted(id='bo-y-te')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from vnpolicy.lexicon.agency import LOCAL_KINDS, agencies, by_name, current, local_parts
from vnpolicy.lexicon.collective import collectives
from vnpolicy.lexicon.department import departments
from vnpolicy.lexicon.province import is_city, province_by_name, provinces
from vnpolicy.lexicon.table import rows
from vnpolicy.models.work_item import Party
from vnpolicy.text import fold

_CLASSES = {
    "cac-bo": "Các bộ",
    "cac-bo-nganh": "Các bộ, ngành",
    "cac-co-quan": "Các cơ quan",
    "cac-co-quan-ngang-bo": "Các cơ quan ngang bộ",
    "cac-co-quan-thuoc-chinh-phu": "Các cơ quan thuộc Chính phủ",
    "cac-dia-phuong": "Các địa phương",
    "cac-doanh-nghiep": "Các doanh nghiệp",
    "cac-so-nganh": "Các sở, ngành",
    "cac-tap-doan-tong-cong-ty": "Các tập đoàn, tổng công ty",
    "hdnd-cac-tinh": "HĐND các tỉnh, thành phố",
    "hdnd-cap-huyen": "HĐND cấp huyện",
    "hdnd-cap-xa": "HĐND cấp xã",
    "ubnd-cac-tinh": "UBND các tỉnh, thành phố",
    "ubnd-cap-huyen": "UBND cấp huyện",
    "ubnd-cap-xa": "UBND cấp xã",
}
_LOCAL = {"ubnd": "UBND", "hdnd": "HĐND"}
_BODY = {
    "ubnd": "ubnd",
    "ủy ban nhân dân": "ubnd",
    "hđnd": "hdnd",
    "hội đồng nhân dân": "hdnd",
    "tỉnh ủy": "tinh-uy",
    "thành ủy": "tinh-uy",
}
_UNIT = re.compile(r"(?:tỉnh|thành phố|tp\.?)\s+")
_SPACE = re.compile(r"\s+")
_OFFICE = re.compile(r"(?:bộ trưởng|giám đốc|chủ tịch|chủ nhiệm|thủ trưởng)\s+")
_OF_MANY = re.compile(
    r"(?:(?:bộ trưởng|giám đốc|chủ tịch|thủ trưởng|lãnh đạo|người đứng đầu|trưởng)\s+)?"
    r"(?:các|những|mọi|từng|mỗi|toàn thể|tất cả)\s"
)


@dataclass(frozen=True, slots=True)
class Group:
    """What tasks stand under; ``key`` tells two of the same title apart."""

    key: str
    title: str


@dataclass(frozen=True, slots=True, repr=False)
class Wanted:
    """An agency asked for: by its id; as a kind of department, in any province and where the
    province is not known; or by its words alone."""

    id: str | None = None
    kind: str | None = None
    words: str | None = None

    def __repr__(self) -> str:
        given = ((name, getattr(self, name)) for name in ("id", "kind", "words"))
        return f"Wanted({', '.join(f'{name}={value!r}' for name, value in given if value)})"

    def is_met(self, party: Party) -> bool:
        """Whether the party is it, or was what it is today."""
        ids = (*party.agency_ids, *party.current_agency_ids)
        if self.id is not None:
            return self.id in ids
        if self.kind is not None and any(local_parts(id_)[0] == self.kind for id_ in ids):
            return True
        return _low(party.name) == self.words


def wanted(name: str) -> Wanted:
    """What the id, name, alias or abbreviation stands for; words that are known to nobody are
    looked for as they are."""
    id_, low = name.strip(), _low(name)
    if id_ in agencies() or id_ in classes() or local_parts(id_)[1] is not None:
        return Wanted(id=id_)
    known = by_name(low) or _local(low)
    if known is not None:
        return Wanted(id=known)
    kind = departments().get(low) or (id_ if id_ in _departments() else None)
    if kind is None and (office := _OFFICE.match(low)) is not None:
        body = wanted(low[office.end() :])
        return body if body.id or body.kind else Wanted(words=low)
    return Wanted(kind=kind, words=low)


def groups(party: Party) -> Iterator[Group]:
    """The groups that the party's tasks stand under, at least one."""
    if not party.agency_ids:
        yield Group(key=f"~{_low(party.name)}", title=party.name)
    for id_ in party.agency_ids:
        for answering in current((id_,)) or (id_,):
            yield Group(key=answering, title=title(answering) or party.name)


def shown(party: Party) -> str:
    """The party as written, and who it is now: ``Bộ Giao thông vận tải (nay: Bộ Xây dựng)``."""
    now = [id_ for id_ in party.current_agency_ids if id_ not in party.agency_ids]
    named = [name for name in map(title, now) if name]
    return f"{party.name} (nay: {'; '.join(named)})" if named else party.name


def title(id_: str) -> str | None:
    """The name of an id; None where none is known.

    >>> title("bo-y-te"), title("so-y-te-can-tho"), title("ubnd-lao-cai"), title("cac-bo")
    ('Bộ Y tế', 'Sở Y tế Cần Thơ', 'UBND tỉnh Lào Cai', 'Các bộ')
    """
    if id_ in agencies():
        return agencies()[id_].name
    kind, province = local_parts(id_)
    if province is None:
        return _CLASSES.get(id_) or _departments().get(id_)
    place = _provinces()[province]
    city = is_city(province, None)
    if kind == "tinh-uy":
        return f"{'Thành ủy' if city else 'Tỉnh ủy'} {place}"
    if kind in _LOCAL:
        return f"{_LOCAL[kind]} {'thành phố' if city else 'tỉnh'} {place}"
    return f"{_departments()[kind]} {place}" if kind in _departments() else None


def is_class(party: Party) -> bool:
    """Whether the words name a class, so that nobody in particular answers.

    >>> is_class(Party(name="Các bộ, ngành", agency_ids=["cac-bo-nganh"]))
    True
    >>> is_class(Party(name="Thủ trưởng các đơn vị")), is_class(Party(name="Cục Thuế"))
    (True, False)
    >>> is_class(Party(name="UBND các xã: Tân Lập, Yên Hòa")), is_class(Party(name="chủ đầu tư"))
    (False, True)
    """
    if party.agency_ids:
        return all(id_ in classes() for id_ in party.agency_ids)
    low = _low(party.name)
    noun = collectives().get(low)
    if ":" in low:  # then they are named
        return False
    return _OF_MANY.match(low) is not None or (noun is not None and noun.bare)


@cache
def classes() -> frozenset[str]:
    """The ids of classes."""
    return frozenset(_CLASSES) | {one.id for one in collectives().values() if one.id}


def _local(low: str) -> str | None:
    """The id of a province's own body: ``ubnd tỉnh lào cai``, ``sở y tế tp. cần thơ``."""
    bodies: Mapping[str, str] = {**departments(), **_BODY}
    words = low.split(" ")
    for at in range(len(words) - 1, 0, -1):
        kind = bodies.get(" ".join(words[:at]))
        province = province_by_name(_UNIT.sub("", " ".join(words[at:]), count=1))
        if kind and province and f"{kind}-".startswith(LOCAL_KINDS):
            return f"{kind}-{province}"
    return None


@cache
def _departments() -> Mapping[str, str]:
    return {row["id"]: f"Sở {row['name']}" for row in rows("departments", required=("id", "name"))}


@cache
def _provinces() -> Mapping[str, str]:
    return {one.slug: one.name for one in provinces()}


def _low(name: str) -> str:
    return _SPACE.sub(" ", fold(name)).strip()
