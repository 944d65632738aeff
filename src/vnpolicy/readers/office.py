"""Old documents (DOC, RTF, ODT and their kin): through LibreOffice to DOCX, and read as that.

What a file is, its bytes say, and its suffix is not asked: half the ".doc" of some archives are
RTF. A file that opens with a password only is refused before LibreOffice is asked. The letters
of the old Vietnamese fonts come through unharmed from Word 97 and later; RTF is made ready
first (:mod:`vnpolicy.readers.rtf`).
"""

from __future__ import annotations

import dataclasses
import math

from vnpolicy.errors import DamagedError, EncryptedError, FormatError
from vnpolicy.readers import compound, docx, rtf, soffice
from vnpolicy.readers.clock import Clock
from vnpolicy.readers.limits import Limits, check_size
from vnpolicy.readers.package import open_package
from vnpolicy.readers.reading import Reading

_RTF = b"{\\rt"
_BLANK = b"\xef\xbb\xbf \r\n\t"
_ZIP = b"PK\x03\x04"
_TEXT = "application/vnd.oasis.opendocument.text"
_WRITER = {_TEXT: "writer8", f"{_TEXT}-template": "writer8_template", f"{_TEXT}-master": "writer8"}
_OLD_WRITER = {"application/vnd.sun.xml.writer": "StarOffice XML (Writer)"}
_WORD_XML = b"http://schemas.microsoft.com/office/word/2003/wordml"
_LAST_OLD = 0x69  # the version that a Word 95 file has at 2; Word 97 begins with 0xC1
_WORD_6 = 0x65


def read(data: bytes, *, source: str, limits: Limits) -> Reading:
    """The text of the document ``data``; ``source`` names it in errors.

    :raises DocumentError: its kinds, where the file is damaged, locked, empty or beyond limits,
        is none of these formats, or LibreOffice is not installed.
    """
    check_size(data, source=source, limits=limits)
    clock = Clock(source=source, seconds=limits.seconds)
    media_type, suffix, filter_name = _kind(data, source, limits)
    if media_type == "application/rtf":
        data = rtf.ready(data.lstrip(_BLANK))
    made = soffice.convert(
        data, suffix=suffix, filter_name=filter_name, to="docx", source=source, limits=limits
    )
    left = dataclasses.replace(limits, seconds=math.ceil(clock.left()))
    reading = docx.read(made, source=source, limits=left)
    return dataclasses.replace(reading, media_type=media_type, reader="office")


def _kind(data: bytes, source: str, limits: Limits) -> tuple[str, str, str]:
    """Media type, suffix and LibreOffice's import filter."""
    if data.startswith(compound.MAGIC):
        return _compound(data, source)
    if data[:200].lstrip(_BLANK).startswith(_RTF):
        return "application/rtf", ".rtf", "Rich Text Format"
    if data.startswith(_ZIP):
        return _package(data, source, limits)
    if _WORD_XML in data[:4096]:
        return "application/xml", ".xml", "MS Word 2003 XML"
    raise FormatError(source, "is no Word, RTF or ODT document / không phải văn bản Word, RTF, ODT")


def _compound(data: bytes, source: str) -> tuple[str, str, str]:
    if compound.is_cut(data):
        raise DamagedError(source, "damaged: cut short / tệp hỏng")
    if compound.is_locked(data):
        raise locked(source)
    header = compound.start(data, "WordDocument")
    if header is None:
        raise FormatError(source, "holds no Word document / không chứa văn bản Word")
    version = int.from_bytes(header[2:4], "little")
    if version > _LAST_OLD:
        return "application/msword", ".doc", "MS Word 97"
    name = "MS WinWord 6.0" if version <= _WORD_6 else "MS Word 95"
    return "application/msword", ".doc", name


def _package(data: bytes, source: str, limits: Limits) -> tuple[str, str, str]:
    """An OpenDocument text; its sizes are checked here, for LibreOffice checks none."""
    package = open_package(data, source=source, limits=limits)
    named = package.read("mimetype") if "mimetype" in package else b""
    media_type = named.decode("ascii", "replace").strip()
    filters = {**_WRITER, **_OLD_WRITER}
    if media_type not in filters:
        raise FormatError(source, "is no OpenDocument text / không phải văn bản ODT")
    if is_locked_odf(package.read(_MANIFEST) if _MANIFEST in package else b""):
        raise locked(source)
    return media_type, ".sxw" if media_type in _OLD_WRITER else ".odt", filters[media_type]


_MANIFEST = "META-INF/manifest.xml"


def is_locked_odf(manifest: bytes) -> bool:
    """Whether the manifest of an OpenDocument file tells of encrypted parts."""
    return b":encryption-data" in manifest


def locked(source: str) -> EncryptedError:
    """The error for a document with a password."""
    advice = "remove its password / hãy bỏ mật khẩu của tệp"
    return EncryptedError(source, f"opens with a password only; {advice}")
