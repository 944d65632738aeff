"""From pieces to whole expressions: an hour with its day, ranges, lists, repeats, cues.

``15h00 ngày 15/6``, ``thứ Sáu, ngày 15/11``, ``từ năm 2020 đến năm 2023``, ``trước ngày 01/6 và
15/11 hằng năm`` (two expressions, the second with the first's preposition), ``định kỳ hằng tuần,
trước 16 giờ thứ Sáu`` (one), ``05 ngày làm việc kể từ ngày nhận được ...`` (with its event).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import regex

from vnpolicy.dates import calendar_form, number_form, relative_form, short_form, word_form
from vnpolicy.dates.cue import read_cue
from vnpolicy.dates.evidence import is_time
from vnpolicy.dates.mention import Cue, Frame, Piece
from vnpolicy.dates.neighbour import reach, share, unite
from vnpolicy.dates.tail import add_tail
from vnpolicy.lexicon.time_word import word_name, words_of

Blocked = Callable[[int, int], bool]

DATED = frozenset(("day", "dom", "weekday", "month", "quarter", "half", "year", "week", "now"))
_PARTED = frozenset(("month", "quarter", "year", "week"))


def read_frames(
    low: str, flat: str, start: int, end: int, blocked: Blocked | None = None
) -> list[Frame]:
    """The expressions of the window from left to right; none overlaps another."""
    pieces = _settle(low, flat, start, end)
    if blocked is not None:
        pieces = [piece for piece in pieces if not blocked(piece.start, piece.end)]
    pieces = _merge(low, start, pieces)
    return _frames(low, start, end, pieces)


def _settle(low: str, flat: str, start: int, end: int) -> list[Piece]:
    """All pieces from left to right; of two that overlap the first, then the longer."""
    ends: set[int] = set()
    found = list(calendar_form.find(low, flat, start, end, ends))
    found.extend(number_form.find(low, flat, start, end, ends))
    for form in (relative_form, short_form, word_form):
        found.extend(form.find(low, flat, start, end))
    found.sort(key=lambda piece: (piece.start, -piece.end))
    kept: list[Piece] = []
    stop = start
    for piece in found:
        if piece.start >= stop:
            kept.append(piece)
            stop = piece.end
    return kept


@cache
def _dress() -> regex.Pattern[str]:
    return regex.compile(
        rf"(?r)(?<![\p{{L}}\p{{N}}])(?:(?P<part>{words_of('part')})|(?P<day>{words_of('daytime')})"
        r"|(?P<new>mồng|mùng)|(?P<this>ngày)) "
    )


def _merge(low: str, floor: int, pieces: list[Piece]) -> list[Piece]:
    """Pieces with their parts and hours, and weekdays inside the day that they name."""
    merged: list[Piece] = []
    for piece in pieces:
        if piece.unit in DATED and piece.part is None:
            _put_on(low, merged[-1].end if merged else floor, piece)
        if merged and _has_hour(low, merged[-1], piece):
            merged[-1].clock, merged[-1].end = piece.clock, piece.end
        elif merged and _absorbs(low, merged[-1], piece):
            piece.start = merged[-1].start
            piece.clock = merged[-1].clock or piece.clock
            piece.weak = False
            merged[-1] = piece
        else:
            merged.append(piece)
    return merged


def _put_on(low: str, floor: int, piece: Piece) -> None:
    match = _dress().match(low, max(floor, piece.start - 16), piece.start)
    if match is None:
        return
    if match["this"]:
        if piece.unit == "now":
            piece.start = match.start()  # "ngày hôm nay"
    elif match["part"]:
        if piece.unit in _PARTED and piece.upto is None:
            piece.part = word_name("part", match["part"])
            piece.start = match.start()
    elif piece.unit in ("day", "dom", "weekday"):
        piece.start, piece.weak = match.start(), False


_NEXT = (" ", ", ", " của ", " vào ", " (", ", vào ")


def _absorbs(low: str, first: Piece, second: Piece) -> bool:
    """Whether the first is the hour or the weekday of the second."""
    if low[first.end : second.start] not in _NEXT:
        return False
    if first.unit == "clock":
        return second.unit in ("day", "dom", "weekday", "now") and second.clock is None
    return first.unit == "weekday" and second.unit == "day" and first.shift is None


def _has_hour(low: str, first: Piece, second: Piece) -> bool:
    """Whether the second is the hour that follows its day: "15/11/2025 14:30"."""
    if first.unit not in ("day", "weekday") or first.clock or second.unit != "clock":
        return False
    gap = low[first.end : second.start]
    return gap in (" lúc ", ", lúc ", " vào lúc ") or (
        not second.weak and first.year is not None and gap in (" ", ", ", " - ", " | ")
    )


def _frames(low: str, start: int, end: int, pieces: list[Piece]) -> list[Frame]:
    frames: list[Frame] = []
    index = 0
    while index < len(pieces):
        floor = frames[-1].end if frames else start
        if pieces[index].start < floor:
            index += 1  # inside the event or the tail of the one before
            continue
        frame, index = _take(low, floor, end, pieces, index, frames[-1] if frames else None)
        if frame is None or _LUNAR.match(low, frame.end):
            continue  # a day of the moon has no date here
        if frames and unite(low, frames[-1], frame):
            frames.pop()
        else:
            if frames:
                reach(low, frames[-1], frame)
            share(low, frames, frame)
        frames.append(frame)
    return frames


def _take(
    low: str, floor: int, end: int, pieces: list[Piece], index: int, last: Frame | None
) -> tuple[Frame | None, int]:
    """The expression that begins with the piece, and the index of the piece after it."""
    piece = pieces[index]
    cue = read_cue(low, floor, piece.start)
    if cue is not None and piece.unit == "length" and cue.text in _NOT_OF_LENGTHS:
        cue = None
    follower = pieces[index + 1] if index + 1 < len(pieces) else None
    listed = _is_listed(low, last, piece)
    index += 1
    if follower is not None and _makes_range(low, cue, piece, follower):
        piece.upto, piece.end, piece.weak = follower, follower.end, False
        follower = pieces[index + 1] if index + 1 < len(pieces) else None
        index += 1
    every = None
    if follower is not None and _is_repeat_of(low, piece, follower):
        every, piece.weak = follower, False
        index += 1
    if not is_time(low, floor, piece, cue, listed=listed):
        return None, index - (every is not None)
    frame = Frame(cue.start if cue else piece.start, piece.end, piece, cue, every=every)
    if every is not None:
        frame.end = every.end
    if listed and cue is None and last is not None:
        frame.cue, frame.inherits = last.cue, True
    add_tail(low, end, frame)
    return frame, index


# "giảm từ 5 ngày", "đến 10 ngày" measure; only a bound binds a length.
_NOT_OF_LENGTHS = frozenset(("đến", "tới", "từ", "hết", "vào", "dịp", "ngay", "cho đến", "khoảng"))
_LUNAR = regex.compile(r" ?\(?(?:âm lịch|al(?!\p{L})|tháng chạp|tháng giêng)")
_LIST_GAPS = frozenset((", ", " và ", ", và ", " hoặc ", "; ", " và trước ", " và vào "))


def _is_listed(low: str, last: Frame | None, piece: Piece) -> bool:
    if last is None or last.every is not None or last.main.upto is not None:
        return False
    dated = piece.unit in DATED and last.main.unit in DATED
    same = last.main.unit == piece.unit or {last.main.unit, piece.unit} == {"day", "dom"}
    years = last.main.year is not None and piece.year is not None  # "năm 2025 và quý I/2026"
    return dated and (same or years) and low[last.end : piece.start] in _LIST_GAPS


_RANGE_GAP = regex.compile(
    r" ?(?:[-–]|đến|tới|cho đến|cho tới)(?: hết)?(?: thời điểm)? ?|(?: hết)? ?- "
)


def _makes_range(low: str, cue: Cue | None, first: Piece, second: Piece) -> bool:
    if first.upto is not None or first.unit not in DATED or second.unit not in DATED:
        return False
    if second.shift and first.shift is None:
        return False
    if first.unit == "weekday" and second.unit != "weekday":
        return False
    gap = low[first.end : second.start]
    if len(gap) > 24 or not _RANGE_GAP.fullmatch(gap):
        return False
    kinds = set(cue.kinds) if cue else set()
    if kinds & {"before", "by", "cutoff", "after"}:
        return False
    return (
        bool(kinds & {"from", "within", "on", "now"})
        or "-" in gap
        or "–" in gap
        or (first.unit == second.unit)
    )


def _is_repeat_of(low: str, piece: Piece, every: Piece) -> bool:
    if every.unit != "every" or piece.unit not in DATED | {"clock"}:
        return False
    return low[piece.end : every.start] in (" ", " của ", ", ", " (", " định kỳ ")
