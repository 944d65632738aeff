"""The other end of :mod:`vnpolicy.readers.confine`: one document, read under a ceiling."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from importlib import import_module
from typing import Any

from vnpolicy.errors import DocumentError
from vnpolicy.readers import confine
from vnpolicy.readers.limits import Limits


def main() -> None:
    """Read what standard input asks for, and answer on standard output."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
    request = json.loads(sys.stdin.buffer.readline())
    limits = Limits(**request["limits"])
    _hold_memory(limits.memory_bytes)
    answers.write(json.dumps(_answer(request, limits)).encode())
    answers.flush()
    os._exit(0)  # a thread that still runs is of no use


def _answer(request: dict[str, Any], limits: Limits) -> dict[str, Any]:
    try:
        data = sys.stdin.buffer.read()
        room = import_module(f"vnpolicy.readers.{request['reader']}")
        reading = room.read(data, source=request["source"], limits=limits)
        return {"reading": confine.pack(reading)}
    except DocumentError as error:
        return {"error": type(error).__name__, "reason": error.reason}
    except MemoryError:
        return {"error": "LimitError", "reason": confine.beyond_memory(limits)}
    except Exception as error:
        what = " ".join(f"{type(error).__name__}: {error}".split())[:200]
        return {"error": "DamagedError", "reason": f"cannot be read ({what}) / tệp hỏng"}


def _hold_memory(size: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard != resource.RLIM_INFINITY:
            size = min(size, hard)
        resource.setrlimit(resource.RLIMIT_AS, (size, hard))


if __name__ == "__main__":
    main()
