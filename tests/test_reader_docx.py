"""Word files, built part by part, and the text that Word would show of them."""

import datetime
import io
import zipfile

import pytest

from vnpolicy.errors import DamagedError, EmptyError, LimitError
from vnpolicy.readers import docx
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="{MC}" xmlns:v="urn:v" xmlns:wps="urn:wps"'
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def related(**targets: str) -> str:
    inner = "".join(
        f'<Relationship Id="{name}" Type="{R}/{name.rstrip("0123456789")}" Target="{target}"/>'
        for name, target in targets.items()
    )
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def package(body: str, *, root: str = "", **parts: str) -> bytes:
    """A Word file; ``parts`` are the inner XML of styles, numbering, footnotes, header1 ..."""
    names = {name: f"{name}.xml" for name in parts if name not in ("core", "types")}
    files = {
        "_rels/.rels": related(officeDocument="word/document.xml"),
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": related(**names),
    }
    for name in names:
        files[f"word/{name}.xml"] = f"<w:{name} {NAMES}>{parts[name]}</w:{name}>"
    if "core" in parts:
        core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata"
        files["_rels/.rels"] = files["_rels/.rels"].replace(
            "</Rel",
            f'<Relationship Id="c" Type="{core}/core-properties" Target="core.xml"/></Rel',
        )
        files["core.xml"] = parts["core"]
    if "types" in parts:
        files["[Content_Types].xml"] = parts["types"]
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in files.items():
            file.writestr(name, text)
    return made.getvalue()


def reading(body: str, **parts: str) -> Reading:
    return docx.read(package(body, **parts), source="tb12.docx", limits=Limits())


def text(body: str, **parts: str) -> str:
    return reading(body, **parts).text


def p(inner: str, properties: str = "") -> str:
    """A paragraph; plain words become a run."""
    inner = inner if inner.startswith("<") else r(inner)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


class TestParagraphs:
    def test_one_line_each_with_a_blank_line_between(self) -> None:
        assert text(p("Số: 12") + p("") + p("Giao  Sở Y tế")) == "Số: 12\n\nGiao  Sở Y tế"

    def test_breaks_tabs_and_hyphens(self) -> None:
        body = "<w:r><w:t>1.</w:t><w:tab/><w:t>Ba</w:t><w:br/><w:t>Y</w:t><w:noBreakHyphen/></w:r>"
        assert text(f"<w:p>{body}{r('tế')}</w:p>") == "1. Ba\nY-tế"

    def test_spaces_at_the_ends_count_where_the_file_says_so(self) -> None:
        body = "<w:r><w:t>Sở </w:t></w:r><w:r><w:t> Y</w:t></w:r>" + r(" tế")
        assert text(f"<w:p>{body}</w:p>") == "SởY tế"
        kept = f'<w:p xml:space="preserve">{body}</w:p>'
        assert text(kept) == "Sở  Y tế"

    def test_letters_are_composed(self) -> None:
        assert text(p("Sở Y tế")) == "Sở Y tế"

    def test_hidden_words_are_not_there(self) -> None:
        assert text(p(r("Giao ") + r("không ", "<w:vanish/>") + r("Sở"))) == "Giao Sở"
        shown = r("Sở", '<w:vanish w:val="0"/>')
        assert text(p(shown)) == "Sở"

    def test_a_style_hides_and_a_run_shows(self) -> None:
        styles = (
            '<w:style w:type="character" w:styleId="An"><w:rPr><w:vanish/></w:rPr></w:style>'
            '<w:style w:type="paragraph" w:styleId="Hoa"><w:rPr><w:caps/></w:rPr></w:style>'
        )
        body = p(r("a", '<w:rStyle w:val="An"/>') + r("b"), '<w:pStyle w:val="Hoa"/>')
        assert text(body, styles=styles) == "B"
        cancelled = styles.replace("<w:vanish/>", "<w:caps/>")
        assert text(body, styles=cancelled) == "aB"  # toggles of two styles cancel each other

    def test_capitals(self) -> None:
        assert text(p(r("Thông báo", "<w:caps/>") + r(" số 5"))) == "THÔNG BÁO số 5"

    def test_a_hidden_mark_joins_two_paragraphs(self) -> None:
        body = p("Điều 1. ", "<w:rPr><w:vanish/><w:specVanish/></w:rPr>") + p("Giao Sở Y tế")
        assert text(body) == "Điều 1. Giao Sở Y tế"

    def test_signs_of_symbol_fonts(self) -> None:
        sign = '<w:r><w:sym w:font="Symbol" w:char="F0B3"/></w:r>'
        assert text(p(sign + r(" 30%"))) == "≥ 30%"
        assert text(p(r("\uf0b7 Sở", font("Symbol")))) == "• Sở"

    def test_centred_lines_of_a_title_are_one_paragraph(self) -> None:
        middle = '<w:jc w:val="center"/>'
        body = (
            p("QUYẾT ĐỊNH", middle)
            + p("Về việc phê duyệt Kế hoạch trồng rừng", middle)
            + p("và bảo vệ đất ven biển", middle)
            + p("", middle)
            + p("CHỦ TỊCH", middle)
        )
        assert text(body) == (
            "QUYẾT ĐỊNH\n\nVề việc phê duyệt Kế hoạch trồng rừng\nvà bảo vệ đất ven biển"
            "\n\nCHỦ TỊCH"
        )


