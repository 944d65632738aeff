"""The ledger: what was pushed where, in a SQLite file of the user's own.

A row is an entry of one target. ``sent`` are the fields as they were wanted, ``held`` as the
tracker gave them back: a field that now differs from ``held`` was changed there by somebody.
A row is written as ``pending`` before its entry is made, so that a run that was cut off in
between looks for it instead of making it again; and what an update is about to write stands in
``trying`` and no longer in ``sent``, so that it is known for our own where it arrived.

=============  ================================================================================
``pending``    about to be made; whether it was is not known
``live``       made, and its task stands in the document
``withdrawn``  its task vanished from the document, and the entry says so
``closed``     the same, and the entry was closed
``gone``       the entry was deleted in the tracker
=============  ================================================================================

Nothing secret is in it, and nothing in it is deleted: ``event`` tells what every run did. One run
at a time holds it (``LEDGER.lock``, which the system lets go when the process ends).
"""

from __future__ import annotations

import datetime
import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from pydantic import TypeAdapter

from vnpolicy.errors import LedgerError
from vnpolicy.models import WorkItem
from vnpolicy.push.entry import Entry, Fields

State = Literal["pending", "live", "withdrawn", "closed", "gone"]
_VERSION = 1
_TABLES = """
CREATE TABLE target (target_id INTEGER PRIMARY KEY, place TEXT NOT NULL UNIQUE);
CREATE TABLE item (
  target_id INTEGER NOT NULL REFERENCES target,
  key TEXT NOT NULL,
  document TEXT NOT NULL,
  item TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('pending', 'live', 'withdrawn', 'closed', 'gone')),
  remote_id TEXT NOT NULL DEFAULT '',
  url TEXT NOT NULL DEFAULT '',
  sent TEXT NOT NULL DEFAULT '{}',
  held TEXT NOT NULL DEFAULT '{}',
  trying TEXT NOT NULL DEFAULT '{}',
  PRIMARY KEY (target_id, key)
);
CREATE INDEX item_document ON item (target_id, document);
CREATE TABLE event (
  event_id INTEGER PRIMARY KEY,
  target_id INTEGER NOT NULL REFERENCES target,
  at TEXT NOT NULL,
  key TEXT NOT NULL,
  action TEXT NOT NULL,
  detail TEXT NOT NULL
);
"""


_FIELDS: TypeAdapter[dict[str, str]] = TypeAdapter(dict[str, str])
_TRYING: TypeAdapter[dict[str, list[str]]] = TypeAdapter(dict[str, list[str]])


@dataclass(frozen=True, slots=True)
class Row:
    """An entry that the ledger knows."""

    key: str
    item: WorkItem
    state: State
    remote_id: str
    url: str
    sent: Fields
    held: Fields
    trying: Mapping[str, list[str]]


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _json(fields: Mapping[str, str] | Mapping[str, list[str]]) -> str:
    return _storable(json.dumps(dict(fields), ensure_ascii=False))


def _storable(text: str) -> str:
    """A tracker may answer with half a surrogate pair, which no database takes."""
    return text.encode(errors="replace").decode()


