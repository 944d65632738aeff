"""UTF-8 that was read as Windows-1252, Latin-1 or Windows-1258: "ChÃ­nh phá»§".

Each letter of Vietnamese is two or three bytes of UTF-8, and each byte became a character:
"ủ" is C3-like "á" with "»" and "§" behind it. Turned back into bytes and read as UTF-8 such a
run gives the letter again, and nothing but UTF-8 looks so. A text is looked at where it has
three runs that stand for letters with hat and tone ("á»§", "áº¥") or for "ư", "đ"; in lines
that hold whole letters of that kind too, only those runs are read, because "XÃ”" may be a word
before a quotation mark. Where the no-break space of "Ã\u00a0" (à) became a plain one, it is read
where the word is a syllable with what follows.

>>> unscramble("yÃªu cáº§u, ngÃ y Ä‘Ã³ Ä‘Æ°á»£c")
'yêu cầu, ngày đó được'
>>> unscramble("các phường, “XÃ”")
'các phường, “XÃ”'

The library ftfy judges whole strings by how odd they look, and leaves a third of such documents
with lines unread ("Thanh tra Bá»™"), because it must not know the language.
"""

from __future__ import annotations

import re
import unicodedata

from vnpolicy.charset.syllable import is_syllable
from vnpolicy.charset.table import LETTERS


def _bytes_of() -> dict[int, str]:
    """Character to the Latin-1 character of its byte, for all encodings that take part."""
    found: dict[int, str] = {}
    for encoding in ("cp1252", "cp1258"):
        for code in range(0x80, 0x100):
            char = bytes([code]).decode(encoding, "ignore") or chr(code)
            found.setdefault(ord(char), chr(code))
    return found


_TO_BYTE = _bytes_of()
_CLASS = "".join(map(re.escape, map(chr, sorted({*_TO_BYTE, *range(0x80, 0x100)}))))
_TRAIL = "".join(
    re.escape(chr(char)) for char, byte in sorted(_TO_BYTE.items()) if "\x80" <= byte <= "\xbf"
)
_RUN = re.compile(f"[{_CLASS}]{{2,}}")
# The letters with hat and tone (E1 BA, E1 BB and a third byte), "ư", "ơ", "đ", "ă" and capitals;
# the same once more read wrongly.
_SURE = re.compile(f"á[º»][{_TRAIL}]|Æ[°¯¡\xa0]|Ä[‘\x91ƒ\x83‚\x82\x90]")
_TWICE = re.compile("Ã¡Â[º»]|Ã†Â[°¯¡]|Ã„â€˜")
_WHOLE = re.compile("[Ạ-ỹ]")
_SPACE = "\ue000"  # stands behind a letter whose last byte may have been a plain space
_OPEN = re.compile(f"([^\\W\\d_]{{0,8}}){_SPACE}(?=( ?)([^\\W\\d_]{{0,8}}))")
_MEANT = LETTERS | set(map(chr, (*_TO_BYTE, *range(0x80, 0xC0), 0xD7, *range(0x2010, 0x2300))))
_ENOUGH = 3


def unscramble(text: str) -> str:
    """``text`` with the letters that its characters are the bytes of, in NFC; the same object
    where it holds none."""
    if len(_SURE.findall(text)) < _ENOUGH and len(_TWICE.findall(text)) < _ENOUGH:
        return text
    mended = "\n".join(map(_line, text.split("\n")))
    return text if mended == text else unscramble(unicodedata.normalize("NFC", mended))


# The no-break space as last byte of à, Ạ, Ỡ, Ơ became a plain one; after a capital "Ã" may be one.
_LOST = re.compile("((?<![A-Z])\u00c3|\u00c3(?= [ a-z])|á[º»]|Æ) ")


def _line(line: str) -> str:
    if line.isascii():
        return line
    if _WHOLE.search(line):
        return _SURE.sub(_letters, line)
    line = _LOST.sub(f"\\1\xa0{_SPACE}", line)
    line = _RUN.sub(_letters, line)
    return _OPEN.sub(_close, line) if _SPACE in line else line


def _letters(found: re.Match[str]) -> str:
    run = found.group()
    try:
        read = run.translate(_TO_BYTE).encode("latin-1").decode("utf-8")
    except UnicodeError:
        return run
    return read if _MEANT.issuperset(read) else run


def _close(found: re.Match[str]) -> str:
    """Whether the space behind the letter parts words or was the letter's own last byte."""
    before, space, after = found.groups()
    if space or is_syllable((before + after).lower()):
        return before
    return f"{before} "
