"""A notice as rows of tables: the one place that says which columns there are, and their types.

SQLite, DuckDB and Parquet are written from here, so a query means the same in all of them.
``notice_id`` is the document's label in the archive; every other table leads back to it. Rows of
a list are counted from 1 (``ordinal``). A ``task_id`` is unique within its notice only.

Places (``start``, ``end``) are code points of ``notice.text``, as in the JSON. A number is there
twice: as ``DECIMAL(38,10)`` to reckon with, null where that would round it, and as exact text
(``value_text``). Lists of ids or labels are joined by a space (``agency_ids``), lines by a line
end (``recipients``); ``task_agency`` has the agencies one a row, for joins. ``path`` is "II.3.a",
``provision`` "diem a khoan 2 dieu 5".

>>> from vnpolicy.models import Notice, Warning
>>> list(rows("a.txt", Notice(text="x", warnings=[Warning(code="c", message="m")])))[1]
('warning', ('a.txt', 1, 'c', 'm', None, None))
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Context, Decimal, DecimalException, Inexact, InvalidOperation, Overflow
from typing import Literal

from vnpolicy.errors import ArgumentError
from vnpolicy.models import Notice, Quantity, Reference, Span, Task

Type = Literal["text", "int", "bool", "date", "decimal"]
Value = str | int | bool | datetime.date | Decimal | None
Cells = tuple[Value, ...]

DIGITS, PLACES = 38, 10  # of a decimal column
_STEP = Decimal(1).scaleb(-PLACES)
_EXACT = Context(prec=DIGITS, traps=[Inexact, InvalidOperation, Overflow])


@dataclass(frozen=True, slots=True)
class Column:
    """A column; a ``required`` one is never null."""

    name: str
    type: Type
    required: bool


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its key, the table that its rows belong to, and what is looked up in it."""

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    parent: str | None
    indexes: tuple[str, ...]


def _table(
    name: str, spec: str, *, key: str, parent: str | None = "notice", indexes: str = ""
) -> Table:
    """``spec`` names the columns: ``name`` is text, ``name:type`` of that type, ``!`` required."""
    columns = []
    for word in spec.split():
        column, _, kind = word.rstrip("!").partition(":")
        if kind not in ("", "text", "int", "bool", "date", "decimal"):
            raise AssertionError(f"{name}: no type {kind!r}")
        columns.append(Column(column, kind or "text", word.endswith("!")))  # type: ignore[arg-type]
    return Table(name, tuple(columns), tuple(key.split()), parent, tuple(indexes.split()))


_TIME = (
    "value modifier start_on:date due_on:date due_time recurrence duration working_days:bool "
    "counted_from year_inferred:bool! inherited:bool!"
)
_PLACE = "text! start:int! end:int! page:int"

# A table stands after the one that its rows belong to.
TABLES = (
    _table(
        "notice",
        "notice_id! uri part sha256 media_type reader encoding pages:int scanned_pages "
        "ocr_confidence:decimal file_title file_date:date envelope doc_type number issuer "
        "issuer_text place issued_on:date subject signer_name signer_title signer_capacity "
        "recipients urgency secrecy anchor_date:date anchor_source! text_quality:decimal text! "
        "schema_version!",
        key="notice_id",
        parent=None,
        indexes="number issued_on",
    ),
    _table(
        "segment",
        "notice_id! segment_id:int! parent:int kind! label level:int! start:int! end:int! page:int",
        key="notice_id segment_id",
    ),
    _table(
        "task",
        f"notice_id! task_id! ordinal:int! kind! {_PLACE} action! directive assigner due_on:date "
        "deliverable summary! urgency path clear_who:bool! clear_what:bool! clear_when:bool! "
        "clear_result:bool!",
        key="notice_id task_id",
        indexes="due_on",
    ),
    _table(
        "task_assignee",
        f"notice_id! task_id! ordinal:int! {_PLACE} role! agency_ids current_agency_ids office "
        "inherited:bool!",
        key="notice_id task_id ordinal",
        parent="task",
        indexes="agency_ids",
    ),
    _table(
        "task_agency",
        "notice_id! task_id! role! agency_id! current:bool!",
        key="notice_id task_id role agency_id current",
        parent="task",
        indexes="agency_id",
    ),
    _table(
        "deadline",
        f"notice_id! task_id! ordinal:int! {_PLACE} {_TIME}",
        key="notice_id task_id ordinal",
        parent="task",
        indexes="due_on",
    ),
    _table(
        "quantity",
        f"notice_id! ordinal:int! {_PLACE} value:decimal value_text! value_max:decimal "
        "value_max_text of:decimal of_text unit comparator! role! change metric due_on:date",
        key="notice_id ordinal",
        indexes="due_on",
    ),
    _table(
        "reference",
        f"notice_id! ordinal:int! {_PLACE} id! type! number number_inferred:bool! year:int "
        "issued_on:date issuer issuer_inferred:bool! provision name status! resolves_to "
        "resolved_by candidates urn title",
        key="notice_id ordinal",
        indexes="id resolves_to",
    ),
    _table(
        "warning",
        "notice_id! ordinal:int! code! message! start:int end:int",
        key="notice_id ordinal",
    ),
)


