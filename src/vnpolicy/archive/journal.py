"""What a run has done so far, on disk, so that nothing is done twice and nothing is half done.

The journal is a SQLite file beside the output. ``result`` holds what became of the documents of
a unit by the digest of its content and by what else the result depends on (the library's version
and the caller's options); ``unit`` lists the units of the present run in the order of the
sources. A result is written in one transaction, so a run that was killed at any moment leaves
whole results only, and the next run takes them over: that is how it resumes, and how unchanged
documents are skipped. Two runs into one output at the same time are refused.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from vnpolicy.archive.work import Done, Outcome
from vnpolicy.errors import DocumentError

_TABLES = """
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS result (
  digest TEXT NOT NULL, options TEXT NOT NULL, ordinal INTEGER NOT NULL, file TEXT NOT NULL,
  part TEXT, notice BLOB NOT NULL, error TEXT, reason TEXT NOT NULL, counts TEXT NOT NULL,
  seconds REAL NOT NULL,
  PRIMARY KEY (digest, options, ordinal));
CREATE TABLE IF NOT EXISTS unit (
  ordinal INTEGER PRIMARY KEY, label TEXT NOT NULL, file TEXT NOT NULL,
  digest TEXT NOT NULL, twin TEXT);
CREATE INDEX IF NOT EXISTS unit_by_digest ON unit (digest);
"""


_KEEP = "INSERT OR REPLACE INTO result VALUES (?,?,?,?,?,?,?,?,?,?)"


@dataclass(frozen=True, slots=True)
class Entry:
    """A document of the run as the journal has it, with its file's name; ``moved`` where it was
    read under another."""

    file: str
    outcome: Outcome
    seconds: float
    moved: bool


class Journal:
    """The journal at ``path``, held by this process alone.

    :raises DocumentError: where it is no journal, or another run holds it.
    """

    def __init__(self, path: Path, options: str) -> None:
        self.path, self._options = path, options
        try:
            self._base = sqlite3.connect(path, timeout=1.0, isolation_level=None)
            self._base.execute("PRAGMA journal_mode = WAL")
            self._base.execute("PRAGMA locking_mode = EXCLUSIVE")
            self._base.execute("PRAGMA synchronous = NORMAL")
            self._base.executescript(_TABLES)
            self._base.execute("BEGIN IMMEDIATE")
            self._base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise DocumentError(str(path), _why(error)) from None
        except sqlite3.DatabaseError:
            reason = "is no journal of a run; remove it / không phải nhật ký, hãy xóa tệp này"
            raise DocumentError(str(path), reason) from None

    def begin(self) -> bool:
        """Begin a run; whether an earlier one was cut off."""
        cut_off = self._state("running") == "yes"
        self._base.execute("BEGIN")
        self._base.execute("DELETE FROM unit")
        self._base.execute("INSERT OR REPLACE INTO state VALUES ('running', 'yes')")
        self._base.execute("COMMIT")
        return cut_off

    def added_to(self, paths: Iterable[Path], *, cut_off: bool) -> set[Path]:
        """Which of the outputs were there before the run began: a run that was cut off while it
        put its outputs in place must not take them for an earlier one's."""
        known = json.loads(self._state("outputs") or "{}") if cut_off else {}
        there = {str(path): known.get(str(path), path.exists()) for path in paths}
        row = ("outputs", json.dumps(there))
        self._base.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", row)
        return {Path(path) for path, was_there in there.items() if was_there}

    def finish(self) -> None:
        """End the run: its outputs are in place."""
        self._base.execute("INSERT OR REPLACE INTO state VALUES ('running', 'no')")
        self._base.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        self._base.close()

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _state(self, name: str) -> str | None:
        row = self._base.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    # -- units -----------------------------------------------------------------------------

    def add_unit(self, ordinal: int, label: str, digest: str, *, file: str) -> str | None:
        """List a unit of ``file``, the unit itself or what it is a piece of; gives the label of
        an earlier one with the same content, if any."""
        found = self._base.execute(
            "SELECT label FROM unit WHERE digest = ? AND twin IS NULL", (digest,)
        ).fetchone()
        twin = None if found is None else str(found[0])
        row = (ordinal, label, file, digest, twin)
        self._base.execute("INSERT INTO unit VALUES (?, ?, ?, ?, ?)", row)
        return twin

    def knows(self, digest: str) -> bool:
        """Whether the result for this content is there."""
        return (
            self._base.execute(
                "SELECT 1 FROM result WHERE digest = ? AND options = ? LIMIT 1",
                (digest, self._options),
            ).fetchone()
            is not None
        )

    def twins(self) -> list[tuple[str, str]]:
        """Units left out for their content, each with the one that has it too."""
        rows = self._base.execute(
            "SELECT label, twin FROM unit WHERE twin IS NOT NULL ORDER BY ordinal"
        )
        return [(str(label), str(twin)) for label, twin in rows]

    # -- results ---------------------------------------------------------------------------

    def add_result(self, digest: str, file: str, done: Done) -> None:
        """Keep a unit's result, all of it or nothing."""
        rows = [
            (digest, self._options, ordinal, file, one.part, one.notice, one.error, one.reason,
             " ".join(map(str, one.counts)), done.seconds)
            for ordinal, one in enumerate(done.outcomes)
        ]  # fmt: skip
        self._base.execute("BEGIN")
        try:
            self._base.executemany(_KEEP, rows)
            self._base.execute("COMMIT")
        except BaseException:
            if self._base.in_transaction:
                self._base.execute("ROLLBACK")
            raise

    def forget_failures(self) -> None:
        """Documents that failed are tried again: what was missing may have been installed."""
        self._base.execute(
            "DELETE FROM result WHERE (digest, options) IN"
            " (SELECT digest, options FROM result WHERE error IS NOT NULL)"
        )

    def entries(self) -> Iterator[Entry]:
        """The documents of the run in the order of the sources."""
        rows = self._base.cursor().execute(
            "SELECT u.file, r.part, r.notice, r.error, r.reason, r.counts, r.seconds,"
            " r.file != u.file"
            " FROM unit u JOIN result r ON r.digest = u.digest AND r.options = ?"
            " WHERE u.twin IS NULL ORDER BY u.ordinal, r.ordinal",
            (self._options,),
        )
        for file, part, notice, error, reason, counts, seconds, moved in rows:
            outcome = Outcome(part, notice, error, reason, tuple(map(int, counts.split())))
            yield Entry(file, outcome, seconds, bool(moved))


def _why(error: sqlite3.OperationalError) -> str:
    said = str(error)
    if "locked" in said:
        return "another run is writing here / một lượt chuyển đổi khác đang ghi vào đây"
    if "full" in said:
        return "the disk is full; free some space and run again / đĩa đầy"
    return f"cannot be written: {said} / không ghi được"
