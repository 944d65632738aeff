"""What an expression means: its period, its binding, its first and last day on time."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from vnpolicy.dates import recurrence
from vnpolicy.dates.length import read_length
from vnpolicy.dates.mention import Frame, Piece, TimeMention
from vnpolicy.dates.period import (
    Period,
    add_months,
    days_of,
    infer_year,
    last_day,
    month_span,
    name_of,
    narrow,
    week_of,
)
from vnpolicy.lexicon.holiday import is_moving, named_year
from vnpolicy.models.deadline import Modifier

_DAY = datetime.timedelta(1)


@dataclass(frozen=True, slots=True)
class Outlook:
    """From where an expression is read: the anchor and the policy."""

    anchor: datetime.date | None
    policy: str


def read_frame(low: str, flat: str, frame: Frame, outlook: Outlook) -> TimeMention | None:
    """The mention of the frame; None where nothing is said after all."""
    mention = TimeMention(
        frame.start,
        frame.end,
        standing="cued" if frame.cue else "bare",
        form=frame.main.rule,
        unit=frame.main.unit,
        cue=frame.cue.text if frame.cue else "",
    )
    mention.modifier = modifier_of(frame)
    main = frame.main
    mention.rule = f"{mention.modifier or ('on' if frame.cue else 'bare')}-{mention.form}"
    if main.unit == "length":
        read_length(low, flat, frame, mention, outlook.anchor, outlook.policy)
    elif _is_repeated(frame):
        if not _read_repeat(frame, mention):
            return None
    else:
        _read_period(frame, mention, outlook)
    _add_clock(main.clock, mention)
    return mention


def _is_repeated(frame: Frame) -> bool:
    main = frame.main
    if main.unit == "every" or frame.every is not None or main.letter == "M" or main.months:
        return True
    standing = frame.cue is not None and "every" in frame.cue.kinds
    return standing and main.year is None and main.shift is None


def modifier_of(frame: Frame) -> Modifier | None:
    """How the cue binds the time; a part ("cuối") speaks before all but "trước"."""
    kinds = set(frame.cue.kinds) if frame.cue else set()
    if "before" in kinds:
        return "before"
    part = frame.main.part
    ends = frame.cue is not None and frame.cue.kinds[-1] == "from"  # also "đến từ đầu năm"
    if "from" in kinds and frame.main.upto is None and (ends or "by" not in kinds):
        return "from"
    if part in ("start", "mid", "end"):
        return part  # type: ignore[return-value]
    if "by" in kinds or "cutoff" in kinds:
        return "by"
    if frame.main.upto is not None or "within" in kinds:
        return "within" if "within" in kinds or "from" in kinds else None
    if kinds & {"from", "after", "now"}:
        return "from"
    return None


def _read_repeat(frame: Frame, mention: TimeMention) -> bool:
    main = frame.main
    every = frame.every or (main if main.unit == "every" else None)
    before = mention.modifier == "before" and main.clock is None
    if every is None:
        letters = {"dom": "M", "weekday": "W", "clock": "D"}
        every = Piece(main.start, main.end, "every", "round", number=1)
        every.letter = letters.get(main.unit, "Y")
    elif main.unit == "dom" and every.letter == "Y" and not main.months:
        return False
    if main.unit == "every":
        found = recurrence.bare_rule(main)
    else:
        found = recurrence.dated_rule(main, every, before=before)
    if found is None:
        return False
    mention.recurrence, mention.value = found
    if main.rule not in ("each", "times-a-period"):
        mention.standing = "cued"
    return True


def _read_period(frame: Frame, mention: TimeMention, outlook: Outlook) -> None:
    if frame.main.unit == "clock":
        return
    kinds = set(frame.cue.kinds) if frame.cue else set()
    forward = bool(kinds) and "cutoff" not in kinds
    period = period_of(frame.main, outlook, forward)
    if period is None:
        return
    mention.value, mention.year_inferred = period.value, period.inferred
    first, last = period.first, period.last
    if mention.modifier == "before":
        if frame.main.part != "end":
            last = _minus_day(first)
        first = None
    elif mention.modifier == "by":
        first = None
    elif mention.modifier == "from":
        first = last + _DAY if "after" in kinds and last else first
        last = None
    if "now" in kinds:
        first = outlook.anchor
    mention.start_on = None if first and last and first > last else first
    mention.due_on = None if frame.open_end else last


def _minus_day(day: datetime.date | None) -> datetime.date | None:
    return day - _DAY if day is not None and day > datetime.date.min else None


def period_of(piece: Piece, outlook: Outlook, forward: bool) -> Period | None:
    """The days that the piece and the end of its range name."""
    first = _single(piece, outlook, forward)
    if piece.upto is None or first is None:
        return first
    _hand_down(piece)
    last = _single(piece.upto, outlook, forward)
    first = _single(piece, outlook, forward)
    if last is None or first is None:
        return first
    if first.inferred and first.first and last.first and first.first > last.first:
        piece.year = first.first.year - 1 if last.inferred is False else None
        if piece.year is None:
            return Period(f"{first.value}/{last.value}")
        first = _single(piece, outlook, forward) or first
    same = first.first is None or last.last is None
    return Period(
        f"{first.value}/{last.value}",
        None if same else first.first,
        None if same else last.last,
        first.inferred or last.inferred,
    )


def _hand_down(piece: Piece) -> None:
    """The end of a range gives its month and year to a beginning that has none."""
    last = piece.upto
    if last is None:
        return
    if piece.unit == "dom" and last.unit == "day":
        piece.unit, piece.month = "day", last.month
    if piece.year is None and last.year is not None and piece.shift is None:
        order = (piece.month or piece.number, piece.day or 0)
        later = (last.month or last.number, last.day or 31)
        piece.year = last.year - (order > later and piece.unit == last.unit)


def _single(piece: Piece, outlook: Outlook, forward: bool) -> Period | None:
    anchor = outlook.anchor
    if piece.shift is not None or piece.unit in ("weekday", "week", "now"):
        period = _shifted(piece, anchor)
    elif piece.unit == "dom":
        period = _day_of_month(piece, anchor)
    else:
        period = _dated(piece, anchor, forward)
    if period is None:
        return None
    if piece.part in ("start", "mid", "end"):
        days = narrow(period, piece.part, piece.unit, outlook.policy)
    elif piece.part and period.first and period.last:
        days = _stretch(period.first, period.last, piece.part)
    else:
        return period
    if days is not None:
        period.first, period.last = days
    return period


def _stretch(
    first: datetime.date, last: datetime.date, part: str
) -> tuple[datetime.date, datetime.date] | None:
    """Half a month, or a week of one: counted by sevens from the 1st."""
    if part == "first-half":
        return first, first.replace(day=15)
    if part == "second-half":
        return first.replace(day=16), last
    if part.startswith("days"):
        count = int(part.removeprefix("days"))
        if count < 0:
            return last.replace(day=last.day + count + 1), last
        return first, first.replace(day=count)
    number = int(part.removeprefix("week"))
    if number < 0:
        return last.replace(day=last.day - 6), last
    return first.replace(day=number * 7 - 6), first.replace(day=number * 7)


def _dated(piece: Piece, anchor: datetime.date | None, forward: bool) -> Period | None:
    year, inferred = piece.year, False
    if piece.unit == "holiday" and piece.letter and year is None and anchor is not None:
        year, inferred = named_year(piece.letter, near=anchor.year), True
    if year is None and anchor is not None and not piece.far:
        year, inferred = infer_year(piece, anchor, forward)[0], True
    days = days_of(piece, year) if year is not None else None
    if piece.unit == "holiday":
        if days is None and piece.name and is_moving(piece.name):
            return Period(name_of(piece, year), inferred=inferred)
        if days is None:
            return Period("XXXX")
        return Period(days[0].isoformat(), days[0], days[1], inferred)
    if days is None and year is not None:
        return None
    first, last = days or (None, None)
    return Period(name_of(piece, year), first, last, inferred)


def _day_of_month(piece: Piece, anchor: datetime.date | None) -> Period | None:
    """ "ngày 20 tới" is the next 20th; "ngày 20" alone is of no known month."""
    if not piece.coming or anchor is None or not piece.day:
        return Period(name_of(piece, None))
    month = anchor.replace(day=1)
    if piece.day <= anchor.day:
        month = add_months(month, 1)
    if piece.day > last_day(month.year, month.month):
        return None
    day = month.replace(day=piece.day)
    return Period(day.isoformat(), day, day, True)


def _shifted(piece: Piece, anchor: datetime.date | None) -> Period | None:
    """Counted from the anchor: this, the next or the last of its kind."""
    shift = piece.shift or 0
    if anchor is None:
        return Period("XXXX-WXX-" + str(piece.number) if piece.unit == "weekday" else "XXXX")
    try:
        return _shift_from(piece, anchor, shift)
    except OverflowError:
        return None


def _shift_from(piece: Piece, anchor: datetime.date, shift: int) -> Period | None:
    if piece.unit == "now":
        day = anchor + _DAY * shift
        return Period(day.isoformat(), day, day, True)
    if piece.unit in ("week", "weekday"):
        week = week_of(anchor + _DAY * 7 * shift)
        if piece.unit == "week" or week.first is None:
            week.inferred = True
            return week
        day = week.first + _DAY * (piece.number - 1)
        if (piece.shift is None and day < anchor) or (piece.coming and day <= anchor):
            day += _DAY * 7
        return Period(day.isoformat(), day, day, True)
    if piece.unit == "year":
        year = anchor.year + shift
        return Period(f"{year:04}", *month_span(year, 1, 12), True)
    if piece.unit == "quarter":
        month = add_months(anchor.replace(day=1), shift * 3)
        number = (month.month + 2) // 3
        days = month_span(month.year, number * 3 - 2, number * 3)
        return Period(f"{month.year:04}-Q{number}", *days, True)
    month = add_months(anchor.replace(day=1), shift)
    if piece.unit == "dom" and piece.day:
        if piece.day > last_day(month.year, month.month):
            return None
        day = month.replace(day=piece.day)
        return Period(day.isoformat(), day, day, True)
    return Period(f"{month:%Y-%m}", *month_span(month.year, month.month, month.month), True)


def _add_clock(clock: str | None, mention: TimeMention) -> None:
    """The hour of the last day; midnight is a day's border, not an hour of it."""
    if clock is None:
        return
    if clock == "24:00" or (clock == "00:00" and mention.modifier == "before"):
        if clock == "24:00" and mention.modifier == "before" and mention.due_on is not None:
            mention.due_on += _DAY
        return
    mention.due_time = clock
    mention.value = f"{mention.value or 'XXXX-XX-XX'}T{clock}"
    if mention.modifier == "before" and mention.due_on is not None:
        mention.due_on += _DAY
