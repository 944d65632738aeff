"""What stands around a time, by classes of words (``lexicon/data/time_contexts.csv``).

>>> bool(ends_with("complete", "phấn đấu hoàn thành ")), bool(has("duty", "đạt 5%"))
(True, False)
"""

from __future__ import annotations

from functools import cache

import regex

from vnpolicy.lexicon.time_word import context_words
from vnpolicy.text import fold

_BRACKET = regex.compile(r"\([^()\n]{0,120}+\)")
_NAME = regex.compile(r"(?<=[\p{Ll}\p{N}\-–] )\p{Lu}[\p{L}]*+(?: \p{Lu}[\p{L}]*+)++")


def without_names(text: str) -> str:
    """Folded, without brackets and runs of capitalised words: in "Cần Thơ" nobody needs
    anything.

    >>> without_names("các xã của tỉnh Cần Thơ (đã báo cáo) ")
    'các xã của tỉnh'
    """
    return fold(_NAME.sub("", _BRACKET.sub("", text))).strip()


def has(kind: str, text: str) -> regex.Match[str] | None:
    """The first of the class's words in the text."""
    return _anywhere(kind).search(text)


def ends_with(kind: str, text: str) -> regex.Match[str] | None:
    """One of the class's words at the text's end, right before the time."""
    return _last(kind).search(text)


def begins_with(kind: str, text: str) -> regex.Match[str] | None:
    """One of the class's words at the text's beginning, right after the time."""
    return _first(kind).match(text)


@cache
def _anywhere(kind: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?<![\p{{L}}\p{{N}}]){context_words(kind)}(?![\p{{L}}\p{{N}}])")


@cache
def _last(kind: str) -> regex.Pattern[str]:
    return regex.compile(
        rf"(?<![\p{{L}}\p{{N}}]){context_words(kind)}(?: (?:năm|kỳ|ngày|thi hành|việc))?,? ?\(?$"
    )


@cache
def _first(kind: str) -> regex.Pattern[str]:
    return regex.compile(rf"(?:,| và)? ?{context_words(kind)}(?![\p{{L}}\p{{N}}])")
