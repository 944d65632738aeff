"""Words that lost the space between them: "trongtháng 8", "vàTruyền thông", "BộTài chính".

Converters drop the space where a line ended or a font changed. A word that can be no syllable is
two where it falls into two in one way only, both can be syllables, and a mark stands on one of
them at least: names of firms and products ("VinaPhone", "Vietcombank") have none. Where the
second half begins with a capital, it falls there.

>>> text = "trongtháng 8, Bộ Thông tin vàTruyền thông, BộTài chính, phươngán, VinaPhone, Đắklắk"
>>> for start, end, told in reversed(edits(text)):
...     text = text[:start] + told + text[end:]
>>> text
'trong tháng 8, Bộ Thông tin và Truyền thông, Bộ Tài chính, phươngán, VinaPhone, Đắk lắk'
"""

from __future__ import annotations

import re
from functools import lru_cache

from vnpolicy.charset.syllable import is_syllable

_WORD = re.compile(r"[^\W\d_]{5,14}")
_MARKED = re.compile("[À-ÃÈ-ÊÌÍÒ-ÕÙÚÝà-ãè-êìíò-õùúýĂăĐđĨĩŨũƠơƯưẠ-ỹ]")


def edits(text: str) -> list[tuple[int, int, str]]:
    """The places, each an empty span, where a space is to be put in."""
    return [
        (m.start() + at, m.start() + at, " ")
        for m in _WORD.finditer(text)
        if (at := _cut(m.group()))
    ]


def is_odd(word: str) -> bool:
    """Whether a word, as white space parts them, holds one to be cut."""
    return any(map(_cut, _WORD.findall(word)))


@lru_cache(maxsize=1 << 15)
def _cut(word: str) -> int:
    """Where the word falls in two; 0 where it does not, or nobody can say where."""
    low = word.lower()
    if is_syllable(low) or not _MARKED.search(word) or word.isupper():
        return 0
    places = [i for i in range(2, len(word) - 1) if is_syllable(low[:i]) and is_syllable(low[i:])]
    capitals = [i for i in places if word[i].isupper() and word[i - 1].islower()]
    if len(capitals) == 1:
        return capitals[0]
    if len(places) != 1 or low[1:] != word[1:]:
        return 0
    at = places[0]
    return at if _is_common(low[:at]) and _is_common(low[at:]) else 0


def _is_common(half: str) -> bool:
    """Whether the half is long enough not to be there by chance."""
    return len(half) >= 2 and (len(half) > 2 or _MARKED.search(half) is not None)
