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

_LINKS = (", ", " và ", "; ", ", và ")
_TOLD = frozenset(["order", "support", "directed", "recipient"])


@cache
def _sector() -> re.Pattern[str]:
    return whole(words("sector"), " ")


def read_sector(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """ "ngành công thương", "lực lượng công an" as those told to act."""
    match = _sector().match(page.low, end)
    if match is None:
        return []
    opens = start == 0 or page.low[start - 1] == "\n" or page.low[max(0, start - 2)] in ".;:)-"
    acts = opens and stop().match(page.low, match.end() + 1) is not None
    if not acts and not told(page, start):
        return []
    return [BodyMention(start, match.end(), kind="unknown", rule="sector")]


def told(page: Page, start: int, *, listed: bool = True) -> bool:
    """Whether who stands at the offset is told or worked with, by the words before, or (with
    ``listed``) is in one list with the mention before. Without it "với" alone says too little
    ("hợp tác với doanh nghiệp")."""
    if listed and 0 < page.last < start and page.low[page.last : start] in _LINKS:
        return True
    cue = governing(page, start)
    return cue is not None and cues()[cue] in _TOLD and (listed or cue != "với")
