"""The legacy encodings as tables: bytes to letters.

Before Unicode a Vietnamese font drew its own letters over the codes 80 to FF, and a document
in it holds those codes still: "Chính phủ" in the font .VnTime is "ChÝnh phñ" in any other. The
tables under ``charset/data`` hold one encoding each, with its source in the first lines, and
are checked when they are first used.

``tcvn3``      TCVN 5712:1993, VN3, of the ".Vn" fonts ("ABC"); the usual one in the north
``tcvn5712``   the same standard's VN1, with capitals in the control range
``vni``        VNI-Windows: vowel and mark are two bytes; the usual one in the south
``viscii``     RFC 1456
``vps``        Vietnamese Professionals Society
``windows-1258``  Windows: vowels of one byte, tones of another (Python's own codec)
``windows-1252``  no Vietnamese at all, or what Western Europe shares with it

What a table reads is the *surface*: a text whose characters are the bytes, as Latin-1 shows
them (:func:`surface` folds the other ways in which formats hand them over). Codes that the
table does not hold stay as Windows-1252 has them.

>>> table("tcvn3").read("ChÝnh phñ n­íc")
'Chính phủ nước'
>>> table("vni").read("Uûy ban nhaân daân")
'Ủy ban nhân dân'

TCVN3 has no capitals with tones: a heading is written in capitals and small letters with
tones, or in a font that draws small letters as capitals. Words written so are raised.

>>> table("tcvn3").read("CéNG HOµ X· HéI CHñ NGHÜA VIÖT NAM, Hµ Néi")
'CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM, Hà Nội'
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources

from vnpolicy.errors import LexiconError

NAMES = ("tcvn3", "vni", "viscii", "vps", "windows-1258", "tcvn5712")
WESTERN = "windows-1252"
LETTERS = frozenset(
    letter
    for base in "aăâeêioôơuưy"
    for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    for low in (unicodedata.normalize("NFC", base + tone),)
    for letter in (low, low.upper())
) | {"đ", "Đ"}
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def _windows(code: int) -> str:
    """The character of one byte in Windows-1252; a control where it has none."""
    return bytes([code]).decode("cp1252", "ignore") or chr(code)


_HATS = frozenset("âêÂÊ")
_PUNCTUATION = {code: _windows(code) for code in range(0x80, 0xA0)}


@dataclass(frozen=True, slots=True)
class Table:
    """One encoding; ``single`` are its letters of one byte, ``pairs`` those of two, ``charmap``
    the single ones once more as a string of 256, which Python's codecs read ten times as fast."""

    name: str
    single: dict[int, str]
    pairs: dict[str, str]
    pattern: re.Pattern[str] | None
    charmap: str = ""

    def read(self, text: str) -> str:
        """The surface ``text`` in Unicode, NFC."""
        if self.pattern is not None:
            pairs = self.pairs
            text = self.pattern.sub(lambda found: pairs[found.group()], text)
        elif _is_bytes(text):
            text, _ = codecs.charmap_decode(text.encode("latin-1"), "strict", self.charmap)
        else:
            text = text.translate(self.single)
        text = unicodedata.normalize("NFC", text)
        return _raise(text) if self.name == "tcvn3" else text


@cache
def table(name: str) -> Table:
    """The table of the encoding ``name``."""
    letters: dict[str, str] = {}
    if name == "windows-1258":
        letters = {chr(code): _of_1258(code) for code in range(0xA0, 0x100)}
    elif name != WESTERN:
        letters = _load(name)
    if any(len(code) == 2 for code in letters):
        pairs = {chr(code): char for code, char in _PUNCTUATION.items()} | letters
        for code, char in letters.items():
            if len(code) == 2:  # "Uû" beside "UÛ": the mark's case is nobody's care
                pairs.setdefault(code[0] + code[1].swapcase(), char)
            if code[1:] in _HATS:  # "vieâïc" beside "vieäc": hat and tone typed one by one
                for mark, tone in zip("ùøûõï", "\u0301\u0300\u0309\u0303\u0323", strict=True):
                    pairs[code + mark] = unicodedata.normalize("NFC", char + tone)
        ordered = sorted(pairs, key=len, reverse=True)
        return Table(name, {}, pairs, re.compile("|".join(map(re.escape, ordered))))
    single = _PUNCTUATION | {ord(code): char for code, char in letters.items()}
    charmap = "".join(single.get(code, chr(code)) for code in range(256))
    return Table(name, single, {}, None, charmap)


