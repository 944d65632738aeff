"""Text that was read wrongly somewhere on its way, put right.

Unicode text of today still holds the codes of old fonts ("ChÝnh phñ", "Uûy ban"), because
nobody looked at the font when the file was converted, and UTF-8 that was read as Windows-1252
("ChÃ\u00adnh phá»§"). Often only some paragraphs are so. Each line is judged by itself and by
the company it keeps: an encoding that is certain for one line, or for all doubtful lines
together, is taken for others where it mends words and spoils none. TCVN3 text that lost its
"ư" gets it back where that is certain (:mod:`vnpolicy.charset.loss`).

>>> repair("ChÝnh phñ yªu cÇu c¸c Bé, ngµnh vµ ®Þa ph\u00ad¬ng.\\nSở Tài chính trình.")
('Chính phủ yêu cầu các Bộ, ngành và địa phương.\\nSở Tài chính trình.', 'tcvn3')
>>> repair("Công ty Azaña® bán 5 m² «vải».")
('Công ty Azaña® bán 5 m² «vải».', None)
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter

from vnpolicy.charset import loss
from vnpolicy.charset.evidence import KIN, best, chunks, is_good, weigh
from vnpolicy.charset.mojibake import unscramble
from vnpolicy.charset.sign import codes
from vnpolicy.charset.table import surface, table

# Letters and signs of Latin-1 that are none of Vietnamese: text in an old encoding is full of
# them, clean text has hardly any.
_FOREIGN = re.compile("[\x80-\x9f¡-¯±-¶¸-¿ÄÅÆÇËÎÏÑÖ×ØÛÜÞßäåæçëîïðñö÷øûüþÿ·]")
_BEYOND = re.compile("[ĂăĐđĨĩŨũƠơƯưẠ-ỹ]")
MOJIBAKE = "utf-8-as-windows-1252"


def repair(text: str) -> tuple[str, str | None]:
    """The text that was meant, and the encoding that it was in; None where nothing was done."""
    found: str | None = None
    mended = text
    if _few(_FOREIGN, mended) >= _ENOUGH:
        mended = unscramble(text)
        found = MOJIBAKE if mended != text else None
        if _few(_FOREIGN, mended) >= _ENOUGH:
            mended, name = _by_line(mended)
            found = name or found
    if found in (None, "tcvn3"):
        whole = loss.restore(mended)
        if whole != mended:
            return whole, "tcvn3"
    return (mended, found) if found else (text, None)


_ENOUGH = 3


def _few(pattern: re.Pattern[str], text: str) -> int:
    """How many times the pattern is found, counted no further than enough."""
    number = 0
    for _ in pattern.finditer(text):
        number += 1
        if number >= _ENOUGH:
            break
    return number


def _by_line(text: str) -> tuple[str, str | None]:
    """Lines in an old encoding, once one encoding is certain."""
    if not _BEYOND.search(text):
        whole = best(chunks(surface(text, private=False)))
        if whole and whole.name:
            return table(whole.name).read(codes(text, whole.name)), whole.name
    lines = text.split("\n")
    bare = [line for line in lines if not line.isascii() and not _BEYOND.search(line)]
    found = [chunks(surface(line, private=False)) for line in bare]
    together: Counter[str] = Counter()
    for one in found:
        together.update(one)
    whole = best(together)
    name = whole.name if whole else _most_certain(found)
    if not name:
        return text, None
    if name == "tcvn3":
        name = max(KIN, key=lambda kin: (weigh(together, kin).rank, kin == "tcvn3"))
    mended = _mend(lines, name)
    return ("\n".join(mended), name) if mended != lines else (text, None)


def _most_certain(found: list[Counter[str]]) -> str:
    """The encoding that is certain for most single lines; "" where it is for none."""
    firsts = [best(one, kinds=5) for one in found]
    names = Counter(first.name for first in firsts if first and first.name)
    return names.most_common(1)[0][0] if names else ""


def _mend(lines: list[str], name: str) -> list[str]:
    """The lines that are mended by reading them so; a line that reads well both ways goes with
    the lines around it, the more easily the more common its words become."""
    gain = [0.0 if line.isascii() else _gain(line, name) for line in lines]
    decided = [i for i, one in enumerate(gain) if abs(one) >= 1]
    mended = list(lines)
    for i, one in enumerate(gain):
        if 0 < abs(one) < 1:
            at = bisect(decided, i)
            reach = 1 if one > _PLAIN else 2
            around = decided[max(0, at - reach) : at + reach]
            if one > -_PLAIN and len(around) >= reach and all(gain[k] >= 1 for k in around):
                one = 1
        line = lines[i]
        mended[i] = table(name).read(codes(line, name)) if one >= 1 else _words(line, name)
    return mended


def _gain(line: str, name: str) -> float:
    """1 where the line is certainly in the encoding ``name``, -1 where it certainly is not;
    between them where it reads well both ways, above 0 where its words are commoner so."""
    if _BEYOND.search(line):
        return -1
    found = chunks(surface(line, private=False))
    before, after = weigh(found, None), weigh(found, name)
    if after.good > before.good and (after.good >= _MENDED or (not before.good and after.good)):
        return 1
    if not after.good == before.good == 1 or after.words == before.words:
        return -1
    return max(-0.9, min(0.9, after.rank - before.rank)) or _PLAIN / 2


_PLAIN = 0.01
_MENDED = 0.8
_FOREIGN_WORD = re.compile("[A-Za-z\x80-\xffŠšŒœŽžŸƒ†‡‰‹›€™˜ˆ]+")


def _words(line: str, name: str) -> str:
    """Single words of the old encoding in a line of Unicode."""
    if not _FOREIGN.search(line) or not _BEYOND.search(line):
        return line
    return _FOREIGN_WORD.sub(lambda found: _word(found.group(), name), line)


def _word(word: str, name: str) -> str:
    if len(word) < 2 or word.isascii():
        return word
    read = table(name).read(codes(word, name))
    return read if is_good(read) and not is_good(word) else word
