"""Files that are broken or made to harm: each is read in a process of its own that may take
1.5 GB and half a minute, and must give its typed error, which names the file, or its text."""

from __future__ import annotations

import json
import re
import resource
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from hostile import package, page, text
from hostile.case import Case
from vnpolicy import errors, readers

MEMORY = 1_500_000_000
SECONDS = 30
CASES = [*text.CASES, *package.CASES, *page.CASES]
TESTS = Path(__file__).parent


def read(path: Path, limits: dict[str, int]) -> dict[str, str]:
    """What a fresh process, under a ceiling, says of the file."""
    child = subprocess.run(
        [sys.executable, str(Path(__file__)), str(path), json.dumps(limits)],
        capture_output=True,
        timeout=SECONDS,
        check=False,
        cwd=path.parent,
    )
    assert child.returncode == 0, child.stderr.decode()[-2000:]
    answer: dict[str, str] = json.loads(child.stdout)
    return answer


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name.replace(" ", "-"))
def test_is_told_what_it_is(case: Case, tmp_path: Path) -> None:
    if case.needs and shutil.which(case.needs) is None:
        pytest.skip(f"{case.needs} is not installed: '{case.name}' was not tried")
    path = tmp_path / case.file
    path.write_bytes(case.make())
    began = time.monotonic()
    answer = read(path, case.limits)
    assert time.monotonic() - began < SECONDS
    if case.error is None:
        assert "error" not in answer, answer
        assert case.holds in answer["text"]
    else:
        assert answer.get("error"), f"was read: {answer['text'][:200]!r}"
        kind = getattr(errors, answer["error"])
        assert issubclass(kind, getattr(errors, case.error)), answer
        assert answer["source"].startswith(str(path))
        assert re.search(case.reason, answer["reason"]), answer
        assert "\n" not in answer["reason"]
    if case.lacks:
        assert case.lacks not in json.dumps(answer, ensure_ascii=False)
    assert [one.name for one in tmp_path.iterdir()] == [case.file], "something was left behind"


def test_are_many() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    import os

    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    for path in (tmp_path, tmp_path / "missing.docx", pipe, Path("/dev/zero"), "a\0b"):
        with pytest.raises(errors.DocumentError, match=re.escape(str(path))):
            readers.read(path)


def _main(path: str, limits: str) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    socket.socket.connect = _refuse  # type: ignore[method-assign]
    answer: dict[str, str] = {"text": ""}
    given = readers.Limits(**{"seconds": 20, "memory_bytes": MEMORY, **json.loads(limits)})
    try:
        for item in readers.open_file(path, limits=given):
            reading, _ = item.read()
            answer["text"] += reading.text[:10_000]
    except errors.DocumentError as error:
        kind = type(error).__name__
        answer |= {"error": kind, "source": error.source, "reason": error.reason}
    print(json.dumps(answer))


def _refuse(*_: object) -> None:
    raise AssertionError("a reader asked for the network")


if __name__ == "__main__":
    _main(*sys.argv[1:])
