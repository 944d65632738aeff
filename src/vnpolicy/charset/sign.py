"""Which characters of a text are codes of an old encoding, and which are signs.

Word sets quotation marks and dashes by itself, as Unicode, in a document whose letters are old
codes. TCVN3 and VNI have the same signs at those codes; VISCII and VPS have letters there, so
"C“NG" is "CỘNG" in VISCII and "“Cộng" begins with a quotation mark. Such a sign is a letter
where its word is a syllable with the letter and none without it.

>>> from vnpolicy.charset.table import table
>>> table("viscii").read(codes("“C“NG – HÒA” CH”", "viscii"))
'“CỘNG – HÒA” CHỢ'

A file that says Windows-1258 of text in an old encoding has "Ă" for the code C3, "ư" for FD.
"""

from __future__ import annotations

import re

from vnpolicy.charset.evidence import is_good
from vnpolicy.charset.table import surface, table

_SIGNS = dict(zip("‘’“”•–—…", map(chr, range(0xE010, 0xE018)), strict=True))
_ALL = "".join(_SIGNS)
_KEPT = str.maketrans(_SIGNS)
_BACK = str.maketrans({place: sign for sign, place in _SIGNS.items()})
_SIGN = re.compile("[‘’“”•–—…]")
_BEFORE = re.compile("[^\\s!-/:-@]{0,20}$")
_AFTER = re.compile("[^\\s!-/:-@]{0,20}")
_NOT_A_BYTE = re.compile("[^\x00-\xff]+")
_1258 = str.maketrans("ĂĐƠƯăđơư\u20ab\u0300\u0309\u0303\u0301\u0323", "ÃÐÕÝãðõýþÌÒÞìò")


def codes(text: str, name: str, *, private: bool = False) -> str:
    """The surface of ``text`` for the encoding ``name``, where signs that are no letters stay."""
    text = _NOT_A_BYTE.sub(lambda found: found.group().translate(_1258), text)
    if name not in ("viscii", "vps"):
        return surface(text, private=private)
    parts = []
    done = 0
    for found in _SIGN.finditer(text):
        if found.start() < done:
            continue
        before = _BEFORE.search(text[max(done, found.start() - 20) : found.start()])
        after = _AFTER.match(text, found.end())
        start = found.start() - len(before.group() if before else "")
        end = after.end() if after else found.end()
        parts += [text[done:start], _signs(text[start:end], name)]
        done = end
    return surface("".join(parts) + text[done:], private=private).translate(_BACK)


def _signs(word: str, name: str) -> str:
    """The word with its signs set apart: first none, then the last, then all of them."""
    bare = word.lstrip(_ALL)
    before = word[: len(word) - len(bare)].translate(_KEPT)
    inner = bare.rstrip(_ALL)
    kept = bare.translate(_KEPT)
    if not _good(kept, name):
        for reading in (bare, inner + bare[len(inner) :].translate(_KEPT)):
            if _good(reading, name):
                return before + reading
    return before + kept


def _good(word: str, name: str) -> bool:
    read = table(name).read(surface(word)).translate(_BACK)
    return is_good(read) and read.strip(_ALL).lower() != "đ"  # "ĐỀ", not "Đ“"
