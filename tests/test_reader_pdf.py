"""PDF with a text layer: words, columns, paragraphs, tables, furniture, notes; hostile files.

The files are written here byte by byte, so that each has what its case is about and nothing
else. Type is half as wide as it is high, so a line of n characters is 6n points long at 12.
"""

from __future__ import annotations

import datetime
import zlib
from collections.abc import Iterable
from dataclasses import dataclass, field

import pytest

from vnpolicy.errors import (
    DocumentError,
    EmptyError,
    EncryptedError,
    FormatError,
    LimitError,
    MissingToolError,
)
from vnpolicy.readers import ocr
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading

pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: PDF not tested")
from vnpolicy.readers import pdf

LEFT, RIGHT = 72.0, 522.0  # the body's edges: 75 characters at 12 points


@dataclass
class Page:
    """The drawing of one page: text at places counted from the upper left corner, and rules."""

    marks: list[str] = field(default_factory=list)
    keys: str = ""

    def text(self, x: float, y: float, text: str, size: float = 12, mode: int = 0) -> Page:
        codes = "".join(f"{ord(char):04X}" for char in text)
        self.marks.append(f"BT {mode} Tr /F {size} Tf {x} {842 - y} Td <{codes}> Tj ET")
        return self

    def lines(self, x: float, y: float, lines: Iterable[str], step: float = 16) -> Page:
        for at, line in enumerate(lines):
            self.text(x, y + at * step, line)
        return self

    def bytes_in(self, font: str, x: float, y: float, data: bytes, size: float = 12) -> Page:
        self.marks.append(f"BT /{font} {size} Tf {x} {842 - y} Td <{data.hex()}> Tj ET")
        return self

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self.marks.append(f"{x0} {842 - y0} m {x1} {842 - y1} l S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Page:
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        return self


CMAP = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /U def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""
FONTS = (
    b"<< /Type /Font /Subtype /Type0 /BaseFont /Plain /Encoding /Identity-H"
    b" /DescendantFonts [5 0 R] /ToUnicode 4 0 R >>",
    b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Plain /DW 500"
    b" /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>"
    b" /FontDescriptor 6 0 R >>",
    b"<< /Type /FontDescriptor /FontName /Plain /Flags 4 /FontBBox [0 -200 500 900]"
    b" /Ascent 900 /Descent -200 /CapHeight 700 /ItalicAngle 0 /StemV 80 >>",
    b"<< /Type /Font /Subtype /TrueType /BaseFont /.VnTime /Encoding /WinAnsiEncoding"
    b" /FirstChar 0 /LastChar 255 /Widths [" + b"500 " * 256 + b"] >>",
)


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), keys, data)


def build(
    *pages: Page, root: bytes = b"", trailer: bytes = b"", extra: Iterable[bytes] = ()
) -> bytes:
    """A PDF of ``pages``; object 1 is the root, 2 the pages, 3 to 7 the fonts."""
    plain, *others = FONTS
    objects = [b"", b"", plain, stream(CMAP), *others, *extra]
    kids = []
    for page in pages:
        objects.append(stream("\n".join(page.marks).encode()))
        content = len(objects)
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F 3 0 R /L 7 0 R >> >> %s >>" % (content, page.keys.encode())
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[0] = b"<< /Type /Catalog /Pages 2 0 R %s >>" % root
    objects[1] = b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(kids), len(kids))
    return assemble(objects, trailer)


def assemble(objects: list[bytes], trailer: bytes = b"") -> bytes:
    data, offsets = b"%PDF-1.5\n", []
    for number, body in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return data + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer\n<< /Size %d /Root 1 0 R %s >>\n"
        b"startxref\n%d\n%%%%EOF" % (len(objects) + 1, table, len(objects) + 1, trailer, len(data))
    )


def read(data: bytes, **limits: int) -> Reading:
    return pdf.read(data, source="a.pdf", limits=Limits(**limits))


