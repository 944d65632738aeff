"""Scans and pictures through Tesseract: text, columns, tables, seals, crooked and turned pages.

The pages are drawn here with a font of this machine; what is compared is how many words come
back, for an OCR is never quite right.
"""

from __future__ import annotations

import difflib
import io
import shutil
import struct
import zlib
from pathlib import Path

import pytest

from vnpolicy.errors import DamagedError, EmptyError, FormatError, LimitError, MissingToolError
from vnpolicy.readers import image, ocr
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading

pytest.importorskip("PIL", reason="Pillow is not installed: pictures not tested")
from PIL import Image, ImageChops, ImageDraw, ImageFont

FONT = next(
    (
        str(path)
        for folder in ("/usr/share/fonts", "/Library/Fonts", "C:/Windows/Fonts")
        for name in ("DejaVuSerif.ttf", "times.ttf", "Times New Roman.ttf")
        for path in sorted(Path(folder).rglob(name))
    ),
    None,
)
needs_ocr = pytest.mark.skipif(
    shutil.which("tesseract") is None or ocr.missing() is not None or FONT is None,
    reason="Tesseract with Vietnamese, or a font, is not installed: OCR not tested",
)

BODY = [
    "Giao Sở Tài chính chủ trì, phối hợp với Sở Xây dựng và Ủy ban nhân",
    "dân các huyện rà soát danh mục dự án, trình Ủy ban nhân dân tỉnh",
    "trước ngày 30 tháng 6 năm 2024; báo cáo kết quả hằng quý.",
]
PARAGRAPH = " ".join(BODY)
WHITE = "white"


class Sheet:
    """A page of A4 at 200 dots to the inch; places in points."""

    def __init__(self) -> None:
        self.image = Image.new("RGB", (1654, 2339), WHITE)
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: float, y: float, text: str, size: float = 13) -> Sheet:
        assert FONT is not None
        font = ImageFont.truetype(FONT, round(size * 200 / 72))
        self.draw.text((x * 200 / 72, y * 200 / 72), text, font=font, fill="black", anchor="ls")
        return self

    def lines(self, x: float, y: float, lines: list[str], size: float = 13) -> Sheet:
        for at, line in enumerate(lines):
            self.text(x, y + 19 * at, line, size)
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        ends = [((xs[0], y), (xs[-1], y)) for y in ys] + [((x, ys[0]), (x, ys[-1])) for x in xs]
        for start, end in ends:
            line = [(x * 200 / 72, y * 200 / 72) for x, y in (start, end)]
            self.draw.line(line, fill="black", width=2)
        return self

    def data(self, kind: str = "PNG", **options: object) -> bytes:
        return saved([self.image], kind, **options)


