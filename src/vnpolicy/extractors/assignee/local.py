"""Bodies of a province: departments, Party committees, and the province itself as one told to act.

"Sở Công Thương tỉnh Lào Cai" is that province's, "Sở Công Thương" the home province's; without a
home it is text only. "tỉnh Đắk Lắk", "Thành phố" (where home is a city), "các tỉnh A và B" stand
for the People's Committees. Not read: a town of a province ("thành phố Vinh"), "tỉnh" in small
letters with no name.
"""

from __future__ import annotations

import regex

from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.pattern import proper_name, province_at, provinces_at
from vnpolicy.extractors.assignee.place import governing
from vnpolicy.extractors.assignee.sector import told
from vnpolicy.lexicon.body import cues
from vnpolicy.lexicon.department import departments
from vnpolicy.lexicon.province import is_city

PARTY = ("tỉnh ủy", "thành ủy", "tỉnh, thành ủy", "tỉnh ủy, thành ủy")
PLACES = ("tỉnh", "thành phố", "tp", "tp.")
_OF_PLACE = regex.compile(r",? (?:của )?(?=(?:tỉnh|thành phố|tp\.?) ?\p{L})|(?= tp\.? ?hcm)")
_TIER = regex.compile(r",? (?:của )?(?:tỉnh|thành phố|tp)(?![\p{L}\p{N}]|\.)")
_PARTY_AND = regex.compile(r", (?=chính quyền (?:tỉnh|thành phố)(?![\p{L}\p{N}]))")
_RULE_CLASS = regex.compile(r" (các cấp|cấp tỉnh|cấp huyện|cấp xã|cơ sở)(?![\p{L}\p{N}])")
_RULED = {
    "các cấp": ("ubnd-cac-tinh", "ubnd-cap-huyen", "ubnd-cap-xa"),
    "cấp tỉnh": ("ubnd-cac-tinh",),
    "cấp huyện": ("ubnd-cap-huyen",),
    "cấp xã": ("ubnd-cap-xa",),
    "cơ sở": ("ubnd-cap-xa",),
}
_RULE = regex.compile(r" (?:tỉnh|thành phố|tp\.?)(?![\p{L}\p{N}])")


