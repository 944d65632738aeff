"""Citations: the corpus, names inside names, anaphors, resolution, hostile text, growth."""

from __future__ import annotations

import datetime
import time

import pytest

import corpus_cases
from vnpolicy.document import Document, Taken
from vnpolicy.extractors.reference import ReferenceMention, find
from vnpolicy.link.identity import identity, urn
from vnpolicy.link.reference import resolve
from vnpolicy.segment import cut
from vnpolicy.text import canonical

CASES = corpus_cases.read("reference")


def document(text: str, anchor: datetime.date | None = None) -> Document:
    doc = cut(canonical(text))
    doc.anchor = anchor
    return doc


def mentions(text: str, **kwargs: datetime.date) -> list[ReferenceMention]:
    doc = document(text, **kwargs)
    found = find(doc, Taken())
    resolve(doc, found)
    return found


def words(text: str) -> list[str]:
    doc = document(text)
    return [doc.flat[one.start : one.end] for one in find(doc, Taken())]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_corpus(case: corpus_cases.Case, request: pytest.FixtureRequest) -> None:
    if case.xfail:
        request.applymarker(pytest.mark.xfail(reason=case.xfail, strict=True))
    before = f"{case.context}\n\n" if case.context else ""
    doc = document(before + case.text, case.anchor)
    place = len(canonical(before).text) + 2 if before else 0
    shown = canonical(case.text)
    found = [one for one in find(doc, Taken()) if not one.anaphor and one.start >= place]
    spans = [shown.raw_span(one.start - place, one.end - place) for one in found]
    assert spans == case.spans
    for one, value in zip(found, case.values, strict=True):
        said = {field: corpus_cases.plain(getattr(one, field)) for field in value}
        wanted = {field: None if text == "null" else text for field, text in value.items()}
        assert said == wanted


def test_a_third_of_the_corpus_are_decoys() -> None:
    decoys = [case for case in CASES if not case.spans]
    assert len(CASES) >= 120
    assert 3 * len(decoys) >= len(CASES)


def test_a_name_holds_the_instrument_that_it_cites() -> None:
    assert words("Bám sát Kế hoạch thực hiện Quy hoạch điện VIII đã được duyệt.") == [
        "Kế hoạch thực hiện Quy hoạch điện VIII",
        "Quy hoạch điện VIII",
    ]
    outer, inner = mentions(
        "Căn cứ Luật sửa đổi, bổ sung một số điều của Luật Dược số 44/2024/QH15;"
    )
    assert (outer.number, outer.holds) == ("44/2024/QH15", True)
    assert (inner.name, inner.number, inner.holds) == ("Luật Dược", None, False)


def test_anaphors_are_marked_and_say_no_more() -> None:
    law, back = mentions("Luật Cư trú có hiệu lực; khoản 2 Điều 3 Quyết định này bị bãi bỏ.")
    assert not law.anaphor
    assert back.anaphor and (back.type, back.number, back.name) == ("quyet-dinh", None, None)
    assert back.provision == (("khoan", "2"), ("dieu", "3"))


def test_what_is_taken_is_left_alone() -> None:
    doc = document("Theo khoản 1 Điều 2 Luật Cư trú và Luật Hộ tịch.")
    start = doc.flat.index("Luật Hộ tịch")
    assert len(find(doc, Taken([(start, start + 4)]))) == 1


NOTICE = """ỦY BAN NHÂN DÂN
TỈNH NINH THUẬN
-------

Số: 88/QĐ-UBND

Ninh Thuận, ngày 05 tháng 4 năm 2023

QUYẾT ĐỊNH

Ban hành Kế hoạch phát triển nghề muối sạch

Điều 1. Ban hành kèm theo Quyết định này Kế hoạch phát triển nghề muối sạch.

Điều 2. Bãi bỏ Quyết định số 12/QĐ-UBND ngày 03/01/2019 và Điều 3 Quyết định này có hiệu lực ngay.
"""


def test_a_document_does_not_cite_itself() -> None:
    found = mentions(NOTICE, anchor=datetime.date(2023, 4, 5))
    cited = [one.number for one in found if not one.anaphor]
    assert cited == ["12/QĐ-UBND"]
    backs = [one for one in found if one.anaphor]
    assert [one.resolves_to for one in backs] == ["quyet-dinh/88-qd-ubnd@2023-04-05"] * 2


def test_a_short_form_stands_for_the_one_citation_of_its_number() -> None:
    whole, short = mentions(
        "Thực hiện Nghị định số 19/2022/NĐ-CP ngày 22/02/2022. Nghị định 19 còn vướng."
    )
    assert whole.resolves_to is None
    assert (short.resolves_to, short.resolved_by) == ("nghi-dinh/19-2022-nd-cp", "document")


def test_two_antecedents_are_candidates() -> None:
    *_, short = mentions(
        "Nghị định số 19/2022/NĐ-CP sửa Nghị định số 19/2015/NĐ-CP. Theo nghị định 19 thì khác."
    )
    assert short.resolves_to is None
    assert short.candidates == ["nghi-dinh/19-2015-nd-cp", "nghi-dinh/19-2022-nd-cp"]


def test_an_undated_number_stands_for_the_dated_one() -> None:
    first, again = mentions(
        "Ban hành kèm Quyết định số 411/QĐ-TTg ngày 31/3/2022. Làm theo Quyết định số 411/QĐ-TTg."
    )
    assert identity(first) == "quyet-dinh/411-qd-ttg@2022-03-31"
    assert again.resolves_to == identity(first)


