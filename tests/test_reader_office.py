"""Old documents: what they are, what is refused, and what LibreOffice makes of them."""

import io
import shutil
import struct
import subprocess
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import ole_file
from vnpolicy.errors import (
    DamagedError,
    EncryptedError,
    FormatError,
    LimitError,
    MissingToolError,
)
from vnpolicy.readers import compound, office, rtf, soffice
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading

ODT = "application/vnd.oasis.opendocument.text"
OFFICE = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed: DOC, RTF and ODT not tested",
)
NAMES = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:xlink="http://www.w3.org/1999/xlink"'
)


def reading(data: bytes, **limits: int) -> Reading:
    return office.read(data, source="tb12.doc", limits=Limits(**limits))


def odt(body: str, *, media_type: str = ODT, manifest: str = "") -> bytes:
    kind = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    listed = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{told}"/>'
        for path, told in (("/", media_type), ("content.xml", "text/xml"))
    )
    content = f"<office:body><office:text>{body}</office:text></office:body>"
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("mimetype", media_type)
        package.writestr(
            "META-INF/manifest.xml", f'<m:manifest xmlns:m="{kind}">{listed}{manifest}</m:manifest>'
        )
        package.writestr(
            "content.xml", f"<office:document-content {NAMES}>{content}</office:document-content>"
        )
    return made.getvalue()


def rich(body: str, *fonts: str) -> bytes:
    """An RTF file with a font table of ``fonts``."""
    table = "".join(rf"{{\f{at}{font};}}" for at, font in enumerate(fonts or ("\\fnil Arial",)))
    return rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{table}}}\pard\f0 {body}\par}}".encode()


def escaped(text: str) -> str:
    """Characters of Windows-1252 as RTF writes them."""
    return "".join(char if char < "\x80" else rf"\'{ord(char):02x}" for char in text)


