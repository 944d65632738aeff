"""Redmine, by its REST interface (checked against 5.0).

::

    [redmine]
    url = "https://redmine.example.vn"
    key = { env = "REDMINE_KEY" }       # of a user who may add and edit issues and notes
    project = "theo-doi"                # the identifier, as in the project's address
    tracker = "Nhiệm vụ"                # name or number; else the project's first
    key_field = 7                       # a custom field for the key, used as filter
    urgent_priority = "Khẩn"            # for urgent tasks; else priorities are left alone
    closed_status = "Đã hủy"            # for --close; wanted where several statuses close
    fields = { number = 3, leads = 4 }  # custom fields: number, leads, supports, deliverable

**Who and where.** A project is its identifier; ``nguoi_nhan`` in the agencies' table is the
number of a user or group, as in its address (``/users/12``): names are not unique.

**The key** is on the description's last line (``vnpolicy: t-...``) and, with ``key_field``, in
that field too, where it outlives a rewritten description. Issues are searched by both, whatever
their status and project; one counts where the field or a whole line is the key. A copied issue
has its key too: both are named, and neither is touched. Redmine drops a filter that it does not
know without a word, so what comes back is checked.

**What Redmine drops in silence** (a field that the role, the workflow, the tracker or subtasks
do not leave to us) is read back and is an error. Redmine tells no ``lock_version``, so an update
reads the fields that it will write once more just before; what slips in between is in the issue's
history. Tracker, parent, category, version, watchers and percentages are never written to an
issue that is there; an issue that somebody closed stays closed.

**Text** of documents does nothing in Redmine: a word joiner (U+2060) stands inside ``{{macros}}``,
``[[wiki links]]``, ``@mentions`` (which send mail), ``#12`` links, HTML tags and images.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from vnpolicy.errors import ArgumentError, ChangedError, TrackerError
from vnpolicy.models import WorkItem
from vnpolicy.push import markup
from vnpolicy.push.answer import member, records, text
from vnpolicy.push.config import Connection
from vnpolicy.push.entry import Entry, Fields, Place
from vnpolicy.push.secret import Secret
from vnpolicy.push.targets.redmine_rest import Record, Rest, custom, number, status_of
from vnpolicy.writers import item as items

if TYPE_CHECKING:
    import httpx

_DESCRIPTION = 60_000  # bytes; MySQL's column takes 65,535
_SENT = {
    "title": "subject",
    "description": "description",
    "due_on": "due_date",
    "start_on": "start_date",
    "assignee": "assigned_to_id",
}
_DOES = re.compile(
    r"(?<![0-9A-Za-z_])@|\{(?=\{)|\[(?=\[)|#(?=\d|#|note)|<(?=[!/A-Za-z])|!(?=\S)"
    r"|^\s*vnpolicy(?=:)",
    re.IGNORECASE | re.MULTILINE,
)
_PROJECT = re.compile(r"(?!\d+\Z)[a-z0-9_-]{1,100}")
_PERSON = re.compile(r"[1-9][0-9]{0,17}")


class Options(Connection):
    """``[redmine]``"""

    key: Secret
    tracker: int | str = ""
    key_field: int | None = Field(None, gt=0)
    urgent_priority: int | str = ""
    closed_status: int | str = ""
    fields: Mapping[Literal["number", "leads", "supports", "deliverable"], int] = Field(
        default_factory=dict
    )


def connect(options: Options, *, transport: httpx.BaseTransport | None = None) -> Redmine:
    """:raises ConfigError: without the key."""
    key = options.key.value()
    door = options.door(headers={"X-Redmine-API-Key": key}, secrets=(key,), transport=transport)
    return Redmine(Rest(door), options)


class Redmine:
    """One Redmine as a target."""

    def __init__(self, rest: Rest, options: Options) -> None:
        self._rest = rest
        self._options = options
        self._keyless: dict[str, str] = {}  # project to an issue there that did not keep its key

    @property
    def where(self) -> str:
        return f"redmine {self._rest.base}"

    @property
    def readable(self) -> bool:
        return True

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        if not _PROJECT.fullmatch(place.project):
            raise ArgumentError("project", place.project, "the identifier of a Redmine project")
        if place.assignee and not _PERSON.fullmatch(place.assignee):
            raise ArgumentError("nguoi_nhan", place.assignee, "the number of a user or group")
        said = _quiet(items.description(item))
        if len(said.encode()) > _DESCRIPTION:
            said = f"{said.encode()[:_DESCRIPTION].decode(errors='ignore')}…"
        fields = {
            "title": markup.lines(_whole(item.title)),
            "description": markup.keyed(said, key),
            "due_on": str(item.due_on or ""),
            "start_on": str(item.start_on or ""),
            "project": place.project,
            "assignee": place.assignee,
        }
        if self._options.urgent_priority:
            urgent = item.urgency == "urgent"
            fields["priority"] = str(self._options.urgent_priority) if urgent else ""
        own = {
            "number": item.number or "",
            "leads": items.names(item.leads),
            "supports": items.names(item.supports),
            "deliverable": item.deliverable or "",
        }
        return fields | {name: _quiet(own[name]) for name in self._options.fields}

    def find(self, key: str, fields: Fields) -> Entry | None:
        found = {number(one.get("id")): one for one in self._keyed(key)}
        if len(found) > 1:
            named = ", ".join(f"#{id_}" for id_ in sorted(found, key=int))
            raise TrackerError(
                f"several issues have the key {key}: {named}; leave it to one of them / nhiều việc "
                "có cùng một mã nhiệm vụ, chỉ giữ mã ở một việc"
            )
        return next(map(self._entry, found.values()), None)

    def read(self, id_: str) -> Entry | None:
        issue = self._rest.issue(id_)
        return None if issue is None else self._entry(issue)

    def create(self, key: str, fields: Fields) -> Entry:
        project, key_field = fields["project"], self._options.key_field
        if project in self._keyless:
            raise TrackerError(
                f"#{self._keyless[project]} was made but did not keep its key: the tracker needs "
                "the field description / loại công việc ở Redmine phải có trường mô tả"
            )
        # What is empty is left to the project's defaults; but a task without a first day would
        # be given today's.
        sent = {one: said for one, said in fields.items() if said or one == "start_on"}
        body = self._body(sent)
        if self._options.tracker:
            body["tracker_id"] = self._rest.choice("trackers", self._options.tracker)
        if key_field is not None:
            own = {"id": key_field, "value": key}
            body["custom_fields"] = [*body.get("custom_fields", []), own]
        made = self._rest.create(body)
        entry = self._entry(made)
        in_field = key_field is not None and custom(made, key_field) == key
        if not in_field and not markup.has_key(entry.fields["description"], key):
            self._keyless[project] = entry.id
            return entry  # for the ledger: it could not be found again
        if "tracker_id" in body and member(made, "tracker", "id") != body["tracker_id"]:
            raise _dropped(entry, ["tracker"])
        return _checked(entry, sent)

    def update(self, entry: Entry, changes: Fields) -> Entry:
        now = self.read(entry.id)
        held = entry.fields
        if now is None or any(now.fields.get(one) != held.get(one) for one in changes):
            raise ChangedError(f"{entry.url}: has been changed just now / vừa có người sửa")
        self._rest.write(entry.id, self._body(changes))
        return _checked(self._entry(self._journaled(entry)), changes)

    def flag(self, entry: Entry, text: str) -> Entry:
        return self._noted(entry, text, None)

    def close(self, entry: Entry, text: str) -> Entry:
        return self._noted(entry, text, self._rest.closing_status(self._options.closed_status))

    def _keyed(self, key: str) -> Iterator[Record]:
        field = self._options.key_field
        if field is not None:
            for issue in self._rest.issues(f"cf_{field}", key):
                if custom(issue, field) != key:
                    raise TrackerError(
                        f"key_field: the custom field {field} is not used as a filter / "
                        f"trường tùy biến {field} chưa bật làm bộ lọc"
                    )
                yield issue
        for issue in self._rest.issues("description", f"~{key}"):
            said = text(issue.get("description"))
            if key.lower() not in said.lower():
                raise TrackerError("this Redmine cannot search descriptions / không tìm được mô tả")
            if markup.has_key(said, key):
                yield issue

    def _noted(self, entry: Entry, said: str, status: int | None) -> Entry:
        """The entry with the note, which is not written again where it is our last one; and with
        the status, unless the issue is closed already."""
        issue, note = self._journaled(entry), markup.note(_quiet(said))
        body: Record = {} if _is_said(note, issue) else {"notes": note}
        if status is not None and status_of(issue) not in self._rest.closing():
            body["status_id"] = status
        if body:
            self._rest.write(entry.id, body)
            issue = self._journaled(entry)
        dropped = [] if _is_said(note, issue) else ["notes"]
        if "status_id" in body and status_of(issue) != status:
            dropped.append("status")
        if dropped:
            raise _dropped(entry, dropped)
        return self._entry(issue)

    def _journaled(self, entry: Entry) -> Record:
        issue = self._rest.issue(entry.id, include="journals")
        if issue is None:
            raise ChangedError(f"{entry.url}: has been deleted just now / vừa bị xóa")
        return issue

    def _entry(self, issue: Mapping[str, object]) -> Entry:
        id_, urgent = number(issue.get("id")), str(self._options.urgent_priority)
        fields = {
            "title": markup.lines(text(issue.get("subject"))),
            "description": markup.lines(text(issue.get("description"))),
            "due_on": text(issue.get("due_date")),
            "start_on": text(issue.get("start_date")),
            "project": self._rest.project(number(member(issue, "project", "id"))),
            "assignee": text(member(issue, "assigned_to", "id")),
        }
        if urgent:
            has = [text(member(issue, "priority", one)) for one in ("id", "name")]
            fields["priority"] = urgent if urgent in has else ""
        for name, field in self._options.fields.items():
            fields[name] = markup.lines(custom(issue, field))
        version = text(issue.get("updated_on"))
        return Entry(id_, fields, f"{self._rest.base}/issues/{id_}", version)

    def _body(self, fields: Fields) -> Record:
        """The fields as Redmine takes them; an empty text clears, a null would be passed over."""
        body: Record = {_SENT[one]: said for one, said in fields.items() if one in _SENT}
        if "project" in fields:
            body["project_id"] = int(number(self._rest.project(fields["project"])))
        if "priority" in fields:
            body["priority_id"] = self._rest.choice("issue_priorities", fields["priority"])
        own = self._options.fields
        custom_fields = [{"id": own[one], "value": fields[one]} for one in own if one in fields]
        return body | ({"custom_fields": custom_fields} if custom_fields else {})


def _is_said(note: str, issue: Record) -> bool:
    said = [(text(one.get("id")), text(one.get("notes"))) for one in records(issue, "journals")]
    return markup.is_said(note, said)


def _checked(entry: Entry, wanted: Fields) -> Entry:
    dropped = [name for name, value in wanted.items() if entry.fields.get(name, "") != value]
    if dropped:
        raise _dropped(entry, dropped)
    return entry


def _dropped(entry: Entry, names: list[str]) -> TrackerError:
    return TrackerError(
        f"{entry.url}: Redmine did not take {', '.join(names)}: role, workflow, tracker or "
        "subtasks forbid it / Redmine không nhận (quyền, quy trình, loại hoặc việc con)"
    )


def _whole(said: str) -> str:
    """The text without halves of surrogate pairs."""
    return said.encode(errors="replace").decode()


def _quiet(said: str) -> str:
    r"""The text with nothing in it that Redmine would carry out.

    >>> ascii(_quiet("{{include(x)}} @an a@b.vn #12 < 5%"))
    "'{\\u2060{include(x)}} @\\u2060an a@b.vn #\\u206012 < 5%'"
    """
    safe = markup.lines(_whole(said))
    return _DOES.sub(lambda found: f"{found[0]}{markup.JOINER}", safe)
