"""Workbooks (XLSX, and XLS and ODS through LibreOffice): what their sheets show.

Plans of tasks come as workbooks: a letterhead in the first rows, a table, a foot. Each sheet
that is shown gives its lines and its tables (:mod:`~vnpolicy.readers.sheet.page`), under its
name where several hold anything; values look as in the cells
(:mod:`~vnpolicy.readers.sheet.format`). Formulas give the values that were saved with them.
Hidden sheets, rows and columns are left out; macros are never run, links never followed.
"""

from __future__ import annotations

import dataclasses
import math
import unicodedata

from vnpolicy.errors import DamagedError, EmptyError, FormatError
from vnpolicy.readers import compound, office, soffice
from vnpolicy.readers.clock import Clock
from vnpolicy.readers.limits import Limits, check_size
from vnpolicy.readers.package import Package, open_package
from vnpolicy.readers.reading import Reading
from vnpolicy.readers.sheet import page
from vnpolicy.readers.sheet.book import Book

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MAIN, _BINARY = "xl/workbook.xml", "xl/workbook.bin"
_OPEN = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = "META-INF/manifest.xml"
_HIDDEN = ("hidden-cells", "rows or columns that are hidden are not read")


def read(data: bytes, *, source: str, limits: Limits) -> Reading:
    """The text of the workbook ``data``; ``source`` names it in errors.

    :raises DocumentError: its kinds, where the file is damaged, locked, empty or beyond limits,
        is no workbook, or LibreOffice is needed and not installed.
    """
    check_size(data, source=source, limits=limits)
    if data.startswith(compound.MAGIC):
        return _old(data, source, limits)
    package = open_package(data, source=source, limits=limits)
    if _MAIN in package:
        return _read(package, source=source, limits=limits)
    if _BINARY in package:
        name = "Calc MS Excel 2007 Binary"
        return _converted(data, ".xlsb", name, "application/vnd.ms-excel", source, limits)
    named = package.read("mimetype") if "mimetype" in package else b""
    if named.strip() != _OPEN.encode():
        raise FormatError(source, "is no workbook / không phải bảng tính")
    if office.is_locked_odf(package.read(_MANIFEST) if _MANIFEST in package else b""):
        raise office.locked(source)
    return _converted(data, ".ods", "calc8", _OPEN, source, limits)


def _old(data: bytes, source: str, limits: Limits) -> Reading:
    if compound.is_cut(data):
        raise DamagedError(source, "damaged: cut short / tệp hỏng")
    if compound.is_locked(data):
        raise office.locked(source)
    if compound.start(data, "Workbook") is not None:
        name = "MS Excel 97"
    elif compound.start(data, "Book") is not None:
        name = "MS Excel 95"
    else:
        raise FormatError(source, "holds no Excel workbook / không chứa bảng tính Excel")
    return _converted(data, ".xls", name, "application/vnd.ms-excel", source, limits)


def _converted(
    data: bytes, suffix: str, name: str, media_type: str, source: str, limits: Limits
) -> Reading:
    clock = Clock(source=source, seconds=limits.seconds)
    made = soffice.convert(
        data, suffix=suffix, filter_name=name, to="xlsx", source=source, limits=limits
    )
    left = dataclasses.replace(limits, seconds=math.ceil(clock.left()))
    package = open_package(made, source=source, limits=left)
    reading = _read(package, source=source, limits=left)
    return dataclasses.replace(reading, media_type=media_type)


def _read(package: Package, *, source: str, limits: Limits) -> Reading:
    try:
        book = Book(package, _MAIN, source=source, limits=limits)
        pages = [(name, page.blocks(rows)) for name, rows in book.sheets()]
    except RecursionError:
        raise DamagedError(source, "damaged: nested too deep / tệp hỏng") from None
    sheets = [(name, blocks) for name, blocks in pages if blocks]
    if not sheets:
        raise EmptyError(source, "holds no text / tệp không có chữ")
    several = len(sheets) > 1
    whole = [one for name, blocks in sheets for one in ([name] * several + blocks)]
    return Reading(
        text=unicodedata.normalize("NFC", "\n\n".join(filter(None, whole))),
        media_type=MEDIA_TYPE,
        reader="sheet",
        encoding=", ".join(sorted(book.encodings)) or None,
        doubts=(_HIDDEN,) if book.hidden else (),
    )
