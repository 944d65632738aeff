"""What a document says of itself: letterhead, title, foot, and the day it speaks from.

The same letterhead in every layout that texts have, then each field's own variants, then what
must stay empty. Names and places are the tests' own.
"""

import datetime

import pytest

from vnpolicy.document import Document, Header
from vnpolicy.segment import cut
from vnpolicy.text import canonical

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TITLE = "\n\nTHÔNG BÁO\n\nKết luận về bến đò Hói\n\n1. Xã Hói lát lại bậc lên xuống.\n"

LAYOUTS = {
    "left column, then right": (
        f"UBND TỈNH ĐẮK NÔNG\nVĂN PHÒNG\nSố: 31/TB-VP\n{STATE}\n{MOTTO}\n"
        "Đắk Nông, ngày 3 tháng 11 năm 2016"
    ),
    "right column, then left": (
        f"{STATE}\n{MOTTO}\nĐắk Nông, ngày 3 tháng 11 năm 2016\n"
        "UBND TỈNH ĐẮK NÔNG\nVĂN PHÒNG\nSố: 31/TB-VP"
    ),
    "side by side": (
        f"UBND TỈNH ĐẮK NÔNG          {STATE}\nVĂN PHÒNG                   {MOTTO}\n"
        "Số: 31/TB-VP           Đắk Nông, ngày 3 tháng 11 năm 2016"
    ),
    "rules between": (
        f"UBND TỈNH ĐẮK NÔNG\nVĂN PHÒNG\n-------\n{STATE}\n{MOTTO}\n---------------\n"
        "Số: 31/TB-VP\nĐắk Nông, ngày 3 tháng 11 năm 2016"
    ),
    "cells, a line each": (
        f"|\nUBND TỈNH ĐẮK NÔNG\nVĂN PHÒNG\n-------\n|\n{STATE}\n{MOTTO}\n---------\n|\n|\n"
        "Số: 31/TB-VP\n|\nĐắk Nông, ngày 3 tháng 11 năm 2016\n|"
    ),
    "a Markdown table": (
        f"| UBND TỈNH ĐẮK NÔNG<br>VĂN PHÒNG | {STATE} {MOTTO} |\n| --- | --- |\n"
        "| Số: 31/TB-VP | Đắk Nông, ngày 3 tháng 11 năm 2016 |"
    ),
    "bold type": (
        f"**UBND TỈNH ĐẮK NÔNG**\n\n**VĂN PHÒNG**\n\nSố: 31/TB-VP\n\n**{STATE}**\n\n**{MOTTO}**\n\n"
        "*Đắk Nông, ngày 3 tháng 11 năm 2016*"
    ),
    "one line": (
        f"UBND TỈNH ĐẮK NÔNG VĂN PHÒNG {STATE} {MOTTO} Số: 31/TB-VP "
        "Đắk Nông, ngày 3 tháng 11 năm 2016"
    ),
    "zeros and wide spaces": (
        f"UBND TỈNH ĐẮK NÔNG\nVĂN PHÒNG\n{STATE}\n{MOTTO}\nSố : 31 /TB-VP\n"
        "Đắk Nông , ngày 03   tháng 11  năm 2016"
    ),
}


def read(text: str) -> Document:
    """The document cut from a text as a caller gives it."""
    return cut(canonical(text))


def head(text: str) -> Header:
    return read(text).header


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_layouts_say_the_same(layout: str) -> None:
    doc = read(LAYOUTS[layout] + TITLE)
    header = doc.header
    assert header.number == "31/TB-VP"
    assert header.issued_on == datetime.date(2016, 11, 3)
    assert header.place == "Đắk Nông"
    assert header.doc_type == "thong-bao"
    assert header.subject == "Kết luận về bến đò Hói"
    assert (doc.anchor, doc.anchor_source) == (datetime.date(2016, 11, 3), "header")
    assert not doc.press
    assert doc.blocks[-1].kind == "item"
    assert {block.kind for block in doc.blocks} <= {"header", "title", "item", "boilerplate"}


@pytest.mark.parametrize("layout", sorted(set(LAYOUTS) - {"one line"}))
def test_layouts_name_the_body_and_its_superior(layout: str) -> None:
    assert head(LAYOUTS[layout] + TITLE).issuer_text == "UBND TỈNH ĐẮK NÔNG - VĂN PHÒNG"


