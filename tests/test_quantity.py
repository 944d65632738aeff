"""Quantities: the corpus through the extractor and the judge, hostile input, linear growth."""

import time
from collections.abc import Callable

import pytest

import corpus_cases
from vnpolicy import segment
from vnpolicy.document import Document, Taken
from vnpolicy.extractors import quantity
from vnpolicy.link import quantity as link_quantity
from vnpolicy.text import canonical


def document(text: str) -> Document:
    return segment.cut(canonical(text))


def whole(doc: Document) -> Callable[[int], tuple[int, int]]:
    """Each line is one clause."""

    def clause(at: int) -> tuple[int, int]:
        end = doc.low.find("\n", at)
        return doc.low.rfind("\n", 0, at) + 1, end if end >= 0 else len(doc.low)

    return clause


def marked(cases: list[corpus_cases.Case]) -> list[object]:
    return [
        pytest.param(
            case,
            id=case.name,
            marks=pytest.mark.xfail(reason=case.xfail, strict=True) if case.xfail else (),
        )
        for case in cases
    ]


def check(case: corpus_cases.Case, doc: Document, found: list[quantity.QuantityMention]) -> None:
    """Every bracket is found with its values, and nothing else is."""
    shift = len(doc.view.raw) - len(case.text)
    spans = []
    inside = []
    for mention in found:
        start, end = doc.view.raw_span(mention.start, mention.end)
        if start >= shift:
            spans.append((start - shift, end - shift))
            inside.append(mention)
    assert [case.text[a:b] for a, b in spans] == [case.text[a:b] for a, b in case.spans]
    assert spans == case.spans
    for mention, value in zip(inside, case.values, strict=True):
        told = {name: corpus_cases.plain(getattr(mention, name)) for name in value}
        assert told == value


@pytest.mark.parametrize("case", marked(corpus_cases.read("quantity")))
def test_finds_what_the_corpus_says(case: corpus_cases.Case) -> None:
    doc = document(case.text)
    check(case, doc, quantity.find(doc, Taken()))


def judged(case: corpus_cases.Case, *, task: bool) -> None:
    context = f"{case.context}\n\n" if case.context else ""
    doc = document(context + case.text)
    found = quantity.find(doc, Taken())
    begun = len(doc.flat) - len(canonical(case.text).text)
    tasks = [(begun, len(doc.flat))] if task else []
    link_quantity.judge(doc, found, tasks, whole(doc))
    for mention in found:
        if mention.metric is not None:
            mention.metric = doc.flat[slice(*mention.metric)]  # type: ignore[assignment]
    check(case, doc, found)


@pytest.mark.parametrize("case", marked(corpus_cases.read("quantity_role")))
def test_tells_the_role_outside_tasks(case: corpus_cases.Case) -> None:
    judged(case, task=False)


@pytest.mark.parametrize("case", marked(corpus_cases.read("quantity_task")))
def test_tells_the_role_inside_a_task(case: corpus_cases.Case) -> None:
    judged(case, task=True)


def test_the_corpus_is_large_and_a_third_of_it_says_no() -> None:
    cases = corpus_cases.read("quantity")
    negative = [case for case in cases if not case.spans]
    assert len(cases) >= 120
    assert len(negative) * 3 >= len(cases)


def test_what_is_taken_is_no_quantity() -> None:
    doc = document("Thực hiện Chương trình 135 xã nghèo và 12 dự án khác.")
    start = doc.flat.index("135")
    assert [doc.flat[m.start : m.end] for m in quantity.find(doc, Taken())] == [
        "135 xã",
        "12 dự án",
    ]
    taken = Taken([(start - 12, start + 3)])
    assert [doc.flat[m.start : m.end] for m in quantity.find(doc, taken)] == ["12 dự án"]


def test_a_reference_may_begin_at_the_counted_noun() -> None:
    doc = document("Sơ kết 3 chương trình về biển đảo trong quý này.")
    taken = Taken([(doc.flat.index("chương"), doc.flat.index(" trong"))])
    assert [doc.flat[m.start : m.end] for m in quantity.find(doc, taken)] == ["3 chương trình"]


def test_a_bound_in_a_table_has_the_unit_of_its_row() -> None:
    doc = document(
        "| TT | Chỉ tiêu | Đơn vị tính | Năm 2030 |\n| --- | --- | --- | --- |\n"
        "| 1 | Tỷ lệ phủ sóng đảo xa | % | ≥ 95 |\n| 2 | Trạm quan trắc sụt lún | trạm | ≥ 40 |\n"
    )
    found = quantity.find(doc, Taken())
    assert [(str(m.value), m.unit, m.comparator) for m in found] == [
        ("95", "%", "ge"),
        ("40", "trạm", "ge"),
    ]
    link_quantity.judge(doc, found, [], whole(doc))
    assert [m.role for m in found] == ["target", "target"]


def test_pictures_and_links_hold_no_quantities() -> None:
    doc = document(
        'Họp bàn 4 dự án. ![Ảnh 3 thợ](https://a.vn/b-5-xa.jpg "5 công nhân")\n\nhttps://a.vn/7%20ha'
    )
    assert [doc.flat[m.start : m.end] for m in quantity.find(doc, Taken())] == ["4 dự án"]


def test_roles_are_set_on_every_mention() -> None:
    doc = document("Tỉnh có 4 huyện. Thu 12 tỷ đồng, đạt 80% dự toán.\n\nGiao 3 sở việc này.")
    found = quantity.find(doc, Taken())
    link_quantity.judge(doc, found, [], whole(doc))
    assert found
    assert all(mention.role for mention in found)


HOSTILE = [
    "1" * 200,
    "1.000,",
    "1-2-3-4-",
    "12/34/",
    "5% - ",
    "từ 5 đến ",
    "hai mươi ba trăm ",
    "một phần ba ",
    "(1 ",
    "không quá ",
    "≥≤><",
    "1, 2, 3 và ",
    "tỉnh, thành phố, ",
    "3 tỉnh, thành phố, xã, phường ",
    "5 tỷ 5 triệu ",
    "https://a.vn/5 ",
    "![5](",
    "Điều 1, 2, ",
    "đạt ",
    "(",
]


def seconds(text: str) -> float:
    doc = document(text)
    begun = time.process_time()
    found = quantity.find(doc, Taken())
    link_quantity.judge(doc, found, [(0, len(doc.flat))], whole(doc))
    return time.process_time() - begun


@pytest.mark.parametrize("fragment", HOSTILE)
def test_hostile_input_grows_linearly(fragment: str) -> None:
    small = fragment * (25_000 // len(fragment))
    large = fragment * (100_000 // len(fragment))
    seconds(small)
    assert min(seconds(large) for _ in range(2)) < max(12 * seconds(small), 0.6)
