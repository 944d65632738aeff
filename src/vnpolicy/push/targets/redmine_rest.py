"""Requests to Redmine, and what its answers hold.

Redmine drops a filter that it does not know without a word and gives all issues, so a search with
more than a page of issues is an error.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from vnpolicy.errors import ForbiddenError, TrackerError
from vnpolicy.push.answer import Answer, identifier, member, record, records, segment, text
from vnpolicy.push.door import Door

_PAGE = 100

Record = dict[str, Any]


class Rest:
    """What can be asked of one Redmine."""

    def __init__(self, door: Door) -> None:
        self._door = door
        self._projects: dict[str, str] = {}  # identifier to number, and number to identifier
        self._lists: dict[str, list[Record]] = {}

    @property
    def base(self) -> str:
        return self._door.base.rstrip("/")

    def issues(self, name: str, value: str) -> list[Record]:
        """The issues that a filter leaves, of every status and project."""
        params: dict[str, str | int] = {"status_id": "*", name: value, "limit": _PAGE}
        answer = self._ask("GET", "issues.json", params=params).json()
        found, total = records(answer, "issues"), text(member(answer, "total_count"))
        if total not in ("", str(len(found))):
            raise TrackerError(
                f"{name}={value}: {len(found)} issues of {total}; Redmine does not know the filter "
                "/ bộ lọc không có tác dụng"
            )
        return found

    def issue(self, id_: str, **params: str) -> Record | None:
        """The issue; None where there is none."""
        path = f"issues/{segment(id_)}.json"
        answer = self._ask("GET", path, allowed=(200, 404), params=params)
        return None if answer.status == 404 else record(answer.json(), "issue")

    def create(self, body: Mapping[str, Any]) -> Record:
        """The new issue.

        :raises UncertainError: where it may have been made all the same.
        """
        answer = self._ask("POST", "issues.json", allowed=(201,), json_body={"issue": body})
        return record(answer.json(), "issue")

    def write(self, id_: str, body: Mapping[str, Any]) -> None:
        """Changes the issue; a note would stand there twice where it is sent twice."""
        self._ask(
            *("PUT", f"issues/{segment(id_)}.json"),
            allowed=(200, 204),
            json_body={"issue": body},
            repeatable="notes" not in body,
        )

    def project(self, known_as: str) -> str:
        """The number of an identifier, the identifier of a number; ``#5`` where it is not told."""
        if known_as not in self._projects:
            path = f"projects/{segment(known_as)}.json"
            answer = self._ask("GET", path, allowed=(200, 403, 404))
            if answer.status == 200:
                project = record(answer.json(), "project")
                id_, name = number(project.get("id")), identifier(project.get("identifier"))
                self._projects |= {id_: name, name: id_}
            elif known_as.isdigit():
                self._projects[known_as] = f"#{known_as}"
            elif answer.status == 403:
                raise ForbiddenError(
                    f"{known_as}: not for this key / khóa không được xem dự án này"
                )
        if known_as not in self._projects:
            raise TrackerError(f"{known_as}: no such project / không có dự án này")
        return self._projects[known_as]

    def closing(self) -> dict[int, str]:
        """The statuses that close an issue."""
        found = [one for one in self._list("issue_statuses") if one.get("is_closed") is True]
        return {one["id"]: text(one.get("name")) for one in found}

    def closing_status(self, name: int | str) -> int:
        """The status of that name or number; without a name the only one that closes."""
        closing = self.closing()
        if name:
            return self.choice("issue_statuses", name)
        if len(closing) != 1:
            said = self._door.clean(", ".join(closing.values()))[:200]
            raise TrackerError(f"closed_status: say which of {said} / cần ghi closed_status")
        return next(iter(closing))

    def choice(self, kind: str, name: int | str) -> int:
        """The number of the tracker, status or priority of that name or number; without a name,
        of the default."""
        found = self._list(kind)
        for one in found:
            names = (str(one["id"]), text(one.get("name")))
            if one.get("is_default") is True if name == "" else str(name) in names:
                return int(one["id"])
        said = ", ".join(text(one.get("name")) for one in found)
        raise TrackerError(self._door.clean(f"{kind}: {name!r} is none of {said} / không có"))

    def _list(self, kind: str) -> list[Record]:
        if kind not in self._lists:
            path = f"enumerations/{kind}.json" if kind == "issue_priorities" else f"{kind}.json"
            found = records(self._ask("GET", path).json(), kind)
            self._lists[kind] = [{**one, "id": int(number(one.get("id")))} for one in found]
        return self._lists[kind]

    def _ask(
        self, method: str, path: str, *, allowed: Collection[int] = (200,), **more: Any
    ) -> Answer:
        answer = self._door.ask(method, path, allowed={*allowed, 422}, **more)
        if answer.status in allowed:
            return answer
        reasons = member(answer.json(), "errors")
        said = "; ".join(map(text, reasons)) if isinstance(reasons, list) else ""
        raise TrackerError(self._door.clean(f"{answer.asked}: answers 422: {said[:500]}"))


def number(value: object) -> str:
    """An id of Redmine's, which is a number."""
    said = identifier(value)
    if not (said.isascii() and said.isdigit() and len(said) < 20):
        raise TrackerError("the answer has no number where Redmine has one")
    return said


def custom(issue: Mapping[str, Any], field: int) -> str:
    """The value of a custom field; empty where the issue has none."""
    found = records(issue, "custom_fields") if "custom_fields" in issue else []
    return next((text(one.get("value")) for one in found if one.get("id") == field), "")


def status_of(issue: Mapping[str, Any]) -> int:
    return int(number(member(issue, "status", "id")))
