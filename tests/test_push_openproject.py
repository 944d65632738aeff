"""OpenProject as a target: contract tests, not tests against OpenProject.

OpenProject itself is not run here. A small server with state behaves as openproject.org/docs/api
and ``docs/api/apiv3`` of its repository say: "Work packages" (``_links``, ``lockVersion``, 409,
422, subject of 255 characters, ``date`` of milestones, ``ignoreNonWorkingDays``: a day that is
not worked moves a package that does not ignore it), "Filters" (with filters closed packages are
listed too; "~" contains), "Activities" (a comment is an activity and counts the lock on; their
order is the account's own choice).
"""

from __future__ import annotations

import datetime
import json
import re
from base64 import b64encode
from typing import Any

import httpx
import pytest

from push_contract import TASKS, TOKEN, Contract, Server, answer, body, work_items
from vnpolicy.errors import ChangedError, TrackerError
from vnpolicy.push.entry import Place
from vnpolicy.push.targets.openproject import OpenProject, Options, connect

_WRITABLE = {
    *("subject", "description", "startDate", "dueDate", "scheduleManually", "lockVersion"),
    *("ignoreNonWorkingDays", "_links", "customField12"),
}
TYPES = [{"id": 1, "name": "Task"}, {"id": 2, "name": "Milestone", "isMilestone": True}]
STATUSES = [
    {"id": 1, "name": "New", "isClosed": False},
    {"id": 12, "name": "Closed", "isClosed": True},
    {"id": 14, "name": "Rejected", "isClosed": True},
]
PRIORITIES = {"8": "Normal", "9": "High"}


class OpenProjectServer(Server):
    def __init__(self) -> None:
        super().__init__()
        self.packages: dict[int, dict[str, Any]] = {}
        self.comments: dict[int, list[dict[str, Any]]] = {}
        self.newest_first = self.hidden = False
        self.next_activity = 1
        self.projects = {"3": "theo-doi", "4": "khac"}

    def answer(self, request: httpx.Request) -> httpx.Response:
        pair = b64encode(f"apikey:{TOKEN}".encode()).decode()
        if request.headers.get("authorization") != f"Basic {pair}":
            return answer(401, {"_type": "Error", "message": "You need to be authenticated"})
        path = request.url.path.removeprefix("/goc/api/v3/")
        if path in ("priorities", "statuses"):
            named = [{"id": int(one), "name": name} for one, name in PRIORITIES.items()]
            return _collection(named if path == "priorities" else STATUSES)
        if found := re.fullmatch(r"projects/([^/]+)(/types)?", path):
            number = next(
                (one for one in self.projects if found[1] in (one, self.projects[one])), 0
            )
            if not number or self.hidden:
                return answer(404, {"_type": "Error", "message": "does not exist"})
            return _collection(TYPES) if found[2] else answer(200, {"id": int(number)})
        if path == "work_packages":
            return self._create(request) if request.method == "POST" else self._list(request)
        found = re.fullmatch(r"work_packages/(\d+)(/activities)?", path)
        if not found or int(found[1]) not in self.packages or self.hidden:
            return answer(404, {"_type": "Error", "message": "does not exist"})
        package = self.packages[int(found[1])]
        if found[2]:
            return self._activities(request, package)
        if request.method == "PATCH":
            return self._patch(package, body(request))
        return answer(200, package)

    def _create(self, request: httpx.Request) -> httpx.Response:
        said = body(request)
        if not {"type", "project"} <= set(said.get("_links", {})):
            return answer(422, {"_type": "Error", "message": "Type can't be blank."})
        number = max(self.packages, default=0) + 1
        self.packages[number] = {
            "_type": "WorkPackage",
            "id": number,
            "lockVersion": 0,
            "customField12": None,
            "description": {"format": "markdown", "raw": ""},
            "startDate": None,
            "dueDate": None,
            "subject": "",
            "_links": {
                "status": {"href": "/api/v3/statuses/1", "title": "New"},
                "priority": {"href": "/api/v3/priorities/8", "title": "Normal"},
                "assignee": {"href": None},
            },
        }
        self.comments[number] = []
        refused = self._write(self.packages[number], said)
        if refused:
            del self.packages[number]
        return refused or answer(201, self.packages[number])

    def _patch(self, package: dict[str, Any], said: dict[str, Any]) -> httpx.Response:
        if said.get("lockVersion") != package["lockVersion"]:
            return answer(409, {"_type": "Error", "message": "conflicting modifications"})
        refused = self._write(package, said)
        if not refused:
            package["lockVersion"] += 1
        return refused or answer(200, package)

    def _write(self, package: dict[str, Any], said: dict[str, Any]) -> httpx.Response | None:
        assert set(said) <= _WRITABLE
        if len(said.get("subject", "x")) not in range(1, 256):
            return answer(422, {"_type": "Error", "message": "Subject is too long"})
        merged = {**package, **said}
        merged["_links"] = {**package["_links"], **said.get("_links", {})}
        title = PRIORITIES[merged["_links"]["priority"]["href"].rpartition("/")[2]]
        merged["_links"]["priority"] = {**merged["_links"]["priority"], "title": title}
        if merged["startDate"] and merged["dueDate"] and merged["startDate"] > merged["dueDate"]:
            return answer(422, {"_type": "Error", "message": "Finish date must be after start"})
        if merged["dueDate"] and not merged.get("ignoreNonWorkingDays"):
            day = datetime.date.fromisoformat(merged["dueDate"])
            while day.weekday() > 4:
                day += datetime.timedelta(days=1)
            merged["dueDate"] = str(day)
        package.update(merged, lockVersion=package["lockVersion"])
        return None

    def _list(self, request: httpx.Request) -> httpx.Response:
        found = list(self.packages.values())
        for one in json.loads(request.url.params["filters"]):
            ((name, how),) = one.items()
            (value,) = how["values"]
            if name == "project":
                assert how["operator"] == "=" and value.isdigit()
                found = [p for p in found if p["_links"]["project"]["href"].endswith(f"/{value}")]
            else:
                assert how["operator"] == "~" and name in ("description", "customField12")
                found = [p for p in found if value in _raw(p[name])]
        return _collection(found)

    def _activities(self, request: httpx.Request, package: dict[str, Any]) -> httpx.Response:
        if request.method == "POST":
            self.say(str(package["id"]), body(request)["comment"]["raw"])
            return answer(201, self.comments[package["id"]][-1])
        there = self.comments[package["id"]]
        return _collection(there[::-1] if self.newest_first else there)

    def ids(self) -> list[str]:
        return [str(one) for one in self.packages]

    def get(self, id_: str, name: str) -> str:
        package = self.packages[int(id_)]
        if name == "assignee":
            return (package["_links"]["assignee"]["href"] or "").rpartition("/")[2]
        return _raw(package[{"title": "subject", "due_on": "dueDate"}.get(name, name)])

    def change(self, id_: str, name: str, value: str) -> None:
        package = self.packages[int(id_)]
        package["lockVersion"] += 1
        if name == "description":
            package["description"] = {"raw": value}
        else:
            package[{"title": "subject", "due_on": "dueDate"}[name]] = value

    def notes(self, id_: str) -> list[str]:
        return [one["comment"]["raw"] for one in self.comments[int(id_)] if one["comment"]["raw"]]

    def say(self, id_: str, text: str) -> None:
        self.packages[int(id_)]["lockVersion"] += 1
        activity = {"id": self.next_activity, "comment": {"format": "markdown", "raw": text}}
        self.comments[int(id_)].append(activity)
        self.next_activity += 1

    def is_closed(self, id_: str) -> bool:
        return self.packages[int(id_)]["_links"]["status"]["href"] == "/api/v3/statuses/14"

    def delete(self, id_: str) -> None:
        del self.packages[int(id_)]

    def copy(self, id_: str) -> None:
        self.packages[99] = {**self.packages[int(id_)], "id": 99}

    def hide(self) -> None:
        self.hidden = True