@pytest.mark.parametrize("layout", LAYOUTS, ids=str)
def test_spans_hold_what_was_read(layout: str) -> None:
    doc = read(LAYOUTS[layout] + TITLE)
    assert doc.header.number_span is not None
    assert doc.header.subject_span is not None
    start, end = doc.header.number_span
    assert doc.flat[start:end].replace(" ", "") == "31/TB-VP"
    start, end = doc.header.subject_span
    assert doc.flat[start:end] == "Kết luận về bến đò Hói"


def letter(number: str, *, body: str = "SỞ NỘI VỤ", day: str = "ngày 2 tháng 2 năm 2015") -> str:
    return f"{body}\n{STATE}\n{MOTTO}\n{number}\nCà Mau, {day}\n"


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("Số: 5/SNV-TCBC", "5/SNV-TCBC"),
        ("Số: 1208 /UBND-NC", "1208/UBND-NC"),
        ("Số 44-CTr/HU", "44-CTr/HU"),
        ("Số: 09/2013/QĐ-UBND", "09/2013/QĐ-UBND"),
        ("Số: 77/BC-ĐĐBQH14", "77/BC-ĐĐBQH14"),
        ("Số: 12a/QĐ-TTg", "12a/QĐ-TTg"),
        ("SỐ: 3/HĐND-TT", "3/HĐND-TT"),
        ("Số:        /SNV-TCBC", None),
        ("Số:    -KL/HU", None),
        ("Số: ....../KH-SNV", None),
        ("Số:", None),
        ("Số lượng: 12 bản", None),
    ],
)
def test_number(written: str, number: str | None) -> None:
    header = head(letter(written) + TITLE)
    assert header.number == number
    assert header.issuer_text == "SỞ NỘI VỤ"


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("ngày 29 tháng 02 năm 2020", datetime.date(2020, 2, 29)),
        ("ngày 7/8/2021", datetime.date(2021, 8, 7)),
        ("ngày     tháng 8 năm 2021", None),
        ("ngày ... tháng ... năm 2021", None),
        ("ngày 30 tháng 02 năm 2020", None),
        ("ngày 5 tháng 13 năm 2020", None),
        ("tháng 6 năm 2020", None),
    ],
)
def test_day(written: str, day: datetime.date | None) -> None:
    doc = read(letter("Số: 5/TB-SNV", day=written) + TITLE)
    assert doc.header.issued_on == day
    assert doc.anchor == day
    assert doc.anchor_source == ("header" if day else "none")


@pytest.mark.parametrize(
    ("body", "issuer"),
    [
        ("THỦ TƯỚNG CHÍNH PHỦ", "THỦ TƯỚNG CHÍNH PHỦ"),
        ("BỘ Y TẾ\nCỤC PHÒNG BỆNH", "BỘ Y TẾ - CỤC PHÒNG BỆNH"),
        ("ỦY BAN NHÂN DÂN\nTHỊ XÃ AN KHÊ", "ỦY BAN NHÂN DÂN THỊ XÃ AN KHÊ"),
        ("BỘ NÔNG NGHIỆP\nVÀ MÔI TRƯỜNG", "BỘ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"),
        ("UBND HUYỆN MÈO VẠC\nPHÒNG NỘI VỤ", "UBND HUYỆN MÈO VẠC - PHÒNG NỘI VỤ"),
        ("UBND tỉnh Bến Tre\nSở Công Thương", "UBND tỉnh Bến Tre - Sở Công Thương"),
        ("HỎA TỐC\nSỞ NỘI VỤ", "SỞ NỘI VỤ"),
    ],
)
def test_issuer(body: str, issuer: str) -> None:
    assert head(letter("Số: 6/TB-X", body=body) + TITLE).issuer_text == issuer


@pytest.mark.parametrize(
    ("mark", "urgency", "secrecy"),
    [
        ("HỎA TỐC", "HỎA TỐC", None),
        ("THƯỢNG KHẨN", "THƯỢNG KHẨN", None),
        ("KHẨN", "KHẨN", None),
        ("MẬT", None, "MẬT"),
        ("TỐI MẬT", None, "TỐI MẬT"),
        ("KHẨN TRƯƠNG TRIỂN KHAI", None, None),
    ],
)
def test_marks(mark: str, urgency: str | None, secrecy: str | None) -> None:
    header = head(f"{mark}\n" + letter("Số: 8/TB-SNV") + TITLE)
    assert (header.urgency, header.secrecy) == (urgency, secrecy)


