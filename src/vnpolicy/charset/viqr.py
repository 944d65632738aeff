"""VIQR: Vietnamese in plain ASCII, as mail and news of the 1990s wrote it.

A vowel is followed by its marks: ``(`` breve, ``^`` circumflex, ``+`` (also ``*``) horn, then
the tone: ``'`` sắc, ``` ` ``` huyền, ``?`` hỏi, ``~`` ngã, ``.`` nặng; ``dd`` is đ. A backslash
takes a sign literally. Writers mostly left it out where a sentence ends, so a last mark is a
stop where only that gives a syllable.

>>> read("Thu? tu+o+'ng Chi'nh phu? giao Bo^. Ta`i chi'nh\\\\.")
'Thủ tướng Chính phủ giao Bộ Tài chính.'
>>> read("Co^.ng ho`a xa~ ho^.i chu? nghi~a Vie^.t Nam, DDo^.c la^.p.")
'Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập.'

Source: RFC 1456, the specification of VIQR; "*" for the horn is usage.
"""

from __future__ import annotations

import re
import unicodedata

from vnpolicy.charset.syllable import is_syllable

_QUALITY = {"(": "\u0306", "^": "\u0302", "+": "\u031b", "*": "\u031b"}
_TONE = {"'": "\u0301", "`": "\u0300", "?": "\u0309", "~": "\u0303", ".": "\u0323"}
_LETTER = re.compile(
    r"\\([\\(^+*'`?~.dD])"
    r"|([dD])([dD])"
    r"|([aA])([(^]?)(['`?~.]?)|([eE])(\^?)(['`?~.]?)"
    r"|([oO])([\^+*]?)(['`?~.]?)|([uU])([+*]?)(['`?~.]?)|([iIyY])()(['`?~.]?)"
)
_WORD = re.compile(r"(?:[A-Za-z]|(?<=[A-Za-z(^+*])[(^+*'`?~.]|\\.)+")
_MARKED = re.compile(r"[aAeEoO]\^|[aA]\(|[oOuU][+*]|[dD][dD]|[aAeEiIoOuUyY(^+*]['`?~.]")
_SURE = re.compile(r"[aeo]\^|a\(|[ou][+*]|\bdd[aeiouy]", re.IGNORECASE)


def read(text: str) -> str:
    """The text that ``text`` stands for, in NFC."""
    return unicodedata.normalize("NFC", _WORD.sub(lambda found: _word(found.group()), text))


def _word(word: str) -> str:
    whole = _marks(word)
    if len(word) > 1 and word[-1] in "?.'" and word[-2] != "\\":
        known = is_syllable(whole.lower())
        if not known and is_syllable(_marks(word[:-1]).lower()):
            return _marks(word[:-1]) + word[-1]
    return whole


def _marks(word: str) -> str:
    return unicodedata.normalize("NFC", _LETTER.sub(_letter, word))


def _letter(found: re.Match[str]) -> str:
    parts = [part for part in found.groups() if part is not None]
    if len(parts) == 1:
        return parts[0]
    if len(parts) == 2:
        return "Đ" if parts[0] == "D" else "đ"
    base, quality, tone = parts
    return base + _QUALITY.get(quality, "") + _TONE.get(tone, "")


def is_viqr(text: str) -> bool:
    """Whether the text of ASCII is certainly VIQR: its marked words are many and read well.

    >>> is_viqr("Is it so? I do. He said 'no'.")
    False
    """
    if len(_SURE.findall(text)) < 3:
        return False
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    marked = [word for word in words if _MARKED.search(word)]
    if len(marked) < 5 or len(marked) < 0.4 * len(words):
        return False
    good = sum(is_syllable(_word(word).lower().strip("?.'")) for word in marked)
    return good >= 0.9 * len(marked)
