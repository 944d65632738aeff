"""Whether figures that could be a time are one: by their cue, their neighbours, their place.

``30/5`` behind "trước" or "sáng" is a day, behind "đạt" a fraction; ``6/2025`` alone in a table
cell is a month, inside a sentence a number; ``2 giờ`` behind "trong" is a length, behind "trước"
an hour; ``3-5 ngày`` is no 3 May.
"""

from __future__ import annotations

import regex

from vnpolicy.dates.mention import Cue, Piece

_DAY_WORDS = ("sáng ", "chiều ", "tối ", "đêm ", "trưa ", "hôm ", "ngày ", "lễ ", "hạn ")
_COUNTED = regex.compile(
    r" ?(?:\(?%|ngày|giờ|tháng|năm|tuần|người|hộ|lần|tỷ|triệu|nghìn|km|m[23]?|ha|điểm|số|dân|diện"
    r"|tổng|thời gian|quãng|giá|chiều|khối|lượng|địa|bộ|xã|tỉnh|của (?:tổng|số)|nền|sở|dự án)\b"
)
_MANY = ("những ", "các ", "nhiều ", "mấy ", "vài ")
_RANGE = regex.compile(r"[0-9] ?(?:đến|tới|-|–|và|hoặc) ?$")  # 5 đến 10 ngày
_CLOSERS = frozenset(("", "\n", "|", ".", ";", ",", ")", ":", "”", '"'))
_BIND = frozenset(("before", "by", "on", "within", "from", "now", "after", "cutoff", "every"))


def is_time(low: str, floor: int, piece: Piece, cue: Cue | None, *, listed: bool) -> bool:
    """Whether the piece is a time where it stands; settles what a weak "2 giờ" is."""
    kinds = frozenset(cue.kinds) if cue else frozenset()
    if piece.rule == "inside":
        return low[max(0, piece.start - 17) : piece.start].endswith(
            ("ngay trong ", "hoàn thành trong ", "xong trong ")
        )
    if piece.shift is not None and low[max(floor, piece.start - 6) : piece.start].endswith(_MANY):
        return False  # "những năm tới", "các tháng tiếp theo"
    if piece.unit == "length" and _RANGE.search(low[max(floor, piece.start - 8) : piece.start]):
        return False
    if piece.unit == "clock":
        return _is_hour(piece, kinds, cue.text if cue else "")
    if piece.unit == "dom" and piece.upto is None:
        return bool(kinds) or listed or bool(piece.months or piece.letter or not piece.weak)
    if not piece.weak or listed:
        return True
    if stands_alone(low, piece.start, piece.end):
        return True
    if _COUNTED.match(low, piece.end):
        return False
    if low[max(floor, piece.start - 6) : piece.start].endswith(_DAY_WORDS):
        return True
    if not kinds & _BIND:
        return False
    if piece.unit == "year":
        return True
    if piece.name == "-":
        return "before" in kinds
    return piece.unit == "month" or not _may_be_fraction(low, piece, kinds)


def _may_be_fraction(low: str, piece: Piece, kinds: frozenset[str]) -> bool:
    """ "đến 2/3 ..." may be two thirds; "đến 30/6" may not."""
    if piece.rule != "day-figures" or "before" in kinds:
        return False
    small = (piece.day or 0) < (piece.month or 0)
    return small and low[piece.end : piece.end + 1] not in _CLOSERS


_LENGTH_CUES = ("trong", "vòng", "thời hạn", "thời gian", "quá", "tối đa", "khoảng")


def _is_hour(piece: Piece, kinds: frozenset[str], cue: str) -> bool:
    """An hour, or by its cue a number of hours: "trong 02 giờ"."""
    if not piece.weak:
        return True
    if cue.endswith(_LENGTH_CUES):
        piece.unit, piece.rule, piece.clock = "length", "length", None
        return True
    return bool(kinds & {"before", "on", "by"})


def stands_alone(low: str, start: int, end: int) -> bool:
    """Whether the span is all that its line, cell or label holds, but for closing marks."""
    if low[end : end + 1] not in _CLOSERS and low[end : end + 2] != " |":
        return False
    place = start
    while place and low[place - 1] == " ":
        place -= 1
    return place == 0 or low[place - 1] in "\n|:"
