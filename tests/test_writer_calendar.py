"""Calendars as programs other than the one that wrote them read them back: vobject, ics, and
dateutil's rules by way of recurring_ical_events."""

import datetime
import itertools
import unicodedata
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnpolicy.errors import MissingToolError
from vnpolicy.models import Notice
from vnpolicy.models.work_item import WorkItem
from vnpolicy.writers.character import legible, line
from vnpolicy.writers.item import description
from vnpolicy.writers.sink import open_sink
from work_items import DUE, HARD, everything, item, party, repeat

icalendar = pytest.importorskip("icalendar")
vobject = pytest.importorskip("vobject")

from vnpolicy.writers import calendar  # noqa: E402

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def at(day: datetime.date, hour: str) -> datetime.datetime:
    return datetime.datetime.combine(day, datetime.time.fromisoformat(hour), tzinfo=ZONE)


def todos(one: WorkItem) -> list[Any]:
    text = calendar.vcalendar(calendar.vtodos(one)).decode()
    return list(vobject.readOne(text).contents["vtodo"])


def events(one: WorkItem) -> list[Any]:
    text = calendar.vcalendar(calendar.vevents(one)).decode()
    return list(vobject.readOne(text).contents.get("vevent", []))


def written(path: Path, items: list[WorkItem], *, events: bool = False) -> bytes:
    sink = calendar.CalendarSink(path, events=events)
    for one in items:
        sink.add_item(one)
    sink.close()
    return path.read_bytes()


class TestToDo:
    def test_a_last_day_is_a_date_and_the_day_itself(self) -> None:
        (todo,) = todos(item(start_on=datetime.date(2025, 9, 1)))
        assert todo.uid.value == "t-1-a@vnpolicy"
        assert todo.due.value == DUE and not isinstance(todo.due.value, datetime.datetime)
        assert todo.dtstart.value == datetime.date(2025, 9, 1)
        assert todo.status.value == "NEEDS-ACTION"
        assert todo.summary.value == "Rà soát 14 điểm sạt lở (Sở Xây dựng)"
        assert todo.description.value == description(item())
        assert "priority" not in todo.contents and "rrule" not in todo.contents
        assert not {"organizer", "attendee"} & set(todo.contents)

    def test_start_is_never_at_or_after_the_last_day(self) -> None:
        for start_on in (DUE, DUE + datetime.timedelta(days=1), None):
            (todo,) = todos(item(start_on=start_on))
            assert "dtstart" not in todo.contents

    def test_an_hour_makes_both_ends_moments_of_vietnam(self) -> None:
        (todo,) = todos(item(due_time="16:30", start_on=datetime.date(2025, 9, 1)))
        assert todo.due.value == at(DUE, "16:30")
        assert todo.due.value.utcoffset() == datetime.timedelta(hours=7)
        assert todo.dtstart.value == at(datetime.date(2025, 9, 1), "00:00")

    def test_without_a_day_it_is_there_without_a_day(self) -> None:
        (todo,) = todos(item(due_on=None))
        assert not {"due", "dtstart", "valarm", "rrule"} & set(todo.contents)

    def test_a_standing_duty_lasts_its_day(self) -> None:
        duty = repeat("FREQ=MONTHLY;BYMONTHDAY=24", datetime.date(2025, 8, 24))
        (todo,) = todos(item(due_on=None, repeats=[duty]))
        assert todo.rrule.value == duty.rule
        assert todo.dtstart.value == at(duty.first_on, "00:00")
        assert todo.due.value == at(duty.first_on, "23:59")
        (todo,) = todos(item(due_on=None, repeats=[duty.model_copy(update={"time": "10:00"})]))
        assert todo.due.value == at(duty.first_on, "10:00") > todo.dtstart.value
        (todo,) = todos(item(due_on=None, repeats=[duty.model_copy(update={"time": "00:00"})]))
        assert todo.due.value > todo.dtstart.value

    def test_a_day_and_duties_are_components_that_know_each_other(self) -> None:
        duties = [
            repeat("FREQ=MONTHLY;BYMONTHDAY=24", datetime.date(2025, 8, 24)),
            repeat("FREQ=WEEKLY;BYDAY=MO", datetime.date(2025, 8, 18)),
        ]
        found = todos(item(repeats=duties))
        assert [one.uid.value for one in found] == [
            "t-1-a@vnpolicy",
            "t-1-a-2@vnpolicy",
            "t-1-a-3@vnpolicy",
        ]
        assert [one.contents.get("related-to", [None])[0] is None for one in found] == [
            True,
            False,
            False,
        ]
        assert {one.contents["related-to"][0].value for one in found[1:]} == {"t-1-a@vnpolicy"}
        assert calendar.vtodo(item(repeats=duties))["uid"] == "t-1-a@vnpolicy"

    def test_a_supplied_day_is_told_and_stands_behind_a_day_of_the_tasks_own(self) -> None:
        duty = repeat("FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=31", datetime.date(2025, 12, 31))
        duty = duty.model_copy(update={"day_named": False})
        (todo,) = todos(item(due_on=None, repeats=[duty]))
        assert "Không nêu ngày" in todo.categories.value
        (todo,) = todos(item(repeats=[duty]))
        assert todo.due.value == DUE and "Không nêu ngày" not in todo.categories.value
        (event,) = events(item(repeats=[duty]))
        assert event.dtstart.value == DUE