class TestChanges:
    def test_insertions_stay_and_deletions_go(self) -> None:
        body = (
            r("Giao ")
            + f'<w:ins w:id="1">{r("Sở Y tế")}</w:ins>'
            + '<w:del w:id="2"><w:r><w:delText>Sở Tài chính</w:delText></w:r></w:del>'
            + f"<w:moveFrom>{r('cũ')}</w:moveFrom><w:moveTo>{r(' báo cáo')}</w:moveTo>"
        )
        found = reading(p(body))
        assert found.text == "Giao Sở Y tế báo cáo"
        assert [code for code, _ in found.doubts] == ["tracked-changes"]
        assert reading(p("Giao")).doubts == ()

    def test_a_deleted_mark_joins_two_paragraphs(self) -> None:
        deleted = '<w:rPr><w:del w:id="1"/></w:rPr>'
        assert text(p("Giao ", deleted) + p("Sở Y tế") + p("b")) == "Giao Sở Y tế\n\nb"
        assert text(p("Giao", deleted)) == "Giao"

    def test_deleted_rows_go(self) -> None:
        row = "<w:tr>{}<w:tc>" + p("a") + "</w:tc><w:tc>" + p("b") + "</w:tc></w:tr>"
        body = row.format("") * 2 + row.format("<w:trPr><w:del/></w:trPr>")
        assert text(table(body)) == "| a | b |\n| a | b |"


