"""Packages that lie: bombs, tricks with names, XML that grows, files cut short."""

import io
import struct
import zipfile

import pytest

from vnpolicy.errors import DamagedError, EncryptedError, LimitError
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.package import Package, open_package, parse, relations

LIMITS = Limits()


def packed(*parts: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as package:
        for name, data in parts:
            package.writestr(zipfile.ZipInfo(name), data, compress_type=method)
    return made.getvalue()


def opened(data: bytes, limits: Limits = LIMITS) -> Package:
    return open_package(data, source="tb12.docx", limits=limits)


def test_parts_are_read_by_name() -> None:
    package = opened(packed(("word/", b""), ("word/document.xml", b"<a/>"), ("b\\c.xml", b"x")))
    assert package.names == ("word/document.xml", "b/c.xml")
    assert package.read("b/c.xml") == b"x"
    assert "word/styles.xml" not in package
    with pytest.raises(DamagedError, match=r"has no part word/styles\.xml"):
        package.read("word/styles.xml")


class TestSize:
    def test_the_file_itself(self) -> None:
        with pytest.raises(LimitError, match="file_bytes"):
            opened(packed(("a", b"x")), Limits(file_bytes=50))

    def test_a_bomb_that_says_so(self) -> None:
        data = packed(("a", bytes(3_000_000)), ("b", bytes(3_000_000)))
        assert len(data) < 10_000
        with pytest.raises(LimitError, match="unpacks to more than 5 MB"):
            opened(data, Limits(unpacked_bytes=5_000_000))

    def test_a_bomb_that_lies_about_its_size(self) -> None:
        data = bytearray(packed(("a", bytes(3_000_000))))
        for magic, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
            struct.pack_into("<I", data, data.index(magic) + at, 1000)
        package = opened(bytes(data), Limits(unpacked_bytes=5_000_000))
        with pytest.raises(DamagedError):  # no more than the thousand bytes are ever unpacked
            package.read("a")

    def test_parts_that_share_their_bytes_count_each_time(self) -> None:
        package = opened(packed(("a", bytes(400_000))), Limits(unpacked_bytes=1_000_000))
        package.read("a")
        package.read("a")
        with pytest.raises(LimitError, match="unpacked_bytes"):
            package.read("a")

    def test_a_bomb_in_a_package_in_a_package_is_only_bytes(self) -> None:
        inner = packed(("a", bytes(3_000_000)))
        package = opened(packed(("inner.zip", inner)), Limits(unpacked_bytes=1_000_000))
        assert package.read("inner.zip") == inner

    def test_too_many_parts(self) -> None:
        data = packed(*((f"p{n}", b"") for n in range(2_000)))
        with pytest.raises(LimitError, match="2000 parts"):
            opened(data, Limits(parts=1_000))
        assert len(opened(data).names) == 2_000

    def test_a_hundred_thousand_entries_are_counted_not_read(self) -> None:
        entry = b"PK\x01\x02" + bytes(42)
        end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 65535, 65535, 4_600_000, 0, 0)
        with pytest.raises(LimitError, match="100000 parts"):
            opened(entry * 100_000 + end)

    def test_a_method_that_unpacks_without_a_bound(self) -> None:
        for method in (zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
            with pytest.raises(DamagedError, match="not read"):
                opened(packed(("a", bytes(1000)), method=method))


class TestNames:
    @pytest.mark.parametrize(
        "name",
        ["../document.xml", "word/../../x", "/etc/passwd", "C:/x", "..\\x", "a/..", "\\\\host\\x"],
    )
    def test_paths_that_lead_out(self, name: str) -> None:
        with pytest.raises(DamagedError, match="path"):
            opened(packed((name, b"x")))

    def test_a_link(self) -> None:
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w") as package:
            link = zipfile.ZipInfo("word/document.xml")
            link.external_attr = 0o120777 << 16
            package.writestr(link, "/etc/passwd")
        with pytest.raises(DamagedError, match="is a link"):
            opened(made.getvalue())

    @pytest.mark.filterwarnings("ignore:Duplicate name")
    def test_two_parts_of_one_name(self) -> None:
        with pytest.raises(DamagedError, match="two parts"):
            opened(packed(("word/document.xml", b"<a/>"), ("word/document.xml", b"<b/>")))


class TestDamage:
    def test_cut_short_anywhere(self) -> None:
        data = packed(("word/document.xml", b"<a>x</a>" * 100))
        for end in range(0, len(data), 7):
            with pytest.raises(DamagedError):
                opened(data[:end]).read("word/document.xml")

    def test_a_wrong_checksum(self) -> None:
        data = bytearray(packed(("a", b"TB 12"), method=zipfile.ZIP_STORED))
        data[data.index(b"TB 12")] ^= 1
        with pytest.raises(DamagedError, match=r"part a: Bad CRC"):
            opened(bytes(data)).read("a")

    def test_a_password(self) -> None:
        data = bytearray(packed(("a", b"TB 12"), method=zipfile.ZIP_STORED))
        for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
            data[data.index(magic) + at] |= 1
        with pytest.raises(EncryptedError, match="bỏ mật khẩu"):
            opened(bytes(data))

    def test_bytes_of_any_kind(self) -> None:
        data = packed(("word/document.xml", b"<a>x</a>" * 9), ("b.xml", b"<b/>"))
        for at in range(len(data)):
            torn = data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]
            try:
                package = opened(torn)
                for name in package.names:
                    package.read(name)
            except (DamagedError, EncryptedError, LimitError):
                continue


