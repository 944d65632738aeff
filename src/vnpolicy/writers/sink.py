"""What a run over an archive writes its notices to: one sink an output, chosen by its suffix.

=============================  ===============================================================
``.jsonl``                     a notice a line, as :mod:`vnpolicy.writers.jsonl` has it
``.jsonl.gz``, ``.jsonl.zst``  the same, compressed
``.parquet``                   a folder of Parquet files, a table each
``.duckdb``                    one database of the same tables
``.sqlite``, ``.sqlite3``,     the same, with full-text search
``.db``
``.xlsx``                      the workbook that an office follows its assignments with
``.csv``                       its first sheet
``.ics``                       a calendar of to-dos (:mod:`vnpolicy.writers.calendar`)
``.events.ics``                a calendar of events, for calendars that ignore to-dos
``.xml``                       a plan for Microsoft Project (:mod:`vnpolicy.writers.project`)
``.jira.csv``,                 what these trackers import (:mod:`vnpolicy.writers.tracker`)
``.gitlab.csv``,
``.todoist.csv``,
``.asana.csv``
=============================  ===============================================================

A sink gets the notices in the order of the archive, each with its label there, which no other
document has, and keeps no more of them than a batch; those that write tasks remember which they
have written, and an ``.xml`` who is to do what. The output is whole once :meth:`Sink.close`
has returned, and worth nothing before. All but DuckDB give the same bytes for the same notices.
"""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from dataclasses import astuple
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol

from vnpolicy.errors import ArgumentError
from vnpolicy.writers import jsonl, table

if TYPE_CHECKING:
    from vnpolicy.models import Notice

SUFFIXES = (
    ".jsonl",
    ".jsonl.gz",
    ".jsonl.zst",
    ".parquet",
    ".duckdb",
    ".sqlite",
    ".sqlite3",
    ".db",
    ".xlsx",
    ".csv",
    ".ics",
    ".events.ics",
    ".xml",
    ".jira.csv",
    ".gitlab.csv",
    ".todoist.csv",
    ".asana.csv",
)
DATABASES = (".duckdb", ".sqlite", ".sqlite3", ".db")  # what an earlier output is taken over by


class Sink(Protocol):
    """An output that is being written."""

    def add(self, name: str, notice: Notice) -> None:
        """Writes the notice of the document ``name``."""

    def close(self) -> None:
        """Makes the output whole."""


def open_sink(
    path: Path,
    *,
    suffix: str,
    previous: Path | None = None,
    types: Mapping[str, str] | None = None,
) -> Sink:
    """A sink that writes to ``path``, which is replaced where it is there: a file, or for
    ``.parquet`` a folder. A database takes over the rows of ``previous``, where that exists, and
    the notices replace those of the same name; other sinks do not look at it. ``types`` gives
    the workbook the words for a document type's slug.

    :raises ArgumentError: for another suffix, or a ``previous`` that is no such database.
    :raises MissingToolError: where the package that the output needs is not installed.
    :raises DamagedError: where ``previous`` cannot be opened.
    """
    suffix = suffix.lower()
    if suffix not in SUFFIXES:
        raise ArgumentError("suffix", suffix, ", ".join(SUFFIXES))
    if suffix.startswith(".jsonl"):
        return JsonlSink(path, suffix=suffix)
    if suffix == ".csv":
        return CsvSink(path)
    if suffix == ".parquet":
        from vnpolicy.writers.parquet import ParquetSink

        return ParquetSink(path)
    if suffix == ".duckdb":
        from vnpolicy.writers.duckdb import DuckdbSink

        return DuckdbSink(path, previous=previous)
    if suffix == ".xlsx":
        from vnpolicy.writers.workbook import WorkbookSink

        return WorkbookSink(path, types=types or {})
    if suffix in DATABASES:
        from vnpolicy.writers.sqlite import SqliteSink

        return SqliteSink(path, previous=previous)
    return _task_sink(path, suffix=suffix)


def suffix_of(path: Path) -> str | None:
    """The suffix that says how the file is written: the longest that its name ends in.

    >>> suffix_of(Path("a/Viec.EVENTS.ics")), suffix_of(Path("a.docx"))
    ('.events.ics', None)
    """
    low = path.name.lower()
    return max((one for one in SUFFIXES if low.endswith(one)), key=len, default=None)


def _task_sink(path: Path, *, suffix: str) -> Sink:
    """A sink that takes a notice's tasks."""
    if suffix.endswith(".ics"):
        from vnpolicy.writers.calendar import CalendarSink

        return CalendarSink(path, events=suffix == ".events.ics")
    if suffix == ".xml":
        from vnpolicy.writers.project import ProjectSink

        return ProjectSink(path)
    from vnpolicy.writers.tracker import TrackerSink

    return TrackerSink(path, suffix=suffix)


class JsonlSink:
    """A notice a line; ``suffix`` says how the lines are compressed."""

    def __init__(self, path: Path, *, suffix: str = ".jsonl") -> None:
        self._packed: IO[bytes] | None = None
        if suffix.endswith(".zst"):
            self._file = _zst(path)
            return
        self._file = path.open("wb")
        if suffix.endswith(".gz"):
            # Neither clock nor file name in the head: the same lines give the same bytes.
            self._packed = self._file
            self._file = gzip.GzipFile(filename="", mode="wb", fileobj=self._packed, mtime=0)  # type: ignore[assignment]

    def add(self, name: str, notice: Notice) -> None:
        self._file.write(jsonl.line(notice).encode() + b"\n")

    def add_json(self, text: bytes) -> None:
        """Writes a notice that is JSON already."""
        self._file.write(jsonl.escaped(text) + b"\n")

    def close(self) -> None:
        self._file.close()
        if self._packed is not None:
            self._packed.close()


class CsvSink:
    """The follow-up sheet as CSV, all documents in one, numbered through."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="", errors="replace")
        self._file.write(table.csv_line(table.COLUMNS))
        self._number = 0

    def add(self, name: str, notice: Notice) -> None:
        for row in table.rows(notice, name=name, file=name):
            self._number += 1
            self._file.write(table.csv_line((str(self._number), *astuple(row))))

    def close(self) -> None:
        self._file.close()


def _zst(path: Path) -> IO[bytes]:
    try:
        import pyarrow
    except ImportError:
        from vnpolicy.writers.batch import missing

        raise missing(str(path), "pyarrow") from None
    stream: IO[bytes] = pyarrow.CompressedOutputStream(str(path), "zstd")
    return stream