def _of_1258(code: int) -> str:
    return bytes([code]).decode("cp1258", "ignore") or chr(code)


def _load(name: str) -> dict[str, str]:
    """Code to letter from ``data/<name>.csv``.

    :raises LexiconError: for a line that is no code and letter, a code that stands twice, or a
        letter that is none of Vietnamese.
    """
    file = resources.files("vnpolicy.charset").joinpath("data", f"{name}.csv")
    lines = file.read_text(encoding="utf-8").splitlines()
    found: dict[str, str] = {}
    for number, line in enumerate(lines, 1):
        if line.startswith("#") or line == "code,char":
            continue
        where = f"charset/data/{name}.csv:{number}"
        code, _, char = line.partition(",")
        try:
            surface_form = bytes.fromhex(code).decode("latin-1")
        except ValueError:
            raise LexiconError(f"{where}: {code!r} is no code in hex") from None
        if char not in LETTERS and char not in _TONES:
            raise LexiconError(f"{where}: {char!r} is no letter of Vietnamese")
        if not surface_form or surface_form in found:
            raise LexiconError(f"{where}: the code {code!r} is empty or stands twice")
        found[surface_form] = char
    return found


# How formats hand the codes over: Windows-1252's signs for 80-9F, a private area for fonts that
# are marked as symbols (Word: U+F0xx), and look-alikes that PDF readers take for glyph names
# ("minus" for the soft hyphen's place, "mu", "bullet operator", "macron").
_TO_SURFACE = {ord(char): chr(code) for code, char in _PUNCTUATION.items()}
_TO_SURFACE |= {0x2219: "\xb7", 0x03BC: "\xb5", 0x02C9: "\xaf"}
_PRIVATE = {0xF000 + code: chr(code) for code in range(0x20, 0x100)}
_NOT_A_BYTE = re.compile("[^\x00-\xff]+")
_LOST_SOFT_HYPHEN = re.compile(
    r"(?<=[^\W\d_])[\u2212\u2010\u2011]|\u2212(?=[^\W\d_]|[\xa8-\xae\xb5-\xbe])"
)


def surface(text: str, *, private: bool = True) -> str:
    """``text`` with every code as the Latin-1 character of its byte; codes in the private area
    only with ``private``, because without an old font they are bullets.

    >>> surface("\\uf043\\uf0e9ng t\\u2212")
    'Céng t\\xad'
    """
    if _is_bytes(text):
        return text
    known = _TO_SURFACE | _PRIVATE if private else _TO_SURFACE
    text = _NOT_A_BYTE.sub(lambda found: found.group().translate(known), text)
    return _LOST_SOFT_HYPHEN.sub("\xad", text)


def _is_bytes(text: str) -> bool:
    return text.isascii() or _NOT_A_BYTE.search(text) is None


_TONED = "".join(sorted(c for c in LETTERS if c.islower() and c not in "aăâbdđeêioôơuưy"))
_PLAIN = "A-ZĂÂÊÔƠƯĐ"
_HALF_RAISED = re.compile(f"[{_TONED}][{_PLAIN}]|[{_PLAIN}]{{2}}[{_TONED}]")
_STRETCH = re.compile(
    rf"(?<![^\W\d_])[{_PLAIN}{_TONED}]+(?:[ –-]+[{_PLAIN}{_TONED}]+)*(?![^\W\d_])"
)
_SMALL = re.compile("[a-zăâêôơưđ]")


def _raise(text: str) -> str:
    """Words in capitals whose letters with tones could only be written small, in capitals."""
    parts = []
    done = 0
    for found in _HALF_RAISED.finditer(text):
        if found.start() < done:
            continue
        start = text.rfind("\n", done, found.start()) + 1 or done
        end = text.find("\n", found.end())
        end = len(text) if end < 0 else end
        line = text[start:end]
        raised = _STRETCH.sub(_raised, line) if _SMALL.search(line) else line.upper()
        parts += [text[done:start], raised]
        done = end
    return "".join(parts) + text[done:]


def _raised(found: re.Match[str]) -> str:
    """A stretch of words without a small plain letter: "X· HéI" is raised, "Hµ" stays."""
    stretch = found.group()
    return stretch.upper() if _HALF_RAISED.search(stretch) else stretch
