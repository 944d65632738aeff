"""Redmine as a target: against answers of all kinds, and against a real one."""

from __future__ import annotations

import copy
import datetime
import functools
import json
import multiprocessing
import os
import random
import re
import signal
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

import redmine_server
from redmine_server import Server
from vnpolicy import extract
from vnpolicy.errors import (
    AccessError,
    ArgumentError,
    ChangedError,
    ForbiddenError,
    TrackerError,
    UncertainError,
    UnreachableError,
)
from vnpolicy.models import Notice, WorkItem
from vnpolicy.push import door, plan, work
from vnpolicy.push.address import authorities
from vnpolicy.push.entry import Entry, Place
from vnpolicy.push.ledger import Ledger
from vnpolicy.push.plan import Step, Terms
from vnpolicy.push.targets.redmine import Options, Redmine, connect
from vnpolicy.push.work import Done
from vnpolicy.writers import item as items

SECRET = "khoa-bi-mat-0123456789"
AUTHORITIES = functools.cache(authorities)
HEAD = """VĂN PHÒNG CHÍNH PHỦ
Số: 77/TB-VPCP
Hà Nội, ngày 3 tháng 6 năm 2024

THÔNG BÁO
Kết luận tại cuộc họp về cấp nước nông thôn

Phó Thủ tướng yêu cầu:

"""
TASKS = [
    "1. Bộ Y tế rà soát quy chuẩn nước sinh hoạt, báo cáo Thủ tướng trước ngày 10/7/2024.",
    "2. Bộ Tài chính bố trí 250 tỷ đồng cho các công trình cấp nước dở dang.",
    "3. Bộ Xây dựng khẩn trương công bố bản đồ vùng thiếu nước trong tháng 8/2024.",
]


@functools.cache
def _notice(text: str) -> Notice:
    return extract(text)


def tasks(lines: list[str]) -> list[WorkItem]:
    found = items.items("a.txt", _notice(HEAD + "\n\n".join(lines)))
    assert len(found) == len(lines)
    return found


def push(
    target: Redmine,
    ledger: Path,
    found: list[WorkItem],
    place: Place | None = None,
    **terms: bool,
) -> list[Done]:
    where, chosen = place or Place("theo-doi"), Terms(**terms)
    with Ledger(ledger, target.where) as book:

        def again(step: Step) -> Step:
            return plan.replan(step, book, target, chosen)

        document = "77/TB-VPCP 2024 van-phong-chinh-phu"
        steps = plan.plan({document: found}, book, target, lambda item: where, chosen)
        return list(work.apply(steps, book, target, again))


def actions(done: list[Done]) -> Counter[str]:
    assert not [one.step.reason for one in done if one.step.reason]
    return Counter(one.step.action for one in done)


# A small Redmine in memory, so that what is sent can be looked at.


class Fake:
    """Issues that can be made, found, changed and read; ``asked`` is what came in."""

    def __init__(self) -> None:
        self.issues: dict[int, dict[str, Any]] = {}
        self.asked: list[httpx.Request] = []
        self.before: Callable[[httpx.Request], httpx.Response | None] = lambda request: None
        self.ignores = {"lock_version"}

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request)
        assert request.headers["x-redmine-api-key"] == SECRET
        early = self.before(request)
        if early is not None:
            return early
        assert request.url.path.startswith("/viec/")
        path = request.url.path.removeprefix("/viec/").removesuffix(".json").split("/")
        body = json.loads(request.content)["issue"] if request.content else {}
        match request.method, *path:
            case "POST", "issues":
                id_ = len(self.issues) + 1
                self.issues[id_] = {"id": id_, "journals": [], "priority": {"id": 2}}
                self.issues[id_] |= {"status": {"id": 1}, "tracker": {"id": 1, "name": "Việc"}}
                return httpx.Response(201, json={"issue": self.change(id_, body)})
            case "PUT", "issues", number:
                self.change(int(number), body)
                return httpx.Response(204)
            case "GET", "issues":
                found = [one for one in self.issues.values() if self.matches(one, request)]
                return httpx.Response(200, json={"issues": found, "total_count": len(found)})
            case "GET", "issues", number:
                issue = self.issues.get(int(number))
                return httpx.Response(200 if issue else 404, json={"issue": issue})
            case "GET", "projects", name:
                number = {"theo-doi": 5, "y-te": 6, "5": 5, "6": 6}.get(name)
                if number is None:
                    return httpx.Response(404)
                project = {"id": number, "identifier": "theo-doi" if number == 5 else "y-te"}
                return httpx.Response(200, json={"project": project})
        return httpx.Response(200, json=LISTS[path[-1]])

    def change(self, id_: int, body: dict[str, Any]) -> dict[str, Any]:
        issue = self.issues[id_]
        for name, value in body.items():
            if name in self.ignores:
                continue
            if name == "notes":
                issue["journals"].append({"id": len(issue["journals"]) + 1, "notes": value})
            elif name == "custom_fields":
                held = {one["id"]: one for one in issue.get(name, [])}
                issue[name] = list({**held, **{one["id"]: one for one in value}}.values())
            elif name.endswith("_id"):
                issue[name.removesuffix("_id")] = named(int(value)) if value != "" else None
            else:
                issue[name] = value.replace("\n", "\r\n") or None
        return issue

    def matches(self, issue: dict[str, Any], request: httpx.Request) -> bool:
        params = request.url.params
        assert params["status_id"] == "*"
        if "description" in params:
            assert params["description"].startswith("~")
            return params["description"][1:] in (issue.get("description") or "")
        (name,) = [one for one in params if one.startswith("cf_")]
        own = {f"cf_{one['id']}": one["value"] for one in issue.get("custom_fields", [])}
        return own.get(name) == params[name]

    def sent(self, method: str) -> list[dict[str, Any]]:
        return [json.loads(one.content)["issue"] for one in self.asked if one.method == method]


