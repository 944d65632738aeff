"""Notices from a folder of Parquet files that ``convert`` wrote.

Every table has its rows in the order of the archive, so all are read at once from front to back,
a batch of each at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from vnpolicy.errors import DamagedError, FormatError
from vnpolicy.follow import row
from vnpolicy.models import Notice

_NOTICES, _ROWS = 64, 2048  # of a batch
_TOLD = 200


def read(path: Path, *, on_error: Callable[[str, str], None]) -> Iterator[tuple[str, Notice]]:
    """The notices of the folder, each with its label.

    :raises DocumentError: where a file is not there (``FormatError``) or torn, or its rows
        belong to no notice (``DamagedError``).
    """
    tables = {name: _Table(path, name) for name in row.ORDER}
    for own in _rows(path, "notice", size=_NOTICES):
        name = own["notice_id"]
        rows = {table: found.of(name) for table, found in tables.items()}
        for table, order in row.ORDER.items():
            rows[table].sort(key=lambda one, order=order: one[order])  # type: ignore[misc]
        try:
            found = row.notice(own, rows)
        except (ValidationError, ValueError) as error:
            said = " ".join(str(error).split())[:_TOLD]
            on_error(f"{path}#{name}", f"no notice: {said} / không đọc được")
            continue
        yield str(name), found
    for left in tables.values():
        left.end()


class _Table:
    """The rows of one table, given out notice by notice."""

    def __init__(self, folder: Path, name: str) -> None:
        self._file = folder / f"{name}.parquet"
        self._rows = _rows(folder, name, size=_ROWS)
        self._next = next(self._rows, None)

    def of(self, notice: str) -> list[row.Row]:
        found: list[row.Row] = []
        while self._next is not None and self._next["notice_id"] == notice:
            found.append(self._next)
            self._next = next(self._rows, None)
        return found

    def end(self) -> None:
        """:raises DamagedError: where rows are left that nobody asked for."""
        if self._next is not None:
            name = self._next["notice_id"]
            reason = f"has rows of {name}, which is not next / các bảng không khớp nhau"
            raise DamagedError(str(self._file), reason)


def _rows(folder: Path, table: str, *, size: int) -> Iterator[dict[str, Any]]:
    try:
        import pyarrow
        from pyarrow.parquet import ParquetFile
    except ImportError:
        from vnpolicy.writers.batch import missing

        raise missing(str(folder), "pyarrow") from None
    path = folder / f"{table}.parquet"
    columns = list(row.COLUMNS[table])
    try:
        with ParquetFile(path) as file:
            lacking = [name for name in columns if name not in file.schema_arrow.names]
            if lacking:
                reason = f"is no table that vnpolicy wrote (no column {lacking[0]})"
                raise FormatError(str(path), f"{reason} / không phải tệp do vnpolicy ghi")
            for batch in file.iter_batches(batch_size=size, columns=columns):
                yield from batch.to_pylist()
    except FileNotFoundError:
        raise FormatError(str(path), "no such file in the set / thiếu tệp trong bộ") from None
    except (pyarrow.ArrowException, OSError) as error:
        said = " ".join(str(error).split())[:_TOLD]
        raise DamagedError(str(path), f"is damaged: {said} / tệp hỏng") from None