class TestRefused:
    """Before LibreOffice is asked, which may not be there."""

    @pytest.fixture(autouse=True)
    def _no_libreoffice(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(soffice, "_PROGRAMS", ())
        monkeypatch.setattr(soffice, "_PLACES", ())

    def test_a_password(self) -> None:
        locked = struct.pack("<HHLHH", 0xA5EC, 0xC1, 0, 0, 0x0100)
        for data in (
            ole_file.bare("EncryptedPackage", b""),
            ole_file.bare("WordDocument", locked),
            odt("", manifest="<m:encryption-data/>"),
        ):
            with pytest.raises(EncryptedError, match="hãy bỏ mật khẩu"):
                reading(data)

    def test_other_files(self) -> None:
        sheet = "application/vnd.oasis.opendocument.spreadsheet"
        for data in (b"", b"Giao", ole_file.bare("Workbook", b""), odt("", media_type=sheet)):
            with pytest.raises(FormatError):
                reading(data)

    def test_damage(self) -> None:
        for data in (ole_file.bare("WordDocument", b"")[:600], compound.MAGIC, odt("")[:200]):
            with pytest.raises(DamagedError):
                reading(data)

    def test_limits(self) -> None:
        with pytest.raises(LimitError, match="file_bytes"):
            reading(rich("a" * 100), file_bytes=50)
        with pytest.raises(LimitError, match="unpacked_bytes"):
            reading(odt("a" * 1000), unpacked_bytes=500)

    def test_without_libreoffice(self) -> None:
        plain = struct.pack("<HHLHH", 0xA5EC, 0xC1, 0, 0, 0)
        for data in (rich("a"), odt(""), ole_file.bare("WordDocument", plain)):
            with pytest.raises(MissingToolError, match="hãy cài đặt LibreOffice"):
                reading(data)


class TestKind:
    @pytest.mark.parametrize(
        ("version", "name"),
        [
            (0x65, "MS WinWord 6.0"),
            (0x68, "MS Word 95"),
            (0xC1, "MS Word 97"),
            (0x112, "MS Word 97"),
        ],
    )
    def test_word_s_versions(self, version: int, name: str) -> None:
        data = ole_file.bare("WordDocument", struct.pack("<HHLHH", 0xA5EC, version, 0, 0, 0))
        assert office._kind(data, "x", Limits()) == ("application/msword", ".doc", name)

    def test_by_content(self) -> None:
        assert office._kind(b"\xef\xbb\xbf\r\n{\\rtf1}", "x", Limits())[1] == ".rtf"
        old = odt("", media_type="application/vnd.sun.xml.writer")
        assert office._kind(old, "x", Limits())[1] == ".sxw"
        word = b'<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml">'
        assert office._kind(word, "x", Limits())[2] == "MS Word 2003 XML"


class TestFontTable:
    def test_old_fonts_get_the_set_that_loses_nothing(self) -> None:
        for given, made in (
            (rb"{\f1\fcharset163 .VnTime;}", rb"{\f1\fcharset0 .VnTime;}"),
            (
                rb"{\f1\fnil\fcharset2{\*\panose 020b}.VnTimeH Tur;}",
                rb"{\f1\fnil\fcharset0{\*\panose 020b}.VnTimeH Tur;}",
            ),
            (rb"{\f1\fnil VNI-Times;}", rb"{\f1\fcharset0\fnil VNI-Times;}"),
            (rb"{\f1\fcharset1 Arial;}", rb"{\f1 Arial;}"),
            (rb"{\f1\fcharset163 Arial;}", rb"{\f1\fcharset163 Arial;}"),
        ):
            assert rtf.ready(b"{\\fonttbl" + given + b"}x") == b"{\\fonttbl" + made + b"}x"

    def test_the_text_is_not_touched(self) -> None:
        body = rb"{\fonttbl{\f0 Arial;}}\f1\fcharset163 .VnTime;"
        assert rtf.ready(body) == body
        assert rtf.ready(b"{\\fonttbl{\\f0\\fcharset1 A;}") == b"{\\fonttbl{\\f0\\fcharset1 A;}"
        assert rtf.ready(b"no table") == b"no table"


@OFFICE
class TestRtf:
    @pytest.mark.parametrize("told", ["", *(f"\\fcharset{one}" for one in (0, 1, 2, 162, 163))])
    def test_no_letter_of_an_old_font_is_lost(self, told: str) -> None:
        every = "Thñ t\u00adíng yªu cÇu Bé tr\u00adëng, Chñ tÞch UBND c¸c tØnh, thµnh phè, ®¬n vÞ"
        body = escaped(every).replace(r"t\'ad", r"t\-", 1) + r"\par\f1 " + escaped("§iÒu")
        data = rich(body, f"\\fnil{told} .VnTime", f"\\fnil{told} .VnTimeH")
        found = reading(data)
        assert found.text == (
            "Thủ tướng yêu cầu Bộ trưởng, Chủ tịch UBND các tỉnh, thành phố, đơn vị\n\nĐIỀU"
        )
        assert (found.encoding, found.media_type) == ("tcvn3", "application/rtf")
        assert found.reader == "office"

    def test_unicode_and_windows_1258(self) -> None:
        assert reading(rich(r"Th\u7911?y s\u7843?n")).text == "Thủy sản"
        composed = rich(r"a\'cc \'f0o\'f2", "\\fnil\\fcharset163 Arial")
        assert reading(composed).text == "à đọ"

    def test_tables_and_lists(self) -> None:
        cells = (
            r"\trowd\trbrdrt\brdrs\trbrdrl\brdrs\clbrdrt\brdrs\cellx2000\clbrdrt\brdrs\cellx4000"
        )
        body = rf"{cells}\intbl 1\cell So Y te\cell\row{cells}\intbl 2\cell So X\cell\row\pard Het"
        assert reading(rich(body)).text == "| 1 | So Y te |\n| 2 | So X |\n\nHet"

    def test_a_file_with_the_wrong_suffix_and_a_hostile_name(self) -> None:
        found = office.read(rich("Giao"), source="--convert-to/../x.doc", limits=Limits())
        assert found.text == "Giao"


@OFFICE
class TestDocAndOdt:
    @pytest.mark.parametrize("to", ["doc", "odt"])
    def test_an_old_font_comes_through(self, to: str) -> None:
        name = "\\fnil\\fcharset0 .VnTime"
        data = rich(escaped("Thñ t\u00adíng ChÝnh phñ") + r"\par Het", name)
        made = soffice.convert(
            data, suffix=".rtf", filter_name="Rich Text Format", to=to, source="x", limits=Limits()
        )
        found = reading(made)
        assert found.text == "Thủ tướng Chính phủ\n\nHet"
        assert found.media_type == {"doc": "application/msword", "odt": ODT}[to]
        assert found.encoding == "tcvn3"

    def test_lists_of_odt_have_their_numbers(self) -> None:
        items = "".join(f"<text:list-item><text:p>{one}</text:p></text:list-item>" for one in "ab")
        found = reading(odt(f"<text:p>Giao:</text:p><text:list>{items}</text:list>")).text
        assert found.startswith("Giao:\n\n") and found.endswith("b")

    def test_a_file_that_is_not_what_it_says(self) -> None:
        plain = struct.pack("<HHLHH", 0xA5EC, 0xC1, 0, 0, 0)
        with pytest.raises((DamagedError, LimitError)):
            reading(ole_file.bare("WordDocument", plain))


@pytest.fixture
def asked() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine, and what it is asked for."""
    found: list[str] = []

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_PROPFIND = do_GET

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1], found
    server.shutdown()
    server.server_close()


@OFFICE
class TestConfinement:
    def picture(self, port: int) -> bytes:
        link = f'<draw:image xlink:href="http://127.0.0.1:{port}/a.png" xlink:type="simple"/>'
        frame = f'<draw:frame svg:width="2cm" svg:height="2cm">{link}</draw:frame>'
        return odt(f"<text:p>Giao{frame}</text:p>")

    def test_nothing_is_fetched(self, asked: tuple[int, list[str]], tmp_path: Path) -> None:
        port, found = asked
        assert reading(self.picture(port)).text == "Giao"
        fields = (
            rf'{{\field{{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:{port}/b"}}{{\fldrslt x}}}}'
        )
        assert reading(rich(fields)).text == "x"
        assert found == []
        # The same file, opened as LibreOffice does by itself, asks: so the above can fail.
        (tmp_path / "a.odt").write_bytes(self.picture(port))
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        command = ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir"]
        subprocess.run(
            [*command, str(tmp_path), str(tmp_path / "a.odt")], check=True, capture_output=True
        )
        assert "/a.png" in found

    def test_no_other_file_is_read(self, tmp_path: Path) -> None:
        other = tmp_path / "other.rtf"
        other.write_bytes(rich("SECRET"))
        source = f'<text:section-source xlink:href="{other.as_uri()}" xlink:type="simple"/>'
        section = f'<text:section text:name="s">{source}<text:p>Giao</text:p></text:section>'
        assert reading(odt(section)).text == "Giao"
        field = rf'{{\field{{\*\fldinst INCLUDETEXT "{other.as_uri()}"}}{{\fldrslt x}}}}'
        assert reading(rich(field)).text == "x"

    def test_time(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        slow = tmp_path / "slow"
        slow.write_text("#!/bin/sh\nsleep 60 & echo $! > ${0%/*}/pid\nsleep 60\n")
        slow.chmod(0o755)
        monkeypatch.setattr(soffice, "_PROGRAMS", (str(slow),))
        with pytest.raises(LimitError, match="more than 1 s"):
            reading(rich("a"), seconds=1)
        state = Path(f"/proc/{(tmp_path / 'pid').read_text().strip()}/stat")
        assert not state.exists() or ") Z" in state.read_text()  # what it has started is gone

    def test_memory(self) -> None:
        with pytest.raises(LimitError, match="memory_bytes"):
            reading(rich("a"), memory_bytes=200_000_000)

    def test_nothing_is_left_behind(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
        reading(rich("a"))
        assert list(tmp_path.iterdir()) == []
