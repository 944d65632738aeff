"""Records made by hand over real or invented documents, with their places in the text.

A gold file is JSON with ``text_file``, ``anchor_date`` (or null) and lists ``references``,
``deadlines``, ``quantities``, ``assignees`` and ``tasks``. An annotation has the fields of the
record and its place: ``quote`` with ``nth`` (1 for the first), or ``from`` with ``nth`` and
``to``, the first after it, or ``start`` and ``end``. A person writes quotes; offsets are found.

>>> place("Bộ A giao Bộ A", {"quote": "Bộ A", "nth": 2})
(10, 14)
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from vnpolicy.errors import DocumentError
from vnpolicy.readers.text import decode

Annotation = dict[str, Any]
Annotations = dict[str, list[Annotation]]

KINDS = ("references", "deadlines", "quantities", "assignees", "tasks")


@dataclass(slots=True)
class Gold:
    """A document with its hand-made records, their places found."""

    name: str
    text: str
    anchor_date: datetime.date | None
    records: Annotations


def read_gold(path: Path, texts: Path) -> Gold:
    """The gold file at ``path``; its text lies in the folder ``texts``.

    :raises DocumentError: where it is not such a file, or a quote is not in the text.
    """
    try:
        table = json.loads(path.read_text(encoding="utf-8"))
        file = texts / table["text_file"]
        text, _ = decode(file.read_bytes(), source=str(file))
        date = table.get("anchor_date")
        anchor = datetime.date.fromisoformat(date) if date else None
        placed = {kind: _placed(text, table.get(kind, [])) for kind in KINDS}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DocumentError(str(path), f"is no gold file: {error}") from None
    return Gold(path.stem, text, anchor, placed)


def _placed(text: str, annotations: Sequence[Annotation]) -> list[Annotation]:
    placed = []
    for annotation in annotations:
        start, end = place(text, annotation)
        placed.append({**annotation, "start": start, "end": end, "text": text[start:end]})
    return placed


def place(text: str, annotation: Annotation) -> tuple[int, int]:
    """Where the annotation is in the text.

    :raises ValueError: where the text does not hold its quote.
    """
    if "start" in annotation and "end" in annotation:
        return annotation["start"], annotation["end"]
    first = annotation["quote"] if "quote" in annotation else annotation["from"]
    start = -1
    for _ in range(annotation.get("nth", 1)):
        start = text.find(first, start + 1)
        if start < 0:
            raise ValueError(f"the text has no such quote: {first[:80]!r}")
    if "quote" in annotation:
        return start, start + len(first)
    last = annotation["to"]
    end = text.find(last, start)
    if end < 0:
        raise ValueError(f"the text has no such end of a quote: {last[:80]!r}")
    return start, end + len(last)
