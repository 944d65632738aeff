"""People's committees and councils of every tier: "UBND tỉnh Nghệ An", "HĐND, UBND các cấp".

A province that is named gives its own id, "tỉnh" alone the home province's; a list or a range of
provinces gives each; "các tỉnh, thành phố", "cấp xã", "các xã, phường" the class's. A committee
of one named district or commune is not in the register: text without an id. "UBND Thành phố" is
the home's where home is a centrally run city. Forms: Luật Tổ chức chính quyền địa phương, and
observed.
"""

from __future__ import annotations

import regex

from vnpolicy.extractors.assignee.member import province_members
from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.part import (
    above_at,
    antecedent,
    ends_clause,
    part_of_class,
    past_neutral,
    past_qualifiers,
)
from vnpolicy.extractors.assignee.pattern import (
    SEPARATOR,
    TIER,
    proper_name,
    proper_names,
    provinces_at,
)
from vnpolicy.lexicon.province import is_city

COUNCIL = ("hđnd", "hội đồng nhân dân")
COMMITTEE = ("ubnd", "ủy ban nhân dân", "ubnd.", "ubhc")
_JOIN = (", ", " và ", " - ", "-", "/", ", và ", " & ")
COMMITTEES = {
    **dict.fromkeys(COUNCIL, ("hdnd",)),
    **dict.fromkeys(COMMITTEE[:2], ("ubnd",)),
    **{f"{a}{j}{b}": ("hdnd", "ubnd") for a in COUNCIL for b in COMMITTEE[:2] for j in _JOIN},
    **{f"{b}{j}{a}": ("ubnd", "hdnd") for a in COUNCIL for b in COMMITTEE[:2] for j in _JOIN},
}
_TIERS = {
    **dict.fromkeys(("tỉnh", "thành phố", "tp", "tp.", "thành"), "cac-tinh"),
    **dict.fromkeys(("huyện", "quận", "thị xã"), "cap-huyen"),
    **dict.fromkeys(("xã", "phường", "thị trấn", "đặc khu"), "cap-xa"),
}
_LEVELS = {"tỉnh": "cac-tinh", "huyện": "cap-huyen", "xã": "cap-xa", "cơ sở": "cap-xa"}
_PLURAL = regex.compile(r" (?:các|những|từng|mỗi|[0-9]{1,4}|hai|ba|bốn|năm|sáu|bảy|một số)(?= )")
_ALL = regex.compile(r" (?:các cấp|ba cấp|hai cấp|02 cấp|3 cấp)(?![\p{L}\p{N}])")
_SAME = regex.compile(r" (?:cùng cấp|đồng cấp|cấp trên|cấp dưới|sở tại)(?![\p{L}\p{N}])")
_LEVEL = regex.compile(r"(?:cấp )?(tỉnh|huyện|xã|cơ sở)(?![\p{L}\p{N}])")
_LOCAL = regex.compile(r" (?:các )?địa phương(?![\p{L}\p{N}])")