BODY = [
    "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng và Ủy ban nhân dân cấp",
    "huyện rà soát danh mục dự án, trình Ủy ban nhân dân tỉnh trước ngày 30 tháng",
    "6 năm 2024.",
]
PARAGRAPH = " ".join(BODY)
BODY_PAGE = 40


class TestParagraphs:
    def test_wrapped_lines_become_one(self) -> None:
        page = Page().text(100, 100, "1. Nhiệm vụ").lines(LEFT, 116, BODY)
        assert read(build(page)).text == f"1. Nhiệm vụ\n\n{PARAGRAPH}"

    def test_an_indented_line_begins_another_without_any_space_between(self) -> None:
        full = "Sở Tài chính tổng hợp và báo cáo Ủy ban nhân dân tỉnh về kết quả thực hiện."
        page = Page()
        for at in range(4):
            page.text(LEFT + 24, 100 + 32 * at, full[:71]).text(LEFT, 116 + 32 * at, full)
        assert len(read(build(page)).text.split("\n\n")) == 4

    def test_a_number_broken_behind_its_hyphen_has_no_space(self) -> None:
        first = "Thực hiện Kế hoạch của Ủy ban nhân dân tỉnh và Quyết định số 02/2024/QĐ-"
        page = Page().lines(LEFT, 100, [first, "UBND ngày 05/01/2024 của Ủy ban nhân dân tỉnh."])
        assert "02/2024/QĐ-UBND ngày" in read(build(page)).text

    def test_one_goes_on_over_a_page_break_and_its_number(self) -> None:
        filler = [BODY[1]] * BODY_PAGE
        one = Page().lines(LEFT, 80, filler).text(LEFT, 80 + 16 * BODY_PAGE, BODY[0])
        two = Page().text(295, 40, "2").lines(LEFT, 80, BODY[1:])
        reading = read(build(one, two))
        assert reading.text.endswith(PARAGRAPH)
        assert reading.text[reading.pages[1] :] == " ".join(BODY[1:])

    def test_titles_keep_their_lines(self) -> None:
        page = Page().text(273, 80, "THÔNG BÁO").text(237, 96, "Kết luận tại cuộc họp")
        page.lines(LEFT, 130, BODY)
        assert read(build(page)).text.startswith("THÔNG BÁO\nKết luận tại cuộc họp\n\nGiao Sở")


