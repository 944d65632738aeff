"""Workbooks, built part by part, and what their sheets show."""

import io
import shutil
import struct
import zipfile

import pytest

import ole_file
from vnpolicy.errors import (
    DamagedError,
    EmptyError,
    EncryptedError,
    FormatError,
    LimitError,
    MissingToolError,
)
from vnpolicy.readers import compound, sheet, soffice
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading
from vnpolicy.readers.sheet.format import show

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None, reason="LibreOffice is not installed: XLS and ODS not tested"
)


def workbook(
    *sheets: str, names: str = "", strings: str = "", styles: str = "", properties: str = ""
) -> bytes:
    """A workbook of sheets, each the XML of its rows; ``names`` are the sheets' attributes."""
    told = names.split("/") if names else ['name="A"', 'name="B"', 'name="C"']
    listed = "".join(f'<sheet {told[at]} r:id="s{at}"/>' for at in range(len(sheets)))
    relations = "".join(
        f'<Relationship Id="s{at}" Type="{R}/worksheet" Target="worksheets/sheet{at}.xml"/>'
        for at in range(len(sheets))
    )
    for kind in ("sharedStrings", "styles"):
        relations += f'<Relationship Id="{kind}" Type="{R}/{kind}" Target="{kind}.xml"/>'
    package_kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    files = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
        f'ContentType="{package_kind}.worksheet+xml"/><Override PartName="/xl/workbook.xml" '
        f'ContentType="{package_kind}.sheet.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="m" '
        f'Type="{R}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{S}" xmlns:r="{R}">{properties}'
        f"<sheets>{listed}</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{relations}'
        "</Relationships>",
        "xl/sharedStrings.xml": f'<sst xmlns="{S}">{strings}</sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{S}">{styles}</styleSheet>',
    }
    for at, rows in enumerate(sheets):
        cols, _, inner = rows.rpartition("§")
        whole = f'<worksheet xmlns="{S}">{cols}<sheetData>{inner}</sheetData></worksheet>'
        files[f"xl/worksheets/sheet{at}.xml"] = whole
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in files.items():
            package.writestr(name, text)
    return made.getvalue()


def row(number: int, *cells: str, more: str = "") -> str:
    """A row of words; an empty one is no cell."""
    inner = "".join(
        f'<c r="{chr(65 + at)}{number}" t="inlineStr"><is><t>{words}</t></is></c>'
        for at, words in enumerate(cells)
        if words
    )
    return f'<row r="{number}" {more}>{inner}</row>'


def reading(data: bytes, **limits: int) -> Reading:
    return sheet.read(data, source="kh.xlsx", limits=Limits(**limits))


def text(*sheets: str, **parts: str) -> str:
    return reading(workbook(*sheets, **parts)).text


