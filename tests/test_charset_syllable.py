"""What can be a Vietnamese syllable, and the quality of texts."""

import re
import unicodedata

import pytest

from charset_writer import NOTICES
from vnpolicy.charset import is_syllable, quality


@pytest.mark.parametrize(
    "words",
    [
        "ủy uỷ hòa hoà thủy thuỷ khỏe khoẻ thúy loá loà",  # both places of the tone
        "lí lý kĩ kỹ tỉ tỷ sĩ sỹ quí quý qui quy mĩ mỹ",
        "nghiêng nghĩa ngành gì gìn giếng giết già giữa giường quốc quyền quýt quỳnh",
        "khuya khuỷu nguệch ngoạc huỳnh huỵch khuyến toàn xoăn hoặc loay ngoằn ngoèo",
        "được hưởng rượu bưu hươu yêu yếu yết ý ỷ ở ạ ừ oan uyển ướt",
        "đắk lắk kạn kon",
    ],
)
def test_syllables(words: str) -> None:
    assert [word for word in words.split() if not is_syllable(word)] == []


@pytest.mark.parametrize(
    "words",
    [
        "càch càc hàt tảp hỏch",  # a stopped rime takes two tones only
        "ngiên ngế gế kân cê nghà ghạ",  # the onset must fit
        "phñ chÝnh nhaân c¸c thñ",  # other encodings
        "tớng đợc trờng nớc hởng",  # the ư that was lost
        "and zone website covid strasse été",
        "hoàa tiến̉g ngườii b đ ng",
    ],
)
def test_no_syllables(words: str) -> None:
    assert [word for word in words.split() if is_syllable(word)] == []


def test_the_notices_are_of_syllables() -> None:
    for notice in NOTICES:
        share = quality(notice)
        assert share is not None and share > 0.97
        words = {word.lower() for word in re.findall(r"[^\W\d_]{2,}", notice)}
        assert sum(map(is_syllable, words)) > 0.85 * len(words)


def test_quality_of_other_texts() -> None:
    english = "The committee shall report to the minister on the first working day of each month. "
    assert quality(english * 3) < 0.5
    assert quality("".join(NOTICES).translate({ord("ư"): None, ord("ạ"): "¹"})) < 0.95


def test_what_is_not_counted() -> None:
    assert quality("Sở Tài chính") is None  # too few words
    words = (
        "giao Sở Tài chính chủ trì phối hợp với các đơn vị liên quan tổng hợp trình báo cáo xử lý "
    )
    assert (
        quality(words * 2 + "UBND HĐND QĐ-TTg https://example.vn/abc x y z an@example.org") > 0.97
    )
    assert quality(words + "") == 1


def test_decomposed_text_counts_like_composed() -> None:
    text = "Ủy ban nhân dân tỉnh giao Sở Tài chính " * 3
    assert quality(unicodedata.normalize("NFD", text)) == 1
