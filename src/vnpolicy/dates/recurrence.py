"""Standing duties as RFC 5545 recurrence rules.

The rule names the last day that is on time: "trước ngày 25 hằng tháng" is
``FREQ=MONTHLY;BYMONTHDAY=24``, "trước ngày 01/3 hằng năm" falls on the last of February. A
repeat without a day has a bare frequency: "hằng quý" is ``FREQ=MONTHLY;INTERVAL=3``. An hour
stays with the mention's ``due_time``.
"""

from __future__ import annotations

from vnpolicy.dates.mention import Piece

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_FREQUENCY = {"D": "DAILY", "W": "WEEKLY", "M": "MONTHLY", "Q": "MONTHLY", "Y": "YEARLY"}


def bare_rule(every: Piece) -> tuple[str, str] | None:
    """The rule and the TIMEX3 value of a repeat with no day named."""
    if every.letter not in _FREQUENCY or not every.number:
        return None
    step = every.number * (3 if every.letter == "Q" else 1)
    letter = "M" if every.letter == "Q" else every.letter
    if letter == "M" and step % 12 == 0:
        letter, step = "Y", step // 12
    rule = f"FREQ={_FREQUENCY[letter]}"
    if step > 1:
        rule += f";INTERVAL={step}"
    return rule, f"P{step}{letter}"


def dated_rule(piece: Piece, every: Piece, *, before: bool) -> tuple[str, str] | None:
    """The rule and value of a repeat on a named day; ``before``: the day itself is too late."""
    if piece.unit == "day" and piece.month and piece.day:
        month, day = _day_before(piece.month, piece.day) if before else (piece.month, piece.day)
        value = f"XXXX-{piece.month:02}-{piece.day:02}"
        return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={day}", value
    if piece.unit == "month" and piece.month:
        month = (piece.month - 2) % 12 + 1 if before else piece.month
        return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=-1", f"XXXX-{piece.month:02}"
    if piece.unit in ("quarter", "half"):
        size = 3 if piece.unit == "quarter" else 6
        month = piece.number * size
        if before:
            month = (month - size) or 12
        value = f"XXXX-{'Q' if size == 3 else 'H'}{piece.number}"
        return f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY=-1", value
    if piece.unit == "dom" and piece.day:
        return _monthly(piece, every, before)
    if piece.unit == "weekday":
        number = piece.number - 1 if before else piece.number
        value = f"XXXX-WXX-{piece.number}"
        if every.letter == "M":
            return None
        return f"FREQ=WEEKLY;BYDAY={_DAYS[number - 1]}", value
    if piece.unit == "clock":
        bare = bare_rule(every)
        return (bare[0], "XXXX-XX-XX") if bare else None
    return None


def _monthly(piece: Piece, every: Piece, before: bool) -> tuple[str, str]:
    value = f"XXXX-XX-{piece.day:02}"
    if piece.days:
        days = ",".join(str((day - before) or -1) for day in piece.days)
        return f"FREQ=MONTHLY;BYMONTHDAY={days}", value
    day = ((piece.day or 0) - before) or -1
    months = piece.months
    if not months and every.letter == "Q":
        return f"FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY={day}", value
    if months:
        if day == -1 and before:
            months = tuple((month - 2) % 12 + 1 for month in months)
        listed = ",".join(map(str, sorted(months)))
        return f"FREQ=YEARLY;BYMONTH={listed};BYMONTHDAY={day}", value
    return f"FREQ=MONTHLY;BYMONTHDAY={day}", value


def _day_before(month: int, day: int) -> tuple[int, int]:
    """The day before, -1 for the last of a month, which February's length does not change."""
    if day > 1:
        return month, day - 1
    return (month - 2) % 12 + 1, _LAST[(month - 2) % 12]


_LAST = (31, -1, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
