"""Notices as a set of Parquet files, one a table, in one folder.

``notice.parquet``, ``segment.parquet``, ``task.parquet``, ``task_assignee.parquet``,
``task_agency.parquet``, ``deadline.parquet``, ``quantity.parquet``, ``reference.parquet`` and
``warning.parquet``, with the columns of :mod:`vnpolicy.writers.tables`; a table without rows is
there too, so that a query over the folder needs no special case. Rows are in the order of the
archive and of the text, in row groups of at most 10,000, compressed with zstd. The same notices
give the same bytes with the same version of pyarrow, which writes its name into the files.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy.models import Notice
from vnpolicy.writers.batch import Batches, missing

if TYPE_CHECKING:
    import pyarrow


class ParquetSink:
    """Fills the folder ``path``, which is made where it is not there."""

    def __init__(self, path: Path) -> None:
        try:
            from pyarrow.parquet import ParquetWriter
        except ImportError:
            raise missing(str(path), "pyarrow") from None
        self._batches = Batches(str(path))
        path.mkdir(parents=True, exist_ok=True)
        self._writers = {
            table: ParquetWriter(path / f"{table}.parquet", schema, compression="zstd")
            for table, schema in self._batches.schemas.items()
        }

    def add(self, name: str, notice: Notice) -> None:
        for table, batch in self._batches.add(name, notice):
            self._write(table, batch)

    def close(self) -> None:
        for table, batch in self._batches.rest():
            self._write(table, batch)
        for writer in self._writers.values():
            writer.close()

    def _write(self, table: str, batch: pyarrow.Table) -> None:
        self._writers[table].write_table(batch, row_group_size=batch.num_rows)