def named(id_: int) -> dict[str, Any]:
    priorities = LISTS["issue_priorities"]["issue_priorities"]
    return {"id": id_} | next((one for one in priorities if one["id"] == id_), {})


LISTS: dict[str, dict[str, list[dict[str, Any]]]] = {
    "trackers": {"trackers": [{"id": 1, "name": "Việc"}, {"id": 2, "name": "Khác"}]},
    "issue_statuses": {
        "issue_statuses": [
            {"id": 1, "name": "Mới", "is_closed": False},
            {"id": 5, "name": "Xong", "is_closed": True},
            {"id": 6, "name": "Hủy", "is_closed": True},
        ]
    },
    "issue_priorities": {
        "issue_priorities": [
            {"id": 2, "name": "Thường", "is_default": True},
            {"id": 4, "name": "Khẩn", "is_default": False},
        ]
    },
}


def made(transport: Callable[[httpx.Request], httpx.Response], **options: Any) -> Redmine:
    read = Options.model_validate(
        {"url": "https://redmine.example.vn/viec/", "key": {"env": "VNPOLICY_TEST_REDMINE"}}
        | {"per_second": 1000}
        | options
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VNPOLICY_TEST_REDMINE", SECRET)
        target = connect(read, transport=httpx.MockTransport(transport))
    target._rest._door._sleep = lambda seconds: None
    return target


@pytest.fixture(autouse=True)
def _once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The system's authorities are read once for all the targets that are made here."""
    monkeypatch.setattr(door, "authorities", AUTHORITIES)


@pytest.fixture
def fake() -> Fake:
    return Fake()


class TestRequests:
    def test_a_task_is_made_with_all_that_redmine_has_a_field_for(self, fake: Fake) -> None:
        target = made(
            fake,
            tracker="Việc",
            key_field=7,
            urgent_priority="Khẩn",
            fields={"number": 3, "leads": 4},
        )
        item = tasks(TASKS)[0].model_copy(update={"urgency": "urgent"})
        entry = target.create("t-1", target.wanted(item, Place("theo-doi", "12"), "t-1"))
        (sent,) = fake.sent("POST")
        description = sent.pop("description")
        assert sent == {
            "subject": item.title,
            "start_date": "",
            "due_date": "2024-07-09",
            "assigned_to_id": "12",
            "project_id": 5,
            "priority_id": 4,
            "tracker_id": 1,
            "custom_fields": [
                {"id": 3, "value": "77/TB-VPCP"},
                {"id": 4, "value": "Bộ Y tế"},
                {"id": 7, "value": "t-1"},
            ],
        }
        assert description.startswith(f"{item.clause}\n")
        assert description.endswith("\n\nvnpolicy: t-1")
        assert entry.url == "https://redmine.example.vn/viec/issues/1"

    def test_what_is_empty_is_left_to_the_project_but_no_first_day_is_made_up(
        self, fake: Fake
    ) -> None:
        target = made(fake)
        target.create("t-1", target.wanted(tasks(TASKS)[1], Place("theo-doi"), "t-1"))
        (sent,) = fake.sent("POST")
        assert set(sent) == {"subject", "description", "start_date", "project_id"}
        assert sent["start_date"] == ""

    def test_an_update_writes_its_fields_only_and_clears_with_an_empty_text(
        self, fake: Fake
    ) -> None:
        target = made(fake, urgent_priority="4")
        item = tasks(TASKS)[0].model_copy(update={"urgency": "urgent"})
        entry = target.create("t-1", target.wanted(item, Place("theo-doi", "12"), "t-1"))
        changed = target.update(entry, {"assignee": "", "due_on": "2024-07-24", "priority": ""})
        assert fake.sent("PUT") == [
            {"assigned_to_id": "", "due_date": "2024-07-24", "priority_id": 2}
        ]
        assert changed.fields == {**entry.fields, "assignee": "", "due_on": "2024-07-24"} | {
            "priority": ""
        }

    def test_moving_says_the_project_by_its_number(self, fake: Fake) -> None:
        target = made(fake)
        entry = target.create("t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1"))
        assert target.update(entry, {"project": "y-te"}).fields["project"] == "y-te"
        assert fake.sent("PUT") == [{"project_id": 6}]

    def test_what_somebody_changed_in_between_is_not_written_over(self, fake: Fake) -> None:
        target = made(fake)
        entry = target.create("t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1"))
        fake.issues[1]["due_date"] = "2024-12-01"
        with pytest.raises(ChangedError):
            target.update(entry, {"due_on": "2024-07-24"})
        assert not fake.sent("PUT")
        assert target.update(entry, {"title": "Rà soát"}).fields["due_on"] == "2024-12-01"

    def test_a_place_that_is_none_is_told_before_anything_is_asked(self, fake: Fake) -> None:
        target = made(fake)
        for place in (Place(), Place("5"), Place("../x"), Place("Theo dõi")):
            with pytest.raises(ArgumentError):
                target.wanted(tasks(TASKS)[0], place, "t-1")
        for assignee in ("an", "me", "0", "1.5", "١٢"):
            with pytest.raises(ArgumentError):
                target.wanted(tasks(TASKS)[0], Place("theo-doi", assignee), "t-1")
        assert not fake.asked

    def test_a_long_text_is_cut_but_keeps_its_key(self, fake: Fake) -> None:
        target = made(fake)
        item = tasks(TASKS)[0].model_copy(update={"clause": "ộ" * 100_000})
        said = target.wanted(item, Place("theo-doi"), "t-1")["description"]
        assert len(said.encode()) < 65_535
        assert said.endswith("…\n\nvnpolicy: t-1")


