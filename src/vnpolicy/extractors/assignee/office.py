"""Office holders and persons: "Bộ trưởng Bộ Y tế", "Chủ tịch UBND các cấp", "Phó Thủ tướng X".

The office word is part of the mention and its value ``office``; the ids are the body's. "Bộ
trưởng" before "Thủ trưởng cơ quan ngang bộ" stands for the ministries, with "trưởng ngành" for
ministries and sectors. A Deputy Prime Minister is a person and has no id; a name after an office
makes a person. "đồng chí Nguyễn Văn A, Giám đốc Sở X" is one mention. Not read: "lãnh đạo" as a
verb ("tập trung lãnh đạo"), an office without a body, but "Bí thư" inside a list.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from vnpolicy.extractors.assignee.collective import read_nouns
from vnpolicy.extractors.assignee.local import PLACES, bare_place, read_place
from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.pattern import (
    TIER,
    ministry_tail,
    ministry_tails,
    personal_name,
    whole,
)
from vnpolicy.lexicon.body import words

PREFIXES = ("", "các ", "đồng chí ", "các đồng chí ", "đ/c ", "các đ/c ", "những ")
# Offices whose last words begin the body's name: "Chánh Văn phòng UBND tỉnh".
_INSIDE = {"văn phòng": 9, "ban": 3, "phòng": 5, "công an": 7, "đoàn": 4, "thanh tra": 9}
_SPECIAL = {
    "tổng thanh tra chính phủ": "thanh-tra-chinh-phu",
    "tổng kiểm toán nhà nước": "kiem-toan-nha-nuoc",
    "tổng kiểm toán": "kiem-toan-nha-nuoc",
}
OFFICES = {
    prefix + office: office
    for office in (*sorted(words("office")), *_SPECIAL)
    for prefix in PREFIXES
}
RANKS = {
    prefix + rank: rank for rank in sorted(words("rank")) for prefix in ("", "đồng chí ", "đ/c ")
}
_RANK_IDS = {
    "thủ tướng": "thu-tuong-chinh-phu",
    "thủ tướng chính phủ": "thu-tuong-chinh-phu",
    "tổng bí thư": "tong-bi-thu",
    "chủ tịch nước": "chu-tich-nuoc",
    "chủ tịch quốc hội": "quoc-hoi",
}
# Some of the body, or one beside its head: not the body itself.
_PART_OF_BODY = frozenset(["thành viên", "các thành viên", "ủy viên", "thường trực"])
_DEPUTY = ("phó ", "thứ trưởng")
_VERBS = frozenset(["lãnh đạo", "chỉ huy", "thường trực"])
_VERB_BEFORE = regex.compile(
    r"(?:tăng cường|tập trung|tiếp tục|trực tiếp|chủ động|thường xuyên|sự|công tác|vai trò|kịp thời"
    r"|quan tâm|cấp ủy|toàn diện|tích cực|quyết liệt|việc|để|năng lực|trách nhiệm|cần|phải) $"
)
_BRANCH_HEADS = regex.compile(r"(?:,|/| và|,? các) trưởng (?:các )?(?:ngành|bộ, ngành)(?![\p{L}])")
_MINISTERS = regex.compile(
    r"(?:,| và|;)? (?:các )?(?:đồng chí )?(?:thủ trưởng|chủ tịch (?:ubnd|ủy ban nhân dân)"
    r"|chủ nhiệm|tổng thanh tra|thống đốc)(?![\p{L}])"
)
_MORE = regex.compile(r"(?:,|/| và| -| kiêm) (?:các )?(?:đồng chí )?")
_IN_CHARGE = regex.compile(r" (?:phụ trách(?: (?:lĩnh vực|khối|ngành|địa bàn))?|được phân công)")
_APART = regex.compile(r"(?:,| -| –| \() ?")
_TITLES = regex.compile(r"(?:phó )?ủy viên [^,\n]{4,40}, |bí thư trung ương đảng, ")
_LABEL_END = ("các ", "đồng chí ", "đ/c ", "những ")


def read_office(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """An office holder; the body follows the office word or begins inside it."""
    office = OFFICES[word]
    if office in _SPECIAL:
        found = [BodyMention(start, end, (_SPECIAL[office],), kind="agency")]
        return _dress(page, found, start, " ".join(office.split()[:3]))
    if office == "bộ trưởng":
        return _minister(page, start, end, office)
    if office in _VERBS and not page.is_capital(start) and _is_verb(page, start):
        return []
    if office == "bí thư" and (alone := _alone(page, start, end)):
        return alone
    found = _body(page, start, end, office)
    if found and office in _PART_OF_BODY:
        found[0].agency_ids, found[0].kind = (), "unknown"
    elif found and office.startswith(_DEPUTY):
        found[0].agency_ids, found[0].kind = (), "person"
    elif found and office == "lãnh đạo" and word.startswith("các đ"):
        found[0].agency_ids, found[0].kind = (), "unknown"  # "các đồng chí lãnh đạo Tỉnh"
    return _dress(page, found, start, office)


def _is_verb(page: Page, start: int) -> bool:
    """ "tập trung lãnh đạo các cơ quan": no office."""
    return _VERB_BEFORE.search(page.low, max(0, start - 14), start) is not None


def _body(page: Page, start: int, end: int, office: str) -> list[BodyMention]:
    for tail, size in _INSIDE.items():
        if office.endswith(" " + tail) and (inner := page.read(page, end - size + 1 - 1)):
            return inner
    offset = end + 1
    if page.low[end : end + 1] not in (" ", ":"):
        offset = _past_offices(page, end)
    elif page.low[end : end + 1] == ":":
        offset = end + 2
    if offset < 0 or page.kind_at(page, offset) == "office":
        offset = _past_offices(page, end) if offset >= 0 else offset
        if offset < 0:
            return []
    found = page.read(page, offset)
    if not found and page.kind_at(page, offset) == "class":
        found = read_nouns(page, offset)
    if found:
        return found
    tier = TIER.match(page.low, offset)
    if tier is None or tier.group() not in PLACES:
        return []
    return read_place(page, offset, tier.end(), tier.group()) or bare_place(
        page, offset, tier.end(), tier.group()
    )


def _past_offices(page: Page, end: int) -> int:
    """Past ", Chủ nhiệm" and the like, up to three more offices; -1 where no body can follow."""
    for _ in range(3):
        more = _MORE.match(page.low, end)
        office = _office().match(page.low, more.end()) if more else None
        if office is None:
            return -1
        end = office.end()
        if page.low[end : end + 1] == " " and not _MORE.match(page.low, end):
            return end + 1
    return -1


@cache
def _office() -> re.Pattern[str]:
    return whole(words("office"))


def _minister(page: Page, start: int, end: int, office: str) -> list[BodyMention]:
    sectors = _BRANCH_HEADS.match(page.low, end)
    if sectors is not None:
        ids = ("cac-bo-nganh",)
        found = [BodyMention(start, sectors.end(), ids, kind="collective")]
        return _dress(page, found, start, office)
    if page.low.startswith(" ", end):
        tail = ministry_tail().match(page.low, end + 1)
        if tail is not None and page.is_capital(end + 1):
            ids = (ministry_tails()[tail.group()],)
            return _dress(page, [BodyMention(start, tail.end(), ids, kind="agency")], start, office)
        if found := page.read(page, end + 1):
            return _dress(page, found, start, office)
    if _MINISTERS.match(page.low, end):
        past = _past_offices(page, end)
        chair = (
            page.read(page, past) if past > 0 and page.low.startswith(", chủ nhiệm", end) else []
        )
        if chair:
            return _dress(page, chair, start, office)
        return _dress(
            page, [BodyMention(start, end, ("cac-bo",), kind="collective")], start, office
        )
    named = personal_name(page, end)
    if named > end:
        found = [BodyMention(start, named, kind="person")]
        if page.issuer and page.issuer.startswith("bo-"):
            found[0].agency_ids = (page.issuer,)
        return _dress(page, found, start, office)
    if page.is_capital(start) and not page.shouts(start, end):  # the issuing ministry's own
        found = [BodyMention(start, end, kind="person")]
        if page.issuer and page.issuer.startswith("bo-"):
            found[0].agency_ids = (page.issuer,)
        return _dress(page, found, start, office)
    return []


def _dress(page: Page, found: list[BodyMention], start: int, office: str) -> list[BodyMention]:
    """Give the first mention its office, and a person's name that follows."""
    if not found:
        return []
    first = found[0]
    first.start, first.office = start, office[:1].upper() + office[1:]
    first.rule = f"office-{first.rule}" if first.rule else "office"
    named = personal_name(page, first.end)
    if len(found) == 1 and named > first.end and page.kind_at(page, first.end + 1) is None:
        first.end, first.kind = named, "person"
    return found


