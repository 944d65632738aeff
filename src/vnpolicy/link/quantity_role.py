"""The role of one quantity, from the cues around it and the place it stands in.

>>> low = "phấn đấu đạt 95% (đến nay mới đạt 39,5%)"
>>> from vnpolicy.lexicon.quantity_cue import find_cues
>>> [cue[0] for cue in find_cues(low, ("target", "result"))]
['phấn đấu đạt', 'đến nay', 'mới đạt']
"""

from __future__ import annotations

from dataclasses import dataclass

import regex

from vnpolicy.extractors.quantity import QuantityMention
from vnpolicy.lexicon.quantity_cue import Cue
from vnpolicy.lexicon.unit import COUNT

_NEAR = 3  # spaces between a near cue and the number: two words may stand there
_AFTER_REACH = 60
_GROWN = frozenset(("percent", "ratio", "times", "time"))
_LEVELS = frozenset(("money", "length", "area", "volume", "mass", "power", "energy"))
_ONLY_COUNTS = frozenset(("là", "đang", "không", "nhận", "trực thuộc", "có các", "thiếu"))
_ASSIGNED = regex.compile(
    r"(?:kế hoạch|dự toán|chỉ tiêu|nhiệm vụ|mục tiêu)(?!\p{L})[^().;]{0,60}"
    r"(?<!\p{L})(?:giao|đề ra|phê duyệt|được duyệt)(?: \p{L}+){0,3} $"
)
_STATED = regex.compile(
    r"(?<!\p{L})(?:đạt|tăng|giảm|ước|bằng|giải ngân|thu hút|lên|xuống|còn)(?!\p{L})"
)
_DOES = regex.compile(
    r"(?<!\p{L})(?:đạt|tăng|giảm|tăng thêm|lên|giải ngân|thu|thu hút|huy động|tiết kiệm|hoàn thành"
    r"|đưa vào|mở rộng|trồng|xây dựng|nâng|bê tông hóa|hoàn nguyên)(?: \p{L}+){0,3} $"
)
_GOES = regex.compile(r" (?:lên|xuống|còn)(?!\p{L})")  # "từ 28% lên 38%"
# "các dự án giải ngân dưới 40%", "chủ đầu tư có tỷ lệ giải ngân thấp hơn 50%": who is meant
_WHICH = regex.compile(
    r"(?<!\p{L})(?<!tỷ lệ )(?<!số )(?<!số lượng )(?:dự án|gói thầu|chủ đầu tư|đơn vị|địa phương"
    r"|cơ quan|tổ chức|doanh nghiệp|trường hợp|công trình|lĩnh vực)(?!\p{L})[^,.;:()]{0,60}"
    r"(?:giải ngân|đạt|có|hoàn thành)(?!\p{L})[^,.;:()]{0,30}$"
)
# In a list of goals these only say what is to be so: "Kinh tế số chiếm 30% GRDP".
_STATIVE = frozenset(("chiếm", "đón", "tiếp nhận", "thu về", "cán mốc", "được số hóa")) | frozenset(
    f"{who} có" for who in ("tỉnh", "toàn tỉnh", "thành phố", "cả nước")
)
_ASSURES = frozenset(("bảo đảm", "đảm bảo"))
_BELONGS = ("của ", "tại ", "ở ", "trong ", "cho ", "từ ")


@dataclass(slots=True)
class Place:
    """Where a quantity stands. ``start`` and ``end`` are of its sentence in the line that opens
    at ``line``; ``previous_end`` and ``next_start`` of its neighbours in that sentence;
    ``earlier`` is the quantity before it in the line, in whatever sentence."""

    line: int
    start: int
    end: int
    before: list[Cue]
    after: list[Cue]
    previous_end: int | None
    next_start: int | None
    kind: str
    in_task: bool = False
    section: str | None = None
    earlier: Place | None = None
    role: str | None = None
    bracketed: bool = False


def role_of(low: str, mention: QuantityMention, place: Place) -> str:
    """The role of ``mention`` at its place."""
    if _is_size(mention, low):
        return "other"
    if low.endswith("từ ", 0, mention.start) and _GOES.match(low, mention.end):
        return "baseline"
    bracket = _bracket(low, place.start, mention.start)
    place.bracketed = bracket is not None
    before = _before(low, mention, place, bracket)
    after = None if bracket is not None else _after(low, mention, place)
    if mention.comparator in ("lt", "le") and _WHICH.search(low, place.start, mention.start):
        return "other"
    if place.in_task:
        return _in_task(low, mention, before, place)
    if bracket is not None and before is None:
        return _in_bracket(low, mention, place, bracket)
    return _outside(low, mention, place, before, after)


def _is_size(mention: QuantityMention, low: str) -> bool:
    """Whether it only describes: the two countries, a population, attending sites, rain."""
    if mention.unit in ("điểm cầu", "dân", "mm"):
        return True
    return mention.unit == "nước" and low.startswith("hai", mention.number_start)


def _bracket(low: str, start: int, at: int) -> int | None:
    """Where the bracket opens that is still open at ``at``."""
    opened = low.rfind("(", start, at)
    return opened if opened >= 0 and low.find(")", opened, at) < 0 else None


