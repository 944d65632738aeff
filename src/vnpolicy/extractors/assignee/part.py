"""What follows a class's nouns and leaves it whole, or makes it a part of the class only.

"liên quan", "trung ương", "trên địa bàn tỉnh" leave it whole. A qualifier ("báo chí", "ven
biển"), an owner ("thuộc Bộ") and a relative clause ("có dự án đi qua", "được giao nhiệm vụ")
before a predicate make it a part, which has no id. "nêu trên" makes it stand for a list named
before.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.name import name_end
from vnpolicy.extractors.assignee.pattern import (
    SEPARATOR,
    proper_name,
    province_at,
    stop,
    whole,
)
from vnpolicy.lexicon.body import words
from vnpolicy.lexicon.collective import collectives

# What sort of qualifier a noun takes; the others take only a region ("ven biển").
_SORTS = {
    **dict.fromkeys(("doanh nghiệp", "tập đoàn", "tổng công ty", "tập đoàn kinh tế"), "firm"),
    **dict.fromkeys(("cơ quan", "đơn vị", "tổ chức", "hội", "hiệp hội", "cơ sở y tế"), "office"),
    **dict.fromkeys(("trường", "phòng", "ban", "ngành", "sở"), "office"),
}
_ABOVE = regex.compile(
    r" (?:nêu trên|nói trên|kể trên|trên đây|này|sau đây|đó)(?![\p{L}\p{N}])| trên(?=[,;.:)\n])"
)
_RELATIVE = regex.compile(r" (?:có|nơi có|chưa|đóng trên|ở|bị|nào)(?= )")
_BEING = regex.compile(r" là (?:tổ chức|cá nhân|doanh nghiệp|hộ gia đình)(?![\p{L}\p{N}])")
_UNDER = regex.compile(r" (?:thuộc|trực thuộc) ")
_BARE_OWNER = regex.compile(
    r"(?:bộ|sở|ngành|tổng cục|cục|tập đoàn|trung ương|phạm vi quản lý)(?![\p{L}\p{N}])"
)
_OWNERS = frozenset(["register", "department", "committee", "local", "place"])
_WORD = regex.compile(r" [^\n ,;.:()]++")


@cache
def noun() -> re.Pattern[str]:
    """A class noun that is not part of another word."""
    by_end: dict[tuple[str, ...], list[str]] = {}
    for row in collectives().values():
        by_end.setdefault(row.not_before, []).append(row.noun)
    branches = []
    for not_before, names in by_end.items():
        unless = f"(?! (?:{'|'.join(not_before)})(?!\\w))" if not_before else ""
        branches += [(name, f"{re.escape(name)}(?!\\w){unless}") for name in names]
    branches.sort(key=lambda branch: -len(branch[0]))
    return re.compile("|".join(pattern for _, pattern in branches))


@cache
def _predicate(kind: str) -> re.Pattern[str]:
    return whole(words(kind))


@cache
def _after(kind: str) -> re.Pattern[str]:
    return whole(words(kind), " ", "(?! ủy)")


def past_qualifiers(page: Page, end: int, of: str) -> int:
    """The end of the qualifiers after a noun: "viễn thông, điện lực"; ``end`` where none stands."""
    named = collectives().get(of)
    pattern = _qualifier(_SORTS.get(of, "place" if named and named.id else "office"))
    match = pattern.match(page.low, end)
    if match is None or _after("neutral").match(page.low, end):
        return end
    end = match.end()
    if match.group() == " quản lý":  # "cơ quan quản lý nhà ở cấp tỉnh"
        end = name_end(page, end, wide=True)
    while (parted := SEPARATOR.match(page.low, end)) is not None:
        match = pattern.match(page.low, parted.end() - 1)
        if match is None or noun().match(page.low, parted.end()):
            break
        end = match.end()
    return end


@cache
def _qualifier(sort: str) -> re.Pattern[str]:
    members = words("qualifier-place") | words(f"qualifier-{sort}")
    return whole(members, " ")


def past_neutral(page: Page, mention: BodyMention) -> None:
    """Take in "liên quan", "trực thuộc Trung ương", "trên địa bàn tỉnh Lào Cai"."""
    while (match := _after("neutral").match(page.low, mention.end)) is not None:
        mention.end = match.end()
        place = province_at(page, mention.end + 1)
        if place is not None and match.group().endswith(("tỉnh", "thành phố")):
            mention.end = place[1]


def above_at(page: Page, offset: int) -> int:
    """The end of "nêu trên", "này" at ``offset``; ``offset`` where none stands."""
    match = _ABOVE.match(page.low, offset)
    return match.end() if match else offset


def part_of_class(page: Page, mention: BodyMention, rule: str) -> None:
    """Take in a qualifier, or a clause that says which of the class, where a predicate follows."""
    if (under := _UNDER.match(page.low, mention.end)) is not None:
        _of_body(page, mention, under.end(), rule)
        return
    if (being := _BEING.match(page.low, mention.end)) is not None:
        mention.end, mention.agency_ids, mention.rule = being.end(), (), rule
        return
    part = _after("part").match(page.low, mention.end)
    relative = part or _RELATIVE.match(page.low, mention.end)
    if relative is None or (
        part is None and _after("has").match(page.low, relative.end()) is not None
    ):
        return
    strong = _predicate("modal" if part else "predicate")
    offset = relative.end()
    for _ in range(16):  # words of the clause, until a predicate begins
        match = _WORD.match(page.low, offset)
        if match is None:
            break
        if strong.match(page.low, offset + 1) is not None:
            mention.end, mention.agency_ids, mention.rule = offset, (), rule
            return
        offset = match.end()
    if part is not None and ends_clause(page, part.end()):
        mention.end, mention.agency_ids, mention.rule = part.end(), (), rule


def _of_body(page: Page, mention: BodyMention, offset: int, rule: str) -> None:
    """ "các đơn vị thuộc Bộ", "các cơ quan trực thuộc Sở Y tế": a part of the class."""
    bare = _BARE_OWNER.match(page.low, offset)
    if bare is not None and proper_name(page, bare.end()) == bare.end():
        mention.end, mention.agency_ids, mention.rule = bare.end(), (), rule
    elif page.kind_at(page, offset) in _OWNERS and (owners := page.read(page, offset)):
        mention.end, mention.agency_ids, mention.rule = owners[0].end, (), rule


def antecedent(page: Page, prefix: str) -> tuple[str, ...]:
    """The ids of the one list of such members that the document has named so far: of committees,
    or where there is none, of places."""
    for named in (page.lists, page.places):
        lists = {ids for ids in named if ids[0].startswith(prefix)}
        if lists:
            return next(iter(lists)) if len(lists) == 1 else ()
    return ()


def ends_clause(page: Page, offset: int) -> bool:
    """Whether a predicate or the end of the clause stands at the offset."""
    after = page.low[offset : offset + 1]
    return not after or after in "\n.,;:)|" or stop().match(page.low, offset + 1) is not None
