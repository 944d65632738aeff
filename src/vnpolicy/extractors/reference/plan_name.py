"""How far the name of a programme, scheme, strategy, planning or plan runs.

A name ends at punctuation, before a verb or a time ("đã được", "trong năm 2025", "trên địa bàn"),
and after its period ("giai đoạn 2021 - 2025, tầm nhìn đến năm 2030"), which belongs to it. A
comma or a "và" is passed where the period is still to come, where the words after it take up
what stands before it ("xóa nhà tạm, nhà dột nát"), or where a "và" closes a list of names; else
the name ends there. "của" is passed where it names the issuer ("Kế hoạch hoạt động của Ủy ban
năm 2022").
"""

from __future__ import annotations

from bisect import bisect_left
from functools import cache

import regex

from vnpolicy.extractors.reference.page import Page
from vnpolicy.extractors.reference.tail import after, issuer_end
from vnpolicy.lexicon.citation import citation_word, citation_words
from vnpolicy.lexicon.verb import head, verbs
from vnpolicy.match import alternation, words_pattern

_HARD = regex.compile(
    r"[;:()“”\"\n|\[\]!?…]|\.(?=[\s\[]|$)|\.\.| [-–] (?=\p{Lu}|[0-9]{1,2}\.)"
    r"|(?<![0-9]) [-–] (?=[a-zđ]+:)"
)
_HORIZON = (
    r"(?:,? ?(?:có )?(?:và )?(?:tính đến|tầm nhìn|định hướng|hướng tới|hướng đến)(?: đến)?"
    r"(?: năm)? (?:19|20)[0-9]{2})*"
)
HORIZON = regex.compile(_HORIZON)
PERIOD = regex.compile(
    r"(?:(?:giai đoạn|thời kỳ|nhiệm kỳ)(?: từ)?(?: năm)? (?:19|20)[0-9]{2} ?(?:[-–]|đến) ?"
    r"(?:năm )?(?:19|20)[0-9]{2}|(?:giai đoạn )?đến (?:hết )?năm (?:19|20)[0-9]{2}"
    rf"|[12][0-9]{{3}} ?[-–] ?2[0-9]{{3}}){_HORIZON}(?![0-9])"
)
_LETTERS = regex.compile(r"\p{Lu}{3,}(?:[& ]+\p{Lu}{2,})*(?=[ .,;:)\n]|$)")
_JOINT = regex.compile(r"(?P<comma>, ?)| và |(?P<of> của )")
_TRAIL = regex.compile(
    r"(?: (?:và|về|cho|đến|trong|tại|(?<!nhà )ở|của|từ|với|là|tới|hoặc|các|để|vào|theo|ngày"
    r"|năm|hết)"
    r"|[ ,.\-–/])+\Z"
)
_YEAR = regex.compile(r",? (?:năm|năm học) (?:19|20)[0-9]{2}(?:[ -–]+(?:19|20)[0-9]{2})?(?![0-9/])")
_HALVES = frozenset(("phòng", "khám", "chữa"))  # "phòng, chống", "khám, chữa bệnh"
_NOUNS = 8  # words of a noun that a comma adds to a name
LIMIT = 320


@cache
def _stop(*kinds: str) -> regex.Pattern[str]:
    words = [word for kind in kinds for word in citation_words(kind)]
    return regex.compile(rf"(?<= ){alternation(words)}(?![\p{{L}}\p{{N}}])")


@cache
def _keep() -> regex.Pattern[str]:
    return words_pattern(citation_words("name-keep"))


def _first_stop(page: Page, place: int, limit: int, *kinds: str) -> int:
    """Where the first stop of the classes begins that no longer word holds, or ``limit``."""
    kept = [match.span() for match in _keep().finditer(page.low, place, limit)]
    for stop in _stop(*kinds).finditer(page.low, place, limit):
        if not any(start <= stop.start() < end for start, end in kept):
            return int(stop.start())
    return limit


