"""One unit of an archive's work, done in a worker process.

A worker reads a unit (a file, an archive's member, a chunk of JSON lines), extracts every
document in it and gives what goes into the journal: for each document its notice as packed JSON,
or the kind of its error with the reason. Nothing that a document does leaves here as an
exception.
"""

from __future__ import annotations

import contextlib
import datetime
import time
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib import import_module

from vnpolicy.archive.unit import Unit, items
from vnpolicy.errors import DocumentError
from vnpolicy.readers import Item, Limits


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: ``part`` names it inside its file, ``notice`` is its JSON,
    packed by zlib; or an error's kind and reason."""

    part: str | None
    notice: bytes = b""
    error: str | None = None
    reason: str = ""
    counts: tuple[int, ...] = ()  # of records, in the order of KINDS


KINDS = ("tasks", "deadlines", "quantities", "targets", "references", "assignees", "warnings")


@dataclass(frozen=True, slots=True)
class Done:
    """A unit's outcomes in its order, and the seconds that they took."""

    outcomes: list[Outcome] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Options:
    """What a result depends on beside the document and the library's version."""

    anchor_date: datetime.date | None = None
    limits: Limits = field(default_factory=Limits)
    column: str | None = None  # the text's, in JSON lines


def prepare(memory_bytes: int) -> None:
    """Make a worker: a ceiling on its memory, and the library loaded before the first unit."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, hard))
    import_module("vnpolicy.pipeline")


def do_all(units: Sequence[Unit], options: Options) -> list[Done]:
    """What becomes of each unit, in order."""
    return [do(unit, options) for unit in units]


def do(unit: Unit, options: Options) -> Done:
    """Everything that the unit holds."""
    began = time.monotonic()
    outcomes: list[Outcome] = []
    try:
        for item in items(unit, limits=options.limits, column=options.column):
            outcomes.append(_outcome(item, options))
    except Exception as error:
        outcomes.append(failed(None, error, options.limits))
    if not outcomes:
        reason = "holds no document / không chứa văn bản nào"
        outcomes.append(Outcome(None, error="EmptyError", reason=reason))
    return Done(outcomes, time.monotonic() - began)


def _outcome(item: Item, options: Options) -> Outcome:
    from vnpolicy import pipeline

    part = item.part.name if item.part is not None else None
    try:
        notice = pipeline.extract_item(item, options.anchor_date)
        counts = tuple(len(getattr(notice, kind)) for kind in KINDS)
        return Outcome(part, zlib.compress(notice.model_dump_json().encode(), 1), counts=counts)
    except Exception as error:
        return failed(part, error, options.limits)


def failed(part: str | None, error: BaseException, limits: Limits) -> Outcome:
    """The outcome of a document that raised ``error``."""
    if isinstance(error, DocumentError):
        return Outcome(part, error=type(error).__name__, reason=error.reason)
    if isinstance(error, MemoryError):
        size = limits.memory_bytes // 1_000_000
        reason = f"takes more than {size} MB (limit: memory_bytes) / tốn quá nhiều bộ nhớ"
        return Outcome(part, error="LimitError", reason=reason)
    what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return Outcome(part, error="InternalError", reason=f"please report it / xin báo lỗi: {what}")
