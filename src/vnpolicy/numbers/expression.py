"""Every number expression of a text, in one pass over its digits and one over its words.

The digit pass matches whole clusters and looks at what stands around each. Two clusters make a
range or a ratio (``pair``); scale, unit and comparator are read from the words. A code, a date,
a time, an instrument's number, a list's label and a name ("Quốc lộ 14", "5G", "1/500") are
refused.
"""

from __future__ import annotations

from collections.abc import Callable

import regex

from vnpolicy.lexicon.number_word import comparators, idle_words
from vnpolicy.lexicon.unit import COUNT, NAME, Unit
from vnpolicy.match import resolve
from vnpolicy.numbers.around import bound, is_named, is_place_name, is_rate
from vnpolicy.numbers.elsewhere import find_unit, join_decimal
from vnpolicy.numbers.mention import NumberMention, tidy
from vnpolicy.numbers.pair import REFUSED, Pair, read_range, read_ratio
from vnpolicy.numbers.side import Side, read_side
from vnpolicy.numbers.spelled import find_spelled

_DIGITS = regex.compile(r"[0-9]+(?:[.,][0-9]+)*")  # as CLUSTER; the possessive form runs slower
_MARKS = frozenset("%‰°₫€$(-–—÷/")
_ABOVE = regex.compile(r"[^\n.;,:]{0,60} trở lên(?!\p{L})")  # "từ 15% người dân tộc trở lên"
_AFTER = regex.compile(r" (trở (?:lên|xuống))(?!\p{L})")
_PARTED = frozenset(("điểm", "suất", "biên chế", "bậc", "người", "lượt"))  # may be 2,5
_DAYS = ("ngày ", "tháng ", "điều ", "khoản ")
_EACH = ("mỗi ngày ", "mỗi tháng ", "hằng tháng ", "hàng tháng ", "hằng ngày ", "một tháng ")
_GLUE = frozenset("/:_+=#@&\\%]")
_DASHES = frozenset("-–—")
_SIGNS = ("≥", "≤")
_SEGMENTED = 80  # characters to one "_" in a text whose words are joined by it
_LABEL = regex.compile(r"[.)] |[.)]?(?:\n|$)|\]")


def scan(
    low: str,
    flat: str,
    *,
    start: int = 0,
    end: int | None = None,
    bare: bool = True,
    skip: Callable[[int, int], bool] | None = None,
) -> list[NumberMention]:
    """Every number expression between ``start`` and ``end``, from left to right.

    ``low`` is ``flat`` folded. Without ``bare`` numbers that have neither unit, scale nor sign
    are left out; clusters whose span ``skip`` wants skipped are not read.
    """
    stop = len(low) if end is None else end
    if low.count("_", start, stop) * _SEGMENTED > stop - start:  # "53 dịch_vụ công"
        low, flat = low.replace("_", " "), flat.replace("_", " ")
    found: list[NumberMention] = []
    resume = start
    idle = idle_words()
    for match in _DIGITS.finditer(low, start, stop):
        at, after = match.span()
        if not (bare or _may_count(low, after, idle) or low[max(0, at - 2) : at].strip() in _SIGNS):
            continue
        if at < resume or _is_glued(low, at) or (skip is not None and skip(at, after)):
            continue
        mention = _read(low, flat, at, after)
        if mention is None:
            continue
        resume = mention.end
        told = mention.unit or mention.scaled or low[mention.start] in "≥≤"
        if told or (bare and _stands_free(low, mention)):
            found.append(mention)
    spelled = find_spelled(low, flat, start, stop)
    if skip is not None:
        spelled = [one for one in spelled if not skip(one.number_start, one.number_end)]
    return resolve(found + spelled)


def _may_count(low: str, after: int, idle: frozenset[str]) -> bool:
    """Whether what follows a cluster may make it a quantity; cheap, for most are none."""
    first = low[after : after + 1]
    if first == " ":
        second = low[after + 1 : after + 2]
        if second.isalpha():
            return low[after + 1 : after + 9].partition(" ")[0] not in idle
        return second in _MARKS
    if first == ",":
        return low[after + 4 : after + 6].lstrip(" ")[:1] == "%"
    return first in _MARKS or first.isalpha()


def _is_glued(low: str, at: int) -> bool:
    """Whether the cluster goes on something before it: a code, a date, a document's number."""
    if not at:
        return False
    before = low[at - 1]
    if before == " ":
        return low.endswith(_DAYS, 0, at) and not low.endswith(_EACH, 0, at)
    if before in "\n(":
        return False
    second = low[at - 2] if at > 1 else " "
    if before in _DASHES:
        return not (second.isspace() or second in "(|")
    if before in ".,":
        return second.isalnum()
    return before.isalnum() or before in _GLUE


