"""What a page's style sheets and ``style`` attributes say of an element.

Only what changes the text is kept: whether an element is shown, its font (an old font is an
old encoding), the marks of its list, its borders (a table with lines is a table), and whether
line ends count. Only simple selectors are read: ``p``, ``.note``, ``p.note``, ``#note``. Rules
for print or narrow screens (``@media``) are not.

>>> from lxml import etree
>>> sheet = Sheet('p.x, .y {display: none} p {font-family: ".VnTime", serif}')
>>> sheet.style_of(etree.fromstring('<p class="x" style="margin: 0"/>'))["display"]
'none'
>>> font_of(sheet.style_of(etree.fromstring("<p/>")))
'.VnTime'
>>> has_line({"border": "none", "border-bottom": "solid windowtext 1.0pt"})
True
"""

from __future__ import annotations

import re
from typing import Any

_KEPT = ("display", "visibility", "mso-hide", "mso-element", "font-family", "white-space")
_BRACES = re.compile(r"([{}])")
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_SIMPLE = re.compile(r"([a-z][a-z0-9]*)?(?:([.#])([\w-]+))?", re.IGNORECASE)
_DRAWN = re.compile(r"\b(?:solid|double|dashed|dotted|groove|ridge|inset|outset)\b")
_NOTHING_WIDE = re.compile(r"(?<![\d.])0(?:\.0+)?(?:pt|px|in|cm|mm|em)?(?![\d.%\w])")
_MOST = 2_000_000  # characters of style sheets; no page of an office comes near


class Sheet:
    """The simple rules of a page's style sheets, joined into one text."""

    def __init__(self, text: str) -> None:
        self._rules: dict[str, dict[str, str]] = {}
        self._shown: set[str] = set()
        self._cache: dict[tuple[str, str, str], dict[str, str]] = {}
        self._read(_COMMENT.sub(" ", text[:_MOST]))

    def _read(self, text: str) -> None:
        depth = skipped = 0
        before = selectors = ""
        for piece in _BRACES.split(text):
            if piece == "{":
                depth += 1
                selectors = before.rpartition(";")[2].strip()
                if skipped == 0 and selectors.startswith("@"):
                    skipped = depth
            elif piece == "}":
                if depth and skipped == 0:
                    self._add(selectors, declared(before))
                if skipped == depth:
                    skipped = 0
                depth = max(0, depth - 1)
            else:
                before = piece

    def _add(self, selectors: str, style: dict[str, str]) -> None:
        if not style:
            return
        for selector in selectors.split(","):
            simple = _SIMPLE.fullmatch(selector.strip())
            if simple is not None and simple[0]:
                tag, mark, name = simple[1] or "", simple[2] or "", simple[3] or ""
                self._rules.setdefault(f"{tag.lower()}{mark}{name}", {}).update(style)
            elif style.get("display", "none") != "none":
                # ".tab.active {display: block}": whether ".tab {display: none}" holds is unsure.
                self._shown.update(re.findall(r"[.#][\w-]+", selector))

    def style_of(self, element: Any) -> dict[str, str]:
        """The properties of ``element``: the sheet's, then its own."""
        names = element.get("class") or "", element.get("id") or ""
        key = (element.tag, *names)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = self._of_rules(*key)
        own = element.get("style")
        return {**found, **declared(own)} if own else found

    def fonts(self) -> set[str]:
        """The fonts that the rules name first."""
        return {font for style in self._rules.values() if (font := font_of(style)) is not None}

    def _of_rules(self, tag: str, classes: str, name: str) -> dict[str, str]:
        found = dict(self._rules.get(tag, ()))
        marks = [f".{one}" for one in classes.split()] + ([f"#{name}"] if name else [])
        for mark in marks:
            for key in (mark, tag + mark):
                rule = dict(self._rules.get(key, ()))
                if rule.get("display") == "none" and mark in self._shown:
                    del rule["display"]
                found.update(rule)
        return found


def declared(style: str) -> dict[str, str]:
    """The kept properties of a declaration block, in lower case but for fonts."""
    found = {}
    for one in style[:20_000].split(";"):
        name, colon, value = one.partition(":")
        name = name.strip().lower()
        if colon and (name in _KEPT or name.startswith(("border", "list-style"))):
            plain = value.replace("!important", "").strip()
            found[name] = plain if name == "font-family" else plain.lower()
    return found


def is_hidden(style: dict[str, str]) -> bool:
    """Whether a browser, or Word, does not show what has this style."""
    return (
        style.get("display") == "none"
        or style.get("visibility") in ("hidden", "collapse")
        or style.get("mso-hide") == "all"
    )


def font_of(style: dict[str, str]) -> str | None:
    """The first font that the style names."""
    first = style.get("font-family", "").split(",")[0]
    return first.strip("'\" ") or None


def has_line(style: dict[str, str]) -> bool:
    """Whether the style draws a line on any side."""
    for name, value in style.items():
        if not name.startswith("border") or name in ("border-collapse", "border-spacing"):
            continue
        if _DRAWN.search(value) and not _NOTHING_WIDE.search(value):
            width = style.get("border-width")
            return name != "border-style" or width is None or not _NOTHING_WIDE.match(width)
    return False
