"""Calendar arithmetic: the first and the last day of a period, and its ISO 8601 name."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass

from vnpolicy.dates.mention import Piece
from vnpolicy.lexicon.holiday import holiday_date
from vnpolicy.lexicon.time_word import part_days

# How far behind the anchor a yearless time may lie and still be of the anchor's year, when the
# words look forward: a notice of 15 May may repeat "trước ngày 10/5".
BACKWARD = datetime.timedelta(62)


@dataclass(slots=True)
class Period:
    """A stretch of days with its name; the days are None where the year is not known."""

    value: str
    first: datetime.date | None = None
    last: datetime.date | None = None
    inferred: bool = False


def last_day(year: int, month: int) -> int:
    """The number of days of the month.

    >>> last_day(2024, 2)
    29
    """
    if month == 2:
        return 28 + calendar.isleap(year)
    return 30 if month in (4, 6, 9, 11) else 31


def add_months(day: datetime.date, months: int) -> datetime.date:
    """The same day ``months`` later, or the last of a month that is too short.

    >>> add_months(datetime.date(2025, 1, 31), 1)
    datetime.date(2025, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return datetime.date(year, month, min(day.day, last_day(year, month)))


def month_span(year: int, first: int, last: int) -> tuple[datetime.date, datetime.date]:
    """The first day of one month and the last day of another of the year."""
    return (
        datetime.date(year, first, 1),
        datetime.date(year, last, last_day(year, last)),
    )


def days_of(piece: Piece, year: int) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of the piece in the year; None for a day that is not."""
    if piece.unit == "day" and piece.month and piece.day:
        if piece.day > last_day(year, piece.month):
            return None
        day = datetime.date(year, piece.month, piece.day)
        return day, day
    if piece.unit == "month" and piece.month:
        return month_span(year, piece.month, piece.month)
    if piece.unit == "months" and piece.month:
        return month_span(year, piece.month, piece.month + piece.number - 1)
    if piece.unit == "quarter":
        return month_span(year, piece.number * 3 - 2, piece.number * 3)
    if piece.unit == "half":
        return month_span(year, piece.number * 6 - 5, piece.number * 6)
    if piece.unit == "year":
        return month_span(year, 1, 12)
    if piece.unit == "holiday" and piece.name:
        named = holiday_date(piece.name, year)
        return (named, named) if named else None
    return None


def name_of(piece: Piece, year: int | None) -> str:
    """The ISO 8601 / TIMEX3 name of the piece, with ``XXXX`` for a year that is not known."""
    head = "XXXX" if year is None else f"{year:04}"
    if piece.unit == "day":
        return f"{head}-{piece.month:02}-{piece.day:02}"
    if piece.unit == "dom":
        return f"{head}-XX-{piece.day:02}"
    if piece.unit == "month":
        return f"{head}-{piece.month:02}"
    if piece.unit == "months" and piece.month:
        if piece.number == 3 and piece.month % 3 == 1:
            return f"{head}-Q{piece.month // 3 + 1}"
        return f"{head}-{piece.month:02}/{head}-{piece.month + piece.number - 1:02}"
    if piece.unit == "quarter":
        return f"{head}-Q{piece.number}"
    if piece.unit == "half":
        return f"{head}-H{piece.number}"
    return head


def narrow(
    period: Period, part: str, unit: str, policy: str
) -> tuple[datetime.date, datetime.date] | None:
    """The days of the period's beginning, middle or end as the policy has them."""
    if period.first is None or period.last is None:
        return None
    days = part_days(policy, part, unit)
    if days is None:
        return None
    first, last = days
    if unit == "year":
        return tuple(  # type: ignore[return-value]
            datetime.date.fromisoformat(f"{period.first.year:04}-{day}") for day in (first, last)
        )
    if unit == "quarter":
        month = period.first.month - 1
        return month_span(period.first.year, month + int(first), month + int(last))
    if unit == "week":
        monday = period.first
        return (
            monday + datetime.timedelta(int(first) - 1),
            monday + datetime.timedelta(int(last) - 1),
        )
    length = period.last.day
    return (
        period.first.replace(day=int(first) if first != "-1" else length),
        period.first.replace(day=int(last) if last != "-1" else length),
    )


def week_of(day: datetime.date) -> Period:
    """The week from Monday to Sunday that holds the day.

    >>> week_of(datetime.date(2025, 11, 15)).value
    '2025-W46'
    """
    year, week, weekday = day.isocalendar()
    monday = day - datetime.timedelta(weekday - 1)
    return Period(f"{year:04}-W{week:02}", monday, monday + datetime.timedelta(6))


def infer_year(
    piece: Piece, anchor: datetime.date, forward: bool
) -> tuple[int, tuple[datetime.date, datetime.date] | None]:
    """The year that a yearless piece is of, seen from the anchor, with its days then.

    It is the anchor's; where the words look forward and that lies more than some two months
    behind the anchor, the next one; for "ngày 19/12 tới" the first one not behind the anchor.
    """
    year = anchor.year + (piece.year_shift or 0)
    days = days_of(piece, year)
    if piece.year_shift is None and days is not None:
        too_early = anchor if piece.coming else anchor - BACKWARD - datetime.timedelta(1)
        if (forward or piece.coming) and days[1] <= too_early:
            year += 1
    return year, days_of(piece, year)
