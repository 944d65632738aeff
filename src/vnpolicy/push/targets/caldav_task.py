"""A task as calendar objects, and what they say as fields.

A task is one object, and one more for each further duty and, where both are wanted, for each event
beside its to-do. Each is a :class:`Part` with a name of its own: ``KEY.ics`` (the UID is
``KEY@vnpolicy``, as in a calendar file), ``KEY.2.ics``, ``KEY.event.ics``, ``KEY.event.2.ics``.
The first of them, the *main* one, speaks for the task.

==============  ================================================================================
``title``       SUMMARY: the task with who leads it
``description`` DESCRIPTION
``due_on``      the day, or the moment in Vietnam (``2025-07-09T17:00``), of what comes once
``start_on``    DTSTART of a to-do that comes once
``repeats``     the rules of what recurs, with their hour, a line each. The first day is not among
                them: a client moves it on when an occurrence is done
``priority``    PRIORITY
``categories``  CATEGORIES, sorted, a line each, without the mark of a withdrawn task
``assignee``    the mail addresses that were put in here
``component``   ``task``, ``event`` or both
==============  ================================================================================
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from vnpolicy.models import Repeat, WorkItem
from vnpolicy.push.answer import segment
from vnpolicy.push.targets.caldav_mark import MARK, is_marked, is_out
from vnpolicy.push.targets.caldav_object import CalendarObject, escaped, moment
from vnpolicy.writers import calendar

Kind = Literal["task", "event"]
_SHAPE = ("due_on", "start_on", "repeats")
FIELDS = (
    *("title", "description", *_SHAPE, "priority", "categories", "assignee"),
    *("component", "project"),
)
_PLAIN: Mapping[str, Collection[str]] = {  # field to what is written for it
    "title": ("SUMMARY",),
    "description": ("DESCRIPTION", "X-ALT-DESC"),  # the second is a client's copy in HTML
    "priority": ("PRIORITY",),
}
_TIMES = ("DTSTART", "DUE", "DTEND", "DURATION", "RRULE")
_OURS = tuple(
    f"X-VNPOLICY-{name}"
    for name in ("LEAD", "SUPPORT", "OVERSEER", "RECIPIENT", "DOCUMENT", "DELIVERABLE")
)
_GUEST = "X-VNPOLICY"
_MAIL = re.compile(r"[\w.+'-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
_MIDNIGHT, _END = "T00:00", "23:59"


@dataclass(frozen=True, slots=True)
class Part:
    """Which of a task's objects it is; ``number`` counts from 1."""

    kind: Kind
    number: int = 1

    def uid(self, key: str) -> str:
        return f"{self._of(key)}@vnpolicy"

    def name(self, key: str) -> str:
        """As the last segment of a path."""
        return f"{segment(self._of(key))}.ics"

    @property
    def order(self) -> tuple[bool, int]:
        return (self.kind == "event", self.number)

    def _of(self, key: str) -> str:
        kind = ".event" if self.kind == "event" else ""
        return f"{key}{kind}{f'.{self.number}' if self.number > 1 else ''}"


def build(
    item: WorkItem, key: str, *, kinds: Collection[Kind], assignee: str = ""
) -> dict[Part, CalendarObject]:
    """The objects that the task should have, the main one first; none for a task without any day
    where only events are wanted."""
    item = item.model_copy(update={"key": key})
    todos = calendar.vtodos(item) if "task" in kinds else []
    events = calendar.vevents(item) if "event" in kinds else []
    parts = {Part("task", at): one for at, one in enumerate(todos, 1)}
    whole = {**parts, **{Part("event", at): one for at, one in enumerate(events, 1)}}
    main = next(iter(whole), None)
    found: dict[Part, CalendarObject] = {}
    for part, component in whole.items():
        one = CalendarObject(calendar.vcalendar([component]).decode())
        one.drop_head("X-WR-")  # of the calendar, not of an object in it
        one.put(["UID"], [f"UID:{part.uid(key)}"])
        one.put(["RELATED-TO"], [f"RELATED-TO:{main.uid(key)}"] if main and part != main else [])
        if not any(";TZID=" in line for line in one.lines):
            one.drop("VTIMEZONE")
        if _MAIL.fullmatch(assignee):
            # Without ORGANIZER, and for the client to deal with: no server sends mail for it.
            one.put([], [f"ATTENDEE;SCHEDULE-AGENT=CLIENT;{_GUEST}=1:mailto:{assignee.lower()}"])
        found[part] = one
    return found


def fields(objects: Mapping[Part, CalendarObject], project: str) -> dict[str, str]:
    """What the objects say; all empty where there are none."""
    live = {part: one for part, one in objects.items() if not is_out(one)} or dict(objects)
    if not live:
        return dict.fromkeys(FIELDS, "")
    main = min(live, key=lambda part: part.order)
    own = facts(live[main])
    rules = [facts(one)["repeats"] for part, one in live.items() if part.kind == main.kind]
    return {
        **own,
        "repeats": "\n".join(sorted(filter(None, rules))),
        "component": "\n".join(sorted({part.kind for part in live}, reverse=True)),
        "project": project,
    }