def _read(low: str, flat: str, at: int, stop: int) -> NumberMention | None:
    """The expression that opens with the cluster ``[at, stop)``, or None where it is none."""
    four = stop - at == 4 and low[at] in "12" and low[at:stop].isdigit()
    if four and low.endswith("năm ", 0, at):
        return None
    year = four and low[at : at + 2] in ("19", "20")
    first = read_side(low, at, stop)
    if first is None:
        return None
    if first.unit is None and first.end == stop:
        join_decimal(low, first)
    pair = read_ratio(low, flat, first) or read_range(low, first)
    if pair is REFUSED:
        return None
    if pair is None and first.unit is None:
        if _goes_on(low, first.end):
            return None
        find_unit(low, flat, first, stop, year=year)
    return _bounded(low, flat, first, pair, year=year)


def _goes_on(low: str, end: int) -> bool:
    """Whether a cluster without a unit runs on into a code: "2b", "623/TB", "14:27", "5.jpg"."""
    after = low[end : end + 2]
    if not after:
        return False
    if after[0].isalpha() or after[0] in "/:+_@=":
        return True
    return after[0] in "-–.," and after[1:].isalnum()


def _bounded(
    low: str, flat: str, first: Side, pair: Pair | None, *, year: bool
) -> NumberMention | None:
    """The mention with its comparator, or None where the words around make it a name."""
    last = pair.last if pair else first
    unit = last.unit
    at, end = first.start, last.end
    if unit and unit.kind == NAME:
        return None
    begin, said = bound(low, at)
    after = _AFTER.match(low, end)
    if after is not None:
        end = after.end()
        said = said or comparators("after")[after.group(1)]
    if begin == at and said is None and not (pair and pair.kind == "ratio" and _is_rank(low, at)):
        if is_named(low, at, unit, year=year):
            return None
        if year and not last.scale > 1 and _is_year(first, unit):
            return None
    if said == "gt" and unit and unit.group == "person" and is_rate(low, begin):
        return None
    if said is None and _from(low, at) < at and _ABOVE.match(low, end):
        begin, said = _from(low, at), "ge"
    if unit and unit.kind == COUNT and _is_label(flat, first, last):
        return None
    if unit and last.form and is_place_name(flat, at, unit, last.unit_start, last.end):
        return None
    if (pair and pair.kind == "range") or after is not None:
        begin = _from(low, begin)
    return _mention(low, first, pair, begin, end, said)


def _is_label(flat: str, first: Side, last: Side) -> bool:
    """Whether a count is none: "số thứ tự 17,18 Mục I", "Bản chính: 1 Bản sao: 0", a footnote's
    "7 Trường hợp ..." at the beginning of a line."""
    title = flat[last.unit_start : last.unit_start + 2]
    if flat[first.start - 1 : first.start] in ("\n", "") and title.istitle():
        return True
    if first.scale == 1 and first.value % 1 and last.form not in _PARTED:
        return True
    return flat[last.end : last.end + 1] == ":" and flat[last.unit_start].isupper()


def _is_rank(low: str, at: int) -> bool:
    """ "đứng thứ 04/34 tỉnh, thành phố" """
    return low.endswith(("thứ ", "hạng ", "vị trí "), 0, at)


def _is_year(side: Side, unit: Unit | None) -> bool:
    """Whether a bare four-digit number is a year: "Luật Đất đai 2024 tỉnh ..."."""
    return (unit is None or unit.kind in (COUNT, "time", "times")) and side.value % 100 != 0


def _from(low: str, begin: int) -> int:
    """Where a range begins when "từ" opens it, with a comparator before that."""
    if low.endswith("từ ", 0, begin) and not low[: begin - 3][-1:].isalpha():
        return bound(low, begin - 3)[0]
    return begin


def _mention(
    low: str, first: Side, pair: Pair | None, begin: int, end: int, said: str | None
) -> NumberMention:
    last = pair.last if pair else first
    unit, form = last.unit, last.form
    kind = pair.kind if pair else (unit.kind if unit else "number")
    if said is None:
        said = "between" if kind == "range" else "eq"
    elif kind == "range" and said == "approx":
        said = "between"
    return NumberMention(
        begin,
        end,
        tidy(first.value),
        tidy(last.value) if kind == "range" else None,
        tidy(last.value) if kind == "ratio" else None,
        unit.code if unit else None,
        low[last.unit_start : last.unit_start + len(form)] if form else None,
        said,
        kind,
        unit.kind if unit else None,
        unit.group if unit else None,
        first.start,
        last.unit_start if form else last.end,
        first.scale > 1 or last.scale > 1,
    )


def _stands_free(low: str, mention: NumberMention) -> bool:
    """Whether a bare number is one: not a list's label, a footnote's mark or a lone code."""
    at, end = mention.number_start, mention.end
    opens = not at or low[at - 1] in "\n(["
    return not (opens and end < len(low) and _LABEL.match(low, end))
