"""A calendar that many programs show: tasks as to-dos, as events, or both, by CalDAV (RFC 4791).

::

    [caldav]
    url = "https://lich.example.vn/van-phong/viec/"   # the calendar itself, not the server
    user = "van-phong"
    password = { env = "CALDAV_PASSWORD" }
    component = "task"            # to-dos; "event" for calendars that ignore these; "both"

``du_an`` of the agencies' table is another calendar of the same host: the name of one beside the
configured one, a path, or its whole address. ``nguoi_nhan`` is used where it is a mail address:
it becomes an ATTENDEE, and no mail is sent for it (no ORGANIZER, SCHEDULE-AGENT=CLIENT).

- **No double**: an object is created under a name made of the task's key and only where there is
  none (``If-None-Match: *``). It is found again under that name; by its UID, where a client has
  given it another name; and in the other calendars that this run knows, where somebody has moved
  it there.
- **Nothing lost**: a change puts our own properties anew and leaves every other line of the object
  alone (:mod:`~vnpolicy.push.targets.caldav_object`), on the version that was read only
  (``If-Match``). Single occurrences that were changed or done stay as they are. Alarms follow a
  deadline as long as nobody has changed them.
- A task that is **no longer in its document** has the category "Không còn trong văn bản" and the
  reason as COMMENT; closed it is also CANCELLED, unless it is COMPLETED. Nothing is deleted. When
  it comes back, both are taken back.
- A task **without any day** has no event. With ``component = "event"`` nothing is written for it
  until a day is named; its id then ends with ``#``.
- A task whose agency goes to another calendar now is moved (``MOVE``).

Text of documents is text in a calendar: what has a meaning in iCalendar is escaped, and no client
takes a description for a command. LAST-MODIFIED is the clock's time; all else depends on the
documents only. Needs the package icalendar.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Literal

from vnpolicy.errors import ChangedError, TrackerError
from vnpolicy.models import WorkItem
from vnpolicy.push.address import address
from vnpolicy.push.config import Connection
from vnpolicy.push.entry import Entry, Fields, Place
from vnpolicy.push.secret import Secret
from vnpolicy.push.targets import caldav_mark as marks
from vnpolicy.push.targets import caldav_task as tasks
from vnpolicy.push.targets.caldav_object import CalendarObject
from vnpolicy.push.targets.caldav_shelf import MAINS, Held, Shelf
from vnpolicy.push.targets.caldav_site import Site
from vnpolicy.push.targets.caldav_task import Kind, Part
from vnpolicy.push.work import RETURNED
from vnpolicy.writers import calendar

if TYPE_CHECKING:
    import httpx

_NOTHING = "#"
_BACK = RETURNED.partition("{")[0]
_HERE = "Thời hạn này có lại trong văn bản giao việc."
_GONE = "Thời hạn này không còn trong văn bản giao việc; xin kiểm tra lại."
_KINDS: Mapping[str, tuple[Kind, ...]] = {
    "task": ("task",),
    "event": ("event",),
    "both": ("task", "event"),
}

Edit = Callable[[Part, CalendarObject], None]


class Options(Connection):
    """``[caldav]``"""

    user: str
    password: Secret
    component: Literal["task", "event", "both"] = "task"


def connect(options: Options, *, transport: httpx.BaseTransport | None = None) -> CalDav:
    """:raises ConfigError: without the password.
    :raises ArgumentError: for an address that is none.
    :raises MissingToolError: where a package is not installed.
    """
    import httpx

    calendar.require("caldav")
    password = options.password.value()
    url = httpx.URL(address(options.url, insecure_http=options.insecure_http))
    root = str(url.copy_with(raw_path=b"/"))  # other calendars are beside this one
    door = options.model_copy(update={"url": root}).door(
        basic=(options.user, password), transport=transport
    )
    return CalDav(Site(door), options.url, kinds=_KINDS[options.component])


class CalDav:
    """The calendar, and those beside it, as a target."""

    readable = True

    def __init__(
        self,
        site: Site,
        url: str,
        *,
        kinds: Collection[Kind],
        now: Callable[[], datetime.datetime] = lambda: datetime.datetime.now(datetime.UTC),
    ) -> None:
        self._site = site
        self._url = url
        self._kinds = kinds
        self._now = now
        self._known: dict[str, tuple[WorkItem, str]] = {}
        self._shelf = Shelf(site, url, parts=self._parts)

    @property
    def where(self) -> str:
        return f"caldav {self._url}"

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        collection = self._shelf.collection(place.project)
        self._known[key] = item, place.assignee
        return tasks.fields(self._built(key), collection)

    def find(self, key: str, fields: Fields) -> Entry | None:
        collection = fields.get("project") or self._shelf.collection("")
        main = tuple(self._parts(key))[:1]  # written last: an entry without it is not whole
        return self._entry(self._shelf.seek(key, collection, main or MAINS))

    def read(self, id_: str) -> Entry | None:
        key, collection = _parted(id_)
        held = self._shelf.seek(key, collection, MAINS)
        if held is None and id_.endswith(_NOTHING):
            return Entry(id_, tasks.fields({}, ""))
        return self._entry(held)

    def create(self, key: str, fields: Fields) -> Entry:
        built = self._built(key)
        collection = fields["project"] or self._shelf.collection("")
        if not built:
            return Entry(f"{_id(key, collection)}{_NOTHING}", fields)
        for part, one in reversed(built.items()):  # the main one last: where it is, all are
            path = f"{collection}{part.name(key)}"
            try:
                self._site.put(path, one.to_ical())
            except ChangedError:
                self._check_own(key, collection, part)
        return self._written(key, collection)

    def update(self, entry: Entry, changes: Fields) -> Entry:
        key, collection = _parted(entry.id)
        held = self._shelf.seek(key, collection, MAINS)
        if held is None and entry.id.endswith(_NOTHING):
            item, _ = self._known[key]
            return self.create(key, {**changes, "project": changes.get("project", collection)})
        held = self._same(held, entry)
        item, _ = self._known[key]
        built = self._built(key)
        shaped = not {"due_on", "start_on", "repeats", "component"}.isdisjoint(changes)

        def edit(part: Part, one: CalendarObject) -> None:
            if part in built:
                tasks.revise(one, built[part], changes, entry.fields, item)
                if shaped and marks.is_out(one):
                    marks.unmark(one, _HERE)
            elif shaped and not marks.is_out(one):
                if part.kind in self._kinds:  # else it is the configuration that has changed
                    marks.mark(one, _GONE)
                marks.put_out(one)

        for part, one in built.items():
            if shaped and part not in held.stored:
                self._site.put(f"{held.collection}{part.name(key)}", one.to_ical())
        self._edit(held, edit)
        to = changes.get("project")
        if to and to != held.collection:
            self._move(key, held.collection, to)
        return self._written(key, to or held.collection)

    def flag(self, entry: Entry, text: str) -> Entry:
        back = text.startswith(_BACK)
        key, _ = _parted(entry.id)
        wanted = self._parts(key)

        def edit(part: Part, one: CalendarObject) -> None:
            if not back:
                marks.mark(one, text)
            elif part in wanted:
                marks.unmark(one, text)

        return self._edited(entry, edit)

    def close(self, entry: Entry, text: str) -> Entry:
        def edit(part: Part, one: CalendarObject) -> None:
            marks.mark(one, text)
            marks.put_out(one)

        return self._edited(entry, edit)

    def _built(self, key: str) -> dict[Part, CalendarObject]:
        """The objects that the task should have."""
        item, assignee = self._known[key]
        return tasks.build(item, key, kinds=self._kinds, assignee=assignee)

    def _parts(self, key: str) -> Collection[Part]:
        return self._built(key).keys() if key in self._known else ()

    def _edited(self, entry: Entry, edit: Edit) -> Entry:
        key, collection = _parted(entry.id)
        held = self._shelf.seek(key, collection, MAINS)
        if held is None and entry.id.endswith(_NOTHING):
            return entry
        held = self._same(held, entry)
        self._edit(held, edit)
        return self._written(key, held.collection)

    def _edit(self, held: Held, edit: Edit) -> None:
        """Writes what the edit changes, the main object last: a run that is cut off in between
        finds it as it was, and begins anew."""
        for part in sorted(held.stored, key=lambda one: one.order, reverse=True):
            one = held.objects[part].copy()
            edit(part, one)
            if sorted(one.lines) != sorted(held.objects[part].lines):
                marks.stamp(one, self._now())
                stored = held.stored[part]
                self._site.put(stored.path, one.to_ical(), version=stored.version)

    def _move(self, key: str, collection: str, to: str) -> None:
        held = self._shelf.seek(key, collection, MAINS)
        if held is None:
            raise ChangedError(f"{_id(key, collection)}: is no longer there")
        for part in sorted(held.stored, key=lambda one: one.order, reverse=True):
            stored = held.stored[part]
            self._site.move(stored.path, f"{to}{part.name(key)}", version=stored.version)

    def _same(self, held: Held | None, entry: Entry) -> Held:
        """:raises ChangedError: where it is no longer what was read."""
        if held is None or held.version != entry.version:
            raise ChangedError(f"{entry.id}: was changed while it was being compared")
        return held

    def _check_own(self, key: str, collection: str, part: Part) -> None:
        """:raises TrackerError: where an object that was there before is not this part's."""
        if part not in self._shelf.load(key, collection).stored:
            raise TrackerError(
                f"{collection}{part.name(key)}: the calendar refuses it, and has none / "
                "lịch không nhận và cũng không có việc này"
            )

    def _written(self, key: str, collection: str) -> Entry:
        """What the calendar has made of what was written.

        :raises TrackerError: where there is nothing.
        """
        entry = self._entry(self._shelf.seek(key, collection, MAINS))
        if entry is None:
            raise TrackerError(
                f"{_id(key, collection)}: was written, and is not there / "
                "đã ghi nhưng không thấy trong lịch"
            )
        return entry

    def _entry(self, held: Held | None) -> Entry | None:
        if held is None:
            return None
        main = min(held.stored, key=lambda part: part.order)
        return Entry(
            id=_id(held.key, held.collection),
            fields=tasks.fields(held.objects, held.collection),
            url=self._site.url(held.stored[main].path),
            version=held.version,
        )


def _id(key: str, collection: str) -> str:
    return f"{collection}{key}"


def _parted(id_: str) -> tuple[str, str]:
    """Key and calendar."""
    collection, slash, key = id_.removesuffix(_NOTHING).rpartition("/")
    return key, f"{collection}{slash}"
