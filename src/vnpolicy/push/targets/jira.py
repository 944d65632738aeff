r"""Jira: a task is an issue. Cloud (REST v3) and Data Center (REST v2).

::

    [jira]
    url = "https://example.atlassian.net"
    user = "van-phong@example.vn"            # Cloud only: the account of the API token
    token = { env = "JIRA_TOKEN" }           # Data Center: a personal access token
    project = "VIEC"                         # keys of projects, in the agencies' table too
    issue_type = "Task"
    urgent = "High"                          # the priority of urgent tasks; "": leave it
    start_field = "customfield_10015"        # "": the start is not kept
    labels = ["ket-luan"]
    close = "Hủy"                            # the transition; "": the only one that is done

Who is to do it is an accountId (Cloud) or a user name (Data Center).

**The key** is a label, ``vnpolicy-KEY``, made with the issue in one request; the document's number
is another, ``vb:112/TB-VP``. Labels are added and removed one by one, so that others stay, and
only those of these two forms and of ``labels`` are looked at.

**Finding** goes by JQL on the label, in the project. The index of Jira Cloud lags seconds to
minutes behind (developer.atlassian.com, "Search After Write with Search And Reconcile"; its
``reconcileIssues`` wants ids that a run that was cut off never saw), and nodes of a Data Center
follow each other. Therefore, where JQL finds nothing, the issues from a little before the newest
that it knows are read one by one, which no index serves, until two numbers in a row do not exist:
once in a run, and again where no answer came to a create. An issue whose label was taken away, or
that was moved to another project, is not found.

**Left to people**: Jira's REST cannot move an issue to another project; an update that wants it
writes all else and says so. Issues have no lock: between reading and writing lies no more than
one request, and only what is new is written. A priority other than ``urgent`` is none of ours, and
``urgent`` is not taken back.

**Safety**: a description is ADF (:mod:`vnpolicy.push.adf`) or wiki text whose macros, mentions and
pictures are broken (:mod:`vnpolicy.push.markup`). JQL holds nothing but project and key, whose
characters are checked. A note is not said again while it is our last one.

Sources: developer.atlassian.com/cloud/jira/platform/rest/v3 (issue, issue-search, comments) and
docs.atlassian.com/software/jira/docs/api/REST (Data Center). ``search`` was removed from Cloud in
2025; ``search/jql`` takes its place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from pydantic import Field

from vnpolicy.errors import ConfigError, TrackerError
from vnpolicy.models import WorkItem
from vnpolicy.push.answer import identifier, member, record, segment, text
from vnpolicy.push.config import Connection
from vnpolicy.push.door import Door
from vnpolicy.push.entry import Entry, Fields, Place
from vnpolicy.push.secret import Secret
from vnpolicy.push.targets.jira_site import Issue, Site
from vnpolicy.writers import item as items

if TYPE_CHECKING:
    import httpx

_KEY, _DOCUMENT = "vnpolicy-", "vb:"
_PLAIN = {"title": "summary", "due_on": "duedate"}


class Options(Connection):
    """``[jira]``"""

    token: Secret
    user: str = Field("", description="The account of the token; Cloud only.")
    cloud: bool | None = Field(None, description="By default where the host is atlassian.net.")
    issue_type: str = "Task"
    urgent: str = ""
    start_field: str = Field("", pattern=r"^(customfield_\d+)?$")
    labels: tuple[str, ...] = ()
    close: str = ""

    @property
    def on_cloud(self) -> bool:
        if self.cloud is not None:
            return self.cloud
        return bool(re.match(r"https://[^/]+\.atlassian\.net(/|$)", self.url))


def connect(options: Options, *, transport: httpx.BaseTransport | None = None) -> Jira:
    """:raises ConfigError: without the token, or on Cloud without its account."""
    token = options.token.value()
    if options.on_cloud and not options.user:
        raise ConfigError("[jira] user", "Jira Cloud wants the account (e-mail) of the API token")
    if options.on_cloud:
        basic = (options.user, token)
        return Jira(options, options.door(basic=basic, path="/rest/api/3", transport=transport))
    headers = {"Authorization": f"Bearer {token}"}
    door = options.door(headers=headers, secrets=(token,), path="/rest/api/2", transport=transport)
    return Jira(options, door)


class Jira:
    """The site as a target."""

    def __init__(self, options: Options, door: Door) -> None:
        self._options = options
        self._person = "accountId" if options.on_cloud else "name"
        self._labels = {_label(one) for one in options.labels}
        self._projects = dict.fromkeys([options.project.upper()])
        names = [*_PLAIN.values(), *"description assignee project priority labels status".split()]
        names += [options.start_field] * bool(options.start_field)
        self._site = Site(door, cloud=options.on_cloud, fields=names)

    @property
    def where(self) -> str:
        return f"jira {self._options.url.rstrip('/')} {self._options.project.upper()}"

    @property
    def readable(self) -> bool:
        return True

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        project = place.project.upper()  # as Jira writes keys
        self._projects.setdefault(project)
        document = {_label(_DOCUMENT + item.number)} if item.number else set()
        fields = {
            "title": item.title,
            "description": self._site.rendered(items.description(item)),
            "due_on": str(item.due_on or ""),
            "project": project,
            "assignee": place.assignee,
            "priority": self._options.urgent if item.urgency == "urgent" else "",
            "labels": "\n".join(sorted(self._labels | document)),
        }
        if self._options.start_field:
            fields["start_on"] = str(item.start_on or "")
        return fields

    def find(self, key: str, fields: Fields) -> Entry | None:
        issue = self._site.labelled(*_checked(fields.get("project", ""), key))
        return self._entry(issue) if issue else None

    def read(self, id_: str) -> Entry | None:
        issue = self._site.issue(id_)
        if issue is None:
            for project in filter(None, self._projects):
                self._site.check_project(project)
        return self._entry(issue) if issue else None

    def create(self, key: str, fields: Fields) -> Entry:
        project, label = _checked(fields.get("project", ""), key)
        body = {name: value for name, value in self._values(fields).items() if value is not None}
        body |= {
            "project": {"key": project},
            "issuetype": {"name": self._options.issue_type},
            "labels": [*_split(fields.get("labels", "")), label],
        }
        return self._after(self._site.create(project, body))

    def update(self, entry: Entry, changes: Fields) -> Entry:
        body: dict[str, Any] = {}
        fields = self._values(changes)
        if fields:
            body["fields"] = fields
        if "labels" in changes:
            old, new = _split(entry.fields.get("labels", "")), _split(changes["labels"])
            steps = [{"add": one} for one in new if one not in old]
            steps += [{"remove": one} for one in old if one not in new]
            body["update"] = {"labels": steps}
        if body:
            self._site.update(entry.id, body)
        if "project" in changes:
            raise TrackerError(
                f"{entry.url}: wanted in the project {changes['project']}, which cannot be done by "
                "REST; move it there by hand / xin chuyển dự án bằng tay trong Jira"
            )
        return self._after(entry.id)

    def flag(self, entry: Entry, text: str) -> Entry:
        self._site.note(entry.id, text)
        return entry

    def close(self, entry: Entry, text: str) -> Entry:
        self._site.note(entry.id, text)
        issue = self._site.issue(entry.id)
        if member(issue, "fields", "status", "statusCategory", "key") != "done":
            self._site.close(entry.id, self._options.close)
        return entry

    def _values(self, fields: Fields) -> dict[str, Any]:
        """Jira's own fields but for project and labels; null for what is empty."""
        found: dict[str, Any] = {
            name: fields[ours] or None for ours, name in _PLAIN.items() if ours in fields
        }
        if "description" in fields:
            found["description"] = self._site.body(fields["description"])
        if "assignee" in fields:
            person = fields["assignee"]
            found["assignee"] = {self._person: person} if person else None
        if fields.get("priority"):
            found["priority"] = {"name": fields["priority"]}
        if "start_on" in fields and self._options.start_field:
            found[self._options.start_field] = fields["start_on"] or None
        return found

    def _after(self, id_: str) -> Entry:
        issue = self._site.issue(id_)
        if issue is None:
            raise TrackerError(f"the issue {id_} was written and cannot be read")
        return self._entry(issue)

    def _entry(self, issue: Issue) -> Entry:
        fields = record(issue, "fields")
        labels = fields.get("labels") or []
        if not isinstance(labels, list):
            raise TrackerError("the answer has no list labels")
        ours = {one for one in map(text, labels) if self._is_ours(one)}
        priority = text(member(fields, "priority", "name"))
        found = {
            "title": text(fields.get("summary")),
            "description": self._site.text(fields.get("description")),
            "due_on": text(fields.get("duedate")),
            "project": text(member(fields, "project", "key")),
            "assignee": text(member(fields, "assignee", self._person)),
            "priority": priority if priority == self._options.urgent else "",
            "labels": "\n".join(sorted(ours)),
        }
        if self._options.start_field:
            found["start_on"] = text(fields.get(self._options.start_field))
        key = segment(identifier(issue.get("key")))
        address = f"{self._options.url.rstrip('/')}/browse/{key}"
        return Entry(identifier(issue.get("id")), found, address)

    def _is_ours(self, label: str) -> bool:
        return label in self._labels or label.startswith(_DOCUMENT)


def _checked(project: str, key: str) -> tuple[str, str]:
    """Project and label as they may stand in JQL."""
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", project):
        raise TrackerError(f"project: {project!r} is no key of a Jira project, as VIEC is one")
    if not re.fullmatch(r"[a-z0-9-]+", key):
        raise TrackerError(f"key: {key!r} is none of ours")
    return project, _KEY + key


def _split(labels: str) -> list[str]:
    return [one for one in labels.split("\n") if one]


def _label(said: str) -> str:
    """Labels hold no blanks and 255 characters."""
    return "_".join(said.split())[:255]
