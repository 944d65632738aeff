"""Which legacy encoding a font's name stands for.

The families name themselves: ".VnTime", ".VnArial Narrow" are TCVN3, "VNI-Times" is VNI,
"VPS Times" is VPS, "VI Times" is VISCII. Of the single-byte families each font has a twin that
draws small letters as capitals, marked by a last H: ".VnTimeH", "VI Times H". Files write the
names in many ways: with the subset mark of PDF, without the leading dot, with the style, with
the character set, in small letters.

>>> of_font(".VnTimeH")
Font(encoding='tcvn3', upper=True)
>>> of_font("ABCDEF+VnArial,Bold"), of_font("VNI-Helve-Condense")
(Font(encoding='tcvn3', upper=False), Font(encoding='vni', upper=False))
>>> of_font("Times New Roman") is None
True

"VNtimes new roman" and its kin are of VietWare, an encoding that is not read; other fonts that
nobody named here are left to the text itself (:func:`vnpolicy.charset.join`).

Source: the font lists of the families' makers as collected by WinVNKey (check_charsets), and
documents of 1998 to 2009.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True, slots=True)
class Font:
    """The encoding of a font's letters; ``upper`` where it draws small letters as capitals."""

    encoding: str
    upper: bool = False


_SUBSET = re.compile(r"^[A-Z]{6}\+")
_ESCAPED = re.compile(r"#([0-9A-Fa-f]{2})")  # a PDF name: "#2EVnTime", "VNI#2DTimes"
_STYLE = re.compile(
    r"(?:[\s,_-]*(?:bold|italic|oblique|regular|normal|mt|\(.*\)))+$", re.IGNORECASE
)
# Without the dot only the known families: "VNF-Comic Sans" and others are fonts of Unicode.
_TCVN3 = re.compile(
    r"^(?:\.vn\s?[a-z0-9]|vn\s?(?:time(?!s)|arial|helvet|avant|antiqua|book|bahamas|bodoni|century"
    r"|clarendon|commercial|cooper|courier|exotic|free|gothic|kaufmann|koala|lincoln|linus|lucida"
    r"|memorandum|monotype|mystical|palatino|park|present|revue|rocko|southern|shelley|stamp"
    r"|tifani|teknical|univers|vogue|3d|aristote|arabia|black))",
    re.IGNORECASE,
)
_VNI = re.compile(r"^vni(?:[\s_-]|(?=[A-Z]|times|helve))", re.IGNORECASE)
_VPS = re.compile(r"^vps(?:[\s_-]|(?=[A-Z]))", re.IGNORECASE)
_VISCII = re.compile(
    r"^(?:viscii|vi[\s_-](?:times|arial|courier|helve|univers)\b"
    r"|(?:hoangyen|minhquan|phuongthao|thahuong|uhoai)\s*1\.1)",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?:[a-z0-9 ]H|_h|\bhoa)$|^\.?vn[a-z ]+h$", re.IGNORECASE)


@lru_cache(maxsize=4096)
def of_font(name: str) -> Font | None:
    """The legacy encoding of the font called ``name``, or None for a font of Unicode."""
    name = _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), name.strip().strip("\"'"))
    name = _SUBSET.sub("", name).split(";")[0].strip().strip("\"'")
    name = _STYLE.sub("", name)
    if _VNI.match(name):
        return Font("vni")
    for encoding, pattern in (("tcvn3", _TCVN3), ("vps", _VPS), ("viscii", _VISCII)):
        if pattern.match(name):
            return Font(encoding, upper=bool(_CAPITAL.search(name)))
    return None
