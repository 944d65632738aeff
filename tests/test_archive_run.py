"""A run over an archive: the same bytes whatever happens on the way, and no document lost."""

from __future__ import annotations

import contextlib
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

import vnpolicy
from vnpolicy import archive, errors

ROOT = Path(__file__).parents[1]
NOTICES = ROOT / "corpus" / "notices"
OUTS = ("a.jsonl", "a.sqlite", "a.xlsx", "a.csv")
RUN = "import sys; from vnpolicy.cli import main; sys.exit(main(sys.argv[1:]))"


@pytest.fixture(scope="module")
def kho(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty documents: the corpus, each in five versions that differ in a number."""
    folder = tmp_path_factory.mktemp("kho")
    for path in sorted(NOTICES.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        for version in range(5):
            target = folder / f"{version}" / path.name
            target.parent.mkdir(exist_ok=True)
            target.write_text(f"{text}\n\nBản {version}.\n", encoding="utf-8")
    return folder


def outs(folder: Path) -> list[str]:
    return [str(folder / name) for name in OUTS]


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in OUTS}


@pytest.fixture(scope="module")
def whole(kho: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What an uninterrupted run writes."""
    folder = tmp_path_factory.mktemp("whole")
    account = archive.convert([kho], outs(folder), workers=2)
    assert (account.documents, account.status) == (60, 0)
    return contents(folder)


def start(kho: Path, folder: Path, *more: str) -> subprocess.Popen[bytes]:
    words = [word for out in outs(folder) for word in ("-o", out)]
    return subprocess.Popen(
        [sys.executable, "-c", RUN, "convert", str(kho), *words, "--workers", "2", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def workers_of(parent: int) -> list[int]:
    """Every process that descends from ``parent``."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            children.setdefault(int(stat.rsplit(")", 1)[1].split()[1]), []).append(int(entry.name))
    found, ask = [], [parent]
    while ask:
        for child in children.get(ask.pop(), []):
            found.append(child)
            ask.append(child)
    return found


class TestBytes:
    @pytest.mark.parametrize("workers", [1, 3])
    def test_do_not_depend_on_the_workers(
        self, kho: Path, whole: dict[str, bytes], tmp_path: Path, workers: int
    ) -> None:
        archive.convert([kho], outs(tmp_path), workers=workers)
        assert contents(tmp_path) == whole

    def test_are_the_same_from_a_cluster(
        self, kho: Path, whole: dict[str, bytes], tmp_path: Path
    ) -> None:
        pytest.importorskip("distributed", reason="Dask is not installed: no cluster was tried")
        archive.convert([kho], outs(tmp_path), cluster="local")
        assert contents(tmp_path) == whole

    def test_are_those_of_the_notices(self, kho: Path, whole: dict[str, bytes]) -> None:
        lines = whole["a.jsonl"].decode().splitlines()
        first = vnpolicy.Notice.model_validate_json(lines[0])
        path = sorted(p for p in kho.rglob("*.txt"))[0]
        assert first == vnpolicy.extract_file(path)
        assert len(lines) == 60


class TestAgain:
    def test_what_has_not_changed_is_not_done_again(self, kho: Path, tmp_path: Path) -> None:
        copy = tmp_path / "kho"
        shutil.copytree(kho, copy)
        archive.convert([copy], [tmp_path / "a.jsonl"], workers=2)
        again = archive.convert([copy], [tmp_path / "a.jsonl"], workers=2)
        assert (again.unchanged, again.documents) == (60, 60)
        changed = next(copy.rglob("01*.txt"))
        changed.write_text(changed.read_text(encoding="utf-8") + "\nThêm.\n", encoding="utf-8")
        third = archive.convert([copy], [tmp_path / "a.jsonl"], workers=2)
        assert (third.unchanged, third.documents) == (59, 60)
        fresh = archive.convert([copy], [tmp_path / "a.jsonl"], workers=2, fresh=True)
        assert fresh.unchanged == 0

    def test_a_file_that_moved_is_known_and_has_its_new_name(self, tmp_path: Path) -> None:
        first = tmp_path / "một.txt"
        first.write_text("Giao Sở Y tế trình Đề án trước ngày 20/8/2024.", encoding="utf-8")
        archive.convert([first], [tmp_path / "a.jsonl"])
        second = first.rename(tmp_path / "hai.txt")
        account = archive.convert([second], [tmp_path / "a.jsonl"])
        assert account.unchanged == 1
        line = (tmp_path / "a.jsonl").read_text(encoding="utf-8")
        assert vnpolicy.Notice.model_validate_json(line).source.uri == second.as_uri()

    def test_twins_are_told_and_left_out(self, tmp_path: Path) -> None:
        for name in ("a.txt", "b.txt"):
            (tmp_path / name).write_text("Giao Sở Y tế trình Đề án.", encoding="utf-8")
        paths = [str(tmp_path / "a.txt"), str(tmp_path / "b.txt")]
        account = archive.convert(paths, [tmp_path / "x.jsonl"])
        assert account.documents == 1
        assert account.twins == [(paths[1], paths[0])]

    def test_a_database_is_added_to(self, tmp_path: Path) -> None:
        for number in (1, 2):
            path = tmp_path / f"{number}.txt"
            path.write_text(f"Giao Sở Y tế trình {number} Đề án.", encoding="utf-8")
            archive.convert([path], [tmp_path / "x.sqlite"])
        with sqlite3.connect(tmp_path / "x.sqlite") as base:
            assert base.execute("SELECT count(*) FROM notice").fetchone() == (2,)


def test_the_text_s_column_can_be_named(tmp_path: Path) -> None:
    path = tmp_path / "kho.jsonl"
    path.write_text('{"id": 7, "van_ban": "Giao Sở Y tế trình Đề án."}\n', encoding="utf-8")
    out = tmp_path / "x.jsonl"
    assert archive.convert([path], [out]).status == 3
    account = archive.convert([path], [out], text_column="van_ban")
    assert (account.documents, account.records["tasks"]) == (1, 1)


class TestQuarantine:
    def test_a_bad_document_costs_no_other(self, tmp_path: Path) -> None:
        (tmp_path / "kho").mkdir()
        (tmp_path / "kho" / "a.txt").write_text("Giao Sở Y tế trình Đề án.", encoding="utf-8")
        (tmp_path / "kho" / "b.docx").write_bytes(b"PK\x03\x04 word/ hong")
        (tmp_path / "kho" / "c.txt").write_bytes(b"")
        account = archive.convert([tmp_path / "kho"], [tmp_path / "x.jsonl"])
        assert (account.documents, account.status) == (1, 1)
        lines = (tmp_path / "x.jsonl.errors.jsonl").read_text(encoding="utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        assert [Path(one["document"]).name for one in told] == ["b.docx", "c.txt"]
        assert [one["error"] for one in told] == ["DamagedError", "EmptyError"]
        (tmp_path / "kho" / "b.docx").unlink()
        (tmp_path / "kho" / "c.txt").unlink()
        assert archive.convert([tmp_path / "kho"], [tmp_path / "x.jsonl"]).status == 0
        assert not (tmp_path / "x.jsonl.errors.jsonl").exists()

    def test_nothing_at_all(self, tmp_path: Path) -> None:
        account = archive.convert([tmp_path / "none"], [tmp_path / "x.jsonl"])
        assert account.status == 3

    @pytest.mark.parametrize(
        ("deed", "error", "reason"),
        [
            ("import time; time.sleep(99)", "LimitError", "seconds"),
            ("import os; os._exit(7)", "LimitError", "died twice"),
            ("import os; os.kill(os.getpid(), 9)", "LimitError", "died twice"),
            ("x = bytearray(6_000_000_000)", "LimitError", "memory_bytes"),
            ("raise ZeroDivisionError('0')", "InternalError", "ZeroDivisionError"),
        ],
    )
    def test_a_document_that_harms(
        self,
        deed: str,
        error: str,
        reason: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """A worker meets a document that hangs, kills or eats memory; the others come out."""
        stand_in(tmp_path, monkeypatch, deed)
        folder = tmp_path / "kho"
        folder.mkdir()
        for number in range(6):
            text = f"Giao Sở Y tế trình {number} Đề án."
            (folder / f"{number}.txt").write_text(text, encoding="utf-8")
        (folder / "3.txt").write_text("HARM", encoding="utf-8")
        limits = vnpolicy.Limits(seconds=1, memory_bytes=2_000_000_000)
        monkeypatch.setattr("vnpolicy.archive.pool._GRACE", 5)
        account = archive.convert([folder], [tmp_path / "x.jsonl"], workers=2, limits=limits)
        assert account.documents == 5
        assert dict(account.failed) == {error: 1}
        told = json.loads((tmp_path / "x.jsonl.errors.jsonl").read_text(encoding="utf-8"))
        assert Path(told["document"]).name == "3.txt"
        assert reason in told["reason"]


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, deed: str) -> None:
    """Let the text reader do ``deed`` where a text says HARM; the workers load it by itself."""
    body = (
        "import vnpolicy.readers.text as room\n_read = room.read\n"
        "def read(data, **more):\n    if data == b'HARM':\n"
        f"        {deed}\n"
        "    return _read(data, **more)\nroom.read = read\n"
    )
    (folder / "harm.py").write_text(body)
    monkeypatch.setattr("vnpolicy.archive.work.prepare", partial(_prepare, str(folder)))


def _prepare(folder: str, memory_bytes: int) -> None:
    import resource

    sys.path.insert(0, folder)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    import harm  # type: ignore[import-not-found]  # noqa: F401


class TestWrongUse:
    @pytest.mark.parametrize(
        "more",
        [{"workers": 0}, {"workers": 1.5}, {"resume": True}],
    )
    def test_is_told(self, tmp_path: Path, more: dict[str, object]) -> None:
        with pytest.raises(errors.ArgumentError):
            archive.convert([NOTICES], [tmp_path / "x.jsonl"], **more)  # type: ignore[arg-type]

    def test_an_output_of_no_known_kind(self, tmp_path: Path) -> None:
        with pytest.raises(errors.ArgumentError, match=r"\.xlsx"):
            archive.convert([NOTICES], [tmp_path / "x.docx"])

    def test_two_runs_into_one_output(self, kho: Path, tmp_path: Path) -> None:
        running = start(kho, tmp_path)
        try:
            wait_for(tmp_path / "a.jsonl.journal")
            with pytest.raises(errors.DocumentError, match="another run"):
                archive.convert([kho], outs(tmp_path))
        finally:
            assert running.wait(60) == 0


def wait_for(path: Path) -> None:
    until = time.monotonic() + 20
    while not path.exists() and time.monotonic() < until:
        time.sleep(0.02)
    time.sleep(0.3)


class TestKilled:
    @pytest.mark.parametrize("seed", range(8))
    def test_the_parent_at_any_moment(
        self, kho: Path, whole: dict[str, bytes], tmp_path: Path, seed: int
    ) -> None:
        """Killed once or twice; what is there between is whole; then resumed to the end."""
        chance = random.Random(seed)
        for _ in range(1 + seed % 2):
            running = start(kho, tmp_path)
            wait_for(tmp_path / "a.jsonl.journal")
            time.sleep(chance.uniform(0, 1.2))
            born = workers_of(running.pid)
            running.kill() if seed % 3 else running.send_signal(signal.SIGINT)
            running.wait(30)
            if was_finished(tmp_path / "a.jsonl.journal"):
                break
            for name in OUTS:
                if (tmp_path / name).exists():
                    assert (tmp_path / name).read_bytes() == whole[name]
            assert all(ended(pid) for pid in born), "workers outlive their parent"
        finished = was_finished(tmp_path / "a.jsonl.journal")
        again = start(kho, tmp_path)
        _, err = again.communicate(timeout=120)
        assert again.returncode == 0, err.decode()
        given = contents(tmp_path)
        if finished:  # the signal came too late: a second run has added to its database
            assert rows_in(given.pop("a.sqlite")) == rows_in(whole["a.sqlite"])
        assert given == {name: whole[name] for name in given}
        assert sorted(p.name for p in tmp_path.iterdir()) == sorted([*OUTS, "a.jsonl.journal"])

    def test_while_outputs_are_put_in_place(
        self, kho: Path, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A database that is there already is this run's own, and not an earlier one's."""
        from vnpolicy.archive.journal import Journal

        with monkeypatch.context() as patch:
            patch.setattr(Journal, "finish", lambda _: 1 / 0)
            with pytest.raises(ZeroDivisionError):
                archive.convert([kho], outs(tmp_path), workers=2)
        assert contents(tmp_path) == whole
        archive.convert([kho], outs(tmp_path), workers=2, resume=True)
        assert contents(tmp_path) == whole

    @pytest.mark.parametrize("seed", range(2))
    def test_a_worker(self, kho: Path, whole: dict[str, bytes], tmp_path: Path, seed: int) -> None:
        running = start(kho, tmp_path)
        wait_for(tmp_path / "a.jsonl.journal")
        time.sleep(random.Random(seed).uniform(0.2, 0.8))
        for pid in workers_of(running.pid)[-1:]:
            os.kill(pid, signal.SIGKILL)
        _, err = running.communicate(timeout=120)
        assert running.returncode == 0, err.decode()
        assert contents(tmp_path) == whole

    @pytest.mark.parametrize("moment", [0.05, 0.3, 0.7])
    def test_all_workers_and_what_they_are_forked_from(
        self, kho: Path, whole: dict[str, bytes], tmp_path: Path, moment: float
    ) -> None:
        running = start(kho, tmp_path)
        wait_for(tmp_path / "a.jsonl.journal")
        time.sleep(moment)
        for pid in workers_of(running.pid):
            os.kill(pid, signal.SIGKILL)
        _, err = running.communicate(timeout=120)
        assert running.returncode == 0, err.decode()
        assert contents(tmp_path) == whole


def was_finished(journal: Path) -> bool:
    with contextlib.closing(sqlite3.connect(journal)) as base:
        row = base.execute("SELECT value FROM state WHERE name = 'running'").fetchone()
    return row is not None and row[0] == "no"


def rows_in(data: bytes) -> list[object]:
    """Every notice and task of a database, without the numbers that search goes by."""
    base = sqlite3.connect(":memory:")
    base.deserialize(data)
    notices = "SELECT notice_id, number, text FROM notice ORDER BY notice_id"
    tasks = "SELECT notice_id, task_id, action, due_on FROM task ORDER BY notice_id, ordinal"
    return [base.execute(query).fetchall() for query in (notices, tasks)]


def ended(pid: int) -> bool:
    until = time.monotonic() + 15
    while time.monotonic() < until:
        try:
            state = (Path("/proc") / str(pid) / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


@pytest.mark.skipif(os.geteuid() != 0, reason="no right to mount a small disk: not tried")
def test_a_full_disk(kho: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """The journal or an output finds no room: told as such, and resumed where there is more."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1200k", "tmpfs", str(disk)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a small disk cannot be mounted here: not tried")
    try:
        running = start(kho, disk)
        _, err = running.communicate(timeout=120)
        assert running.returncode == 1, err.decode()
        assert "disk is full" in err.decode()
        assert not [name for name in OUTS if (disk / name).exists()]
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        again = start(kho, disk, "--resume")
        _, err = again.communicate(timeout=120)
        assert again.returncode == 0, err.decode()
        assert contents(disk) == whole
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)