def rows(name: str, notice: Notice) -> Iterator[tuple[str, Cells]]:
    """Each row with its table's name; a row that others belong to comes before them."""
    name = label(name)
    yield "notice", _notice(name, notice)
    for part in notice.segments:
        place = (*_ends(part.span), part.page)
        yield "segment", (name, part.id, part.parent, part.kind, part.label, part.level, *place)
    for ordinal, task in enumerate([*notice.tasks, *notice.guidance], 1):
        yield from _task(name, ordinal, task)
    for ordinal, quantity in enumerate(notice.quantities, 1):
        yield "quantity", (name, ordinal, *_quantity(quantity))
    for ordinal, reference in enumerate(notice.references, 1):
        yield "reference", (name, ordinal, *_reference(reference))
    for ordinal, warning in enumerate(notice.warnings, 1):
        ends = _ends(warning.span) if warning.span else (None, None)
        yield "warning", (name, ordinal, warning.code, warning.message, *ends)


def label(name: str) -> str:
    """The name as ``notice_id``: a file's name may be bytes that are no text.

    >>> label("t\\udce0i.doc") == r"t\\udce0i.doc"
    True
    """
    return name.encode(errors="backslashreplace").decode()


def fitting(value: Decimal | None) -> Decimal | None:
    """The number with the places of a decimal column; None where it would be rounded.

    >>> fitting(Decimal("12.5")), fitting(Decimal("1E-11")), fitting(Decimal("1E+40"))
    (Decimal('12.5000000000'), None, None)
    """
    if value is None:
        return None
    try:
        return value.quantize(_STEP, context=_EXACT)
    except DecimalException:
        return None


def foreign(previous: object, table: str) -> ArgumentError:
    """The error of an earlier file whose tables are not ours."""
    allowed = (
        f"a database that this version wrote (its table {table} has other columns) / "
        "cơ sở dữ liệu do chính phiên bản này ghi"
    )
    return ArgumentError("previous", str(previous), allowed)


def _notice(name: str, notice: Notice) -> Cells:
    source, header = notice.source, notice.header
    signer, envelope = header.signer, source.envelope
    return (
        *(name, source.uri, source.part, source.sha256, source.media_type, source.reader),
        *(source.encoding, source.pages, _joined(map(str, source.scanned_pages))),
        *(fitting(source.ocr_confidence), source.title, source.date),
        envelope.model_dump_json() if envelope else None,
        *(header.doc_type, header.number, header.issuer, header.issuer_text, header.place),
        *(header.issued_on, header.subject, signer.name, signer.title, signer.capacity),
        *(_joined(header.recipients, "\n"), header.urgency, header.secrecy),
        *(notice.anchor_date, notice.anchor_source, fitting(notice.text_quality), notice.text),
        notice.schema_version,
    )


def _task(name: str, ordinal: int, task: Task) -> Iterator[tuple[str, Cells]]:
    clear = task.clarity
    yield (
        "task",
        (
            *(name, task.id, ordinal, task.kind, task.text, *_ends(task.span), task.page),
            *(task.action, task.directive, task.assigner, task.due_on, task.deliverable),
            *(task.summary, task.urgency, _joined(task.path, ".")),
            *(clear.who, clear.what, clear.when, clear.result),
        ),
    )
    # A dict keeps the order of the text; an agency may be named twice in one role.
    agencies: dict[tuple[str, str, bool], None] = {}
    for number, one in enumerate(task.assignees, 1):
        yield (
            "task_assignee",
            (
                *(name, task.id, number, one.text, *_ends(one.span), one.page, one.role),
                *(_joined(one.agency_ids), _joined(one.current_agency_ids)),
                *(one.office, one.inherited),
            ),
        )
        agencies |= dict.fromkeys((one.role, agency, False) for agency in one.agency_ids)
        agencies |= dict.fromkeys((one.role, agency, True) for agency in one.current_agency_ids)
    for agency in agencies:
        yield "task_agency", (name, task.id, *agency)
    for number, time in enumerate(task.deadlines, 1):
        yield (
            "deadline",
            (
                *(name, task.id, number, time.text, *_ends(time.span), time.page, time.value),
                *(time.modifier, time.start_on, time.due_on, time.due_time, time.recurrence),
                *(time.duration, time.working_days, time.counted_from, time.year_inferred),
                time.inherited,
            ),
        )


def _quantity(quantity: Quantity) -> Cells:
    numbers: list[Value] = []
    for value in (quantity.value, quantity.value_max, quantity.of):
        numbers += [fitting(value), None if value is None else format(value, "f")]
    return (
        *(quantity.text, *_ends(quantity.span), quantity.page, *numbers, quantity.unit),
        *(quantity.comparator, quantity.role, quantity.change),
        *(quantity.metric.text if quantity.metric else None, quantity.due_on),
    )


def _reference(one: Reference) -> Cells:
    provision = _joined(f"{step.unit} {step.label}" for step in one.provision)
    return (
        *(one.text, *_ends(one.span), one.page, one.id, one.type, one.number),
        *(one.number_inferred, one.year, one.issued_on, one.issuer, one.issuer_inferred),
        *(provision, one.name, one.status, one.resolves_to, one.resolved_by),
        *(_joined(one.candidates), one.urn, one.title),
    )


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _joined(words: Iterable[str], between: str = " ") -> str | None:
    """The words in one cell; None where there are none."""
    return between.join(words) or None
