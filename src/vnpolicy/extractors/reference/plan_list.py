"""Counted programmes told in one breath: "3 chiến lược về phát triển A; B; C".

Each member is a citation, the first with the type word, in any case, and the later ones without;
their names are built with it, and with the verb that a member leaves to its neighbours ("phát
triển A; B; phát triển C": B is developed too). The count must come out, by semicolons or by
commas, the last member after "và" or not; else nothing is read. Two plans that share a name
("Quy hoạch, Kế hoạch điện VIII") are both cited where the register knows the first by it.
"""

from __future__ import annotations

import regex

from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.page import Page
from vnpolicy.extractors.reference.plan_name import name_end
from vnpolicy.extractors.reference.plan_type import SLUGS, TYPE, plan_types
from vnpolicy.lexicon.instrument import instruments_named, without_period

_COUNT = regex.compile(r"(?<![\p{L}\p{N}.,/-])(?P<count>0?[2-9]|hai|ba|bốn|năm|sáu) \Z")
_LINK = regex.compile(r"(?P<kind> mục tiêu quốc gia)?(?P<link> về|:|,? gồm:?)? (?=\p{L})")
_SHARES = regex.compile(r"(?:, | và )")
_NAME = regex.compile(r" (?P<name>[^\n,.;:()]{2,80})")
_WORDS = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6}
_REACH = 480


def find_lists(page: Page) -> list[ReferenceMention]:
    """Every member of every counted list, and first halves of shared names."""
    found: list[ReferenceMention] = []
    for match in plan_types(page):
        start = match.start()
        if page.low[max(0, start - 2) : start].strip().isalnum():
            count = _COUNT.search(page.low, max(0, start - 12), start)
            link = _LINK.match(page.low, match.end()) if count else None
            if count and link and (link["link"] or link["kind"]):
                found += _members(page, match, link, count["count"])
        if page.flat[start].isupper():
            found += _first_half(page, match)
    return found


def _members(
    page: Page, match: regex.Match[str], link: regex.Match[str], said: str
) -> list[ReferenceMention]:
    count = _WORDS.get(said) or int(said)
    line = page.low.find("\n", link.end())
    limit = min(line if line >= 0 else len(page.low), link.end() + _REACH)
    spans = _split(page, link.end(), limit, count)
    if not spans:
        return []
    type = match.group()
    head = type[0].upper() + type[1:] + (link["kind"] or "")
    verb = _shared_verb(page, spans)
    found: list[ReferenceMention] = []
    for start, end in spans:
        words = page.flat[start:end]
        if verb and not page.low[start:end].startswith(verb):
            words = f"{verb} {words}"
        first = match.start() if not found else start
        mention = ReferenceMention(first, end, SLUGS[type], "counted-list")
        mention.name = f"{head} {words}"
        found.append(mention)
    return [] if _is_one(page, match.start(), found) else found


def _is_one(page: Page, start: int, members: list[ReferenceMention]) -> bool:
    """Whether the register has one programme of the whole list's name, and not the members."""
    if not instruments_named(without_period(page.flat[start : members[-1].end])):
        return False
    return not all(instruments_named(without_period(one.name or "")) for one in members)


def past_members(
    members: list[ReferenceMention], others: list[ReferenceMention]
) -> list[ReferenceMention]:
    """``others`` but for those that run from a counted list's member into the next."""
    return [
        one for one in others if sum(m.start < one.end and one.start < m.end for m in members) < 2
    ]


def _split(page: Page, start: int, limit: int, count: int) -> list[tuple[int, int]]:
    """The members' spans, as many as were counted; else none."""
    for joint, stops in (("; ", ".:\n|"), (", ", ".;:\n|")):
        end = min((i for i in (page.flat.find(s, start, limit) for s in stops) if i >= 0),
                  default=limit)  # fmt: skip
        pieces = _pieces(page.low, start, end, joint)
        if len(pieces) == count - 1:
            pieces = _part_last(page.low, pieces)
        if len(pieces) < count:
            continue
        chosen = pieces[: count - 1]
        last = pieces[count - 1][0]
        chosen.append((last, min(name_end(page, last), pieces[count - 1][1])))
        if all(2 <= page.low[a:b].count(" ") + 1 <= 24 for a, b in chosen):
            return chosen
    return []


def _pieces(low: str, start: int, end: int, joint: str) -> list[tuple[int, int]]:
    pieces = []
    for text in low[start:end].split(joint):
        lead = 3 if text.startswith("và ") else 0
        pieces.append((start + lead, start + len(text.rstrip())))
        start += len(text) + len(joint)
    return pieces


def _part_last(low: str, pieces: list[tuple[int, int]]) -> list[tuple[int, int]]:
    start, end = pieces[-1]
    place = low.find(" và ", start, end)
    return [*pieces[:-1], (start, place), (place + 4, end)] if place > 0 else pieces


def _shared_verb(page: Page, spans: list[tuple[int, int]]) -> str | None:
    """The verb that the first and the last member open with, or None."""
    words = [" ".join(page.low[a:b].split(" ")[:2]) for a, b in (spans[0], spans[-1])]
    return words[0] if len(spans) > 2 and words[0] == words[1] else None


def _first_half(page: Page, match: regex.Match[str]) -> list[ReferenceMention]:
    shares = _SHARES.match(page.low, match.end())
    second = TYPE.match(page.low, shares.end()) if shares else None
    name = _NAME.match(page.low, second.end()) if second else None
    if second is None or name is None or not page.flat[second.start()].isupper():
        return []
    words = name["name"].split(" ")
    for count in range(len(words), 0, -1):
        shared = " ".join(words[:count])
        if instruments_named(f"{match.group()} {shared}"):
            mention = ReferenceMention(
                match.start(), match.end(), SLUGS[match.group()], "shared-name"
            )
            place = name.start("name")
            mention.name = (
                f"{page.flat[match.start() : match.end()]} "
                + (page.flat[place : place + len(shared)])
            )
            return [mention]
    return []
