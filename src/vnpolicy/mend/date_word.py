"""The words of a written date, misread: "ngày 15 thắng 4 nám 2024".

Between a day's number and a month's stands "tháng", between a month's and a year's "năm": there
a word of the same letters with other marks is that word.

>>> text = "ngày 15 thắng 4 nám 2024, thắng 4 trận, 3 thăng trầm"
>>> for start, end, told in reversed(edits(text)):
...     text = text[:start] + told + text[end:]
>>> text
'ngày 15 tháng 4 năm 2024, thắng 4 trận, 3 thăng trầm'
"""

from __future__ import annotations

import re

_MONTH = re.compile(r"(?<=[0-9] )th(?:[àảãạăằắẳẵặâầấẩẫậa])ng(?= [0-9]{1,2}\b)")
_YEAR = re.compile(r"(?<=[0-9] )n(?:[àáảãạằắẳẵặâầấẩẫậa])m(?= (?:19|20)[0-9]{2}\b)")
_DAY = re.compile(r"\b([Nn])g(?:[áảãạăằắẳẵặâầấẩẫậa])y(?= [0-9]{1,2} tháng [0-9])")
_WORDS = re.compile(r"(?:th[^\W\d_]ng|n[^\W\d_]m|[Nn]g[^\W\d_]y)")
_RIGHT = frozenset(("tháng", "năm", "ngày", "Ngày", "nam"))


def edits(text: str) -> list[tuple[int, int, str]]:
    """The words to be written otherwise, each as long as before."""
    found = [(m.start(), m.end(), "tháng") for m in _MONTH.finditer(text)]
    found += [(m.start(), m.end(), "năm") for m in _YEAR.finditer(text)]
    mended = _MONTH.sub("tháng", text)
    found += [(m.start(), m.end(), f"{m[1]}gày") for m in _DAY.finditer(mended)]
    return sorted(found)


def is_odd(word: str) -> bool:
    """Whether a word, as white space parts them, may be one of these, misread."""
    return 2 < len(word) < 6 and word not in _RIGHT and _WORDS.fullmatch(word) is not None
