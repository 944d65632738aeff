"""Runs of characters with their fonts to one text.

A word processor's file says for each run of characters in which font it is drawn, and the font
says the encoding (:mod:`vnpolicy.charset.font`). Fonts lie both ways: text that somebody
converted keeps the old font's name, and text in an old encoding loses it where a style is
inherited. So letters that only Unicode has are left as they are in any font, and a run without
a font that tells is read in an old encoding where that is certain, or where its neighbours are
in that encoding and every word of it becomes a syllable.

>>> join([("Thñ t\u00ad", ".VnTime"), ("íng", ".VnTimeH"), (" Chính phủ", ".VnTime")])
('Thủ tưỚNG Chính phủ', {'tcvn3'})
>>> join([("U", "VNI-Times"), ("ÛY BAN", "VNI-Times"), (" Sony®", "Arial")])
('ỦY BAN Sony®', {'vni'})
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import groupby

from vnpolicy.charset.evidence import best, chunks, weigh
from vnpolicy.charset.font import Font, of_font
from vnpolicy.charset.sign import codes
from vnpolicy.charset.table import LETTERS, surface, table

_OF_1258 = frozenset("ĂĐƠƯăđơư")  # what a file that says Windows-1258 makes of the bytes
_BEYOND_LATIN_1 = frozenset(letter for letter in LETTERS if ord(letter) > 0xFF)
_UNICODE = _BEYOND_LATIN_1 - _OF_1258
_Run = tuple[str, Font | None]


def join(runs: Iterable[tuple[str, str | None]]) -> tuple[str, set[str]]:
    """One text in NFC from runs of (characters, font name), and the encodings converted."""
    fonts = ((text, of_font(name) if name else None) for text, name in runs)
    stretches = [(encoding, list(members)) for encoding, members in groupby(fonts, key=_encoding)]
    used: set[str] = set()
    parts = [_stretch(encoding, members, used) for encoding, members in stretches]
    for i, (encoding, _) in enumerate(stretches):
        if not encoding:
            parts[i] = _without_font(parts[i], used)
    return unicodedata.normalize("NFC", "".join(parts)), used


def _encoding(run: _Run) -> str:
    """The old encoding that a run's font gives it; "" where none, or it is Unicode already."""
    text, font = run
    return font.encoding if font and _UNICODE.isdisjoint(text) else ""


def _stretch(encoding: str, runs: list[_Run], used: set[str]) -> str:
    """Neighbouring runs of one encoding; capitals where a run's font draws them."""
    whole = "".join(text for text, _ in runs)
    foreign = bool(encoding) and not whole.isascii() and not _is_unicode(whole, encoding)
    parts = []
    for upper, members in groupby(runs, key=lambda run: bool(run[1] and run[1].upper)):
        text = "".join(text for text, _ in members)
        if foreign and not text.isascii():
            used.add(encoding)
            text = table(encoding).read(codes(text, encoding, private=True))
        parts.append(text.upper() if upper else text)
    return "".join(parts)


def _is_unicode(text: str, encoding: str) -> bool:
    """Whether text in an old font reads better as it stands."""
    before = weigh(chunks(text), None).good
    after = weigh(chunks(codes(text, encoding, private=True)), encoding).good
    return before > after or (before == after and not _OF_1258.isdisjoint(text))


def _without_font(text: str, used: set[str]) -> str:
    """The text of a run whose font says nothing."""
    if text.isascii() or not _BEYOND_LATIN_1.isdisjoint(text):
        return text
    found = chunks(surface(text, private=False))
    first = best(found)
    if first is not None:
        if not first.name:
            return text
        used.add(first.name)
        return table(first.name).read(codes(text, first.name))
    for name in sorted(used):
        before, after = weigh(found, None), weigh(found, name)
        if after.good == 1 and before.good < 0.5:
            return table(name).read(codes(text, name))
    return text
