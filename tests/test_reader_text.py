"""Reading text files: as given, or refused with a word on what to do."""

import hashlib
from pathlib import Path

import pytest

from vnpolicy.errors import DocumentError, EncodingError
from vnpolicy.readers import read, read_bytes
from vnpolicy.readers.text import decode

TEXT = "Số: 12/TB-UBND\r\nGiao Sở Y tế\n\n  trình Đề án\r"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_text_comes_as_given(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


def test_both_orders_of_utf_16_are_read() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert decode(mark + TEXT.encode(encoding)) == TEXT


def test_only_the_first_mark_is_dropped() -> None:
    assert decode("\ufeff\ufeffx".encode()) == "\ufeffx"


def test_nothing_is_a_text() -> None:
    assert decode(b"") == decode(b"\xef\xbb\xbf") == decode(b"\xff\xfe") == ""


@pytest.mark.parametrize(
    "data",
    [
        "Sở Y tế".encode("utf-16-le"),
        "Sở Y tế".encode("utf-32"),
        b"S\xf4 Y t\xd5",
        b"\xff\xfea",
        b"abc\x00def",
    ],
    ids=["utf-16 without its mark", "utf-32", "TCVN3", "half a character", "binary"],
)
def test_other_bytes_are_refused_with_advice(data: bytes) -> None:
    with pytest.raises(EncodingError, match="UTF-8") as caught:
        decode(data, source="cu.txt")
    assert caught.value.source == "cu.txt"
    assert str(caught.value).startswith("cu.txt: ")


@pytest.mark.parametrize(
    "magic", [b"%PDF-1.7", b"PK\x03\x04..", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"]
)
def test_another_format_is_named(magic: bytes) -> None:
    with pytest.raises(DocumentError, match="which is not read"):
        read_bytes(magic, name="a.txt")


def test_the_source_says_where_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = TEXT.encode("utf-8-sig")
    (tmp_path / "kết luận.md").write_bytes(data)
    text, source = read(tmp_path / "kết luận.md")
    assert text == TEXT
    assert source.uri == (tmp_path / "kết luận.md").as_uri()
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.media_type == "text/markdown"
    monkeypatch.chdir(tmp_path)
    assert read("kết luận.md")[1].uri == "k%E1%BA%BFt%20lu%E1%BA%ADn.md"


def test_bytes_without_a_name_have_no_uri() -> None:
    _, source = read_bytes(b"abc")
    assert source.uri is None
    assert source.media_type == "text/plain"


def test_a_file_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no such file"):
        read(tmp_path / "x.txt")
    with pytest.raises(DocumentError, match="folder"):
        read(tmp_path)
    with pytest.raises(DocumentError, match="cannot be opened"):
        read("a\x00b")
