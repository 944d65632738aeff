"""The patterns that several readers of bodies share: provinces, tiers, personal names.

All but :func:`personal_name` and :func:`proper_name` are tried on the folded text; whoever
needs a capital checks it there. Each is anchored: tried where something has been found. Word
lists are compiled by the standard library's ``re``: a trie tried at a place costs it half of
what it costs ``regex`` (measured: 13.8 to 17.4 MB/s for all readers together).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

import regex

from vnpolicy.extractors.assignee.mention import Page
from vnpolicy.lexicon.agency import agencies, spellings
from vnpolicy.lexicon.body import words
from vnpolicy.lexicon.province import province_names
from vnpolicy.match import alternation

SEPARATOR = regex.compile(r" ?[,;/] ?(?:và |hoặc )?| và | hoặc | cùng ")
TIER_WORDS = ("tỉnh", "thành phố", "tp.", "tp", "huyện", "quận", "thị xã", "xã", "phường")
_TIERS = alternation((*TIER_WORDS, "thị trấn", "đặc khu", "thành"))
TIER = regex.compile(rf"(?:{_TIERS})(?<!tp\.)(?![\p{{L}}\p{{N}}])(?! ủy| đoàn| đội)|tp\.")
_UNIT = regex.compile(r"(?:thành phố|thị xã|huyện|quận|xã|phường|thị trấn|tp\.?)(?= \p{L})")
_PROPER = regex.compile(r"(?: (?:\p{Lu}[\p{L}'’]*+|[0-9]{1,2}(?![0-9/.,%])))+")
_SURNAMED = regex.compile(r" ?(\p{Lu}\p{L}*+)((?: \p{Lu}\p{L}*+){1,4})")


def whole(words: Iterable[str], before: str = "", after: str = "") -> re.Pattern[str]:
    """One of the words, whole, with what must stand before and after it."""
    return re.compile(rf"{before}{alternation(words)}(?!\w){after}")


@cache
def province() -> re.Pattern[str]:
    """A province's name, with "tỉnh", "thành phố" or "TP" before it or without."""
    names = alternation(province_names())
    return re.compile(rf"(?:(?:tỉnh|thành phố|thủ đô|tp\.?) ?)?(?P<name>{names})(?!\w)")


@cache
def ministry_tails() -> dict[str, str]:
    """What stands after "bộ" in a list of ministries, folded, to the id."""
    tails = {}
    for agency in agencies().values():
        if agency.kind == "ministry":
            for name in (agency.name, *agency.aliases):
                if name.startswith("Bộ "):
                    tails.update({text[3:]: agency.id for text in spellings(name)})
    return tails


@cache
def ministry_tail() -> re.Pattern[str]:
    """One of :func:`ministry_tails`, whole."""
    return whole(ministry_tails())


@cache
def stop() -> re.Pattern[str]:
    """A word with which a predicate begins, so that a name ends before it."""
    return whole(words("stop"))


def proper_name(page: Page, offset: int) -> int:
    """The end of the capitalised words from the space at ``offset`` on; ``offset`` if none."""
    match = _PROPER.match(page.flat, offset)
    if match is None or page.flat[offset - 4 : match.end()].isupper():
        return offset  # in capitals throughout: no telling where a name ends
    after = page.flat[match.end() : match.end() + 2]
    single = " " not in match.group()[1:] and after[:1] == " " and after[1:].islower()
    if single and stop().match(page.low, match.end() + 1) is None:
        return offset  # "thành phố Quy định": a new clause
    return int(match.end())


def proper_names(page: Page, offset: int) -> int:
    """The end of capitalised names parted by commas and "và" from the space at ``offset`` on."""
    end = proper_name(page, offset)
    while end > offset:
        parted = SEPARATOR.match(page.low, end)
        if parted is None or page.kind_at(page, parted.end()) not in (None, "place"):
            return end
        unit = _UNIT.match(page.low, parted.end())
        begin = unit.end() if unit else parted.end() - 1
        further = proper_name(page, begin) if page.low[begin] == " " else begin
        if further <= max(begin, parted.end()):
            return end
        end = further
    return end


def personal_name(page: Page, offset: int) -> int:
    """The end of a Vietnamese person's name at ``offset``; ``offset`` where none stands."""
    match = _SURNAMED.match(page.flat, offset)
    if match is None or page.low[match.start(1) : match.end(1)] not in words("surname"):
        return offset
    return int(match.end())


def province_at(page: Page, offset: int) -> tuple[str, int] | None:
    """The province named at ``offset``, capital and all, with its name's end."""
    match = province().match(page.low, offset)
    if match is None or not page.is_capital(match.start("name")):
        return None
    return province_names()[match["name"]], match.end()


def provinces_at(page: Page, offset: int, *, headed: bool = True) -> tuple[list[str], int]:
    """The provinces of a list that begins at ``offset``, and the list's end; with ``headed``
    later members may have "tỉnh" or "thành phố" of their own."""
    slugs: list[str] = []
    end = offset
    while (found := province_at(page, offset)) is not None:
        slugs.append(found[0])
        end = found[1]
        parted = SEPARATOR.match(page.low, end)
        if parted is None:
            break
        offset = parted.end()
        if not headed and TIER.match(page.low, offset):
            break
    return slugs, end