def read_department(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """A department known by name: home's, or of the province named after it."""
    if not page.is_capital(start) and not _is_written_small(page, start):
        return []
    mention = BodyMention(start, end, kind="local", rule="department")
    if _of_all(page, mention):
        return [mention]
    slug = _of_place(page, mention) or page.home
    if slug:
        mention.agency_ids = (f"{departments()[word]}-{slug}",)
    return [mention]


def _of_all(page: Page, mention: BodyMention) -> bool:
    """ "Sở Công Thương các tỉnh, thành phố": the same department everywhere, a class without id."""
    if not page.low.startswith(" các tỉnh", mention.end):
        return False
    everywhere = page.read(page, mention.end + 1)
    if everywhere:
        mention.end, mention.kind = everywhere[0].end, "collective"
        mention.rule = "department-class"
    return bool(everywhere)


def _is_written_small(page: Page, start: int) -> bool:
    """ "sở Y tế", but not the end of "cơ sở Y tế"."""
    return page.is_capital(start + 3) and page.low[max(0, start - 4) : start] not in ("cơ ", " cơ ")


def _of_place(page: Page, mention: BodyMention) -> str | None:
    """The province named directly after, taken into the mention; "tỉnh" alone is home."""
    lead = _OF_PLACE.match(page.low, mention.end)
    place = province_at(page, lead.end()) if lead else None
    if place is not None:
        mention.end = place[1]
        return place[0]
    if (tier := _TIER.match(page.low, mention.end)) is not None:
        if page.low[mention.end] == " " and proper_name(page, tier.end()) == tier.end():
            mention.end = tier.end()
    elif page.low.startswith(" ", mention.end):
        bare = province_at(page, mention.end + 1)
        mention.end = bare[1] if bare else mention.end
        return bare[0] if bare else None
    return None


def read_party(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "Tỉnh ủy", "Thành ủy Huế"; both together, or "các tỉnh ủy", are the class."""
    if "," in word or page.low.startswith(", thành ủy", end):
        end = max(end, page.low.find("thành ủy", start) + len("thành ủy"))
        return [BodyMention(start, end, ("tinh-uy-thanh-uy",), kind="collective", rule="party")]
    if not page.is_capital(start):
        return []
    mention = BodyMention(start, end, kind="local", rule="party")
    place = province_at(page, end + 1)
    if place is not None:
        mention.end, mention.agency_ids = place[1], (f"tinh-uy-{place[0]}",)
    elif (named := proper_name(page, end)) > end and not page.shouts(start, end):
        if page.kind_at(page, end + 1) is None:
            mention.end = named  # a town's Party committee
    elif page.home and (word == "thành ủy") == page.is_city:
        mention.agency_ids = (f"tinh-uy-{page.home}",)
    return [mention]


def read_city(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "giao Hà Nội", "Riêng Hải Phòng và Đà Nẵng": a name alone, but told to act."""
    if not page.is_capital(start):
        return []
    cue = governing(page, start)
    if cue is None or (cues()[cue] not in ("order", "support") and not cue.startswith("riêng")):
        return []
    slugs, listed = provinces_at(page, start, headed=False)
    ids = tuple(f"ubnd-{slug}" for slug in slugs)
    if not ids or proper_name(page, listed) > listed:
        return []
    kind = "list" if len(ids) > 1 else "local"
    return [BodyMention(start, listed, ids, kind=kind, rule="place-told")]


def read_place(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "tỉnh Đắk Lắk", "thành phố Hà Nội, Hải Phòng"; "Tỉnh", "Thành phố" where home is known."""
    slugs, listed = provinces_at(page, start, headed=False)
    if slugs:
        if word != "tỉnh" and len(slugs) == 1 and not is_city(slugs[0], page.anchor):
            return []
        ids = tuple(f"ubnd-{slug}" for slug in slugs)
        kind = "list" if len(slugs) > 1 else "local"
        return [BodyMention(start, listed, ids, kind=kind, rule="place")]
    if not page.is_capital(start) or page.shouts(start, end + 4) or page.home is None:
        return []
    return bare_place(page, start, end, word)


def bare_place(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "Tỉnh" or "Thành phố" for the home province."""
    if page.home is None or (word == "tỉnh") == page.is_city:
        return []
    if proper_name(page, end) > end:
        return []
    return [BodyMention(start, end, (f"ubnd-{page.home}",), kind="local", rule="place-home")]


def read_rule(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "chính quyền Thành phố", "chính quyền tỉnh Lào Cai", "Cấp ủy, chính quyền tỉnh"."""
    if word == "cấp ủy":
        return _party_beside(page, start, end)
    if (tier := _RULE_CLASS.match(page.low, end)) is not None:
        ids = _RULED[tier[1]]
        return [BodyMention(start, tier.end(), ids, kind="collective", rule="rule-class")]
    mention = BodyMention(start, end, kind="local", rule="rule-of-place")
    match = _RULE.match(page.low, end)
    if match is None:
        return []
    place = province_at(page, end + 1)
    mention.end = place[1] if place else match.end()
    slug = place[0] if place else None
    if slug is None and (page.low[end + 1 : match.end()] == "tỉnh") != page.is_city:
        slug = page.home
    if slug:
        mention.agency_ids = (f"ubnd-{slug}",)
    return [mention]


def _party_beside(page: Page, start: int, end: int) -> list[BodyMention]:
    if _PARTY_AND.match(page.low, end) is None:
        if not told(page, start):
            return []
        return [BodyMention(start, end, kind="collective", rule="party-class")]
    ids = (f"tinh-uy-{page.home}",) if page.home else ()
    return [BodyMention(start, end, ids, kind="local", rule="party-beside")]
