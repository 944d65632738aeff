"""Damaged text: read as what was meant, with every record at its own characters."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vnpolicy
from formats import legacy
from vnpolicy import mend
from vnpolicy.text import canonical, edited, restated

ORDER = "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính báo cáo tình hình trước ngày 20/8/2024."
NOTICES = sorted((Path(__file__).parents[1] / "corpus" / "notices").glob("*.txt"))

# Damage of every kind, each with what it says.
SAME = [
    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính báo cáo tình hình trướcngày 20/8/2024.",
    "Giao Sở Y tế chủ trì, phối hợp với SởTài chính báo cáo tình hình trước ngày 20/8/2024.",
    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính báo cáo tình hình trước ngày 2O/8/2O24.",
    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính báo cáo tình hình trước ngày 20⁄8⁄2024.",
    "Giao Sở Y_tế chủ_trì , phối_hợp với Sở Tài_chính báo_cáo tình_hình trước ngày 20/8/2024 .",
    "Giao Sở Y tế chủ trì, phối hợp với Sở Tài chính báo cáo tình hình tr\u00adước ngày 20/8/2024.",
]


def facts(text: str) -> list[object]:
    notice = vnpolicy.extract(text)
    for task in notice.tasks:
        assert notice.text[task.span.start : task.span.end] == task.text
        for one in (*task.assignees, *task.deadlines):
            assert notice.text[one.span.start : one.span.end] == one.text
    return [
        (task.due_on, [(one.role, *one.agency_ids) for one in task.assignees], task.action)
        for task in notice.tasks
    ]


@pytest.mark.parametrize("text", SAME)
def test_damage_changes_nothing_that_is_meant(text: str) -> None:
    assert facts(text) == facts(ORDER)


def test_names_are_mended_in_small_letters_only_where_ocr_read_them() -> None:
    text = "Đẳng uỷ Công an tỉnh báo cáo Văn phòng Chính phù; SỞ KHOA HỌC VA CÔNG NGHỆ"
    assert "Đẳng uỷ" in mend.view(text).view.text
    scanned = mend.view(text, scanned=True).view.text
    assert scanned == ("Đảng uỷ Công an tỉnh báo cáo Văn phòng Chính phủ; SỞ KHOA HỌC VÀ CÔNG NGHỆ")


def test_a_misread_head_is_read() -> None:
    text = "UỶ BAN NHÂN DÂN\nTĨNH KIÊN GIANG\n\nSố: 76/KH-UBND\n\nKÉ HOẠCH\n\nThu gom rác\n\n"
    header = vnpolicy.extract(
        text + "1. Sở Xây dựng báo cáo trước ngày 15 thắng 4 nám 2022."
    ).header
    assert (header.doc_type, header.issuer) == ("ke-hoach", "ubnd-kien-giang")


def test_records_point_at_the_damaged_characters() -> None:
    notice = vnpolicy.extract("Giao BộTài chính báo cáo trongtháng 8 năm 2024.")
    (task,) = notice.tasks
    assert [one.text for one in task.assignees] == ["BộTài chính"]
    assert [one.text for one in task.deadlines] == ["trongtháng 8 năm 2024"]
    assert task.deadlines[0].due_on is not None


CODES = {
    "tcvn3": lambda text: legacy.in_iconv(text, "TCVN5712-1"),
    "vni": legacy.in_vni,
}


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
@pytest.mark.parametrize("encoding", CODES)
def test_an_old_encoding_in_a_string_is_read(encoding: str, path: Path) -> None:
    """The string stays as it is; what it says is read all the same, and a warning tells so."""
    text = legacy.plain_signs(path.read_text(encoding="utf-8"))
    want, given = vnpolicy.extract(text), vnpolicy.extract(CODES[encoding](text))
    assert len(given.tasks) == len(want.tasks)
    for old, new in zip(want.tasks, given.tasks, strict=True):
        assert (old.due_on, old.action) == (new.due_on, new.action)
        assert [one.agency_ids for one in old.assignees] == [
            one.agency_ids for one in new.assignees
        ]
        assert given.text[new.span.start : new.span.end] == new.text
        assert CODES[encoding](old.text) == new.text
    assert "text-damaged" in {one.code for one in given.warnings}
    assert given.header.number == want.header.number


@pytest.mark.parametrize("path", NOTICES, ids=lambda path: path.stem)
def test_a_sound_text_is_left_alone(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    mended = mend.view(text)
    assert mended.damage is None
    assert mended.view.text == canonical(text).text


WORDS = st.lists(
    st.sampled_from(
        "Bộ Tài chính trong tháng 8 20/8/2024 Thñ t­íng Uûy ban Y_tế l00% ⁄ \n a".split(" ")
    )
)


@given(WORDS.map(" ".join))
def test_the_way_back_is_within_the_text_and_in_order(text: str) -> None:
    view = mend.view(text).view
    places = [view.raw_start(i) for i in range(len(view.text))]
    assert places == sorted(places)
    for i in range(len(view.text)):
        start, end = view.raw_span(i, i + 1)
        assert 0 <= start <= end <= len(text)


@given(st.text("ab cd\n", max_size=30), st.data())
def test_edits_keep_the_way_back(text: str, data: st.DataObject) -> None:
    view = canonical(text)
    at = data.draw(st.integers(0, len(view.text)))
    end = data.draw(st.integers(at, len(view.text)))
    told = data.draw(st.text("xy", max_size=3))
    after = edited(view, [(at, end, told)])
    assert after.text == view.text[:at] + told + view.text[end:]
    for i in range(at):
        assert after.raw_span(i, i + 1) == view.raw_span(i, i + 1)
    shift = len(told) - (end - at)
    for i in range(end, len(view.text)):
        assert after.raw_span(i + shift, i + shift + 1) == view.raw_span(i, i + 1)


@given(st.lists(st.sampled_from(["a", "bé", "cuûa", "xã,"])), st.sampled_from([" ", "\n", " \t "]))
def test_words_told_otherwise_keep_their_ends(words: list[str], gap: str) -> None:
    raw = gap.join(words)
    meant = unicodedata.normalize("NFC", gap.join(word.replace("uû", "ủ") for word in words))
    view = restated(raw, meant)
    assert view is not None
    at = 0
    for word in words:
        told = word.replace("uû", "ủ")
        start = view.text.index(told, at)
        first, last = view.raw_span(start, start + len(told))
        assert raw[first:last] == word
        at = start + len(told)


def test_words_that_do_not_pair_off_are_not_guessed() -> None:
    assert restated("a b", "a b c") is None
