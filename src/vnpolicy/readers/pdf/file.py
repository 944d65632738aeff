"""A PDF file opened: its pages counted, its title and date, and why it cannot be opened.

PDFium reads it: the reader of a browser, made for files that mean harm, and thirty times as fast
as a reader in Python. Nothing in the file is run: no script, no action, no embedded file. A file
that only its owner's password protects opens as in any viewer.

>>> written("D:20060301144628+07'00'")
datetime.date(2006, 3, 1)
>>> written("D:20061301") is None
True
"""

from __future__ import annotations

import datetime
import re
from typing import Any

from vnpolicy.errors import DamagedError, EncryptedError, FormatError, LimitError, MissingToolError
from vnpolicy.readers.limits import Limits

_PASSWORD, _SECURITY = 4, 5  # PDFium's error codes
_DATE = re.compile(r"(?:D:)?(\d{4})(\d{2})(\d{2})")


def library(source: str) -> Any:
    """PDFium's package.

    :raises MissingToolError: where it is not installed.
    """
    try:
        import pypdfium2
    except ImportError:
        raise MissingToolError(
            source,
            "a PDF needs a package that is not installed: pip install 'vnpolicy[pdf]' / "
            "chưa cài gói đọc PDF: pip install 'vnpolicy[pdf]'",
        ) from None
    return pypdfium2


def opened(data: bytes, *, source: str, limits: Limits) -> Any:
    """The document that ``data`` holds, with no more pages than ``limits`` allow."""
    pdfium = library(source)
    if b"%PDF-" not in data[:2048]:
        raise FormatError(source, "is no PDF: its mark %PDF- is not there / không phải tệp PDF")
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        code = getattr(error, "err_code", None)
        if code in (_PASSWORD, _SECURITY):
            reason = "opens with a password only / tệp PDF có mật khẩu"
            raise EncryptedError(source, reason) from None
        reason = "is cut short or damaged, no PDF reader opens it / tệp PDF bị hỏng"
        raise DamagedError(source, reason) from None
    pages = len(document)
    if pages < 1:
        document.close()
        raise DamagedError(source, "has no page that can be read / tệp PDF không có trang nào")
    if pages > limits.pages:
        document.close()
        reason = f"has {pages} pages; allowed: {limits.pages} (pages) / quá nhiều trang"
        raise LimitError(source, reason)
    return document


def title(document: Any) -> str | None:
    """What the file calls itself, None where it does not."""
    return " ".join(str(document.get_metadata_value("Title")).split()) or None


def date(document: Any) -> datetime.date | None:
    """The day on which the file was made."""
    return written(str(document.get_metadata_value("CreationDate")))


def written(value: str) -> datetime.date | None:
    """The day that a date of a PDF names."""
    found = _DATE.match(value)
    if found is None:
        return None
    try:
        return datetime.date(*map(int, found.groups()))
    except ValueError:
        return None
