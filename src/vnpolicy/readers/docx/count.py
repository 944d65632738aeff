"""Numbers as lists write them (ISO/IEC 29500-1, 17.18.59 ST_NumberFormat).

>>> [write(27, form) for form in ("decimal", "decimalZero", "upperRoman", "lowerLetter")]
['27', '27', 'XXVII', 'aa']
>>> write(21, "vietnameseCounting"), write(4, "lowerRoman"), write(2, "decimalEnclosedParen")
('hai mươi mốt', 'iv', '(2)')

A form that no Vietnamese document has been seen to use is written in digits.
"""

from __future__ import annotations

_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_ONES = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_LONGEST = 780  # the last letter that Word writes: 30 times "z"


def write(number: int, form: str) -> str:
    """``number`` in the form that ``w:numFmt`` names."""
    if form == "none":
        return ""
    if form == "decimalZero":
        return f"{number:02d}"
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in ("upperLetter", "lowerLetter") and 0 < number <= _LONGEST:
        return _letter(number, "A" if form == "upperLetter" else "a")
    if form == "vietnameseCounting" and 0 < number < 100:
        return _spelled(number)
    if form == "decimalEnclosedParen":
        return f"({number})"
    if form == "numberInDash":
        return f"- {number} -"
    return str(number)


def _roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        written += sign * (number // value)
        number %= value
    return written


def _letter(number: int, first: str) -> str:
    return chr(ord(first) + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _spelled(number: int) -> str:
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _ONES[ones]
    word = "mười" if tens == 1 else f"{_ONES[tens]} mươi"
    if ones == 0:
        return word
    if ones == 5:
        return f"{word} lăm"
    return f"{word} mốt" if ones == 1 and tens > 1 else f"{word} {_ONES[ones]}"