def name_end(page: Page, place: int) -> int:
    """Where the name whose words begin at ``place`` ends; ``place`` where there is none."""
    if citation_word("name-stop", "not-first").match(page.low, place):
        return place
    limit = min(len(page.low), place + LIMIT)
    hard = _HARD.search(page.flat, place, limit)
    limit = hard.start() if hard else limit
    limit = _first_stop(page, place, limit, "name-stop")
    if (letters := _LETTERS.match(page.flat, place)) is not None:
        doing = citation_word("doing").match(page.low, letters.end() + 1)
        if doing is not None or letters.end() >= limit:
            return int(letters.end())
    turn = _turn(page, place, limit)
    if (cited := _cited(page, place, turn)) is not None:
        return cited
    period = PERIOD.search(page.low, place, limit)
    if period and period.start() <= turn:
        return _with_issuer(page, period.end())
    end = min(turn, limit)
    end = _first_stop(page, place, end, "name-soft")
    end = _joints(page, place, end)
    trail = _TRAIL.search(page.low, place, end)
    end = trail.start() if trail else end
    year = _YEAR.match(page.low, end)
    return year.end() if year else end


def _cited(page: Page, place: int, limit: int) -> int | None:
    """The end of the citation by number that the name holds, where one is."""
    index = bisect_left(page.numbers, place, key=lambda one: one.start)
    if index < len(page.numbers) and page.numbers[index].start < limit:
        return after(page.flat, page.low, page.numbers[index].end).end
    return None


def _with_issuer(page: Page, end: int) -> int:
    """Over "của Chính phủ" after the period."""
    if page.low.startswith(" của ", end):
        return issuer_end(page.flat, page.low, end + 5) or end
    return end


def _turn(page: Page, place: int, limit: int) -> int:
    """The first comma or "và" after which something else than the name goes on, or ``limit``."""
    for joint in _JOINT.finditer(page.low, place, limit):
        following = joint.end()
        if joint["of"]:
            if citation_word("generic-owner").match(page.low, following):
                return int(joint.start())
            continue
        if page.flat[following : following + 1].isupper() and _body(page, following):
            return int(joint.start())
        leaves = joint["comma"] and citation_word("comma-stop").match(page.low, following)
        if leaves and not _repeats(page, place, joint.start(), following):
            return int(joint.start())
        if not joint["comma"] and page.low[following].isdigit():
            return int(joint.start())
    return limit


def _body(page: Page, place: int) -> bool:
    return issuer_end(page.flat, page.low, place) is not None


def _repeats(page: Page, place: int, end: int, following: int) -> bool:
    """Whether what follows a comma opens as the name does: "kiểm tra ..., kiểm tra ..."."""
    word = regex.match(r"[^ ]+ [^ ,]+", page.low[following : following + 24])
    return word is not None and f" {word.group()} " in f" {page.low[place:end]} "


def _joints(page: Page, place: int, end: int) -> int:
    """Where commas without a period after them leave the name."""
    passed = place
    for joint in _JOINT.finditer(page.low, place, end):
        if joint["of"]:
            issuer = issuer_end(page.flat, page.low, joint.end())
            if issuer is not None and issuer <= end:
                return _after_issuer(page, issuer, end)
            continue
        if joint["comma"] and not _goes_on(page, passed, joint.start(), joint.end(), end):
            return int(joint.start())
        passed = joint.end()
    return end


def _after_issuer(page: Page, issuer: int, end: int) -> int:
    """After the issuer a name goes on with its topic or its year only."""
    if page.low.startswith((" về ", " thực hiện ", " triển khai ", " năm 2"), issuer):
        return end
    return issuer


def _goes_on(page: Page, place: int, comma: int, following: int, end: int) -> bool:
    """Whether the words after the comma are of the name that stands before it."""
    before = page.low[place:comma].split(" ")
    chunk = page.low[following:end].split(",")[0].split(" ")
    if len(before) <= 3 or len(chunk) <= 2:
        return True
    waits = {before[-1], " ".join(before[-2:])} & (verbs("action") | _HALVES)
    if waits or chunk[0] in before:
        return True  # "quản lý, khai thác rừng": the first verb waits for its object
    return len(chunk) <= _NOUNS and head("action").match(page.low, following) is None
