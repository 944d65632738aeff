"""PDF: the text layer where it is good, OCR where a page is only a picture.

Each page is asked by itself (``page.py``): a notice made by a word processor with a scanned
annex has both. Pages to be read by OCR are drawn at 300 dots to the inch, in parallel read by
Tesseract, and come to the same form as the others: lines of words in their places. The layout
room makes the text of all of them together, so that a paragraph goes on over a page break
between a page of either kind.

Signature fields and remarks that were laid over a page later are neither read nor drawn: the
seal of a signing service hides nothing of the letterhead below it.

A scanned page that cannot be read, since Tesseract is not installed, is told as a doubt; where
that leaves no text at all it is an error.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vnpolicy.errors import DamagedError, DocumentError, EmptyError, LimitError, MissingToolError
from vnpolicy.readers import ocr
from vnpolicy.readers.clock import Clock
from vnpolicy.readers.layout import Sheet, compose
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.pdf import file
from vnpolicy.readers.pdf.page import Look, look
from vnpolicy.readers.reading import Reading

MEDIA_TYPE = "application/pdf"


@dataclass(slots=True)
class _Work:
    """What is found on the way through a document."""

    source: str
    limits: Limits
    clock: Clock
    looks: list[Look] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)
    doubts: list[tuple[str, str]] = field(default_factory=list)

    def numbers(self, kind: str) -> list[int]:
        return [one.sheet.number for one in self.looks if one.kind == kind]


def read(data: bytes, *, source: str, limits: Limits) -> Reading:
    """The text of the PDF ``data``.

    :raises EncryptedError: where it opens with a password only.
    :raises MissingToolError: where all its pages are scanned and Tesseract is not installed.
    :raises EmptyError: where it has no text.
    """
    try:
        return _read(data, source, limits)
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # what PDFium or the layout makes of a file meant to mislead
        reason = f"cannot be read ({type(error).__name__}) / tệp PDF bị hỏng"
        raise DamagedError(source, reason) from error


def _read(data: bytes, source: str, limits: Limits) -> Reading:
    work = _Work(source, limits, Clock(source=source, seconds=limits.seconds))
    document = file.opened(data, source=source, limits=limits)
    try:
        _look(document, work)
        scanned = _scan(document, work)
        title, date = file.title(document), file.date(document)
    finally:
        document.close()
    done = compose([scanned.get(one.sheet.number, one.sheet) for one in work.looks])
    if not done.text:
        raise EmptyError(source, "has no text / tệp PDF không có chữ")
    if len(done.text) > limits.characters:
        raise LimitError(source, f"has more than {limits.characters} characters (characters)")
    encodings = sorted({name for one in work.looks for name in one.encodings})
    return Reading(
        text=done.text,
        media_type=MEDIA_TYPE,
        reader="pdf",
        encoding=", ".join(encodings) or None,
        pages=done.pages,
        scanned=tuple(sorted(scanned)),
        confidence=ocr.confidence(scanned.values()),
        title=title,
        date=date,
        doubts=tuple(work.doubts),
    )


def _look(document: Any, work: _Work) -> None:
    """Looks at every page."""
    pdfium = file.library(work.source)
    characters = 0
    for at in range(len(document)):
        work.clock.check()
        try:
            page = document[at]
        except pdfium.PdfiumError:
            work.broken.append(at + 1)
            work.looks.append(Look("blank", Sheet(at + 1, 595, 842)))
            continue
        try:
            found = look(page, number=at + 1, check=work.clock.check)
        except pdfium.PdfiumError:
            work.broken.append(at + 1)
            found = Look("blank", Sheet(at + 1, 595, 842))
        finally:
            page.close()
        work.looks.append(found)
        characters += sum(len(line.text) for line in found.sheet.lines)
        if characters > work.limits.characters:
            reason = f"has more than {work.limits.characters} characters (characters)"
            raise LimitError(work.source, reason)
    if len(work.broken) == len(document):
        raise DamagedError(work.source, "no page of it can be read / tệp PDF bị hỏng")
    _doubt(work, "damaged-page", work.broken, "cannot be read, the file is damaged there")
    _doubt(work, "ocr-layer", work.numbers("layer"), "read from the file's own OCR layer")


def _scan(document: Any, work: _Work) -> dict[int, Sheet]:
    """Reads by OCR the pages that need it, by number."""
    numbers = work.numbers("scan")
    if not numbers:
        return {}
    lack = ocr.missing()
    if lack is None:
        sheets = ocr.read(_pictures(document, numbers, work), source=work.source, clock=work.clock)
        return {sheet.number: sheet for sheet in sheets}
    unread = [one for one in work.looks if one.kind == "scan" and not _has_words(one.sheet)]
    poor = [one for one in work.looks if one.kind == "scan" and _has_words(one.sheet)]
    if not work.numbers("text") and not work.numbers("layer") and not poor:
        raise MissingToolError(work.source, f"is scanned: {lack}")
    _doubt(work, "ocr-missing-page", [one.sheet.number for one in unread], f"not read: {lack}")
    reason = f"read from a poor OCR layer: {lack}"
    _doubt(work, "ocr-poor-layer", [one.sheet.number for one in poor], reason)
    return {}


def _has_words(sheet: Sheet) -> bool:
    return sum(char.isalpha() for line in sheet.lines for char in line.text) > 100


def _pictures(document: Any, numbers: list[int], work: _Work) -> Iterator[ocr.Picture]:
    """The pages drawn, one when it is asked for: PDFium draws one at a time."""
    for number in numbers:
        work.clock.check()
        page = document[number - 1]
        width, height = page.get_size()
        dpi = min(float(ocr.DPI), 72 * math.sqrt(work.limits.pixels / max(width * height, 1)))
        bitmap = page.render(scale=dpi / 72, may_draw_forms=False, draw_annots=False)
        image = bitmap.to_pil().copy()
        bitmap.close()
        page.close()
        yield ocr.Picture(number, image, dpi)


def _doubt(work: _Work, code: str, numbers: list[int], reason: str) -> None:
    if numbers:
        pages = ", ".join(map(str, numbers[:20])) + (" ..." if len(numbers) > 20 else "")
        work.doubts.append((code, f"page {pages}: {reason}"))
