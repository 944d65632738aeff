"""Rows gathered into Arrow tables of some thousand rows, which DuckDB and Parquet are fed with.

A batch ends after :data:`ROWS` rows or :data:`SIZE` characters, whichever comes first, so that
an archive of long documents needs no more memory than one of short ones.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from vnpolicy.errors import MissingToolError
from vnpolicy.models import Notice
from vnpolicy.writers import tables

if TYPE_CHECKING:
    import pyarrow

ROWS = 10_000
SIZE = 8_000_000


class Batches:
    """One growing batch a table; a full one is handed over by :meth:`add`."""

    def __init__(self, source: str) -> None:
        self.schemas = {table.name: schema(table, source) for table in tables.TABLES}
        self._rows: dict[str, list[tables.Cells]] = {name: [] for name in self.schemas}
        self._sizes = dict.fromkeys(self.schemas, 0)

    def add(self, name: str, notice: Notice) -> Iterator[tuple[str, pyarrow.Table]]:
        """Takes the notice's rows; gives the tables whose batch they have filled."""
        for table, row in tables.rows(name, notice):
            self._rows[table].append(row)
            self._sizes[table] += sum(len(cell) for cell in row if isinstance(cell, str))
            if len(self._rows[table]) >= ROWS or self._sizes[table] >= SIZE:
                yield table, self._taken(table)

    def rest(self) -> Iterator[tuple[str, pyarrow.Table]]:
        """What is left, table by table."""
        for table, kept in self._rows.items():
            if kept:
                yield table, self._taken(table)

    def _taken(self, table: str) -> pyarrow.Table:
        import pyarrow

        kept, self._rows[table], self._sizes[table] = self._rows[table], [], 0
        columns = zip(*kept, strict=True)
        arrays = [
            pyarrow.array(column, type=field.type)
            for column, field in zip(columns, self.schemas[table], strict=True)
        ]
        return pyarrow.Table.from_arrays(arrays, schema=self.schemas[table])


def schema(table: tables.Table, source: str) -> pyarrow.Schema:
    """The table's columns as Arrow has them.

    :raises MissingToolError: without pyarrow; ``source`` is the output that needs it.
    """
    try:
        import pyarrow
    except ImportError:
        raise missing(source, "pyarrow") from None
    types = {
        "text": pyarrow.string(),
        "int": pyarrow.int64(),
        "bool": pyarrow.bool_(),
        "date": pyarrow.date32(),
        "decimal": pyarrow.decimal128(tables.DIGITS, tables.PLACES),
    }
    return pyarrow.schema(
        [
            pyarrow.field(column.name, types[column.type], nullable=not column.required)
            for column in table.columns
        ]
    )


def missing(source: str, package: str) -> MissingToolError:
    """The error of an output whose package is not installed."""
    return MissingToolError(
        source,
        f"needs the package {package}: pip install 'vnpolicy[archive]' / "
        f"thiếu gói {package}, cài bằng lệnh: pip install 'vnpolicy[archive]'",
    )
