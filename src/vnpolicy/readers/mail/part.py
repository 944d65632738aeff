"""Which attachments of a mail are documents, whatever program wrote the mail.

A document is what its name, its media type or its first bytes say it is. Small pictures are
logos and buttons; a picture that stands inside the text must be of a scan's size. Packed files
are named as not read, so that nobody takes the mail for read as a whole. Signatures, calendars,
cards, sounds and films are no documents.

>>> kind_of("TB 12.DOCX", "application/octet-stream", b"PK")
'document'
>>> kind_of("logo.png", "image/png", b"x" * 900), kind_of("scan.png", "image/png", b"x" * 90_000)
('other', 'document')
>>> kind_of("", "application/octet-stream", b"%PDF-1.7"), kind_of("a.zip", "", b"PK")
('document', 'packed')
"""

from __future__ import annotations

import re

_SUFFIXES = frozenset(
    "pdf docx docm dotx doc dot rtf odt ott fodt html htm xhtml mht mhtml txt md markdown xlsx "
    "xlsm xls ods csv edxml jsonl eml msg tif tiff".split()
)
_PICTURES = frozenset("png jpg jpeg bmp webp jfif jp2 heic".split())
_PACKED = frozenset("zip rar 7z gz tgz tar bz2 xz dat".split())
_TYPES = re.compile(
    r"application/(?:pdf|msword|rtf|x-rtf|xhtml\+xml|vnd\.(?:openxmlformats-officedocument"
    r"\.(?:wordprocessingml|spreadsheetml)\..*|oasis\.opendocument\.(?:text|spreadsheet).*"
    r"|ms-(?:word|excel|outlook).*))|text/(?:plain|html|rtf|markdown|csv)|message/rfc822|image/tiff"
)
_PACKED_TYPES = re.compile(
    r"application/(?:zip|x-zip.*|x-rar.*|vnd\.rar|x-7z.*|gzip|x-gzip|x-tar|ms-tnef|vnd\.ms-tnef"
    r"|(?:x-)?pkcs7-mime)"
)
_MAGIC = (b"%PDF-", b"{\\rtf", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"II*\x00", b"MM\x00*")
_LOGO = 30_000  # bytes; a page scanned so small could not be read
_INLINE = 150_000


def kind_of(name: str, media_type: str, data: bytes, *, inline: bool = False) -> str:
    """ "document", "packed" or "other"."""
    suffix = name.rpartition(".")[2].lower() if "." in name else ""
    if suffix in _SUFFIXES:
        return "document"
    if suffix in _PICTURES or (media_type.startswith("image/") and suffix != "gif"):
        return "document" if len(data) >= (_INLINE if inline else _LOGO) else "other"
    if suffix in _PACKED or _PACKED_TYPES.fullmatch(media_type):
        return "packed"
    if suffix and len(suffix) <= 5 and media_type == "application/octet-stream":
        return "document" if data.startswith(_MAGIC) else "other"
    if _TYPES.fullmatch(media_type):
        return "document"
    if data.startswith(_MAGIC) or (data.startswith(b"PK\x03\x04") and b"[Content_Types]" in data):
        return "document"
    return "other"


NOT_OPENED = "a packed file, which is not opened: unpack it / tệp nén không được mở, hãy giải nén"
"""What the part of a packed file says for itself."""
