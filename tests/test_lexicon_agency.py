"""The register of agencies, provinces, departments and classes: its promises and its traps."""

import datetime

import pytest

from vnpolicy.lexicon.agency import (
    REGISTER_DATE,
    agencies,
    agency_names,
    by_name,
    by_symbol,
    current,
    local_parts,
    short_forms,
    spellings,
    valid,
)
from vnpolicy.lexicon.body import cues, words
from vnpolicy.lexicon.collective import class_ids, collectives
from vnpolicy.lexicon.department import departments
from vnpolicy.lexicon.province import (
    coast,
    is_city,
    province_by_name,
    province_on,
    province_successor,
    provinces,
)
from vnpolicy.text import fold

BEFORE, AFTER = datetime.date(2024, 12, 31), datetime.date(2025, 7, 2)


def test_every_agency_has_a_readable_id_and_a_source() -> None:
    for agency in agencies().values():
        assert agency.id.isascii()
        assert agency.id == agency.id.lower()
        assert " " not in agency.id
        assert agency.source.startswith("facts:") or agency.source == "observed"


def test_every_name_finds_its_agency() -> None:
    for agency in agencies().values():
        assert by_name(agency.name) == agency.id


def test_a_form_that_two_agencies_share_finds_none() -> None:
    owners: dict[str, set[str]] = {}
    for agency in agencies().values():
        for name in (agency.name, *agency.aliases):
            owners.setdefault(fold(name), set()).add(agency.id)
    for form, ids in owners.items():
        if len(ids) > 1 and form not in {fold(one.name) for one in agencies().values()}:
            assert form not in agency_names()


def test_names_in_text_are_folded() -> None:
    assert all(name == fold(name) for name in agency_names())
    assert all(name == fold(name) for name in departments())
    assert all(noun == fold(noun) for noun in collectives())


@pytest.mark.parametrize(
    ("given", "id_"),
    [
        ("Bộ TT&TT", "bo-thong-tin-va-truyen-thong"),
        ("BỘ TÀI CHÍNH", "bo-tai-chinh"),
        ("Uỷ ban Dân tộc", "uy-ban-dan-toc"),
        ("Bộ Lao động – Thương binh và Xã hội", "bo-lao-dong-thuong-binh-va-xa-hoi"),
        ("VPCP", "van-phong-chinh-phu"),
        ("Ngân hàng Nhà nước", "ngan-hang-nha-nuoc-viet-nam"),
        ("Bộ Chưa Có", None),
        ("BHXH", None),  # the insurance, more often than the agency
        ("BCT", None),  # Bộ Công Thương or Bộ Chính trị
    ],
)
def test_by_name(given: str, id_: str | None) -> None:
    assert by_name(given) == id_


@pytest.mark.parametrize(
    ("symbol", "on", "id_"),
    [
        ("VPCP", None, "van-phong-chinh-phu"),
        ("TTg", None, "thu-tuong-chinh-phu"),
        ("CP", None, "chinh-phu"),
        ("QH15", None, "quoc-hoi"),
        ("UBTVQH16", None, "uy-ban-thuong-vu-quoc-hoi"),
        ("BCT", None, "bo-cong-thuong"),
        ("TTCP", None, "thanh-tra-chinh-phu"),
        ("BNNPTNT", datetime.date(2023, 5, 5), "bo-nong-nghiep-va-phat-trien-nong-thon"),
        ("BNNPTNT", datetime.date(2025, 9, 9), None),
        ("TW", None, None),
        ("UBND", None, None),
        ("KHXH", datetime.date(2020, 1, 1), "vien-han-lam-khoa-hoc-xa-hoi-viet-nam"),
        ("KHXH", datetime.date(2008, 1, 1), "vien-khoa-hoc-xa-hoi-viet-nam"),
        ("XYZ", None, None),
    ],
)
def test_by_symbol(symbol: str, on: datetime.date | None, id_: str | None) -> None:
    assert by_symbol(symbol, on) == id_


@pytest.mark.parametrize(
    ("ids", "answering"),
    [
        (["bo-ke-hoach-va-dau-tu"], ("bo-tai-chinh",)),
        (["bo-tai-chinh", "bo-ke-hoach-va-dau-tu"], ("bo-tai-chinh",)),
        (["bo-cong-nghiep"], ("bo-cong-thuong",)),
        # Bộ Thủy sản, Bộ NN&PTNT, Bộ NN&MT: two steps
        (["bo-thuy-san"], ("bo-nong-nghiep-va-moi-truong",)),
        (["ubnd-binh-duong"], ("ubnd-ho-chi-minh",)),
        (["ubnd-thua-thien-hue", "hdnd-ha-tay"], ("ubnd-hue", "hdnd-ha-noi")),
        (["tinh-uy-dak-lak"], ("tinh-uy-dak-lak",)),
        (["so-thong-tin-va-truyen-thong-ha-giang"], ("so-khoa-hoc-va-cong-nghe-tuyen-quang",)),
        (["ubnd-cap-huyen"], ("ubnd-cap-xa", "ubnd-cac-tinh")),
        (["cac-bo", "cac-dia-phuong"], ("cac-bo", "cac-dia-phuong")),
        (["vien-nghien-cuu-lap-phap"], ()),  # ended, and nobody is known to have followed
        (["khong-biet"], ("khong-biet",)),
    ],
)
def test_current(ids: list[str], answering: tuple[str, ...]) -> None:
    assert current(ids) == answering