@pytest.mark.parametrize(
    ("defined", "used"),
    [
        ("(sau đây gọi là Nghị quyết 66)", "Nghị quyết 66"),
        ("(gọi tắt là Nghị quyết số 66-NQ/TW)", "Nghị quyết số 66-NQ/TW"),
        ("(Nghị quyết 66)", "Nghị quyết 66"),
    ],
)
def test_an_abbreviation_stands_for_what_it_was_defined_as(defined: str, used: str) -> None:
    text = (
        f"Quán triệt Nghị quyết số 66-NQ/TW ngày 30/4/2025 của Bộ Chính trị {defined}.\n\n"
        f"Sơ kết {used}."
    )
    found = mentions(text, anchor=datetime.date(2025, 6, 1))
    assert {one.resolves_to for one in found[1:]} == {"nghi-quyet/66-nq-tw@2025-04-30"}


def test_a_bracket_with_another_number_defines_nothing() -> None:
    found = mentions(
        "Triển khai Nghị quyết số 163/2024/QH15 của Quốc hội (Nghị quyết số 50/NQ-CP)."
    )
    assert [one.resolves_to for one in found] == [None, None]


def test_the_register_decides_by_the_date() -> None:
    def law(anchor: datetime.date | None) -> str | None:
        return mentions("Theo Luật Đất đai.", anchor=anchor)[0].resolves_to

    assert law(datetime.date(2020, 5, 1)) == "luat/45-2013-qh13"
    assert law(datetime.date(2025, 5, 1)) == "luat/31-2024-qh15"
    assert law(datetime.date(2024, 5, 1)) is None  # passed, not yet in force
    assert law(None) is None
    assert mentions("Theo Luật Đất đai 2013.")[0].resolves_to == "luat/45-2013-qh13"


def test_register_names_and_their_abstentions() -> None:
    on = datetime.date(2025, 3, 1)
    assert mentions("Đẩy mạnh Đề án 06.", anchor=on)[0].resolves_to == (
        "quyet-dinh/06-qd-ttg@2022-01-06"
    )
    (number,) = mentions("Theo Quyết định số 06/QĐ-TTg.", anchor=on)
    assert number.resolves_to is None  # it repeats every year
    (party,) = mentions("Sơ kết Nghị quyết số 18-NQ/TW.", anchor=on)
    assert party.resolves_to is None  # of two terms
    assert party.candidates == ["nghi-quyet/18-nq-tw@2017-10-25", "nghi-quyet/18-nq-tw@2022-06-16"]
    (politburo,) = mentions("Sơ kết Nghị quyết số 57 của Bộ Chính trị.", anchor=on)
    assert politburo.resolves_to == "nghi-quyet/57-nq-tw@2024-12-22"


def test_urns_need_issuer_number_and_year() -> None:
    def of(text: str) -> str | None:
        return urn(mentions(text)[0])

    assert of("điểm đ khoản 1 Điều 5 Thông tư số 12/2022/TT-BTTTT ngày 12/8/2022") == (
        "urn:lex:vn:bo.thong.tin.va.truyen.thong:thong.tu:2022-08-12;12-2022-tt-btttt"
        "~dieu5;khoan1;diemdd"
    )
    assert of("Luật số 20/2023/QH15") == "urn:lex:vn:quoc.hoi:luat:2023;20-2023-qh15"
    assert of("Quyết định số 749/QĐ-TTg") is None
    assert of("Luật Đất đai năm 2024") is None
    assert of("Chỉ thị số 12-CT/TU ngày 05/5/2023") is None


@pytest.mark.parametrize(
    "piece",
    [
        "khoản 1 Điều 2 ",
        "điểm a, b, c, ",
        "Luật sửa đổi, bổ sung một số điều của ",
        "Luật Đất đai, ",
        "các Luật Đất đai và ",
        "Đề án phát triển, ",
        "Kế hoạch của ",
        "Nghị quyết 57, 58, ",
        "217, ",
        "12/2023/NĐ-CP, ",
        "Đề án “",
        "3 chương trình về ",
        "QĐ - ",
        "1/NĐ-",
        "(sau đây gọi là Luật) ",
        "Nghị định này ",
        "của Ban Chỉ đạo ",
        "ngày 1/1/2020 ",
    ],
)
def test_hostile_repeats_do_not_run_away(piece: str) -> None:
    text = "Thực hiện Nghị định số 1/2020/NĐ-CP " + piece * (200_000 // len(piece))
    doc = Document(canonical(text), text, text.lower(), [], cut(canonical("x")).header)
    began = time.perf_counter()
    found = find(doc, Taken())
    resolve(doc, found)
    assert time.perf_counter() - began < 8


def test_time_grows_with_the_text() -> None:
    piece = " ".join(case.text for case in CASES if not case.xfail) + "\n\n"

    def seconds(copies: int) -> float:
        doc = document(piece * copies)
        best = 9.0
        for _ in range(3):
            began = time.perf_counter()
            found = find(doc, Taken())
            resolve(doc, found)
            best = min(best, time.perf_counter() - began)
        return best

    assert seconds(24) < 4 * 2.2 * max(seconds(6), 0.01)
