"""The label that opens an item or a section: "III.", "2.", "1.1.", "a)", "(i)", "-", "Điều 3.".

NĐ 30/2020/NĐ-CP (PL I, II.5) prescribes Phần and Chương with Roman numbers, Mục, Điều, khoản
"1." and điểm "a)"; notices and plans use "I.", "1.", "1.1.", "a)", "-", "+" and "*" in that
order of rank, and old texts "1-", "1/", "a/". A label is given as written, without its dot or
bracket. ``form`` names its family (labels of one list share it), ``value`` its place in the
list. Not labels: figures ("2.398 cơ sở", "30/5", "57-NQ/TW"), a weekday ("Thứ hai, ngày 5/8").

>>> read("1.2. Về tiến độ")
Label(form='n.n', text='1.2', value=2, body=5)
>>> read("đ) Bố trí kinh phí").text, read("Điều 3. Tổ chức").text, read("2.398 cơ sở")
('đ', 'Điều 3', None)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex

# The order of the families from the outermost in, where the document itself does not say.
RANK = {
    "Phần": 0,
    "Chương": 1,
    "Mục": 2,
    "Tiểu mục": 3,
    "Điều": 4,
    "A.": 5,
    "I.": 6,
    "I.n": 7,
    "n.": 8,
    "n-": 8,
    "n/": 8,
    "n)": 9,
    "n.n": 10,
    "n.n.n": 11,
    "n.n.n.n": 12,
    "Thứ": 13,
    "là": 13,
    "a)": 14,
    "a.n": 15,
    "(n)": 16,
    "(a)": 17,
    "i)": 18,
    "-": 19,
    "+": 20,
    "*": 21,
}
SECTIONS = frozenset(("Phần", "Chương", "Mục", "Tiểu mục", "A.", "I."))
BULLETS = frozenset("-+*")

_LETTERS = "abcdđefghijklmnopqrstuvwxyz"
_ORDINALS = (
    *("nhất", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một"),
    "mười hai",
)
_COUNTS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")

_NUMBER = regex.compile(
    r"(\d{1,3}(?:\.\d{1,2}){0,4})(?:(\.?\))|(/)(?=\s?\p{Lu})|\.(?=\s|$|[\p{Lu}\"“])"
    r"|\s?([-–—])(?=\s?\p{Lu})(?!\s?\p{Lu}{1,6}[a-z]?[/-])|(?=\s\p{Lu}))\s?"
)
_PAREN = regex.compile(r"\((\d{1,2}|[ivx]{1,5}|[a-zđ])\)\s?")
_LOWER = regex.compile(
    r"([a-zđ]\d?(?:\.\d{1,2}){0,2}|[ivx]{2,5})(?:\.?\)|/(?=\s?\p{Lu})|\.(?=\s?\p{Lu}|$))\s?"
)
_ROMAN = regex.compile(
    r"([IVXLC]{1,7})((?:\.\d{1,2}){0,3})(?:[.)/:]|\s?[-–—](?=\s?\p{Lu}))(?=\s|$|\p{Lu}|[\"“])\s?"
)
_UPPER = regex.compile(r"([A-HĐ])(?:[.)/]|\s[-–](?=\s))\s?(?=[\p{Lu}\"“])")
_ARTICLE = regex.compile(r"(?:Điều|ĐIỀU) (\d{1,3}[a-zđ]?)\s?(?:[.:]|[-–](?=\s)|$)\s?")
_SECTION = regex.compile(
    r"(Chương|CHƯƠNG|Phần|PHẦN|Mục|MỤC|Tiểu mục|TIỂU MỤC) "
    r"([IVXLC]{1,7}|\d{1,2}|(?i:thứ) \p{L}+|[A-H])\s?(?:[.:]|[-–](?=\s)|$|(?=\p{Lu}{2}))\s?"
)
_ORDINAL = regex.compile(
    rf"(Thứ ({'|'.join(reversed(_ORDINALS))}))(?:[,:.]|,? là,?|\s?[-–])(?= (?!ngày))\s"
)
_COUNT = regex.compile(rf"((?i:({'|'.join(_COUNTS)})) là)[,:]\s")
_BULLET = regex.compile(r"([-–—−‐+*•·▪■□●○◦►➢✓✔§])(?![-–—−‐+*=_.\d])\s?")
_ROMAN_VALUES = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(slots=True)
class Label:
    """A label as read; ``body`` is where the text after it begins, counted from the label."""

    form: str
    text: str
    value: int
    body: int


def read(text: str) -> Label | None:
    """The label that ``text`` opens with, or None."""
    reader = _READERS.get(text[:1])
    return reader(text) if reader is not None else None


def following(label: Label) -> str:
    """What the next label of the list begins with, as it stands inside a text.

    >>> following(Label("n.n", "1.3", 3, 5)), following(Label("a)", "d", 4, 3))
    ('1.4', ' đ)')
    """
    if label.form == "a)":
        return f" {_LETTERS[label.value % len(_LETTERS)]})"
    prefix, dot, _ = label.text.rpartition(".")
    return f"{prefix}{dot}{label.value + 1}"


def roman(text: str) -> int:
    """The value of a Roman number, 0 for letters that are none.

    >>> roman("XIV"), roman("IIX")
    (14, 0)
    """
    total, last = 0, 1000
    for char in text.lower():
        value = _ROMAN_VALUES.get(char, 0)
        if not value:
            return 0
        total += value - 2 * last if last < value else value
        last = value
    return total if _write_roman(total) == text.upper() else 0


def _write_roman(value: int) -> str:
    out = ""
    for size, sign in (
        *((100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V")),
        *((4, "IV"), (1, "I")),
    ):
        while value >= size:
            out += sign
            value -= size
    return out


def _read_number(text: str) -> Label | None:
    match = _NUMBER.match(text)
    if match is None:
        return None
    number = match[1]
    depth = number.count(".")
    if depth == 0 and match[0].strip() == number:
        return None  # "10 Nhiệm vụ": a count
    if depth:
        form = "n" + ".n" * min(depth, 3)
    else:
        form = "n)" if match[2] else "n/" if match[3] else "n-" if match[4] else "n."
    return Label(form, number, int(number.rpartition(".")[2]), match.end())


def _read_paren(text: str) -> Label | None:
    match = _PAREN.match(text)
    if match is None:
        return None
    sign = match[1]
    if sign[0].isdigit():
        return Label("(n)", sign, int(sign), match.end())
    if sign in ("i", "v", "x") or len(sign) > 1:
        value = roman(sign)
        return Label("i)", sign, value, match.end()) if value else None
    return Label("(a)", sign, _LETTERS.index(sign) + 1, match.end())


def _read_lower(text: str) -> Label | None:
    if ")" not in text[:7] and text[1:2] not in ("/", "."):
        return None
    match = _LOWER.match(text)
    if match is None:
        return None
    sign = match[1]
    if len(sign) > 1 and sign.isalpha():
        value = roman(sign)
        return Label("i)", sign, value, match.end()) if value else None
    if len(sign) > 1:
        return Label("a.n", sign, int(sign.rpartition(".")[2].lstrip(_LETTERS)), match.end())
    return Label("a)", sign, _LETTERS.index(sign) + 1, match.end())


def _read_upper(text: str) -> Label | None:
    if text[1:2] not in _AFTER_UPPER or text.startswith("V/V"):
        return None
    match = _ROMAN.match(text)
    if match is not None and match[1] not in ("C", "L"):
        value = roman(match[1])
        if match[2]:
            value = int(match[2].rpartition(".")[2]) if value else 0
        if value:
            form = "I.n" if match[2] else "I."
            return Label(form, match[1] + match[2], value, match.end())
    match = _UPPER.match(text)
    if match is None:
        return None
    value = _LETTERS.index(match[1].lower()) + 1
    return Label("A.", match[1], value, match.end())


def _read_word(text: str) -> Label | None:
    head = text[:4]
    if head in ("Điều", "ĐIỀU"):
        match = _ARTICLE.match(text)
        if match is not None:
            value = int(match[1].rstrip(_LETTERS))
            return Label("Điều", f"Điều {match[1]}", value, match.end())
    elif head in ("Thứ ", "THỨ "):
        match = _ORDINAL.match(text)
        if match is not None:
            return Label("Thứ", match[1], _ORDINALS.index(match[2]) + 1, match.end())
    elif " là" in text[:9]:
        match = _COUNT.match(text)
        if match is not None:
            return Label("là", match[1], _COUNTS.index(match[2].lower()) + 1, match.end())
    else:
        return _read_section(text)
    return None


def _read_section(text: str) -> Label | None:
    match = _SECTION.match(text)
    if match is None:
        return _read_upper(text)
    word = match[1].capitalize()
    sign = match[2]
    value = int(sign) if sign.isdigit() else roman(sign)
    return Label(word, f"{match[1]} {sign}", value, match.end())


def _read_bullet(text: str) -> Label | None:
    match = _BULLET.match(text)
    if match is None:
        return None
    sign = match[1]
    form = "-" if sign in "-–—−‐" else "+" if sign == "+" else "*"
    return Label(form, sign, 0, match.end())


_AFTER_UPPER = frozenset(".)/:-–— IVXLC")
_READERS: dict[str, Callable[[str], Label | None]] = {
    **dict.fromkeys("0123456789", _read_number),
    **dict.fromkeys(_LETTERS, _read_lower),
    **dict.fromkeys("ABCDEFGHIVXLĐ", _read_upper),
    **dict.fromkeys("ĐCMPTHBNS", _read_word),
    **dict.fromkeys("-–—−‐+*•·▪■□●○◦►➢✓✔§", _read_bullet),
    "(": _read_paren,
}