class TestFinding:
    def entry(self, target: Redmine, key: str = "t-1") -> Entry:
        return target.create(key, target.wanted(tasks(TASKS)[0], Place("theo-doi"), key))

    def test_an_issue_is_found_by_its_whole_key_on_the_last_such_line(self, fake: Fake) -> None:
        target = made(fake)
        self.entry(target, "t-1-2")
        assert target.find("t-1", {}) is None
        fake.issues[1]["description"] += "\r\n\r\nGhi chú của văn phòng"
        found = target.find("t-1-2", {})
        assert found is not None and found.id == "1"
        fake.issues[1]["description"] = "Xem vnpolicy: t-1-2 ở việc khác"
        assert target.find("t-1-2", {}) is None

    def test_a_documents_own_words_are_no_key(self, fake: Fake) -> None:
        target = made(fake)
        item = tasks(TASKS)[0].model_copy(update={"clause": "vnpolicy: t-khac"})
        target.create("t-1", target.wanted(item, Place("theo-doi"), "t-1"))
        assert target.find("t-khac", {}) is None
        assert target.find("t-1", {}) is not None

    def test_the_field_finds_what_a_rewritten_description_lost(self, fake: Fake) -> None:
        target = made(fake, key_field=7)
        self.entry(target)
        fake.issues[1]["description"] = "viết lại"
        found = target.find("t-1", {})
        assert found is not None and found.id == "1"

    def test_the_line_finds_what_the_field_does_not_keep(self, fake: Fake) -> None:
        fake.ignores.add("custom_fields")
        target = made(fake, key_field=7)
        self.entry(target)
        assert target.find("t-1", {}) is not None

    def test_a_copied_issue_is_named_and_not_chosen(self, fake: Fake) -> None:
        target = made(fake)
        self.entry(target)
        fake.issues[2] = copy.deepcopy(fake.issues[1]) | {"id": 2}
        with pytest.raises(TrackerError, match="#1, #2"):
            target.find("t-1", {})

    @pytest.mark.parametrize("options", [{}, {"key_field": 7}])
    def test_a_filter_that_redmine_does_not_know_is_told(
        self, fake: Fake, options: dict[str, int]
    ) -> None:
        target = made(fake, **options)
        self.entry(target, "t-9")
        fake.matches = lambda issue, request: True  # type: ignore[method-assign]
        with pytest.raises(TrackerError, match=r"key_field|search descriptions"):
            target.find("t-1", {})
        fake.before = lambda request: (
            httpx.Response(200, json={"issues": [], "total_count": 4000})
            if request.url.path == "/viec/issues.json"
            else None
        )
        with pytest.raises(TrackerError, match="4000"):
            target.find("t-1", {})

    def test_a_tracker_without_description_is_told_before_the_second_issue(
        self, fake: Fake
    ) -> None:
        fake.ignores.add("description")
        target = made(fake)
        assert self.entry(target).id == "1"
        with pytest.raises(TrackerError, match="#1"):
            self.entry(target, "t-2")
        assert len(fake.issues) == 1


