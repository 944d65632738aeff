r"""OpenProject: a task is a work package (API v3).

::

    [openproject]
    url = "https://openproject.example.vn"
    token = { env = "OPENPROJECT_TOKEN" }
    project = "theo-doi"                     # identifier or number, in the agencies' table too
    work_package_type = "Task"               # its name in the project; no milestone
    urgent = "High"                          # the priority of urgent tasks; "": leave it
    closed = "Rejected"                      # the status; "": the only closed one
    key_field = 12                           # the number of a custom field of type text

Who is to do it is the number of a user, a group or a placeholder.

**The key** is the custom field's value, or else the description's last line. Finding filters by
it ("customField12" or "description", operator "~": contains), in the project, open and closed, and
then checks it. Both are read from the database, so what was made is found at once.

**Days** stay as they are written: a package is scheduled manually and may end on a day that the
instance counts as free (``scheduleManually``, ``ignoreNonWorkingDays``), else OpenProject moves
a deadline that falls on a holiday. A milestone has one day instead of two and is refused.

**Locks**: every change is sent with the ``lockVersion`` that was read; where a person was faster
OpenProject answers 409, and the entry is read and compared anew.

**Safety**: text is escaped (:mod:`vnpolicy.push.markup`): mentions (``user:"name"``, ``user#1``),
macros, links to entries, HTML and pictures do nothing. A subject is plain text. A comment is not
said again while it is our last one. A priority other than ``urgent`` is none of ours, and
``urgent`` is not taken back.

Sources: openproject.org/docs/api (work packages, filters, activities) and the repository's
``docs/api/apiv3``; mentions: ``Notifications::CreateFromModelService``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from pydantic import Field

from vnpolicy.errors import AccessError, TrackerError
from vnpolicy.models import WorkItem
from vnpolicy.push import markup
from vnpolicy.push.answer import identifier, member, record, records, segment, text
from vnpolicy.push.config import Connection
from vnpolicy.push.door import Door
from vnpolicy.push.entry import Entry, Fields, Place
from vnpolicy.push.secret import Secret
from vnpolicy.writers import item as items

if TYPE_CHECKING:
    import httpx

_PLAIN = {"title": "subject", "due_on": "dueDate", "start_on": "startDate"}


class Options(Connection):
    """``[openproject]``"""

    token: Secret
    work_package_type: str = "Task"
    urgent: str = ""
    closed: str = ""
    key_field: int | None = Field(None, ge=1)


def connect(options: Options, *, transport: httpx.BaseTransport | None = None) -> OpenProject:
    """:raises ConfigError: without the token."""
    basic = ("apikey", options.token.value())
    return OpenProject(options, options.door(basic=basic, path="/api/v3", transport=transport))


class OpenProject:
    """The instance as a target."""

    def __init__(self, options: Options, door: Door) -> None:
        self._options = options
        self._door = door
        self._key = f"customField{options.key_field}" if options.key_field else ""
        self._projects: dict[str, str] = {}  # as configured, to the number
        self._types: dict[str, str] = {}  # the type's address in each project
        self._said = dict.fromkeys([options.project] if options.project else [])

    @property
    def where(self) -> str:
        return f"openproject {self._options.url.rstrip('/')} {self._options.project}"

    @property
    def readable(self) -> bool:
        return True

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        self._said.setdefault(place.project)
        description = markup.markdown(items.description(item))
        return {
            "title": item.title,
            "description": description if self._key else markup.keyed(description, key),
            "due_on": str(item.due_on or ""),
            "start_on": str(item.start_on or ""),
            "project": place.project,
            "assignee": place.assignee,
            "priority": self._options.urgent if item.urgency == "urgent" else "",
        }

    def find(self, key: str, fields: Fields) -> Entry | None:
        project = self._project(fields.get("project", ""))
        filters = [
            {"project": {"operator": "=", "values": [project]}},
            {self._key or "description": {"operator": "~", "values": [key]}},
        ]
        params: dict[str, str | int] = {"filters": json.dumps(filters), "pageSize": 100}
        answer = self._door.ask("GET", "work_packages", params=params)
        listed = records(answer.json(), "_embedded", "elements")
        found = [one for one in listed if self._is(one, key)]
        if len(found) > 1:
            names = ", ".join(f"#{identifier(member(one, 'id'))}" for one in found)
            raise TrackerError(f"{key}: several work packages have this key: {names}")
        return self._entry(found[0]) if found else None

    def read(self, id_: str) -> Entry | None:
        answer = self._door.ask("GET", _path(id_), allowed=(200, 404))
        if answer.status == 404:
            self._check_access()
            return None
        return self._entry(record(answer.json()))

    def create(self, key: str, fields: Fields) -> Entry:
        values = self._values(fields)
        links = {name: link for name, link in values.pop("_links").items() if link["href"]}
        body = {name: value for name, value in values.items() if value}
        body |= {"scheduleManually": True, "ignoreNonWorkingDays": True}
        body["_links"] = links | {"type": {"href": self._type(fields.get("project", ""))}}
        if self._key:
            body[self._key] = key
        answer = self._door.ask("POST", "work_packages", allowed=(201, 200), json_body=body)
        return self._entry(record(answer.json()))

    def update(self, entry: Entry, changes: Fields) -> Entry:
        body = self._values(changes)
        if not body["_links"]:
            del body["_links"]
        return self._patch(entry, body) if body else entry

    def flag(self, entry: Entry, text: str) -> Entry:
        path = f"{_path(entry.id)}/activities"
        listed = records(self._door.ask("GET", path).json(), "_embedded", "elements")
        said = [
            (identifier(one.get("id")), _lines(member(one, "comment", "raw"))) for one in listed
        ]
        note = markup.markdown(markup.note(text))
        if not markup.is_said(note, said):
            self._door.ask("POST", path, allowed=(201,), json_body={"comment": {"raw": note}})
        return entry

    def close(self, entry: Entry, text: str) -> Entry:
        self.flag(entry, text)
        answer = self._door.ask("GET", _path(entry.id))  # a comment counts the lock on
        package = record(answer.json())
        closed = self._closed()
        if _last(member(package, "_links", "status", "href")) in map(_last, closed.values()):
            return entry
        name = self._options.closed
        if (name and name not in closed) or (not name and len(closed) != 1):
            raise TrackerError(
                f"no single status closes it ({', '.join(closed)}); set closed = NAME / "
                "không rõ trạng thái nào để đóng, xin khai closed = TÊN"
            )
        status = {"href": closed[name] if name else next(iter(closed.values()))}
        return self._patch(self._entry(package), {"_links": {"status": status}})

    def _patch(self, entry: Entry, body: dict[str, Any]) -> Entry:
        if not entry.version:
            raise TrackerError(f"{entry.url}: has no lockVersion; it cannot be changed safely")
        body = {**body, "lockVersion": int(entry.version)}
        answer = self._door.ask("PATCH", _path(entry.id), repeatable=True, json_body=body)
        return self._entry(record(answer.json()))

    def _values(self, fields: Fields) -> dict[str, Any]:
        """OpenProject's own properties and links; null for what is empty."""
        found: dict[str, Any] = {
            name: fields[ours] or None for ours, name in _PLAIN.items() if ours in fields
        }
        if "description" in fields:
            found["description"] = {"format": "markdown", "raw": fields["description"]}
        links: dict[str, dict[str, str | None]] = {}
        if "project" in fields:
            links["project"] = {"href": f"/api/v3/projects/{self._project(fields['project'])}"}
        if "assignee" in fields:
            links["assignee"] = {"href": _person(fields["assignee"])}
        if fields.get("priority"):
            links["priority"] = {"href": self._priority(fields["priority"])}
        return {**found, "_links": links}

    def _project(self, said: str) -> str:
        """The project's number.

        :raises TrackerError: where there is none that we can see.
        """
        if said and said not in self._projects:
            answer = self._door.ask("GET", f"projects/{segment(said)}", allowed=(200, 404))
            is_there = answer.status == 200
            self._projects[said] = identifier(member(answer.json(), "id")) if is_there else ""
        if not self._projects.get(said):
            raise TrackerError(f"project: {said!r} cannot be seen / không thấy dự án này")
        return self._projects[said]

    def _check_access(self) -> None:
        """:raises AccessError: where the package may only be out of our sight."""
        for said in self._said:
            try:
                self._project(said)
            except TrackerError as error:
                raise AccessError(str(error)) from None

    def _type(self, project: str) -> str:
        """The address of the configured type in the project."""
        if project not in self._types:
            listed = self._listed(f"projects/{self._project(project)}/types")
            one = _named(listed, self._options.work_package_type, "work_package_type")
            if member(one, "isMilestone"):
                raise TrackerError("work_package_type: is a milestone, which has one day only")
            self._types[project] = f"/api/v3/types/{segment(identifier(member(one, 'id')))}"
        return self._types[project]

    def _priority(self, name: str) -> str:
        one = _named(self._listed("priorities"), name, "priority")
        return f"/api/v3/priorities/{segment(identifier(member(one, 'id')))}"

    def _closed(self) -> dict[str, str]:
        """The statuses that close, by name."""
        return {
            text(one.get("name")): f"/api/v3/statuses/{segment(identifier(one.get('id')))}"
            for one in self._listed("statuses")
            if one.get("isClosed") is True
        }

    def _listed(self, path: str) -> list[dict[str, Any]]:
        return records(self._door.ask("GET", path).json(), "_embedded", "elements")

    def _is(self, package: dict[str, Any], key: str) -> bool:
        if self._key:
            return text(package.get(self._key)).strip() == key
        return markup.has_key(text(member(package, "description", "raw")), key)

    def _entry(self, package: dict[str, Any]) -> Entry:
        number = identifier(package.get("id"))
        found = {ours: text(package.get(name)) for ours, name in _PLAIN.items()}
        found |= {
            "description": _lines(member(package, "description", "raw")),
            "project": self._as_said(_last(member(package, "_links", "project", "href"))),
            "assignee": _last(member(package, "_links", "assignee", "href")),
        }
        priority = text(member(package, "_links", "priority", "title"))
        found["priority"] = priority if priority == self._options.urgent else ""
        version = text(package.get("lockVersion"))
        url = f"{self._options.url.rstrip('/')}/work_packages/{segment(number)}"
        return Entry(number, found, url, version if _is_number(version) else "")

    def _as_said(self, number: str) -> str:
        """The project as the tables name it; else its number."""
        for said in self._said:
            with suppress(TrackerError):  # another project's trouble
                if self._project(said) == number:
                    return said
        return number


def _named(listed: Iterable[dict[str, Any]], name: str, what: str) -> dict[str, Any]:
    found = {text(one.get("name")): one for one in listed}
    if name not in found:
        raise TrackerError(f"{what}: {name!r} is none of {', '.join(found)} / không có {what} này")
    return found[name]


def _path(id_: str) -> str:
    return f"work_packages/{segment(id_)}"


def _lines(value: object) -> str:
    return markup.lines(text(value))


def _last(href: object) -> str:
    """The number at the end of an address: ``/api/v3/users/12``."""
    return text(href).rpartition("/")[2]


def _person(said: str) -> str | None:
    """:raises TrackerError: for anything but a number."""
    if said and not _is_number(said):
        raise TrackerError(f"assignee: {said!r}; OpenProject wants the number of a user or group")
    return f"/api/v3/users/{said}" if said else None


def _is_number(said: str) -> bool:
    return said.isascii() and said.isdigit() and len(said) < 19
