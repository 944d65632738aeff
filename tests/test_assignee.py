"""The assignee extractor against its corpus, and against what would break it."""

import datetime
import itertools
import time

import pytest
import regex

import corpus_cases
from corpus_cases import Case, plain
from vnpolicy.document import Document, Header, Taken
from vnpolicy.extractors.assignee import BodyMention, find, home
from vnpolicy.text import canonical, fold

CASES = corpus_cases.read("assignee")


def document(text: str) -> Document:
    """The text as paragraphs parted by empty lines, whatever the segmenter would make of it."""
    view = canonical(text)
    flat = regex.sub(r"(?<=[^\n])\n(?=[^\n])", " ", view.text)
    return Document(view, flat, fold(flat), [], Header())


def read(text: str, anchor: datetime.date | None = None) -> tuple[Document, list[BodyMention]]:
    doc = document(text)
    doc.anchor = anchor
    doc.home = home(doc)
    return doc, find(doc, Taken())


def cases() -> list[object]:
    marks = [
        [pytest.mark.xfail(reason=case.xfail, strict=True)] if case.xfail else [] for case in CASES
    ]
    return [pytest.param(c, id=c.name, marks=m) for c, m in zip(CASES, marks, strict=True)]


@pytest.mark.parametrize("case", cases())
def test_corpus(case: Case) -> None:
    lead = f"{case.context}\n\n" if case.context else ""
    doc, found = read(lead + case.text, case.anchor)
    found = [one for one in found if one.start >= len(lead)]
    spans = [(one.start - len(lead), one.end - len(lead)) for one in found]
    said = [doc.flat[one.start : one.end] for one in found]
    assert spans == case.spans, said
    for one, value in zip(found, case.values, strict=True):
        for name, wanted in value.items():
            assert plain(getattr(one, name)) == plain(wanted), (name, one)


def test_corpus_is_large_and_holds_decoys() -> None:
    decoys = [case for case in CASES if not case.spans]
    refused = [
        case
        for case in CASES
        if case.values and any(not v.get("agency_ids", True) or v.get("place") for v in case.values)
    ]
    assert len(CASES) >= 120
    assert 3 * (len(decoys) + len(refused)) >= len(CASES)


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("ỦY BAN NHÂN DÂN\nTỈNH THÁI BÌNH\n-------\n\nSố: 12/KH-UBND", "thai-binh"),
        ("| UBND THÀNH PHỐ ĐÀ NẴNG | CỘNG HÒA XÃ HỘI |\n\nVề việc xử lý rác thải", "da-nang"),
        (
            "VĂN PHÒNG CHÍNH PHỦ\n\nPhó Thủ tướng làm việc với lãnh đạo tỉnh Sơn La về thủy điện.",
            "son-la",
        ),
        ("Phó Thủ tướng làm việc với lãnh đạo tỉnh Sơn La và tỉnh Điện Biên về thủy điện.", None),
        ("Các bộ, ngành rà soát vốn; tỉnh Sơn La báo cáo.", None),
    ],
)
def test_home(text: str, slug: str | None) -> None:
    assert home(document(text)) == slug


def test_what_is_taken_is_left_out() -> None:
    doc = document("Nghị quyết của Chính phủ giao Bộ Y tế.")
    start = doc.low.index("chính phủ")
    found = find(doc, Taken([(0, start + len("chính phủ"))]))
    assert [one.agency_ids for one in found] == [("bo-y-te",)]


def test_mentions_are_in_order_and_apart() -> None:
    text = " ".join(case.text for case in CASES)
    _, found = read(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert all(one.start < one.end for one in found)


def test_members_of_one_list_share_a_chain() -> None:
    _, found = read(
        "Bộ Công an phối hợp với Bộ Y tế, Bộ Nội vụ và các địa phương; báo cáo Chính phủ."
    )
    assert [one.chain for one in found] == [0, 1, 1, 1, 2]
    assert [one.follows for one in found] == [None, None, -1, -1, None]
    assert [one.cue for one in found] == [None, "phối hợp với", None, None, "báo cáo"]


def test_a_bracket_does_not_part_a_list() -> None:
    _, found = read("Giao Bộ Tài chính (Kho bạc Nhà nước), Bộ Quốc phòng và Bộ Công an rà soát.")
    assert [one.chain for one in found] == [0, 1, 0, 0]
    assert [one.follows for one in found] == [None, None, -2, -1]


def test_wrapped_lines_and_old_tone_placement() -> None:
    doc, found = read("Giao Uỷ ban nhân\ndân các tỉnh Hoà Bình,\nThanh Hoá chủ trì.")
    (one,) = found
    assert one.agency_ids == ("ubnd-hoa-binh", "ubnd-thanh-hoa")
    assert doc.view.text[one.start : one.end] == "Uỷ ban nhân\ndân các tỉnh Hoà Bình,\nThanh Hoá"


HOSTILE = [
    "các bộ, ",
    "các ",
    "Ban Chỉ đạo của ",
    "Phòng Văn hóa và ",
    "Chủ tịch, ",
    "Bộ trưởng, Chủ nhiệm ",
    "UBND các tỉnh An Giang, ",
    "đồng chí Nguyễn Văn An, ",
    "Ủy ban nhân dân các xã ",
    "Trung tâm A, B và ",
    "Công ty Xây Dựng ",
    "cơ quan thuộc các cơ quan thuộc ",
    "thành viên ",
    "(sau đây gọi là Bộ) Bộ Y tế ",
    "Văn phòng Ban chỉ đạo ",
    "Ban Quản lý các ",
]


@pytest.mark.parametrize("fragment", HOSTILE)
def test_grows_in_a_straight_line(fragment: str) -> None:
    def seconds(size: int) -> float:
        doc = document(fragment * (size // len(fragment)))
        best = 9.0
        for _ in range(2):
            began = time.perf_counter()
            find(doc, Taken())
            best = min(best, time.perf_counter() - began)
        return best

    small, large = seconds(25_000), seconds(200_000)
    assert large < 3.0
    assert large < 24 * small + 0.05  # eight times the text, three times that for noise
