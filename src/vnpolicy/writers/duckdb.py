"""Notices as tables of one DuckDB file, with the columns of :mod:`vnpolicy.writers.tables`.

Each batch is committed by itself: DuckDB keeps a transaction in memory until it ends (2.2 GB for
43,000 notices, against 0.5), and the file is nobody's before the sink is closed. Where an earlier
file is taken over, a notice that it holds already is replaced with all of its rows, and whatever
else it holds (views, tables of its owner) stays. Tables have their keys; the way from a task to
its notice is checked in SQLite only, because DuckDB refuses to replace a row that another one
points to.

DuckDB stamps every file with an identity of its own: the same notices give the same rows here,
not the same bytes. ``end`` is a word of DuckDB's own language and is written ``"end"`` or
``task.end`` in a query.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy.errors import DamagedError
from vnpolicy.models import Notice
from vnpolicy.writers.batch import Batches, missing
from vnpolicy.writers.tables import DIGITS, PLACES, TABLES, Table, foreign, label

if TYPE_CHECKING:
    import pyarrow

_TYPES = {
    "text": "VARCHAR",
    "int": "BIGINT",
    "bool": "BOOLEAN",
    "date": "DATE",
    "decimal": f"DECIMAL({DIGITS},{PLACES})",
}
# Left to itself DuckDB takes four fifths of the machine's memory, which the run's workers need.
_CONFIG: dict[str, str | bool | int | float | list[str]] = {"memory_limit": "512MB", "threads": 1}
_COLUMNS = (
    "SELECT column_name FROM duckdb_columns() WHERE table_name = ? AND schema_name = 'main' "
    "AND database_name = current_database() ORDER BY column_index"
)


class DuckdbSink:
    """Writes to ``path``; an earlier file ``previous`` is copied there first."""

    def __init__(self, path: Path, *, previous: Path | None = None) -> None:
        try:
            import duckdb
        except ImportError:
            raise missing(str(path), "duckdb") from None
        self._batches = Batches(str(path))
        self._replaced: list[str] = []
        self._upsert = previous is not None and previous.exists()
        path.unlink(missing_ok=True)
        if previous is not None and self._upsert:
            _copy(previous, path)
        try:
            self._base = duckdb.connect(str(path), config=_CONFIG)
        except duckdb.Error as error:
            raise DamagedError(str(previous or path), f"does not open: {error}") from None
        self._begin(previous)

    def add(self, name: str, notice: Notice) -> None:
        self._replaced.append(label(name))
        for table, batch in self._batches.add(name, notice):
            self._write(table, batch)

    def close(self) -> None:
        for table, batch in self._batches.rest():
            self._write(table, batch)
        self._base.close()

    def _begin(self, previous: Path | None) -> None:
        for table in TABLES:
            if not self._upsert:
                self._base.execute(_created(table))
                continue
            found = [name for (name,) in self._base.execute(_COLUMNS, [table.name]).fetchall()]
            if found != [column.name for column in table.columns]:
                self._base.close()
                raise foreign(previous, table.name)

    def _write(self, table: str, batch: pyarrow.Table) -> None:
        if self._replaced:
            self._forget()
        self._base.register("batch", batch)
        self._base.execute(f"INSERT INTO {table} SELECT * FROM batch")
        self._base.unregister("batch")

    def _forget(self) -> None:
        """Deletes what the earlier file has of the documents since the last time: many at once,
        since each time reads the whole of a table's first column."""
        import pyarrow

        if self._upsert:
            self._base.register("batch", pyarrow.table({"name": self._replaced}))
            for table in TABLES:
                self._base.execute(
                    f"DELETE FROM {table.name} WHERE notice_id IN (SELECT name FROM batch)"
                )
            self._base.unregister("batch")
        self._replaced.clear()


def _created(table: Table) -> str:
    columns = [
        f'"{column.name}" {_TYPES[column.type]}{" NOT NULL" if column.required else ""}'
        for column in table.columns
    ]
    return f"CREATE TABLE {table.name} ({', '.join(columns)}, PRIMARY KEY ({', '.join(table.key)}))"


def _copy(previous: Path, path: Path) -> None:
    """The file, and what its owner wrote last and DuckDB has not yet put into it."""
    shutil.copyfile(previous, path)
    log = Path(f"{previous}.wal")
    if log.exists():
        shutil.copyfile(log, Path(f"{path}.wal"))
