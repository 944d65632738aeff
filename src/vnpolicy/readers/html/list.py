"""The labels that a browser draws before the items of a list.

A lettered list is "a)", as the points of a Vietnamese document are; the other marks are as
drawn. An item that begins with a mark of its own, as text pasted from elsewhere does, gets no
second one.

>>> numbers = Labels("ol", {"type": "I", "start": "2"}, style={})
>>> numbers.next({}), numbers.next({"value": "5"}), numbers.next({})
('II.', 'V.', 'VI.')
>>> Labels("ul", {}, style={}).next({}), Labels("ul", {}, style={"list-style": "none"}).next({})
('-', '')
>>> labelled("Giao Sở Y tế", label="a)"), labelled("- Lưu: VT.", label="-")
('a) Giao Sở Y tế', '- Lưu: VT.')
"""

from __future__ import annotations

import re
from collections.abc import Mapping

_OWN_MARK = re.compile(
    r"(?:[-–—+*•·●○▪■◦§]|\d{1,3}(?:\.\d{1,3}){0,3}[.)/]?|[a-zđ]{1,2}[.)]|[IVXLC]{1,6}[.)]|\(\w{1,3}\)"
    r"|Điều \d+)(?=\s|$)",
    re.IGNORECASE,
)
_STYLES = {
    "decimal": "1",
    "decimal-leading-zero": "1",
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"))


class Labels:
    """The labels of one list's items, in order."""

    def __init__(
        self, tag: str, attributes: Mapping[str, str], *, style: Mapping[str, str]
    ) -> None:
        drawn = f"{style.get('list-style', '')} {style.get('list-style-type', '')}".split()
        self._none = "none" in drawn or "list-unstyled" in attributes.get("class", "").split()
        named = [_STYLES[one] for one in drawn if one in _STYLES]
        given = attributes.get("type", "1")
        kind = given if given in ("1", "a", "A", "i", "I") else "1"
        self._kind = named[-1] if named else kind if tag == "ol" else ""
        self._step = -1 if "reversed" in attributes else 1
        self._at = _whole(attributes.get("start"), 1)

    def next(self, attributes: Mapping[str, str]) -> str:
        """The label of the next item, or nothing where none is drawn."""
        self._at = _whole(attributes.get("value"), self._at)
        here = self._at
        self._at += self._step
        if self._none:
            return ""
        if not self._kind:
            return "-"
        if self._kind in "aA" and 0 < here < 1000:
            letters = _letters(here)
            return f"{letters if self._kind == 'a' else letters.upper()})"
        if self._kind in "iI" and 0 < here < 400:
            roman = _roman(here)
            return f"{roman}." if self._kind == "i" else f"{roman.upper()}."
        return f"{here}."


def labelled(text: str, *, label: str) -> str:
    """The item's text behind its label, but for a text with a mark of its own."""
    return text if not label or _OWN_MARK.match(text) else f"{label} {text}"


def _whole(text: str | None, other: int) -> int:
    plain = (text or "").strip()
    return int(plain) if re.fullmatch(r"-?[0-9]{1,6}", plain) else other


def _letters(number: int) -> str:
    found = ""
    while number:
        number, rest = divmod(number - 1, 26)
        found = chr(ord("a") + rest) + found
    return found


def _roman(number: int) -> str:
    found = ""
    for value, sign in (*_ROMAN, (1, "i")):
        while number >= value:
            found += sign
            number -= value
    return found
