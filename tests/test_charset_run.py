"""Fonts and runs."""

import pytest

from charset_writer import NOTICES, writable, write
from vnpolicy.charset import Font, join, of_font

FONTS = {
    "tcvn3": ".VnTime .VnTimeH VnTime VNTimeH .vntime GDNPMG+VnTimeHBold .VnArial|Narrow"
    ' .VnTimeBold .VnTime;Times|New|Roman ".VnTime" .VnAvant,Bold #2EVnTimeH,BoldItalic'
    " VnArial-BoldMT .VnCentury|SchoolbookH .VnBook-AntiquaH .VnRevueH .VnHelvetInsH",
    "vni": "VNI-Times VNI|Times VNITimes VNI-Helve-Condense ABCDEF+VNI-Times-Bold vni-times"
    " VNI#2DTimes,Italic",
    "vps": "VPS|Times VPSTimes VPS-Helv",
    "viscii": "VISCII|Times VI|Times VI|Times|H VI|Arial|Hoa HOANGYEN1.1 PhuongThao|1.1",
}
CAPITAL = (
    ".VnTimeH VNTimeH GDNPMG+VnTimeHBold #2EVnTimeH,BoldItalic .VnCentury|SchoolbookH"
    " .VnBook-AntiquaH .VnRevueH .VnHelvetInsH VI|Times|H VI|Arial|Hoa"
).split()
UNICODE = (
    "Times|New|Roman Arial Verdana VNF-Comic|Sans VNtimes|new|roman Vni Viner|Hand|ITC Vivaldi"
    " Vladimir|Script Symbol TimesNewRomanPSMT ABCDEF+Arial-BoldMT Calibri,Bold Vijaya Vrinda"
).split()


@pytest.mark.parametrize(
    ("name", "encoding"), [(name, key) for key, names in FONTS.items() for name in names.split()]
)
def test_fonts(name: str, encoding: str) -> None:
    assert of_font(name.replace("|", " ")) == Font(encoding, upper=name in CAPITAL)


@pytest.mark.parametrize("name", ["", *UNICODE])
def test_fonts_of_unicode(name: str) -> None:
    assert of_font(name.replace("|", " ")) is None


@pytest.mark.parametrize(
    ("encoding", "font"),
    [("tcvn3", ".VnTime"), ("vni", "VNI-Times"), ("viscii", "VI Times"), ("vps", "VPS Times")],
)
@pytest.mark.parametrize("codec", ["latin-1", "symbol", "cp1252"])
def test_notices_in_a_font(encoding: str, font: str, codec: str) -> None:
    for notice in NOTICES:
        text = writable(notice, encoding)
        data = write(text, encoding)
        if codec == "symbol":
            given = "".join(chr(0xF000 + code) if code > 32 else chr(code) for code in data)
        elif codec == "cp1252":
            given = "".join(bytes([code]).decode(codec, "ignore") or chr(code) for code in data)
        else:
            given = data.decode(codec)
        runs = [(given[i : i + 7], font) for i in range(0, len(given), 7)]  # cut anywhere
        read, used = join(runs)
        assert read.lower() == text.lower()
        assert used == {encoding}


@pytest.mark.parametrize(
    ("runs", "text", "used"),
    [
        ([("Ch", ".VnTime"), ("Ýnh phñ", ".VnTime")], "Chính phủ", {"tcvn3"}),
        ([("Nghi", ".VnTimeH"), (" Quy chÕ", ".VnTimeH")], "NGHI QUY CHẾ", {"tcvn3"}),
        (
            [("Cuøng öu ña", "VNI-Times"), ("õi", "VNI-Times,Bold")],
            "Cùng ưu đãi",
            {"vni"},
        ),
        ([("plain", ".VnTime"), (" ascii", "VNI-Times")], "plain ascii", set()),
        ([("Chính phủ", ".VnTime"), (" và xã", ".VnTime")], "Chính phủ và xã", set()),
        ([("Sony® 5·3 ÷ 2", "Arial")], "Sony® 5·3 ÷ 2", set()),
        ([("Sony® ", None), ("®Çu t\u00ad", ".VnTime")], "Sony® đầu tư", {"tcvn3"}),
        ([("®iÒu ", ".VnTime"), ("hµnh", "Arial")], "điều hành", {"tcvn3"}),
        ([("Ph\u00ad¬ng ph¸p tr\u00ddch lËp quü", None)], "Phương pháp trích lập quỹ", {"tcvn3"}),
        ([("n−íc l∙nh 5 − 3", "ABCDEF+VnTime")], "nước lãnh 5 − 3", {"tcvn3"}),
        ([("“C“NG HÒA”", "VI Times")], "“CỘNG HÒA”", {"viscii"}),
        ([("Cöông ", "VNI-Times"), ("lÜnh", ".VnTime")], "Cương lĩnh", {"vni", "tcvn3"}),
        ([("Cửa hàng Citroën, Škoda", "Arial")], "Cửa hàng Citroën, Škoda", set()),
        ([("", ".VnTime"), ("", None)], "", set()),
        ([], "", set()),
    ],
)
def test_join(runs: list[tuple[str, str | None]], text: str | None, used: set[str]) -> None:
    read, found = join(runs)
    assert found == used
    if text is not None:
        assert read == text


def test_decomposed_text_is_composed() -> None:
    assert join([("Chi\u0301nh", "Arial"), (" phu\u0309", None)]) == ("Chính phủ", set())


def test_codes_that_a_file_took_for_windows_1258() -> None:
    text = "các ý kiến để thảo luận về tổ chức mùa lễ hội ở những nơi khó khăn, đề xuất"
    given = write(text, "tcvn3").decode("cp1258", "replace")
    assert {"ư", "Đ"} & set(given)
    assert join([(given, ".VnTime")]) == (text, {"tcvn3"})
    assert join([("đơn vị đó", ".VnTime"), (" đưa", ".VnTime")]) == ("đơn vị đó đưa", set())