class TestXml:
    def read(self, data: bytes, limits: Limits = LIMITS) -> str:
        root = parse(data, name="a.xml", source="tb12.docx", limits=limits)
        return "".join(str(text) for text in root.itertext())

    def test_utf_8_and_utf_16(self) -> None:
        assert self.read("<a>Số: 12</a>".encode()) == "Số: 12"
        told = '<?xml version="1.0" encoding="UTF-16"?><a>Số: 12</a>'
        assert self.read(told.encode("utf-16")) == "Số: 12"
        assert self.read(b"\xef\xbb\xbf<a>x</a>") == "x"

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_entities_are_never_met(self, encoding: str) -> None:
        lines = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
        bomb = f'<!DOCTYPE a [<!ENTITY l0 "ha">{lines}]><a>&l9;</a>'
        with pytest.raises(DamagedError, match="document type"):
            self.read(bomb.encode(encoding))

    def test_a_file_named_by_an_entity_is_not_opened(self) -> None:
        with pytest.raises(DamagedError):
            self.read(b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>')

    def test_an_encoding_that_hides_the_document_type(self) -> None:
        hidden = '<?xml version="1.0" encoding="UTF-7"?>+ADw-!DOCTYPE a+AD4-<a/>'
        with pytest.raises(DamagedError):
            self.read(hidden.encode())

    def test_a_tree_that_would_not_fit(self) -> None:
        with pytest.raises(LimitError, match="memory_bytes"):
            self.read(b"<a>" + b"<b/>" * 100_000 + b"</a>", Limits(memory_bytes=10_000_000))

    def test_too_deep(self) -> None:
        with pytest.raises(DamagedError, match="is not XML"):
            self.read(b"<a>" * 5_000 + b"</a>" * 5_000)

    def test_strict_names_are_the_usual_ones(self) -> None:
        strict = b'<w:p xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'
        root = parse(strict, name="a", source="x", limits=LIMITS)
        assert root.tag == "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"


def test_what_leads_outside_is_no_relation() -> None:
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    named = (
        f'<Relationships><Relationship Id="a" Type="{kind}/styles" Target="styles.xml"/>'
        f'<Relationship Id="b" Type="{kind}/image" Target="http://x.vn/a" TargetMode="External"/>'
        f'<Relationship Id="c" Type="{kind}/header" Target="../../../etc/passwd"/></Relationships>'
    )
    package = opened(packed(("word/_rels/document.xml.rels", named.encode())))
    found = relations(package, "word/document.xml")
    assert {name: one.target for name, one in found.items()} == {
        "a": "word/styles.xml",
        "c": "etc/passwd",
    }
    assert "etc/passwd" not in package