def read_committee(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """A committee or a council, or both named together."""
    if page.low[max(0, start - 1) : start] == "/" and " " not in word:
        return []  # "01/QĐ/UBND"
    kinds = COMMITTEES[word]
    mention = BodyMention(start, end, kind="local", rule="committee")
    if (match := _SAME.match(page.low, end)) is not None:
        mention.end, mention.kind, mention.rule = match.end(), "deictic", "committee-same-tier"
    elif (match := _ALL.match(page.low, end)) is not None:
        _is_class(mention, kinds, ("cac-tinh", "cap-huyen", "cap-xa"), match.end())
    elif page.low.startswith(" cấp ", end):
        _levels(page, mention, kinds, end)
    elif (match := _LOCAL.match(page.low, end)) is not None:
        mention.end, mention.kind, mention.rule = match.end(), "collective", "committee-class"
        mention.agency_ids = ("cac-dia-phuong",)
    else:
        plural = _PLURAL.match(page.low, end)
        if plural or page.low[end : end + 1] in (" ", ":"):
            _tier(page, mention, kinds, (plural.end() if plural else end) + 1, plural is not None)
        elif page.home and not page.shouts(start, end):
            mention.agency_ids = _ids(kinds, [page.home])
    return [mention]


def _ids(kinds: tuple[str, ...], slugs: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{kind}-{slug}" for kind in kinds for slug in slugs))


def _is_class(
    mention: BodyMention, kinds: tuple[str, ...], tiers: tuple[str, ...], end: int
) -> None:
    mention.agency_ids, mention.end = _ids(kinds, list(tiers)), end
    mention.kind, mention.rule = "collective", "committee-class"


def _levels(page: Page, mention: BodyMention, kinds: tuple[str, ...], end: int) -> None:
    """ "cấp tỉnh", "cấp huyện, cấp xã", "cấp tỉnh, xã"."""
    tiers: list[str] = []
    offset = end + 1
    while (match := _LEVEL.match(page.low, offset)) is not None:
        tiers.append(_LEVELS[match[1]])
        end = match.end()
        parted = SEPARATOR.match(page.low, end)
        if parted is None:
            break
        offset = parted.end()
    if tiers:
        _is_class(mention, kinds, tuple(dict.fromkeys(tiers)), end)
        _modify(page, mention)


def _tier(page: Page, mention: BodyMention, kinds: tuple[str, ...], at: int, plural: bool) -> None:
    """What stands after the committee's word: tiers, and whose they are."""
    nouns, end = _nouns(page, at)
    if not nouns:
        _bare(page, mention, kinds, at, plural)
    elif plural or len(nouns) > 1:
        _many(page, mention, kinds, nouns, end)
    else:
        _one(page, mention, kinds, at, nouns[0], end)


def _nouns(page: Page, offset: int) -> tuple[list[str], int]:
    nouns: list[str] = []
    end = offset
    while (match := TIER.match(page.low, offset)) is not None:
        nouns.append(match.group())
        end = match.end()
        if nouns[-1] == "đặc khu":  # "các xã, phường, đặc khu Cồn Cỏ": all there are
            end = proper_name(page, end)
        parted = SEPARATOR.match(page.low, end)
        if parted is None or TIER.match(page.low, parted.end()) is None:
            break
        offset = parted.end()
    return nouns, end


def _bare(page: Page, mention: BodyMention, kinds: tuple[str, ...], at: int, plural: bool) -> None:
    """No tier: "UBND Nghệ An", "UBND TPHCM", or the home's own."""
    slugs, end = provinces_at(page, at)
    if slugs:
        _named(page, mention, kinds, slugs, end)
    elif page.home and not plural and ends_clause(page, mention.end):
        mention.agency_ids = _ids(kinds, [page.home])


def _many(
    page: Page, mention: BodyMention, kinds: tuple[str, ...], nouns: list[str], end: int
) -> None:
    mention.end = end
    tiers = list(dict.fromkeys(_TIERS[noun] for noun in nouns))
    if "cap-huyen" in tiers and "cac-tinh" in tiers and "tỉnh" not in nouns:
        tiers.remove("cac-tinh")
    if tiers == ["cac-tinh"]:
        ids, listed = province_members(page, _past_central(page, end))
        if listed > _past_central(page, end):
            mention.end, mention.kind, mention.rule = listed, "list", "committee-list"
            slugs = [id_.removeprefix("ubnd-") for id_ in ids]
            mention.agency_ids = _ids(kinds, slugs)
            if slugs:
                page.lists.append(mention.agency_ids)
            return
    elif _communes(page, mention):
        return
    _is_class(mention, kinds, tuple(tiers), end)
    _modify(page, mention)


def _past_central(page: Page, end: int) -> int:
    for text in (" trực thuộc trung ương", " trực thuộc tw"):
        if page.low.startswith(text + ":", end):
            return end + len(text)
    return end


def _communes(page: Page, mention: BodyMention) -> bool:
    """ "các xã: Tân Lập, Hòa Sơn": named one by one, none of them in the register."""
    colon = page.low.startswith(":", mention.end)
    end = proper_names(page, mention.end + colon)
    if end == mention.end + colon or (colon and not ends_clause(page, end)):
        return False  # "các xã, phường: Phối hợp ..." begins a clause
    mention.end, mention.kind, mention.rule = end, "list", "committee-communes"
    return True


def _one(
    page: Page, mention: BodyMention, kinds: tuple[str, ...], at: int, noun: str, end: int
) -> None:
    if noun in ("tỉnh", "thành phố", "tp", "tp."):
        slugs, listed = provinces_at(page, at)
        if slugs and (noun == "tỉnh" or len(slugs) > 1 or is_city(slugs[0], page.anchor)):
            _named(page, mention, kinds, slugs, listed)
            return
    named = proper_name(page, end)
    if named == end and page.low.startswith(" trực thuộc trung ương", end):
        _is_class(mention, kinds, ("cac-tinh",), end + len(" trực thuộc trung ương"))
        return
    mention.end = named
    if named > end:
        mention.rule = "committee-named"  # a district, a town, a commune
    elif noun == "tỉnh" or (noun in ("thành phố", "tp", "tp.") and page.is_city):
        if page.home and (noun != "tỉnh" or not page.is_city):
            mention.agency_ids = _ids(kinds, [page.home])
    elif noun in ("xã", "phường", "đặc khu", "thị trấn", "huyện"):
        _is_class(mention, kinds, (_TIERS[noun],), end)
        _modify(page, mention)


def _named(
    page: Page, mention: BodyMention, kinds: tuple[str, ...], slugs: list[str], end: int
) -> None:
    mention.agency_ids, mention.end = _ids(kinds, slugs), end
    if len(slugs) > 1:
        mention.kind, mention.rule = "list", "committee-list"
        page.lists.append(mention.agency_ids)


def _modify(page: Page, mention: BodyMention) -> None:
    """ "trực thuộc Trung ương", "nêu trên", "ven biển từ A đến B", "có cụm công nghiệp"."""
    past_neutral(page, mention)
    above = above_at(page, mention.end)
    if above > mention.end:
        first = mention.agency_ids[0]
        ids = antecedent(page, first.split("-")[0] + "-") if "cac-tinh" in first else ()
        mention.end, mention.kind, mention.rule = above, "deictic", "committee-above"
        mention.agency_ids = ids
        return
    end = past_qualifiers(page, mention.end, "địa phương")
    if end == mention.end:
        part_of_class(page, mention, "committee-part")
        return
    ids_, listed = province_members(page, end)
    mention.end, mention.agency_ids, mention.rule = end, (), "committee-part"
    if listed > end:
        mention.end, mention.kind, mention.rule = listed, "list", "committee-list"
        mention.agency_ids = tuple(ids_)
