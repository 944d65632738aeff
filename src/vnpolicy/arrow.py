"""Record batches in, record batches out: what every engine that speaks Arrow calls.

Spark, Ray, DuckDB, Polars and Dask all hand over Arrow record batches; ``docs/engines.md`` shows
each. A batch has the columns ``id`` and ``text`` (strings) or ``data`` (a file's bytes), and may
have ``anchor_date`` (a date). For each batch comes one of :data:`SCHEMA`, row for row, in order.
A row that cannot be read has its ``error`` and nulls, and costs no other row. Needs ``pyarrow``.

>>> import pyarrow
>>> rows = {"id": ["a", "b"], "text": ["Giao Sở Y tế trình Đề án trước ngày 30/6/2025.", None]}
>>> (found,) = extract_batches([pyarrow.RecordBatch.from_pydict(rows)])
>>> [(row["id"], len(row["tasks"] or ()), row["error"]) for row in found.to_pylist()]
[('a', 1, None), ('b', 0, 'EmptyError: holds no text / không có chữ')]
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any

from vnpolicy.errors import (
    ArgumentError,
    DocumentError,
    EmptyError,
    EncodingError,
    FormatError,
    MissingToolError,
)

if TYPE_CHECKING:
    import pyarrow as pa

    from vnpolicy.models import Notice, Task

    SCHEMA: pa.Schema

__all__ = ["SCHEMA", "extract_batches"]


def extract_batches(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """For each batch of documents one of :data:`SCHEMA`, as many rows in the same order.

    :raises ArgumentError: where a batch lacks a column, or one is of another type.
    :raises MissingToolError: where pyarrow is not installed.
    """
    arrow = _arrow()
    for batch in batches:
        columns = _columns(batch)
        rows = [_row(columns, at) for at in range(batch.num_rows)]
        yield arrow.RecordBatch.from_pylist(rows, schema=_schema())


def __getattr__(name: str) -> Any:
    """``SCHEMA`` is made when it is asked for: pyarrow is loaded no earlier."""
    if name == "SCHEMA":
        return _schema()
    raise AttributeError(f"module 'vnpolicy.arrow' has no attribute {name!r}")


def _arrow() -> Any:
    try:
        return import_module("pyarrow")
    except ImportError:
        advice = "pip install 'vnpolicy[archive]' / hãy cài gói 'vnpolicy[archive]'"
        raise MissingToolError("vnpolicy.arrow", f"needs the package pyarrow: {advice}") from None


@cache
def _schema() -> Any:
    arrow = _arrow()
    string, date, integer = arrow.string(), arrow.date32(), arrow.int32()
    strings = arrow.list_(string)
    task = {
        **dict.fromkeys(("id", "text", "action", "summary", "directive", "assigner"), string),
        **dict.fromkeys(("lead", "lead_ids", "support", "support_ids", "recipient_ids"), strings),
        "due_on": date,
        "deadlines": strings,
        **dict.fromkeys(("deliverable", "urgency"), string),
        "path": strings,
        **dict.fromkeys(("start", "end", "page"), integer),
    }
    columns = {
        **dict.fromkeys(("id", "number", "doc_type"), string),
        "issued_on": date,
        "notice": string,
        "tasks": arrow.list_(arrow.struct(list(task.items()))),
        "error": string,
    }
    return arrow.schema(list(columns.items()))


def _columns(batch: pa.RecordBatch) -> dict[str, Any]:
    """The columns that are asked for, each of a type that is taken."""
    types = _arrow().types
    wanted = {
        "id": (_is_text, "strings"),
        "text": (_is_text, "strings"),
        "data": (_is_binary, "binary values"),
        "anchor_date": (types.is_date, "dates"),
    }
    found = {name: batch.column(name) for name in wanted if name in batch.schema.names}
    if "id" not in found or not ("text" in found or "data" in found):
        raise ArgumentError("batches", batch.schema.names, "columns id and text, or id and data")
    for name, column in found.items():
        takes, allowed = wanted[name]
        if not (takes(column.type) or types.is_null(column.type)):
            raise ArgumentError(f"column {name}", str(column.type), allowed)
    return found


def _is_text(kind: Any) -> bool:
    types = _arrow().types
    return bool(types.is_string(kind) or types.is_large_string(kind) or types.is_string_view(kind))


def _is_binary(kind: Any) -> bool:
    types = _arrow().types
    return bool(types.is_binary(kind) or types.is_large_binary(kind) or types.is_binary_view(kind))


def _row(columns: dict[str, Any], at: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    try:
        row["id"] = _cell(columns, "id", at)
        notice = _notice(row | {name: _cell(columns, name, at) for name in columns})
    except DocumentError as error:
        return {**row, "error": f"{type(error).__name__}: {error.reason}"}
    except Exception as error:  # this row's, whatever it is
        what = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return {**row, "error": f"internal error, please report it: {what}"}
    header = notice.header
    return {
        **row,
        "number": header.number,
        "doc_type": header.doc_type,
        "issued_on": header.issued_on,
        "notice": notice.model_dump_json(),
        "tasks": [_task(task) for task in notice.tasks],
    }


def _cell(columns: dict[str, Any], name: str, at: int) -> Any:
    try:
        return columns[name][at].as_py()
    except ValueError:  # Arrow takes an engine's word that its strings are UTF-8
        raise EncodingError(name, f"column {name} is no UTF-8 / không phải UTF-8") from None


def _notice(given: dict[str, Any]) -> Notice:
    from vnpolicy import pipeline, readers

    anchor: datetime.date | None = given.get("anchor_date")
    text, data, name = given.get("text"), given.get("data"), given["id"] or "<row>"
    if text is not None:
        return pipeline.extract(text, anchor)
    if data is None:
        raise EmptyError(name, "holds no text / không có chữ")
    main = readers.main_items(list(readers.open_bytes(data, name=name)))
    if len(main) != 1:
        reason = f"holds {len(main)} documents, and a row holds one / tệp chứa nhiều văn bản"
        raise FormatError(name, reason)
    return pipeline.extract_item(main[0], anchor)


def _task(task: Task) -> dict[str, Any]:
    lead = [one for one in task.assignees if one.role == "lead"]
    support = [one for one in task.assignees if one.role == "support"]
    recipient = [one for one in task.assignees if one.role == "recipient"]
    return {
        **{name: getattr(task, name) for name in _AS_THEY_ARE},
        "lead": [one.text for one in lead],
        "lead_ids": [name for one in lead for name in one.agency_ids],
        "support": [one.text for one in support],
        "support_ids": [name for one in support for name in one.agency_ids],
        "recipient_ids": [name for one in recipient for name in one.agency_ids],
        "deadlines": [one.text for one in task.deadlines],
        "start": task.span.start,
        "end": task.span.end,
    }


_AS_THEY_ARE = (
    *("id", "text", "action", "summary", "directive", "assigner"),
    *("due_on", "deliverable", "urgency", "path", "page"),
)
