"""Notices as tables of one SQLite file, with the columns of :mod:`vnpolicy.writers.tables`.

All is written in one transaction. Where an earlier file is taken over, a notice that it holds
already is replaced with all of its rows, and whatever else it holds (views, tables of its
owner) stays. Dates are ISO text in columns declared ``DATE``. SQLite has no exact decimals:
``value`` is a number to reckon with, ``value_text`` the exact one. The same notices give the
same bytes in a fresh file.

``task_search`` (text, action) and ``notice_search`` (subject, text) are full-text indexes that
triggers keep in step, whoever changes a row. They need no marks and no capitals: "bo y te" finds
"Bộ Y tế". SQLite folds every Vietnamese letter but đ; their last column, ``plain``, has the
same words with d for đ, so that "lao dong" finds "Lao động" as "lao động" does::

    SELECT task.* FROM task_search JOIN task ON task.search_id = task_search.rowid
    WHERE task_search MATCH 'lao dong' ORDER BY rank
"""

from __future__ import annotations

import contextlib
import datetime
import sqlite3
from decimal import Decimal
from pathlib import Path

from vnpolicy.errors import DamagedError
from vnpolicy.models import Notice
from vnpolicy.writers import tables
from vnpolicy.writers.tables import TABLES, Table, foreign

_TYPES = {
    "text": "TEXT",
    "int": "INTEGER",
    "bool": "BOOLEAN",
    "date": "DATE",
    "decimal": f"DECIMAL({tables.DIGITS},{tables.PLACES})",
}
_SEARCHED = {"notice": ("subject", "text"), "task": ("text", "action")}
# Rows are handed over when so many notices, or characters of their texts, are held.
_NOTICES, _SIZE = 500, 16_000_000


class SqliteSink:
    """Writes to ``path``; an earlier file ``previous`` is copied there first."""

    def __init__(self, path: Path, *, previous: Path | None = None) -> None:
        upsert = previous is not None and previous.exists()
        self._held: dict[str, list[tables.Cells]] = {table.name: [] for table in TABLES}
        self._names: dict[str, None] = {}
        self._size = 0
        path.unlink(missing_ok=True)
        self._base = sqlite3.connect(path, isolation_level=None)
        try:
            if previous is not None and upsert:
                _copy(previous, self._base)
            self._begin(upsert)
            if upsert:
                self._check(previous)
        except sqlite3.DatabaseError as error:
            self._base.close()
            raise DamagedError(str(previous or path), f"does not open: {error}") from None

    def add(self, name: str, notice: Notice) -> None:
        name = tables.label(name)
        if name in self._names:
            self._flush()
        self._names[name] = None
        self._size += len(notice.text)
        for table, row in tables.rows(name, notice):
            self._held[table].append(row)
        if len(self._names) >= _NOTICES or self._size >= _SIZE:
            self._flush()

    def close(self) -> None:
        self._flush()
        for table in _SEARCHED:
            self._base.execute(f"INSERT INTO {table}_search({table}_search) VALUES ('optimize')")
        self._base.execute("COMMIT")
        self._base.close()

    def _begin(self, upsert: bool) -> None:
        # The file is a copy that nobody else has open, and is thrown away where the run fails:
        # it needs no journal to roll back with.
        self._base.execute("PRAGMA journal_mode = OFF")
        self._base.execute("PRAGMA foreign_keys = ON")
        self._base.execute("BEGIN")
        if not upsert:
            for table in TABLES:
                for statement in _created(table):
                    self._base.execute(statement)

    def _check(self, previous: Path | None) -> None:
        for table in TABLES:
            found = self._base.execute("SELECT name FROM pragma_table_info(?)", [table.name])
            expected = ["search_id"] * (table.name in _SEARCHED)
            expected += [column.name for column in table.columns]
            if [name for (name,) in found] != expected:
                self._base.close()
                raise foreign(previous, table.name)

    def _flush(self) -> None:
        """Hands over what is held. The rows of a notice go with it (``ON DELETE CASCADE``)."""
        forget = "DELETE FROM notice WHERE notice_id = ?"
        self._base.executemany(forget, [(name,) for name in self._names])
        for table in TABLES:
            names = ", ".join(f'"{column.name}"' for column in table.columns)
            marks = ", ".join("?" * len(table.columns))
            self._base.executemany(
                f"INSERT INTO {table.name} ({names}) VALUES ({marks})",
                (tuple(map(_bound, row)) for row in self._held[table.name]),
            )
            self._held[table.name].clear()
        self._names.clear()
        self._size = 0


def _bound(value: tables.Value) -> str | int | None:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return format(value, "f") if isinstance(value, Decimal) else value


def _copy(previous: Path, base: sqlite3.Connection) -> None:
    """Through SQLite and not as bytes: so what its owner wrote last, and SQLite has not yet put
    into the file itself, comes too."""
    uri = f"{previous.absolute().as_uri()}?mode=ro"
    with contextlib.closing(sqlite3.connect(uri, uri=True)) as old:
        old.backup(base)
    base.execute("PRAGMA journal_mode = DELETE")


def _created(table: Table) -> list[str]:
    """The statements that make the table, its indexes and its full-text index."""
    key = ", ".join(table.key)
    columns = [
        f'"{column.name}" {_TYPES[column.type]}{" NOT NULL" if column.required else ""}'
        for column in table.columns
    ]
    if table.name in _SEARCHED:  # a number of its own that stays when the file is compacted
        columns = ["search_id INTEGER PRIMARY KEY", *columns, f"UNIQUE ({key})"]
    else:
        columns.append(f"PRIMARY KEY ({key})")
    if table.parent:
        to = {one.name: one.key for one in TABLES}[table.parent]
        parent = ", ".join(to)
        columns.append(
            f"FOREIGN KEY ({parent}) REFERENCES {table.parent} ({parent}) ON DELETE CASCADE"
        )
    made = [f"CREATE TABLE {table.name} ({', '.join(columns)})"]
    for column in table.indexes:
        made.append(f"CREATE INDEX {table.name}_{column} ON {table.name} ({column})")
    return made + _search(table.name, _SEARCHED.get(table.name, ()))


def _search(table: str, columns: tuple[str, ...]) -> list[str]:
    """The full-text index over the table's columns: it keeps no text but reads it from a view."""
    if not columns:
        return []
    names = f"{', '.join(columns)}, plain"
    plain = " || ' ' || ".join(f"coalesce({{row}}{column}, '')" for column in columns)
    plain = f"replace(replace({plain}, 'đ', 'd'), 'Đ', 'D')"
    view, search = f"{table}_words", f"{table}_search"

    def words(row: str) -> str:
        given = ", ".join(f"{row}{column}" for column in columns)
        return f"{row}search_id, {given}, {plain.format(row=row)}"

    put = f"INSERT INTO {search}(rowid, {names}) VALUES ({words('new.')});"
    drop = f"INSERT INTO {search}({search}, rowid, {names}) VALUES ('delete', {words('old.')});"
    watched = ", ".join(columns)
    return [
        f"CREATE VIEW {view} AS SELECT {words('')} AS plain FROM {table}",
        f"CREATE VIRTUAL TABLE {search} USING fts5({names}, content='{view}', "
        "content_rowid='search_id', tokenize='unicode61 remove_diacritics 2')",
        f"CREATE TRIGGER {search}_put AFTER INSERT ON {table} BEGIN {put} END",
        f"CREATE TRIGGER {search}_drop AFTER DELETE ON {table} BEGIN {drop} END",
        f"CREATE TRIGGER {search}_change AFTER UPDATE OF {watched} ON {table} "
        f"BEGIN {drop} {put} END",
    ]
