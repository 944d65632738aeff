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
their status and project; one counts where the last such line, or the field, is the key. A copied
issue has its key too: both are named, and neither is touched. Redmine drops a filter that it does
not know without a word, so what comes back is checked.

**What Redmine drops in silence** (a field that the role, the workflow, the tracker or subtasks
do not leave to us) is read back and is an error. Redmine tells no ``lock_version``, so an update
reads the fields that it will write once more just before; what slips in between is in the issue's
history. A refusal (403) is one entry's, because rights are a project's; a bad key (401) ends the
run. Tracker, parent, category, version, watchers and percentages are never written to an issue
that is there; an issue that somebody closed stays closed.

**Text** of documents does nothing in Redmine: a zero width space stands inside ``{{macros}}``,
``[[wiki links]]``, ``@mentions`` (which send mail), ``#12`` links, HTML tags and images.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field

from vnpolicy.errors import ArgumentError, ChangedError, TrackerError
from vnpolicy.models import WorkItem
from vnpolicy.push.answer import Answer, identifier, member, record, records, segment, text
from vnpolicy.push.config import Connection
from vnpolicy.push.door import Door
from vnpolicy.push.entry import Entry, Fields, Place
from vnpolicy.push.secret import Secret
from vnpolicy.writers import item as items

if TYPE_CHECKING:
    import httpx

_SUBJECT = 255  # characters of a title
_DESCRIPTION = 60_000  # bytes; MySQL's column takes 65,535
_PAGE = 100
_LABEL = "vnpolicy: "
_SENT = {
    "title": "subject",
    "description": "description",
    "due_on": "due_date",
    "start_on": "start_date",
    "assignee": "assigned_to_id",
}
_DOES = re.compile(
    r"(?<![0-9A-Za-z_])@|\{(?=\{)|\[(?=\[)|#(?=\d|#|note)|<(?=[!/A-Za-z])|!(?=\S)", re.IGNORECASE
)
_CONTROL = re.compile(r"[^\S\n]|[\x00-\x08\x0e-\x1f\x7f]")
_PROJECT = re.compile(r"(?!\d+\Z)[a-z0-9_-]{1,100}")


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
    return Redmine(door, options)


