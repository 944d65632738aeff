"""Raised text and footnotes of a page.

The mark of a footnote ("[1]" with a link to the foot, a raised "1" behind a word) is left out
of the running text: a digit glued to a word would be read as a number. At the foot, the link
back to the mark becomes the note's label, "[1]". A raised 2 or 3 behind a unit is that unit's
square or cube, behind a digit it is a power.

>>> from lxml import etree
>>> link = '<a href="#{}">[1]</a>'
>>> note_of(etree.fromstring(link.format("_ftn1"))), note_of(etree.fromstring(link.format("x")))
('mark', None)
>>> note_of(etree.fromstring(link.format("_ftnref1")))
'label'
>>> raised("2", after="3.500 m"), raised("3", after="10"), raised("1", after="Chính phủ")
('²', '³', '')
>>> raised("th", after="5"), raised("(1)", after="Bộ Y tế")
('th', '')
"""

from __future__ import annotations

import re
from typing import Any

_SIGN = r"(\d{1,3}|\*{1,3}|[†‡]|[ivx]{1,4}|[a-z])"
_NUMBER = re.compile(rf"\[{_SIGN}\]|\({_SIGN}\)|{_SIGN}\)?", re.IGNORECASE)
_TO_FOOT = re.compile(r"_?(?:ftn|edn|fn|footnote|endnote|sdfootnote|sdendnote|cite_note)[\W_]?")
_BACK = re.compile(r"ref|anc$|back")
_UNIT = re.compile(r"(?:^|[\d\s/(])(?:[kcdm]?m|[hd]am|hm)$")
_POWERS = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")


def note_of(link: Any) -> str | None:
    """ "mark" of a link to a footnote, "label" of the link back to its mark, else None."""
    href = (link.get("href") or "").lower()
    if not href.startswith("#") or number_of(link) is None:
        return None
    target = href[1:]
    if _TO_FOOT.match(target) is None and "mso-footnote" not in (link.get("style") or ""):
        return None
    return "label" if _BACK.search(target) else "mark"


def number_of(link: Any) -> str | None:
    """The number or sign that a note's link shows, without brackets; None where it shows more."""
    text = ""
    for piece in link.itertext():
        text += piece
        if len(text) > 200:
            return None
    found = _NUMBER.fullmatch("".join(text.split()))
    return next(filter(None, found.groups())) if found is not None else None


def raised(text: str, *, after: str) -> str:
    """What raised ``text`` is behind the line so far: a power, a word's end, or nothing."""
    plain = "".join(text.split())
    if plain.lstrip("-−+").isdigit() and after[-1:].isdigit():
        return plain.translate(_POWERS)
    if plain in ("2", "3") and _UNIT.search(after):
        return plain.translate(_POWERS)
    if plain in ("o", "0", "O") and after[-1:].isdigit():
        return "°"
    if _NUMBER.fullmatch(plain) and not plain.isalpha():
        return ""
    return text