class TestDropped:
    """Redmine answers 201 and 204 whatever it left out."""

    @pytest.mark.parametrize("name", ["due_date", "start_date", "assigned_to_id", "priority_id"])
    def test_a_field_that_was_not_taken_is_told(self, fake: Fake, name: str) -> None:
        fake.ignores.add(name)
        target = made(fake, urgent_priority="Khẩn")
        item = tasks(TASKS)[2].model_copy(update={"urgency": "urgent", "start_on": None})
        if name == "start_date":
            item = item.model_copy(update={"start_on": item.due_on})
        with pytest.raises(TrackerError, match="did not take"):
            target.create("t-1", target.wanted(item, Place("theo-doi", "12"), "t-1"))

    def test_a_move_that_was_not_taken_is_told(self, fake: Fake) -> None:
        target = made(fake)
        entry = target.create("t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1"))
        fake.ignores.add("project_id")
        with pytest.raises(TrackerError, match="project"):
            target.update(entry, {"project": "y-te"})

    def test_another_tracker_than_the_one_asked_for_is_told(self, fake: Fake) -> None:
        fake.ignores.add("tracker_id")
        target = made(fake, tracker="Khác")
        with pytest.raises(TrackerError, match="tracker"):
            target.create("t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1"))

    @pytest.mark.parametrize("name", ["notes", "status_id"])
    def test_a_note_or_a_status_that_was_not_taken_is_told(self, fake: Fake, name: str) -> None:
        target = made(fake, closed_status="Hủy")
        entry = target.create("t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1"))
        fake.ignores.add(name)
        with pytest.raises(TrackerError, match=name.removesuffix("_id")):
            target.close(entry, "Không còn")


class TestWithdrawing:
    def test_a_note_is_written_once_however_often_it_is_asked_for(self, fake: Fake) -> None:
        target = made(fake)
        entry = target.create("t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1"))
        target.flag(entry, "Không còn")
        fake.issues[1]["journals"].append({"id": 2, "notes": "đã rõ"})
        target.flag(entry, "Không còn")
        assert fake.sent("PUT") == [{"notes": "Không còn (vnpolicy)"}]
        target.flag(entry, "Có lại")
        target.flag(entry, "Không còn")
        assert len(fake.sent("PUT")) == 3

    def test_closing_sets_the_status_and_never_another_where_it_is_closed(self, fake: Fake) -> None:
        target = made(fake, closed_status="Hủy")
        entry = target.create("t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1"))
        target.close(entry, "Không còn")
        assert fake.sent("PUT") == [{"notes": "Không còn (vnpolicy)", "status_id": 6}]
        fake.issues[1]["status"]["id"] = 5
        target.close(entry, "Không còn")
        assert len(fake.sent("PUT")) == 1
        fake.issues[1]["status"]["id"] = 1
        target.close(entry, "Không còn")  # as after a run that was cut off between the two
        assert fake.sent("PUT")[1:] == [{"status_id": 6}]

    def test_which_status_closes_is_asked_where_several_do(self, fake: Fake) -> None:
        target = made(fake)
        entry = target.create("t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1"))
        with pytest.raises(TrackerError, match="Xong, Hủy"):
            target.close(entry, "Không còn")
        with pytest.raises(TrackerError, match="Thùng rác"):
            made(fake, closed_status="Thùng rác").close(entry, "Không còn")
        assert not fake.sent("PUT")


HARMFUL = (
    "{{include(Bí mật)}} {{{child_pages}}} [[Trang]] @an @AN. ư@an (@an) @@an #12 ##12 "
    "<pre>x</pre> <!-- --> </details> !http://xau.vn/a.png! ![a](http://xau.vn/a.png) #note-1"
)


def test_text_of_documents_holds_nothing_that_redmine_carries_out(fake: Fake) -> None:
    target = made(fake)
    item = tasks(TASKS)[0].model_copy(update={"clause": HARMFUL, "number": "1/@an {{x}}"})
    entry = target.create("t-1", target.wanted(item, Place("theo-doi"), "t-1"))
    target.flag(entry, HARMFUL)
    loud = re.compile(r"\{\{|\[\[|(?<![A-Za-z0-9_])@[A-Za-z@]|#\d|<[/!a-z]|!(?!\u2060)\S")
    assert len(loud.findall(HARMFUL)) > 15
    for said in (fake.issues[1]["description"], fake.issues[1]["journals"][0]["notes"]):
        assert not loud.search(said)
        assert said.replace("\u2060", "").startswith(HARMFUL)


HOSTILE: list[tuple[str, httpx.Response, type[TrackerError]]] = [
    ("no JSON", httpx.Response(200, content=b"\x00\xff"), TrackerError),
    ("a login page", httpx.Response(200, html="<html>Đăng nhập</html>"), TrackerError),
    ("null", httpx.Response(200, json=None), TrackerError),
    ("a list", httpx.Response(200, json=[1, 2]), TrackerError),
    ("deep", httpx.Response(200, content=b"[" * 200_000), TrackerError),
    ("large", httpx.Response(200, content=b" " * 25_000_000), TrackerError),
    ("elsewhere", httpx.Response(302, headers={"Location": "https://xau.vn/"}), TrackerError),
    ("a loop", httpx.Response(302, headers={"Location": "/viec/issues.json"}), TrackerError),
    ("401", httpx.Response(401, text=f"key {SECRET} is wrong"), AccessError),
    ("403", httpx.Response(403), ForbiddenError),
    ("404", httpx.Response(404, text=SECRET), TrackerError),
    ("409", httpx.Response(409), ChangedError),
    ("412", httpx.Response(412), ChangedError),
    ("422", httpx.Response(422, json={"errors": [f"Hạn {SECRET} sai"]}), TrackerError),
    ("422 of another kind", httpx.Response(422, json={"errors": [{"a": 1}]}), TrackerError),
    ("422 without JSON", httpx.Response(422, text="không"), TrackerError),
    ("429", httpx.Response(429, headers={"Retry-After": "3"}), UnreachableError),
    ("500", httpx.Response(500, html=f"<h1>{SECRET}</h1>"), TrackerError),
    ("502", httpx.Response(502), UnreachableError),
    ("503", httpx.Response(503), UnreachableError),
]
ENTRY = Entry("1", {"title": "a"}, "https://redmine.example.vn/viec/issues/1")
CALLS: dict[str, Callable[[Redmine], object]] = {
    "find": lambda target: target.find("t-1", {}),
    "read": lambda target: target.read("1"),
    "create": lambda target: target.create(
        "t-1", target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1")
    ),
    "update": lambda target: target.update(ENTRY, {"title": "b"}),
    "flag": lambda target: target.flag(ENTRY, "Không còn"),
    "close": lambda target: target.close(ENTRY, "Không còn"),
}


