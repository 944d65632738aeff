"""Bodies of the register by name, alias or short form.

A short form is met letter for letter ("NHNN", not "nhnn"), a name with its capital. A place
after a body that has branches ("Bảo hiểm xã hội Việt Nam tỉnh", "Cục Thống kê thành phố Huế")
makes it a branch, which has no id; a country after a ministry makes it another state's. Before
its first day a name is another body's ("Cục Thuế" of a province, until 2025-02-28): no id. "3 bộ
Công an, Quốc phòng, TT&TT" is one mention with each id.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from vnpolicy.extractors.assignee.member import tails
from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.pattern import (
    ministry_tail,
    ministry_tails,
    proper_name,
    province_at,
    whole,
)
from vnpolicy.lexicon.agency import agencies, agency_names, short_forms
from vnpolicy.lexicon.body import words

_BRANCHED = frozenset(
    ["mass_org", "unit", "court", "government_agency", "soe", "assembly", "ministerial_agency"]
)
_WHOLE = frozenset(["quoc-hoi", "chu-tich-nuoc", "uy-ban-thuong-vu-quoc-hoi"])
_STATE = frozenset(["ministry", "ministerial_agency", "assembly"])
_BRANCH = regex.compile(
    r" (?:chi nhánh|khu vực|các cấp|cấp (?:tỉnh|huyện|xã)"
    r"|(?:các )?(?:tỉnh, thành phố|tỉnh|thành phố|tp\.?|huyện|quận|xã|phường))(?![\p{L}\p{N}])"
)
_NOT_MINISTRY = ("cán ", "oàn ", "ội ", "ờng ", "iến ", "ồng ", "rộn ")
_HEADS = ("ban chỉ đạo", "ủy ban", "hội đồng", "tổ công tác", "tập đoàn", "tổng công ty")


@cache
def _country() -> re.Pattern[str]:
    return whole(words("country"), " ")


def read_register(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """A body of the register."""
    id_ = agency_names()[word]
    forms = short_forms().get(word)
    if forms is not None:
        if page.flat[start:end] not in forms or page.low[max(0, start - 1) : start] == "/":
            return []
    elif not page.is_capital(start):
        return _small(page, start, end)
    agency = agencies()[id_]
    if agency.kind in _STATE and page.is_capital(end + 1) and _country().match(page.low, end):
        return []
    mention = BodyMention(start, end, (id_,), kind="agency", rule="register")
    if agency.kind in _BRANCHED and id_ not in _WHOLE:
        _branch(page, mention)
    if page.anchor and agency.valid_from and page.anchor < agency.valid_from:
        mention.agency_ids, mention.kind, mention.rule = (), "unknown", "register-before"
    elif agency.kind == "ministry" and _counted(page, start):
        return [_list(page, mention)]
    _remember(page, mention, word)
    return [mention]


def _branch(page: Page, mention: BodyMention) -> None:
    match = _BRANCH.match(page.low, mention.end)
    place = province_at(page, mention.end + 1) if page.is_capital(mention.end + 1) else None
    if match is not None or place is not None:  # "... tỉnh Cà Mau", "VNPT Cà Mau"
        mention.end = proper_name(page, match.end()) if match else mention.end
        mention.end = place[1] if place else mention.end
        mention.agency_ids, mention.kind, mention.rule = (), "unknown", "register-branch"


def _small(page: Page, start: int, end: int) -> list[BodyMention]:
    """ "bộ Công an", "2 bộ Tài chính, Xây dựng": the tail has its capital."""
    if not page.low.startswith("bộ ", start) or not page.is_capital(start + 3):
        return []
    if page.low[max(0, start - 4) : start].endswith(_NOT_MINISTRY):
        return []
    return [_list(page, BodyMention(start, end, kind="agency", rule="register"))]


def _counted(page: Page, start: int) -> bool:
    return start > 1 and page.low[start - 2].isdigit() and page.low[start - 1] == " "


def _list(page: Page, mention: BodyMention) -> BodyMention:
    ids, end = tails(page, mention.start + 3, ministry_tails(), ministry_tail())
    if ids:
        mention.agency_ids, mention.end = tuple(dict.fromkeys(ids)), end
    if len(ids) > 1:
        mention.kind, mention.rule = "list", "register-list"
        page.lists.append(mention.agency_ids)
    return mention


def _remember(page: Page, mention: BodyMention, word: str) -> None:
    """What a bare "Ban Chỉ đạo" may stand for later."""
    for head in _HEADS:
        if word.startswith(head):
            page.named.setdefault(head, set()).add(mention.agency_ids or ("", word))
