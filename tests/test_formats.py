"""Every document of the corpus in every format and encoding: the same tasks as its plain text.

The files are made here by programs that are not the library: python-docx types, LibreOffice
converts, PDFium prints to pictures, iconv and VNI's chart encode.
"""

from __future__ import annotations

import shutil
import unicodedata
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import vnpolicy
from formats import legacy, make, paper
from formats.rows import difference, share_right
from vnpolicy import Notice

NAMES = paper.names()
ALL = sorted(path.stem for path in paper.NOTICES.glob("*.txt"))
needs_office = pytest.mark.skipif(
    shutil.which("soffice") is None,
    reason="LibreOffice is not installed: DOC, RTF, ODT and PDF were not tried",
)
needs_ocr = pytest.mark.skipif(
    shutil.which("soffice") is None or shutil.which("tesseract") is None,
    reason="Tesseract or LibreOffice is not installed: scans were not tried",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The documents typed in Word."""
    place = tmp_path_factory.mktemp("typed")
    for name in NAMES:
        make.docx(paper.blocks(name), place / f"{name}.docx")
    return place


def converted(folder: Path, suffix: str) -> dict[str, Notice]:
    """The notices of the typed documents, saved by LibreOffice in another format."""
    place = folder / suffix
    make.convert([folder / f"{name}.docx" for name in NAMES], suffix, place)
    return read_all({name: place / f"{name}.{suffix}" for name in NAMES})


def read_all(paths: dict[str, Path]) -> dict[str, Notice]:
    """Two at a time: most of the work is done by other programs."""
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(paths, pool.map(vnpolicy.extract_file, paths.values()), strict=True))


def wanted(name: str) -> Notice:
    return vnpolicy.extract(paper.text(name))


def holds_together(notice: Notice) -> Iterator[str]:
    """What every notice of a file promises."""
    for record in (*notice.tasks, *notice.references, *notice.assignees, *notice.quantities):
        if notice.text[record.span.start : record.span.end] != record.text:
            yield f"{record.text!r} is not at its place"
    last = 1
    for segment in notice.segments:
        if (segment.page is None) != (notice.source.pages is None):
            yield f"segment {segment.id}: page {segment.page} of {notice.source.pages}"
        elif segment.page is not None and not last <= segment.page <= (notice.source.pages or 0):
            yield f"segment {segment.id} is on page {segment.page} after {last}"
        last = segment.page or last


def check(name: str, given: Notice) -> None:
    want = wanted(name)
    assert difference(want, given) == []
    assert given.header.number == want.header.number
    assert given.header.issuer == want.header.issuer
    assert given.anchor_date == want.anchor_date
    assert list(holds_together(given)) == []


@pytest.mark.parametrize("name", NAMES)
def test_word(folder: Path, name: str) -> None:
    given = vnpolicy.extract_file(folder / f"{name}.docx")
    check(name, given)
    assert given.source.reader == "docx"


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf", "pdf"])
def test_other_formats(folder: Path, suffix: str) -> None:
    given = converted(folder, suffix)
    for name in NAMES:
        check(name, given[name])
        assert given[name].source.reader == ("pdf" if suffix == "pdf" else "office")
        assert (given[name].source.pages is not None) == (suffix == "pdf")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("font", ["tcvn3", "vni"])
def test_word_in_an_old_font(tmp_path: Path, font: str, name: str) -> None:
    typed = legacy.typed_tcvn3 if font == "tcvn3" else legacy.typed_vni
    make.docx(paper.blocks(name), tmp_path / "cu.docx", typed=typed)
    given = vnpolicy.extract_file(tmp_path / "cu.docx")
    assert given.source.encoding is not None and font in given.source.encoding
    want = vnpolicy.extract(legacy.plain_signs(make.plain(paper.blocks(name))))
    assert difference(want, given) == []
    assert given.header.number == want.header.number


@needs_office
@pytest.mark.parametrize("suffix", ["doc", "rtf", "odt"])
@pytest.mark.parametrize("font", ["tcvn3", "vni"])
def test_old_fonts_through_old_formats(tmp_path: Path, font: str, suffix: str) -> None:
    typed = legacy.typed_tcvn3 if font == "tcvn3" else legacy.typed_vni
    names = NAMES[:3]
    for name in names:
        make.docx(paper.blocks(name), tmp_path / f"{name}.docx", typed=typed)
    given = converted_some(tmp_path, suffix, names)
    for name in names:
        want = vnpolicy.extract(legacy.plain_signs(make.plain(paper.blocks(name))))
        assert difference(want, given[name]) == []


def converted_some(folder: Path, suffix: str, names: list[str]) -> dict[str, Notice]:
    place = folder / "out"
    make.convert([folder / f"{name}.docx" for name in names], suffix, place)
    return read_all({name: place / f"{name}.{suffix}" for name in names})


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viscii", "utf-16", "nfd"])
def test_text_in_another_encoding(tmp_path: Path, encoding: str, name: str) -> None:
    text = paper.text(name)
    path = tmp_path / "cu.txt"
    if encoding == "utf-16":
        path.write_bytes(text.encode("utf-16"))
    elif encoding == "nfd":
        path.write_bytes(unicodedata.normalize("NFD", text).encode())
    else:
        text = legacy.plain_signs(text)
        codes = {"tcvn3": "TCVN5712-1", "viscii": "VISCII"}.get(encoding)
        told = legacy.in_iconv(text, codes) if codes else legacy.in_vni(text)
        path.write_bytes(told.encode("latin-1"))
    given = vnpolicy.extract_file(path)
    want = vnpolicy.extract(text)
    assert difference(want, given) == []
    assert given.header.number == want.header.number
    assert len(given.references) == len(want.references)
    assert len(given.quantities) == len(want.quantities)


@needs_ocr
def test_scans(folder: Path) -> None:
    """At least 95% of the rows have the right leads and the right date at 300 dpi."""
    make.convert([folder / f"{name}.docx" for name in NAMES], "pdf", folder / "print")
    paths = {}
    for name in NAMES:
        paths[name] = folder / f"{name}-scan.pdf"
        make.scan(folder / "print" / f"{name}.pdf", paths[name])
    given = read_all(paths)
    right = total = 0.0
    for name, notice in given.items():
        want = wanted(name)
        right += share_right(want, notice) * len(want.tasks)
        total += len(want.tasks)
        assert notice.source.scanned_pages == list(range(1, (notice.source.pages or 0) + 1))
        assert notice.source.ocr_confidence is not None and notice.source.ocr_confidence > 0.8
        assert list(holds_together(notice)) == []
    assert right / total >= 0.95