def test_marks_below_the_number() -> None:
    header = head(letter("Số: 8/SNV-TCBC") + "\nHỎA TỐC\n\nKính gửi: Các xã ven hồ.\n")
    assert (header.urgency, header.doc_type) == ("HỎA TỐC", "cong-van")


def test_recipients_on_one_line() -> None:
    text = letter("Số: 5/TB-SNV") + TITLE + "\nNơi nhận: Sở Y tế; các phường; Lưu: VT.\n"
    assert head(text).recipients == ["Sở Y tế", "các phường", "Lưu: VT"]


@pytest.mark.parametrize(
    ("title", "doc_type", "subject"),
    [
        ("THÔNG BÁO\nVề lịch cắt điện", "thong-bao", "Về lịch cắt điện"),
        ("CÔNG ĐIỆN\nVề phòng cháy chợ", "cong-dien", "Về phòng cháy chợ"),
        ("CHỈ THỊ\nVề việc bảo vệ đàn voi", "chi-thi", "Về việc bảo vệ đàn voi"),
        ("KẾ HOẠCH\nTrồng rừng ngập mặn", "ke-hoach", "Trồng rừng ngập mặn"),
        ("QUYẾT ĐỊNH\nVề việc lập chợ phiên", "quyet-dinh", "Về việc lập chợ phiên"),
        ("NGHỊ QUYẾT\nVề phí bến bãi", "nghi-quyet", "Về phí bến bãi"),
        ("THÔNG BÁO KẾT LUẬN\nvề giá nước", "thong-bao", "về giá nước"),
    ],
)
def test_title(title: str, doc_type: str, subject: str) -> None:
    header = head(f"{letter('Số: 2/XX-SNV')}\n{title}\n\nCăn cứ tình hình, yêu cầu:\n1. Xã A lo.")
    assert header.doc_type == doc_type
    assert header.subject == subject


def test_the_symbol_tells_the_type_where_the_title_is_lost() -> None:
    assert head(letter("Số: 9/KH-SNV") + "\nI. MỤC TIÊU\n\n1. Vá đường.").doc_type == "ke-hoach"


LETTER = f"""UBND TỈNH HẬU GIANG
SỞ TÀI CHÍNH
Số: 310/STC-NS
V/v gia hạn nộp báo cáo
quỹ dân lập
{STATE}
{MOTTO}
Hậu Giang, ngày 4 tháng 4 năm 2014

Kính gửi: Các trường tiểu học.

Sở Tài chính gia hạn nộp báo cáo như sau.

Nơi nhận:
- Như trên;
- Giám đốc (b/c);
- Lưu: VT.

KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC

Danh Thị Sa Rây
"""


def test_a_letter_has_its_subject_under_the_number() -> None:
    header = head(LETTER)
    assert header.doc_type == "cong-van"
    assert header.subject == "gia hạn nộp báo cáo quỹ dân lập"
    assert header.number == "310/STC-NS"
    assert header.recipients == ["Như trên", "Giám đốc (b/c)", "Lưu: VT"]
    assert header.signer_name == "Danh Thị Sa Rây"
    assert (header.signer_title, header.signer_capacity) == ("PHÓ GIÁM ĐỐC", "KT.")


def test_a_long_subject_left_of_the_states_name() -> None:
    """A Word file's left column comes before its right one, and its lines are not wrapped."""
    topic = "đôn đốc xử lý kiến nghị của các hợp tác xã và giải ngân vốn sự nghiệp năm 2026"
    text = (
        f"UBND TỈNH CÀ MAU\nSỞ TÀI CHÍNH\n\nSố: 87/STC-NS\n\nV/v {topic}\n\n{STATE}\n\n{MOTTO}\n\n"
    )
    text += (
        "Cà Mau, ngày 5 tháng 3 năm 2026\n\nKính gửi: Sở Y tế tỉnh Cà Mau.\n\nSở đề nghị phối hợp."
    )
    header = head(text)
    assert header.number == "87/STC-NS"
    assert header.subject == topic
    assert header.issued_on == datetime.date(2026, 3, 5)


