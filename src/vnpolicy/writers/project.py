"""Tasks as a plan for Microsoft Project: its XML (MSPDI), which other planning programs read too.

The **outline** is document, then the sections of the text that hold tasks ("Mục II.3", with its
heading where the text has one such section), then tasks. Bullets make no section. A document
without tasks is left out.

A task's last day is a **Deadline**, at its hour or at 17:00: a mark that Project warns about, not
a constraint that forces dates. Tasks are scheduled by hand (Manual), so that no program moves
them: Start is the first day that the text names, else the document's own, else the last day; the
Finish is the deadline. A task without a day has neither Start nor Finish nor Deadline. All days
of the week are working days here, 8 hours each, so that a duration is the number of days and a
Sunday's deadline stays where it is.

Standing duties are ordinary tasks without a deadline, and the Notes name their first days: in
this format a recurring task is a list of tasks, and such a duty has no end.

A **resource** is an agency of the register (its id is the Code), or a name that is not in there;
leads are assigned with 1 unit, supporting agencies with 0. A comma, a semicolon or a bracket in a
name, which Project does not take, is written "/" or a parenthesis; a name that two agencies share
has the id behind it. The text fields 1 to 6 are the columns of :data:`FIELDS`.

The order of elements is that of Microsoft's schema (mspdi_pj15.xsd). Tasks are numbered as they
come. Tasks are written as they come too; what stays in memory are names and three numbers an
assignment. The same tasks give the same bytes.
"""

from __future__ import annotations

import datetime
from array import array
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from vnpolicy import schedule
from vnpolicy.writers.character import cut, legible, line
from vnpolicy.writers.item import deadline, description, names, title
from vnpolicy.writers.outline import Outline, headings
from vnpolicy.writers.table import day
from vnpolicy.writers.task_sink import TaskSink

if TYPE_CHECKING:
    from vnpolicy.models import Notice
    from vnpolicy.models.work_item import Party, WorkItem

FIELDS = (  # what the text field is called, of Text1 on
    "Mã nhiệm vụ",
    "Văn bản giao",
    "Mục",
    "Sản phẩm",
    "Thời hạn (nguyên văn)",
    "Cơ quan chủ trì",
)
_FIELD_IDS = range(188743731, 188743731 + 3 * len(FIELDS), 3)  # pjTaskText1, pjTaskText2 ...
_LONGEST_FIELD = 255
_LONGEST_NAME = 512
_OPENS, _CLOSES = datetime.time(8), datetime.time(17)
_HALVES = ((8, 12), (13, 17))
_DATE = "%Y-%m-%dT%H:%M:%S"
_NO_DAY = datetime.date(2000, 1, 1)
_FIRST_DAYS = 4  # of a standing duty, in the notes
_URGENT = 800  # of 1000; 500 is everybody's


