"""What a clerk would copy from a notice: a row a task, in a form that no line break changes."""

from __future__ import annotations

import unicodedata
from collections import Counter
from typing import Any

from vnpolicy import Notice

Row = tuple[Any, ...]


def rows(notice: Notice) -> Counter[Row]:
    """Every task's action, who with ids, due date, and the instruments cited."""
    return Counter(
        (
            _plain(task.action),
            tuple(sorted((one.role, tuple(one.agency_ids), _plain(one.text)) for one in
                         task.assignees)),
            task.due_on,
            tuple(sorted(filter(None, (one.id for one in task.references)))),
        )
        for task in notice.tasks
    )  # fmt: skip


def _plain(text: str) -> str:
    text = unicodedata.normalize("NFC", text.replace("*", "").replace("|", " "))
    return " ".join(text.split())


def difference(wanted: Notice, given: Notice) -> list[str]:
    """The rows that one has and the other lacks, for a person to read."""
    a, b = rows(wanted), rows(given)
    return [f"- {row}" for row in (a - b)] + [f"+ {row}" for row in (b - a)]


def share_right(wanted: Notice, given: Notice) -> float:
    """The share of the wanted rows that were given, with what must be right of them: who leads
    (by id and by number of leads) and when. The words may differ."""

    def simple(notice: Notice) -> Counter[Row]:
        return Counter(
            (
                tuple(
                    sorted(
                        tuple(one.agency_ids) or ("?",)
                        for one in task.assignees
                        if one.role == "lead"
                    )
                ),
                task.due_on,
            )
            for task in notice.tasks
        )

    a, b = simple(wanted), simple(given)
    return (a & b).total() / max(a.total(), b.total(), 1)
