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
- the 29th, 30th and 31st are the month's last day where it has no such day, also among several
  days or months: the rule then goes by months and picks the days by their place among the month's
  (``BYSETPOS``), so that each month has each of them once;
- a period that does not part the year ("hai năm một lần", "05 tháng một lần") has no days:
  nothing says in which year or month it begins;
- what is no rule of days, weeks, months or years, as the library writes them (a store may hold
  anything), has no days either.

>>> import datetime
>>> one = repeat("FREQ=MONTHLY;INTERVAL=3", since=datetime.date(2024, 5, 9), text="hằng quý")
>>> one.rule, str(one.first_on), one.day_named
('FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1', '2024-06-30', False)
>>> [str(day) for day in days(one, datetime.date(2025, 1, 1), datetime.date(2025, 7, 1))]
['2025-03-31', '2025-06-30']
>>> repeat("FREQ=MONTHLY;BYMONTHDAY=15,30", since=datetime.date(2024, 5, 9), text="x").rule
'FREQ=MONTHLY;BYMONTHDAY=15,28,29,30;BYSETPOS=1,-1'
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from vnpolicy.models.work_item import Repeat

_SHORTEST = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # days that each month has at least
_LONGEST = 28  # days that every month has
_SPAN = 5  # years within which a rule must have its first day
_ALLOWED = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": "0*[1-9][0-9]{0,2}",
    "BYMONTH": "0?[1-9]|1[0-2]",
    "BYMONTHDAY": "-?(?:0?[1-9]|[12][0-9]|3[01])",
    "BYDAY": "MO|TU|WE|TH|FR|SA|SU",
    "BYSETPOS": "-?0*[1-9][0-9]?",
}
_PICKED = ("BYDAY", "BYSETPOS")  # pick among the days
_ONE = ("FREQ", "INTERVAL")  # that have one value, not a list


def repeat(rule: str, *, since: datetime.date, text: str, time: str | None = None) -> Repeat | None:
    """The rule made whole, with its first day on or after ``since``; None where it has none."""
    parts = _parts(rule)
    if parts is None:
        return None
    interval = int(parts.get("INTERVAL", "1"))
    named = any(part.startswith("BY") for part in parts)
    if interval > 1 and _loose(parts["FREQ"], interval):
        return None
    parts |= _existing_days(parts) if named else _last_day(parts["FREQ"])
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


def _parts(rule: str) -> dict[str, str] | None:
    """What the rule says, by name; None where it is none."""
    found: dict[str, str] = {}
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name in found or name not in _ALLOWED:
            return None
        values = [value] if name in _ONE else value.split(",")
        if not all(re.fullmatch(_ALLOWED[name], one) for one in values):
            return None
        found[name] = value
    weekly = found.get("FREQ") == "WEEKLY"  # has no days of a month, says RFC 5545
    return found if "FREQ" in found and not (weekly and "BYMONTHDAY" in found) else None


def _loose(frequency: str, interval: int) -> bool:
    return frequency == "YEARLY" or (frequency == "MONTHLY" and 12 % interval > 0)


def _last_day(frequency: str) -> dict[str, str]:
    return {
        "WEEKLY": {"BYDAY": "SU"},
        "MONTHLY": {"BYMONTHDAY": "-1"},
        "YEARLY": {"BYMONTH": "12", "BYMONTHDAY": "31"},
    }.get(frequency, {})


def _existing_days(parts: dict[str, str]) -> dict[str, str]:
    """Going by months, each of the days or the last one that the month has before it.

    The longest day is the last of those up to it that the month has; each other one stands in
    its place among them, or is not there where it would be the last one again.
    """
    days = sorted({int(day) for day in parts.get("BYMONTHDAY", "0").split(",")})
    months = [int(month) for month in parts.get("BYMONTH", "1,2").split(",")]
    plain = parts["FREQ"] in ("MONTHLY", "YEARLY") and parts.keys().isdisjoint(_PICKED)
    if not plain or days[0] < 1 or all(days[-1] <= _SHORTEST[month - 1] for month in months):
        return {}
    those = sorted({*days, *range(_LONGEST, days[-1])})
    places = [those.index(day) + 1 for day in days[:-1]]
    return {
        "FREQ": "MONTHLY",
        "BYMONTHDAY": ",".join(map(str, those)),
        "BYSETPOS": ",".join(map(str, [*places, -1])),
    }


def _phase(frequency: str, interval: int, since: datetime.date) -> datetime.date:
    """A day from which counting ``interval`` periods meets the calendar's own."""
    if frequency == "MONTHLY":
        behind = since.month % interval
        year, month = divmod(since.year * 12 + since.month - 1 - behind, 12)
        return datetime.date(year, month + 1, 1) if year else datetime.date(1, interval, 1)
    return since


def _first(rule: str, phase: datetime.date, since: datetime.date) -> datetime.date | None:
    end = min(since.year + _SPAN, datetime.MAXYEAR)
    return next(_occurrences(f"{rule};UNTIL={end:04}1231", phase, since), None)


def _occurrences(rule: str, first: datetime.date, start: datetime.date) -> Iterator[datetime.date]:
    from dateutil.rrule import rrulestr

    midnight = datetime.time()
    days = rrulestr(rule, dtstart=datetime.datetime.combine(first, midnight))
    moments = days.xafter(datetime.datetime.combine(start, midnight), inc=True)
    while True:
        try:
            moment = next(moments)
        except (StopIteration, ValueError, OverflowError):  # beyond the calendar's last year
            return
        yield moment.date()
