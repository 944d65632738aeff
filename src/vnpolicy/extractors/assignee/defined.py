"""Short names that the document gives itself: "Ban Chỉ đạo ... (sau đây gọi tắt là BCĐ 35)".

The name in the bracket stands for the body directly before it, from there on: where it was read
as a bare head it gets that body's ids, elsewhere it becomes a mention.
"""

from __future__ import annotations

from bisect import bisect_left

import regex

from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.pattern import whole
from vnpolicy.text import fold

_GIVEN = regex.compile(
    r" ?\((?:sau đây |dưới đây )?(?:được )?(?:gọi|viết)(?: tắt| gọn| chung)? là:? ?[\"“]?"
    r"(?P<name>[^\n()\"“”,;]{2,60}?)[\"”]?\)"
)


_MOST = 40


def follow_names(page: Page, mentions: list[BodyMention]) -> list[BodyMention]:
    """The mentions, with those that short names of the document's own making give."""
    if "gọi" not in page.low and "viết tắt" not in page.low:
        return mentions
    meant: dict[str, tuple[BodyMention, int]] = {}
    for mention in mentions:
        given = _GIVEN.match(page.low, mention.end)
        if given is not None and page.is_capital(given.start("name")) and len(meant) < _MOST:
            name = page.flat[given.start("name") : given.end("name")]
            if name not in meant and _fits(page, mention, name):
                meant[name] = (mention, given.end())
    return _follow(page, mentions, meant) if meant else mentions


def _fits(page: Page, mention: BodyMention, name: str) -> bool:
    """Whether the short name is one of this body: its first word, or capitals from its first."""
    first = page.low[mention.start : mention.end].split(" ")[0]
    if " " not in name and name.isupper():
        return name[0].lower() == first[0] and len(name) > 1
    return fold(name).split(" ")[0] == first


def _follow(
    page: Page, mentions: list[BodyMention], meant: dict[str, tuple[BodyMention, int]]
) -> list[BodyMention]:
    by_start = {mention.start: mention for mention in mentions}
    starts = [mention.start for mention in mentions]
    extra = []
    for match in whole(meant, r"(?<!\w)").finditer(page.flat):
        body, after = meant[match.group()]
        if match.start() < after:
            continue
        there = by_start.get(match.start())
        if there is not None and there.end == match.end():
            if there.kind in ("deictic", "unknown"):
                there.agency_ids, there.kind, there.rule = body.agency_ids, body.kind, "defined"
        elif not _overlaps(mentions, starts, match.start(), match.end()):
            one = BodyMention(*match.span(), body.agency_ids, kind=body.kind, rule="defined")
            extra.append(one)
    return sorted([*mentions, *extra], key=lambda mention: mention.start) if extra else mentions


def _overlaps(mentions: list[BodyMention], starts: list[int], start: int, end: int) -> bool:
    index = bisect_left(starts, end) - 1
    return index >= 0 and mentions[index].end > start