class TestFieldsAndBoxes:
    def test_the_result_of_a_field_is_shown_not_its_instruction(self) -> None:
        def mark(kind: str) -> str:
            return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

        instruction = "<w:r><w:instrText>DATE</w:instrText></w:r>" + r("ẩn")
        body = mark("begin") + instruction + mark("separate") + r("10/5") + mark("end")
        assert text(p(r("Trước ") + body + r("."))) == "Trước 10/5."
        assert text(p(mark("begin") + instruction) + p("Giao Sở")) == "Giao Sở"  # never closed
        assert text(p(f'<w:fldSimple w:instr="x">{r("10/5")}</w:fldSimple>')) == "10/5"

    def test_links_and_controls(self) -> None:
        link = f'<w:hyperlink r:id="x">{r("Nghị định 42")}</w:hyperlink>'
        control = f"<w:sdt><w:sdtPr/><w:sdtContent>{r(' này')}</w:sdtContent></w:sdt>"
        empty = (
            "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>"
            f"<w:sdtContent>{r('Bấm vào đây')}</w:sdtContent></w:sdt>"
        )
        whole = f"<w:sdt><w:sdtContent>{p('b')}</w:sdtContent></w:sdt>"
        assert text(p(link + control + empty) + whole) == "Nghị định 42 này\n\nb"

    def test_a_text_box_is_read_once_at_its_anchor(self) -> None:
        inner = f"<w:txbxContent>{p('HỎA TỐC')}</w:txbxContent>"
        box = (
            "<w:r><mc:AlternateContent>"
            f'<mc:Choice Requires="wps"><w:drawing><wps:txbx>{inner}</wps:txbx></w:drawing>'
            f"</mc:Choice><mc:Fallback><w:pict><v:textbox>{inner}</v:textbox></w:pict>"
            "</mc:Fallback></mc:AlternateContent></w:r>"
        )
        assert text(p(box + r("Số: 12"))) == "HỎA TỐC\n\nSố: 12"
        assert text(p(r("Số: 12") + box)) == "Số: 12\n\nHỎA TỐC"

    def test_notes_come_last_and_leave_no_mark(self) -> None:
        notes = (
            '<w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote>'
            f'<w:footnote w:id="3"><w:p><w:r><w:footnoteRef/></w:r>{r(" Văn bản số 5")}</w:p>'
            "</w:footnote>"
        )
        mark = '<w:r><w:footnoteReference w:id="3"/></w:r>'
        body = p(r("theo Luật") + mark + r(" này"))
        assert text(body + p("b"), footnotes=notes) == "theo Luật này\n\nb\n\n[1] Văn bản số 5"
        starred = mark.replace("w:id", 'w:customMarkFollows="1" w:id').replace(
            "</w:r>", "<w:t>*</w:t></w:r>"
        )
        assert text(p(r("Luật") + starred), footnotes=notes) == "Luật\n\n[1] Văn bản số 5"

    def test_comments_are_not_read(self) -> None:
        mark = '<w:r><w:commentReference w:id="1"/></w:r>'
        assert text(p(r("Giao") + mark), comments=p("Xem lại")) == "Giao"


class TestHeaders:
    STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"

    def section(self, kind: str, *, own: bool) -> str:
        first = "<w:titlePg/>" if own else ""
        reference = f'<w:headerReference w:type="{kind}" r:id="header1"/>'
        return f"<w:sectPr>{reference}{first}</w:sectPr>"

    def test_a_letterhead_that_the_body_lacks(self) -> None:
        body = p("THÔNG BÁO") + self.section("default", own=False)
        assert text(body, header1=p(self.STATE)) == f"{self.STATE}\n\nTHÔNG BÁO"
        with_state = p(self.STATE) + body
        assert text(with_state, header1=p(self.STATE)) == f"{self.STATE}\n\nTHÔNG BÁO"

    def test_furniture_goes_and_the_first_page_s_own_words_stay(self) -> None:
        body = p("THÔNG BÁO")
        assert text(body + self.section("default", own=False), header1=p("Tin")) == "THÔNG BÁO"
        own = self.section("first", own=True)
        assert text(body + own, header1=p("DỰ THẢO")) == "DỰ THẢO\n\nTHÔNG BÁO"
        for words in ("2", "- 2 -", "Trang 1/5", "Ký bởi: VĂN PHÒNG", "https://x.vn"):
            assert text(body + own, header1=p(words)) == "THÔNG BÁO"


