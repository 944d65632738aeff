"""Letters that TCVN3 text loses on its way.

TCVN3 writes "ư" with the code of the soft hyphen, which programs drop as invisible: "Thủ tướng"
arrives as "Thủ tớng", "được" as "đợc". The loss shows itself: "ơng" and "ơc" are no rimes of
Vietnamese. Where a text has several such words and not one "ươ" the letter was lost, and it is
put back in every word that is no syllable without it and exactly one with it. Words that are
syllables either way ("lu" for "lưu") stay, except the few in the list below that office text
does not have otherwise, and "t" in the compounds of "tư".

>>> restore("Thủ tớng giao các địa phơng trớc ngày 5, ngời dân đợc đầu t")
'Thủ tướng giao các địa phương trước ngày 5, người dân được đầu tư'
>>> restore("Chơng trình")  # one word shows nothing
'Chơng trình'
"""

from __future__ import annotations

import re

from vnpolicy.charset.syllable import is_syllable

_SIGN = re.compile("[ơờớởỡợƠỜỚỞỠỢ](?:ng|c|NG|C)(?![^\\W\\d_])")
_WHOLE = re.compile("ư[ơờớởỡợ]")
_WORD = re.compile(r"[^\W\d_]+")
_ENOUGH = 3
_RARE = {"ngời": "người", "dới": "dưới", "lới": "lưới", "lợt": "lượt", "vợt": "vượt"}
_SINGLE = re.compile(
    r"(?<![^\W\d_])((?:thông|đầu|vật|trung|riêng) t|dân c|lá th)(?![^\W\d_.])"
    r"|(?<![^\W\d_])(?:t(?= (?:pháp|vấn|nhân|liệu|tưởng|cách|lệnh))|c(?= trú))",
    re.IGNORECASE,
)


def is_lossy(text: str) -> bool:
    """Whether the text shows that it lost its "ư": no "ươ", and rimes that cannot be."""
    return len(_SIGN.findall(text)) >= _ENOUGH and not _WHOLE.search(text)


def restore(text: str) -> str:
    """``text`` with the lost letters put back where that is certain."""
    if not is_lossy(text):
        return text
    text = _SINGLE.sub(lambda found: found.group() + "ư", text)
    return _WORD.sub(lambda found: _whole(found.group()), text)


def _whole(word: str) -> str:
    low = word.lower()
    if low in _RARE:
        return _like(word, _RARE[low])
    if len(word) < 2 or is_syllable(low) or (word.isupper() and word.isascii()):
        return word
    readings = {low[:i] + "ư" + low[i:] for i in range(len(low) + 1)}
    possible = [reading for reading in readings if is_syllable(reading)]
    return _like(word, possible[0]) if len(possible) == 1 else word


def _like(word: str, reading: str) -> str:
    """``reading`` in the case of ``word``."""
    if word.isupper():
        return reading.upper()
    return reading.capitalize() if word[0].isupper() else reading
