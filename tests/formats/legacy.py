"""Typing as before Unicode: TCVN3 and VISCII through the C library's iconv, VNI by its rule.

TCVN3's fonts draw capitals with marks by a second font (".VnTimeH") that shows every letter as
a capital. VNI writes a letter and its marks one after another, as the chart of VNI-Windows has
them: "aù" is "á", "aâ" "â", "aá" "ấ", "ñ" "đ", "ö" "ư".
"""

from __future__ import annotations

import itertools
import subprocess
import unicodedata
from collections.abc import Iterable
from functools import cache

_TONES = {"\u0301": "ù", "\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0323": "ï"}
_HATS = {"\u0301": "á", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0323": "ä"}
_BREVES = {"\u0301": "é", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0323": "ë"}
_I = {"\u0301": "í", "\u0300": "ì", "\u0309": "æ", "\u0303": "ó", "\u0323": "ò"}
_HORNS = {"o": "ô", "u": "ö", "O": "Ô", "U": "Ö"}
_TAILS = str.maketrans("đĐ", "ñÑ")


@cache
def vni(letter: str) -> str:
    """One letter as the codes of VNI-Windows, written as the letters of Latin-1."""
    parts = unicodedata.normalize("NFD", letter)
    base, marks = parts[0], parts[1:]
    tone = next((mark for mark in marks if mark in _TONES), "")
    if len(parts) == 1:
        return letter.translate(_TAILS)
    if base in "iI" and tone:
        told = _I[tone]
    elif base in "yY" and tone == "\u0323":
        told = "î"
    elif "\u0302" in marks:
        told = base + (_HATS[tone] if tone else "â")
    elif "\u0306" in marks:
        told = base + (_BREVES[tone] if tone else "ê")
    elif "\u031b" in marks:
        told = _HORNS[base] + (_TONES[tone] if tone else "")
    else:
        told = base + _TONES[tone]
    return told.upper() if letter.isupper() else told


def in_vni(text: str) -> str:
    """The text in VNI's codes, written as Latin-1."""
    return "".join(map(vni, plain_signs(text)))


@cache
def _one(letter: str, encoding: str) -> str:
    done = subprocess.run(
        ["iconv", "-f", "UTF-8", "-t", encoding], input=letter.encode(), capture_output=True
    )
    return done.stdout.decode("latin-1") if done.returncode == 0 and done.stdout else "?"


def in_iconv(text: str, encoding: str) -> str:
    """The text in the codes of an encoding that iconv knows, written as Latin-1."""
    return "".join(char if char < "\x80" else _one(char, encoding) for char in plain_signs(text))


# Signs that no Vietnamese encoding of the time has: a typist of the time had these.
_SIGNS = {
    "“": '"',
    "”": '"',
    "’": "'",
    "‘": "'",
    "–": "-",
    "…": "...",
    "≥": ">=",
    "\u00a0": " ",
    "\u00d0": "Đ",
}


def typed_tcvn3(text: str) -> Iterable[tuple[str, str]]:
    """Runs in .VnTime, and in .VnTimeH for the capitals that carry a tone."""
    for toned, letters in itertools.groupby(plain_signs(text), _is_toned_capital):
        piece = "".join(letters)
        yield (
            in_iconv(piece.lower() if toned else piece, "TCVN5712-1"),
            ".VnTimeH" if toned else ".VnTime",
        )


def _is_toned_capital(char: str) -> bool:
    return char.isupper() and any(tone in unicodedata.normalize("NFD", char) for tone in _TONES)


def typed_vni(text: str) -> Iterable[tuple[str, str]]:
    """One run in VNI-Times."""
    yield in_vni(text), "VNI-Times"


def plain_signs(text: str) -> str:
    """The text with the signs of its time."""
    return "".join(_SIGNS.get(char, char) for char in unicodedata.normalize("NFC", text))