def test_an_issuer_whose_last_line_stands_below_the_motto() -> None:
    """Typed with spaces for columns, a blank line after each."""
    lines = [
        f"UBND TỈNH GIA LAI          {STATE}",
        f"BAN QUẢN LÝ KHU KINH TẾ        {MOTTO}",
        "LỆ THANH",
        "*****",
        "Số: 61/QĐ-BQL          Pleiku, ngày 5 tháng 3 năm 2007",
        "QUYẾT ĐỊNH",
        "V/v chi tiêu nội bộ",
        "Điều 1. Ban hành Quy chế.",
    ]
    header = head("\n\n".join(lines))
    assert header.doc_type == "quyet-dinh"
    assert header.number == "61/QĐ-BQL"
    assert header.issuer_text == "UBND TỈNH GIA LAI - BAN QUẢN LÝ KHU KINH TẾ LỆ THANH"


def test_the_letterhead_of_an_annex_orders_nothing() -> None:
    text = LAYOUTS["side by side"] + TITLE + "\nNơi nhận:\n- Như trên.\n\n"
    text += (
        f"UBND TỈNH ĐẮK NÔNG          {STATE}\n\nVĂN PHÒNG                   {MOTTO}\n\nQUY CHẾ\n"
    )
    document = read(text)
    mottos = [b.kind for b in document.blocks if MOTTO in document.flat[b.start : b.end]]
    assert mottos == ["header", "boilerplate"]


OLD_TITLES = {
    "with the number of another below": (
        "QUYẾT ĐỊNH\nCỦA THỦ TƯỚNG CHÍNH PHỦ SỐ   98 /2003/QĐ-TTg NGÀY 14 THÁNG 5 NĂM 2003\n"
        "VỀ VIỆC LẬP QUỸ NƯỚC SẠCH\n\nTHỦ TƯỚNG CHÍNH PHỦ\n\nCăn cứ Luật Tài nguyên nước\n"
        "số 08/1998/QH10 ngày 20 tháng 5 năm 1998;"
    ),
    "in capitals over lines": (
        "QUYẾT ĐỊNH\n\nCỦA THỦ TƯỚNG CHÍNH PHỦ SỐ 98/2003/QĐ-TTG\nNGÀY 14 THÁNG 5 NĂM 2003 "
        "VỀ VIỆC LẬP QUỸ NƯỚC SẠCH\n\nTHỦ TƯỚNG CHÍNH PHỦ\n\nCăn cứ Luật Tài nguyên nước;"
    ),
    "in small letters": (
        "Quyết định\ncủa Thủ tướng Chính phủ số 98/2003/QĐ-TTg ngày 14 tháng 5 năm 2003\n"
        "về việc lập Quỹ nước sạch\n\nThủ tướng Chính phủ\n\nCăn cứ Luật Tài nguyên nước;"
    ),
    "on one line": (
        "Quyết định của Thủ tướng Chính phủ số 98/2003/QĐ-TTg ngày 14 tháng 5 năm 2003 "
        "về việc lập Quỹ nước sạch\n\nTHỦ TƯỚNG CHÍNH PHỦ\n\nCăn cứ Luật Tài nguyên nước;"
    ),
}


@pytest.mark.parametrize("layout", OLD_TITLES)
def test_an_old_title_holds_issuer_number_and_day(layout: str) -> None:
    """As law gazettes print them, and the files of their editors."""
    header = head(OLD_TITLES[layout] + "\n\nĐiều 1. Lập Quỹ nước sạch.\n")
    assert header.doc_type == "quyet-dinh"
    assert header.number == "98/2003/QĐ-TTg"
    assert header.issued_on == datetime.date(2003, 5, 14)
    assert header.issuer_text is not None and header.issuer_text.lower() == "thủ tướng chính phủ"
    assert header.subject is not None and header.subject.lower() == "về việc lập quỹ nước sạch"


def test_a_letter_whose_number_was_not_yet_given() -> None:
    header = head(LETTER.replace("Số: 310/STC-NS\n", ""))
    assert header.number is None
    assert header.issuer_text == "UBND TỈNH HẬU GIANG - SỞ TÀI CHÍNH"
    assert header.subject == "gia hạn nộp báo cáo quỹ dân lập"


