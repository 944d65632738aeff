"""Members of a class named one by one, under one head noun.

"các Bộ: Tư pháp, Kế hoạch và Đầu tư, Y tế": the names hold commas and "và" of their
own, so the longest known name is taken at each place. "các Sở: ..." are the home province's.
"các tỉnh A, B và C", "các tỉnh, thành phố từ A đến B" give People's Committees; a range is read
along the coast by the register of the document's day, and not read where an end lies inland.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.pattern import (
    SEPARATOR,
    ministry_tail,
    ministry_tails,
    proper_names,
    province_at,
    provinces_at,
    whole,
)
from vnpolicy.lexicon.department import departments
from vnpolicy.lexicon.province import coast

PROVINCIAL = frozenset(["tỉnh", "thành phố", "tỉnh thành", "thành", "địa phương"])
_TIERS = frozenset(["tỉnh", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu"])
_LEAD = regex.compile(r" ?(?::| như:?| gồm:?| bao gồm:?)? (?:các )?")
_RANGE = regex.compile(r",? (?:ven biển )?từ ")
_TO = regex.compile(r" (?:đến|tới) ")


def members(page: Page, mention: BodyMention, nouns: list[str]) -> bool:
    """Take in the members that are named one by one; whether there are any."""
    lead = _LEAD.match(page.low, mention.end)
    if lead is None:
        return False
    ids: list[str] = []
    end = begin = lead.end()
    if "bộ" in nouns or nouns[0] in ("ngành", "cơ quan"):
        ids, end = tails(page, begin, ministry_tails(), ministry_tail())
    elif "sở" in nouns:
        ids, end = department_tails(page, begin)
    rule = "class-members"
    if end == begin and PROVINCIAL & set(nouns):
        begin, rule = mention.end, "class-provinces"
        ids, end = province_members(page, begin)
    if end == begin and nouns[-1] in _TIERS and page.low[mention.end] == " ":
        begin, rule = mention.end, "class-communes"  # none of them in the register
        end = proper_names(page, begin)
    if end == begin:
        return False
    mention.agency_ids, mention.end = tuple(dict.fromkeys(ids)), end
    mention.kind, mention.rule = "list", rule
    if ids:
        page.places.append(mention.agency_ids)
    return True


def tails(
    page: Page, offset: int, names: dict[str, str], pattern: re.Pattern[str]
) -> tuple[list[str], int]:
    """The members of a list that share one head noun, cut at their own commas and "và"."""
    ids: list[str] = []
    end = offset
    while (match := pattern.match(page.low, offset)) is not None:
        if not page.is_capital(offset):
            break
        ids.append(names[match.group()])
        end = match.end()
        parted = SEPARATOR.match(page.low, end)
        if parted is None:
            break
        offset = parted.end()
    return ids, end


@cache
def _department_tails() -> dict[str, str]:
    return {name[3:]: id_ for name, id_ in departments().items()}


@cache
def _department_tail() -> re.Pattern[str]:
    return whole(_department_tails())


def department_tails(page: Page, offset: int) -> tuple[list[str], int]:
    """ "các Sở: Công Thương, Xây dựng": ids with the home province's slug, none without a home."""
    ids, end = tails(page, offset, _department_tails(), _department_tail())
    return [f"{id_}-{page.home}" for id_ in ids] if page.home else [], end


def province_members(page: Page, offset: int) -> tuple[list[str], int]:
    """ " A, B và C", ": A, B" or " từ A đến B" after a provincial noun, as committees' ids."""
    reach = _RANGE.match(page.low, offset)
    if reach is not None:
        among, end = province_range(page, reach.end())
        return [f"ubnd-{slug}" for slug in among], end if end > reach.end() else offset
    lead = _LEAD.match(page.low, offset)
    if lead is None:
        return [], offset
    slugs, end = provinces_at(page, lead.end())
    return [f"ubnd-{slug}" for slug in slugs], end if slugs else offset


def province_range(page: Page, offset: int) -> tuple[tuple[str, ...], int]:
    """The provinces along the coast of "A đến B", by the register of the document's day."""
    first = province_at(page, offset)
    to = _TO.match(page.low, first[1]) if first else None
    last = province_at(page, to.end()) if to else None
    if first is None or last is None:
        return (), offset
    if page.anchor is None:
        return (), last[1]
    return coast(first[0], last[0], on=page.anchor), last[1]
