"""Numbers in words, of every size: "hai mươi lăm", "một trăm linh năm triệu", "ba phẩy hai".

The grammar: [digit] trăm [linh digit | [digit] mươi [digit]] with lăm, mốt and tư after tens,
parts of falling scale (tỷ, triệu, vạn, nghìn) added up, a scale of a scale (nghìn tỷ)
multiplied, "rưỡi" half of the last scale. A row of words that breaks it is no number.

>>> read_words("hai mươi mốt"), read_words("một trăm linh năm"), read_words("ba nghìn tỷ")
(Decimal('21'), Decimal('105'), Decimal('3000000000000'))
>>> read_words("một triệu rưỡi"), read_words("hai phẩy năm"), read_words("mươi hai") is None
(Decimal('1500000.0'), Decimal('2.5'), True)
"""

from __future__ import annotations

from decimal import Decimal

from vnpolicy.lexicon.number_word import NumberWord, number_words

_HALF = Decimal("0.5")


def read_words(text: str) -> Decimal | None:
    """The value of folded number words parted by single spaces, or None."""
    table = number_words()
    words = [table.get(word) for word in text.split(" ")]
    parsed = [word for word in words if word is not None]
    if len(parsed) != len(words) or not parsed:
        return None
    point = next((i for i, word in enumerate(parsed) if word.kind == "point"), None)
    if point is not None:
        return _read_decimal(parsed, point)
    return _read_whole(parsed)


def _read_decimal(words: list[NumberWord], point: int) -> Decimal | None:
    """ "ba phẩy hai lăm triệu": digits after the point, then scales."""
    whole = _read_whole(words[:point])
    tail = point + 1
    while tail < len(words) and words[tail].kind in ("digit", "tail"):
        tail += 1
    digits = "".join(str(word.value) for word in words[point + 1 : tail])
    scale = _product(words[tail:])
    if whole is None or not digits or scale is None:
        return None
    return (whole + Decimal(f"0.{digits}")) * scale


def _product(words: list[NumberWord]) -> Decimal | None:
    value = Decimal(1)
    for word in words:
        if word.kind != "scale":
            return None
        value *= word.value
    return value


def _read_whole(words: list[NumberWord]) -> Decimal | None:
    """Parts of falling scale, added up."""
    total, last, at = Decimal(0), None, 0
    while at < len(words):
        begun = at
        while at < len(words) and words[at].kind not in ("scale", "half"):
            at += 1
        part = _read_thousand(words[begun:at])
        unit = Decimal(1)
        while at < len(words) and words[at].kind == "scale":
            unit *= words[at].value
            at += 1
        if at < len(words) and words[at].kind == "half":
            part = None if part is None else part + _HALF
            at += 1
            if at < len(words) or unit == 1:
                return None
        if part is None or (last is not None and unit >= last):
            return None
        total += part * unit
        last = unit
    return total if last is not None else None


def _read_thousand(words: list[NumberWord]) -> Decimal | None:
    """A number under one thousand."""
    kinds = "".join(_LETTER.get(word.kind, "?") for word in words)
    values = [word.value for word in words]
    total = Decimal(0)
    if "h" in kinds:
        if kinds[:2] != "dh":
            return None
        total, kinds, values = values[0] * 100, kinds[2:], values[2:]
        if kinds in ("zd", "zt"):
            return total + values[1]
    rest = _SHAPES.get(kinds)
    if rest is None or (total == 0 and not kinds):
        return None
    return total + sum(value * weight for value, weight in zip(values, rest, strict=True))


_LETTER = {"digit": "d", "tail": "t", "ten": "x", "tens": "m", "hundred": "h", "zero": "z"}
# "mười lăm", "hai mươi mốt", "hai mốt": what each word weighs
_SHAPES: dict[str, tuple[int, ...]] = {
    "": (),
    "d": (1,),
    "x": (1,),
    "xd": (1, 1),
    "xt": (1, 1),
    "dm": (10, 0),
    "dmd": (10, 0, 1),
    "dmt": (10, 0, 1),
    "dt": (10, 1),
}