class TestPage:
    def test_letterhead_title_table_and_foot(self) -> None:
        rows = (
            row(1, "UBND TỈNH", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            + row(3, "KẾ HOẠCH")
            + row(4, "năm 2026")
            + row(5, "TT", "Nhiệm vụ", "Thời hạn")
            + row(6, "I", "Y tế")
            + row(7, "1", "Rà soát", "30/6")
            + row(8, "", "Cộng: 1")
            + row(10, "Nơi nhận:", "", "CHỦ TỊCH")
        )
        assert text(rows).split("\n\n") == [
            "UBND TỈNH",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "KẾ HOẠCH",
            "năm 2026",
            "| TT | Nhiệm vụ | Thời hạn |\n| I | Y tế | |\n| 1 | Rà soát | 30/6 |",
            "Cộng: 1",
            "Nơi nhận:",
            "CHỦ TỊCH",
        ]

    def test_an_empty_row_in_a_table(self) -> None:
        rows = row(1, "a", "b", "c") + row(2, "1", "2", "3") + row(5, "4", "5", "6")
        assert text(rows) == "| a | b | c |\n| 1 | 2 | 3 |\n| 4 | 5 | 6 |"

    def test_bars_line_breaks_and_empty_columns(self) -> None:
        rows = row(1, "a|b", "", "c\nd") + row(2, "1", "", "2")
        assert text(rows) == "| a/b | c d |\n| 1 | 2 |"

    def test_names_stand_over_several_sheets_that_hold_something(self) -> None:
        assert text(row(1, "x"), "", row(1, "y")) == "A\n\nx\n\nC\n\ny"
        assert text(row(1, "x"), "") == "x"

    def test_what_is_hidden_is_left_out_and_told(self) -> None:
        hidden = 'name="A"/name="B" state="hidden"'
        assert text(row(1, "x"), row(1, "y"), names=hidden) == "x"
        columns = '<cols><col min="2" max="3" hidden="1"/></cols>§'
        found = reading(workbook(columns + row(1, "a", "b") + row(2, "c", more='hidden="1"')))
        assert found.text == "a"
        assert [code for code, _ in found.doubts] == ["hidden-cells"]
        assert reading(workbook(row(1, "a"))).doubts == ()


class TestCells:
    def test_shared_words_and_their_fonts(self) -> None:
        strings = (
            '<si><r><rPr><rFont val=".VnTime"/></rPr><t>Thñ t\u00adíng</t></r><r><t> giao</t></r>'
            "<rPh><t>x</t></rPh></si><si><t>ChÝnh phñ</t></si>"
        )
        styles = (
            '<fonts><font><name val="Arial"/></font><font><name val=".VnTimeH"/></font></fonts>'
            '<cellXfs><xf fontId="0"/><xf fontId="1"/></cellXfs>'
        )
        cells = '<c r="A1" t="s"><v>0</v></c><c r="A2" t="s" s="1"><v>1</v></c>'
        found = reading(workbook(f"<row>{cells}</row>", strings=strings, styles=styles))
        assert found.text == "CHÍNH PHỦ"  # the cell says that it stands in A, as the first did
        assert found.encoding == "tcvn3"
        first = cells.split("</c>")[0] + "</c>"
        assert text(f"<row>{first}</row>", strings=strings, styles=styles) == "Thủ tướng giao"

    def test_kinds_of_values(self) -> None:
        cells = (
            '<c t="str"><v>Sở Y tế</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c>'
            '<c t="s"><v>99</v></c><c><v>abc</v></c><c><v/></c><c s="77"><v>5</v></c>'
        )
        assert text(f"<row>{cells}</row>") == "| Sở Y tế | 1 | #N/A | abc | 5 |"

    def test_formats(self) -> None:
        styles = (
            '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
            '<cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="9"/></cellXfs>'
        )
        cells = '<c><v>1.5</v></c><c s="1"><v>46086</v></c><c s="2"><v>0.35</v></c>'
        assert text(f"<row>{cells}</row>", styles=styles) == "| 1,5 | 05/03/2026 | 35% |"
        old = '<workbookPr date1904="1"/>'
        found = text(f"<row>{cells}</row>", styles=styles, properties=old)
        assert found == "| 1,5 | 06/03/2030 | 35% |"

    @pytest.mark.parametrize(
        ("value", "code", "shown"),
        [
            (12.0, "General", "12"),
            (0.1 + 0.2, "General", "0,3"),
            (-5.0, "General", "-5"),
            (1e14, "General", "100000000000000"),
            (2.5, "0", "3"),
            (1234.5, "#,##0.00", "1.234,50"),
            (1234.5, "#,##0.##", "1.234,5"),
            (-1234.0, "#,##0;(#,##0)", "(1.234)"),
            (5.0, "000", "005"),
            (2000000.0, "#,##0,", "2.000"),
            (3.0, '"Quý "0', "Quý 3"),
            (30.0, "0\\ %", "3000 %"),
            (46086.0, "[$-42A]dd/mm/yyyy;@", "05/03/2026"),
            (46086.0, '"ngày "d" tháng "m', "05/03/2026"),
            (46086.0, "yyyy", "2026"),
            (0.25, "h:mm", "06:00"),
            (46086.99999999, "d/m/yyyy", "06/03/2026"),
            (-1.0, "dd/mm/yyyy", "-1"),
            (5e9, "dd/mm/yyyy", "5000000000"),
            (7.0, "@", "7"),
            (0.5, "# ?/?", "0,5"),
        ],
    )
    def test_what_a_format_shows(self, value: float, code: str, shown: str) -> None:
        assert show(value, code) == shown


class TestBounds:
    def test_a_sheet_that_claims_all_its_cells(self) -> None:
        claims = '<dimension ref="A1:XFD1048576"/><cols><col min="1" max="999999"/></cols>§'
        far = '<row r="1048576"><c r="XFD1048576" t="str"><v>x</v></c></row>'
        merged = workbook(claims + row(1, "a") + far)
        assert reading(merged).text == "a\n\nx"

    def test_a_table_of_empty_cells_is_too_long(self) -> None:
        wide = "".join(f"<c t='str'><v>{at}</v></c>" for at in range(1_000))
        rows = f"<row>{wide}</row>" + "<row><c t='str'><v>1</v></c></row>" * 1_000
        with pytest.raises(LimitError, match="characters"):
            reading(workbook(rows), characters=100_000)

    def test_a_long_word_that_is_shown_often(self) -> None:
        strings = f"<si><t>{'x' * 10_000}</t></si>"
        rows = '<row><c t="s"><v>0</v></c></row>' * 100
        with pytest.raises(LimitError, match="characters"):
            reading(workbook(rows, strings=strings), characters=100_000)

    def test_nothing_in_it(self) -> None:
        with pytest.raises(EmptyError):
            text("")

    def test_what_is_no_workbook(self) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as package:
            package.writestr("a.txt", "x")
        with pytest.raises(FormatError):
            reading(made.getvalue())
        for data in (b"", b"PK\x03\x04", b"a,b,c"):
            with pytest.raises(DamagedError):
                reading(data)
        with pytest.raises(DamagedError, match="cut short"):
            reading(compound.MAGIC)
        with pytest.raises(LimitError, match="file_bytes"):
            reading(workbook(row(1, "a")), file_bytes=10)

    @pytest.mark.parametrize("name", ["Workbook", "Book"])
    def test_a_password(self, name: str) -> None:
        begin = struct.pack("<HHHH", 0x809, 4, 0x600, 5)
        with pytest.raises(EncryptedError, match="password"):
            reading(ole_file.bare(name, begin + struct.pack("<HH", 0x2F, 6)))
        with pytest.raises(EncryptedError):
            reading(ole_file.bare("EncryptedPackage", b""))
        with pytest.raises(FormatError, match="no Excel workbook"):
            reading(ole_file.bare("WordDocument", b""))

    def test_without_libreoffice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(soffice, "_PROGRAMS", ())
        monkeypatch.setattr(soffice, "_PLACES", ())
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as package:
            package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        with pytest.raises(MissingToolError, match="hãy cài đặt LibreOffice"):
            reading(made.getvalue())


@OFFICE
class TestOldFormats:
    @pytest.mark.parametrize(
        ("suffix", "media_type"),
        [
            ("xls", "application/vnd.ms-excel"),
            ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
        ],
    )
    def test_they_read_as_the_new(self, suffix: str, media_type: str) -> None:
        styles = (
            '<numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
            '<fonts><font><name val=".VnTime"/></font></fonts>'
            '<cellXfs><xf numFmtId="0" fontId="0"/><xf numFmtId="164" fontId="0"/></cellXfs>'
        )
        cells = '<c t="str"><v>Së Y tÕ b¸o c¸o</v></c><c s="1"><v>46086</v></c><c><v>1.5</v></c>'
        data = workbook(f"<row>{cells}</row>", styles=styles)
        old = soffice.convert(
            data,
            suffix=".xlsx",
            filter_name="Calc MS Excel 2007 XML",
            to=suffix,
            source="kh",
            limits=Limits(),
        )
        found = reading(old)
        assert found.text == "| Sở Y tế báo cáo | 05/03/2026 | 1,5 |"
        assert (found.media_type, found.encoding, found.reader) == (media_type, "tcvn3", "sheet")
