"""Numbers in words where they count something: "hai nội dung", "năm trăm nghìn đồng".

Precision first. A spelled number needs a unit behind it. "một" counts only with a scale
("một trăm"), a comparator ("ít nhất một"), or a person who is picked ("phân công một đồng
chí"); elsewhere it is an article ("một số", "một cách", "một nền tảng"). "năm" is a year
unless a number word follows, or a word that announces a count stands before it. Fractions are
a ratio ("hai phần ba số hộ": 2 of 3); "gấp đôi" is twice.

>>> def _find(text): return find_spelled(text, text, 0, len(text))
>>> [(m.value, m.unit) for m in _find("theo hai nội dung, tăng gấp đôi")]
[(Decimal('2'), 'nội dung'), (Decimal('2'), 'lần')]
>>> _find("một số đơn vị, thứ hai, trong năm học")
[]
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import regex

from vnpolicy.lexicon.number_word import number_words
from vnpolicy.lexicon.unit import NAME, Unit
from vnpolicy.match import alternation
from vnpolicy.numbers.around import bound, is_named, is_rate, words_before
from vnpolicy.numbers.mention import NumberMention, tidy
from vnpolicy.numbers.side import Side, read_unit
from vnpolicy.numbers.words import read_words

_TWICE = regex.compile(
    r"gấp (đôi|rưỡi|hai|ba|bốn|năm|mười)(?: lần)?(?![\p{L}])(?! \p{L}*(?:mươi|trăm))"
)
_PART = regex.compile(r" phần (hai|ba|tư|bốn|năm|mười)(?!\p{L})")
_HALF = regex.compile(r"một nửa(?!\p{L})")
_PICKED = regex.compile(
    r"(?<!\p{L})(?:phân công|cử|giao|bố trí|mời|chỉ định|bổ nhiệm|phải có|cần có|có thêm)(?!\p{L})"
)
_PICK_REACH = 30  # "cử thêm ít nhất một đồng chí"
_ANNOUNCES = frozenset(
    (
        "gồm",
        "có",
        "với",
        "cả",
        "khoảng",
        "hơn",
        "gần",
        "dưới",
        "nhất",
        "thiểu",
        "quá",
        "những",
        "là",
    )
)
_PARTS = frozenset(("nghìn,", "ngàn,", "triệu,", "tỷ,", "tỉ,"))
_VAGUE = frozenset(("đôi", "dăm", "vài", "mấy", "hàng"))
_VALUE = {"đôi": "2", "rưỡi": "1.5", "hai": "2", "ba": "3", "bốn": "4", "tư": "4", "năm": "5"}
_VALUE |= {"mười": "10", "một": "1"}


@cache
def _openers() -> tuple[regex.Pattern[str], ...]:
    """A pattern for each word that a number begins with; one literal each is the fastest."""
    words = ("hai", "ba", "bốn", "sáu", "bảy", "bẩy", "tám", "chín", "mười", "một", "năm")
    return tuple(regex.compile(f"{word} ") for word in words)


@cache
def _more() -> regex.Pattern[str]:
    """Further number words after the first."""
    return regex.compile(rf"(?: {alternation(number_words())}(?!\p{{L}})){{0,14}}+")


def find_spelled(low: str, flat: str, start: int, end: int) -> list[NumberMention]:
    """Every spelled number, fraction and multiple in the window of the folded text."""
    found: list[NumberMention] = []
    for opener in _openers():
        for match in opener.finditer(low, start, end):
            if match.start() == 0 or not low[match.start() - 1].isalnum():
                mention = _read_number(low, flat, match.start(), match.end() - 1)
                if mention is not None:
                    found.append(mention)
    found += _read_parts(low, start, end)
    found += _read_multiples(low, start, end)
    return found


def _read_number(low: str, flat: str, at: int, stop: int) -> NumberMention | None:
    """The number whose first word is ``[at, stop)``."""
    more = _more().match(low, stop)
    if more is not None and more.end() > stop:
        stop = more.end()
    elif low.startswith("một số ", at) or (low[at] == "n" and not _announced(low, at)):
        return None
    words = low[at:stop]
    value = read_words(words)
    if value is None:
        return None
    side = read_unit(low, Side(at, stop, value, Decimal(1)))
    if side.unit is None or side.unit.kind == NAME:
        return None
    if _goes_on(low, at) or _is_name(flat, at, side) or is_named(low, at, side.unit):
        return None
    begin, said = bound(low, at)
    if words == "một" and low.startswith("trên ", begin):  # "trên một hệ thống" says where
        return None
    if is_rate(low, begin) or (said is None and not _counts(low, words, side.unit, at)):
        return None
    return _mention(low, side, begin, said or "eq", "spelled-number")


def _goes_on(low: str, at: int) -> bool:
    """Whether the number goes on one before it, or is vague: "sáu nghìn, bốn trăm", "đôi ba"."""
    before = words_before(low, at, 1)
    last = before[-1] if before else ""
    return last in number_words() or last in _VAGUE or last in _PARTS


def _is_name(flat: str, at: int, side: Side) -> bool:
    """ "Ba Bể": both words with a capital, not the whole in capitals."""
    return flat[at].isupper() and flat[side.unit_start].isupper() and flat[at + 1].islower()


def _announced(low: str, at: int) -> bool:
    """Whether the word before "năm" makes it five, not a year."""
    before = words_before(low, at, 1)
    return bool(before) and before[-1] in _ANNOUNCES


def _counts(low: str, words: str, unit: Unit, at: int) -> bool:
    """Whether a spelled number without a comparator counts what follows it."""
    if words == "một":
        picked = _PICKED.search(low, max(0, at - _PICK_REACH), at)
        return unit.group == "person" and picked is not None
    return True


def _read_parts(low: str, start: int, end: int) -> Iterator[NumberMention]:
    for match in _PART.finditer(low, start, end):
        top = (words_before(low, match.start() + 1, 1) or [""])[-1].lstrip("(“")
        if top in _VALUE and match.start() - len(top) >= start:
            under = Decimal(_VALUE[match.group(1)])
            yield _part(low, match.start() - len(top), match.end(), Decimal(_VALUE[top]), under)
    for match in _HALF.finditer(low, start, end):
        yield _part(low, match.start(), match.end(), Decimal(1), Decimal(2))


def _part(low: str, at: int, stop: int, value: Decimal, whole: Decimal) -> NumberMention:
    side = read_unit(low, Side(at, stop, value, Decimal(1)), part=True)
    begin, said = bound(low, at)
    mention = _mention(low, side, begin, said or "eq", "spelled-fraction")
    mention.of = whole
    return mention


def _read_multiples(low: str, start: int, end: int) -> Iterator[NumberMention]:
    for match in _TWICE.finditer(low, start, end):
        begin, said = bound(low, match.start())
        side = Side(match.start(), match.end(), Decimal(_VALUE[match.group(1)]), Decimal(1))
        mention = _mention(low, side, begin, said or "eq", "spelled-multiple")
        mention.unit, mention.kind = "lần", "times"
        mention.unit_text = "lần" if match.group().endswith("lần") else None
        yield mention


def _mention(low: str, side: Side, begin: int, said: str, rule: str) -> NumberMention:
    unit = side.unit
    return NumberMention(
        begin,
        side.end,
        tidy(side.value),
        None,
        None,
        unit.code if unit else None,
        low[side.unit_start : side.unit_start + len(side.form)] if side.form else None,
        said,
        rule,
        unit.kind if unit else None,
        unit.group if unit else None,
        side.start,
        side.unit_start if side.form else side.end,
    )