class ProjectSink(TaskSink):
    """Writes to ``path``: tasks at once, resources and assignments when it is closed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._file = path.open("w+b")
        self._start: datetime.date | None = None
        self._put(_head(_NO_DAY))
        self._outline = Outline()
        self._resources = Resources()
        self._assigned = array("q")  # task, resource, units; task, resource, units ...
        self._count = 0

    def add(self, name: str, notice: Notice) -> None:
        self._outline.begin(headings(notice))
        super().add(name, notice)

    def write(self, item: WorkItem) -> None:
        start = _span(item)[0] if item.due_on is not None else None
        if start is not None:
            self._start = min(self._start or start.date(), start.date())
        for node in self._outline.place(item, label=_document_name(item)):
            self._count += 1
            self._put(_summary(self._count, node.name, number=node.number, level=node.level))
        self._count += 1
        self._put(_task(self._count, item, number=self._outline.number, level=self._outline.level))
        given: set[int] = set()
        for parties, units in ((item.leads, 1), (item.supports, 0)):
            for party in parties:
                resource = self._resources.number(party)
                if resource not in given:  # who leads and supports leads
                    given.add(resource)
                    self._assigned.extend((self._count, resource, units))

    def close(self) -> None:
        self._put("</Tasks>\n<Resources>\n")
        for number, (name, code) in enumerate(self._resources.known, 1):
            self._put(_resource(number, name, code))
        self._put("</Resources>\n<Assignments>\n")
        for at in range(0, len(self._assigned), 3):
            self._put(_assignment(at // 3 + 1, *self._assigned[at : at + 3]))
        self._put("</Assignments>\n</Project>\n")
        self._file.seek(0)
        self._put(_head(self._start or _NO_DAY))  # of the same length
        self._file.close()

    def _put(self, text: str) -> None:
        self._file.write(text.encode())


class Resources:
    """Agencies and names in the order of their first mention, from 1."""

    def __init__(self) -> None:
        self.known: list[tuple[str, str]] = []  # name and id
        self._places: dict[tuple[str, str], int] = {}
        self._names: set[str] = set()

    def number(self, party: Party) -> int:
        """The party's number: one for an agency whatever it is called; several agencies in one
        phrase ("các bộ, ngành") are what they are called."""
        name = resource_name(party.name)
        code = party.agency_ids[0] if len(party.agency_ids) == 1 else ""
        known = ("", code) if code else (name, "")
        if known not in self._places:
            if code and name in self._names:
                name = f"{name} ({code})"
            self._names.add(name)
            self.known.append((name, code))
            self._places[known] = len(self.known)
        return self._places[known]


def resource_name(name: str) -> str:
    """The name as Project takes it.

    >>> resource_name("UBND các xã, phường [mới]")
    'UBND các xã / phường (mới)'
    """
    for odd, even in ((", ", " / "), ("; ", " / "), (",", "/"), (";", "/"), ("[", "("), ("]", ")")):
        name = name.replace(odd, even)
    return cut(line(name), _LONGEST_FIELD)


def worked(time: datetime.time) -> int:
    """The minutes of a working day up to ``time``.

    >>> worked(datetime.time(9, 30)), worked(datetime.time(12, 30)), worked(datetime.time(17))
    (90, 240, 480)
    """
    at = time.hour * 60 + time.minute
    return sum(min(max(at - start * 60, 0), (end - start) * 60) for start, end in _HALVES)


def _span(item: WorkItem) -> tuple[datetime.datetime, datetime.datetime]:
    """First and last moment of a task that has a last day."""
    assert item.due_on is not None
    first = item.start_on or item.issued_on or item.due_on
    hour = datetime.time.fromisoformat(item.due_time) if item.due_time else _CLOSES
    finish = datetime.datetime.combine(item.due_on, hour)
    start = datetime.datetime.combine(min(first, item.due_on), _OPENS)
    return min(start, finish), finish


def _document_name(item: WorkItem) -> str:
    parts = [title(item), *([item.subject] if item.subject else [])]
    return cut(line(" - ".join(parts)), _LONGEST_NAME)


def _notes(item: WorkItem) -> str:
    lines = [description(item)]
    for one in item.repeats:
        first = islice(schedule.days(one, one.first_on), _FIRST_DAYS)
        lines.append(f"Các ngày đầu tiên: {'; '.join(map(day, first))}; ...")
    return legible("\n".join(lines))


def _fields(item: WorkItem) -> Sequence[str]:
    said = [deadline(item), *(one.text for one in item.repeats)]
    return (
        item.key,
        title(item),
        ".".join(item.path),
        item.deliverable or "",
        "; ".join(dict.fromkeys(filter(None, said))),
        names(item.leads),
    )


def _summary(uid: int, name: str, *, number: str, level: int) -> str:
    return _element(
        "Task",
        UID=uid,
        ID=uid,
        Name=name,
        Manual=0,
        Type=1,
        IsNull=0,
        WBS=number,
        OutlineNumber=number,
        OutlineLevel=level,
        Milestone=0,
        Summary=1,
    )


def _task(uid: int, item: WorkItem, *, number: str, level: int) -> str:
    head: dict[str, object] = {"UID": uid, "ID": uid, "Name": cut(line(item.title), _LONGEST_NAME)}
    head |= {"Manual": 1, "Type": 1, "IsNull": 0, "WBS": number, "OutlineNumber": number}
    head |= {"OutlineLevel": level, "Priority": _URGENT if item.urgency == "urgent" else 500}
    tail: dict[str, object] = {"Milestone": 0, "Summary": 0, "ConstraintType": 0}
    notes = {"Notes": _notes(item)}
    manual: dict[str, object] = {}
    if item.due_on is not None:
        start, finish = _span(item)
        minutes = (finish.date() - start.date()).days * 480 + worked(finish.time())
        span = (start.strftime(_DATE), finish.strftime(_DATE), _length(minutes))
        head |= dict(zip(("Start", "Finish", "Duration"), span, strict=True), DurationFormat=7)
        tail |= {"Deadline": finish.strftime(_DATE)}
        manual = dict(zip(("ManualStart", "ManualFinish", "ManualDuration"), span, strict=True))
    fields = "".join(
        _element("ExtendedAttribute", FieldID=field, Value=cut(line(value), _LONGEST_FIELD))
        for field, value in zip(_FIELD_IDS, _fields(item), strict=True)
        if value
    )
    inner = _members(head | tail | notes) + fields + _members(manual)
    return f"<Task>\n{inner}</Task>\n"


def _length(minutes: int) -> str:
    return f"PT{minutes // 60}H{minutes % 60}M0S"


def _resource(uid: int, name: str, code: str) -> str:
    kept = {"UID": uid, "ID": uid, "Name": name, "Type": 1, "IsNull": 0}
    return _element("Resource", **kept, **({"Code": code} if code else {}), MaxUnits=1)


def _assignment(uid: int, task: int, resource: int, units: int) -> str:
    return _element("Assignment", UID=uid, TaskUID=task, ResourceUID=resource, Units=units)


def _head(start: datetime.date) -> str:
    times = "".join(
        _element("WorkingTime", FromTime=f"{one:02d}:00:00", ToTime=f"{other:02d}:00:00")
        for one, other in _HALVES
    )
    week = "".join(
        f"<WeekDay>\n{_members({'DayType': one, 'DayWorking': 1})}"
        f"<WorkingTimes>\n{times}</WorkingTimes>\n</WeekDay>\n"
        for one in range(1, 8)
    )
    fields = "".join(
        _element("ExtendedAttribute", FieldID=field, FieldName=f"Text{n}", Alias=alias)
        for n, (field, alias) in enumerate(zip(_FIELD_IDS, FIELDS, strict=True), 1)
    )
    begins = datetime.datetime.combine(start, _OPENS).strftime(_DATE)
    about = {"SaveVersion": 14, "Name": "vnpolicy", "Title": "Nhiệm vụ được giao"}
    about |= {"ScheduleFromStart": 1, "StartDate": begins, "CalendarUID": 1}
    about |= {"DefaultStartTime": "08:00:00", "DefaultFinishTime": "17:00:00"}
    about |= {"MinutesPerDay": 480, "MinutesPerWeek": 3360, "DaysPerMonth": 30}
    about |= {"NewTasksAreManual": 1}
    calendar = {"UID": 1, "Name": "Mọi ngày trong tuần", "IsBaseCalendar": 1}
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<Project xmlns="http://schemas.microsoft.com/project">\n'
        f"{_members(about)}<ExtendedAttributes>\n{fields}</ExtendedAttributes>\n"
        f"<Calendars>\n<Calendar>\n{_members(calendar)}<WeekDays>\n{week}</WeekDays>\n"
        "</Calendar>\n</Calendars>\n<Tasks>\n"
    )


def _element(tag: str, **members: object) -> str:
    return f"<{tag}>\n{_members(members)}</{tag}>\n"


def _members(members: Mapping[str, object]) -> str:
    """An element a line, in the order given."""
    return "".join(
        f"<{name}>{escape(legible(str(value)))}</{name}>\n" for name, value in members.items()
    )
