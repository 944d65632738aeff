"""The days of standing duties.

A deadline's ``recurrence`` says what the words say: ``FREQ=MONTHLY;INTERVAL=3`` for "hằng quý".
A calendar needs more: a first day, and a day in each period. Here is how the rest is supplied:

- counted from the document's own day, which itself counts;
- several months together are the calendar's: quarters end in March, June, September and
  December, half-years in June and December;
- a day in a period of several months ("hằng quý, trước ngày 15") is in its last month, as
  Điều 12 of Nghị định 09/2019/NĐ-CP has it for reports;
- a period without a day ("hằng năm") gives its last day, and ``day_named`` says that no day was
  named;
- the 29th, 30th and 31st are the month's last day where it has no such day;
- a period that does not part the year ("hai năm một lần", "05 tháng một lần") has no days:
  nothing says in which year or month it begins.

>>> import datetime
>>> one = repeat("FREQ=MONTHLY;INTERVAL=3", since=datetime.date(2024, 5, 9), text="hằng quý")
>>> one.rule, str(one.first_on), one.day_named
('FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1', '2024-06-30', False)
>>> [str(day) for day in days(one, datetime.date(2025, 1, 1), datetime.date(2025, 7, 1))]
['2025-03-31', '2025-06-30']
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice

from vnpolicy.models.work_item import Repeat

_LONGEST = 28  # days that every month has
_SPAN = 5  # years within which a rule must have its first day


def repeat(rule: str, *, since: datetime.date, text: str, time: str | None = None) -> Repeat | None:
    """The rule made whole, with its first day on or after ``since``; None where it has none."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    interval = int(parts.get("INTERVAL", "1"))
    named = any(part.startswith("BY") for part in parts)
    if interval > 1 and _loose(parts["FREQ"], interval):
        return None
    if not named:
        parts |= _last_day(parts["FREQ"])
    elif parts["FREQ"] == "MONTHLY" or "2" in parts.get("BYMONTH", "").split(","):
        parts |= _existing_day(parts.get("BYMONTHDAY", ""))
    whole = ";".join(f"{name}={value}" for name, value in parts.items())
    first = _first(whole, _phase(parts["FREQ"], interval, since), since)
    if first is None:
        return None
    return Repeat(
        rule=whole, first_on=first, time=time, day_named=named or whole == rule, text=text
    )


def days(
    one: Repeat, start: datetime.date, end: datetime.date | None = None
) -> Iterator[datetime.date]:
    """The days from ``start`` on, to ``end`` with it, or without end."""
    for day in _occurrences(one.rule, one.first_on, max(start, one.first_on)):
        if end is not None and day > end:
            return
        yield day


def next_day(one: Repeat, start: datetime.date) -> datetime.date | None:
    """The first of the days on or after ``start``."""
    return next(days(one, start), None)


def _loose(frequency: str, interval: int) -> bool:
    return frequency == "YEARLY" or (frequency == "MONTHLY" and 12 % interval > 0)


def _last_day(frequency: str) -> dict[str, str]:
    return {
        "WEEKLY": {"BYDAY": "SU"},
        "MONTHLY": {"BYMONTHDAY": "-1"},
        "YEARLY": {"BYMONTH": "12", "BYMONTHDAY": "31"},
    }.get(frequency, {})


def _existing_day(day: str) -> dict[str, str]:
    """The last day that a month has up to ``day``: one a month, so the rule goes by months."""
    if not day.isdigit() or int(day) <= _LONGEST:
        return {}
    wanted = ",".join(map(str, range(_LONGEST, int(day) + 1)))
    return {"FREQ": "MONTHLY", "BYMONTHDAY": wanted, "BYSETPOS": "-1"}


def _phase(frequency: str, interval: int, since: datetime.date) -> datetime.date:
    """A day from which counting ``interval`` periods meets the calendar's own."""
    if frequency == "MONTHLY":
        behind = since.month % interval
        year, month = divmod(since.year * 12 + since.month - 1 - behind, 12)
        return datetime.date(year, month + 1, 1)
    return since


def _first(rule: str, phase: datetime.date, since: datetime.date) -> datetime.date | None:
    first = next(islice(_occurrences(rule, phase, since), 1), None)
    return first if first and first.year - since.year <= _SPAN else None


def _occurrences(rule: str, first: datetime.date, start: datetime.date) -> Iterator[datetime.date]:
    from dateutil.rrule import rrulestr

    midnight = datetime.time()
    days = rrulestr(rule, dtstart=datetime.datetime.combine(first, midnight))
    for moment in days.xafter(datetime.datetime.combine(start, midnight), inc=True):
        yield moment.date()