class TestAlarms:
    @pytest.mark.parametrize("hour", [None, "16:30", "07:15"])
    def test_are_on_the_morning_a_week_and_a_day_before(self, hour: str | None) -> None:
        for one, name in ((todos, "due"), (events, "dtstart")):
            (component,) = one(item(due_time=hour))
            end = getattr(component, name).value
            moment = end if isinstance(end, datetime.datetime) else at(end, "00:00")
            rung = [moment + alarm.trigger.value for alarm in component.contents["valarm"]]
            assert rung == [
                at(DUE - datetime.timedelta(days=7), "08:00"),
                at(DUE - datetime.timedelta(days=1), "08:00"),
            ]
            related = [
                alarm.trigger.params.get("RELATED") for alarm in component.contents["valarm"]
            ]
            assert related == [["END"] if name == "due" else None] * 2

    @pytest.mark.parametrize(("rule", "count"), [("DAILY", 0), ("WEEKLY;BYDAY=MO", 1)])
    def test_do_not_ring_all_the_time(self, rule: str, count: int) -> None:
        duty = repeat(f"FREQ={rule}", datetime.date(2025, 8, 18))
        for found in (todos, events):
            (component,) = found(item(due_on=None, repeats=[duty]))
            assert len(component.contents.get("valarm", [])) == count


class TestEvents:
    def test_a_last_day_is_one_whole_day_that_takes_no_time(self) -> None:
        (event,) = events(item())
        assert (event.dtstart.value, event.dtend.value) == (DUE, DUE + datetime.timedelta(days=1))
        assert event.transp.value == "TRANSPARENT" and "status" not in event.contents

    def test_an_hour_is_a_moment(self) -> None:
        (event,) = events(item(due_time="16:30"))
        assert event.dtstart.value == at(DUE, "16:30") and "dtend" not in event.contents

    def test_a_task_without_any_day_has_none_and_is_counted(self, tmp_path: Path) -> None:
        tasks = [item(key=f"k{n}", due_on=None) for n in range(12)] + [item()]
        sink = calendar.CalendarSink(tmp_path / "a.events.ics", events=True)
        for one in tasks:
            sink.add_item(one)
        sink.close()
        assert sink.undated == 12
        whole = vobject.readOne((tmp_path / "a.events.ics").read_text(encoding="utf-8"))
        assert len(whole.vevent_list) == 1
        assert whole.contents["x-wr-caldesc"][0].value.split()[-1] == "12"

    def test_ics_reads_the_same(self) -> None:
        ics = pytest.importorskip("ics")
        # ics takes the "\\n" of an escaped backslash before an "n" for the end of a line.
        one = everything().model_copy(update={"title": "Rà; soát, 🚧", "clause": "Điều; khoản, ổ"})
        text = calendar.vcalendar(calendar.vevents(one)).decode()
        found = sorted(ics.Calendar(text).events, key=lambda event: str(event.uid))
        assert [one.uid for one in found] == ["t-all-b-2@vnpolicy", "t-all-b@vnpolicy"]
        whole, moment = found
        assert whole.all_day and whole.begin.date() == datetime.date(2025, 8, 24)
        assert moment.begin.datetime == at(DUE, "16:30")
        for event in found:
            assert event.name == calendar.summary(one)
            assert (
                event.description.partition("Trích yếu")[0]
                == (description(one).partition("Trích yếu")[0])
            )
            assert len(event.alarms) == 2


