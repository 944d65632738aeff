"""The words before a time that bind it: "trước", "chậm nhất đến", "từ nay đến hết".

A chain of cue words (``lexicon/data/time_cues.csv``) is read leftwards from the time. Neutral
words ("là", "thời điểm") count only behind a cue proper.
"""

from __future__ import annotations

from functools import cache

import regex

from vnpolicy.dates.mention import Cue
from vnpolicy.lexicon.time_word import cue_classes
from vnpolicy.match import alternation

_REACH = 64  # no chain of cue words is longer


@cache
def _chain() -> regex.Pattern[str]:
    words = "|".join(map(regex.escape, sorted(cue_classes(), key=len, reverse=True)))
    word = rf"(?<![\p{{L}}\p{{N}}])(?:{words})"
    return regex.compile(rf"(?r)(?:{word},? \(?)*+{word}(?: \(?|\()")


@cache
def _word() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(cue_classes())}(?![\p{{L}}\p{{N}}])")


def read_cue(low: str, floor: int, place: int) -> Cue | None:
    """The chain of cue words that ends right before ``place``, or None."""
    if place <= floor or low[place - 1] not in " (":
        return None
    match = _chain().match(low, max(floor, place - _REACH), place)
    if match is None or match.end() != place:
        return None
    classes = cue_classes()
    found = [
        (word.start(), word.group(), classes[word.group()])
        for word in _word().finditer(low, match.start(), place)
    ]
    while found and found[0][2] == "neutral":
        del found[0]
    while len(found) > 1 and found[0][1] == "hết" and found[1][2] == "within":
        del found[0]  # "giải ngân hết trong tháng 11": the verb's own word
    if not found:
        return None
    # "định kỳ trước ngày 15/11", "hạn chót là ngày 15/11": known by these, but not part of them
    kinds = tuple(kind for _, _, kind in found)
    if len(found) > 1 and kinds[0] in ("every", "label"):
        del found[0]
    if found[0][2] == "label":
        return Cue(place, (*kinds, "by"), "")
    start = found[0][0]
    return Cue(start, kinds, low[start:place].rstrip(" ("))
