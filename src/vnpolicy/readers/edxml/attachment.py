"""The documents of an edXML envelope: base64, bare or packed as a zip.

An ``Attachment`` behind the envelope holds the bytes, a ``Reference`` in its manifest may hold
the name; ``ContentId`` joins them, written with or without "cid:". A zip that is no document of
its own (DOCX, XLSX and ODT are zips too) is opened: one file in it has the attachment's name,
several have their own.

>>> import base64
>>> from lxml import etree
>>> from vnpolicy.readers.limits import Limits
>>> code = base64.b64encode(b"%PDF-1.7").decode()
>>> root = etree.fromstring(f"<x><Attachment><AttachmentName>../TB.pdf</AttachmentName>"
...     f"<ContentTransferEncoded>{code}</ContentTransferEncoded></Attachment></x>")
>>> [(one.name, one.data) for one in parts(root, limits=Limits(), title=None, date=None)]
[('TB.pdf', b'%PDF-1.7')]
"""

from __future__ import annotations

import base64
import binascii
import datetime
import io
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from typing import Any

from vnpolicy.readers.limits import Limits
from vnpolicy.readers.part import Part, bare_name, said

_ABSENT = frozenset(("", "N/A", "n/a", "null", "None"))


def value(element: Any, *path: str) -> str | None:
    """The text of the first element on the path below ``element``; None for none or "N/A"."""
    for name in path:
        element = next(element.iterchildren(f"{{*}}{name}"), None)
        if element is None:
            return None
    text = unicodedata.normalize("NFC", " ".join("".join(element.itertext()).split()))
    return None if text in _ABSENT else text


def parts(
    root: Any, *, limits: Limits, title: str | None, date: datetime.date | None
) -> Iterator[Part]:
    """The attachments in order; one that cannot be decoded says so and costs no other."""
    manifest = _manifest(root)
    for at, element in enumerate(root.iter("{*}Attachment"), 1):
        coded = next(element.iterchildren("{*}ContentTransferEncoded"), None)
        if coded is None:
            continue
        key = _key(value(element, "ContentId"))
        listed = manifest.get(key, (None, None)) if key else (None, None)
        name = bare_name(value(element, "AttachmentName") or listed[0] or "") or f"attachment {at}"
        media_type = value(element, "ContentType") or listed[1]
        for inner, data, error in _unpacked(name, "".join(coded.itertext()), limits=limits):
            yield Part(
                name=inner, data=data, media_type=media_type, title=title, date=date, error=error
            )


def _manifest(root: Any) -> dict[str, tuple[str | None, str | None]]:
    """Name and media type of what the manifest lists, by content id."""
    found = {}
    for one in root.iter("{*}Reference"):
        link = next((text for key, text in one.attrib.items() if key.endswith("href")), None)
        key = _key(value(one, "ContentId") or link)
        if key:
            found[key] = value(one, "AttachmentName"), value(one, "ContentType")
    return found


def _key(content_id: str | None) -> str:
    return (content_id or "").strip("<> ").removeprefix("cid:")


def _unpacked(name: str, coded: str, *, limits: Limits) -> Iterator[tuple[str, bytes, str | None]]:
    """Name, bytes and error of the files that an attachment's base64 text holds."""
    try:
        data = base64.b64decode("".join(coded.split()).partition(",")[2] or coded, validate=False)
    except (binascii.Error, ValueError):
        yield name, b"", "its base64 text is damaged / nội dung mã hóa base64 bị hỏng"
        return
    if not data:
        yield name, b"", "it is empty / tệp rỗng"
        return
    if not data.startswith(b"PK\x03\x04"):
        yield name, data, None
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            yield from _files(packed, name, data, limits=limits)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError,
            NotImplementedError, LookupError) as error:  # fmt: skip
        yield name, b"", f"its zip is damaged: {said(error)} / tệp nén bị hỏng"


def _files(
    packed: zipfile.ZipFile, name: str, data: bytes, *, limits: Limits
) -> Iterator[tuple[str, bytes, str | None]]:
    names = packed.namelist()
    if "[Content_Types].xml" in names or "mimetype" in names:
        yield name, data, None
        return
    files = [one for one in packed.infolist() if not one.is_dir()]
    left = limits.unpacked_bytes
    if len(files) > limits.parts:
        yield name, b"", f"parts: more than {limits.parts} files in its zip / quá nhiều tệp"
        return
    for file in files:
        with packed.open(file) as stream:
            inner = stream.read(left + 1)  # what the zip says of the size may be a lie
        left -= len(inner)
        if left < 0:
            yield name, b"", "unpacked_bytes: its zip unpacks to too much / tệp nén quá lớn"
            return
        own = name if len(files) == 1 and not name.lower().endswith(".zip") else ""
        yield own or bare_name(file.filename) or name, inner, None
