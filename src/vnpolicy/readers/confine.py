"""A reader in a process of its own, with a ceiling on memory and a clock.

PDF and image files are read by large machines made for other ends, and a file can be made so
that they take all memory, never return, or fall over. In a child process that costs one
document: a child that goes beyond :class:`~vnpolicy.readers.limits.Limits` is ended with all
that it has started, and the document gets its :class:`~vnpolicy.errors.LimitError`.

The child is given a line of JSON and the bytes on its standard input, and answers with one line
of JSON. Where the system knows no such ceiling (Windows) the clock alone holds.
"""

from __future__ import annotations

import contextlib
import dataclasses
import datetime
import json
import os
import signal
import subprocess
import sys
from typing import Any

from vnpolicy import errors
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading

_GRACE = 10  # seconds that a child has beyond the reader's own clock


def read(reader: str, data: bytes, *, source: str, limits: Limits) -> Reading:
    """What ``readers/<reader>.py`` reads in ``data``.

    :raises DocumentError: what the reader raises; LimitError where the child was ended.
    """
    request = {"reader": reader, "source": source, "limits": dataclasses.asdict(limits)}
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "vnpolicy.readers.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        start_new_session=True,
    )
    try:
        answer, _ = child.communicate(
            json.dumps(request).encode() + b"\n" + data, timeout=limits.seconds + _GRACE
        )
    except subprocess.TimeoutExpired:
        raise errors.LimitError(source, _late(limits)) from None
    finally:
        _end(child)
    return _answer(answer, child.returncode, source, limits)


def _late(limits: Limits) -> str:
    return f"takes more than {limits.seconds} s to read (limit: seconds) / đọc quá lâu"


def _end(child: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it has started."""
    if os.name == "posix":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(child.pid, signal.SIGKILL)
    else:
        child.kill()
    child.wait()
    for stream in (child.stdin, child.stdout):
        if stream is not None:
            with contextlib.suppress(OSError):
                stream.close()


def _answer(answer: bytes, status: int, source: str, limits: Limits) -> Reading:
    try:
        told = json.loads(answer)
    except ValueError:
        if status in (-signal.SIGKILL, -signal.SIGABRT, -signal.SIGSEGV):
            raise errors.LimitError(source, beyond_memory(limits)) from None
        reason = f"its reader ended without an answer (status {status}) / lỗi khi đọc tệp"
        raise errors.DamagedError(source, reason) from None
    if "error" in told:
        raise getattr(errors, told["error"])(source, told["reason"])
    return unpack(told["reading"])


def beyond_memory(limits: Limits) -> str:
    """The reason given for a document that wants too much memory."""
    size = limits.memory_bytes // 1_000_000
    return f"takes more than {size} MB to read (limit: memory_bytes) / tốn quá nhiều bộ nhớ"


def pack(reading: Reading) -> dict[str, Any]:
    """The reading in values that JSON has."""
    values = dataclasses.asdict(reading)
    values["date"] = reading.date.isoformat() if reading.date else None
    return values


def unpack(values: dict[str, Any]) -> Reading:
    """The reading that :func:`pack` has packed."""
    when = values["date"]
    values["date"] = datetime.date.fromisoformat(when) if when else None
    values["doubts"] = tuple((code, message) for code, message in values["doubts"])
    values["pages"], values["scanned"] = tuple(values["pages"]), tuple(values["scanned"])
    return Reading(**values)
