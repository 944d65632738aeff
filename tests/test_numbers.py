"""Numbers in words and digits: the corpus through ``numbers.parse``, and what holds for all."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import corpus_cases
from vnpolicy import numbers
from vnpolicy.errors import LexiconError
from vnpolicy.lexicon import number_word, quantity_cue, unit
from vnpolicy.numbers.digits import read_digits
from vnpolicy.numbers.words import read_words
from vnpolicy.text import fold


def cases() -> list[object]:
    return [
        pytest.param(
            case,
            id=case.name,
            marks=pytest.mark.xfail(reason=case.xfail, strict=True) if case.xfail else (),
        )
        for case in corpus_cases.read("number")
    ]


@pytest.mark.parametrize("case", cases())
def test_parses_what_the_corpus_says(case: corpus_cases.Case) -> None:
    found = numbers.parse(case.text)
    assert [one.text for one in found] == [case.text[a:b] for a, b in case.spans]
    assert [(one.span.start, one.span.end) for one in found] == case.spans
    for one, value in zip(found, case.values, strict=True):
        told = {name: corpus_cases.plain(getattr(one, name)) for name in value}
        assert {name: str(said) for name, said in told.items()} == value


def test_offsets_are_those_of_the_text_as_given() -> None:
    text = "\ufeffThu  **đạt** he\u0302\u0301t\u00a0  **12,9**  tỷ\u00a0đồng."
    (one,) = numbers.parse(text)
    assert text[one.span.start : one.span.end] == one.text
    assert one.value == Decimal("12900000000")


def test_a_window_is_kept() -> None:
    text = "có 3 xã, 4 xã, 5 xã"
    low = fold(text)
    found = numbers.scan(low, text, start=8, end=13)
    assert [text[m.start : m.end] for m in found] == ["4 xã"]


DIGITS = ["không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"]


def spell(number: int) -> str:
    """The number in words, written apart from the reader: the textbook way."""
    for size, name in ((10**9, "tỷ"), (10**6, "triệu"), (10**3, "nghìn")):
        if number >= size:
            rest = number % size
            return f"{spell(number // size)} {name}" + (
                f" {spell_rest(rest, size)}" if rest else ""
            )
    if number >= 100:
        rest = number % 100
        tail = "" if not rest else f" linh {DIGITS[rest]}" if rest < 10 else f" {spell(rest)}"
        return f"{DIGITS[number // 100]} trăm{tail}"
    if number < 10:
        return DIGITS[number]
    tens, ones = divmod(number, 10)
    head = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if not ones:
        return head
    if ones == 5:
        return f"{head} lăm"
    return f"{head} mốt" if ones == 1 and tens > 1 else f"{head} {DIGITS[ones]}"


def spell_rest(number: int, size: int) -> str:
    """What follows a scale, with its empty hundreds said."""
    if size == 1000 and number < 100:
        return f"không trăm {spell(number)}" if number >= 10 else f"không trăm linh {spell(number)}"
    return spell(number)


@given(st.integers(1, 999_999_999_999))
def test_reads_every_number_that_can_be_spelled(number: int) -> None:
    assert read_words(spell(number)) == number


@given(st.integers(0, 10**15), st.integers(0, 999))
def test_reads_the_vietnamese_way_of_writing(whole: int, cents: int) -> None:
    text = f"{whole:,}".replace(",", ".") + f",{cents:03d}"
    assert read_digits(text) == Decimal(f"{whole}.{cents:03d}")


@given(st.text(alphabet="0123456789.,", min_size=1, max_size=30))
def test_never_fails_on_digits_and_marks(text: str) -> None:
    numbers.parse(text)


@given(st.text(alphabet="0123456789 .,-/%()|\nđồngtỷàếhainăm$≥", max_size=80))
def test_every_expression_lies_in_the_text_and_none_overlap(text: str) -> None:
    end = 0
    for one in numbers.parse(text):
        assert end <= one.span.start < one.span.end <= len(text)
        assert text[one.span.start : one.span.end] == one.text
        end = one.span.end


def test_no_float_and_no_exponent_in_json() -> None:
    (one,) = numbers.parse("hơn 12,9 nghìn tỷ đồng")
    assert one.model_dump(mode="json")["value"] == "12900000000000"


def test_the_lexicon_is_folded_and_sound() -> None:
    for form, known in unit.units().items():
        assert fold(form) == form
        assert known.code
    for phrase in (*number_word.comparators(), *number_word.naming(), *number_word.idle_words()):
        assert fold(phrase) == phrase
    for words in (("target",), ("result",), ("baseline",), ("count",), ("other",)):
        assert quantity_cue.find_cues("đã phấn đấu", words) is not None


def test_a_unit_listed_twice_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"forms": "km|km", "unit": "km", "kind": "length", "factor": "1"}]
    monkeypatch.setattr(unit, "rows", lambda name, **_: rows if name == "units" else [])
    unit.units.cache_clear()
    try:
        with pytest.raises(LexiconError, match="km"):
            unit.units()
    finally:
        unit.units.cache_clear()


def test_known_nouns_need_no_tagger() -> None:
    import subprocess
    import sys

    code = (
        "import sys; from vnpolicy import numbers; "
        "numbers.parse('Có 53 dịch vụ công, 18 bộ, ngành, 12,9 nghìn tỷ đồng và 5 xã của huyện'); "
        "print('underthesea' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
