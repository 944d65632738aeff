"""The deadline extractor: its corpus, cells, silent parts, taken spans, and linearity."""

from __future__ import annotations

import datetime
import itertools
import time

import pytest
import regex

import corpus_cases
from vnpolicy.document import Block, Cell, Document, Header, Taken
from vnpolicy.extractors import deadline
from vnpolicy.text import canonical, fold

CASES = corpus_cases.read("deadline")
ANCHOR = datetime.date(2025, 3, 12)


def document(text: str, anchor: datetime.date | None = ANCHOR) -> Document:
    """A document of plain paragraphs, cut here so that nothing else can fail the test."""
    view = canonical(text)
    flat = regex.sub(r"(?<=[^\n])\n(?=[^\n])", " ", view.text)
    blocks = [
        Block("paragraph", match.start(), match.end(), match.start())
        for match in regex.finditer(r"[^\n]+", flat)
    ]
    return Document(view, flat, fold(flat), blocks, Header(), anchor=anchor)


def _params() -> list[object]:
    return [
        pytest.param(
            case,
            id=case.name,
            marks=pytest.mark.xfail(reason=case.xfail, strict=True) if case.xfail else (),
        )
        for case in CASES
    ]


@pytest.mark.parametrize("case", _params())
def test_corpus(case: corpus_cases.Case) -> None:
    doc = document(case.text, case.anchor)
    found = deadline.find(doc, Taken())
    assert [(one.start, one.end) for one in found] == case.spans, [
        (doc.flat[one.start : one.end], one.doubt) for one in found
    ]
    for mention, expected in zip(found, case.values, strict=True):
        got = {name: corpus_cases.plain(getattr(mention, name)) for name in expected}
        assert got == {name: None if value == "None" else value for name, value in expected.items()}


def test_the_corpus_holds_what_it_should() -> None:
    assert len(CASES) >= 180
    assert sum(not case.spans for case in CASES) >= 50


def _row(cells: list[str], columns: list[str | None]) -> Document:
    doc = document(" | ".join(cells))
    block = doc.blocks[0]
    block.kind, place = "table_row", 0
    for cell, column in zip(cells, columns, strict=True):
        block.cells.append(Cell(place, place + len(cell), column))
        place += len(cell) + 3
    return doc


@pytest.mark.parametrize(
    ("cell", "value", "due"),
    [
        ("6/2025", "2025-06", "2025-06-30"),
        ("31/08/2025", "2025-08-31", "2025-08-31"),
        ("Quí IV-2025", "2025-Q4", "2025-12-31"),
        ("Quý IV/2025- Quý II/2026", "2025-Q4/2026-Q2", "2026-06-30"),
        ("Tháng 11 - 12/2025", "2025-11/2025-12", "2025-12-31"),
        ("2025-2026", "2025/2026", "2026-12-31"),
        ("năm 2026 - 2027", "2026/2027", "2027-12-31"),
        ("Năm 2026", "2026", "2026-12-31"),
        ("Trước ngày 15/11/2025", "2025-11-15", "2025-11-14"),
        ("Tháng 12/2025", "2025-12", "2025-12-31"),
        ("Cuối năm 2025", "2025", "2025-12-31"),
        ("30/6", "2025-06-30", "2025-06-30"),
    ],
)
def test_a_cell_under_a_date_column_is_a_deadline(cell: str, value: str, due: str) -> None:
    doc = _row(["2", "Lập hồ sơ địa chính", cell], ["tt", "nhiệm vụ", "thời gian hoàn thành"])
    (found,) = deadline.find(doc, Taken())
    assert (found.value, str(found.due_on), found.doubt) == (value, due, None)
    assert doc.flat[found.start : found.end] == cell


def test_a_cell_under_another_column_is_not_sure() -> None:
    doc = _row(["2", "12/2024", "05 ngày"], ["tt", "số hiệu", "phí"])
    assert all(one.doubt is not None for one in deadline.find(doc, Taken()))


@pytest.mark.parametrize("kind", ["header", "title", "signature", "recipients", "boilerplate"])
def test_silent_parts_hold_no_deadline(kind: str) -> None:
    doc = document("Gửi báo cáo trước ngày 25/4/2025")
    assert deadline.find(doc, Taken())
    doc.blocks[0].kind = kind
    assert deadline.find(doc, Taken()) == []


def test_what_is_taken_is_not_read_again() -> None:
    text = "theo Quyết định số 7/QĐ-UBND ngày 02/3/2025, gửi trước ngày 25/4/2025"
    doc = document(text)
    start = text.index("Quyết định")
    found = deadline.find(doc, Taken([(start, text.index(", gửi"))]))
    assert [doc.flat[one.start : one.end] for one in found] == ["trước ngày 25/4/2025"]
    everything = deadline.find(doc, Taken([(0, len(text))]))
    assert everything == []


def test_the_policy_is_the_callers() -> None:
    doc = document("Khởi công vào đầu tháng 5/2025")
    (usual,) = deadline.find(doc, Taken())
    (code,) = deadline.find(doc, Taken(), policy="civil-code")
    assert (str(usual.due_on), str(code.due_on)) == ("2025-05-10", "2025-05-01")


def test_mentions_come_in_order_and_do_not_overlap() -> None:
    text = "\n\n".join(case.text for case in CASES)
    found = deadline.find(document(text), Taken())
    assert len(found) > 100
    for before, after in itertools.pairwise(found):
        assert before.end <= after.start


@pytest.mark.parametrize(
    "piece",
    [
        *("trước ngày ", "trong tháng 5/2025, ", "hằng năm ", "ngày 1/1/2025 ", "từ nay đến "),
        *("đã ", "Cần Thơ ", "nhiệm vụ ", "đối với ", ": ", "| ", "(", "trong 5 ngày kể từ "),
    ],
)
def test_repeated_fragments_stay_linear(piece: str) -> None:
    small, large = (document(piece * (size // len(piece))) for size in (20_000, 200_000))
    deadline.find(small, Taken())
    begin = time.perf_counter()
    deadline.find(small, Taken())
    middle = time.perf_counter()
    deadline.find(large, Taken())
    first, second = middle - begin, time.perf_counter() - middle
    assert second < max(0.3, first * 30), f"{first:.3f} s for 20 kB, {second:.3f} s for 200 kB"