class TestText:
    def test_comes_back_as_it_was(self) -> None:
        one = everything()
        for component in (*todos(one), *events(one)):
            assert component.summary.value == calendar.summary(one)
            assert component.description.value == legible(description(one))
            assert component.priority.value == "1"
            assert component.categories.value == [
                "112/TB-VP",
                "Khẩn trương",
                "UBND các xã, phường; đặc khu",
                "Sở X [mới]",
                "A",
            ]
            leads = component.contents["x-vnpolicy-lead"]
            assert leads[0].params["X-AGENCY"] == ["ubnd-xa"]
            assert [name.value for name in leads] == component.categories.value[2:]
            assert component.contents["x-vnpolicy-deliverable"][0].value == "Phương án, xử lý"
            assert component.dtstamp.value == datetime.datetime(2025, 8, 14, tzinfo=datetime.UTC)

    def test_a_long_clause_is_whole(self) -> None:
        clause = "Điều; khoản, \\ 🚧 ổ " * 1_000
        (todo,) = todos(item(clause=clause))
        assert todo.description.value == description(item(clause=clause))

    def test_lines_are_as_the_rfc_has_them(self, tmp_path: Path) -> None:
        tasks = [everything(), item(clause="ổ🚧" * 5_000)]
        data = written(tmp_path / "a.ics", tasks)
        lines = data.split(b"\r\n")
        assert lines[0] == b"BEGIN:VCALENDAR" and lines[-2:] == [b"END:VCALENDAR", b""]
        assert data.count(b"\n") == data.count(b"\r") == len(lines) - 1
        for one in lines:
            assert len(one) <= 75
            one.decode()  # no character is cut in two
        assert not {char for char in data.decode() if unicodedata.category(char) == "Cc"} - set(
            "\r\n\t"
        )

    @given(st.text(max_size=200))
    def test_any_text_comes_back(self, text: str) -> None:
        one = item(clause=text, title=text[:120])
        (todo,) = todos(one)
        assert todo.description.value == legible(description(one))
        assert todo.summary.value == calendar.summary(one)

    def test_what_no_format_holds_is_replaced(self) -> None:
        assert legible("a\x00b\ufffe\udce0") == "a\ufffdb\ufffd\\udce0"
        assert line(HARD[:60]).startswith('Rà soát, "đánh giá"; lưu ở C:\\name /close @all 🚧')


class TestRules:
    @pytest.mark.parametrize(
        ("rule", "first", "days"),
        [
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "2025-08-31", "2025-08-31 2025-09-30 2025-10-31"),
            (
                "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1",
                "2025-12-30",
                "2025-12-30 2026-01-30 2026-02-28",
            ),
            (
                "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1",
                "2025-09-30",
                "2025-09-30 2025-12-31 2026-03-31",
            ),
            ("FREQ=WEEKLY;BYDAY=FR", "2025-08-15", "2025-08-15 2025-08-22 2025-08-29"),
        ],
    )
    def test_calendars_find_the_same_days(self, rule: str, first: str, days: str) -> None:
        recurring = pytest.importorskip("recurring_ical_events")
        one = item(due_on=None, repeats=[repeat(rule, datetime.date.fromisoformat(first))])
        for kind, components in (
            ("VTODO", calendar.vtodos(one)),
            ("VEVENT", calendar.vevents(one)),
        ):
            read = icalendar.Calendar.from_ical(calendar.vcalendar(components))
            found = itertools.islice(recurring.of(read, components=[kind]).all(), 3)
            starts = [str(each["DTSTART"].dt)[:10] for each in found]
            assert starts == days.split()


class TestSink:
    def test_a_notice_is_its_tasks(self, tmp_path: Path) -> None:
        from vnpolicy import extract

        notice = extract("Giao Sở Y tế trình Đề án trước ngày 20/8/2024; báo cáo hằng quý.")
        for suffix, kind in ((".ics", "vtodo"), (".events.ics", "vevent")):
            sink = open_sink(tmp_path / f"a{suffix}", suffix=suffix)
            sink.add("tb.txt", notice)
            sink.close()
            text = (tmp_path / f"a{suffix}").read_text(encoding="utf-8")
            assert len(vobject.readOne(text).contents[kind]) >= 1
            assert "Tệp: tb.txt" in text.replace("\n ", "").replace("\r", "")

    def test_a_task_of_two_copies_is_there_once(self, tmp_path: Path) -> None:
        sink = calendar.CalendarSink(tmp_path / "a.ics")
        for _ in range(3):
            sink.add_item(item())
        sink.close()
        assert sink.repeated == 2
        assert (tmp_path / "a.ics").read_bytes().count(b"BEGIN:VTODO") == 1

    def test_no_task_is_a_calendar_still(self, tmp_path: Path) -> None:
        for events_too in (False, True):
            text = written(tmp_path / "a.ics", [], events=events_too).decode()
            whole = vobject.readOne(text)
            assert whole.vtimezone.tzid.value == "Asia/Ho_Chi_Minh"

    def test_the_same_tasks_give_the_same_bytes(self, tmp_path: Path) -> None:
        first, second = (written(tmp_path / name, [everything(), item()]) for name in "ab")
        assert first == second

    def test_an_absent_package_is_named(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "icalendar", None)
        with pytest.raises(MissingToolError, match=r"pip install 'vnpolicy\[calendar\]'"):
            open_sink(tmp_path / "a.ics", suffix=".ics")
        assert not (tmp_path / "a.ics").exists()

    def test_a_document_without_tasks_adds_nothing(self, tmp_path: Path) -> None:
        sink = calendar.CalendarSink(tmp_path / "a.ics")
        sink.add("a", Notice(text="Kính gửi"))
        sink.close()
        assert b"VTODO" not in (tmp_path / "a.ics").read_bytes()


def test_parties_are_told_with_their_role() -> None:
    (todo,) = todos(item(overseers=[party("Văn phòng", "a", "b")]))
    (overseer,) = todo.contents["x-vnpolicy-overseer"]
    assert overseer.value == "Văn phòng" and overseer.params["X-AGENCY"] == ["a b"]
