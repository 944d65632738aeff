r"""GitLab: a task is an issue of a project (REST v4; gitlab.com or an office's own).

::

    [gitlab]
    url = "https://gitlab.example.vn"
    token = { env = "GITLAB_TOKEN" }         # scope api
    project = "van-phong/theo-doi"           # path or number, in the agencies' table too
    confidential = true
    labels = ["Kết luận"]
    urgent = "Khẩn"                          # the label of urgent tasks; "": none

Who is to do it is the number of a user (several with commas where the edition allows it).

**The key** stands on the description's last line. Finding searches descriptions for it (``search``
with ``in=description``, open and closed) and then checks that the line is there; where that finds
nothing, the newest hundred issues of the token's own account are looked through (once in a run,
and again where no answer came to a create), because the index of ``search`` is written after the
issue. An issue that was moved away does not count
here, and where it is to be changed the failure says so.

**Labels** are added and removed one by one, so that others stay; only ``vb:`` with the document's
number, ``urgent`` and those of ``labels`` are looked at.

**Left to people**: an issue is not moved to another project, because GitLab makes a new one there;
an update that wants it writes all else and says so. Issues have no lock: between reading and
writing lies no more than one request. There is no start date in this interface; the description
has the words.

**Safety**: text is escaped (:mod:`vnpolicy.push.markup`): quick actions ("/close" at the beginning
of a line), mentions, references, HTML and pictures do nothing, in description, title and notes.
A note is not said again while it is our last one.

Sources: docs.gitlab.com, "Issues API", "Notes API", "Quick actions"; of the implementation
``lib/gitlab/quick_actions/extractor.rb``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

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

_DOCUMENT = "vb:"
_TITLE, _LABEL = 255, 255


class Options(Connection):
    """``[gitlab]``"""

    token: Secret
    confidential: bool = False
    labels: tuple[str, ...] = ()
    urgent: str = ""


def connect(options: Options, *, transport: httpx.BaseTransport | None = None) -> GitLab:
    """:raises ConfigError: without the token."""
    token = options.token.value()
    door = options.door(
        headers={"PRIVATE-TOKEN": token}, secrets=(token,), path="/api/v4", transport=transport
    )
    return GitLab(options, door)


class GitLab:
    """The project, or several, as a target; an entry's id is ``PROJECT#NUMBER``."""

    def __init__(self, options: Options, door: Door) -> None:
        self._options = options
        self._door = door
        self._seen: set[str] = set()
        self._newest: dict[str, list[dict[str, Any]]] = {}
        self._named = {_label(one) for one in (*options.labels, options.urgent)} - {""}

    @property
    def where(self) -> str:
        return f"gitlab {self._options.url.rstrip('/')} {self._options.project}"

    @property
    def readable(self) -> bool:
        return True

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        labels = {_label(one) for one in self._options.labels}
        if item.number:
            labels.add(_label(_DOCUMENT + item.number))
        if item.urgency == "urgent" and self._options.urgent:
            labels.add(_label(self._options.urgent))
        people = {one.strip() for one in place.assignee.split(",")} - {""}
        return {
            "title": markup.quiet(item.title)[:_TITLE],
            "description": markup.keyed(markup.markdown(items.description(item)), key),
            "due_on": str(item.due_on or ""),
            "project": place.project,
            "assignee": "\n".join(sorted(people)),
            "labels": "\n".join(sorted(labels)),
        }

    def find(self, key: str, fields: Fields) -> Entry | None:
        project = _project(fields.get("project", ""))
        asked: dict[str, str | int] = {"search": key, "in": "description", "scope": "all"}
        for listed in (self._listed(project, asked), self._own(project)):
            found = [one for one in listed if _is(one, key)]
            if len(found) > 1:
                names = ", ".join(f"#{identifier(one.get('iid'))}" for one in found)
                raise TrackerError(f"{key}: several issues of {project} have this key: {names}")
            if found:
                return self.read(f"{project}#{identifier(found[0].get('iid'))}")
        return None

    def read(self, id_: str) -> Entry | None:
        project = id_.rpartition("#")[0]
        answer = self._door.ask("GET", _path(id_), allowed=(200, 404))
        if answer.status == 404:
            self._check_access(project)
            return None
        issue = record(answer.json())
        entry = self._entry(project, issue)
        if issue.get("moved_to_id"):
            raise TrackerError(
                f"{entry.url}: was moved to another project, where it is a new issue; it is no "
                "longer followed here / đã chuyển sang dự án khác, không theo dõi được nữa"
            )
        return entry

    def create(self, key: str, fields: Fields) -> Entry:
        project = _project(fields.get("project", ""))
        body: dict[str, Any] = {"title": fields["title"], "description": fields["description"]}
        if fields.get("due_on"):
            body["due_date"] = fields["due_on"]
        if fields.get("labels"):
            body["labels"] = fields["labels"].replace("\n", ",")
        if fields.get("assignee"):
            body["assignee_ids"] = _people(fields["assignee"])
        if self._options.confidential:
            body["confidential"] = True
        path = f"projects/{segment(project)}/issues"
        newest = self._newest.pop(project, None)  # without an answer it has to be looked for
        answer = self._door.ask("POST", path, allowed=(201,), json_body=body)
        if newest is not None:
            self._newest[project] = newest
        return self._entry(project, record(answer.json()))

    def update(self, entry: Entry, changes: Fields) -> Entry:
        names = {"title": "title", "description": "description", "due_on": "due_date"}
        body: dict[str, Any] = {names[one]: changes[one] for one in changes if one in names}
        if "assignee" in changes:
            body["assignee_ids"] = _people(changes["assignee"]) or [0]  # 0 takes all away
        if "labels" in changes:
            old, new = (set(one["labels"].split("\n")) - {""} for one in (entry.fields, changes))
            for name, labels in (("add_labels", new - old), ("remove_labels", old - new)):
                if labels:
                    body[name] = ",".join(sorted(labels))
        if body:
            entry = self._put(entry, body)
        if "project" in changes:
            raise TrackerError(
                f"{entry.url}: wanted in the project {changes['project']}; move it by hand, "
                "GitLab makes a new issue there / xin chuyển dự án bằng tay trong GitLab"
            )
        return entry

    def flag(self, entry: Entry, text: str) -> Entry:
        path = f"{_path(entry.id)}/notes"
        params: dict[str, str | int] = {"sort": "desc", "order_by": "created_at", "per_page": 100}
        newest = records(self._door.ask("GET", path, params=params).json())
        said = [(identifier(one.get("id")), _lines(one.get("body"))) for one in newest]
        note = markup.markdown(markup.note(text))
        if not markup.is_said(note, said):
            self._door.ask("POST", path, allowed=(201,), json_body={"body": note})
        return entry

    def close(self, entry: Entry, text: str) -> Entry:
        self.flag(entry, text)
        state = member(self._door.ask("GET", _path(entry.id)).json(), "state")
        return entry if state == "closed" else self._put(entry, {"state_event": "close"})

    def _listed(self, project: str, asked: Mapping[str, str | int]) -> list[dict[str, Any]]:
        params = {**asked, "state": "all", "per_page": 100}
        return records(
            self._door.ask("GET", f"projects/{segment(project)}/issues", params=params).json()
        )

    def _own(self, project: str) -> list[dict[str, Any]]:
        """The newest issues of our account before this run, and those without an answer."""
        if project not in self._newest:
            asked = {"scope": "created_by_me", "order_by": "created_at", "sort": "desc"}
            self._newest[project] = self._listed(project, asked)
        return self._newest[project]

    def _put(self, entry: Entry, body: dict[str, Any]) -> Entry:
        answer = self._door.ask("PUT", _path(entry.id), repeatable=True, json_body=body)
        return self._entry(entry.id.rpartition("#")[0], record(answer.json()))

    def _check_access(self, project: str) -> None:
        """:raises AccessError: where the issue may only be out of our sight."""
        if project in self._seen:
            return
        answer = self._door.ask("GET", f"projects/{segment(project)}", allowed=(200, 404))
        if answer.status == 404:
            raise AccessError(f"the project {project} cannot be seen / không thấy dự án này")
        self._seen.add(project)

    def _entry(self, project: str, issue: dict[str, Any]) -> Entry:
        labels = issue.get("labels") or []
        if not isinstance(labels, list):
            raise TrackerError("the answer has no list labels")
        ours = {one for one in map(text, labels) if self._is_ours(one)}
        people = [identifier(member(one, "id")) for one in records(issue.get("assignees") or [])]
        fields = {
            "title": text(issue.get("title")),
            "description": _lines(issue.get("description")),
            "due_on": text(issue.get("due_date")),
            "project": project,
            "assignee": "\n".join(sorted(people)),
            "labels": "\n".join(sorted(ours)),
        }
        number = identifier(issue.get("iid"))
        return Entry(f"{project}#{number}", fields, self._address(issue, project, number))

    def _address(self, issue: dict[str, Any], project: str, number: str) -> str:
        """The issue's page; what the answer says is believed only of this host."""
        base = self._options.url.rstrip("/")
        said = text(issue.get("web_url"))
        if said.startswith(f"{base}/") and said.isprintable():
            return said
        return "" if project.isdigit() else f"{base}/{project}/-/issues/{segment(number)}"

    def _is_ours(self, label: str) -> bool:
        return label in self._named or label.startswith(_DOCUMENT)


def _is(issue: dict[str, Any], key: str) -> bool:
    """Whether it has the key on its line and was not moved away."""
    return markup.has_key(text(issue.get("description")), key) and not issue.get("moved_to_id")


def _lines(value: object) -> str:
    return markup.lines(text(value))


def _path(id_: str) -> str:
    project, _, number = id_.rpartition("#")
    return f"projects/{segment(project)}/issues/{segment(number)}"


def _project(said: str) -> str:
    if not said or "#" in said or not said.isprintable():
        raise TrackerError("project: a path as van-phong/theo-doi or a number is wanted / thiếu")
    return said


def _people(said: str) -> list[int]:
    """:raises TrackerError: for anything but numbers."""
    people = [one for one in said.split("\n") if one]
    if not all(one.isascii() and one.isdigit() and len(one) < 19 for one in people):
        raise TrackerError(f"assignee: {', '.join(people)!r}; GitLab wants numbers of users")
    return [int(one) for one in people]


def _label(said: str) -> str:
    """Labels hold no comma, which parts them, and 255 characters."""
    return " ".join(said.replace(",", " ").split())[:_LABEL]
