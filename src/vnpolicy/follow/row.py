"""Rows of the tables of :mod:`vnpolicy.writers.tables` made into notices again.

What comes back is what following up needs: the header, the text, the source, the segments, and
the tasks with their assignees and deadlines; :func:`vnpolicy.writers.item.items` gives the same
for it as for the notice that was written. Quantities, references and warnings stay in the
tables: a notice that comes back has none, on its tasks neither, and its lists of all deadlines
and assignees are empty.

A task's ``path`` is one cell in the tables ("II.1.1.a"). Where labels hold dots themselves the
segments around the task tell them apart.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from vnpolicy.models import Notice
from vnpolicy.models.source import share
from vnpolicy.writers.tables import TABLES

Row = Mapping[str, Any]

NAMES = ("notice", "segment", "task", "task_assignee", "deadline")  # the tables that are read
COLUMNS: Mapping[str, tuple[str, ...]] = {
    table.name: tuple(column.name for column in table.columns)
    for table in TABLES
    if table.name in NAMES
}
ORDER = {
    "segment": "segment_id",
    "task": "ordinal",
    "task_assignee": "ordinal",
    "deadline": "ordinal",
}
_SOURCE = ("uri", "part", "sha256", "media_type", "reader", "encoding", "pages")
_HEADER = (
    "doc_type",
    "number",
    "issuer",
    "issuer_text",
    "place",
    "issued_on",
    "subject",
    "urgency",
    "secrecy",
)
_TASK = ("kind", "text", "page", "action", "directive", "assigner", "due_on", "deliverable")
_TASK_END = ("summary", "urgency")
_PARTY = ("text", "page", "role", "office", "inherited")
_TIME = (
    "text",
    "page",
    "value",
    "modifier",
    "start_on",
    "due_on",
    "due_time",
    "recurrence",
    "duration",
    "working_days",
    "counted_from",
    "year_inferred",
    "inherited",
)
_CLARITY = ("who", "what", "when", "result")
_NESTED = ("item", "heading")  # the segments whose labels make a path


def notice(own: Row, rows: Mapping[str, Sequence[Row]]) -> Notice:
    """The notice of one row of ``notice`` and its rows of the other tables, each in their order.

    :raises pydantic.ValidationError: for a value that no record has.
    """
    parties, times = _by_task(rows["task_assignee"]), _by_task(rows["deadline"])
    tasks = [
        _task(one, parties.get(one["task_id"], ()), times.get(one["task_id"], ()), rows["segment"])
        for one in rows["task"]
    ]
    quality = own["text_quality"]
    return Notice.model_validate(
        {
            "schema_version": own["schema_version"],
            "source": _source(own),
            "header": _header(own),
            "anchor_date": own["anchor_date"],
            "anchor_source": own["anchor_source"],
            "text": own["text"],
            "text_quality": None if quality is None else share(float(quality)),
            "segments": [_segment(one) for one in rows["segment"]],
            "tasks": [one for one in tasks if one["kind"] == "task"],
            "guidance": [one for one in tasks if one["kind"] != "task"],
        }
    )


def _source(own: Row) -> dict[str, Any]:
    confidence = own["ocr_confidence"]
    return {
        **_some(own, _SOURCE),
        "scanned_pages": (own["scanned_pages"] or "").split(),
        "ocr_confidence": None if confidence is None else share(float(confidence)),
        "title": own["file_title"],
        "date": own["file_date"],
        "envelope": json.loads(own["envelope"]) if own["envelope"] else None,
    }


def _header(own: Row) -> dict[str, Any]:
    signer = {name: own[f"signer_{name}"] for name in ("name", "title", "capacity")}
    recipients = own["recipients"].split("\n") if own["recipients"] else []
    return {**_some(own, _HEADER), "signer": signer, "recipients": recipients}


def _segment(one: Row) -> dict[str, Any]:
    kept = _some(one, ("parent", "kind", "label", "level", "page"))
    return {"id": one["segment_id"], "span": _span(one), **kept}


def _task(
    one: Row, parties: Sequence[Row], times: Sequence[Row], segments: Sequence[Row]
) -> dict[str, Any]:
    return {
        "id": one["task_id"],
        "span": _span(one),
        **_some(one, (*_TASK, *_TASK_END)),
        "path": _path(one["path"], one["start"], segments),
        "clarity": {name: one[f"clear_{name}"] for name in _CLARITY},
        "assignees": [
            {
                "span": _span(party),
                **_some(party, _PARTY),
                "agency_ids": (party["agency_ids"] or "").split(),
                "current_agency_ids": (party["current_agency_ids"] or "").split(),
            }
            for party in parties
        ],
        "deadlines": [{"span": _span(time), **_some(time, _TIME)} for time in times],
    }


def _path(cell: str | None, start: int, segments: Sequence[Row]) -> list[str]:
    """The labels that the cell joins."""
    labels = (cell or "").split(".") if cell else []
    around = [one for one in segments if one["start"] <= start < one["end"]]
    if not any("." in (one["label"] or "") for one in around):
        return labels
    around.sort(key=lambda one: one["level"])
    real = [one["label"] for one in around if one["label"] and one["kind"] in _NESTED]
    return real if ".".join(real) == cell else labels


def _by_task(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for one in rows:
        found.setdefault(one["task_id"], []).append(one)
    return found


def _span(one: Row) -> dict[str, int]:
    return {"start": one["start"], "end": one["end"]}


def _some(one: Row, names: Iterable[str]) -> dict[str, Any]:
    return {name: one[name] for name in names}
