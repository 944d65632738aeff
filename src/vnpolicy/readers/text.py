"""Plain text, in whatever character set.

A notice saved as text is UTF-8 or UTF-16 (what Notepad calls "Unicode"), and in archives from
before some 2005 TCVN3, VNI, VISCII, VPS or Windows-1258; :mod:`vnpolicy.charset` tells which. A
mark of the byte order is dropped; everything else of a Unicode text, line ends included, stays
as it is, because offsets count in it. Text whose characters went through a wrong character set
before it was saved is mended where one reading is certain.

>>> read("THÔNG BÁO\\r\\n".encode("utf-16"), source="tb.txt", limits=Limits()).text
'THÔNG BÁO\\r\\n'
>>> old = "Thñ t\u00adíng ChÝnh phñ giao Bé Y tÕ tr×nh §Ò ¸n"
>>> read(old.encode(), source="tb.txt", limits=Limits()).text
'Thủ tướng Chính phủ giao Bộ Y tế trình Đề án'
"""

from __future__ import annotations

from vnpolicy import charset
from vnpolicy.errors import EncodingError, LimitError
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading


def read(data: bytes, *, source: str, limits: Limits) -> Reading:
    """The text of ``data``; ``source`` is the name that an error gives.

    :raises EncodingError: where the bytes are text in no character set for certain.
    """
    if len(data) > 4 * limits.characters + 4:
        reason = f"has more than {limits.characters} characters (limit: characters)"
        raise LimitError(source, f"{reason} / văn bản quá dài")
    text, encoding = decode(data, source=source)
    mended, damage = charset.repair(text)
    return Reading(
        text=mended,
        media_type="text/plain",
        reader="text",
        encoding=damage or encoding,
    )


def decode(data: bytes, *, source: str) -> tuple[str, str]:
    """The text of ``data`` as it stands, nothing mended, and its encoding's name.

    :raises EncodingError: where the bytes are text in no character set for certain.
    """
    try:
        return charset.decode(data)
    except ValueError as error:
        reason = f"{error}; save it as UTF-8 and try again / hãy lưu lại tệp theo bảng mã UTF-8"
        raise EncodingError(source, " ".join(reason.split())) from None
