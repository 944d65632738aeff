"""A cluster over TCP on this machine: two workers, one of which is killed in the middle."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest

from vnpolicy.archive import cluster
from vnpolicy.errors import ArgumentError, DocumentError

pytest.importorskip("distributed")

COUNT = 60


def work(job: int, *, folder: str) -> int:
    """Slow enough that a worker can be killed at it; it tells who does it."""
    Path(folder, f"{job}-{os.getpid()}").touch()
    time.sleep(0.05)
    if job == 7:
        raise ValueError("bad job")
    return job * job


@pytest.fixture
def scheduler(tmp_path: Path) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler; it and its two workers, which nobody starts again."""
    here = os.pathsep.join(filter(None, (str(Path(__file__).parent), *sys.path)))
    env = {**os.environ, "PYTHONPATH": here}

    def start(*words: str) -> subprocess.Popen[bytes]:
        silent = subprocess.DEVNULL
        command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]]
        return subprocess.Popen(command, env=env, cwd=tmp_path, stdout=silent, stderr=silent)

    told = tmp_path / "scheduler.json"
    common = ("--scheduler-file", str(told), "--no-dashboard")
    with ExitStack() as stack:
        started = [start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", *common)]
        worker = ("dask_worker", *common, "--no-nanny", "--nthreads", "1", "--host", "127.0.0.1")
        started += [start(*worker), start(*worker)]
        for process in started:
            stack.callback(process.wait)
            stack.callback(process.kill)
        until = time.monotonic() + 60
        while not (told.exists() and told.stat().st_size):
            assert time.monotonic() < until
            time.sleep(0.05)
        yield json.loads(told.read_text())["address"], started


def result_of(found: object) -> str:
    return f"{type(found).__name__}: {found}" if isinstance(found, Exception) else str(found)


def test_a_worker_killed_costs_no_result(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, (_, *workers) = scheduler
    folder = tmp_path / "work"
    folder.mkdir()
    call = partial(work, folder=str(folder))
    pulled: list[int] = []

    def jobs() -> Iterator[int]:
        for job in range(1, COUNT + 1):
            pulled.append(job)
            yield job

    found: dict[int, str] = {}
    for job, result in cluster.run(address, jobs(), call, window=8):
        assert job not in found
        found[job] = result_of(result)
        assert len(pulled) - len(found) < 8
        if len(found) == 20:
            done_by = {int(one.name.split("-")[1]) for one in folder.iterdir()}
            assert {worker.pid for worker in workers} <= done_by
            workers[0].send_signal(signal.SIGKILL)
    expected = {job: str(job * job) for job in range(1, COUNT + 1)}
    assert found == expected | {7: "ValueError: bad job"}
    assert workers[0].wait() == -signal.SIGKILL and workers[1].poll() is None


def test_a_scheduler_lost_ends_the_run(
    scheduler: tuple[str, list[subprocess.Popen[bytes]]], tmp_path: Path
) -> None:
    address, (process, *_) = scheduler
    folder = tmp_path / "work"
    folder.mkdir()
    running = cluster.run(address, range(1000), partial(work, folder=str(folder)), window=4)
    next(running)
    process.kill()
    with pytest.raises(DocumentError, match="tcp://"):
        for _ in running:
            pass


def test_on_this_machine(tmp_path: Path) -> None:
    call = partial(work, folder=str(tmp_path))
    found = {
        job: result_of(result) for job, result in cluster.run("local", range(10), call, window=3)
    }
    assert found == {job: str(job * job) for job in range(10)} | {7: "ValueError: bad job"}
    assert str(os.getpid()) not in {one.name.split("-")[1] for one in tmp_path.iterdir()}


@pytest.mark.parametrize(
    ("address", "options"),
    [
        ("nowhere", {"window": 1}),
        ("http://x", {"window": 1}),
        ("local", {"window": 0}),
        ("local", {"window": 1, "retries": -1}),
    ],
)
def test_a_wrong_call(address: str, options: dict[str, int]) -> None:
    with pytest.raises(ArgumentError):
        cluster.run(address, [], str, **options)


def test_no_scheduler(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_CONNECT", 1)
    with pytest.raises(DocumentError, match="no scheduler"):
        list(cluster.run("tcp://127.0.0.1:9", [1], str, window=1))
