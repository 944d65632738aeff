"""Tasks as iCalendar (RFC 5545): to-dos, or events for the calendars that ignore to-dos.

A task is one component, whose UID is its key with ``@vnpolicy``. Each standing duty that it has
beside its day, or beside another such duty, is one more, with ``-2``, ``-3`` ... in the UID and
RELATED-TO the first. What the components say:

- **The last day** of a to-do is its DUE as a date, the day that is still on time. The RFC calls a
  to-do late from the beginning of that date on, while Thunderbird, Nextcloud, Apple and tasks.org
  show it as the last day; so a strict program reminds a day early, and none a day late. DTSTART
  is there where the text names a first day before it.
- An **hour** makes it DUE with TZID=Asia/Ho_Chi_Minh.
- A **standing duty** is an RRULE. A recurring to-do needs a DTSTART, and a DUE after it of the
  same type: the day from 00:00 to its hour, or to 23:59. Where the words name a period only
  ("hằng quý") the day is its last, and the category "Không nêu ngày" says that it was supplied;
  beside a day of the task's own such a duty is in the description only.
- An **event** is a whole day, which takes no one's time (TRANSPARENT); its DTEND is the day after,
  as the RFC has it. With an hour it is that moment. A task without any day has no event:
  :class:`CalendarSink` counts them in ``undated`` and says so in X-WR-CALDESC.
- **Alarms** at 08:00, 7 days and 1 day before; one day before for weekly duties, none for daily
  ones. They are written for days long past too, because nothing here looks at a clock.
- DTSTAMP and CREATED are the document's day; without one DTSTAMP is 1 January 2000. A corrected
  document of the same day has the same DTSTAMP, and no SEQUENCE counts corrections.
- Nobody is ORGANIZER or ATTENDEE: these are addresses, and documents name offices. Who leads is in
  SUMMARY and CATEGORIES; everybody with their ids is in X-VNPOLICY-LEAD, -SUPPORT, -OVERSEER and
  -RECIPIENT. PRIORITY is 1 for what is urgent, and left out otherwise.

The zone has been seven hours ahead since 13 June 1975 (tz database), which is all that VTIMEZONE
says. Needs the package icalendar.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnpolicy.errors import MissingToolError
from vnpolicy.writers.character import legible, line
from vnpolicy.writers.item import description
from vnpolicy.writers.task_sink import TaskSink

if TYPE_CHECKING:
    from icalendar import Alarm, Component, Event, Todo

    from vnpolicy.models.work_item import Repeat, WorkItem

ZONE = "Asia/Ho_Chi_Minh"
URGENCY = {"urgent": "Khẩn trương", "standing": "Thường xuyên"}
_NAME = "Nhiệm vụ được giao"
_UNDATED = "Số nhiệm vụ không nêu ngày nên không có trong lịch này: "
_SUPPLIED = "Không nêu ngày"
_DIGITS = 12  # kept for that number in the head, which is written before the tasks are known
_NO_DAY = datetime.date(2000, 1, 1)
_ALARM_HOUR = 8
_ALARM_DAYS = {"DAILY": (), "WEEKLY": (1,)}
_MOST_LEADS = 2
_DAY = datetime.timedelta(days=1)


def vtodo(item: WorkItem) -> Todo:
    """The to-do that the task is known by; :func:`vtodos` has its further duties too."""
    return vtodos(item)[0]


def vtodos(item: WorkItem) -> list[Todo]:
    """The task's to-dos: with its day, or without any; then one a standing duty."""
    from icalendar import Todo

    found: list[Todo] = []
    for place, one in enumerate(_times(item, undated=True)):
        todo = Todo()
        _describe(todo, item, one, place)
        todo.add("status", "NEEDS-ACTION")
        if one is not None:
            _recur(todo, one)
            last = one.time if one.time != "00:00" else None
            todo.add("dtstart", _moment(one.first_on, "00:00"))
            todo.add("due", _moment(one.first_on, last or "23:59"))
            _remind(todo, item, days=_alarm_days(one), hour=None)
        elif item.due_on is not None:
            _bound(todo, item, item.due_on)
            _remind(todo, item, days=_alarm_days(None), hour=item.due_time, related="END")
        found.append(todo)
    return found