def test_current_on_another_day() -> None:
    assert current(["bo-giao-thong-van-tai"], as_of=BEFORE) == ("bo-giao-thong-van-tai",)
    assert current(["ubnd-phu-yen"], as_of=BEFORE) == ("ubnd-phu-yen",)


def test_successors_of_everything_end_somewhere_valid() -> None:
    for agency in agencies().values():
        for answering in current([agency.id]):
            assert valid(answering, REGISTER_DATE), (agency.id, answering)


def test_valid() -> None:
    assert valid("bo-noi-vu", AFTER)
    assert not valid("bo-giao-thong-van-tai", AFTER)
    assert valid("ubnd-phu-yen", BEFORE)
    assert not valid("ubnd-phu-yen", AFTER)
    assert not valid("so-giao-thong-van-tai-ha-noi", AFTER)
    assert not valid("ubnd-cap-huyen", AFTER)


def test_local_parts() -> None:
    assert local_parts("ubnd-ba-ria-vung-tau") == ("ubnd", "ba-ria-vung-tau")
    assert local_parts("so-van-hoa-va-the-thao-hue") == ("so-van-hoa-va-the-thao", "hue")
    assert local_parts("so-giao-dich-chung-khoan-viet-nam")[1] is None
    assert local_parts("ubnd-cac-tinh") == ("ubnd-cac-tinh", None)


def test_there_are_sixty_three_provinces_and_then_thirty_four() -> None:
    for day, number in ((BEFORE, 63), (datetime.date(2025, 6, 30), 63), (AFTER, 34)):
        assert len({one.slug for one in provinces() if province_on(one.slug, day)}) == number


def test_every_province_has_one_unit_on_a_day_and_a_successor_today() -> None:
    for one in provinces():
        for day in (BEFORE, AFTER, REGISTER_DATE):
            periods = [u for u in provinces() if u.slug == one.slug]
            assert sum(u.valid_from <= day <= u.valid_to for u in periods) <= 1
        assert province_successor(one.slug, REGISTER_DATE)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Đăk Lăk", "dak-lak"),
        ("Thừa Thiên - Huế", "thua-thien-hue"),
        ("Bà Rịa – Vũng Tàu", "ba-ria-vung-tau"),
        ("Thanh Hoá", "thanh-hoa"),
        ("TP.HCM", "ho-chi-minh"),
        ("Vinh", None),
    ],
)
def test_province_by_name(name: str, slug: str | None) -> None:
    assert province_by_name(name) == slug


def test_coast_follows_the_register_of_the_day() -> None:
    assert coast("quang-binh", "da-nang", on=BEFORE) == (
        "quang-binh", "quang-tri", "thua-thien-hue", "da-nang",
    )  # fmt: skip
    assert coast("quang-tri", "da-nang", on=AFTER) == ("quang-tri", "hue", "da-nang")
    assert coast("da-nang", "quang-tri", on=AFTER) == ("da-nang", "hue", "quang-tri")
    assert coast("quang-tri", "lai-chau", on=AFTER) == ()
    assert coast("quang-binh", "da-nang", on=AFTER) == ()


def test_cities_change() -> None:
    assert is_city("hue", datetime.date(2025, 1, 1))
    assert not is_city("dong-nai", datetime.date(2026, 4, 29))
    assert is_city("dong-nai", datetime.date(2026, 4, 30))
    assert not is_city("thai-binh", BEFORE)


def test_class_ids() -> None:
    assert class_ids(["bộ", "cơ quan", "đơn vị", "địa phương"]) == (
        "cac-bo", "cac-co-quan", "cac-dia-phuong",
    )  # fmt: skip
    assert class_ids(["huyện", "thị xã", "thành phố"]) == ("ubnd-cap-huyen",)
    assert class_ids(["tỉnh", "thành phố"]) == ("ubnd-cac-tinh",)
    assert class_ids(["đơn vị", "tổ chức"]) == ()


def test_spellings_keep_the_written_name_first() -> None:
    assert spellings("Bộ Văn hóa, Thể thao và Du lịch")[0] == "bộ văn hóa, thể thao và du lịch"


def test_short_forms_are_capitals() -> None:
    assert all(sum(c.isupper() for c in form) > 1 for f in short_forms().values() for form in f)


def test_words_and_cues() -> None:
    assert all(word == fold(word) for word in words("stop") | words("wide") | words("narrow"))
    assert cues()["theo hướng dẫn của"] == "source"
    with pytest.raises(KeyError):
        words("no such class")