def test_a_day_of_which_only_the_month_is_known_is_no_anchor() -> None:
    doc = read(f"date 2022-03\n\n{PROSE}")
    assert (doc.anchor, doc.anchor_source) == (None, "none")


FOOT = letter("Số: 5/TB-SNV") + TITLE + "\nNơi nhận:\n- Như trên;\n- Lưu: VT.\n\n"


@pytest.mark.parametrize(
    ("foot", "name", "title", "capacity"),
    [
        ("CHỦ TỊCH\n\nVõ Tấn Đạt", "Võ Tấn Đạt", "CHỦ TỊCH", None),
        ("CHỦ TỊCH\n(Đã ký)\nVõ Tấn Đạt", "Võ Tấn Đạt", "CHỦ TỊCH", None),
        ("TM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nVõ Tấn Đạt", "Võ Tấn Đạt", "CHỦ TỊCH", "TM."),
        ("KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nH'Lim Niê", "H'Lim Niê", "PHÓ CHỦ TỊCH", "KT."),
        (
            "TL. CHỦ TỊCH\nKT. CHÁNH VĂN PHÒNG\nPHÓ CHÁNH VĂN PHÒNG\n\nVõ Tấn Đạt",
            *("Võ Tấn Đạt", "PHÓ CHÁNH VĂN PHÒNG", "KT."),
        ),
        ("KT. BỘ TRƯỞNGTHỨ TRƯỞNGVõ Tấn Đạt", "Võ Tấn Đạt", "THỨ TRƯỞNG", "KT."),
        ("TUQ. GIÁM ĐỐC\nTRƯỞNG PHÒNG\n\nVõ Tấn Đạt", "Võ Tấn Đạt", "TRƯỞNG PHÒNG", "TUQ."),
        ("KT. CHỦ TỊCH\n\nVõ Tấn Đạt", "Võ Tấn Đạt", None, "KT."),
        ("GIÁM ĐỐC", None, "GIÁM ĐỐC", None),
    ],
)
def test_signer(foot: str, name: str | None, title: str | None, capacity: str | None) -> None:
    header = head(FOOT + foot)
    assert header.signer_name == name
    assert header.signer_title == title
    assert header.signer_capacity == capacity


def test_a_foot_in_cells() -> None:
    foot = "|\nNơi nhận:\n- Sở Y tế;\n- Lưu: VT.\n|\nTL. CHỦ TỊCH\nCHÁNH VĂN PHÒNG\nVõ Tấn Đạt\n|"
    header = head(letter("Số: 5/TB-SNV") + TITLE + "\n" + foot)
    assert header.recipients == ["Sở Y tế", "Lưu: VT"]
    assert header.signer_name == "Võ Tấn Đạt"
    assert (header.signer_title, header.signer_capacity) == ("CHÁNH VĂN PHÒNG", "TL.")


def test_no_foot_no_signer() -> None:
    header = head(letter("Số: 5/TB-SNV") + TITLE + "\nĐồng chí Võ Tấn Đạt theo dõi.\n")
    assert (header.signer_name, header.signer_title, header.recipients) == (None, None, [])


PORTAL = """Đang tải văn bản...
|
Số hiệu:
|
45/CT-UBND
|
Loại văn bản:
|
Chỉ thị
|
|
Nơi ban hành:
|
Tỉnh Kon Tum
|
Người ký:
|
A Biêu
|
|
Ngày ban hành:
|
09/12/2013
|
Ngày hiệu lực:
|
09/12/2013
|
"""


def test_a_portal_s_field_table() -> None:
    doc = read(PORTAL + "CHỈ THỊ\n\nVề chăm sóc voi nhà\n\n1. Huyện đếm lại đàn voi.")
    header = doc.header
    assert (header.number, header.doc_type) == ("45/CT-UBND", "chi-thi")
    assert header.issued_on == datetime.date(2013, 12, 9)
    assert (header.issuer_text, header.signer_name) == ("Tỉnh Kon Tum", "A Biêu")
    assert header.subject == "Về chăm sóc voi nhà"


def test_the_letterhead_is_believed_over_the_portal() -> None:
    header = head(
        PORTAL + letter("Số: 46/CT-UBND", body="UBND TỈNH KON TUM") + "\nCHỈ THỊ\n\nVề voi"
    )
    assert header.number == "46/CT-UBND"
    assert header.issued_on == datetime.date(2015, 2, 2)
    assert header.signer_name == "A Biêu"


