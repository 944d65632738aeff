"""Plain text: bytes to the text as given.

A notice saved as text is UTF-8 with or without a byte-order mark, or UTF-16 with one (what
Notepad calls "Unicode"). The mark is dropped; everything else, line ends included, stays as it
is, because offsets count in it. Nothing is guessed: bytes in another encoding (the TCVN3, VNI
and Windows-1258 of older archives) are refused with a word on what to do, because a wrong guess
turns every name into another one.

>>> decode(b"\\xef\\xbb\\xbfTH\\xc3\\x94NG B\\xc3\\x81O\\r\\n")
'THÔNG BÁO\\r\\n'
>>> decode("Số: 12/TB-UBND".encode("utf-16"))
'Số: 12/TB-UBND'
"""

from __future__ import annotations

import codecs

from vnpolicy.errors import EncodingError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, ""),  # before UTF-16: its mark begins with UTF-16's
    (codecs.BOM_UTF32_BE, ""),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ADVICE = "save it as UTF-8 and try again / hãy lưu lại tệp theo bảng mã UTF-8"


def decode(data: bytes, *, source: str = "<bytes>") -> str:
    """The text of ``data``; ``source`` is the name that an error gives.

    :raises EncodingError: where the bytes are neither UTF-8 nor UTF-16 with a mark.
    """
    mark, encoding = next(
        ((mark, name) for mark, name in _MARKS if data.startswith(mark)), (b"", "utf-8")
    )
    if not encoding:
        raise EncodingError(source, f"UTF-32 text is not read; {_ADVICE}")
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        at = error.start + len(mark)
        reason = f"not {encoding.upper()} text (byte {at} cannot be read); {_ADVICE}"
        raise EncodingError(source, reason) from None
    if not mark and "\x00" in text:
        raise EncodingError(source, f"binary data or UTF-16 without its mark, no text; {_ADVICE}")
    return text
