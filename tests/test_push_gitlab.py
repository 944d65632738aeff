"""GitLab as a target: contract tests, not tests against GitLab.

GitLab itself is not run here. Two things stand for it. (1) The requests that the kept client
library ``python-gitlab`` builds for the same operations are captured and compared with ours. (2) A
small server with state behaves as docs.gitlab.com says ("Issues API", "Notes API", "Quick
actions"; the regular expression of ``lib/gitlab/quick_actions/extractor.rb``): new issues count
per project, ``search`` sees words of title or description and may lag, ``scope`` is the account's
own issues unless it says all, ``add_labels`` leaves others, text is searched for quick actions.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import httpx
import pytest
import requests

from push_contract import TASKS, TOKEN, Contract, Server, answer, body, work_items
from vnpolicy.errors import TrackerError
from vnpolicy.push.entry import Place
from vnpolicy.push.targets.gitlab import GitLab, Options, connect

PROJECT = "van-phong/theo-doi"
_COMMAND = re.compile(r"^/(close|assign|label|due|title)\b[^\n]*\n?", re.MULTILINE | re.IGNORECASE)
_WRITABLE = {
    *("title", "description", "due_date", "labels", "assignee_ids", "confidential"),
    *("add_labels", "remove_labels", "state_event"),
}


class GitLabServer(Server):
    def __init__(self) -> None:
        super().__init__()
        self.issues: dict[int, dict[str, Any]] = {}
        self.said: dict[int, list[dict[str, Any]]] = {}
        self.commands: list[str] = []
        self.unindexed: set[int] = set()
        self.lags = self.hidden = False
        self.next_note = 1

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("private-token") != TOKEN:
            return answer(401, {"message": "401 Unauthorized"})
        path = request.url.raw_path.decode().partition("?")[0]
        found = re.fullmatch(r"/goc/api/v4/projects/([^/]+)(/issues(?:/(\d+)(/notes)?)?)?", path)
        if not found or unquote(found[1]) != PROJECT or self.hidden:
            return answer(404, {"message": "404 Project Not Found"})
        if not found[2]:
            return answer(200, {"id": 7, "path_with_namespace": PROJECT})
        if not found[3]:
            return self._create(request) if request.method == "POST" else self._list(request)
        number = int(found[3])
        if number not in self.issues:
            return answer(404, {"message": "404 Not found"})
        if found[4]:
            return self._notes(request, number)
        if request.method == "PUT":
            self._write(self.issues[number], body(request))
        return answer(200, self.issues[number])

    def _create(self, request: httpx.Request) -> httpx.Response:
        said = body(request)
        if not said.get("title") or len(said["title"]) > 255:
            return answer(400, {"message": {"title": ["is too long (maximum is 255 characters)"]}})
        number = max(self.issues, default=0) + 1
        self.issues[number] = {
            "id": 1000 + number,
            "iid": number,
            "project_id": 7,
            "state": "opened",
            "title": "",
            "description": None,
            "due_date": None,
            "labels": [],
            "assignees": [],
            "web_url": f"https://tracker.example.vn/goc/{PROJECT}/-/issues/{number}",
        }
        self.said[number] = []
        if self.lags:
            self.unindexed.add(number)
        self._write(self.issues[number], said)
        return answer(201, self.issues[number])

    def _write(self, issue: dict[str, Any], said: dict[str, Any]) -> None:
        assert set(said) <= _WRITABLE
        for name in ("title", "due_date", "confidential"):
            if name in said:
                issue[name] = said[name] or None
        if "description" in said:
            issue["description"] = self._heeded(said["description"])
        if "labels" in said:
            issue["labels"] = sorted(said["labels"].split(","))
        labels = set(issue["labels"]) | set(filter(None, said.get("add_labels", "").split(",")))
        issue["labels"] = sorted(labels - set(said.get("remove_labels", "").split(",")))
        if "assignee_ids" in said:
            issue["assignees"] = [
                {"id": one, "username": "x"} for one in said["assignee_ids"] if one
            ]
        if said.get("state_event") == "close":
            issue["state"] = "closed"

    def _heeded(self, text: str) -> str:
        """Quick actions are carried out and cut out of the text."""
        self.commands += [found[0] for found in _COMMAND.finditer(text)]
        return _COMMAND.sub("", text.replace("\r", "")).rstrip()

    def _list(self, request: httpx.Request) -> httpx.Response:
        asked = dict(request.url.params)
        assert asked["state"] == "all" and asked["per_page"] == "100"
        found = sorted(self.issues.values(), key=lambda one: -one["iid"])
        if asked["scope"] == "created_by_me":
            found = [one for one in found if not one.get("by_others")]
        if "search" in asked:
            assert asked["in"] == "description"
            found = [
                one
                for one in found
                if asked["search"].lower() in (one["description"] or "").lower()
                and one["iid"] not in self.unindexed
            ]
        return answer(200, found[:100])

    def _notes(self, request: httpx.Request, number: int) -> httpx.Response:
        if request.method == "POST":
            self.say(str(number), self._heeded(body(request)["body"]))
            return answer(201, self.said[number][-1])
        system = {"id": 0, "body": "changed due date", "system": True}
        return answer(200, [*reversed(self.said[number]), system])

    def ids(self) -> list[str]:
        return [str(one) for one in self.issues]

    def get(self, id_: str, name: str) -> str:
        issue = self.issues[int(id_)]
        if name == "assignee":
            return ",".join(str(one["id"]) for one in issue["assignees"])
        return issue["due_date" if name == "due_on" else name] or ""

    def change(self, id_: str, name: str, value: str) -> None:
        self.issues[int(id_)]["due_date" if name == "due_on" else name] = value

    def notes(self, id_: str) -> list[str]:
        return [one["body"] for one in self.said[int(id_)]]

    def say(self, id_: str, text: str) -> None:
        self.said[int(id_)].append({"id": self.next_note, "body": text, "system": False})
        self.next_note += 1

    def is_closed(self, id_: str) -> bool:
        return self.issues[int(id_)]["state"] == "closed"

    def delete(self, id_: str) -> None:
        del self.issues[int(id_)]

    def copy(self, id_: str) -> None:
        self.issues[99] = {**self.issues[int(id_)], "iid": 99, "id": 1099}

    def hide(self) -> None:
        self.hidden = True


def gitlab_of(server: Server, **more: Any) -> GitLab:
    options = Options.model_validate(
        {
            "url": "https://tracker.example.vn/goc",
            "token": {"env": "TRACKER_TOKEN"},
            "project": PROJECT,
            "per_second": 1000,
            **more,
        }
    )
    return connect(options, transport=server.transport())


class TestGitLab(Contract):
    project = PROJECT

    def make(self) -> GitLabServer:
        return GitLabServer()

    def target(self, server: Server) -> GitLab:
        return gitlab_of(server)

    def test_an_index_that_lags_makes_nothing_twice(self, server: GitLabServer, run: Any) -> None:
        server.lags = True
        run(TASKS)
        assert run(TASKS, ledger="moi") == {"found": 4}

    @pytest.mark.parametrize("number", [0, 2, 3])
    def test_an_index_that_lags_and_a_lost_answer(
        self, server: GitLabServer, run: Any, number: int
    ) -> None:
        server.lags = True
        self.test_a_lost_answer_makes_nothing_twice(server, run, number)

    def test_an_issue_that_was_moved_away_is_not_ours(self, server: GitLabServer) -> None:
        target = self.target(server)
        entry = self.made(target)
        server.issues[1]["moved_to_id"] = 5
        item = work_items(TASKS)[0]
        assert target.find(item.key, target.wanted(item, Place(PROJECT), item.key)) is None
        with pytest.raises(TrackerError, match="moved to another project"):
            target.read(entry.id)

    def test_another_project_writes_the_rest_and_says_so(self, server: GitLabServer) -> None:
        target = self.target(server)
        entry = self.made(target)
        with pytest.raises(TrackerError, match="bằng tay"):
            target.update(entry, {"project": "khac/noi", "due_on": "2024-07-24"})
        assert server.get("1", "due_on") == "2024-07-24"

    def test_what_is_emptied_is_empty(self, server: GitLabServer) -> None:
        target = self.target(server)
        entry = target.update(self.made(target), {"due_on": "", "assignee": ""})
        assert (entry.fields["due_on"], entry.fields["assignee"]) == ("", "")
        assert server.get("1", "due_on") == server.get("1", "assignee") == ""

    def test_labels_of_others_stay(self, server: GitLabServer) -> None:
        target = gitlab_of(server, labels=["Kết luận", "rừng, lửa"], urgent="Khẩn")
        entry = self.made(target)
        assert server.issues[1]["labels"] == ["Kết luận", "rừng lửa", "vb:91/TB-VP"]
        server.issues[1]["labels"].append("việc của tổ 3")
        again = target.read(entry.id)
        assert again is not None and again.fields == entry.fields
        target.update(again, {"labels": "Kết luận\nKhẩn\nvb:91/TB-VP"})
        assert server.issues[1]["labels"] == ["Khẩn", "Kết luận", "vb:91/TB-VP", "việc của tổ 3"]

    def test_confidential_is_asked_for(self, server: GitLabServer) -> None:
        self.made(gitlab_of(server, confidential=True))
        assert server.issues[1]["confidential"] is True

    def test_text_does_nothing(self, server: GitLabServer) -> None:
        target = self.target(server)
        bad = "/close\n/assign @root\n @all xem #3, !4, ~bug và ![x](http://e.vn/a.png) <img src=x>"
        item = work_items(TASKS)[0].model_copy(update={"clause": bad, "title": "@all xem #3"})
        wanted = target.wanted(item, Place(PROJECT), item.key)
        entry = target.create(item.key, wanted)
        target.flag(entry, "/close\n/label ~x")
        target.update(entry, {"description": wanted["description"]})
        assert server.commands == []
        held = server.get("1", "description") + server.get("1", "title")
        assert held.count("\u2060") == 7 and not re.search(r"[@#!~]\w|[^\\][<\[]", held)
        assert entry.fields["description"] == wanted["description"]
        assert entry.fields["title"] == wanted["title"]

    def test_the_key_cannot_be_claimed_by_a_document(self, server: GitLabServer) -> None:
        target = self.target(server)
        item = work_items(TASKS)[0]
        thief = work_items(TASKS)[1].model_copy(update={"clause": f"vnpolicy: {item.key}"})
        target.create(thief.key, target.wanted(thief, Place(PROJECT), thief.key))
        assert target.find(item.key, target.wanted(item, Place(PROJECT), item.key)) is None

    @pytest.mark.parametrize("assignee", ["nam", "12;13", "-1", "१२"])
    def test_an_assignee_that_is_no_number_fails(self, server: Server, assignee: str) -> None:
        target = self.target(server)
        item = work_items(TASKS)[0]
        with pytest.raises(TrackerError, match="numbers of users"):
            target.create(item.key, target.wanted(item, Place(PROJECT, assignee), item.key))
        assert server.writes() == []

    def test_an_address_of_another_host_is_not_shown(self, server: GitLabServer) -> None:
        target = self.target(server)
        entry = self.made(target)
        server.issues[1]["web_url"] = "https://evil.example/x"
        again = target.read(entry.id)
        assert again is not None and again.url.startswith("https://tracker.example.vn/goc/van-")


class TestLibrary:
    """The same requests as python-gitlab builds."""

    @pytest.fixture
    def theirs(self, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
        monkeypatch.setenv("TRACKER_TOKEN", TOKEN)
        return []

    def library(self, theirs: list[tuple[Any, ...]]) -> Any:
        gitlab = pytest.importorskip("gitlab")

        class Adapter(requests.adapters.BaseAdapter):
            def send(self, request: Any, **_: Any) -> requests.Response:
                url = urlsplit(request.url)
                data = httpx.Request("POST", "x://", content=request.body or b"{}")
                theirs.append((request.method, url.path, parse_qs(url.query), body(data)))
                assert request.headers["PRIVATE-TOKEN"] == TOKEN
                response = requests.Response()
                response.status_code = 201 if request.method == "POST" else 200
                response.headers["Content-Type"] = "application/json"
                response._content = b"[]" if url.path.endswith("/notes") else b'{"iid": 1, "id": 2}'
                if request.method == "GET" and url.path.endswith("issues"):
                    response._content = b"[]"
                if request.method == "POST":
                    response._content = b'{"iid": 1, "id": 2}'
                response.request, response.url = request, request.url
                return response

            def close(self) -> None: ...

        session = requests.Session()
        session.mount("https://", Adapter())
        client = gitlab.Gitlab(
            "https://tracker.example.vn/goc", private_token=TOKEN, session=session
        )
        return client.projects.get(PROJECT, lazy=True)

    def test_requests_are_the_librarys(self, theirs: list[tuple[Any, ...]]) -> None:
        server = GitLabServer()
        target = gitlab_of(server, confidential=True)
        (item, *_) = work_items(TASKS)
        wanted = target.wanted(item, Place(PROJECT, "12"), item.key)
        entry = target.create(item.key, wanted)
        target.read(entry.id)
        target.update(
            entry, {"due_on": "2024-07-24", "labels": "vb:92/TB-VP", "assignee": "13\n14"}
        )
        target.find("t-1", wanted)
        target.flag(entry, "Đã rút.")
        target._put(entry, {"state_event": "close"})
        ours = [
            (
                *(one.method, one.url.raw_path.decode().partition("?")[0]),
                *(parse_qs(one.url.query.decode()), body(one) if one.content else {}),
            )
            for one in server.requests
        ]

        project = self.library(theirs)
        project.issues.create(
            {
                "title": wanted["title"],
                "description": wanted["description"],
                "due_date": "2024-07-09",
                "labels": "vb:91/TB-VP",
                "assignee_ids": [12],
                "confidential": True,
            }
        )
        project.issues.get(1)
        project.issues.update(
            1,
            {
                "due_date": "2024-07-24",
                "assignee_ids": [13, 14],
                "add_labels": "vb:92/TB-VP",
                "remove_labels": "vb:91/TB-VP",
            },
        )
        listed = {"scope": "all", "state": "all", "per_page": 100, "get_all": False}
        project.issues.list(search="t-1", **{"in": "description"}, **listed)
        listed |= {"scope": "created_by_me", "order_by": "created_at", "sort": "desc"}
        project.issues.list(**listed)
        issue = project.issues.get(1, lazy=True)
        issue.notes.list(sort="desc", order_by="created_at", per_page=100, get_all=False)
        issue.notes.create({"body": "Đã rút. (vnpolicy)"})
        project.issues.update(1, {"state_event": "close"})
        for theirs_, ours_ in zip(theirs, ours, strict=True):
            assert ours_ == theirs_


def test_an_id_stays_one_segment_of_the_path(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_TOKEN", TOKEN)
    server = GitLabServer()
    server.says = lambda: answer(200, {})
    with pytest.raises(TrackerError):
        gitlab_of(server).read("van-phong/theo-doi#../../users")
    assert server.requests[0].url.raw_path.endswith(b"/issues/..%2F..%2Fusers")
