"""Days with a name, days off and made-up days.

``holiday_names.csv`` has the names and their day, or the name of a moving day (Tết Nguyên đán,
Giỗ Tổ Hùng Vương), whose date the ``holidays`` package knows. ``makeup_days.csv`` has the days
off that the Government moved to a working Saturday. Both lists are the State's: offices in
Việt Nam that follow other rules (banks, courts, foreign bodies) are not in them. Known gaps: a
swap that a single province or ministry ordered, swaps before 2010, and any swap announced after
the table was made; the Saturday rule before 1999 is not modelled.

``holidays`` is imported on first need only, and everything here works without it: then a moving
day has no date, and a count of working days has no end.
"""

from __future__ import annotations

import datetime
from functools import cache

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows
from vnpolicy.match import alternation

_MOVING = {
    "lunar-new-year": "Lunar New Year",
    "eve": "Lunar New Year's Eve",
    "hung-kings": "Hung Kings' Commemoration Day",
}


@cache
def _names() -> dict[str, tuple[str, str]]:
    table = {}
    for row in rows("holiday_names", required=("word",)):
        if not row["day"] and row["moving"] not in _MOVING:
            raise LexiconError(f"lexicon/data/holiday_names.csv: {row['word']!r} has no day")
        table[row["word"]] = (row["day"], row["moving"])
    return table


@cache
def holiday_words() -> tuple[str, ...]:
    """Patterns for the names of the days, one a first word."""
    groups: dict[str, list[str]] = {}
    for name in _names():
        groups.setdefault(name.partition(" ")[0], []).append(name)
    return tuple(alternation(names) for names in groups.values())


@cache
def year_name_words() -> str:
    """A pattern for the names of the sixty-year cycle ("bính ngọ")."""
    cycles = _cycles()
    return f"{alternation(cycles['stem'])} {alternation(cycles['branch'])}"


@cache
def _cycles() -> dict[str, dict[str, int]]:
    table: dict[str, dict[str, int]] = {"stem": {}, "branch": {}}
    for row in rows("calendar_names", required=("cycle", "word", "value")):
        table[row["cycle"]][row["word"]] = int(row["value"])
    return table


def named_year(name: str, near: int) -> int | None:
    """The year of the sixty-year cycle that the name stands for and that lies nearest.

    >>> named_year("bính ngọ", near=2025)
    2026
    """
    stem, _, branch = name.partition(" ")
    cycles = _cycles()
    for distance in range(31):
        for year in (near + distance, near - distance):
            place = (year - 4) % 10, (year - 4) % 12
            if place == (cycles["stem"][stem], cycles["branch"][branch]):
                return year
    return None


def is_moving(name: str) -> bool:
    """Whether the day of that name has another date every year.

    >>> is_moving("quốc khánh"), is_moving("tết nguyên đán")
    (False, True)
    """
    return not _names()[name][0]


def holiday_date(name: str, year: int) -> datetime.date | None:
    """The date of the named day in the year, or None where it is not known.

    >>> holiday_date("quốc khánh", 2025)
    datetime.date(2025, 9, 2)
    """
    day, moving = _names()[name]
    if day:
        return datetime.date.fromisoformat(f"{year:04}-{day}")
    wanted = _MOVING[moving]
    for date, label in _public_holidays(year).items():
        if wanted in label.split("; "):
            return date
    return None


@cache
def _public_holidays(year: int) -> dict[datetime.date, str]:
    try:
        from holidays import country_holidays
    except ImportError:
        return {}
    return dict(sorted(country_holidays("VN", years=year, language="en_US").items()))


@cache
def _swaps() -> tuple[frozenset[datetime.date], frozenset[datetime.date]]:
    table = list(rows("makeup_days", required=("off", "worked")))
    return (
        frozenset(datetime.date.fromisoformat(row["off"]) for row in table),
        frozenset(datetime.date.fromisoformat(row["worked"]) for row in table),
    )


def is_working_day(day: datetime.date) -> bool | None:
    """Whether offices work on the day; None where the year's holidays are not known.

    >>> is_working_day(datetime.date(2025, 4, 26)), is_working_day(datetime.date(2025, 5, 2))
    (True, False)
    """
    off, worked = _swaps()
    if day in worked:
        return True
    if day.weekday() >= 5 or day in off:
        return False
    known = _public_holidays(day.year)
    return day not in known if known else None


def add_working_days(day: datetime.date, count: int) -> datetime.date | None:
    """The ``count``-th working day after the day, or None where holidays are not known.

    >>> add_working_days(datetime.date(2025, 4, 28), 3)
    datetime.date(2025, 5, 6)
    """
    while count > 0:
        try:
            day += datetime.timedelta(1)
        except OverflowError:
            return None
        working = is_working_day(day)
        if working is None:
            return None
        count -= working
    return day
