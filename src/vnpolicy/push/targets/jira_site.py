"""Jira's REST as the target asks it: issues, finding them, notes and transitions.

Cloud (v3) has rich text as ADF and searches at ``search/jql``; Data Center (v2) has wiki text and
``search``. What is said of the index stands in :mod:`vnpolicy.push.targets.jira`.
"""

from __future__ import annotations

from typing import Any

from vnpolicy.errors import AccessError, TrackerError
from vnpolicy.push import adf, markup
from vnpolicy.push.answer import identifier, member, record, records, segment, text
from vnpolicy.push.door import Door

_LONGEST = 32_767  # characters that a text field takes
_BEFORE, _GAP, _FAR = 5, 2, 1000  # numbers looked at again; missing in a row; read at most
Issue = dict[str, Any]


class Site:
    """The site; ``fields`` are those of an issue that are read."""

    def __init__(self, door: Door, *, cloud: bool, fields: list[str]) -> None:
        self._door = door
        self._cloud = cloud
        self._fields = ",".join(fields)
        self._highest: dict[str, int] = {}  # the highest number that is known, by project
        self._looked: set[str] = set()  # projects whose newest issues were read
        self._fresh: dict[str, str] = {}  # project and label to the id of an issue that was read
        self._seen: set[str] = set()

    def rendered(self, said: str) -> str:
        """The text in Jira's markup, cut where a field takes no more."""
        found, room = self._rendered(said), _LONGEST
        while len(found) > _LONGEST:
            room = room * 9 // 10
            found = self._rendered(f"{said[:room]}…")
        return found

    def body(self, rendered: str) -> object:
        return adf.document(rendered) if self._cloud else rendered

    def text(self, value: object) -> str:
        return markup.lines(adf.flat(value) if self._cloud else text(value))

    def issue(self, id_or_key: str) -> Issue | None:
        """None where it does not exist, or is out of our sight."""
        path = f"issue/{segment(id_or_key)}"
        answer = self._door.ask("GET", path, allowed=(200, 404), params={"fields": self._fields})
        return record(answer.json()) if answer.status == 200 else None

    def create(self, project: str, fields: dict[str, Any]) -> str:
        """The new issue's id."""
        was_looked = project in self._looked
        self._looked.discard(project)  # without an answer it has to be looked for
        answer = self._door.ask("POST", "issue", allowed=(201,), json_body={"fields": fields})
        made = record(answer.json())
        self._highest[project] = max(self._highest.get(project, 0), _number(made))
        if was_looked:
            self._looked.add(project)
        return identifier(made.get("id"))

    def update(self, id_: str, body: dict[str, Any]) -> None:
        path = f"issue/{segment(id_)}"
        self._door.ask("PUT", path, allowed=(204, 200), repeatable=True, json_body=body)

    def labelled(self, project: str, label: str) -> Issue | None:
        """The issue of the project with the label; both must be fit for JQL.

        :raises TrackerError: where there are several.
        """
        found = self._search(f'project = "{project}" AND labels = "{label}"', 10)
        found = [one for one in found if _is(one, project, label)]
        if len(found) > 1:
            names = ", ".join(identifier(member(one, "key")) for one in found)
            raise TrackerError(f"{label}: several issues have this label: {names}")
        return found[0] if found else self._unindexed(project, label)

    def note(self, id_: str, said: str) -> None:
        """Comments, where that is not our last comment already."""
        path = f"issue/{segment(id_)}/comment"
        newest = self._door.ask("GET", path, params={"orderBy": "-created", "maxResults": 50})
        there = [
            (identifier(one.get("id")), self.text(one.get("body")))
            for one in records(newest.json(), "comments")
        ]
        note = self.rendered(markup.note(said))
        if not markup.is_said(note, there):
            self._door.ask("POST", path, allowed=(201,), json_body={"body": self.body(note)})

    def close(self, id_: str, name: str) -> None:
        """Takes the transition of that name; without a name the only one that leads to "done"."""
        path = f"issue/{segment(id_)}/transitions"
        named = {}
        for one in records(self._door.ask("GET", path).json(), "transitions"):
            is_done = member(one, "to", "statusCategory", "key") == "done"
            if name == text(one.get("name")) or (not name and is_done):
                named[identifier(one.get("id"))] = text(one.get("name"))
        if len(named) != 1:
            offered = ", ".join(named.values()) or "none"
            raise TrackerError(
                f"issue {id_}: no single transition closes it ({offered}); set close = NAME / "
                "không rõ bước chuyển nào để đóng, xin khai close = TÊN"
            )
        chosen = {"transition": {"id": next(iter(named))}}
        self._door.ask("POST", path, allowed=(204,), json_body=chosen)

    def check_project(self, project: str) -> None:
        """:raises AccessError: where the project is out of our sight, and so are its issues."""
        if project in self._seen:
            return
        answer = self._door.ask("GET", f"project/{segment(project)}", allowed=(200, 404))
        if answer.status == 404:
            raise AccessError(f"the project {project} cannot be seen / không thấy dự án này")
        self._seen.add(project)

    def _rendered(self, said: str) -> str:
        return markup.lines(said) if self._cloud else markup.wiki(said)

    def _search(self, jql: str, most: int) -> list[Issue]:
        asked: dict[str, str | int] = {"jql": jql, "fields": self._fields, "maxResults": most}
        path = "search/jql" if self._cloud else "search"
        return records(self._door.ask("GET", path, params=asked).json(), "issues")

    def _unindexed(self, project: str, label: str) -> Issue | None:
        """The issue with the label among those that are newer than the index knows.

        They are read once: what is made later is made by us, or by others, who know no labels of
        ours; and once again where we have no answer to what we made.
        """
        if project not in self._looked:
            self._look(project)
            self._looked.add(project)
        known = self._fresh.get(f"{project} {label}")
        found = self.issue(known) if known else None
        return found if found and _is(found, project, label) else None

    def _look(self, project: str) -> None:
        newest = self._search(f'project = "{project}" ORDER BY key DESC', 1)
        top = max([self._highest.get(project, 0), *map(_number, newest)])
        missing, first = 0, max(top - _BEFORE, 0) + 1
        for number in range(first, first + _FAR):
            issue = self.issue(f"{project}-{number}")
            if issue is not None:
                missing = 0
                self._highest[project] = max(top, number)
                self._remember(project, issue)
                continue
            missing += 1
            if missing >= _GAP and number >= top + _GAP:
                break

    def _remember(self, project: str, issue: Issue) -> None:
        """What was read on the way to one issue is not read again for another."""
        labels = member(issue, "fields", "labels")
        for label in labels if isinstance(labels, list) else []:
            self._fresh[f"{project} {label}"] = identifier(issue.get("id"))


def _is(issue: Issue, project: str, label: str) -> bool:
    labels = member(issue, "fields", "labels")
    at = member(issue, "fields", "project", "key")
    return isinstance(labels, list) and label in labels and at == project


def _number(issue: Issue) -> int:
    digits = text(member(issue, "key")).rpartition("-")[2]
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 10 else 0
