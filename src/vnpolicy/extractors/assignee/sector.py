"""Sectors and forces told to act: "phối hợp với ngành công thương", "lực lượng Kiểm lâm".

A sector is nobody in the register: the text, without an id. It is read only where an order, a
partner's word or the clause's opening stands before it; elsewhere "ngành" is a line of business.
"""

from __future__ import annotations

import re
from functools import cache

from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.pattern import stop, whole
from vnpolicy.extractors.assignee.place import governing
from vnpolicy.lexicon.body import cues, words

_TOLD = frozenset(["order", "support", "directed", "recipient"])


@cache
def _sector() -> re.Pattern[str]:
    return whole(words("sector"), " ")


def read_sector(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "ngành công thương", "lực lượng công an" as those told to act."""
    match = _sector().match(page.low, end)
    if match is None:
        return []
    cue = governing(page, start)
    if cue is not None:
        told = cues()[cue] in _TOLD
    else:
        opens = start == 0 or page.low[start - 1] == "\n" or page.low[max(0, start - 2)] in ".;:)-"
        told = opens and stop().match(page.low, match.end() + 1) is not None
    if not told:
        return []
    return [BodyMention(start, match.end(), kind="unknown", rule="sector")]