class TestOrder:
    def test_letterhead_and_foot_are_read_column_by_column(self) -> None:
        page = Page().lines(90, 60, ["UBND TỈNH HÀ GIANG", "SỞ TÀI CHÍNH", "Số: 12/TB-STC"])
        page.lines(270, 60, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"])
        page.text(300, 92, "Hà Giang, ngày 05 tháng 01 năm 2024")
        page.lines(LEFT, 150, BODY)
        page.lines(LEFT, 230, ["Nơi nhận:", "- Như trên;", "- Lưu: VT."])
        page.lines(350, 230, ["GIÁM ĐỐC"]).text(340, 300, "Nguyễn Văn An")
        assert read(build(page)).text.split("\n\n") == [
            "UBND TỈNH HÀ GIANG\nSỞ TÀI CHÍNH\nSố: 12/TB-STC",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
            "Hà Giang, ngày 05 tháng 01 năm 2024",
            PARAGRAPH,
            "Nơi nhận:\n- Như trên;\n- Lưu: VT.",
            "GIÁM ĐỐC",
            "Nguyễn Văn An",
        ]

    def test_a_body_in_two_columns_runs_from_the_left_into_the_right(self) -> None:
        half = ["Sở Tài chính rà soát, tổng hợp"] * 15
        page = Page().lines(LEFT, 100, half).lines(310, 100, [*half[:14], "hằng năm."])
        text = read(build(page)).text
        assert "\n" not in text
        assert text.endswith("tổng hợp hằng năm.")

    def test_wide_spaces_of_a_justified_line_are_no_columns(self) -> None:
        page = Page().lines(LEFT, 100, BODY[:2])
        for at, word in enumerate("Sở Tài chính tổng hợp báo cáo".split()):
            page.text(LEFT + 66 * at, 132, word)
        assert "Sở Tài chính tổng hợp báo cáo" in read(build(page.text(LEFT, 148, "sau."))).text

    def test_a_turned_page_is_read_upright(self) -> None:
        page = Page(keys="/Rotate 90")
        for at, line in enumerate(BODY):
            codes = "".join(f"{ord(char):04X}" for char in line)
            page.marks.append(f"BT /F 12 Tf 0 1 -1 0 {100 + 16 * at} 20 Tm <{codes}> Tj ET")
        assert read(build(page)).text == PARAGRAPH


class TestTable:
    XS = (LEFT, 110.0, 300.0, 420.0, RIGHT)

    def page(self, top: float, rows: list[tuple[str, ...]]) -> Page:
        page = Page().grid(list(self.XS), [top + 20 * at for at in range(len(rows) + 1)])
        for at, row in enumerate(rows):
            for x, text in zip(self.XS, row, strict=False):
                page.text(x + 4, top + 14 + 20 * at, text)
        return page

    HEAD = ("TT", "Nhiệm vụ", "Chủ trì", "Thời hạn")
    ROWS = (
        ("1", "Rà soát đất công", "Sở Tài chính", "30/6/2024"),
        ("2", "Sơ kết | tổng kết", "", ""),
    )

    def test_rows_stand_between_bars(self) -> None:
        page = self.page(200, [self.HEAD, *self.ROWS]).lines(LEFT, 100, BODY)
        assert read(build(page)).text.split("\n\n") == [
            PARAGRAPH,
            "| TT | Nhiệm vụ | Chủ trì | Thời hạn |\n"
            "| 1 | Rà soát đất công | Sở Tài chính | 30/6/2024 |\n"
            "| 2 | Sơ kết / tổng kết |  |  |",
        ]

    def test_lines_of_a_cell_are_joined_and_a_merged_cell_is_told_once(self) -> None:
        page = Page().grid([LEFT, 110, 300], [100, 150, 170])
        page.lines(114, 114, ["Xây dựng kế hoạch", "năm 2025"]).text(LEFT + 4, 114, "1")
        page.marks = [mark for mark in page.marks if not mark.startswith("110.0 742 m")]
        page.text(LEFT + 4, 164, "II. Hạ tầng của toàn tỉnh")
        merged = Page().grid([LEFT, 110, 300], [100, 150]).rule(LEFT, 170, 300, 170)
        merged.rule(LEFT, 150, LEFT, 170).rule(300, 150, 300, 170)
        merged.marks += [mark for mark in page.marks if mark.startswith("BT")]
        text = read(build(merged)).text
        assert text == "| 1 | Xây dựng kế hoạch năm 2025 |\n| II. Hạ tầng của toàn tỉnh |  |"

    def test_one_goes_on_over_a_page_break_with_its_head_once(self) -> None:
        one = self.page(700, [self.HEAD, self.ROWS[0]]).lines(LEFT, 80, BODY)
        two = self.page(80, [self.HEAD, self.ROWS[1]])
        reading = read(build(one, two))
        assert reading.text.count("| TT |") == 1
        assert reading.text.count("\n\n") == 1
        assert reading.text[reading.pages[1] :] == "| 2 | Sơ kết / tổng kết |  |  |"

    def test_a_frame_and_the_rule_of_a_letterhead_are_none(self) -> None:
        page = Page().grid([LEFT - 6, RIGHT + 6], [80, 160]).rule(280, 60, 380, 60)
        assert read(build(page.lines(LEFT, 100, BODY))).text == PARAGRAPH


class TestFurniture:
    def test_numbers_running_heads_and_signature_stamps_are_dropped(self) -> None:
        pages = []
        for number in (1, 2, 3):
            page = Page().text(LEFT, 30, f"CỔNG THÔNG TIN ĐIỆN TỬ trang {number}")
            pages.append(page.lines(LEFT, 140, BODY).text(290, 815, f"- {number} -"))
        pages[0].text(380, 50, "Ký bởi: Sở Tài chính", 8).text(380, 60, "Cơ quan: UBND tỉnh", 8)
        pages[0].text(380, 70, "Thời gian ký: 05.01.2024 10:00:00 +07:00", 8)
        assert read(build(*pages)).text == "\n\n".join([PARAGRAPH] * 3)

    def test_a_label_of_the_text_is_no_stamp(self) -> None:
        page = Page().lines(LEFT, 100, BODY).text(LEFT, 160, "Cơ quan: Sở Tài chính")
        assert "Cơ quan: Sở Tài chính" in read(build(page)).text

    def test_notes_move_to_the_end_and_their_marks_go(self) -> None:
        page = Page().text(LEFT, 100, "Theo Luật Đất đai").text(LEFT + 102, 95, "1", 7)
        page.text(LEFT + 120, 100, "có 37.000 m").text(LEFT + 186, 95, "2", 7)
        page.text(LEFT + 196, 100, "đất.").lines(LEFT, 140, BODY)
        page.rule(LEFT, 700, LEFT + 144, 700)
        page.text(LEFT, 710, "1", 6).text(LEFT + 5, 713, "Luật số 31/2024/QH15.", 9)
        text = read(build(page)).text
        assert (
            text
            == f"Theo Luật Đất đai có 37.000 m2 đất.\n\n{PARAGRAPH}\n\n[1] Luật số 31/2024/QH15."
        )


class TestLayer:
    def test_a_legacy_font_becomes_unicode(self) -> None:
        page = Page().bytes_in(
            "L", LEFT, 100, "Thñ t\xadíng ban hµnh Th«ng t\xad sè 1/Q§-TTg (míi)".encode("latin-1")
        )
        reading = read(build(page))
        assert reading.text == "Thủ tướng ban hành Thông tư số 1/QĐ-TTg (mới)"
        assert reading.encoding == "tcvn3"

    def test_unseen_text_over_the_same_seen_text_is_read_once(self) -> None:
        page = Page()
        for at, line in enumerate(BODY):
            page.text(LEFT, 100 + 16 * at, line).text(LEFT, 100 + 16 * at, line, mode=3)
        assert read(build(page)).text == PARAGRAPH

    def test_what_the_file_says_of_itself(self) -> None:
        info = b"<< /Title (Bien ban hop) /CreationDate (D:20240105100000+07'00') >>"
        data = build(Page().lines(LEFT, 100, BODY), extra=[info], trailer=b"/Info 8 0 R")
        reading = read(data)
        assert (reading.title, reading.date) == ("Bien ban hop", datetime.date(2024, 1, 5))
        assert (reading.media_type, reading.scanned, reading.confidence) == (
            pdf.MEDIA_TYPE,
            (),
            None,
        )


def scan_page() -> bytes:
    """An image over the whole page, and nothing else."""
    return stream(
        zlib.compress(b"\xff" * 100),
        b"/Type /XObject /Subtype /Image /Width 10 /Height 10 /ColorSpace /DeviceGray"
        b" /BitsPerComponent 8 /Filter /FlateDecode",
    )


def scanned(*others: Page) -> bytes:
    page = Page(marks=["q 595 0 0 842 0 0 cm /I Do Q"])
    data = build(*others, page, extra=[scan_page()])
    return data.replace(b"/L 7 0 R >> >>", b"/L 7 0 R >> /XObject << /I 8 0 R >> >>")


class TestWithoutOcr:
    @pytest.fixture(autouse=True)
    def no_tesseract(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "missing", lambda: ocr.ADVICE)

    def test_a_scan_alone_says_what_to_install(self) -> None:
        with pytest.raises(MissingToolError, match="tesseract-ocr-vie"):
            read(scanned())

    def test_a_scanned_page_among_others_is_a_doubt(self) -> None:
        reading = read(scanned(Page().lines(LEFT, 100, BODY)))
        assert reading.text == PARAGRAPH
        [(code, message)] = reading.doubts
        assert code == "ocr-missing-page"
        assert message.startswith("page 2:")


class TestHostile:
    def test_no_pdf(self) -> None:
        with pytest.raises(FormatError):
            read(b"PK\x03\x04 no PDF at all")

    def test_no_text(self) -> None:
        with pytest.raises(EmptyError):
            read(build(Page()))

    def test_a_password(self) -> None:
        keys = b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O (%s) /U (%s) >> /ID [(a) (a)]"
        data = build(Page().lines(LEFT, 100, BODY), trailer=keys % (b"o" * 32, b"u" * 32))
        with pytest.raises(EncryptedError, match="password"):
            read(data)

    @pytest.mark.parametrize("share", [0.0, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
    def test_cut_short_anywhere(self, share: float) -> None:
        data = build(*[Page().lines(LEFT, 100, BODY)] * 3)
        cut = data[: int(len(data) * share)]
        try:
            assert PARAGRAPH in read(cut).text
        except DocumentError as error:
            assert not isinstance(error, LimitError)

    def test_bytes_turned_anywhere_raise_nothing_else(self) -> None:
        data = build(*[self.rich()] * 2)
        for at in range(0, len(data), 61):
            broken = bytearray(data)
            broken[at] ^= 0x55
            try:
                read(bytes(broken))
            except DocumentError:
                continue

    def rich(self) -> Page:
        return TestTable().page(300, [TestTable.HEAD, *TestTable.ROWS]).lines(LEFT, 100, BODY)

    def test_too_many_pages_are_counted_and_not_read(self) -> None:
        data = build(Page().lines(LEFT, 100, BODY))
        kid = data.split(b"/Kids [")[1].split(b"]")[0]
        data = data.replace(
            b"/Kids [%s] /Count 1" % kid, b"/Kids [%s] /Count 10000" % (b"%s " % kid * 10000)
        )
        with pytest.raises(LimitError, match=r"10000 pages; allowed: 2000 \(pages\)"):
            read(data)

    def test_pages_that_hold_themselves(self) -> None:
        data = build(Page().lines(LEFT, 100, BODY)).replace(b"/Kids [", b"/Kids [2 0 R ")
        try:
            read(data)
        except DocumentError:
            return

    def test_characters_without_end(self) -> None:
        page = Page().lines(LEFT, 100, BODY * 10)
        with pytest.raises(LimitError, match="characters"):
            read(build(page), characters=500)

    def test_time_runs_out(self, monkeypatch: pytest.MonkeyPatch) -> None:
        times = iter(range(0, 10_000, 200))
        monkeypatch.setattr("vnpolicy.readers.clock.time.monotonic", lambda: next(times))
        with pytest.raises(LimitError, match="seconds"):
            read(build(*[Page().lines(LEFT, 100, BODY)] * 5))

    def test_a_script_and_a_launch_change_nothing(self) -> None:
        root = b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
        root += b" /AA << /WC << /S /Launch /F (cmd.exe) >> >>"
        assert read(build(Page().lines(LEFT, 100, BODY), root=root)).text == PARAGRAPH

    def test_a_page_of_ten_kilometres_is_drawn_small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        seen = []

        def keep(pictures: Iterable[ocr.Picture], **_: object) -> list[object]:
            seen.extend(picture.image.size for picture in pictures)
            return []

        monkeypatch.setattr(ocr, "missing", lambda: None)
        monkeypatch.setattr(ocr, "read", keep)
        data = scanned().replace(b"/MediaBox [0 0 595 842]", b"/MediaBox [0 0 28346456 28346456]")
        data = data.replace(b"595 0 0 842 0 0 cm", b"28346456 0 0 28346456 0 0 cm")
        with pytest.raises(DocumentError):
            read(data, pixels=1_000_000)
        assert all(width * height <= 1_010_000 for width, height in seen)

    def test_the_same_bytes_give_the_same_text(self) -> None:
        data = build(self.rich(), self.rich())
        assert read(data) == read(data)