class Ledger:
    """The rows of one target. ``dry`` looks only: it makes no file and takes no lock.

    :raises LedgerError: where another run holds it, or it is no ledger.
    """

    def __init__(
        self, path: Path, place: str, *, dry: bool = False, now: Callable[[], str] = _now
    ) -> None:
        self._path = path.resolve()  # under whatever name it is called, it is locked once
        self._now = now
        self._lock: sqlite3.Connection | None = None
        self._base: sqlite3.Connection | None = None
        self._target = -1
        try:
            if dry:
                self._look(place)
            else:
                self._open(place)
        except sqlite3.DatabaseError as error:
            self.close()
            raise LedgerError(
                f"{path}: cannot be used as ledger: {error} / không dùng được làm sổ theo dõi"
            ) from None
        except OSError as error:
            self.close()
            raise LedgerError(f"{path}: cannot be used as ledger: {error.strerror}") from None
        except LedgerError:
            self.close()
            raise

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        for one in (self._base, self._lock):
            if one is not None:
                with suppress(sqlite3.Error):
                    one.close()

    def rows(self, document: str) -> list[Row]:
        """What is known of the document's tasks, oldest first."""
        return list(self._rows("AND document = ? ORDER BY rowid", document))

    def documents(self) -> list[str]:
        """All documents of which something was pushed."""
        found = self._all(
            "SELECT document FROM item WHERE target_id = ? GROUP BY document ORDER BY min(rowid)"
        )
        return [document for (document,) in found]

    def row(self, key: str) -> Row | None:
        return next(self._rows("AND key = ?", key), None)

    def intend(self, key: str, item: WorkItem, sent: Fields) -> None:
        """Say that the entry is about to be made with these fields."""
        self._write(
            "INSERT INTO item (target_id, key, document, item, state, sent)"
            " VALUES (?, ?, ?, ?, 'pending', ?) ON CONFLICT DO UPDATE SET state = 'pending',"
            " document = excluded.document, item = excluded.item, sent = excluded.sent",
            (self._target, key, item.document, item.model_dump_json(), _json(sent)),
        )

    def attempt(self, row: Row, changes: Fields) -> None:
        """Say that these fields are about to be written; what earlier attempts would have written
        may have arrived too."""
        sent = {name: value for name, value in row.sent.items() if name not in changes}
        trying = {name: [*row.trying.get(name, []), value] for name, value in changes.items()}
        self._write(
            "UPDATE item SET sent = ?, trying = ? WHERE target_id = ? AND key = ?",
            (_json(sent), _json({**row.trying, **trying}), self._target, row.key),
        )

    def settle(
        self,
        key: str,
        item: WorkItem,
        *,
        state: State,
        entry: Entry | None = None,
        sent: Fields | None = None,
        action: str = "",
        detail: str = "",
    ) -> None:
        """Say what has become of it; with ``action`` the event is kept."""
        row = self.row(key)
        held = entry.fields if entry else (row.held if row else {})
        values = (
            *(item.document, item.model_dump_json(), state),
            _storable(entry.id) if entry else (row.remote_id if row else ""),
            _storable(entry.url) if entry else (row.url if row else ""),
            _json(sent if sent is not None else (row.sent if row else {})),
            _json(held),
            _json(row.trying if row and sent is None else {}),
            *(self._target, key),
        )
        event = (self._target, self._now(), key, action, detail) if action else None
        self._write(
            "UPDATE item SET document = ?, item = ?, state = ?, remote_id = ?, url = ?, sent = ?,"
            " held = ?, trying = ? WHERE target_id = ? AND key = ?",
            values,
            event=event,
        )

    def _rows(self, condition: str, value: str) -> Iterator[Row]:
        found = self._all(
            "SELECT key, item, state, remote_id, url, sent, held, trying FROM item"
            " WHERE target_id = ? " + condition,
            value,
        )
        for key, item, state, remote_id, url, sent, held, trying in found:
            try:
                yield Row(
                    key=key,
                    item=WorkItem.model_validate_json(item),
                    state=cast("State", state),
                    remote_id=remote_id,
                    url=url,
                    sent=_FIELDS.validate_json(sent),
                    held=_FIELDS.validate_json(held),
                    trying=_TRYING.validate_json(trying),
                )
            except ValueError as error:
                raise LedgerError(f"{self._path}: the row {key} is damaged: {error}") from None

    def _all(self, statement: str, *values: str) -> list[tuple[str, ...]]:
        if self._base is None:
            return []
        return self._base.execute(statement, (self._target, *values)).fetchall()

    def _write(
        self, statement: str, values: tuple[object, ...], *, event: tuple[object, ...] | None = None
    ) -> None:
        if self._base is None:
            raise LedgerError(f"{self._path}: opened to look only")
        try:
            with self._base:
                self._base.execute(statement, values)
                if event is not None:
                    self._base.execute(
                        "INSERT INTO event (target_id, at, key, action, detail)"
                        " VALUES (?, ?, ?, ?, ?)",
                        event,
                    )
        except sqlite3.Error as error:
            raise LedgerError(f"{self._path}: cannot be written: {error}") from None

    def _look(self, place: str) -> None:
        if not self._path.exists():
            return
        uri = f"{self._path.as_uri()}?mode=ro"
        self._base = sqlite3.connect(uri, uri=True)
        try:
            self._check()
        except sqlite3.OperationalError as error:
            raise LedgerError(
                f"{self._path}: an earlier run was cut off while it wrote here; run once without "
                f"--dry-run ({error}) / lần chạy trước bị ngắt khi đang ghi, hãy chạy thật một lần"
            ) from None
        found = self._base.execute("SELECT target_id FROM target WHERE place = ?", [place])
        self._target = next((number for (number,) in found), -1)

    def _open(self, place: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        lock = self._path.with_name(f"{self._path.name}.lock")
        self._lock = sqlite3.connect(lock, timeout=0, isolation_level=None)
        try:
            self._lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError:
            raise LedgerError(
                f"{self._path}: another push is using it / đang có lệnh push khác dùng sổ này"
            ) from None
        self._base = sqlite3.connect(self._path)
        self._base.execute("PRAGMA synchronous = FULL")
        if self._base.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,):
            self._base.executescript(f"BEGIN;{_TABLES}PRAGMA user_version = {_VERSION};COMMIT;")
        self._check()
        with self._base:
            self._base.execute(
                "INSERT INTO target (place) VALUES (?) ON CONFLICT DO NOTHING", [place]
            )
        found = self._base.execute("SELECT target_id FROM target WHERE place = ?", [place])
        self._target = found.fetchone()[0]

    def _check(self) -> None:
        if self._base is None:
            return
        columns = self._base.execute("SELECT name FROM pragma_table_info('item')").fetchall()
        (version,) = self._base.execute("PRAGMA user_version").fetchone()
        if version != _VERSION or ("sent",) not in columns:
            raise LedgerError(
                f"{self._path}: is no ledger that this version wrote / "
                "không phải sổ do phiên bản này ghi"
            )
