"""Classes: "các bộ, ngành, địa phương", "các sở, ban, ngành tỉnh", "cơ quan ngang bộ".

A determiner and class nouns parted by commas, "và" or "/" are one mention with each class's id.
"cơ quan ngang bộ" and "cơ quan thuộc Chính phủ" are mentions of their own. "liên quan", "trung
ương", "tỉnh" leave the class whole; a qualifier ("báo chí", "viễn thông"), a relative ("có dự án
đi qua") or a number before it ("08 bộ, cơ quan") leave it without an id. "các Bộ: Quốc phòng,
Công an" and "các tỉnh A, B" name their members: one mention with each id. Not read: a single
noun without a determiner, but for a few ("địa phương", "chủ đầu tư").
"""

from __future__ import annotations

from functools import cache

from vnpolicy.extractors.assignee.member import PROVINCIAL, members
from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.part import (
    above_at,
    antecedent,
    noun,
    part_of_class,
    past_neutral,
    past_qualifiers,
)
from vnpolicy.extractors.assignee.pattern import SEPARATOR
from vnpolicy.extractors.assignee.sector import read_sector, told
from vnpolicy.lexicon.collective import class_ids, collectives

DETERMINERS = ("các", "những", "mọi", "từng", "mỗi", "một số", "nhiều", "toàn thể", "tất cả các")
_TWO_WANTED = frozenset(
    ["bộ", "cơ quan", "sở", "đơn vị", "doanh nghiệp"]
)  # "bộ, ngành", but not "cơ quan" alone
_UNNAMED = frozenset(["đơn vị", "doanh nghiệp"])  # without "các": some, nobody knows which
_SOME = ("một số ", "nhiều ")
# What a class noun is the end of: "Luật Các tổ chức tín dụng", "cán bộ, công chức", "cơ sở".
_PART_OF_WORD = ("luật ", "cán ", "cơ ", "trụ ", "toàn ", "nội ")


def read_class(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """A class after a determiner; ``word`` is determiner and first noun."""
    if page.low.endswith(_PART_OF_WORD, max(0, start - 5), start):
        return []
    if word in _TWO_WANTED and SEPARATOR.match(page.low, end) is None:
        return _single(page, start, end, word)
    determiner = _determiner(word)
    first = start + len(determiner) + 1 if determiner else start
    mention, nouns = _phrase(page, start, first)
    if mention is None:
        return []
    if not determiner and len(nouns) == 1 and not collectives()[nouns[0]].bare:
        return []
    if word in _UNNAMED:
        if not told(page, start, listed=False):
            return []
        mention.agency_ids = ()
    if _counted(page, start) or word.startswith(_SOME):
        mention.agency_ids, mention.rule = (), "counted-class"
    return [mention]


@cache
def _determiner(word: str) -> str:
    return next((one for one in DETERMINERS if word.startswith(one + " ")), "")


def _single(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "phối hợp với cơ quan liên quan", "đề nghị đơn vị tư vấn": one noun, but told to act."""
    if word in ("bộ", "sở") or not told(page, start, listed=False):
        return read_sector(page, start, end, word) if word == "cơ quan" else []
    if word == "cơ quan" and (found := read_sector(page, start, end, word)):
        return found
    mention, _ = _phrase(page, start, start)
    if mention is None:
        return []
    if not page.low.endswith("liên quan", 0, mention.end):
        mention.agency_ids = ()  # one of them, nobody knows which
    return [mention]


def read_nouns(page: Page, offset: int) -> list[BodyMention]:
    """The class nouns at the offset, whoever stands before them: "Thủ trưởng đơn vị"."""
    mention, nouns = _phrase(page, offset, offset)
    if mention is None:
        return []
    if len(nouns) == 1 and not collectives()[nouns[0]].bare:
        mention.agency_ids = ()
    return [mention]


def _counted(page: Page, start: int) -> bool:
    before = page.low[max(0, start - 3) : start]
    return before[-1:] == " " and before[-2:-1].isdigit()


def _phrase(page: Page, start: int, offset: int) -> tuple[BodyMention | None, list[str]]:
    """The nouns from ``offset`` on, their ids, and what follows them."""
    nouns: list[str] = []
    end, whole = offset, True
    while (match := noun().match(page.low, offset)) is not None:
        own = collectives()[match.group()].own
        if nouns and (own or page.kind_at(page, offset) not in (None, "class")):
            break  # "các cơ quan, Sở Nội vụ": somebody named
        nouns.append(match.group())
        end = match.end()
        if own:
            break
        further = past_qualifiers(page, end, nouns[-1])
        whole, end = whole and further == end, further
        parted = SEPARATOR.match(page.low, end)
        if parted is None or page.low[end : end + 6] == " hoặc ":
            break
        offset = parted.end()
    if not nouns:
        return None, nouns
    ids = class_ids(nouns) if whole else ()
    mention = BodyMention(start, end, ids, kind="collective", rule="class")
    return _follow(page, mention, nouns), nouns


def _follow(page: Page, mention: BodyMention, nouns: list[str]) -> BodyMention:
    """Members named one by one, "nêu trên", "liên quan", a relative clause."""
    if members(page, mention, nouns):
        return mention
    past_neutral(page, mention)
    above = above_at(page, mention.end)
    if above > mention.end:
        mention.end, mention.kind, mention.rule = above, "deictic", "class-above"
        mention.agency_ids = antecedent(page, "ubnd-") if PROVINCIAL & set(nouns) else ()
        return mention
    part_of_class(page, mention, "class-part")
    return mention