class TestOldFonts:
    def test_the_run_says_the_encoding(self) -> None:
        body = p(r("Thñ t\u00ad", font(".VnTime")) + r("íng", font(".VnTime")) + r(" Đức"))
        found = reading(body)
        assert found.text == "Thủ tướng Đức"
        assert found.encoding == "tcvn3"

    def test_a_soft_hyphen_of_word_is_a_letter(self) -> None:
        hyphen = f"<w:r><w:rPr>{font('.VnTime')}</w:rPr><w:t>t</w:t><w:softHyphen/></w:r>"
        assert text(p(hyphen + r("íng ChÝnh phñ", font(".VnTime")))) == "tướng Chính phủ"
        plain = "<w:r><w:t>Chí</w:t><w:softHyphen/><w:t>nh</w:t></w:r>"
        assert text(p(plain)) == "Chính"

    def test_the_style_says_it(self) -> None:
        styles = (
            f'<w:style w:type="paragraph" w:default="1" w:styleId="N"><w:rPr>{font(".VnTime")}'
            '</w:rPr></w:style><w:style w:type="paragraph" w:styleId="H"><w:basedOn w:val="N"/>'
            f"<w:rPr>{font('.VnTimeH')}</w:rPr></w:style>"
        )
        body = p("ChÝnh phñ") + p("ChÝnh phñ", '<w:pStyle w:val="H"/>')
        assert text(body, styles=styles) == "Chính phủ\n\nCHÍNH PHỦ"

    def test_the_defaults_and_the_theme_say_it(self) -> None:
        defaults = (
            "<w:docDefaults><w:rPrDefault><w:rPr>"
            '<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>'
            "</w:rPr></w:rPrDefault></w:docDefaults>"
        )
        a = "http://schemas.openxmlformats.org/drawingml/2006/main"
        theme = f'<x:minorFont xmlns:x="{a}"><x:latin typeface="VNI-Times"/></x:minorFont>'
        assert text(p("Chính phuû"), styles=defaults, theme=theme) == "Chính phủ"

    def test_codes_of_the_font_itself(self) -> None:
        private = "".join(chr(0xF000 + byte) for byte in "Chính phuû".encode("cp1252"))
        assert text(p(r(private, font("VNI-Times")))) == "Chính phủ"

    def test_styles_based_on_each_other(self) -> None:
        styles = (
            '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style>'
            '<w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
        )
        assert text(p("Sở", '<w:pStyle w:val="A"/>'), styles=styles) == "Sở"


def level(at: int, form: str, shown: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{shown}"/></w:lvl>'
    )


def numbered(*levels: str, more: str = "") -> str:
    abstract = f'<w:abstractNum w:abstractNumId="0">{"".join(levels)}</w:abstractNum>'
    return abstract + '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>' + more


def item(words: str, at: int = 0, number: int = 1) -> str:
    place = f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(words, place)


def labels(body: str, **parts: str) -> list[str]:
    """What stands before the last word of each paragraph."""
    return [line.rpartition(" ")[0] for line in text(body, **parts).split("\n\n")]


