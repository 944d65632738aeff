"""dates.parse: the corpus, the calls it refuses, and that it stays linear."""

from __future__ import annotations

import datetime
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus_cases
from vnpolicy import dates
from vnpolicy.errors import ArgumentError
from vnpolicy.lexicon import holiday, time_word

CASES = corpus_cases.read("date")


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
    found = dates.parse(case.text, case.anchor)
    assert [(one.span.start, one.span.end) for one in found] == case.spans, [
        one.text for one in found
    ]
    for record, expected in zip(found, case.values, strict=True):
        got = {name: corpus_cases.plain(getattr(record, name)) for name in expected}
        assert got == {name: None if value == "None" else value for name, value in expected.items()}


def test_the_corpus_holds_what_it_should() -> None:
    assert len(CASES) >= 250
    assert sum(not case.spans for case in CASES) >= 30


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "Hoàn thành  **trước\u00a0ngày 10/5/2024**, gửi trong\r\ntháng 6/2024"
    found = dates.parse(text)
    assert [text[one.span.start : one.span.end] for one in found] == [one.text for one in found]
    assert found[0].text == "trước\u00a0ngày 10/5/2024"
    assert found[1].text == "trong\r\ntháng 6/2024"


def test_decomposed_text_reads_the_same() -> None:
    import unicodedata

    text = "trình trước ngày 10 tháng 5 năm 2024 và hằng quý"
    plain, split = dates.parse(text), dates.parse(unicodedata.normalize("NFD", text))
    assert [one.value for one in plain] == [one.value for one in split] == ["2024-05-10", "P3M"]


@pytest.mark.parametrize("policy", ["Default", "", "bo-luat"])
def test_an_unknown_policy_is_refused(policy: str) -> None:
    with pytest.raises(ArgumentError, match="policy"):
        dates.parse("ngày 1/1/2025", policy=policy)


@pytest.mark.parametrize("anchor", ["2025-01-01", 2025, datetime.datetime(2025, 1, 1)])
def test_an_anchor_that_is_no_date_is_refused(anchor: object) -> None:
    with pytest.raises(ArgumentError, match="anchor_date"):
        dates.parse("ngày 1/1/2025", anchor)  # type: ignore[arg-type]


def test_a_text_that_is_no_string_is_refused() -> None:
    with pytest.raises(ArgumentError, match="text"):
        dates.parse(b"ngay")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("đầu tháng 4/2025", "2025-04-01"),
        ("giữa tháng 4/2025", "2025-04-15"),
        ("cuối tháng 4/2025", "2025-04-30"),
        ("đầu năm 2025", "2025-01-01"),
        ("giữa năm 2025", "2025-06-30"),
        ("cuối năm 2025", "2025-12-31"),
        # Saturday 15 March: the term ends with the next working day
        ("trong 10 ngày kể từ ngày 05/3/2025", "2025-03-17"),
    ],
)
def test_the_civil_code_has_its_own_days(text: str, due: str) -> None:
    (found,) = dates.parse(text, policy="civil-code")
    assert str(found.due_on) == due


def test_every_policy_knows_every_part() -> None:
    for policy in time_word.policies():
        for unit in ("week", "month", "quarter", "year"):
            for part in ("start", "mid", "end"):
                assert time_word.part_days(policy, part, unit) is not None


def test_working_days_need_the_holidays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holiday, "_public_holidays", lambda year: {})
    (found,) = dates.parse("trong 05 ngày làm việc kể từ ngày 03/3/2025")
    assert found.due_on is None and found.working_days is True


def test_the_wall_clock_is_not_read() -> None:
    found = dates.parse(
        "hôm nay, tuần sau, trước ngày 20/5, trong 3 tháng tới, trước Tết Nguyên đán"
    )
    assert [one.due_on for one in found] == [None] * 5


HOSTILE = [
    *(
        "ngày ",
        "ngày 1",
        "1/1/",
        "12-12-12-",
        "từ ngày ",
        "trước ",
        "định kỳ ",
        "tháng 1, ",
        "năm 2025 ",
    ),
    *(
        "quý i và ",
        "hằng năm, trước ",
        "trong 05 ngày kể từ ngày ",
        "(trước ngày 1/1 ",
        "15 (mười) ",
    ),
    *(
        "từ nay đến ",
        "thứ Hai ",
        "8h30 ",
        "a",
        " ",
        "\n",
        "ngày 1 đến ngày 2 ",
        "tháng 1 - 2, 3 và ",
        "và 1/1 ",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_repeated_fragments_stay_linear(piece: str) -> None:
    anchor = datetime.date(2025, 3, 12)
    small, large = piece * (20_000 // len(piece)), piece * (200_000 // len(piece))
    dates.parse(small, anchor)
    begin = time.perf_counter()
    dates.parse(small, anchor)
    middle = time.perf_counter()
    dates.parse(large, anchor)
    first, second = middle - begin, time.perf_counter() - middle
    assert second < 6.0
    assert second < max(0.25, first * 30), f"{first:.3f} s for 20 kB, {second:.3f} s for 200 kB"


_WORDS = st.sampled_from(
    [
        "ngày",
        "tháng",
        "năm",
        "quý",
        "tuần",
        "thứ",
        "Hai",
        "Sáu",
        "trước",
        "trong",
        "đến",
        "hết",
        "từ",
        "nay",
        "và",
        "-",
        "/",
        "1",
        "2",
        "12",
        "25",
        "30",
        "2025",
        "2026",
        "15/6",
        "6/2025",
        "hằng",
        "định",
        "kỳ",
        "làm",
        "việc",
        "kể",
        "cuối",
        "đầu",
        "giữa",
        "15h00",
        "giờ",
        "tới",
        "sau",
        "này",
        "\n",
        "(",
        ")",
        ",",
        ".",
        ":",
        "|",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_WORDS, max_size=14).map(" ".join), st.dates(datetime.date(1900, 1, 1)))
def test_anything_can_be_parsed(text: str, anchor: datetime.date) -> None:
    found = dates.parse(text, anchor)
    last = 0
    for one in found:
        assert last <= one.span.start < one.span.end <= len(text)
        assert text[one.span.start : one.span.end] == one.text
        assert one.start_on is None or one.due_on is None or one.start_on <= one.due_on
        last = one.span.end
    assert dates.parse(text, anchor) == found
