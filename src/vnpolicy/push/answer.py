"""A tracker's answer, and taking it apart without trusting it.

>>> text(member({"id": 12}, "id")), text(member({"id": None}, "id"))
('12', '')
>>> records({"issues": [{"id": 1}]}, "issues")
[{'id': 1}]
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from vnpolicy.errors import TrackerError

_ID = 200  # characters of an id
_TEXT = 1_000_000  # characters of any other text


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was let in; ``asked`` is what it answers, for errors."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    asked: str

    def json(self) -> Any:
        """:raises TrackerError: where it is none."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise TrackerError(f"{self.asked}: the answer is no JSON") from None


def record(value: object, *names: str) -> dict[str, Any]:
    """The object at the end of the path of names.

    :raises TrackerError: where there is none.
    """
    found = member(value, *names)
    if not isinstance(found, dict):
        raise TrackerError(f"the answer has no object {'.'.join(names) or 'at its top'}")
    return found


def records(value: object, *names: str) -> list[dict[str, Any]]:
    """The objects of the list at the end of the path of names.

    :raises TrackerError: where there is no list of objects.
    """
    found = member(value, *names)
    if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
        raise TrackerError(f"the answer has no list {'.'.join(names) or 'at its top'}")
    return found


def member(value: object, *names: str) -> Any:
    """What stands at the end of the path of names; None where there is nothing."""
    for name in names:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def text(value: object) -> str:
    """A text or number as text, without halves of surrogate pairs; empty for null.

    :raises TrackerError: for anything else, and for a text beyond all measure.
    """
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise TrackerError("the answer has something else where a text was expected")
    said = str(value) if isinstance(value, str) or abs(value) < 10**40 else ""
    if len(said) > _TEXT:
        raise TrackerError("the answer has a text beyond all measure")
    return said.encode(errors="replace").decode()


def identifier(value: object) -> str:
    """An id, which is never empty.

    :raises TrackerError: where it is none.
    """
    said = text(value)
    if not said or len(said) > _ID or not said.isprintable():
        raise TrackerError("the answer has no id that can be used")
    return said


def segment(id_: str) -> str:
    """The id as one segment of a path."""
    return quote(id_, safe="") if id_ not in (".", "..") else id_.replace(".", "%2E")
