"""What two expressions of one clause mean to each other.

``hằng tuần, trước 16 giờ thứ Sáu`` and ``ngày 12/9 (trước 10h00)`` are one; ``trước ngày 01/6 và
15/11 hằng năm`` are two that share the repeat; in ``trong tháng 10 (trước ngày 20)`` the second
has the first's month; and in ``Hằng năm, các xã gửi báo cáo trước ngày 15/12`` the day is that of
every year.
"""

from __future__ import annotations

import regex

from vnpolicy.dates.mention import Frame, Piece

# Which units say when in a repeat of that length: "hằng tuần, vào thứ Sáu".
_FITS = {
    "Y": frozenset(("day", "month", "quarter", "half")),
    "Q": frozenset(("dom", "day")),
    "M": frozenset(("dom", "day", "weekday")),
    "W": frozenset(("weekday", "clock")),
    "D": frozenset(("clock",)),
}


def unite(low: str, before: Frame, frame: Frame) -> bool:
    """Whether the two are one expression; then ``frame`` has become the whole of it."""
    if _is_when(low, before, frame):
        pass
    elif _is_hour_of(low, before, frame):
        hour = frame.main
        frame.main, frame.every = before.main, before.every
        frame.main.clock = hour.clock
    else:
        _give_month(low, before, frame)
        return False
    if "(" in low[before.end : frame.start + 1] and low.startswith(")", frame.end):
        frame.end += 1
    frame.start = before.start
    return True


_BESIDE = frozenset((" (", ", ", " "))


def _is_hour_of(low: str, before: Frame, frame: Frame) -> bool:
    """ "thứ Năm hằng tuần (trước 10h00)", "ngày 12/9, trước 17h00": the hour has the cue."""
    return (
        frame.main.unit == "clock"
        and frame.cue is not None
        and before.main.unit in ("day", "weekday", "now")
        and before.main.clock is None
        and low[before.end : frame.start] in _BESIDE
    )


def _give_month(low: str, before: Frame, frame: Frame) -> None:
    """ "trong tháng 10 (trước ngày 20)": the 20th of October."""
    month, day = before.main, frame.main
    if day.unit != "dom" or month.unit != "month" or month.upto or frame.every or day.months:
        return
    if low[before.end : frame.start] in _BESIDE and month.month is not None and not day.letter:
        day.unit, day.month, day.year = "day", month.month, month.year
        day.year_shift, day.coming = month.year_shift, month.coming


_REPEAT_GAP = regex.compile(r"[,:;]? ?\(?(?:(?:báo cáo|gửi báo cáo|gửi|và) )?")


def _is_when(low: str, before: Frame, frame: Frame) -> bool:
    """Whether the frame says when in the repeat before it: "hằng tuần, trước 16 giờ thứ Sáu"."""
    every = before.main
    if every.unit != "every" or frame.main.unit == "every":
        return False
    letter = "Y" if every.letter == "M" and every.number >= 6 else every.letter
    fits = frame.main.unit in _FITS.get(letter, ()) and frame.main.year is None
    gap = low[before.end : frame.start]
    if not fits or len(gap) > 20 or not _REPEAT_GAP.fullmatch(gap):
        return False
    if not gap.strip() and frame.cue is None and frame.main.weak:
        return False
    frame.every = every
    return True


_FURTHER = 240  # characters from a repeat to its day
_BREAK = regex.compile(
    r"[.;\n]|\b(?:19|20)\d\d\b|\bnăm (?:nay|này|tới|sau)\b|\btháng (?:này|tới|\d)"
)
_CLAUSE_BEGINS = regex.compile(r"(?:^|\n|[.;:+–-] |\) |\d\. ?)[“\"]?$")


def reach(low: str, before: Frame, frame: Frame) -> None:
    """ "Hằng năm, các xã gửi báo cáo trước ngày 15/12": the repeat that opens the clause is also
    that of a day without a year further on in it, where nothing between them tells of one."""
    every, kinds = before.main, set(before.cue.kinds) if before.cue else set()
    if every.unit != "every" or frame.every is not None or frame.cue is None:
        return
    fits = frame.main.unit in _FITS.get(every.letter, ()) and frame.main.year is None
    if not fits or frame.main.shift is not None or frame.main.upto is not None:
        return
    opens = _CLAUSE_BEGINS.search(low, max(0, before.start - 4), before.start)
    if frame.start - before.end > _FURTHER or not (opens or "every" in kinds):
        return
    if _BREAK.search(low, before.end, frame.start) is None:
        frame.every = Piece(every.start, every.end, "every", "reached", number=every.number)
        frame.every.letter = every.letter


def share(low: str, frames: list[Frame], frame: Frame) -> None:
    """ "trước ngày 01/6 và 15/11 hằng năm": the repeat stands behind the last of the dates."""
    every = frame.every
    for before in reversed(frames[-4:]):
        if every is None or before.main.unit == "length":
            continue  # "(báo cáo 6 tháng)" between the dates
        if before.every is not None or before.main.year is not None or before.cue is None:
            return
        gap = low[before.end : frame.start]
        joined = frame.inherits or (len(gap) <= 60 and _SHARED_GAP.fullmatch(gap))
        if not joined or before.main.unit != frame.main.unit:
            return
        before.every = Piece(every.start, every.end, "every", "shared", number=every.number)
        before.every.letter = every.letter
        frame = before


_SHARED_GAP = regex.compile(r"(?: ?\([^()\n]{1,50}+\))?(?:,|;)?(?: và)? ")