def _raw(value: Any) -> str:
    return (value["raw"] if isinstance(value, dict) else value) or ""


def _collection(elements: list[dict[str, Any]]) -> httpx.Response:
    total = len(elements)
    return answer(200, {"_type": "Collection", "total": total, "_embedded": {"elements": elements}})


def target_of(server: Server, **more: Any) -> OpenProject:
    options = Options.model_validate(
        {
            "url": "https://tracker.example.vn/goc",
            "token": {"env": "TRACKER_TOKEN"},
            "project": "theo-doi",
            "closed": "Rejected",
            "per_second": 1000,
            **more,
        }
    )
    return connect(options, transport=server.transport())


class TestOpenProject(Contract):
    def make(self) -> OpenProjectServer:
        return OpenProjectServer()

    def target(self, server: Server) -> OpenProject:
        return target_of(server)

    def test_a_person_who_is_faster_is_not_overwritten(self, server: OpenProjectServer) -> None:
        target = self.target(server)
        entry = self.made(target)
        server.change("1", "title", "Của anh Nam")
        with pytest.raises(ChangedError):
            target.update(entry, {"due_on": "2024-07-24"})
        assert server.get("1", "due_on") == "2024-07-09"

    def test_a_race_is_planned_anew(self, server: OpenProjectServer, run: Any) -> None:
        run(TASKS)
        raced = False

        def race(request: httpx.Request) -> None:
            nonlocal raced
            if not raced and request.method == "GET" and request.url.path.endswith("/1"):
                raced = True
                server.change("1", "title", "Của anh Nam")

        server.after = race
        assert run((TASKS[0].replace("10/7", "25/7"), *TASKS[1:]))["update"] == 1
        assert raced and server.get("1", "title") == "Của anh Nam"
        assert server.get("1", "due_on") == "2024-07-24"

    def test_a_deadline_on_a_free_day_stays(self, server: OpenProjectServer) -> None:
        target = self.target(server)
        entry = target.update(self.made(target), {"due_on": "2024-07-13"})  # a Saturday
        assert entry.fields["due_on"] == server.get("1", "due_on") == "2024-07-13"

    def test_the_order_of_activities_does_not_matter(
        self, server: OpenProjectServer, run: Any
    ) -> None:
        server.newest_first = True
        self.test_a_task_that_returns_is_said_to(server, run)

    def test_a_field_for_the_key(self, server: OpenProjectServer) -> None:
        target = target_of(server, key_field=12)
        item = work_items(TASKS)[0]
        wanted = target.wanted(item, Place("theo-doi"), item.key)
        assert "vnpolicy:" not in wanted["description"]
        target.create(item.key, wanted)
        assert server.packages[1]["customField12"] == item.key
        assert target.find(item.key, wanted) is not None
        assert target.find(item.key[:-1], wanted) is None

    def test_another_project_is_written(self, server: OpenProjectServer) -> None:
        target = self.target(server)
        entry = self.made(target)
        item = work_items(TASKS)[0]
        target.wanted(item, Place("khac"), item.key)
        assert target.update(entry, {"project": "khac"}).fields["project"] == "khac"
        assert server.packages[1]["_links"]["project"] == {"href": "/api/v3/projects/4"}

    def test_a_project_that_is_not_there_costs_its_own_tasks(self, server: Server) -> None:
        target = self.target(server)
        entry = self.made(target)
        item = work_items(TASKS)[1]
        wrong = target.wanted(item, Place("nham-lan"), item.key)
        with pytest.raises(TrackerError, match="nham-lan"):
            target.find(item.key, wrong)
        assert target.read(entry.id) == entry

    def test_urgent_is_a_priority_by_name(self, server: OpenProjectServer) -> None:
        target = target_of(server, urgent="High")
        item = work_items(TASKS)[0].model_copy(update={"urgency": "urgent"})
        entry = target.create(item.key, target.wanted(item, Place("theo-doi"), item.key))
        assert entry.fields["priority"] == "High"
        with pytest.raises(TrackerError, match="'Gấp' is none of Normal, High"):
            target.update(entry, {"priority": "Gấp"})

    def test_what_is_emptied_is_empty(self, server: OpenProjectServer) -> None:
        target = self.target(server)
        changed = {"due_on": "", "start_on": "", "assignee": "", "priority": ""}
        entry = target.update(self.made(target), changed)
        assert [entry.fields[one] for one in changed] == ["", "", "", ""]

    def test_a_milestone_is_refused(self, server: OpenProjectServer) -> None:
        with pytest.raises(TrackerError, match="milestone"):
            self.made(target_of(server, work_package_type="Milestone"))
        assert server.ids() == []

    @pytest.mark.parametrize(("closed", "said"), [("", "Closed, Rejected"), ("Xong", "closed =")])
    def test_an_unclear_status_is_asked_for(
        self, server: OpenProjectServer, closed: str, said: str
    ) -> None:
        target = target_of(server, closed=closed)
        entry = self.made(target)
        with pytest.raises(TrackerError, match=said):
            target.close(entry, "Đã rút.")
        assert server.packages[1]["_links"]["status"]["href"] == "/api/v3/statuses/1"

    def test_without_a_lock_nothing_is_written(self, server: OpenProjectServer) -> None:
        target = self.target(server)
        self.made(target)
        server.packages[1]["lockVersion"] = None
        entry = target.read("1")
        assert entry is not None
        with pytest.raises(TrackerError, match="lockVersion"):
            target.update(entry, {"title": "Khác"})

    def test_text_does_nothing(self, server: OpenProjectServer) -> None:
        target = self.target(server)
        bad = (
            'user:"admin" user#1 xem ##12, [[wiki]] <mention data-id="1" data-type="user">'
            " workPackageValue:1:subject ![x](http://e.vn/a.png)"
        )
        item = work_items(TASKS)[0].model_copy(update={"clause": bad})
        target.create(item.key, target.wanted(item, Place("theo-doi"), item.key))
        held = server.get("1", "description")
        mention = r'<mention[^>]*data-type="user"|\buser#(\d+)\b|\buser:"(.+?)"'
        assert re.search(mention, bad)
        assert not re.search(r'(?<!\\)<|\buser#\d|\buser:"|Value:\w|(?<!\\)\[|#\d', held)

    @pytest.mark.parametrize("assignee", ["nam", "users/1", "-1"])
    def test_an_assignee_that_is_no_number_fails(self, server: Server, assignee: str) -> None:
        target = self.target(server)
        item = work_items(TASKS)[0]
        with pytest.raises(TrackerError, match="number of a user"):
            target.create(item.key, target.wanted(item, Place("theo-doi", assignee), item.key))
        assert server.writes() == []
