"""Web pages: nothing of the document lost, nothing of the page around it taken."""

import datetime
import re
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import pytest

import vnpolicy
import web_pages
from vnpolicy.errors import EmptyError, EncodingError, LimitError
from vnpolicy.models import Notice
from vnpolicy.readers import html, mhtml
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading

TITLE = "Văn bản mới của tỉnh"
NOTICES = (
    *("01_tb_vpcp_bac_lieu", "03_cd_ttg_chay_rung", "04_kh_ubnd_kien_giang"),
    *("08_nq_cp_phien_hop", "09_cv_ubnd_can_tho"),
)
PAGES = (
    *(web_pages.bare, web_pages.of_word, web_pages.portal, web_pages.portal_of_tables),
    web_pages.portal_in_pieces,
)


def read(page: str | bytes, **limits: int) -> Reading:
    data = page.encode() if isinstance(page, str) else page
    return html.read(data, source="page.html", limits=Limits(**limits))


def text(inside: str) -> str:
    return read(web_pages.page(inside)).text


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.casefold()))


def tasks(notice: Notice) -> list[object]:
    return [
        (
            " ".join(re.findall(r"\w+", task.action)),
            sorted((one.role, " ".join(one.text.split())) for one in task.assignees),
            task.due_on,
        )
        for task in notice.tasks
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
@pytest.mark.parametrize("name", NOTICES)
class TestNotice:
    def test_is_read_whole_and_alone(self, name: str, page: object) -> None:
        given = web_pages.notice(name)
        found = read(page(given, TITLE)).text  # type: ignore[operator]
        lost = words(given) - words(found)
        added = words(found) - words(given) - words(TITLE)
        assert (dict(lost), dict(added)) == ({}, {})

    def test_gives_the_same_tasks(self, name: str, page: object) -> None:
        given = web_pages.notice(name)
        found = vnpolicy.extract(read(page(given, TITLE)).text)  # type: ignore[operator]
        assert tasks(found) == tasks(vnpolicy.extract(given))


def test_an_account_has_its_headline_and_lead_but_no_comments() -> None:
    parts = web_pages.notice("05_press_thieu_thuoc").split("\n\n")
    title, lead, rest = parts[0].lstrip("# "), parts[3], "\n\n".join(parts[4:10])
    reading = read(web_pages.paper(rest, title, lead=lead))
    paragraphs = reading.text.split("\n\n")
    assert paragraphs[:2] == [f"# {title}", lead]
    assert reading.title == title
    assert reading.date == datetime.date(2022, 10, 14)
    assert not [word for word in web_pages.FURNITURE if word in reading.text]
    assert "Tôi đề nghị xử lý nghiêm" not in reading.text
    assert not words(rest) - words(reading.text)


def test_a_headline_in_the_text_is_not_doubled() -> None:
    head = "<title>Họp báo Chính phủ tháng 6 - Báo Mẫu</title>"
    inside = f"{web_pages.menu()}<div><h1>Họp báo Chính phủ tháng 6</h1>" + (
        "<p>Thủ tướng yêu cầu Bộ Y tế trình Đề án trước ngày 30/6/2025.</p>" * 3
    )
    found = read(web_pages.page(inside + "</div>", head=head)).text
    assert found.split("\n\n")[0] == "# Họp báo Chính phủ tháng 6"
    assert found.count("Họp báo") == 1


def test_citations_that_are_links_stay() -> None:
    link = "<p>Căn cứ <a href='/x'>Luật Thủ đô số 39/2024/QH15</a>;</p>"
    inside = (
        f"{web_pages.menu()}<div><div>{link * 4}</div><p>{'Giao Sở Y tế trình. ' * 9}</p></div>"
    )
    assert text(inside).count("Căn cứ Luật Thủ đô") == 4


def test_names_of_columns_do_not_decide_alone() -> None:
    prose = "<p>Giao Sở Y tế chủ trì, phối hợp với các sở trình Đề án trước ngày 30/6/2025.</p>" * 5
    inside = f'{web_pages.menu()}<div class="sidebar-1">{prose}</div>{web_pages.side_column()}'
    found = text(inside)
    assert found.count("Giao Sở Y tế chủ trì") == 5
    assert "Đọc nhiều" not in found


@pytest.mark.parametrize(
    "hidden",
    [
        "<p style='display: none'>x1</p>",
        "<div hidden><p>x1</p></div>",
        "<p class=off>x1</p>",
        "<span style='mso-hide:all;display:none'>x1</span>",
        "<template><p>x1</p></template>",
        "<noscript><p>x1</p></noscript>",
        "<script>document.write('x1')</script>",
        "<select><option>x1</select>",
        "<iframe src='http://127.0.0.1:9/'>x1</iframe>",
        "<!--[if gte mso 9]><xml>x1</xml><![endif]-->",
        "<del>x1</del>",
    ],
)
def test_what_is_not_shown_is_not_read(hidden: str) -> None:
    found = text(f"<style>.off {{display:none}}</style><p>trước</p>{hidden}<p>sau</p>")
    assert found == "trước\n\nsau"


def test_a_tab_that_a_later_rule_shows_is_read() -> None:
    style = "<style>.tab {display: none} .tab.active {display: block}</style>"
    assert text(style + '<div class="tab active">Giao Sở Y tế</div>') == "Giao Sở Y tế"


def test_lists_have_the_labels_that_are_drawn() -> None:
    found = text(
        "<ol start=3><li>ba<ol type=a><li>a<li>b</ol><li>bốn</ol>"
        "<ul><li>gạch<li>- có sẵn</ul><ul style='list-style-type:none'><li>không</ul>"
        "<ol type=I><li>một<p>tiếp</ol>"
    )
    wanted = ["3. ba", "a) a", "b) b", "4. bốn", "- gạch", "- có sẵn", "không", "I. một", "tiếp"]
    assert found.split("\n\n") == wanted


def test_lines_and_paragraphs() -> None:
    first = "<p>một\n hai<br>ba<br><br>bốn &amp; <b>n</b>ăm</p>"
    found = text(f"{first}sáu<div>bảy</div><pre>a\n b</pre>")
    assert found == "một hai\nba\n\nbốn & năm\n\nsáu\n\nbảy\n\na\nb"


def test_letters_are_composed() -> None:
    assert text("<p>Ti\u1ebfn đ\u00f4\u0323, h\u01a1\u0323p &#7885;</p>") == "Tiến độ, hợp ọ"


def test_tables_of_data_are_rows() -> None:
    found = text(
        "<p>x</p><table border=1><tr><th>TT<th colspan=2>Việc</tr><tr><td rowspan=2>1<td><p>a</p>"
        "<p>b</p><td>c | d</tr><tr><td>e<td></tr></table><p>y</p>"
    )
    assert found == "x\n\n| TT | Việc | |\n| 1 | a b | c / d |\n| | e | |\n\ny"


@pytest.mark.parametrize(
    ("attributes", "cell", "rows"),
    [
        ("", "style='border: solid windowtext 1.0pt'", True),
        ("style='border-collapse:collapse;border:none'", "style='border:none'", False),
        ("border=0", "style='border-bottom: 0px solid'", False),
        ("class='table table-bordered'", "", True),
        ("role=presentation border=1", "", False),
    ],
)
def test_lines_around_cells_make_a_table(attributes: str, cell: str, rows: bool) -> None:
    row = f"<tr><td {cell}>một<td {cell}>hai</tr>"
    found = text(f"<table {attributes}>{row * 2}</table>")
    assert ("| một | hai |" in found) is rows
    assert words(found) == words("một hai một hai")


def test_a_letterhead_is_lines_even_with_borders() -> None:
    found = text(
        "<table border=1><tr><td>UBND TỈNH A<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</tr>"
        "<tr><td>Số: 12/TB-UBND<td>A, ngày 09 tháng 7 năm 2025</tr></table>"
    )
    assert found.split("\n\n") == [
        *("UBND TỈNH A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        *("Số: 12/TB-UBND", "A, ngày 09 tháng 7 năm 2025"),
    ]


def test_a_letterhead_typed_across_columns_is_read_down_them() -> None:
    found = text(
        "<table><tr><td>ỦY BAN NHÂN DÂN<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</tr><tr><td>TỈNH A"
        "<td>Độc lập - Tự do - Hạnh phúc</tr><tr><td>Số: 1/TB<td>A, ngày 1/7</tr></table>"
    )
    wanted = ("ỦY BAN", "TỈNH A", "CỘNG", "Độc lập", "Số:", "A, ngày")
    order = [found.index(word) for word in wanted]
    assert order == sorted(order)


def test_footnotes() -> None:
    found = text(
        '<p>Bộ Y tế<a href="#_ftn1" name="_ftnref1"><b>[1]</b></a> giao 120 m<sup>2</sup> đất, '
        "10<sup>3</sup> m<sup>3</sup>, 5<sup>th</sup><sup>1</sup>, CO<sub>2</sub></p>"
        '<div><p><a href="#_ftnref1" name="_ftn1">[1]</a> Theo báo cáo.</p>'
        "<p><sup>2</sup> Ghi rõ</p>"
    )
    assert found.split("\n\n") == [
        "Bộ Y tế giao 120 m² đất, 10³ m³, 5th, CO2",
        *("[1] Theo báo cáo.", "[2] Ghi rõ"),
    ]


def test_old_fonts_are_converted() -> None:
    page = (
        '<meta charset=windows-1252><style>p {font-family: ".VnTime"}</style>'
        '<p>Thñ t­íng ChÝnh phñ <font face=".VnTimeH">yªu cÇu</font></p>'
        '<p style="font-family:Arial">Bộ Y tế</p>'.replace("Bộ Y tế", "B&#7897; Y t&#7871;")
    )
    reading = read(page.encode("cp1252"))
    assert reading.text == "Thủ tướng Chính phủ YÊU CẦU\n\nBộ Y tế"
    assert reading.encoding == "tcvn3"


@pytest.mark.parametrize(
    ("encoding", "declared", "named"),
    [
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8", "windows-1258", "utf-8"),
        ("utf-8-sig", "", "utf-8"),
        ("utf-16", "", "utf-16-le"),
        ("cp1258", "windows-1258", "windows-1258"),
    ],
)
def test_encodings(encoding: str, declared: str, named: str) -> None:
    sentence = "Kính g\u01b0\u0309i S\u01a1\u0309 Y tê\u0301"  # as Windows-1258 writes it
    page = web_pages.page(f"<p>{sentence}</p>").replace('"utf-8"', f'"{declared}"')
    reading = read(page.encode(encoding))
    assert reading.text == "Kính gửi Sở Y tế"
    assert reading.encoding == named


def test_a_page_cut_inside_a_letter_is_read_with_a_doubt() -> None:
    page = web_pages.page("<p>" + "Giao Sở Y tế. " * 300).encode()
    reading = read(page.replace("tế".encode(), b"t\xe1\xba", 1))
    assert [code for code, _ in reading.doubts] == ["damaged-bytes"]
    with pytest.raises(EncodingError):
        read(b"<html><body>" + bytes(range(128, 256)) * 30)


def test_limits() -> None:
    with pytest.raises(LimitError, match="characters"):
        read(web_pages.page("<p>Giao Sở Y tế</p>" * 100), characters=500)
    with pytest.raises(LimitError, match="elements"):
        read("<b>" * 3_000_001)
    with pytest.raises(EmptyError):
        read(web_pages.page("<p> </p><img src='scan.png'>"))


def test_depth_costs_nothing() -> None:
    assert "Giao Sở Y tế" in text("<div>" * 100_000 + "<p>Giao Sở Y tế</p>")
    assert text("<table><tr><td>" * 500 + "x" + "</table>" * 500) == "x"
    assert text(f"<p title='{'x' * 5_000_000}'>y</p>") == "y"


@pytest.mark.parametrize(
    "head",
    [
        "<!DOCTYPE html>\n<html>",
        "\ufeff<?xml version='1.0'?>\n<!-- x -->\n<html xmlns='http://www.w3.org/1999/xhtml'>",
        "<HTML xmlns:o=x><HEAD>",
        "<p>Giao Sở Y tế</p>",
        "  <div class=x><table><tr><td>a</td></tr></table></div>",
    ],
)
def test_pages_are_told(head: str) -> None:
    assert html.matches(head.encode())
    assert html.matches(head.removeprefix("\ufeff").encode("utf-16"))


@pytest.mark.parametrize(
    "head",
    [
        "Số: 12/TB-UBND\nKính gửi: <p>Sở Y tế</p>",
        "<Tên cơ quan>\nTHÔNG BÁO",
        "< 5% hộ nghèo; a<b và c>d",
        "<b>THÔNG BÁO",
        "# Tiêu đề\n\n<br>",
        '{"html": "<p>x</p>"}',
        "<?xml version='1.0'?><edXML xmlns='x'><a/></edXML>",
        "",
    ],
)
def test_what_is_no_page_is_told(head: str) -> None:
    assert not html.matches(head.encode())


def test_a_web_archive_gives_its_page() -> None:
    given = web_pages.notice("09_cv_ubnd_can_tho")
    page = web_pages.portal(given, TITLE)
    archive = (
        "From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n"
        '\ttype="text/html"; boundary="--b"\r\n\r\n----b\r\nContent-Type: image/gif\r\n\r\nx\r\n'
        "----b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
        f"{page}\r\n----b--\r\n"
    ).encode()
    assert mhtml.matches(archive[:4096]) and not html.matches(archive[:4096])
    reading = mhtml.read(archive, source="x.mht", limits=Limits())
    assert reading.text == read(page).text
    with pytest.raises(EmptyError):
        mhtml.read(b"MIME-Version: 1.0\n\n", source="x.mht", limits=Limits())


@pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: its pages not tested"
)
def test_a_page_of_libreoffice_is_read_whole(tmp_path: Path) -> None:
    given = web_pages.notice("01_tb_vpcp_bac_lieu")
    (tmp_path / "a.html").write_text(web_pages.of_word(given, TITLE), encoding="utf-8")
    for kind, made in (("odt", "a.html"), ("html:HTML (StarWriter)", "a.odt")):
        subprocess.run(
            [
                *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
                *("--convert-to", kind, "--outdir", str(tmp_path), str(tmp_path / made)),
            ],
            capture_output=True,
            timeout=120,
            check=True,
        )
    found = read((tmp_path / "a.html").read_bytes()).text
    assert not words(given) - words(found)
    assert tasks(vnpolicy.extract(found)) == tasks(vnpolicy.extract(given))
