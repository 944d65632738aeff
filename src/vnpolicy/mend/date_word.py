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

_WORD = re.compile(r"th[àảãạăắằẳẵặâầấẩẫậa]ng|n[àáảãạằắẳẵặâầấẩẫậ]m|[Nn]g[áảãạằắẳẵặâầấẩẫậ]y")
_MONTH = re.compile(r"(?<=[0-9] )th[^\W\d_]ng(?= [0-9]{1,2}\b)")
_YEAR = re.compile(r"(?<=[0-9] )n[^\W\d_]m(?= (?:19|20)[0-9]{2}\b)")
_DAY = re.compile(r"\b[Nn]g[^\W\d_]y(?= [0-9]{1,2} th[^\W\d_]ng [0-9])")
_PLACES = {"t": (_MONTH, "tháng"), "n": (_YEAR, "năm")}


def edits(text: str) -> list[tuple[int, int, str]]:
    """The words to be written otherwise, each as long as before."""
    found = []
    for word in {word for word in text.split() if is_odd(word)}:
        pattern, right = _PLACES[word[0]] if word[1] != "g" else (_DAY, word[0] + "gày")
        at = text.find(word)
        while at >= 0:
            if pattern.match(text, at):
                found.append((at, at + len(word), right))
            at = text.find(word, at + 1)
    return sorted(found)


def is_odd(word: str) -> bool:
    """Whether a word, as white space parts them, may be one of these, misread."""
    return _WORD.fullmatch(word) is not None
