"""The corpus of tasks: every bracket a task, nothing else one, and what it says of who and when.

``leads``, ``supports`` and ``recipients`` are compared as sets, by id, or by text for a body
outside the register; ``deliverable`` by how it begins; an empty string stands for null.
"""

from typing import Any

import pytest

import corpus_cases
import vnpolicy
from corpus_cases import Case
from vnpolicy.models import Task
from vnpolicy.text import fold

CASES = corpus_cases.read("task")
ROLES = {"leads": "lead", "supports": "support", "recipients": "recipient"}


def tasks(case: Case) -> list[tuple[int, int, Task]]:
    """The tasks in the case's own text, with their spans in it."""
    before = f"{case.context}\n\n" if case.context else ""
    notice = vnpolicy.extract(before + case.text, anchor_date=case.anchor)
    shift = len(before)
    return [
        (task.span.start - shift, task.span.end - shift, task)
        for task in notice.tasks
        if task.span.start >= shift
    ]


def bodies(task: Task, role: str) -> set[str]:
    found: set[str] = set()
    for assignee in task.assignees:
        if assignee.role == role:
            found |= set(assignee.agency_ids) or {fold(assignee.text)}
    return found


def agrees(task: Task, field: str, expected: Any) -> bool:
    if field in ROLES:
        return bodies(task, ROLES[field]) == {fold(one) for one in expected}
    given = corpus_cases.plain(getattr(task, field)) or ""
    if field == "deliverable" and expected:
        return fold(given).startswith(fold(expected))
    return fold(given) == fold(expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: Case, request: pytest.FixtureRequest) -> None:
    if case.xfail:
        request.applymarker(pytest.mark.xfail(reason=case.xfail, strict=True))
    found = tasks(case)
    assert [case.text[a:b] for a, b, _ in found] == [case.text[a:b] for a, b in case.spans]
    assert [(a, b) for a, b, _ in found] == case.spans
    wrong = [
        (field, expected, task.model_dump(mode="json").get(field, task.assignees))
        for (_, _, task), value in zip(found, case.values, strict=True)
        for field, expected in value.items()
        if not agrees(task, field, expected)
    ]
    assert not wrong


def test_the_corpus_is_large_and_a_third_of_it_orders_nothing() -> None:
    assert len(CASES) >= 120
    assert 3 * sum(not case.spans for case in CASES) >= len(CASES)


def test_the_fields_named_exist() -> None:
    named = {field for case in CASES for value in case.values for field in value}
    assert named <= {*ROLES, *Task.model_fields}
