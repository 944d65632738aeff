"""How a body stands in its sentence: what governs it, with whom it is listed, place or actor.

The cue is the word group directly before ("phối hợp với", "của", "trên địa bàn"), adverbs and
"các", "đồng chí" allowed between. Mentions parted only by a comma, "và", ", nhất là" and the
like are one coordination. A province, a city or a bare "địa phương" is an actor where an order
or a partner's word stands before it, where it opens a clause, or where a predicate follows a
comma's subject; elsewhere ("tại tỉnh Lào Cai") it is a place.
"""

from __future__ import annotations

import re
from functools import cache

from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.pattern import stop
from vnpolicy.lexicon.body import cues

_LINKS = frozenset(
    [", ", " , ", " và ", ", và ", "; ", " ; ", "; và ", " cùng ", " cùng với ", ", cùng ", ",",
     ", cùng với ", ", nhất là ", ", đặc biệt là ", ", trong đó có ", " như: ", ", như: ", ", như ",
     " như ", ", gồm: ", ", gồm ", " gồm: ", ": ", "/", " / ", " hoặc ", ", hoặc ", " - ", " & ",
     ", bao gồm ", ", bao gồm: ", "; các ", " và của ", ", của ", "…, ", "...; ", "; nhất là "]
)  # fmt: skip
# Bodies after which ", tỉnh X" says where they are.
_PLACED = ("committee-named", "head", "committee-communes", "department", "person")
_OWNED = frozenset([" và của ", ", của "])
_ACTOR = frozenset(["order", "support", "recipient", "directed", "about", "beneficiary"])
_OPENS = frozenset("\n.;:|\"“‘'(!?-–+•*…)")
# Stdlib `re`: these run once for each of some thousand mentions, five times as fast as `regex`.
_BEFORE = re.compile(
    r"(?:(?:các|những|một số|đồng chí|ngay|về|chặt chẽ|kịp thời|hiệu quả|cho|lãnh đạo|đại diện"
    r"|(?:[0-9]{1,3})|với|chặt chẽ, hiệu quả|nào|cả) )+$"
)
_WINDOW = 36


@cache
def _by_last_word() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for cue in sorted(cues(), key=len, reverse=True):
        found.setdefault(cue.rsplit(" ", 1)[-1], []).append(cue)
    return found


def governing(page: Page, start: int) -> str | None:
    """The cue directly before the offset, or None."""
    if start == 0 or page.low[start - 1] != " ":
        return None
    before = page.low[max(0, start - _WINDOW) : start - 1]
    found = _ends_with(before)
    if found is not None:
        if found == "với" and "phối hợp" in before[-30:] and before.rfind(",") < before.rfind("ph"):
            return "phối hợp với"
        return found
    loose = _BEFORE.search(before + " ")
    return _ends_with(before[: loose.start()].rstrip()) if loose else None


def _ends_with(before: str) -> str | None:
    last = before.rsplit(" ", 1)[-1].rsplit("\n", 1)[-1].lstrip('(“"')
    for cue in _by_last_word().get(last, ()):
        if before.endswith(cue):
            edge = len(before) - len(cue) - 1
            if edge < 0 or not before[edge].isalnum():
                return cue
    return None


def settle(page: Page, mentions: list[BodyMention], placeable: dict[int, bool]) -> None:
    """Fill cue, chain, follows and place of the mentions, which are in order.

    ``placeable`` holds the starts of those that may be places, with whether only a place's
    word makes them one.
    """
    chains = -1
    outer = -1  # the mention before the bracket that the last one stands in
    for index, mention in enumerate(mentions):
        before = index - 1
        gap = page.low[mentions[before].end : mention.start] if index else ""
        if outer >= 0 and gap.startswith(")"):  # "Bộ Tài chính (Cục Thuế), Bộ Công an"
            before, gap, outer = outer, gap[1:], -1
        if index and gap in _LINKS:
            head = mentions[before]
            mention.chain, mention.follows = head.chain, before - index
            mention.cue = "của" if gap in _OWNED else None
            mention.place = mention.start in placeable and (
                head.place
                or (mention.rule == "place" and gap == ", " and head.rule.endswith(_PLACED))
            )
            continue
        chains += 1
        mention.chain, mention.cue = chains, governing(page, mention.start)
        if (only := placeable.get(mention.start)) is not None:
            mention.place = _at_place(mention) if only else not _acts(page, mention)
        if gap == " (":
            outer = before
        elif ")" in gap:
            outer = -1


def _at_place(mention: BodyMention) -> bool:
    return mention.cue is not None and cues()[mention.cue] == "place"


def _acts(page: Page, mention: BodyMention) -> bool:
    if mention.cue is not None:
        return cues()[mention.cue] in _ACTOR
    left = mention.start - 1
    while left >= 0 and page.low[left] == " ":
        left -= 1
    if left < 0 or page.low[left] in _OPENS:
        return True
    if page.low[left] == ",":
        after = mention.end + 1
        return page.low[mention.end : after] in (" ", ":") and (
            stop().match(page.low, after) is not None
        )
    return False
