"""Bytes to text: what encoding is it?

A byte-order mark decides; bytes that are UTF-8 are UTF-8. What is neither is read in each
encoding that Vietnamese was ever written in here, and taken where one reading is certain
(:mod:`vnpolicy.charset.evidence`). Text of another language in Windows-1252 is read as that
where nothing in it looks Vietnamese. Nothing is guessed: a name in the wrong encoding becomes
another name, so bytes without a certain reading are refused.

>>> decode("Sở Tài chính".encode("utf-8"))
('Sở Tài chính', 'utf-8')
>>> decode(b"Th\\xf1 t\\xad\\xedng Ch\\xddnh ph\\xf1 y\\xaau c\\xc7u c\\xb8c tr\\xad\\xebng")
('Thủ tướng Chính phủ yêu cầu các trưởng', 'tcvn3')

UTF-8 in which a few bytes are damaged, as in a file cut short, is read with U+FFFD for each
place, at most one in 2000 bytes.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter

from vnpolicy.charset import viqr
from vnpolicy.charset.evidence import best, chunks, weigh
from vnpolicy.charset.syllable import count
from vnpolicy.charset.table import NAMES, WESTERN, table

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")
_NO_LETTER = re.compile(rb"[\x00\x07\x08\x0e\x0f\x18\x1f\x7f]")  # in no encoding
_DAMAGE = re.compile("\ufffd+")
# A word of Latin letters and others, and how long a text may be for bytes to be UTF-8 by chance.
_MIXED = re.compile("[A-Za-z][\u0180-\u019f\u01b1-\u02ff\u0370-\u1dff]|[\u0370-\u1dff][A-Za-z]")
_SHORT = 200
_VIETNAMESE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
# What shows that the signs of Windows-1252 in a text are letters of another encoding: a letter
# of it, a sign inside a word of capitals, a mark of property or paragraph before a letter.
_NO_SIGN = re.compile(
    "[^\x00-\x7f\xa0“”‘’–—…•§°©®™«»€£²³½]|[A-Za-z][^\x00-\x7f\xa0’–—][A-Za-z]|[A-Z][–—][A-Za-z]"
    "|[§®™°²³][A-Za-z]|[A-Za-z][§°«“‘]"
)
_WESTERN_KINDS = 6  # "Hoà sô" is Vietnamese by chance: half the letters mean themselves anywhere
_OF_BYTES = (WESTERN, *NAMES)
_TRIED = f"utf-8, utf-16, {', '.join(NAMES)}, windows-1252, viqr"


def decode(data: bytes) -> tuple[str, str]:
    """The text of ``data`` without its byte-order mark, and the name of its encoding.

    :raises ValueError: where no reading is certain; the message says what was tried.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(name), name
            except UnicodeDecodeError as error:
                damaged = name == "utf-8" and _damaged(data[len(mark) :], error)
                if damaged:
                    return damaged
                raise ValueError(f"not {name} text in spite of its mark: {error.reason}") from None
    if b"\x00" in data:
        return _without_mark(data)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        found = _damaged(data, error) or _legacy(data)
        if found is None:
            raise ValueError(f"no encoding reads it for certain (tried: {_TRIED})") from None
        return found
    if len(_CONTROL.findall(data)) > len(data) // 100:  # some are capitals in VPS and VISCII
        found = _legacy(data)
        if found is None or found[1] == WESTERN:
            raise ValueError("binary data, no text")
        return found
    if len(data) < _SHORT and _MIXED.search(text):  # "Чc lܮng": UTF-8 by chance
        found = _legacy(data) or ((text, "utf-8") if _VIETNAMESE.search(text) else None)
        if found is None:
            raise ValueError(f"no encoding reads it for certain (tried: {_TRIED})")
        return found
    if data.isascii() and viqr.is_viqr(text):
        return viqr.read(text), "viqr"
    return text, "utf-8"


def _without_mark(data: bytes) -> tuple[str, str]:
    """UTF-16 whose mark was lost: every other byte of its Latin letters is 0."""
    even, odd = data[0::2].count(0), data[1::2].count(0)
    half = len(data) / 2
    for name, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if zeros > 0.3 * half and others < 0.01 * half:
            try:
                text = data.decode(name)
            except UnicodeDecodeError:
                continue
            if text.isprintable() or not re.search("[\x00-\x08\x0e-\x1f\ufffe\uffff]", text):
                return text, name
    raise ValueError("binary data, no text")


def _damaged(data: bytes, error: UnicodeDecodeError) -> tuple[str, str] | None:
    """UTF-8 with a few damaged places, or cut short in its last letter."""
    text = data.decode("utf-8", "replace")
    places = len(_DAMAGE.findall(text))
    letters = sum(map(len, re.findall("[^\x00-\x7f\ufffd]+", text)))
    cut_short = error.reason == "unexpected end of data" and places == 1
    if letters >= 20 * places and (cut_short or places * 2000 <= len(data)):
        return text, "utf-8"
    return None


def _legacy(data: bytes) -> tuple[str, str] | None:
    """The certain reading in an encoding of bytes, if there is one."""
    if len(_NO_LETTER.findall(data)) > len(data) // 100:
        raise ValueError("binary data, no text")
    text = data.decode("latin-1")
    found = chunks(text)
    first = best(found, _OF_BYTES, kinds=3)
    if first is not None and (first.name != WESTERN or first.kinds >= _WESTERN_KINDS):
        read = table(first.name).read(text)
        words, good = count(read)
        return (read, first.name) if good >= 0.6 * words else None
    if _is_western(text, found):
        return table(WESTERN).read(text), WESTERN
    return None


def _is_western(text: str, found: Counter[str]) -> bool:
    """Windows-1252 with nothing Vietnamese in it: only signs beyond ASCII, or few syllables."""
    read = table(WESTERN).read(text)
    if re.search("[\x80-\x9f]", read):
        return False
    if not _NO_SIGN.search(read):
        return True
    words, good = count(text)
    if words < 10 or good > 0.5 * words:
        return False
    return all(weigh(found, name).good < 0.5 for name in NAMES)