class TestNumbering:
    def test_levels_count_and_begin_anew(self) -> None:
        lists = numbered(
            level(0, "decimal", "%1."), level(1, "lowerLetter", "%2)"), level(2, "bullet", "-")
        )
        body = item("x") + item("x", 1) + item("x", 2) + item("x", 1) + item("x") + item("x", 1)
        assert labels(body, numbering=lists) == ["1.", "a)", "-", "b)", "2.", "a)"]

    def test_numbers_of_higher_levels(self) -> None:
        lists = numbered(
            level(0, "upperRoman", "Chương %1"),
            level(1, "decimal", "%1.%2."),
            level(2, "decimal", "%1.%2.%3", "<w:isLgl/>"),
        )
        body = item("x") + item("x") + item("x", 1) + item("x", 2)
        assert labels(body, numbering=lists) == ["Chương I", "Chương II", "II.1.", "2.1.1"]

    def test_a_level_that_never_begins_anew(self) -> None:
        articles = level(1, "decimal", "Điều %2.", '<w:lvlRestart w:val="0"/>')
        lists = numbered(level(0, "upperRoman", "Chương %1"), articles)
        body = item("x") + item("x", 1) + item("x") + item("x", 1)
        assert labels(body, numbering=lists) == ["Chương I", "Điều 1.", "Chương II", "Điều 2."]

    def test_a_deeper_level_begins_the_higher(self) -> None:
        lists = numbered(level(0, "decimal", "%1."), level(1, "decimal", "%1.%2."))
        assert labels(item("x", 1) + item("x"), numbering=lists) == ["1.1.", "2."]

    def test_lists_of_one_kind_count_on_or_begin_anew(self) -> None:
        again = (
            '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
            '<w:startOverride w:val="5"/></w:lvlOverride></w:num>'
            '<w:num w:numId="3"><w:abstractNumId w:val="0"/></w:num>'
        )
        lists = numbered(level(0, "decimal", "%1."), more=again)
        body = item("x") + item("x", 0, 2) + item("x", 0, 2) + item("x", 0, 3)
        assert labels(body, numbering=lists) == ["1.", "5.", "6.", "7."]

    def test_a_level_of_the_list_s_own(self) -> None:
        own = (
            '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0">'
            + level(0, "lowerRoman", "(%1)")
            + "</w:lvlOverride></w:num>"
        )
        lists = numbered(level(0, "decimal", "%1."), more=own)
        assert labels(item("x", 0, 2), numbering=lists) == ["(i)"]

    def test_a_style_s_list_and_level(self) -> None:
        lists = numbered(
            level(0, "decimal", "%1."), level(1, "decimal", "%1.%2.", '<w:pStyle w:val="H2"/>')
        )
        place = '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        styles = (
            f'<w:style w:type="paragraph" w:styleId="H1">{place}</w:style>'
            '<w:style w:type="paragraph" w:styleId="H2"><w:basedOn w:val="H1"/></w:style>'
        )
        none = '<w:pStyle w:val="H1"/><w:numPr><w:numId w:val="0"/></w:numPr>'
        body = p("x", '<w:pStyle w:val="H1"/>') + p("x", '<w:pStyle w:val="H2"/>') + p("- x", none)
        assert labels(body, numbering=lists, styles=styles) == ["1.", "1.1.", "-"]

    def test_a_list_that_is_a_style(self) -> None:
        linked = (
            '<w:abstractNum w:abstractNumId="7"><w:numStyleLink w:val="L"/></w:abstractNum>'
            '<w:num w:numId="7"><w:abstractNumId w:val="7"/></w:num>'
        )
        styles = (
            '<w:style w:type="numbering" w:styleId="L"><w:pPr><w:numPr><w:numId w:val="1"/>'
            "</w:numPr></w:pPr></w:style>"
        )
        lists = linked + numbered(level(0, "decimal", "Điều %1."))
        assert labels(item("x", 0, 7), numbering=lists, styles=styles) == ["Điều 1."]

    def test_signs(self) -> None:
        for sign, shown in (("\uf0b7", "•"), ("\uf02d", "-"), ("o", "•"), ("+", "+"), ("–", "-")):
            lists = numbered(level(0, "bullet", sign, f"<w:rPr>{font('Symbol')}</w:rPr>"))
            assert labels(item("x"), numbering=lists) == [shown]

    def test_a_label_in_an_old_font(self) -> None:
        old = level(0, "decimal", "§iÒu %1.", f"<w:rPr>{font('.VnTime')}</w:rPr>")
        assert labels(item("x"), numbering=numbered(old)) == ["Điều 1."]

    def test_digits_that_are_filled_up(self) -> None:
        custom = (
            '<w:lvl w:ilvl="0"><mc:AlternateContent><mc:Choice Requires="w14">'
            '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
            '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>'
            '<w:lvlText w:val="%1."/></w:lvl>'
        )
        assert labels(item("x"), numbering=numbered(custom)) == ["001."]

    def test_a_label_before_a_mark_stands_close(self) -> None:
        lists = numbered(level(0, "decimal", "Điều %1", '<w:suff w:val="nothing"/>'))
        assert text(item(". Giao Sở"), numbering=lists) == "Điều 1. Giao Sở"

    def test_a_text_box_counts_for_itself(self) -> None:
        inner = f"<w:txbxContent>{item('x')}{item('x')}</w:txbxContent>"
        box = p(f"<w:r><w:pict>{inner}</w:pict></w:r>")
        lists = numbered(level(0, "decimal", "%1."))
        body = item("x") + box + item("x")
        assert labels(body, numbering=lists) == ["1.", "1.", "2.", "2."]

    def test_deleted_and_empty_items(self) -> None:
        deleted = (
            '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="1"/></w:rPr>'
            '</w:pPr><w:del w:id="2"><w:r><w:delText>x</w:delText></w:r></w:del></w:p>'
        )
        lists = numbered(level(0, "decimal", "%1."))
        body = item("x") + deleted + item("x") + item("") + item("x")
        assert labels(body, numbering=lists) == ["1.", "2.", "4."]