PROSE = (
    "Chủ tịch xã yêu cầu các thôn dựng lều bán hàng xa mép nước, treo phao cứu sinh ở hai đầu "
    "bến và cử người trông coi suốt buổi chợ phiên, không để trẻ nhỏ chơi một mình.\n\n"
    "Theo báo cáo, phiên chợ vừa rồi có đông khách từ các xã bên kia sông; Chủ tịch xã chỉ đạo "
    "công an viên sắp xếp chỗ gửi xe và nhắc chủ đò không chở quá số người cho phép."
)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("05/03/2022, 07:45", datetime.date(2022, 3, 5)),
        ("05-03-2022 - 07:45 AM", datetime.date(2022, 3, 5)),
        ("Giờ đăng: 05/03/2022 07:45", datetime.date(2022, 3, 5)),
        ("Thứ Bảy, 05/03/2022", datetime.date(2022, 3, 5)),
        ("Ngày 5/3", None),
        ("31/02/2022, 07:45", None),
    ],
)
def test_dateline(line: str, day: datetime.date | None) -> None:
    doc = read(f"Xã Tân Thủy mở lại chợ phiên\n{line}\n\n{PROSE}")
    assert doc.press
    assert doc.header.doc_type == "press"
    assert doc.header.subject == "Xã Tân Thủy mở lại chợ phiên"
    assert (doc.anchor, doc.anchor_source) == (day, "dateline" if day else "none")
    assert doc.header.number is None
    assert doc.header.issued_on is None


@pytest.mark.parametrize(
    ("opening", "day"),
    [
        ("Sáng ngày 6/5/2021, ", datetime.date(2021, 5, 6)),
        ("Chiều 6/5/2021, ", datetime.date(2021, 5, 6)),
        ("Ngày 6 tháng 5 năm 2021, ", datetime.date(2021, 5, 6)),
        ("Sáng 6/5, ", None),
        ("Từ ngày 6/5/2021 đến nay ", None),
    ],
)
def test_the_day_an_account_opens_with(opening: str, day: datetime.date | None) -> None:
    doc = read(f"Xã Tân Thủy mở lại chợ phiên\n\n{opening}{PROSE}")
    assert doc.press
    assert (doc.anchor, doc.anchor_source) == (day, "body" if day else "none")


def test_a_day_inside_a_sentence_is_no_anchor() -> None:
    doc = read(f"Xã Tân Thủy mở lại chợ phiên\n\n{PROSE} Bến sẽ xong trước ngày 6/5/2021.")
    assert doc.anchor is None


def test_items_alone_are_no_account() -> None:
    doc = read("1. Giao xã Hói lát bậc.\n2. Giao xã Tân Thủy treo phao ở hai đầu bến đò.")
    assert not doc.press
    assert doc.header == Header()


@pytest.mark.parametrize("text", ["", " ", "\n\n", "|", "Số:", "Số: /", STATE, MOTTO, "THÔNG BÁO"])
def test_next_to_nothing(text: str) -> None:
    header = head(text)
    assert (header.number, header.issued_on, header.place, header.signer_name) == (None,) * 4
    assert header.issuer_text is None


@pytest.mark.parametrize(
    "subject",
    [
        "thu phí đường bộ áp dụng từ ngày 01/3/2027",
        "triển khai Công điện số 88/CĐ-TTg ngày 19/6/2026 của Thủ tướng",
        "báo cáo rà soát trạm bơm trước ngày 20/7/2026",
    ],
)
@pytest.mark.parametrize("above", [True, False])
def test_a_subject_keeps_its_date_and_the_letter_its_own(subject: str, *, above: bool) -> None:
    lines = [f"V/v {subject}", "Hà Nội, ngày 14 tháng 7 năm 2026"]
    text = "BỘ XÂY DỰNG\nSố: 452/BXD-KCHT\n" + "\n".join(lines if above else lines[::-1])
    head = cut(canonical(text + "\n\nKính gửi: Bộ Công an.\n\nBộ Xây dựng trả lời.")).header
    assert head.subject == subject
    assert head.place == "Hà Nội"
    assert head.issued_on == datetime.date(2026, 7, 14)
