"""Letters that an OCR engine read in place of digits, and signs in place of a slash.

"ngày l5 tháng O3 năm 2O24", "3l/12/2024", "l00%", "QHI5", "20⁄8⁄2024": a letter that looks like a
digit is one between two digits, before a digit where a day, a month, a year or a number must
stand, and in a number that a percent sign or a slash closes. "O3" and "I5" by themselves stay:
ozone and a processor are written so. The signs U+2044 and U+2215 are slashes. A quarter "H" is
"II", whose strokes run together, and one of "I", "l" and "1" is of as many "I".

>>> text = "ngày l5 tháng O3 năm 2O24, đạt l00%, Luật 7⁄2020/QHI4; lõi I5, 20l sữa, quý H/2024"
>>> for start, end, told in reversed(edits(text)):
...     text = text[:start] + told + text[end:]
>>> text
'ngày 15 tháng 03 năm 2024, đạt 100%, Luật 7/2020/QH14; lõi I5, 20l sữa, quý II/2024'
"""

from __future__ import annotations

import re

_LOOKS = str.maketrans("OoIl⁄∕", "0011//")
_SLASHES = str.maketrans("⁄∕", "//")
_SIGNS = re.compile("[⁄∕]")
_II = r"(?:H|(?=[Il1]*[l1])(?=[Il1]*I)[Il1]{2,3})"  # "H", "Il", "1II"
_QUARTER = re.compile(rf"(?i:(?<=\bquý )){_II}(?=[/ ,;.)]|$)", re.MULTILINE)
_STROKES = re.compile(rf"{_II}(?:[/,;.)]|$)")  # a word that may be such a quarter's number
# A cheap guard before the dear pattern: a letter beside a digit.
_GUARD = re.compile(r"[0-9][OoIl]|[OIl][0-9]|/QH[Il]|[⁄∕]")
_LETTERS = re.compile(
    r"(?<=[0-9])[OoIl]{1,2}(?=[0-9])"
    r"|(?<=[0-9])[OIl](?=[/-][0-9]{1,4}\b)"
    r"|(?i:(?<=\bngày )|(?<=\btháng )|(?<=\bnăm )|(?<=\bsố ))[OIl](?=[0-9])"
    r"|(?<![\w.,])[Il](?=[0-9]{1,3}(?:[.,][0-9]{1,3})*(?: ?%|/[0-9]))"
    r"|(?i:(?<=\bngày [0-3])|(?<=\btháng [01]))[OIl](?![\w.,])"
    r"|(?<=/QH)[Il](?=[0-9]\b)"
)
_OXIDE = re.compile(r"(?<![0-9/])[0-9]O[0-9](?![0-9/])")  # "Fe2O3", "P2O5"


def edits(text: str) -> list[tuple[int, int, str]]:
    """The spans to be written otherwise, each as long as before."""
    found = {(m.start(), m.end()) for m in _SIGNS.finditer(text)}
    plain = text.translate(_SLASHES)
    found |= {
        (m.start(), m.end())
        for m in _LETTERS.finditer(plain)
        if not _OXIDE.match(plain, m.start() - 1)
    }
    told = [(a, b, text[a:b].translate(_LOOKS)) for a, b in found]
    told += [(m.start(), m.end(), _quarter(m.group())) for m in _QUARTER.finditer(text)]
    return sorted(told)


def _quarter(strokes: str) -> str:
    return "II" if strokes == "H" else "I" * len(strokes)


def is_odd(word: str) -> bool:
    """Whether a word, as white space parts them, holds what may be damage."""
    return _GUARD.search(word) is not None or _STROKES.match(word) is not None
