"""A page's bytes to its characters.

A byte-order mark decides; then UTF-8 wherever the bytes are that, because saved pages keep the
declaration of what they were saved from; then the declared encoding (``<meta charset>``, the
XML declaration, a web archive's header); then what the bytes look like. As in every browser,
"iso-8859-1" means Windows-1252, whose five free places are kept, since old Vietnamese fonts put
letters there.

>>> decode("<meta charset=windows-1258>Sở Y tế".encode("utf-8"), source="x.html")[1]
'utf-8'
>>> decode(b"<meta charset=latin1><font face=.VnTime>S\\xebY t\\xd5", source="x.html")
('<meta charset=latin1><font face=.VnTime>SëY tÕ', 'windows-1252', False)
"""

from __future__ import annotations

import codecs
import re

from vnpolicy import charset
from vnpolicy.errors import EncodingError
from vnpolicy.readers.part import said

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NAMED = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_WESTERN = frozenset(
    "windows-1252 cp1252 iso-8859-1 iso8859-1 latin1 latin-1 us-ascii ascii".split()
)
_FEW = 0.001  # the share of broken bytes that a page cut or joined in the middle may have


def decode(data: bytes, *, source: str, declared: str | None = None) -> tuple[str, str, bool]:
    """The characters of ``data``, the encoding's name, and whether some bytes were broken.

    :raises EncodingError: where no encoding fits.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            text = data[len(mark) :].decode(name, "replace")
            return text, name, "\ufffd" in text
    try:
        if b"\x00" not in data[:4096]:
            return data.decode("utf-8"), "utf-8", False
    except UnicodeDecodeError:
        pass
    found = _NAMED.search(data[:8192])
    named = declared or (b"".join(one or b"" for one in found.groups()).decode() if found else "")
    read = _as_declared(data, named.lower())
    if read is not None:
        return read, "windows-1252" if named.lower() in _WESTERN else named.lower(), False
    if named.lower() in ("utf-8", "utf8"):
        text = data.decode("utf-8", "replace")
        if text.count("\ufffd") <= max(3, len(text) * _FEW):
            return text, "utf-8", True
    try:
        return *charset.decode(data), False
    except ValueError as error:
        reason = f"its letters cannot be told: {said(error)} / không xác định được bảng mã"
        raise EncodingError(source, reason) from None


def _as_declared(data: bytes, name: str) -> str | None:
    """The text in the encoding that the page names; None where it is none or does not fit."""
    if name in _WESTERN:
        return data.decode("cp1252", "vnpolicy.free-places")
    if name in ("", "utf-8", "utf8", "x-user-defined") or b"\x00" in data[:4096]:
        return None
    try:
        return codecs.decode(data, name) if codecs.lookup(name)._is_text_encoding else None
    except (LookupError, ValueError, AttributeError, TypeError):
        return None


def _free_places(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("latin-1"), error.end


codecs.register_error("vnpolicy.free-places", _free_places)