class Redmine:
    """One Redmine as a target."""

    def __init__(self, door: Door, options: Options) -> None:
        self._door = door
        self._options = options
        self._projects: dict[str, str] = {}  # identifier to number, and number to identifier
        self._lists: dict[str, list[dict[str, Any]]] = {}
        self._me = ""
        self._keyless: dict[str, str] = {}  # project to an issue that did not keep its key

    @property
    def where(self) -> str:
        return f"redmine {self._door.base.rstrip('/')}"

    @property
    def readable(self) -> bool:
        return True

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        if not _PROJECT.fullmatch(place.project):
            raise ArgumentError("project", place.project, "the identifier of a Redmine project")
        if place.assignee and not re.fullmatch("[1-9][0-9]{0,17}", place.assignee):
            raise ArgumentError("nguoi_nhan", place.assignee, "the number of a user or group")
        said = _quiet(items.description(item)).encode()
        if len(said) > _DESCRIPTION:
            said = f"{said[:_DESCRIPTION].decode(errors='ignore')}…".encode()
        fields = {
            "title": _clean(item.title)[:_SUBJECT],
            "description": f"{said.decode()}\n\n{_LABEL}{key}",
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
        found: dict[str, dict[str, Any]] = {}
        number = self._options.key_field
        if number is not None:
            for issue in self._issues(f"cf_{number}", key):
                if _custom(issue, number) != key:
                    raise TrackerError(
                        f"key_field: the custom field {number} is not used as filter / "
                        f"trường tùy biến {number} chưa bật “dùng làm bộ lọc”"
                    )
                found[_number(issue.get("id"))] = issue
        for issue in self._issues("description", f"~{key}"):
            said = _clean(text(issue.get("description")))
            if key.lower() not in said.lower():
                raise TrackerError("this Redmine cannot search descriptions")
            marks = [line for line in said.split("\n") if line.startswith(_LABEL)]
            if marks and marks[-1].removeprefix(_LABEL).strip() == key:
                found[_number(issue.get("id"))] = issue
        if len(found) > 1:
            named = ", ".join(f"#{id_}" for id_ in sorted(found, key=int))
            raise TrackerError(
                f"{named} all have the key {key}; keep it in one of them / cùng một mã nhiệm vụ"
            )
        return next((self._entry(issue) for issue in found.values()), None)

    def read(self, id_: str) -> Entry | None:
        issue = self._issue(id_)
        return None if issue is None else self._entry(issue)

    def create(self, key: str, fields: Fields) -> Entry:
        project = fields["project"]
        if project in self._keyless:
            raise TrackerError(
                f"#{self._keyless[project]} was made without its key: the tracker needs the field "
                "description, or key_field / loại công việc cần có trường mô tả hoặc key_field"
            )
        issue = self._body(fields)
        if not fields["assignee"]:
            del issue["assigned_to_id"]  # else the project's own default would be cleared
        if self._options.tracker:
            issue["tracker_id"] = self._choice("trackers", self._options.tracker)["id"]
        if self._options.key_field is not None:
            own = {"id": self._options.key_field, "value": key}
            issue["custom_fields"] = [*issue.get("custom_fields", []), own]
        answer = self._ask("POST", "issues.json", allowed=(201,), json_body={"issue": issue})
        made = record(answer.json(), "issue")
        entry = self._entry(made)
        if f"{_LABEL}{key}" not in entry.fields["description"] and (
            self._options.key_field is None or _custom(made, self._options.key_field) != key
        ):
            self._keyless[project] = entry.id
            return entry  # the ledger must know it: it cannot be found again
        wanted = {name: value for name, value in fields.items() if value or name == "start_on"}
        if "tracker_id" in issue and member(made, "tracker", "id") != issue["tracker_id"]:
            raise _dropped(entry, ["tracker"])
        return _checked(entry, wanted)

    def update(self, entry: Entry, changes: Fields) -> Entry:
        now = self.read(entry.id)
        if now is None or any(now.fields[one] != entry.fields.get(one, "") for one in changes):
            raise ChangedError(f"{entry.url}: has been changed just now / vừa có người sửa")
        self._write(entry.id, self._body(changes), repeatable=True)
        now = self.read(entry.id)
        if now is None:
            raise ChangedError(f"{entry.url}: has been deleted just now / vừa bị xóa")
        return _checked(now, changes)

    def flag(self, entry: Entry, text: str) -> Entry:
        return self._entry(self._noted(entry, text))

    def close(self, entry: Entry, text: str) -> Entry:
        status = self._closed_status()
        return self._entry(self._noted(entry, text, status))

    def _noted(self, entry: Entry, said: str, status: int | None = None) -> dict[str, Any]:
        """The issue with the note, which is not written again where it is our last one; and with
        the status, unless the issue is closed already."""
        issue, note, body = self._journaled(entry), _quiet(said), {}
        if self._last_note(issue) != note:
            body["notes"] = note
        closed = [one["id"] for one in self._list("issue_statuses") if one.get("is_closed") is True]
        if status is not None and member(issue, "status", "id") not in closed:
            body["status_id"] = status
        if not body:
            return issue
        self._write(entry.id, body, repeatable="notes" not in body)
        issue = self._journaled(entry)
        dropped = [
            name
            for name, there in (
                ("notes", self._last_note(issue) == note),
                ("status", "status_id" not in body or member(issue, "status", "id") == status),
            )
            if not there
        ]
        if dropped:
            raise _dropped(entry, dropped)
        return issue

    def _journaled(self, entry: Entry) -> dict[str, Any]:
        issue = self._issue(entry.id, include="journals")
        if issue is None:
            raise ChangedError(f"{entry.url}: has been deleted just now / vừa bị xóa")
        return issue

    def _last_note(self, issue: Mapping[str, Any]) -> str:
        if not self._me:
            self._me = _number(member(self._ask("GET", "users/current.json").json(), "user", "id"))
        mine = [
            _clean(text(one.get("notes")))
            for one in records(issue, "journals")
            if one.get("notes") and text(member(one, "user", "id")) == self._me
        ]
        return mine[-1] if mine else ""

    def _entry(self, issue: Mapping[str, Any]) -> Entry:
        id_ = _number(issue.get("id"))
        fields = {
            "title": _clean(text(issue.get("subject"))),
            "description": _clean(text(issue.get("description"))),
            "due_on": text(issue.get("due_date")),
            "start_on": text(issue.get("start_date")),
            "project": self._project(_number(member(issue, "project", "id"))),
            "assignee": text(member(issue, "assigned_to", "id")),
        }
        urgent = self._options.urgent_priority
        if urgent:
            has = text(member(issue, "priority", "id")), text(member(issue, "priority", "name"))
            fields["priority"] = str(urgent) if str(urgent) in has else ""
        for name, number in self._options.fields.items():
            fields[name] = _clean(_custom(issue, number))
        url = f"{self._door.base.rstrip('/')}/issues/{id_}"
        return Entry(id_, fields, url, text(issue.get("updated_on")))

    def _body(self, fields: Fields) -> dict[str, Any]:
        """The fields as Redmine takes them; an empty text clears, null would be passed over."""
        body: dict[str, Any] = {_SENT[one]: fields[one] for one in fields if one in _SENT}
        if "project" in fields:
            body["project_id"] = int(self._project(fields["project"]))
        if "priority" in fields:
            body["priority_id"] = self._choice("issue_priorities", fields["priority"])["id"]
        own = self._options.fields
        custom = [{"id": own[name], "value": fields[name]} for name in own if name in fields]
        return body | ({"custom_fields": custom} if custom else {})

    def _project(self, known_as: str) -> str:
        """The number of an identifier, the identifier of a number; ``#5`` where it is not told."""
        if known_as not in self._projects:
            path = f"projects/{segment(known_as)}.json"
            answer = self._ask("GET", path, allowed=(200, 403, 404))
            if answer.status == 200:
                project = record(answer.json(), "project")
                number, name = _number(project.get("id")), identifier(project.get("identifier"))
                self._projects |= {number: name, name: number}
            elif known_as.isdigit():
                self._projects[known_as] = f"#{known_as}"
        if known_as not in self._projects:
            raise TrackerError(f"{known_as}: no such project, or not for this key / không có dự án")
        return self._projects[known_as]

    def _closed_status(self) -> int:
        name = self._options.closed_status
        if name:
            status = self._choice("issue_statuses", name)
        else:
            closed = [one for one in self._list("issue_statuses") if one.get("is_closed") is True]
            if len(closed) != 1:
                said = ", ".join(text(one.get("name")) for one in closed)
                raise TrackerError(f"closed_status: say which of {said} / cần ghi closed_status")
            (status,) = closed
        return int(_number(status.get("id")))

    def _choice(self, kind: str, name: int | str) -> dict[str, Any]:
        """The tracker, status or priority of that name or number; without one the default."""
        for one in self._list(kind):
            if one.get("is_default") is True if name == "" else str(name) in _names(one):
                return one
        said = ", ".join(text(one.get("name")) for one in self._list(kind))
        raise TrackerError(self._door.clean(f"{kind}: {name!r} is none of {said} / không có"))

    def _list(self, kind: str) -> list[dict[str, Any]]:
        if kind not in self._lists:
            path = f"enumerations/{kind}.json" if kind == "issue_priorities" else f"{kind}.json"
            found = records(self._ask("GET", path).json(), kind)
            self._lists[kind] = [{**one, "id": int(_number(one.get("id")))} for one in found]
        return self._lists[kind]

    def _issues(self, name: str, value: str) -> list[dict[str, Any]]:
        params: dict[str, str | int] = {"status_id": "*", name: value, "limit": _PAGE}
        answer = self._ask("GET", "issues.json", params=params).json()
        found = records(answer, "issues")
        if text(member(answer, "total_count")) not in ("", str(len(found))):
            raise TrackerError(
                f"{name}={value}: Redmine gives {len(found)} issues of {answer['total_count']}; "
                "the filter is not known to it / bộ lọc không có tác dụng"
            )
        return found

    def _issue(self, id_: str, **params: str) -> dict[str, Any] | None:
        path = f"issues/{segment(id_)}.json"
        answer = self._ask("GET", path, allowed=(200, 404), params=params)
        return None if answer.status == 404 else record(answer.json(), "issue")

    def _write(self, id_: str, body: Mapping[str, Any], *, repeatable: bool) -> None:
        path = f"issues/{segment(id_)}.json"
        body = {"issue": body}
        self._ask("PUT", path, allowed=(200, 204), json_body=body, repeatable=repeatable)

    def _ask(
        self, method: str, path: str, *, allowed: Collection[int] = (200,), **more: Any
    ) -> Answer:
        """The answer; a refusal that is this request's only says so."""
        answer = self._door.ask(method, path, allowed={*allowed, 403, 422}, **more)
        if answer.status in allowed:
            return answer
        if answer.status == 403:
            raise TrackerError(
                f"{answer.asked}: the key's user may not / tài khoản của khóa không có quyền"
            )
        reasons = member(answer.json(), "errors")
        said = "; ".join(map(text, reasons)) if isinstance(reasons, list) else ""
        raise TrackerError(self._door.clean(f"{answer.asked}: Redmine refuses: {said[:500]}"))


def _names(one: Mapping[str, Any]) -> tuple[str, str]:
    return text(one.get("id")), text(one.get("name"))


def _number(value: object) -> str:
    """An id of Redmine's, which is a number."""
    said = identifier(value)
    if not (said.isascii() and said.isdigit()):
        raise TrackerError("the answer has no number where Redmine has one")
    return said


def _custom(issue: Mapping[str, Any], number: int) -> str:
    """The value of a custom field; empty where the issue has none."""
    fields = records(issue, "custom_fields") if "custom_fields" in issue else []
    return next((text(one.get("value")) for one in fields if one.get("id") == number), "")


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


def _clean(said: str) -> str:
    """The text as it is compared: line ends of one kind, nothing invisible around it."""
    said = said.replace("\r\n", "\n").replace("\r", "\n").encode(errors="replace").decode()
    return _CONTROL.sub(" ", said).strip()


def _quiet(said: str) -> str:
    r"""The text with nothing in it that Redmine would carry out.

    >>> ascii(_quiet("{{include(x)}} @an a@b.vn #12 < 5%"))
    "'{\\u200b{include(x)}} @\\u200ban a@b.vn #\\u200b12 < 5%'"
    """
    return _DOES.sub(lambda found: f"{found[0]}\u200b", _clean(said))
