"""``explain`` tells, for a span, which rule took it, what competed, and why a reading fell."""

from __future__ import annotations

import datetime

import vnpolicy
from vnpolicy import explanation, pipeline, readers
from vnpolicy.models.explanation import Explanation

TEXT = (
    "Giao Sở Xây dựng rà soát 14 dự án theo Nghị định số 61/2024/NĐ-CP của Chính phủ trước ngày"
    " 05/11/2026. Năm 2025, tỉnh đã giải ngân được 61%."
)


def told() -> dict[tuple[str, str], Explanation]:
    reasons = vnpolicy.explain(TEXT, datetime.date(2026, 10, 1))
    return {(one.kind, TEXT[one.span.start : one.span.end]): one for one in reasons}


def test_what_stood_names_its_rule() -> None:
    stood = {key for key, one in told().items() if one.kept and one.rule}
    assert ("assignee", "Sở Xây dựng") in stood
    assert ("quantity", "14 dự án") in stood
    assert ("deadline", "trước ngày 05/11/2026") in stood
    assert ("reference", "Nghị định số 61/2024/NĐ-CP của Chính phủ") in stood


def test_what_was_outdone_names_the_winner() -> None:
    lost = told()["assignee", "Chính phủ"]
    assert not lost.kept
    assert lost.reason == "outdone by the reference 'Nghị định số 61/2024/NĐ-CP của Chính phủ'"


def test_what_was_refused_names_the_reason() -> None:
    refused = [one for one in told().values() if one.kind == "task" and not one.kept]
    assert [one.span.start for one in refused] == [TEXT.index("Năm 2025")]
    assert refused[0].reason


def test_each_reading_told_agrees_with_the_records() -> None:
    notice = vnpolicy.extract(TEXT, datetime.date(2026, 10, 1))
    kept = {(one.kind, one.text) for one in told().values() if one.kept}
    assert {("task", task.text) for task in notice.tasks} <= kept
    assert {("quantity", quantity.text) for quantity in notice.quantities} <= kept


def test_what_the_reader_knows_counts() -> None:
    """The file's own date is the anchor where the text has none, and lets a day count as past."""
    line = '{"text": "Giao Sở Y tế báo cáo trước ngày 20/8/2010.", "date": "2024-03-01"}'
    (item,) = readers.open_bytes(line.encode(), name="a.jsonl")
    reading, _ = item.read()
    kinds = [one.kind for one in vnpolicy.explain(reading.text)]
    assert kinds.count("deadline") == 1
    told = explanation.explain_item(item)
    assert [one.kind for one in told if one.kind == "deadline"] == []
    assert pipeline.extract_item(item).deadlines == []