def vevents(item: WorkItem) -> list[Event]:
    """The task's days as events; empty where it has none."""
    from icalendar import Event

    found: list[Event] = []
    for place, one in enumerate(_times(item, undated=False)):
        day, hour = (one.first_on, one.time) if one is not None else (item.due_on, item.due_time)
        assert day is not None  # _times gives the task's own day only where there is one
        event = Event()
        _describe(event, item, one, place)
        event.add("transp", "TRANSPARENT")
        event.add("dtstart", _moment(day, hour) if hour else day)
        if not hour and day < datetime.date.max:
            event.add("dtend", day + _DAY)
        if one is not None:
            _recur(event, one)
        _remind(event, item, days=_alarm_days(one), hour=hour)
        found.append(event)
    return found


def vcalendar(components: Iterable[Component]) -> bytes:
    """The components as one calendar, as a server or a file wants it."""
    return head() + b"".join(one.to_ical() for one in components) + TAIL


TAIL = b"END:VCALENDAR\r\n"


def head(note: str = "") -> bytes:
    """What a calendar begins with, its time zone among it; ``note`` is shown as its description."""
    from icalendar import Calendar, Timezone, TimezoneStandard, vText

    calendar = Calendar()
    calendar.add("prodid", "-//vnpolicy//vnpolicy//VI")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", _NAME)
    calendar.add("x-wr-timezone", ZONE)
    if note:
        calendar.add("x-wr-caldesc", vText(note))
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE)
    standard.add("dtstart", datetime.datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", datetime.timedelta(hours=8))
    standard.add("tzoffsetto", datetime.timedelta(hours=7))
    standard.add("tzname", "+07")
    zone.add_component(standard)
    calendar.add_component(zone)
    whole: bytes = calendar.to_ical()
    return whole.removesuffix(TAIL)


class CalendarSink(TaskSink):
    """Writes to ``path`` as the tasks come; ``undated`` counts those without any day."""

    def __init__(self, path: Path, *, events: bool = False) -> None:
        super().__init__()
        require(str(path))
        self._events = events
        self.undated = 0
        self._file = path.open("wb")
        self._file.write(self._head())

    def write(self, item: WorkItem) -> None:
        self.undated += item.due_on is None and not item.repeats
        components = vevents(item) if self._events else vtodos(item)
        for one in components:
            self._file.write(one.to_ical())

    def close(self) -> None:
        self._file.write(TAIL)
        self._file.seek(0)
        self._file.write(self._head())  # of the same length, with the number as it is now
        self._file.close()

    def _head(self) -> bytes:
        return head(f"{_UNDATED}{self.undated:<{_DIGITS}}" if self._events else "")


def require(source: str) -> None:
    """:raises MissingToolError: without icalendar; ``source`` is the output that needs it."""
    try:
        import icalendar  # noqa: F401
    except ImportError:
        raise MissingToolError(
            source,
            "needs the package icalendar: pip install 'vnpolicy[calendar]' / "
            "thiếu gói icalendar, cài bằng lệnh: pip install 'vnpolicy[calendar]'",
        ) from None


def _times(item: WorkItem, *, undated: bool) -> list[Repeat | None]:
    """What a component is made of, None for the task's own day, or for its having none."""
    if item.due_on is not None:
        return [None, *(one for one in item.repeats if one.day_named)]
    return list(item.repeats) or ([None] if undated else [])


def _describe(component: Component, item: WorkItem, one: Repeat | None, place: int) -> None:
    """What to-dos and events say alike; ``place`` is the component's among the task's."""
    component.add("uid", f"{item.key}{f'-{place + 1}' if place else ''}@vnpolicy")
    if place:
        component.add("related-to", f"{item.key}@vnpolicy")
    made = datetime.datetime.combine(
        item.issued_on or _NO_DAY, datetime.time(), tzinfo=datetime.UTC
    )
    component.add("dtstamp", made)
    if item.issued_on is not None:
        component.add("created", made)
    component.add("summary", summary(item))
    component.add("description", legible(description(item)))
    marks = [item.number or "", URGENCY.get(item.urgency or "", "")]
    marks += [] if one is None or one.day_named else [_SUPPLIED]
    marks += [party.name for party in item.leads]
    marks = [mark for mark in dict.fromkeys(map(line, marks)) if mark]
    if marks:
        component.add("categories", marks)
    if item.urgency == "urgent":
        component.add("priority", 1)
    for role in ("lead", "support", "overseer", "recipient"):
        for party in getattr(item, f"{role}s"):
            _own(component, role, party.name, ids=party.agency_ids)
    _own(component, "document", item.document)
    if item.deliverable:
        _own(component, "deliverable", item.deliverable)


def summary(item: WorkItem) -> str:
    """The task with who leads it, because a calendar has no column for that.

    >>> from vnpolicy.models.work_item import Party, WorkItem
    >>> item = WorkItem(key="k", task_id="t", document="d", source="s", title="Trình Đề án",
    ...     clause="c", leads=[Party(name="Bộ Y tế")])
    >>> summary(item)
    'Trình Đề án (Bộ Y tế)'
    """
    leads = [line(party.name) for party in item.leads]
    shown = ", ".join(leads[:_MOST_LEADS]) + (", …" if len(leads) > _MOST_LEADS else "")
    return f"{line(item.title)} ({shown})" if shown else line(item.title)


def _own(component: Component, name: str, text: str, *, ids: Sequence[str] = ()) -> None:
    """A property of ours, a party's ids as its parameter. Its type is said, because icalendar
    escapes nothing in a property that it does not know."""
    from icalendar import vText

    value = vText(line(text))
    if ids:
        value.params["X-AGENCY"] = " ".join(ids)
    component.add(f"x-vnpolicy-{name}", value)


def _bound(todo: Todo, item: WorkItem, day: datetime.date) -> None:
    """The days of a to-do that comes once: both whole, or both moments."""
    hour = item.due_time
    todo.add("due", _moment(day, hour) if hour else day)
    if item.start_on is not None and item.start_on < day:
        todo.add("dtstart", _moment(item.start_on, "00:00") if hour else item.start_on)


def _recur(component: Component, one: Repeat) -> None:
    from icalendar import vRecur

    component.add("rrule", vRecur.from_ical(one.rule))


def _moment(day: datetime.date, hour: str) -> datetime.datetime:
    from zoneinfo import ZoneInfo

    time = datetime.time.fromisoformat(hour)
    return datetime.datetime.combine(day, time, tzinfo=ZoneInfo(ZONE))


def _alarm_days(one: Repeat | None) -> tuple[int, ...]:
    frequency = one.rule.partition(";")[0].partition("=")[2] if one is not None else ""
    return _ALARM_DAYS.get(frequency, (7, 1))


def _remind(
    component: Component,
    item: WorkItem,
    *,
    days: tuple[int, ...],
    hour: str | None,
    related: str | None = None,
) -> None:
    """Alarms on the morning so many days before; ``hour`` is that of the moment they count from."""
    from icalendar import Alarm

    time = datetime.time.fromisoformat(hour or "00:00")
    early = datetime.timedelta(hours=time.hour - _ALARM_HOUR, minutes=time.minute)
    parameters: dict[str, Any] = {"RELATED": related} if related else {}
    for count in days:
        alarm: Alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", summary(item))
        alarm.add("trigger", -(count * _DAY + early), parameters=parameters)
        component.add_component(alarm)
