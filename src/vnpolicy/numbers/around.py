"""The words before a number: the bound they set, and the names they make of it.

>>> bound("phấn đấu ít nhất 5 bậc", 17)
(9, 'ge')
>>> bound("cao hơn 5%", 8), is_named("nối với quốc lộ 14", 16, None)
((8, None), True)
"""

from __future__ import annotations

import regex

from vnpolicy.lexicon.number_word import comparators, naming
from vnpolicy.lexicon.unit import COUNT, Unit

_REACH = 40  # characters looked back for a comparator
_LONGEST = 5  # words of the longest comparator
_OPENERS = "(“\"'‘[|-–+"
_SIGNS = frozenset("≥≤><~≈=")
_COUNTED = frozenset((COUNT, "time", "age", "times"))
_WHOLE_COUNTRY = ("34 tỉnh", "63 tỉnh", "63/63", "34/34")  # provinces to and since 2025-07-01
_STATES = frozenset(["đạt", "bằng", "là", "tăng", "được", "thành", "lên", "tới", "đến", "ước"])
_LISTED = regex.compile(r"(?r)(?<= )(?:[0-9]+[a-zđ]?(?:, ?|; | và ))+")  # "Điều 26, 27 và 28"
_COUNTED_BEFORE = regex.compile(r"(?r)[0-9%] ?\p{L}{0,7}(?: \p{L}{1,7}){0,2} ")
_EACH = frozenset(("mỗi", "hằng", "hàng", "một", "cả", "bình quân", "trung bình"))


def words_before(low: str, at: int, count: int) -> list[str]:
    """Up to ``count`` words of the same block right before the space at ``at - 1``."""
    floor = max(0, at - _REACH)
    begin = max(low.rfind("\n", floor, at) + 1, floor)
    return low[begin : at - 1].split(" ")[-count:] if at - begin > 1 else []


def bound(low: str, at: int) -> tuple[int, str | None]:
    """Where the comparator of the number at ``at`` begins, and which it is; ``(at, None)``
    where there is none."""
    if (at and low[at - 1] in _SIGNS) or low[max(0, at - 2) : at - 1] in _SIGNS:
        return _sign(low, at)
    if not at or low[at - 1] != " ":
        return at, None
    table = comparators()
    words = words_before(low, at, _LONGEST)
    for first in range(len(words)):
        phrase = " ".join(words[first:]).lstrip(_OPENERS)
        said = table.get(phrase)
        if said == "none" or (phrase == "trên" and _is_place_of(low, at, words)):
            return at, None
        if said is not None:
            return at - 1 - len(phrase), said
    return at, None


def _is_place_of(low: str, at: int, words: list[str]) -> bool:
    """Whether "trên" says where, not how many: "trên 34 tỉnh, thành phố", "trên 100% tuyến phố"
    but "đạt trên 100%"."""
    if low.startswith(_WHOLE_COUNTRY, at):
        return True
    return low.startswith("100%", at) and (len(words) < 2 or words[-2] not in _STATES)


def _sign(low: str, at: int) -> tuple[int, str | None]:
    start = at
    while start and (low[start - 1] in _SIGNS or (low[start - 1] == " " and start == at)):
        start -= 1
    return start, comparators().get(low[start:at].strip())


def is_named(low: str, at: int, unit: Unit | None, *, year: bool = False) -> bool:
    """Whether the words before make the number at ``at`` a name: "Quốc lộ 14", "khóa 15".

    ``year`` tells that it looks like one. A measure ("5%", "3 km", "2 tỷ đồng") is no name.
    """
    if at < 2 or low[at - 1] != " ":
        return False
    if unit is not None and unit.kind not in _COUNTED:
        return False
    table = naming()
    listed = _LISTED.match(low, max(0, at - _REACH), at)
    words = words_before(low, listed.start() if listed else at, 3)
    for first in range(len(words)):
        kind = table.get(" ".join(words[first:]).lstrip(_OPENERS))
        if kind is not None:
            break
    else:
        return False
    if kind == "day":
        return not (len(words) > 1 and words[-2] in _EACH)
    if kind == "year":
        return year
    if kind == "loose":
        return unit is None
    return kind == "name"


def is_rate(low: str, begin: int) -> bool:
    """Whether "trên" at ``begin`` says what is counted by: "12 người trên một vạn dân"."""
    return low.startswith("trên ", begin) and bool(
        _COUNTED_BEFORE.match(low, max(0, begin - _REACH), begin)
    )


def is_place_name(flat: str, at: int, unit: Unit, unit_start: int, unit_end: int) -> bool:
    """Whether the number ends a proper name or a proper name follows it: "Nhơn Trạch 3 tỉnh
    Đồng Nai", "2 Bộ Công an" as a row's label."""
    if unit.kind == "money":  # "888 Yên Bái", "5 Đồng Tháp"
        return flat[unit_start].isupper() and flat[unit_start + 1 : unit_start + 2].islower()
    if unit.kind != COUNT:
        return False
    follows = flat[unit_end + 1 : unit_end + 2].isupper() and flat[unit_end : unit_end + 1] == " "
    if follows and unit.peers and flat[unit_start].isupper() and flat[unit_start + 1].islower():
        return True
    if not (follows and unit.group == "place") or at < 2 or flat[at - 1] != " ":
        return False
    before = flat.rfind(" ", max(0, at - _REACH), at - 1) + 1
    word = flat[max(before, flat.rfind("\n", before, at) + 1) : at - 1]
    opens = before < 2 or flat[before - 2] in ".:;!?\n|("
    return word[:1].isupper() and not word.isupper() and not opens
