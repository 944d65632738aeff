"""The webhook target, against a real receiver on loopback that checks as a careful one would."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import regex

from loopback import Asked, Reply, serve
from vnpolicy.cli import main
from vnpolicy.models import WorkItem

SECRET = "khoa-chung"
HEAD = "VĂN PHÒNG CHÍNH PHỦ\nSố: 9/TB-VPCP\nHà Nội, ngày 3 tháng 6 năm 2024\n\nTHÔNG BÁO\n\n"
TASKS = (
    "Bộ Y tế rà soát quy chuẩn nước sinh hoạt trước ngày 10/7/2024.",
    "Bộ Tài chính bố trí kinh phí cho công trình cấp nước dở dang.",
    "Bộ Xây dựng công bố bản đồ vùng thiếu nước trong tháng 8/2024.",
)


class Receiver:
    """Keeps each change once, by its Idempotency-Key, if its signature is right."""

    def __init__(self) -> None:
        self.entries: dict[str, dict[str, str]] = {}
        self.notes: list[tuple[str, str]] = []
        self.seen: set[str] = set()
        self.before: Callable[[], Reply | None] = lambda: None
        self.after: Callable[[], Reply | None] = lambda: None

    def __call__(self, asked: Asked) -> Reply:
        expected = hmac.new(SECRET.encode(), asked.body, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(asked.headers["x-vnpolicy-signature"], f"sha256={expected}"):
            return Reply(401)
        refused = self.before()
        if refused:
            return refused
        if asked.headers["idempotency-key"] not in self.seen:
            self.seen.add(asked.headers["idempotency-key"])
            self._take(json.loads(asked.body))
        return self.after() or Reply(204, b"")

    def _take(self, told: dict[str, Any]) -> None:
        if told["action"] == "create":
            assert told["key"] not in self.entries
            assert WorkItem.model_validate(told["item"]).title == told["fields"]["title"]
            self.entries[told["key"]] = told["fields"]
        elif told["action"] == "update":
            self.entries[told["key"]].update(told["fields"])
        else:
            self.notes.append((told["action"], told["text"]))


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture(autouse=True)
def secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VNPOLICY_TEST", SECRET)


def put(folder: Path, url: str, *tasks: str) -> list[str]:
    lines = "\n\n".join(f"{n}. {task}" for n, task in enumerate(tasks, 1))
    (folder / "tb.txt").write_text(f"{HEAD}Phó Thủ tướng yêu cầu:\n\n{lines}\n", encoding="utf-8")
    config = folder / "push.toml"
    config.write_text(
        f'[webhook]\nurl = "{url}/viec"\nsecret = {{ env = "VNPOLICY_TEST" }}\nper_second = 500\n'
    )
    return ["push", str(folder / "tb.txt"), "--to", "webhook", "--config", str(config)]


def push(folder: Path, url: str, *tasks: str) -> int:
    return main(put(folder, url, *tasks))


def test_the_whole_life_of_a_task(
    tmp_path: Path, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    with serve(receiver) as server:
        assert push(tmp_path, server.url, *TASKS) == 0
        assert "3 tạo mới" in capsys.readouterr().out
        assert [one["leads"] for one in receiver.entries.values()] == [
            "Bộ Y tế",
            "Bộ Tài chính",
            "Bộ Xây dựng",
        ]
        count = len(server.asked)
        assert push(tmp_path, server.url, *TASKS) == 0
        assert len(server.asked) == count
        for day in ("25/7", "10/7", "25/7"):  # there, back and there again
            assert push(tmp_path, server.url, TASKS[0].replace("10/7", day), *TASKS[1:]) == 0
            entry = next(iter(receiver.entries.values()))
            assert entry["due_on"] == {"25/7": "2024-07-24", "10/7": "2024-07-09"}[day]
        assert push(tmp_path, server.url, *TASKS[1:]) == 0
        assert push(tmp_path, server.url, *TASKS[1:]) == 0
    assert len(receiver.entries) == 3
    assert [action for action, _ in receiver.notes] == ["flag"]
    assert "không còn trong văn bản" in receiver.notes[0][1]


def test_a_wrong_secret_ends_the_run(
    tmp_path: Path,
    receiver: Receiver,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("VNPOLICY_TEST", "khoa-khac")
    with serve(receiver) as server:
        assert push(tmp_path, server.url, *TASKS) == 1
        assert len(server.asked) == 1
    told = capsys.readouterr()
    assert "401" in told.err and "khoa-khac" not in told.err + told.out


def test_lost_answers_make_no_double(tmp_path: Path, receiver: Receiver) -> None:
    lose = random.Random(7)
    receiver.after = lambda: Reply(silent=True) if lose.random() < 0.3 else None
    receiver.before = lambda: Reply(502) if lose.random() < 0.2 else None
    with serve(receiver) as server:
        for _ in range(4):
            push(tmp_path, server.url, *TASKS)
    assert len(receiver.entries) == 3


def test_killed_at_any_moment_makes_no_double(tmp_path: Path, receiver: Receiver) -> None:
    """A process that is really killed, while the receiver takes its time."""
    moment = random.Random(11)
    receiver.after = lambda: time.sleep(0.05)
    tasks = [task.replace("nước", f"nước vùng {name}") for task in TASKS for name in "ABCD"]
    killed = 0
    with serve(receiver) as server:
        command = [sys.executable, "-m", "vnpolicy", *put(tmp_path, server.url, *tasks)]
        for _ in range(6):
            process = subprocess.Popen(
                command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            wanted = len(server.asked) + moment.randint(1, 2)
            while process.poll() is None and len(server.asked) < wanted:
                time.sleep(0.002)
            time.sleep(moment.random() * 0.06)
            if process.poll() is None:
                os.kill(process.pid, signal.SIGKILL)
                killed += 1
            process.wait()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    assert killed > 2
    assert len(receiver.entries) == len(tasks)


def test_cut_off_and_corrected_in_between_is_made_once(
    tmp_path: Path, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The create that may have arrived is sent once more as it was, and then the correction."""
    with serve(receiver) as server:
        with monkeypatch.context() as patch:
            patch.setattr("vnpolicy.push.ledger.Ledger.settle", lambda *_, **__: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                push(tmp_path, server.url, *TASKS)
        assert push(tmp_path, server.url, TASKS[0].replace("10/7", "25/7"), *TASKS[1:]) == 0
    assert len(receiver.entries) == 3
    assert next(iter(receiver.entries.values()))["due_on"] == "2024-07-24"


def test_the_example_of_the_documentation_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    root = Path(__file__).parent.parent
    text = (root / "docs" / "pushing.md").read_text(encoding="utf-8")
    (tmp_path / "docs").symlink_to(root / "docs")
    (tmp_path / "push.toml").write_text(
        '[webhook]\nurl = "https://noibo.example.vn/viec"\nsecret = { env = "VNPOLICY_TEST" }\n'
    )
    monkeypatch.chdir(tmp_path)
    for code in regex.findall(r"^```python\n(.*?)^```$", text, regex.M | regex.S):
        exec(compile(code, "docs/pushing.md", "exec"), {})
    assert capsys.readouterr().out.count("create ") == 4
