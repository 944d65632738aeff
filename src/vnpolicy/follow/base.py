"""Notices from a SQLite or DuckDB file that ``convert`` wrote, opened for reading only.

All is read in one transaction, :data:`_CHUNK` notices at a time, in the order in which they were
added. A SQLite file that another program is writing to is read as it was last committed. DuckDB
lets nobody read a file that another program has open for writing: that is an error which says so.
A SQLite file in a folder where nothing may be written is read as it lies, which is all of it as
long as no log lies beside it.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Protocol

from pydantic import ValidationError

from vnpolicy.errors import DamagedError, DocumentError, FormatError
from vnpolicy.follow import row
from vnpolicy.models import Notice

Engine = Literal["sqlite", "duckdb"]

_CHUNK = 64  # notices: of the longest texts that are met some 100 MB
_TOLD = 200
_COLUMNS = {
    "sqlite": "SELECT name FROM pragma_table_info(?)",
    "duckdb": "SELECT column_name FROM duckdb_columns() WHERE table_name = ? "
    "AND schema_name = 'main' AND database_name = current_database()",
}


class _Base(Protocol):
    def execute(self, query: str, parameters: Sequence[Any] = ..., /) -> Any: ...

    def close(self) -> None: ...


def read(
    path: Path, *, engine: Engine, on_error: Callable[[str, str], None]
) -> Iterator[tuple[str, Notice]]:
    """The notices of the file, each with its label.

    :raises DocumentError: where the file cannot be opened; ``FormatError`` where it is no
        database of ours, ``DamagedError`` where it is torn.
    """
    wrong: type[Exception] = sqlite3.DatabaseError
    if engine == "duckdb":
        wrong = _duckdb(path).Error
    try:
        with contextlib.closing(_opened(path, engine)) as base:
            base.execute("BEGIN TRANSACTION")
            _check(path, base, engine)
            for own, rows in _rows(base):
                try:
                    found = row.notice(own, rows)
                except (ValidationError, ValueError) as error:
                    said = " ".join(str(error).split())[:_TOLD]
                    on_error(f"{path}#{own['notice_id']}", f"no notice: {said} / không đọc được")
                    continue
                yield str(own["notice_id"]), found
    except wrong as error:
        raise _error(path, error) from None


def _opened(path: Path, engine: Engine) -> _Base:
    if engine == "duckdb":
        config = {"memory_limit": "512MB", "threads": 1}
        base: _Base = _duckdb(path).connect(str(path), read_only=True, config=config)
        return base
    uri = f"{path.absolute().as_uri()}?mode=ro"
    found = sqlite3.connect(uri, uri=True, isolation_level=None)
    try:
        found.execute("SELECT 1 FROM sqlite_master LIMIT 1")
    except sqlite3.OperationalError:
        found.close()
        if Path(f"{path}-wal").exists():
            raise
        # A base with a log wants to write one; where it cannot, and none is there, the file is all.
        found = sqlite3.connect(f"{uri}&immutable=1", uri=True, isolation_level=None)
    except sqlite3.DatabaseError:
        found.close()
        raise
    return found


def _check(path: Path, base: _Base, engine: Engine) -> None:
    for table, columns in row.COLUMNS.items():
        found = {name for (name,) in base.execute(_COLUMNS[engine], [table]).fetchall()}
        lacking = [name for name in columns if name not in found]
        if lacking:
            what = f"no column {table}.{lacking[0]}" if found else f"no table {table}"
            reason = f"is no database that vnpolicy wrote ({what}) / không phải tệp do vnpolicy ghi"
            raise FormatError(str(path), reason)


def _rows(base: _Base) -> Iterator[tuple[row.Row, dict[str, list[row.Row]]]]:
    """Each notice's row with its rows of the other tables."""
    order = base.execute("SELECT notice_id FROM notice ORDER BY rowid").fetchall()
    names = [name for (name,) in order]
    for at in range(0, len(names), _CHUNK):
        chunk = names[at : at + _CHUNK]
        notices = {one["notice_id"]: one for one in _of(base, "notice", chunk)}
        children: dict[str, dict[str, list[row.Row]]] = {
            name: {table: [] for table in row.ORDER} for name in chunk
        }
        for table in row.ORDER:
            for one in _of(base, table, chunk):
                children[one["notice_id"]][table].append(one)
        for name in chunk:
            yield notices[name], children[name]


def _of(base: _Base, table: str, names: Sequence[str]) -> list[row.Row]:
    columns = row.COLUMNS[table]
    query = "SELECT {} FROM {} WHERE notice_id IN ({})".format(
        ", ".join(f'"{column}"' for column in columns), table, ", ".join("?" * len(names))
    )
    if table in row.ORDER:
        query += f" ORDER BY {row.ORDER[table]}"
    found = base.execute(query, names).fetchall()
    return [dict(zip(columns, cells, strict=True)) for cells in found]


def _error(path: Path, error: Exception) -> DocumentError:
    said = " ".join(str(error).split())[:_TOLD]
    if isinstance(error, sqlite3.OperationalError) or type(error).__name__ == "IOException":
        if "lock" in said.lower():
            reason = f"another program is writing to it: {said} / đang có chương trình khác ghi"
            return DocumentError(str(path), reason)
        return DocumentError(str(path), f"cannot be opened: {said} / không mở được")
    return DamagedError(str(path), f"is damaged, or no database: {said} / tệp hỏng")


def _duckdb(path: Path) -> Any:
    try:
        import duckdb
    except ImportError:
        from vnpolicy.writers.batch import missing

        raise missing(str(path), "duckdb") from None
    return duckdb
