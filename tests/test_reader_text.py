"""Reading text files: as given, in whatever character set, or refused with a word on what to do."""

import hashlib
from pathlib import Path

import pytest

import vnpolicy.errors
from vnpolicy.errors import DocumentError, EncodingError
from vnpolicy.readers import read, read_bytes

TEXT = "Số: 12/TB-UBND\r\nGiao Sở Y tế\n\n  trình Đề án\r"
LONG = "Thủ tướng yêu cầu Bộ Y tế trình Đề án, báo cáo kết quả thực hiện trước ngày 20/5/2004."


def text_of(data: bytes) -> str:
    return read_bytes(data, name="tb.txt")[0].text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_text_comes_as_given(encoding: str) -> None:
    assert text_of(TEXT.encode(encoding)) == TEXT


def test_both_orders_of_utf_16_are_read() -> None:
    for mark, encoding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        assert text_of(mark + TEXT.encode(encoding)) == TEXT


def test_only_the_first_mark_is_dropped() -> None:
    assert text_of("\ufeff\ufeffx".encode()) == "\ufeffx"


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b" \r\n"])
def test_nothing_is_no_document(data: bytes) -> None:
    with pytest.raises(vnpolicy.errors.EmptyError):
        text_of(data)


@pytest.mark.parametrize(
    "data",
    [b"S\xf4 Y t\xd5", b"\xff\xfea", b"abc\x00def"],
    ids=["three words of TCVN3", "half a character", "binary"],
)
def test_uncertain_bytes_are_refused_with_advice(data: bytes) -> None:
    with pytest.raises(EncodingError, match="UTF-8") as caught:
        read_bytes(data, name="cu.txt")
    assert caught.value.source == "cu.txt"
    assert str(caught.value).startswith("cu.txt: ")


def test_text_saved_through_a_wrong_character_set_is_mended() -> None:
    broken = LONG.encode().decode("cp1252", "replace").replace("\ufffd", "\x81")
    reading, source = read_bytes(broken.encode(), name="tb.txt")
    assert "Thủ tướng yêu cầu Bộ Y tế" in reading.text
    assert source.encoding == "utf-8-as-windows-1252"


def test_the_source_says_where_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = TEXT.encode("utf-8-sig")
    (tmp_path / "kết luận.md").write_bytes(data)
    reading, source = read(tmp_path / "kết luận.md")
    assert reading.text == TEXT
    assert source.uri == (tmp_path / "kết luận.md").as_uri()
    assert source.sha256 == hashlib.sha256(data).hexdigest()
    assert source.media_type == "text/markdown"
    assert source.encoding == "utf-8"
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