class TestHostile:
    @pytest.mark.parametrize("call", CALLS)
    @pytest.mark.parametrize(("name", "answer", "kind"), HOSTILE, ids=[one[0] for one in HOSTILE])
    def test_an_answer_that_cannot_be_used_is_a_tracker_error(
        self, call: str, name: str, answer: httpx.Response, kind: type[TrackerError]
    ) -> None:
        def serve(request: httpx.Request) -> httpx.Response:
            return httpx.Response(
                answer.status_code, headers=answer.headers, content=answer.content
            )

        target = made(serve, closed_status="Hủy")
        if (call, name) == ("read", "404"):
            assert target.read("1") is None
            return
        with pytest.raises(TrackerError) as caught:
            CALLS[call](target)
        others = {
            ("update", "404"): ChangedError,  # deleted: looked at anew
            ("flag", "404"): ChangedError,
        }
        assert type(caught.value) is others.get((call, name), kind)
        assert SECRET not in str(caught.value)

    def test_no_answer_to_a_create_is_uncertain_and_to_an_update_is_asked_again(
        self, fake: Fake
    ) -> None:
        target = made(fake)
        wanted = target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-1")
        entry = target.create("t-1", wanted)
        silent = ["POST", "PUT"]

        def lost(request: httpx.Request) -> httpx.Response | None:
            if request.method in silent:
                silent.remove(request.method)
                raise httpx.ReadTimeout("đứt", request=request)
            return None

        fake.before = lost
        with pytest.raises(UncertainError):
            target.create("t-2", wanted)
        assert target.update(entry, {"title": "Rà soát"}).fields["title"] == "Rà soát"
        silent.append("PUT")
        with pytest.raises(UncertainError):
            target.flag(entry, "Không còn")

    @pytest.mark.parametrize("call", CALLS)
    def test_a_part_of_an_answer_that_is_something_else_is_no_other_error(self, call: str) -> None:
        """Every part of every answer, one at a time."""
        answers = asked(call, lambda number, body: body)
        assert answers
        seen = 0
        for number, answer in enumerate(answers):
            for broken in variants(answer):
                told = asked(call, lambda at, body, n=number, b=broken: b if at == n else body)
                seen += told == []
        assert seen  # some of them are errors


OPTIONS: dict[str, Any] = {
    "closed_status": "Hủy",
    "tracker": "Việc",
    "urgent_priority": "Khẩn",
    "key_field": 7,
    "fields": {"number": 3},
}


def asked(call: str, change: Callable[[int, Any], Any]) -> list[Any]:
    """The answers of a call, each as changed; none where it ended with an error of ours."""
    fake, answers = Fake(), []
    CALLS["create"](made(fake, **OPTIONS))
    fake.issues[1]["subject"] = "a"
    if call == "create":
        fake.issues.clear()

    def serve(request: httpx.Request) -> httpx.Response:
        good = fake(request)
        if not good.content:
            return good
        answers.append(json.loads(good.content))
        body = change(len(answers) - 1, answers[-1])
        return httpx.Response(good.status_code, content=json.dumps(body).encode())

    try:
        CALLS[call](made(serve, **OPTIONS))
    except TrackerError as error:
        assert SECRET not in str(error)
        return []
    return answers


WRONG = (None, True, 1.5, -1, 10**50, "", "x\n", "../1", "\ud800", [], {}, [{}], [None])


def variants(answer: Any) -> Iterator[Any]:
    """The answer with one part of it gone or something else."""
    yield from WRONG
    if isinstance(answer, dict):
        for name in answer:
            yield {one: part for one, part in answer.items() if one != name}
            yield from ({**answer, name: one} for one in variants(answer[name]))
    elif isinstance(answer, list) and answer:
        yield from ([one, *answer[1:]] for one in variants(answer[0]))


