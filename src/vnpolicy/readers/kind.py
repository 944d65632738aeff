"""What a file is, told from its first bytes and its table of contents; its suffix is not asked.

A notice comes as ``.doc`` that is RTF, as ``.xls`` that is a web page, as ``.txt`` that is a
Word file. Magic numbers are those of the formats' own specifications: PDF within the first
kibibyte (ISO 32000-1, 7.5.2), ZIP packages by the parts that they must hold (ECMA-376 part 2;
ODF 1.2 part 3), OLE compound files by their streams ([MS-CFB], [MS-DOC], [MS-XLS], [MS-OXMSG]).
What none claims is text, and the text reader says whether it is any.

>>> of(b"%PDF-1.7").reader, of("Số: 12/TB-UBND".encode()).reader, of(b"{\\\\rtf1").media_type
('pdf', 'text', 'application/rtf')
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HEAD = 4096
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OPEN = "application/vnd.oasis.opendocument."
_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"MM\x00+", "image/tiff"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
    (b"BM", "image/bmp"),
)
_OTHERS = (
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"MZ", "a Windows program"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\x00", "a database"),
    (b"PAR1", "a Parquet table"),
    (b"ID3", "a sound recording"),
    (b"OggS", "a sound recording"),
    (b"\x00\x00\x01\xba", "a film"),
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A format: the module under ``readers`` that reads it, or what it is and is not read."""

    reader: str | None
    media_type: str
    what: str = ""


def of(data: bytes) -> Kind:
    """The format of the file whose bytes are ``data``."""
    head = data[:_HEAD]
    if b"%PDF-" in data[:1024]:
        return Kind("pdf", "application/pdf")
    if head.startswith(_ZIP):
        return _package(data)
    if head.startswith(_OLE):
        return _compound(data)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{\\rt"):
        return Kind("office", "application/rtf")
    for magic, media_type in _IMAGES:
        if head.startswith(magic) and (magic != b"BM" or _is_bitmap(head)):
            return Kind("image", media_type)
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return Kind("image", "image/webp")
    if head[4:8] == b"ftyp":
        return Kind(None, "video/mp4", "a film or a photograph of a phone")
    for magic, what in _OTHERS:
        if head.startswith(magic) and _is_binary(head):
            return Kind(None, "application/octet-stream", what)
    return _told_by_text(head)


def _is_bitmap(head: bytes) -> bool:
    return head[6:10] == b"\x00\x00\x00\x00"  # reserved, and no text has it


def _is_binary(head: bytes) -> bool:
    return any(byte < 9 or 14 <= byte < 32 for byte in head) or head[3:4] > b"\x7f"


_BY_TEXT = (
    ("edxml", "application/xml"),
    ("mhtml", "multipart/related"),
    ("mail", "message/rfc822"),
    ("html", "text/html"),
    ("jsonl", "application/x-ndjson"),
)


def _told_by_text(head: bytes) -> Kind:
    if b"schemas.microsoft.com/office/word/2003/wordml" in head:
        return Kind("office", "application/msword")  # Word 2003 XML
    for reader, media_type in _BY_TEXT:
        if _matches(reader)(_as_utf8(head)):
            return Kind(reader, media_type)
    return Kind("text", "text/plain")


def _as_utf8(head: bytes) -> bytes:
    """The head as its matchers read it: "Unicode" of Windows is UTF-16."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace").encode()
    return head.removeprefix(b"\xef\xbb\xbf")


def _matches(reader: str) -> Callable[[bytes], bool]:
    found: Callable[[bytes], bool] = import_module(f"vnpolicy.readers.{reader}").matches
    return found


def _package(data: bytes) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = set(package.namelist()[:20_000])
            stored = package.read("mimetype")[:200] if "mimetype" in names else b""
    except Exception:  # whatever a broken package holds, the reader will say what is wrong
        return _torn_package(data)
    if stored.startswith(_OPEN.encode()):
        media_type = stored.decode("ascii", "replace").strip()
        return Kind("sheet" if "spreadsheet" in media_type else "office", media_type)
    return _of_parts(names)


def _of_parts(names: set[str]) -> Kind:
    if any(name.lstrip("/").startswith("word/") for name in names):
        return Kind("docx", _WORD)
    if any(name.lstrip("/").startswith("xl/") for name in names):
        return Kind("sheet", _EXCEL)
    if any(name.startswith("ppt/") for name in names):
        return Kind(None, "application/vnd.ms-powerpoint", "a PowerPoint presentation")
    return Kind(None, "application/zip", "a zip archive")


def _torn_package(data: bytes) -> Kind:
    """A package without its table of contents: the names of its parts still stand in it."""
    if b"word/" in data:
        return Kind("docx", _WORD)
    if b"xl/" in data:
        return Kind("sheet", _EXCEL)
    if b"opendocument.text" in data[:200]:
        return Kind("office", _OPEN + "text")
    return Kind(None, "application/zip", "a zip archive, and a damaged one")


def _compound(data: bytes) -> Kind:
    """An OLE file: the names of its streams stand in its directory as UTF-16."""
    if _has_stream(data, "__properties_version1.0"):
        return Kind("msg", "application/vnd.ms-outlook")
    if _has_stream(data, "WordDocument"):
        return Kind("office", "application/msword")
    if _has_stream(data, "Workbook") or _has_stream(data, "Book"):
        return Kind("sheet", "application/vnd.ms-excel")
    if _has_stream(data, "EncryptedPackage"):
        return Kind("office", "application/x-ole-storage")
    if _has_stream(data, "PowerPoint Document"):
        return Kind(None, "application/vnd.ms-powerpoint", "a PowerPoint presentation")
    return Kind("office", "application/x-ole-storage")


def _has_stream(data: bytes, name: str) -> bool:
    return name.encode("utf-16-le") + b"\x00\x00" in data
