"""Characters of symbol fonts: the list's dashes and dots, ticks, and a few signs of formulas.

Symbol and Wingdings have codes of their own, which Word keeps at U+F000 and above. What such a
font shows as a dash, a plus or a dot is written so; a sign that means nothing in a notice is
left out.

>>> plain("\\uf0b7 và \\uf02d \\uf0b3", "Symbol"), plain("\\uf0fe", "Wingdings")
('• và - ≥', '☑')
>>> is_symbol("Symbol"), is_symbol("Times New Roman")
(True, False)
"""

from __future__ import annotations

_SYMBOL = {
    0xB7: "•", 0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    0xAE: "→", 0xDE: "⇒", 0xA7: "•", 0xA8: "•", 0xD8: "•", 0xBE: "-", 0xB0: "°", 0xA5: "∞",
    0xD7: "·", 0xE5: "∑", 0x61: "α", 0x62: "β", 0x67: "γ", 0x64: "δ", 0x44: "Δ", 0x6D: "µ",
    0x70: "π", 0x53: "Σ", 0x57: "Ω",
}  # fmt: skip
_WINGDINGS = {
    0x6F: "☐", 0x71: "☐", 0x72: "☐", 0xA8: "☐", 0xFD: "☒", 0xFE: "☑", 0xFC: "✓", 0x78: "☒",
    0xE0: "→", 0xE8: "→", 0xF0: "⇒", 0xA0: "•", 0xA7: "•", 0x6C: "•", 0x6E: "•", 0x9F: "•",
    0x76: "•", 0xD8: "•", 0x77: "•", 0x75: "•", 0x46: "•", 0x51: "•", 0x26: "•",
}  # fmt: skip
_DASHES = {0x2D: "-", 0x2B: "+", 0x2A: "*"}
_TABLES = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}
_PRIVATE = range(0xF000, 0xF100)


def is_symbol(font: str | None) -> bool:
    """Whether the font shows signs in the place of letters."""
    name = (font or "").lower()
    return name.startswith(("symbol", "wingdings", "webdings", "marlett", "zapfdingbats"))


def plain(text: str, font: str | None) -> str:
    """``text`` with the signs of a symbol font as their Unicode characters."""
    return "".join(_sign(char, font) for char in text)


def _sign(char: str, font: str | None) -> str:
    code = ord(char)
    private = code in _PRIVATE
    if not private and (code >= 0x100 or char.isspace() or not is_symbol(font)):
        return char
    name = (font or "").lower()
    if private:
        code -= 0xF000
    elif name.startswith("symbol") and (code < 0x80 or char.isalpha()):
        return char  # its Greek letters are typed by code; a word in it has the wrong font
    table = _TABLES.get(name.split(" ")[0])
    if table is None:  # private, and no font tells: the commonest reading
        table = _WINGDINGS | _SYMBOL if private else {}
    if code in table:
        return table[code]
    if table is not _WINGDINGS and code in _DASHES:
        return _DASHES[code]
    return chr(code) if name.startswith("symbol") and 0x20 <= code < 0x40 else ""