class TestPushing:
    def test_again_and_again(self, fake: Fake, tmp_path: Path) -> None:
        everything(made(fake, closed_status="Hủy"), fake_side(fake), tmp_path / "so.sqlite")

    def test_a_field_that_was_dropped_is_told_and_the_issue_kept(
        self, fake: Fake, tmp_path: Path
    ) -> None:
        fake.ignores.add("due_date")
        target, ledger, found = made(fake), tmp_path / "so.sqlite", tasks(TASKS)
        told = [(one.step.action, one.step.reason) for one in push(target, ledger, found)]
        assert [action for action, _ in told] == ["fail", "create", "fail"]
        assert "did not take due_on" in told[0][1] and "/issues/1" in told[0][1]
        for _ in range(2):
            assert actions(push(target, ledger, found)) == {"keep": 2, "unchanged": 1}
        assert len(fake.issues) == 3

    def test_rights_of_one_project_cost_its_entries_only(self, fake: Fake, tmp_path: Path) -> None:
        fake.before = lambda request: (
            httpx.Response(403) if "rà soát" in str(json.loads(request.content or "0")) else None
        )
        done = push(made(fake), tmp_path / "so.sqlite", tasks(TASKS))
        assert [one.step.action for one in done] == ["fail", "create", "create"]


class Side:
    """What a person does in Redmine, in the one in memory and in the real one."""

    def all(self) -> list[dict[str, Any]]:
        raise NotImplementedError

    def change(self, id_: int, body: dict[str, Any]) -> None:
        raise NotImplementedError

    def notes(self, id_: int) -> list[str]:
        raise NotImplementedError


def everything(target: Redmine, person: Side, ledger: Path) -> None:
    """A document pushed, pushed again, corrected, worked on, withdrawn and brought back."""
    first = tasks(TASKS)
    assert actions(push(target, ledger, first)) == {"create": 3}
    assert actions(push(target, ledger, first)) == {"unchanged": 3}
    one, two, three = (issue["id"] for issue in person.all())

    person.change(two, {"due_date": "2024-12-31", "notes": "đã bố trí đợt 1"})
    person.change(one, {"subject": "Rà soát (văn phòng sửa)", "done_ratio": 40})
    later = tasks([TASKS[0].replace("10/7", "25/7"), TASKS[1], TASKS[2]])
    assert actions(push(target, ledger, later)) == {"update": 1, "unchanged": 2}
    issues = {issue["id"]: issue for issue in person.all()}
    assert issues[one]["due_date"] == "2024-07-24"
    assert "24/07/2024" in issues[one]["description"]
    assert issues[one]["subject"] == "Rà soát (văn phòng sửa)"
    assert issues[one]["done_ratio"] == 40
    assert issues[two]["due_date"] == "2024-12-31"

    assert actions(push(target, ledger, later[1:])) == {"unchanged": 2, "flag": 1}
    assert actions(push(target, ledger, later[1:])) == {"unchanged": 2}
    assert len(person.notes(one)) == 1 and "không còn" in person.notes(one)[0]
    assert actions(push(target, ledger, later)) == {"unchanged": 2, "return": 1}
    assert len(person.notes(one)) == 2
    assert actions(push(target, ledger, later[:2], close=True)) == {"unchanged": 2, "close": 1}
    assert [issue["id"] for issue in person.all()] == [one, two, three]
    assert person.notes(two) == ["đã bố trí đợt 1"]

    # The person's day is kept where the document now says another, and told.
    dated = tasks([later[0].clause, TASKS[1][:-1] + " trước ngày 1/9/2024.", TASKS[2]])
    done = push(target, ledger, dated)
    kept = [one.step.kept for one in done if one.step.kept]
    assert kept == [{"due_on": "2024-12-31"}]

    # A ledger that was lost: all is found again, closed ones too, and nothing made twice.
    ledger.unlink()
    assert {one.step.action for one in push(target, ledger, first)} == {"found", "keep"}
    assert [issue["id"] for issue in person.all()] == [one, two, three]


class FakeSide(Side):
    def __init__(self, fake: Fake) -> None:
        self.fake = fake

    def all(self) -> list[dict[str, Any]]:
        return list(self.fake.issues.values())

    def change(self, id_: int, body: dict[str, Any]) -> None:
        note = body.pop("notes", None)
        self.fake.issues[id_] |= body
        if note:
            journals = self.fake.issues[id_]["journals"]
            journals.append({"id": len(journals) + 1, "notes": note})

    def notes(self, id_: int) -> list[str]:
        return [one["notes"] for one in self.fake.issues[id_]["journals"]]


def fake_side(fake: Fake) -> Side:
    return FakeSide(fake)


# A real Redmine.