LINES = "<w:tblPr><w:tblBorders>{}</w:tblBorders></w:tblPr>".format(
    "".join(f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH"))
)


def table(rows: str, properties: str = LINES) -> str:
    return f"<w:tbl>{properties}{rows}</w:tbl>"


def row(*cells: str, properties: str = "") -> str:
    inner = "".join(f"<w:tc>{cell if '<w:p>' in cell else p(cell)}</w:tc>" for cell in cells)
    return f"<w:tr>{properties}{inner}</w:tr>"


class TestTables:
    def test_rows_between_bars(self) -> None:
        body = p("Phụ lục") + table(
            row("TT", "Việc") + row("1", p("a") + p("b|c") + p("<w:r><w:br/></w:r>"))
        )
        assert text(body + p("Hết")) == "Phụ lục\n\n| TT | Việc |\n| 1 | a b/c |\n\nHết"

    def test_merged_cells_are_written_once(self) -> None:
        wide = '<w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + p("Thời gian")
        start = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>' + p("Sở Y tế")
        on = "<w:tcPr><w:vMerge/></w:tcPr>" + p("")
        body = table(row("Việc", wide) + row("a", "Quý I", start) + row("b", "Quý II", on))
        assert text(body) == "| Việc | Thời gian | |\n| a | Quý I | Sở Y tế |\n| b | Quý II | |"

    def test_numbers_that_stand_alone(self) -> None:
        lists = numbered(level(0, "decimal", "%1"))
        body = table(row("TT", "Việc") + row(item(""), "a") + row(item(""), "b"))
        assert text(body, numbering=lists) == "| TT | Việc |\n| 1 | a |\n| 2 | b |"

    def test_a_table_in_a_cell_is_its_text(self) -> None:
        inner = table(row("x", "y") + row("z", "t"))
        assert (
            text(table(row("1", p("a") + inner) + row("2", "b"))) == "| 1 | a x y z t |\n| 2 | b |"
        )

    def test_columns_and_rows_without_text(self) -> None:
        assert text(table(row("1", "", "a") + row("", "", "") + row("2", "", ""))) == (
            "| 1 | a |\n| 2 | |"
        )
        assert text(table(row("", "")) + p("a")) == "a"

    def test_the_letterhead_is_no_table(self) -> None:
        state = p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc")
        body = table(row(p("UBND TỈNH"), state) + row("Số: 5/TB", "Ngày 2 tháng 3 năm 2026"))
        assert text(body).split("\n\n") == [
            "UBND TỈNH",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Số: 5/TB",
            "Ngày 2 tháng 3 năm 2026",
        ]

    def test_a_letterhead_whose_lines_are_rows(self) -> None:
        body = table(
            row("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
            + row("TỈNH HÀ GIANG", "Độc lập - Tự do - Hạnh phúc")
            + row("Số: 5/TB", "Hà Giang, ngày 2")
        )
        assert text(body).split("\n\n")[:3] == [
            "ỦY BAN NHÂN DÂN",
            "TỈNH HÀ GIANG",
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        ]

    def test_foot_and_addressees_are_no_tables(self) -> None:
        assert text(table(row(p("Nơi nhận:") + p("- Như trên;"), "CHỦ TỊCH"))) == (
            "Nơi nhận:\n\n- Như trên;\n\nCHỦ TỊCH"
        )
        assert text(table(row("Kính gửi:", "- Sở Y tế;"))) == "Kính gửi:\n\n- Sở Y tế;"

    def test_lines_tell_a_table(self) -> None:
        two = row("Sở Y tế", "báo cáo") + row("Sở Tài chính", "cấp vốn")
        assert text(table(two)).startswith("| Sở Y tế | báo cáo |")
        assert text(table(two, "")) == "Sở Y tế\n\nbáo cáo\n\nSở Tài chính\n\ncấp vốn"
        nil = LINES.replace("single", "nil")
        assert "|" not in text(table(two, nil))
        cell = '<w:tcPr><w:tcBorders><w:top w:val="single"/></w:tcBorders></w:tcPr>'
        drawn = "".join(f"<w:tr>{f'<w:tc>{cell}{p(one)}</w:tc>' * 2}</w:tr>" for one in "ab")
        assert text(table(drawn, "")) == "| a | a |\n| b | b |"

    def test_a_style_draws_the_lines(self) -> None:
        styles = (
            '<w:style w:type="table" w:styleId="Grid"><w:tblPr><w:tblBorders>'
            '<w:top w:val="single"/></w:tblBorders></w:tblPr></w:style>'
        )
        body = table(row("a", "b"), '<w:tblPr><w:tblStyle w:val="Grid"/></w:tblPr>')
        assert text(body, styles=styles) == "| a | b |"

    def test_data_without_lines(self) -> None:
        head = row("TT", "Nội dung", "Đơn vị")
        assert (
            text(table(head + row("1", "a", "b"), ""))
            == "| TT | Nội dung | Đơn vị |\n| 1 | a | b |"
        )

    def test_a_box_around_the_page_is_no_table(self) -> None:
        assert text(table(row(p("Điều 1.") + p("Điều 2.")))) == "Điều 1.\n\nĐiều 2."

    def test_a_cell_that_claims_a_thousand_million_columns(self) -> None:
        wide = '<w:tcPr><w:gridSpan w:val="1000000000"/></w:tcPr>' + p("a")
        assert text(table(row(wide, "b") + row("c", "d"))) == "| a | | b |\n| c | d | |"


class TestFile:
    CORE = (
        '<x:p xmlns:x="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:d="http://purl.org/dc/elements/1.1/" xmlns:t="http://purl.org/dc/terms/">'
        "<d:title>{}</d:title><t:created>2023-08-18T03:31:00Z</t:created>"
        "<t:modified>2025-09-09T06:49:00Z</t:modified></x:p>"
    )

    def test_title_and_day_of_the_last_save(self) -> None:
        found = reading(p("Giao"), core=self.CORE.format("Kết luận  phiên họp"))
        assert (found.title, found.date) == ("Kết luận phiên họp", datetime.date(2025, 9, 9))
        for made_up in ("", "Microsoft Word - tb12", "tb12.doc", "GIAO SỞ"):
            assert reading(p("Giao Sở Y tế"), core=self.CORE.format(made_up)).title is None
        assert reading(p("Giao")).date is None

    def test_a_title_in_the_text_s_encoding(self) -> None:
        body = p(r("Chñ tÞch tØnh yªu cÇu", font(".VnTime")))
        assert reading(body, core=self.CORE.format("NghÞ ®Þnh")).title == "Nghị định"

    def test_media_types(self) -> None:
        main = "application/vnd.ms-word.document.macroEnabled.main+xml"
        types = f'<Types><Override PartName="/word/document.xml" ContentType="{main}"/></Types>'
        assert reading(p("a"), types=types).media_type.endswith("macroEnabled.12")
        assert reading(p("a")).media_type == docx.MEDIA_TYPE
        assert reading(p("a")).reader == "docx"

    def test_no_text(self) -> None:
        with pytest.raises(EmptyError, match="holds no text"):
            text(p(""))
        with pytest.raises(EmptyError, match="1 pictures"):
            text(p("<w:r><w:drawing/></w:r>"))

    def test_what_is_not_read_is_told(self) -> None:
        found = reading(p("a") + '<w:altChunk r:id="x"/>')
        assert [code for code, _ in found.doubts] == ["part-not-read"]

    def test_limits(self) -> None:
        data = package(p("Sở Y tế") * 100)
        with pytest.raises(LimitError, match="characters"):
            docx.read(data, source="x", limits=Limits(characters=100))

    def test_no_document_in_it(self) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as file:
            file.writestr("word/styles.xml", "<a/>")
        with pytest.raises(DamagedError, match="no Word document"):
            docx.read(made.getvalue(), source="x", limits=Limits())
        with pytest.raises(DamagedError):
            docx.read(b"PK\x03\x04", source="x", limits=Limits())

    def test_deep_nesting_is_an_error_not_a_crash(self) -> None:
        def nested(depth: int) -> str:
            body = p("a")
            for _ in range(depth):
                body = table(row(body, "b"))
            return text(body)

        assert nested(50).startswith("| a b")
        with pytest.raises(DamagedError):
            nested(100)

    def test_torn_xml(self) -> None:
        data = package(p("Sở Y tế"), styles="<w:style>")
        with pytest.raises(DamagedError, match=r"styles\.xml"):
            docx.read(data, source="x", limits=Limits())