def saved(pages: list[Image.Image], kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    if len(pages) > 1:
        options |= {"save_all": True, "append_images": pages[1:]}
    pages[0].save(out, kind, dpi=(200, 200), **options)
    return out.getvalue()


def read(data: bytes, **limits: int) -> Reading:
    return image.read(data, source="a.png", limits=Limits(**limits))


def likeness(text: str, truth: str) -> float:
    """The share of the words of ``truth`` that ``text`` has in the same order."""
    words, wanted = text.split(), truth.split()
    blocks = difflib.SequenceMatcher(None, wanted, words, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(wanted)


@needs_ocr
class TestPicture:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "BMP", "GIF"])
    def test_a_page_in_any_format(self, kind: str) -> None:
        reading = read(Sheet().lines(85, 100, BODY).data(kind))
        assert likeness(reading.text, PARAGRAPH) >= 0.9
        assert "\n" not in reading.text
        assert reading.scanned == (1,)
        assert reading.confidence is not None and reading.confidence > 0.8
        assert reading.media_type == f"image/{kind.lower()}"

    def test_pages_of_a_tiff_in_order_and_the_same_each_time(self) -> None:
        names = ["Sở Tài chính báo cáo.", "Sở Xây dựng rà soát.", "Sở Nội vụ tổng hợp."]
        pages = [Sheet().lines(85, 100, [name, *BODY]).image for name in names]
        data = saved(pages, "TIFF")
        reading = read(data)
        assert reading.scanned == (1, 2, 3)
        begins = [reading.text[at:][:6] for at in reading.pages]
        assert begins == ["Sở Tài", "Sở Xây", "Sở Nội"]
        assert read(data) == reading

    def test_a_letterhead_is_read_column_by_column(self) -> None:
        page = Sheet().lines(95, 70, ["UBND TỈNH HÀ GIANG", "Số: 12/TB-UBND"], 11)
        page.lines(290, 70, ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"], 11)
        page.lines(330, 89, ["Độc lập - Tự do - Hạnh phúc"], 11)
        text = read(page.lines(85, 160, BODY).data()).text
        assert text.index("12/TB") < text.index("VIỆT NAM") < text.index("Giao Sở")

    def test_a_table_becomes_rows(self) -> None:
        xs, rows = [80.0, 120.0, 300.0, 420.0, 530.0], [
            ["TT", "Nhiệm vụ", "Chủ trì", "Thời hạn"],
            ["1", "Rà soát đất công", "Sở Tài chính", "30/6/2024"],
            ["2", "Sửa chữa trường học", "Sở Xây dựng", "15/8/2024"],
        ]  # fmt: skip
        page = Sheet().lines(85, 100, BODY).grid(xs, [200.0, 230.0, 260.0, 290.0])
        for at, row in enumerate(rows):
            for x, cell in zip(xs, row, strict=False):
                page.text(x + 6, 220 + 30 * at, cell, 12)
        *_, table = read(page.data()).text.split("\n\n")
        assert table.splitlines() == ["| " + " | ".join(row) + " |" for row in rows]

    def test_a_red_seal_over_the_text_is_not_read(self) -> None:
        page = Sheet().lines(85, 100, BODY)
        seal = Image.new("RGB", page.image.size, WHITE)
        ink = ImageDraw.Draw(seal)
        for inset in (0, 60, 66):
            box = (700 + inset, 190 + inset, 1050 - inset, 540 - inset)
            ink.ellipse(box, outline=(225, 50, 60), width=6)
        page.image = ImageChops.multiply(page.image, seal)
        text = read(page.data()).text
        assert likeness(text, PARAGRAPH) >= 0.85
        assert len(text.split()) <= len(PARAGRAPH.split()) + 1

    @pytest.mark.parametrize("angle", [1.5, -2.0])
    def test_a_crooked_page(self, angle: float) -> None:
        page = Sheet().lines(85, 100, BODY * 3).image.rotate(angle, fillcolor=WHITE, expand=False)
        assert likeness(read(saved([page], "PNG")).text, " ".join(BODY * 3)) >= 0.85

    @pytest.mark.parametrize("angle", [90, 180, 270])
    def test_a_turned_page(self, angle: int) -> None:
        page = Sheet().lines(85, 100, BODY * 5).image.rotate(angle, expand=True)
        assert likeness(read(saved([page], "PNG")).text, " ".join(BODY * 5)) >= 0.85


@needs_ocr
def test_a_scanned_page_of_a_pdf() -> None:
    pdf = pytest.importorskip("vnpolicy.readers.pdf")
    pytest.importorskip("pypdfium2", reason="pypdfium2 is not installed: PDF not tested")
    out = io.BytesIO()
    Sheet().lines(85, 100, BODY).image.save(out, "PDF", resolution=200)
    reading = pdf.read(out.getvalue(), source="a.pdf", limits=Limits())
    assert likeness(reading.text, PARAGRAPH) >= 0.9
    assert reading.scanned == (1,)
    assert reading.confidence is not None


@needs_ocr
def test_white_paper_has_no_text() -> None:
    with pytest.raises(EmptyError):
        read(saved([Image.new("L", (800, 1100), 255)], "PNG"))


class TestWithoutTesseract:
    def test_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "_program", lambda: None)
        with pytest.raises(MissingToolError, match="tesseract-ocr-vie"):
            read(saved([Image.new("L", (80, 110), 255)], "PNG"))

    def test_or_which_language(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(ocr, "_program", lambda: "/usr/bin/tesseract")
        monkeypatch.setattr(ocr, "_languages", lambda program: frozenset({"eng"}))
        with pytest.raises(MissingToolError, match="lacks Vietnamese"):
            read(saved([Image.new("L", (80, 110), 255)], "PNG"))


class TestHostile:
    @pytest.fixture(autouse=True)
    def no_ocr(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """What is refused is refused before any OCR."""
        monkeypatch.setattr(ocr, "missing", lambda: None)
        monkeypatch.setattr(ocr, "_run", lambda *_: "")

    def test_no_picture(self) -> None:
        with pytest.raises(FormatError):
            read(b"no picture at all")

    @pytest.mark.parametrize("side", [20_000, 200_000])
    def test_a_gigapixel_is_refused_by_its_head(self, side: int) -> None:
        head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
        chunk = b"IHDR" + head
        data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk
        data += struct.pack(">I", zlib.crc32(chunk)) + struct.pack(">I", 0) + b"IDAT"
        with pytest.raises(LimitError, match="pixels"):
            read(data)

    def test_pages_without_end(self) -> None:
        pages = [Image.new("1", (20, 20), 1)] * 6
        with pytest.raises(LimitError, match=r"more than 5 pages \(pages\)"):
            read(saved(pages, "TIFF"), pages=5)

    def test_pixels_of_a_later_page(self) -> None:
        pages = [Image.new("1", (20, 20), 1), Image.new("1", (2000, 2000), 1)]
        with pytest.raises(LimitError, match="page 2 has 2000 x 2000 pixels"):
            read(saved(pages, "TIFF"), pixels=1_000_000)

    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "GIF"])
    @pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
    def test_cut_short(self, kind: str, share: float) -> None:
        noise = Image.effect_noise((300, 300), 90)
        data = saved([noise], kind)
        with pytest.raises((DamagedError, FormatError, EmptyError)):
            read(data[: int(len(data) * share)])