def _alone(page: Page, start: int, end: int) -> list[BodyMention]:
    """ "bí thư" between the commas of a list of office holders."""
    if page.low[max(0, start - 2) : start] != ", " or not page.low.startswith(", ", end):
        return []
    return [BodyMention(start, end, office="Bí thư", kind="person", rule="office-alone")]


def read_rank(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """The Prime Minister, a deputy, and the other first offices, with or without a name."""
    rank = RANKS[word]
    title = start + len(word) - len(rank)
    if not page.is_capital(title):
        return []
    if page.is_capital(end + 1) and page.low[end + 1 :].startswith(tuple(words("country"))):
        return []
    id_ = _RANK_IDS.get(rank)
    kind = "agency" if id_ else "person"
    office = page.flat[title:end]
    mention = BodyMention(start, end, (id_,) if id_ else (), office, kind, "rank")
    if (charge := _IN_CHARGE.match(page.low, end)) is not None:
        mention.end = charge.end()
    elif not page.shouts(start, end) and (named := personal_name(page, end)) > end:
        mention.end, mention.kind = named, "person"
    return [mention]


def read_person(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "đồng chí Nguyễn Văn A, Giám đốc Sở X"; "các đồng chí: ..." is left to what follows."""
    named = personal_name(page, end)
    if named == end or page.flat[end] != " ":
        return []
    mention = BodyMention(start, named, kind="person", rule="person")
    apart = _APART.match(page.low, named)
    if apart is None:
        return [mention]
    offset = apart.end()
    for _ in range(4):
        title = _TITLES.match(page.low, offset)
        if title is None:
            break
        offset = title.end()
    if page.kind_at(page, offset) in ("office", "rank") and (found := page.read(page, offset)):
        mention.end, mention.office = found[0].end, found[0].office
        mention.agency_ids = found[0].agency_ids
    return [mention]
