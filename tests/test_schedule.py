"""The days of standing duties."""

import calendar
import datetime
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnpolicy import schedule

SINCE = datetime.date(2024, 12, 9)


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("FREQ=YEARLY", "2024-12-31 2025-12-31"),
        ("FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=14", "2025-11-14 2026-11-14"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1", "2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
        ("FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=14", "2024-12-14 2025-03-14 2025-06-14"),
        ("FREQ=MONTHLY", "2024-12-31 2025-01-31 2025-02-28"),
        ("FREQ=MONTHLY;BYMONTHDAY=24", "2024-12-24 2025-01-24"),
        ("FREQ=MONTHLY;BYMONTHDAY=30", "2024-12-30 2025-01-30 2025-02-28 2025-03-30"),
        ("FREQ=MONTHLY;BYMONTHDAY=5,20", "2024-12-20 2025-01-05"),
        (
            "FREQ=YEARLY;BYMONTH=3,6,9,12;BYMONTHDAY=31",
            "2024-12-31 2025-03-31 2025-06-30 2025-09-30 2025-12-31",
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=15,30",
            "2024-12-15 2024-12-30 2025-01-15 2025-01-30 2025-02-15 2025-02-28 2025-03-15",
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=15,-1", "2024-12-15 2024-12-31 2025-01-15 2025-01-31 2025-02-15"),
        ("FREQ=MONTHLY;INTERVAL=3", "2024-12-31 2025-03-31"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=8", "2025-03-08 2025-06-08"),
        ("FREQ=MONTHLY;INTERVAL=6", "2024-12-31 2025-06-30"),
        ("FREQ=WEEKLY", "2024-12-15 2024-12-22"),
        ("FREQ=WEEKLY;BYDAY=MO", "2024-12-09 2024-12-16"),
        ("FREQ=DAILY", "2024-12-09 2024-12-10"),
    ],
)
def test_days_of_a_rule(rule: str, days: str) -> None:
    one = schedule.repeat(rule, since=SINCE, text="x")
    assert one is not None
    expected = days.split()
    found = [str(day) for day, _ in zip(schedule.days(one, SINCE), expected, strict=False)]
    assert found == expected
    assert str(one.first_on) == expected[0]


@pytest.mark.parametrize("rule", ["FREQ=YEARLY;INTERVAL=5", "FREQ=MONTHLY;INTERVAL=5"])
def test_a_period_without_a_beginning_has_no_days(rule: str) -> None:
    assert schedule.repeat(rule, since=SINCE, text="x") is None


@pytest.mark.parametrize(
    "rule",
    [
        "",
        "x",
        ";",
        "hằng quý",
        "INTERVAL=2",
        "FREQ=",
        "FREQ=HOURLY",
        "FREQ=MONTHLY;INTERVAL=0",
        "FREQ=MONTHLY;INTERVAL=-3",
        "FREQ=MONTHLY;INTERVAL=x",
        "FREQ=MONTHLY;INTERVAL=²",
        "FREQ=MONTHLY;BYMONTHDAY=",
        "FREQ=MONTHLY;BYMONTHDAY=32",
        "FREQ=MONTHLY;BYMONTHDAY=0",
        "FREQ=MONTHLY;BYMONTHDAY=5,",
        "FREQ=YEARLY;BYMONTH=13;BYMONTHDAY=1",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=WEEKLY;BYMONTHDAY=5",
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;FREQ=WEEKLY",
        "FREQ=MONTHLY;RDATE=5",
        "FREQ=MONTHLY;BYMONTHDAY=5\n",
    ],
)
def test_what_is_no_rule_has_no_days(rule: str) -> None:
    assert schedule.repeat(rule, since=SINCE, text="x") is None


@pytest.mark.parametrize("rule", ["DAILY", "WEEKLY", "MONTHLY", "MONTHLY;INTERVAL=3", "YEARLY"])
def test_days_end_with_the_calendar(rule: str) -> None:
    last = datetime.date.max
    one = schedule.repeat(f"FREQ={rule}", since=datetime.date(9999, 11, 9), text="x")
    assert one is not None
    assert all(day <= last for day in schedule.days(one, one.first_on))
    assert schedule.next_day(one, last) == (None if rule == "WEEKLY" else last)
    assert schedule.repeat("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", since=last, text="x") is None


def test_days_begin_with_the_calendar() -> None:
    one = schedule.repeat("FREQ=MONTHLY;INTERVAL=3", since=datetime.date.min, text="x")
    assert one is not None and one.first_on == datetime.date(1, 3, 31)


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)),
    st.sets(st.integers(1, 12)),
    st.sets(st.integers(1, 31), min_size=1),
)
def test_every_month_has_each_of_its_days_once(
    since: datetime.date, months: set[int], named: set[int]
) -> None:
    listed = ",".join(map(str, sorted(named)))
    rule = f"FREQ=MONTHLY;BYMONTHDAY={listed}"
    if months:
        rule = f"FREQ=YEARLY;BYMONTH={','.join(map(str, sorted(months)))};BYMONTHDAY={listed}"
    one = schedule.repeat(rule, since=since, text="x")
    assert one is not None
    end = since.replace(year=since.year + 5, day=1)
    expected = {
        datetime.date(year, month, min(day, calendar.monthrange(year, month)[1]))
        for year in range(since.year, end.year + 1)
        for month in months or range(1, 13)
        for day in named
    }
    found = list(schedule.days(one, since, end))
    assert found == sorted(day for day in expected if since <= day <= end)
    assert schedule.repeat(one.rule, since=since, text="x") == one


def test_says_where_a_day_was_supplied() -> None:
    supplied = schedule.repeat("FREQ=MONTHLY;INTERVAL=3", since=SINCE, text="hằng quý")
    named = schedule.repeat("FREQ=MONTHLY;BYMONTHDAY=24", since=SINCE, text="trước ngày 25")
    daily = schedule.repeat("FREQ=DAILY", since=SINCE, text="hằng ngày")
    assert supplied is not None and not supplied.day_named
    assert named is not None and named.day_named
    assert daily is not None and daily.day_named


@given(
    st.dates(datetime.date(1990, 1, 1), datetime.date(2090, 1, 1)),
    st.sampled_from([1, 2, 3, 4, 6]),
    st.integers(1, 31),
)
def test_a_period_of_months_ends_with_the_calendars(
    since: datetime.date, months: int, day: int
) -> None:
    rule = f"FREQ=MONTHLY;INTERVAL={months};BYMONTHDAY={day}".replace("INTERVAL=1;", "")
    one = schedule.repeat(rule, since=since, text="x")
    assert one is not None
    found = [at for at, _ in zip(schedule.days(one, since), range(4), strict=False)]
    assert found[0] == one.first_on >= since
    assert all(at.month % months == 0 and at.day <= day for at in found)
    gaps = {(b.year - a.year) * 12 + b.month - a.month for a, b in itertools.pairwise(found)}
    assert gaps == {months}