if redmine_server.MISSING:
    warnings.warn(f"{redmine_server.WHY}; tests against a real Redmine are skipped", stacklevel=1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if redmine_server.MISSING:
        pytest.skip(redmine_server.WHY)
    with redmine_server.redmine(tmp_path_factory.mktemp("redmine")) as one:
        yield one


def real(server: Server, who: str = "robot", **options: Any) -> Redmine:
    table = {"url": server.url, "key": {"env": "VNPOLICY_TEST_REDMINE"}, "per_second": 1000}
    read = Options.model_validate({"tracker": "Việc"} | table | options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VNPOLICY_TEST_REDMINE", server.seeded.get(who, who))
        return connect(read)


class RealSide(Side):
    def __init__(self, server: Server) -> None:
        self.server = server
        self.known = {issue["id"] for issue in server.issues()}

    def all(self) -> list[dict[str, Any]]:
        return [issue for issue in self.server.issues() if issue["id"] not in self.known]

    def change(self, id_: int, body: dict[str, Any]) -> None:
        self.server.ask("PUT", f"issues/{id_}.json", {"issue": body})

    def notes(self, id_: int) -> list[str]:
        return self.server.notes(id_)


class TestReal:
    def test_again_and_again(self, server: Server, tmp_path: Path) -> None:
        target = real(server, closed_status="Closed")
        everything(target, RealSide(server), tmp_path / "so.sqlite")
        closed = [issue for issue in server.issues() if issue["status"]["name"] == "Closed"]
        assert len(closed) == 1

    def test_all_fields(self, server: Server) -> None:
        fields = server.seeded["fields"]
        target = real(
            server,
            key_field=fields["key"],
            urgent_priority="Urgent",
            fields={"number": fields["number"]},
        )
        item = tasks(TASKS)[0].model_copy(update={"urgency": "urgent"})
        item = item.model_copy(update={"start_on": datetime.date(2024, 6, 3)})
        group = str(server.seeded["group_id"])
        wanted = target.wanted(item, Place("theo-doi", group), "t-all")
        entry = target.create("t-all", wanted)
        assert entry.fields == wanted
        assert target.read(entry.id) == entry == target.find("t-all", wanted)
        issue = server.issue(entry.id)
        assert "lock_version" not in issue
        assert (issue["assigned_to"]["name"], issue["priority"]["name"]) == ("Sở Y tế", "Urgent")
        assert {one["name"]: one["value"] for one in issue["custom_fields"]} == {
            "Mã": "t-all",
            "Mã riêng": None,
            "Số văn bản": "77/TB-VPCP",
        }
        bare = target.wanted(tasks(TASKS)[1], Place("y-te"), "t-all")
        changed = {name: said for name, said in bare.items() if said != wanted[name]}
        assert {"due_on", "start_on", "assignee", "priority", "project"} <= set(changed)
        assert target.update(entry, changed).fields == bare
        with pytest.raises(ChangedError):
            target.update(entry, changed)

    def test_no_first_day_is_made_up(self, server: Server) -> None:
        target = real(server)
        wanted = target.wanted(tasks(TASKS)[0], Place("theo-doi"), "t-start")
        target.create("t-start", wanted)
        (issue,) = [one for one in server.issues() if "t-start" in one["description"]]
        assert (issue["start_date"], issue["due_date"]) == (None, "2024-07-09")

    def test_what_redmine_refuses_or_drops_is_told(self, server: Server) -> None:
        target = real(server, closed_status="Rejected")
        item = tasks(TASKS)[0]
        reader = str(server.seeded["reader_id"])
        with pytest.raises(TrackerError, match="Assignee is invalid"):
            target.create("t-d", target.wanted(item, Place("theo-doi", reader), "t-d"))
        late = item.model_copy(update={"start_on": datetime.date(2025, 1, 1)})
        with pytest.raises(TrackerError, match="Due date must be greater than start date"):
            target.create("t-d", target.wanted(late, Place("theo-doi"), "t-d"))
        with pytest.raises(TrackerError, match="no such project"):
            target.create("t-d", target.wanted(item, Place("khong-co"), "t-d"))
        with pytest.raises(ForbiddenError, match="not for this key"):
            target.create("t-d", target.wanted(item, Place("kin"), "t-d"))
        assert target.find("t-d", {}) is None
        entry = target.create("t-d", target.wanted(item, Place("theo-doi"), "t-d"))
        with pytest.raises(TrackerError, match="did not take status"):
            target.close(entry, "Không còn")
        with pytest.raises(TrackerError, match="did not take status"):
            target.close(entry, "Không còn")
        assert server.notes(entry.id) == ["Không còn (vnpolicy)"]
        with pytest.raises(TrackerError, match="not for this key"):
            target.update(entry, {"project": "kin"})
        project = server.seeded["projects"]["theo-doi"]
        part = {"project_id": project, "subject": "phần", "parent_issue_id": int(entry.id)}
        server.ask(
            "POST", "issues.json", {"issue": part | {"due_date": "2024-07-01", "start_date": ""}}
        )
        entry = target.read(entry.id)  # type: ignore[assignment]
        with pytest.raises(TrackerError, match="did not take due_on"):
            target.update(entry, {"due_on": "2024-07-24"})

    def test_a_tracker_without_description(self, server: Server) -> None:
        target, item = real(server, tracker="Trống"), tasks(TASKS)[1]
        target.create("t-bare", target.wanted(item, Place("y-te"), "t-bare"))
        with pytest.raises(TrackerError, match="did not keep its key"):
            target.create("t-bare-2", target.wanted(item, Place("y-te"), "t-bare-2"))

    def test_a_field_that_is_no_filter(self, server: Server) -> None:
        target = real(server, key_field=server.seeded["fields"]["unfiltered"])
        with pytest.raises(TrackerError, match="not used as a filter"):
            target.find("t-any", {})

    def test_rights_of_one_project_cost_one_entry(self, server: Server) -> None:
        target, item = real(server), tasks(TASKS)[0]
        entry = target.create("t-r", target.wanted(item, Place("theo-doi"), "t-r"))
        with pytest.raises(TrackerError) as caught:
            real(server, "reader").update(entry, {"title": "Khác"})
        assert not isinstance(caught.value, AccessError)
        kin = {"issue": {"project_id": server.seeded["projects"]["kin"]}}
        server.ask("PUT", f"issues/{entry.id}.json", kin)
        with pytest.raises(TrackerError, match="answers 403") as caught:
            target.read(entry.id)
        assert not isinstance(caught.value, AccessError)
        server.ask("PUT", f"issues/{entry.id}.json", {"issue": {"project_id": "theo-doi"}})
        with pytest.raises(AccessError):
            real(server, "khoa-sai").read(entry.id)
        server.run(f"Issue.find({entry.id}).destroy")
        assert target.read(entry.id) is None

    def test_text_does_nothing(self, server: Server) -> None:
        target = real(server)
        item = tasks(TASKS)[0].model_copy(update={"clause": HARMFUL})
        quiet = target.create("t-q", target.wanted(item, Place("theo-doi"), "t-q"))
        target.flag(quiet, HARMFUL)
        body = {"project_id": "theo-doi", "subject": "thử", "description": HARMFUL}
        loud = server.ask("POST", "issues.json", {"issue": body})["issue"]
        said = server.run(RENDER.format(ids=f"{quiet.id}, {loud['id']}"))
        told = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
        assert [one["issue"] for one in told] == [int(quiet.id)] * 3 + [loud["id"]] * 3
        assert all(one["mentions"] == [] and one["does"] == [] for one in told[:3])
        assert all("an" in one["mentions"] and "<img" in one["does"] for one in told[3:])

    def test_runs_that_are_killed_make_nothing_twice(self, server: Server, tmp_path: Path) -> None:
        lines = [f"{n}. Bộ Y tế rà soát danh mục thuốc đợt {n}." for n in range(1, 31)]
        found, ledger = tasks(lines), tmp_path / "so.sqlite"
        target, kills = real(server, tracker="Việc"), random.Random(7)
        cut = 0
        for _ in range(8):
            process = multiprocessing.get_context("fork").Process(
                target=push, args=(target, ledger, found, Place("y-te"))
            )
            process.start()
            process.join(kills.uniform(0.05, 0.5))
            process.kill()
            process.join()
            cut += process.exitcode == -9
        assert cut >= 3
        assert not [one for one in push(target, ledger, found, Place("y-te")) if one.step.reason]
        said = [issue["description"] or "" for issue in server.issues()]
        keys = Counter(one.rpartition("vnpolicy: ")[2] for one in said)
        assert {keys[item.key] for item in found} == {1}
        assert actions(push(target, ledger, found, Place("y-te"))) == {"unchanged": 30}

    def test_a_run_killed_between_the_answer_and_the_ledger(
        self, server: Server, tmp_path: Path
    ) -> None:
        lines = [f"{n}. Bộ Y tế rà soát danh mục vắc xin đợt {n}." for n in range(1, 4)]
        found, ledger = tasks(lines), tmp_path / "so.sqlite"
        target, count = real(server), len(server.issues())
        create = target._rest.create

        def last(body: Any) -> None:
            create(body)
            os.kill(os.getpid(), signal.SIGKILL)

        target._rest.create = last  # type: ignore[method-assign, assignment]
        for told in (1, 2, 3):
            process = multiprocessing.get_context("fork").Process(
                target=push, args=(target, ledger, found, Place("y-te"))
            )
            process.start()
            process.join()
            assert process.exitcode == -signal.SIGKILL
            assert len(server.issues()) == count + told
        target._rest.create = create  # type: ignore[method-assign]
        done = push(target, ledger, found, Place("y-te"))
        assert actions(done) == {"unchanged": 2, "found": 1}
        assert len(server.issues()) == count + 3


# What each of the three markups makes of an issue's description and notes, and who would be
# written to because of it.
RENDER = """
User.current = User.find_by(login: 'an')
controller = IssuesController.new
controller.request = ActionDispatch::TestRequest.create
view = controller.view_context
[{ids}].each do |id|
  issue = Issue.find(id)
  %w(textile markdown common_mark).each do |kind|
    Setting.text_formatting = kind
    texts = [issue.description] + issue.journals.map(&:notes).compact
    html = texts.map {{ |text| view.textilizable(text, object: issue) }}
    does = html.join.scan(/<img|<pre|<details|class="(?:wiki-page|issue|user)|flash error/).uniq
    puts JSON.dump(issue: id, does: does.sort, kind: kind,
      mentions: texts.flat_map {{ |text| issue.send(:scan_for_mentioned_users, text) }})
  end
end
Setting.text_formatting = 'textile'
"""