def _before(low: str, mention: QuantityMention, place: Place, bracket: int | None) -> str | None:
    """The class of the nearest cue before the number that reaches it."""
    for cue in reversed(place.before):
        phrase, kind, reach, start, end = cue
        if bracket is not None and start < bracket:
            return None
        gap = low[end : mention.start]
        if place.previous_end is not None and start == place.previous_end + 1 and kind == "target":
            continue  # "đạt 88,9% mục tiêu, ..."
        if kind == "count" and (mention.kind != COUNT or _is_done(place, start)):
            continue
        if place.section == "goals" and _yields(phrase, kind, mention):
            continue
        if phrase in _ASSURES and mention.kind not in _GROWN:
            reach = "near"
        if reach == "near":
            own = place.previous_end is None or start >= place.previous_end
            if gap.count(" ") <= _NEAR and ", " not in gap and own:
                return kind
        elif ";" not in gap and (reach == "sentence" or ")" not in gap or "(" in gap):
            return kind
    return None


def _yields(phrase: str, kind: str, mention: QuantityMention) -> bool:
    """Whether a cue says nothing against a goal in a list of goals."""
    return phrase in _STATIVE or (kind == "other" and mention.kind in _GROWN)


def _is_done(place: Place, start: int) -> bool:
    """ "đã hoàn thành lắp đặt 46 biển": what is reported as done is no order to count by."""
    return any(kind == "result" and end <= start for _, kind, _, _, end in place.before)


def _after(low: str, mention: QuantityMention, place: Place) -> str | None:
    """The class of the first cue after the number that reaches back to it."""
    for phrase, kind, reach, start, _ in place.after:
        gap = low[mention.end : start]
        if len(gap) > _AFTER_REACH or ";" in gap or "(" in gap:
            return None
        if reach == "near" and gap.count(" ") > _NEAR:
            continue
        if phrase in _ONLY_COUNTS and mention.kind != COUNT:
            continue
        if mention.kind != COUNT and ", " in gap:
            return None
        return kind
    return None


def _in_task(low: str, mention: QuantityMention, before: str | None, place: Place) -> str:
    counts = mention.kind == COUNT and mention.of is None
    if counts:
        if before in ("baseline",):
            return before
        if before == "target" or (mention.comparator == "ge" and mention.change):
            return "target"
        return "target" if mention.comparator in ("ge", "gt") else "count"
    if before in ("target", "result", "baseline", "other"):
        return before
    if place.bracketed and mention.kind in _LEVELS:  # "(sản lượng khoảng 60.000 tấn)"
        return "other"
    if mention.kind in _GROWN or mention.change or mention.comparator == "ge":
        return "target"
    if mention.kind in _LEVELS and _DOES.search(
        low, max(place.start, mention.start - 30), mention.start
    ):
        return "target"
    return "other" if mention.kind == "money" else "count"


def _in_bracket(low: str, mention: QuantityMention, place: Place, bracket: int) -> str:
    """ "kế hoạch được giao (700 tỷ đồng)", "bình quân của vùng (48,2%)" """
    outer = [cue for cue in place.before if cue[3] < bracket and cue[2] != "near"]
    if mention.of is None and _ASSIGNED.search(low, place.start, bracket):
        return "target" if outer and outer[-1][1] == "target" else "baseline"
    if mention.kind == COUNT and mention.of is None:
        return "other"
    if place.earlier is not None and place.previous_end is not None:
        return place.earlier.role or "other"
    told = outer[-1][1] if outer and mention.kind in _GROWN else None
    return told if told in ("target", "result") else "other"


def _outside(
    low: str, mention: QuantityMention, place: Place, before: str | None, after: str | None
) -> str:
    counts = mention.kind == COUNT and mention.of is None
    if counts and _is_in_metric(low, mention, place):
        return "other"
    if before == "target" or (after == "other" and counts):
        return before if before == "target" else "other"
    if before == "count" and place.section == "goals":
        return "target"
    if before is not None:
        return before
    if after is not None:
        return after
    if place.section == "requests":
        return "other"
    if place.section == "goals":
        return "target"
    sign = place.kind == "table_row" and low[mention.start] in "≥≤"
    if sign or (mention.comparator == "ge" and (mention.change or mention.kind == "percent")):
        return "target"
    return _carried(low, mention, place, counts=counts)


def _carried(low: str, mention: QuantityMention, place: Place, *, counts: bool) -> str:
    """The role of the statement that goes on, else what the words right before say."""
    earlier = place.earlier
    same = place.previous_end is not None
    if earlier is not None and earlier.role in ("result", "other", "target") and same:
        gap = low[place.previous_end or 0 : mention.start]
        if earlier.role != "other" or not _STATED.search(gap):
            return earlier.role
    stated = _STATED.search(low, max(place.start, mention.start - 30), mention.start)
    if not counts and (stated or place.section == "review"):
        return "result"
    if earlier is not None and earlier.role in ("result", "other") and mention.comparator != "ge":
        return earlier.role
    if counts and place.kind in ("title", "heading") and mention.group == "work":
        return "count"
    return "other"


def _is_in_metric(low: str, mention: QuantityMention, place: Place) -> bool:
    """ "số thuế đã thu của 15 doanh nghiệp đạt 48,5%": part of what is measured."""
    if place.previous_end is not None or place.next_start is None:
        return False
    gap = low[mention.end : place.next_start]
    return low.endswith(_BELONGS, 0, mention.start) and ";" not in gap and bool(_STATED.search(gap))
