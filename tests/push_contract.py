"""What every tracker that is spoken to over HTTP must hold, against a small server with state.

A tracker's test file gives a :class:`Server` that behaves as the vendor's documentation says, and
a subclass of :class:`Contract`.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from vnpolicy import extract
from vnpolicy.errors import (
    AccessError,
    ChangedError,
    ForbiddenError,
    TrackerError,
    UnreachableError,
)
from vnpolicy.models import WorkItem
from vnpolicy.push.config import Config
from vnpolicy.push.entry import Place, Target
from vnpolicy.push.intake import gather
from vnpolicy.push.plan import Terms
from vnpolicy.push.run import push
from vnpolicy.push.work import Done
from vnpolicy.writers import item as items

TOKEN = "khoa-rat-bi-mat-0123456789"
HEAD = """ỦY BAN NHÂN DÂN TỈNH YÊN BÁI
VĂN PHÒNG
Số: 91/TB-VP
Yên Bái, ngày 3 tháng 6 năm 2024

THÔNG BÁO
Kết luận tại cuộc họp về phòng cháy rừng

Chủ tịch UBND tỉnh yêu cầu:

"""
TASKS = (
    "Sở Công Thương rà soát kho vật tư chữa cháy, báo cáo trước ngày 10/7/2024.",
    "Sở Tài chính bố trí kinh phí sửa hai chòi canh lửa.",
    "Sở Y tế chuẩn bị thuốc bỏng cho các trạm xá ven rừng trong tháng 8/2024.",
    "Công an tỉnh xử lý việc đốt nương trái phép.",
)
LATER = TASKS[0].replace("10/7", "25/7")
MANY = tuple(
    f"Sở Tài chính rà soát công trình chòi canh số {number}, báo cáo trước ngày 10/7/2024."
    for number in range(1, 51)
)


class Killed(BaseException):
    """The process ends here."""


class Server(ABC):
    """The tracker. ``after`` is called when a request was carried out, before its answer leaves;
    ``says`` answers instead of it."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.after: Callable[[httpx.Request], None] = lambda request: None
        self.says: Callable[[], httpx.Response] | None = None

    def transport(self) -> httpx.MockTransport:
        return httpx.MockTransport(self._handle)

    def writes(self) -> list[str]:
        """The requests that write, since the last time asked."""
        found = [one.method for one in self.requests if one.method != "GET"]
        self.requests.clear()
        return found

    def _handle(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        if self.says is not None:
            return self.says()
        answer = self.answer(request)
        self.after(request)
        return answer

    @abstractmethod
    def answer(self, request: httpx.Request) -> httpx.Response: ...

    @abstractmethod
    def ids(self) -> list[str]:
        """All entries, oldest first."""

    @abstractmethod
    def get(self, id_: str, name: str) -> str:
        """``title``, ``description``, ``due_on`` or ``assignee`` of an entry."""

    @abstractmethod
    def change(self, id_: str, name: str, value: str) -> None:
        """A person changes it."""

    @abstractmethod
    def notes(self, id_: str) -> list[str]: ...

    @abstractmethod
    def say(self, id_: str, text: str) -> None:
        """A person says something on it."""

    @abstractmethod
    def is_closed(self, id_: str) -> bool: ...

    @abstractmethod
    def delete(self, id_: str) -> None: ...

    @abstractmethod
    def copy(self, id_: str) -> None:
        """A person copies the entry with all that is on it."""

    @abstractmethod
    def hide(self) -> None:
        """The account may not see the project any more."""


def body(request: httpx.Request) -> Any:
    return json.loads(request.content)


def answer(status: int, value: object = None) -> httpx.Response:
    return httpx.Response(status, json=value) if value is not None else httpx.Response(status)


def work_items(tasks: Iterable[str]) -> list[WorkItem]:
    return items.items(*document(tasks))


def document(tasks: Iterable[str]) -> tuple[str, Any]:
    lines = [f"{at}. {task}" for at, task in enumerate(tasks, 1)]
    notice = extract(HEAD + "\n\n".join(lines))
    assert len(notice.tasks) == len(lines)
    return "91.txt", notice


def crash_after(number: int) -> Callable[[httpx.Request], None]:
    """The process ends after the given request that writes, counted from 0."""
    count = -1

    def after(request: httpx.Request) -> None:
        nonlocal count
        count += request.method != "GET"
        if count == number and request.method != "GET":
            raise Killed

    return after


def lose_answer(method: str, number: int = 0) -> Callable[[httpx.Request], None]:
    """The answer to one such request is lost, counted from 0."""
    count = -1

    def after(request: httpx.Request) -> None:
        nonlocal count
        count += request.method == method
        if request.method == method and count == number:
            raise httpx.ReadError("connection reset", request=request)

    return after


DEEP = "[" * 100_000
HOSTILE: dict[str, Callable[[], httpx.Response]] = {
    "no JSON": lambda: httpx.Response(200, text="ok"),
    "login page": lambda: httpx.Response(200, html=f"<form>đăng nhập {TOKEN}</form>"),
    "empty": lambda: httpx.Response(200),
    "null": lambda: httpx.Response(200, text="null"),
    "number": lambda: httpx.Response(200, text="5"),
    "empty object": lambda: httpx.Response(200, text="{}"),
    "list of numbers": lambda: httpx.Response(200, text="[1, 2]"),
    "nested": lambda: httpx.Response(200, text=DEEP),
    "null ids": lambda: answer(
        200,
        {
            "id": None,
            "iid": None,
            "key": None,
            "fields": None,
            "_links": None,
            "issues": [{"id": None, "key": 7, "fields": {"labels": 3}}],
            "_embedded": {"elements": [{"id": {"a": 1}, "description": 4}]},
        },
    ),
    "wrong types": lambda: answer(
        200,
        {
            "id": [1],
            "iid": True,
            "key": {},
            "title": 3.5,
            "subject": [],
            "labels": "x",
            "fields": {"labels": {"a": 1}, "summary": ["x"]},
            "description": {"raw": 9.5},
            "issues": {"a": 1},
            "_embedded": {"elements": 5},
            "lockVersion": "9" * 5000,
        },
    ),
    "too large": lambda: httpx.Response(200, content=b" " * 20_000_001),
    "elsewhere": lambda: httpx.Response(302, headers={"Location": "https://evil.example/x"}),
    "teapot": lambda: httpx.Response(418, text=f"token {TOKEN}"),
}
STATUSES: dict[int, type[TrackerError]] = {
    401: AccessError,
    403: ForbiddenError,
    409: ChangedError,
    412: ChangedError,
    422: TrackerError,
    429: UnreachableError,
    500: TrackerError,
}


class Contract(ABC):
    """``project`` and ``assignee`` as this tracker's tables have them."""

    project = "theo-doi"
    assignee = "12"

    @abstractmethod
    def make(self) -> Server: ...

    @abstractmethod
    def target(self, server: Server) -> Target: ...

    @pytest.fixture(autouse=True)
    def token(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TRACKER_TOKEN", TOKEN)

    @pytest.fixture
    def server(self) -> Server:
        return self.make()

    @pytest.fixture
    def run(self, server: Server, tmp_path: Path) -> Callable[..., dict[str, int]]:
        (tmp_path / "co-quan.csv").write_text(
            "co_quan,ten,so_nhiem_vu,du_an,nguoi_nhan\n"
            f"Sở Công Thương,Sở Công Thương,1,,{self.assignee}\n",
            encoding="utf-8",
        )

        def done(tasks: Iterable[str], ledger: str = "so", **terms: bool) -> dict[str, int]:
            # Each push is a process of its own, which knows nothing of the one before.
            config = Config(
                *(self.target(server), self.project),
                *(tmp_path / f"{ledger}.sqlite", tmp_path / "co-quan.csv"),
            )
            steps = list(push(gather([document(tasks)]), config, Terms(**terms)))
            self.steps = steps
            return dict(Counter(one.step.action for one in steps))

        return done

    steps: list[Done]

    def test_tasks_are_made_and_then_left(self, server: Server, run: Any) -> None:
        assert run(TASKS) == {"create": 4}
        first, *rest = server.ids()
        assert len(rest) == 3
        assert server.get(first, "title").startswith("Rà soát kho vật tư chữa cháy")
        assert server.get(first, "due_on") == "2024-07-09"
        assert server.get(first, "assignee") == self.assignee
        assert "91/TB-VP ngày 03/06/2024" in server.get(first, "description")
        assert server.get(rest[0], "assignee") == server.get(rest[0], "due_on") == ""
        assert all(one.url.startswith("https://tracker.example.vn/goc/") for one in self.steps)
        server.writes()
        assert run(TASKS) == {"unchanged": 4}
        assert server.requests == []

    def test_what_is_wanted_is_what_comes_back(self, server: Server, run: Any) -> None:
        run(TASKS)
        assert [one.step.entry.fields for one in self.steps if one.step.entry] == [
            one.step.wanted for one in self.steps
        ]

    def test_a_new_day_is_one_update_and_nobody_loses_anything(
        self, server: Server, run: Any
    ) -> None:
        run(TASKS)
        server.change(server.ids()[0], "title", "Rà soát kho (anh Nam lo)")
        server.writes()
        assert run((LATER, *TASKS[1:])) == {"update": 1, "unchanged": 3}
        assert len(server.writes()) == 1
        first = server.ids()[0]
        assert server.get(first, "due_on") == "2024-07-24"
        assert "25/7/2024" in server.get(first, "description")
        assert server.get(first, "title") == "Rà soát kho (anh Nam lo)"
        assert run((LATER, *TASKS[1:])) == {"unchanged": 4}

    def test_a_persons_day_is_kept_until_forced(self, server: Server, run: Any) -> None:
        run(TASKS)
        first = server.ids()[0]
        server.change(first, "due_on", "2024-07-15")
        assert run((LATER, *TASKS[1:]))["update"] == 1  # the description
        assert server.get(first, "due_on") == "2024-07-15"
        assert next(one.step.kept for one in self.steps if one.step.kept) == {
            "due_on": "2024-07-15"
        }
        run((LATER, *TASKS[1:]), force=True)
        assert server.get(first, "due_on") == "2024-07-24"

    def test_a_withdrawn_task_is_flagged_once(self, server: Server, run: Any) -> None:
        run(TASKS)
        last = server.ids()[3]
        assert run(TASKS[:3])["flag"] == 1
        (note,) = server.notes(last)
        assert "không còn trong văn bản" in note and "91/TB-VP" in note
        server.writes()
        assert run(TASKS[:3]) == {"unchanged": 3}
        assert server.writes() == [] and not server.is_closed(last)

    def test_a_flag_that_was_cut_off_is_not_said_twice(self, server: Server, run: Any) -> None:
        run(TASKS)
        server.after = crash_after(0)
        with pytest.raises(Killed):
            run(TASKS[:3])
        server.after = lambda request: None
        last = server.ids()[3]
        server.say(last, "Đã rõ.")
        assert run(TASKS[:3])["flag"] == 1
        assert len(server.notes(last)) == 2

    def test_a_task_that_returns_is_said_to(self, server: Server, run: Any) -> None:
        run(TASKS)
        run(TASKS[:3])
        assert run(TASKS)["return"] == 1
        run(TASKS[:3])
        said = server.notes(server.ids()[3])
        assert ["không còn" in one for one in said] == [True, False, True]
        assert len(server.ids()) == 4

    def test_closing_closes_and_says_why(self, server: Server, run: Any) -> None:
        run(TASKS)
        last = server.ids()[3]
        server.change(last, "title", "Việc của tổ 3")
        assert run(TASKS[:3], close=True)["close"] == 1
        assert server.is_closed(last) and len(server.notes(last)) == 1
        assert server.get(last, "title") == "Việc của tổ 3"
        assert not server.is_closed(server.ids()[0])

    def test_closing_what_is_closed_does_nothing(self, server: Server) -> None:
        target = self.target(server)
        entry = self.made(target)
        target.close(entry, "Đã rút.")
        server.writes()
        target.close(entry, "Đã rút.")
        assert server.writes() == []

    @pytest.mark.parametrize("at", range(4))
    def test_a_run_that_was_cut_off_makes_nothing_twice(
        self, server: Server, run: Any, at: int
    ) -> None:
        server.after = crash_after(at)
        with pytest.raises(Killed):
            run(TASKS)
        server.after = lambda request: None
        assert run(TASKS).get("found", 0) == 1
        assert len(server.ids()) == 4
        assert run(TASKS) == {"unchanged": 4}

    @pytest.mark.parametrize("number", [0, 2, 3])
    def test_a_lost_answer_makes_nothing_twice(self, server: Server, run: Any, number: int) -> None:
        server.after = lose_answer("POST", number)
        assert run(TASKS) == {"create": 4}
        assert len(server.ids()) == 4

    @pytest.mark.parametrize("method", ["PUT", "PATCH"])
    def test_a_lost_answer_to_an_update_is_made_good(
        self, server: Server, run: Any, method: str
    ) -> None:
        run(TASKS)
        server.after = lose_answer(method)
        run((LATER, *TASKS[1:]))
        server.after = lambda request: None
        run((LATER, *TASKS[1:]))
        assert server.get(server.ids()[0], "due_on") == "2024-07-24"
        assert run((LATER, *TASKS[1:])) == {"unchanged": 4}

    def test_a_lost_ledger_finds_all_again(self, server: Server, run: Any) -> None:
        run(TASKS)
        assert run(TASKS, ledger="moi") == {"found": 4}
        assert len(server.ids()) == 4

    def test_fifty_tasks_are_fifty_entries(self, server: Server, run: Any) -> None:
        assert run(MANY) == {"create": 50}
        assert len(server.requests) <= 3 * 50 + 10
        assert len(server.ids()) == 50
        assert len({server.get(one, "description") for one in server.ids()}) == 50
        assert run(MANY, ledger="moi") == {"found": 50}
        assert run(MANY) == {"unchanged": 50}

    def test_two_with_one_key_are_named(self, server: Server) -> None:
        target = self.target(server)
        item = work_items(TASKS)[0]
        self.made(target)
        server.copy(server.ids()[0])
        wanted = target.wanted(item, Place(self.project, ""), item.key)
        with pytest.raises(TrackerError, match="several"):
            target.find(item.key, wanted)

    def test_a_key_is_not_found_in_anothers_words(self, server: Server) -> None:
        target = self.target(server)
        self.made(target)
        (id_,) = server.ids()
        item = work_items(TASKS)[1]
        server.change(id_, "description", f"Xem thêm việc {item.key} và vnpolicy-{item.key}.")
        wanted = target.wanted(item, Place(self.project, ""), item.key)
        assert target.find(item.key, wanted) is None
        first = work_items(TASKS)[0]
        assert target.find(first.key[:-1], {**wanted}) is None

    def test_a_deleted_entry_is_gone_and_a_hidden_project_is_not(self, server: Server) -> None:
        target = self.target(server)
        entry = self.made(target)
        server.delete(server.ids()[0])
        assert target.read(entry.id) is None
        server.hide()
        hidden = self.target(server)
        item = work_items(TASKS)[0]
        hidden.wanted(item, Place(self.project, ""), item.key)
        with pytest.raises(AccessError):
            hidden.read(entry.id)

    def test_the_place_has_no_secret(self, server: Server) -> None:
        where = self.target(server).where
        assert "https://tracker.example.vn/goc" in where and TOKEN not in where

    @pytest.mark.parametrize("name", HOSTILE)
    def test_hostile_answers_are_errors_of_the_tracker(self, server: Server, name: str) -> None:
        target = self.target(server)
        entry = self.made(target)
        server.says = HOSTILE[name]
        for call in self.calls(self.target(server), entry):
            try:
                assert call() is None
            except TrackerError as error:
                assert TOKEN not in str(error) and len(str(error)) < 2000

    @pytest.mark.parametrize("status", STATUSES)
    def test_refusals_are_told_apart(self, server: Server, status: int) -> None:
        target = self.target(server)
        entry = self.made(target)
        server.says = lambda: httpx.Response(
            status, headers={"Retry-After": "0"}, json={"message": f"sai ngày {TOKEN}"}
        )
        for call in self.calls(self.target(server), entry):
            with pytest.raises(STATUSES[status]) as caught:
                call()
            assert TOKEN not in str(caught.value)
            if status == 422:
                assert "422" in str(caught.value) and "•••" in str(caught.value)

    def made(self, target: Target) -> Any:
        item = work_items(TASKS)[0]
        wanted = target.wanted(item, Place(self.project, self.assignee), item.key)
        return target.create(item.key, wanted)

    def calls(self, target: Target, entry: Any) -> Iterator[Callable[[], object]]:
        item = work_items(TASKS)[1]
        wanted = target.wanted(item, Place(self.project, ""), item.key)
        yield lambda: target.find(item.key, wanted)
        yield lambda: target.read(entry.id)
        yield lambda: target.create(item.key, wanted)
        yield lambda: target.update(entry, {"title": "Khác"})
        yield lambda: target.flag(entry, "Đã rút.")
        yield lambda: target.close(entry, "Đã rút.")