def facts(one: CalendarObject) -> dict[str, str]:
    """What the object says by itself."""
    is_todo, zone = one.kind == "VTODO", _zone()
    rule = one.first("RRULE")
    start = moment(one.first("DTSTART"), zone)
    end = moment(one.first("DUE"), zone) if is_todo else start
    hour = end.partition("T")[2]
    words = sorted(set(one.words("CATEGORIES")) - {MARK})
    return {
        "title": one.text("SUMMARY"),
        "description": one.text("DESCRIPTION"),
        "due_on": "" if rule else end,
        "start_on": start.removesuffix(_MIDNIGHT) if is_todo and not rule else "",
        "repeats": _rule(rule.value, "" if hour == _END else hour) if rule else "",
        "priority": one.text("PRIORITY"),
        "categories": "\n".join(words),
        "assignee": "\n".join(sorted(map(_address, _guests(one)))),
    }


def revise(
    one: CalendarObject,
    fresh: CalendarObject,
    changes: Collection[str],
    before: Mapping[str, str],
    item: WorkItem,
) -> None:
    """Puts the changed fields of ``fresh`` into the object, those that are as ``before``; a
    further object whose title a person has changed keeps that."""
    now = facts(one)
    due = {
        name for name in changes if name in now and (name in _SHAPE or now[name] == before[name])
    }
    for name in due & _PLAIN.keys():
        if name == "title":
            one.reword_alarms(now["title"], fresh.text("SUMMARY"))
        one.put(_PLAIN[name], fresh.own_lines(_PLAIN[name]))
    if "categories" in due:
        mark = [f"CATEGORIES:{escaped(MARK)}"] if is_marked(one) else []
        one.put(["CATEGORIES"], [*fresh.own_lines(["CATEGORIES"]), *mark])
    if "assignee" in due:
        others = [line for line in one.own_lines(["ATTENDEE"]) if line not in _guests(one)]
        one.put(["ATTENDEE"], [*others, *fresh.own_lines(["ATTENDEE"])])
    if due & set(_SHAPE):
        _retime(one, fresh, due, item)
    one.put(_OURS, fresh.own_lines(_OURS))


def _retime(
    one: CalendarObject, fresh: CalendarObject, due: Collection[str], item: WorkItem
) -> None:
    """Puts the times in, and the alarms where they are as they were put here."""
    untouched = one.triggers() == _triggers(one, item)
    recurring = one.first("RRULE") is not None, fresh.first("RRULE") is not None
    names: tuple[str, ...] = ()
    if recurring == (False, False):
        begins = "start_on" if one.kind == "VTODO" else "due_on"
        names = tuple(set(_TIMES) - {"DTSTART"}) if "due_on" in due else ()
        names += ("DTSTART",) if begins in due else ()
    elif "repeats" in due or recurring != (True, True):
        names = _TIMES
    if not names:
        return
    one.put(names, fresh.own_lines(names))
    _align(one)
    one.put_zone(fresh)
    if untouched:
        one.put_alarms(fresh)


def _align(one: CalendarObject) -> None:
    """A to-do's days must both be whole or both moments; the first goes by the last and keeps its
    day."""
    start, end = one.first("DTSTART"), one.first("DUE")
    if start is None or end is None or ("T" in start.value) == ("T" in end.value):
        return
    try:
        day = datetime.date.fromisoformat(moment(start, _zone())[:10])
    except ValueError:  # in a form of a client's own
        return
    said = f";VALUE=DATE:{day:%Y%m%d}"
    if "T" in end.value:
        midnight = datetime.datetime.combine(day, datetime.time(), tzinfo=_zone())
        said = f":{midnight.astimezone(datetime.UTC):%Y%m%dT%H%M%SZ}"
    one.put(["DTSTART"], [f"DTSTART{said}"])


def _triggers(one: CalendarObject, item: WorkItem) -> list[str] | None:
    """When the alarms would ring that are put into an object with these times; None where such
    times are never put here."""
    own, zone = facts(one), _zone()
    day, _, hour = own["due_on"].partition("T")
    start = moment(one.first("DTSTART"), zone)[:10]
    try:
        repeats = []
        if own["repeats"]:
            rule, _, time = own["repeats"].partition(" ")
            first = datetime.date.fromisoformat(start)
            repeats = [Repeat(rule=rule, first_on=first, time=time or None, text="")]
        due = datetime.date.fromisoformat(day) if day else None
        times = {"due_on": due, "due_time": hour or None, "start_on": None, "repeats": repeats}
        kind: Kind = "task" if one.kind == "VTODO" else "event"
        built = build(item.model_copy(update=times), "k", kinds=[kind])
    except (ValueError, OverflowError):
        return None
    return next((made.triggers() for made in built.values()), [])


def _rule(value: str, hour: str) -> str:
    """The rule in one form, whoever wrote it."""
    parts = [part for part in value.upper().strip().split(";") if part]
    parts = [part for part in parts if part != "INTERVAL=1" and not part.startswith("WKST=")]
    parts.sort(key=lambda part: (not part.startswith("FREQ="), part))
    return f"{';'.join(parts)} {hour}".strip()


def _guests(one: CalendarObject) -> list[str]:
    """The lines of those who were put in here."""
    return [
        line
        for line in one.own_lines(["ATTENDEE"])
        if f";{_GUEST}=" in line.partition(":")[0].upper()
    ]


def _address(line: str) -> str:
    return line.lower().rpartition("mailto:")[2].strip()


def _zone() -> datetime.tzinfo:
    from zoneinfo import ZoneInfo

    return ZoneInfo(calendar.ZONE)
