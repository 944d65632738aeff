"""The typed documents in every format, made by programs that are not the library."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from formats.paper import Block

Typed = Callable[[str], Iterable[tuple[str, str]]]  # a text as runs, each with its font


def plain(blocks: list[Block]) -> str:
    """The blocks as lines, a paragraph a line."""
    lines: list[str] = []
    for block in blocks:
        if block.kind == "table":
            lines += ["| " + " | ".join(row) + " |" for row in block.rows] + [""]
        else:
            lines += [cell for row in block.rows for cell in row] + [""]
    return "\n".join(lines)


def unicode_run(text: str) -> Iterable[tuple[str, str]]:
    """The text as today's offices type it."""
    yield text, "Liberation Serif"


def docx(blocks: list[Block], path: Path, *, typed: Typed = unicode_run) -> None:
    """A Word file: letterhead and foot in tables without lines, 13 points, a number on each
    page."""
    import docx as word
    from docx.shared import Cm, Pt

    document = word.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(3), Cm(1.5)
    document.styles["Normal"].font.size = Pt(13)
    document.styles["Normal"].font.name = "Liberation Serif"
    for block in blocks:
        if block.kind == "paragraph":
            _fill(document.add_paragraph(), block.rows[0][0], typed)
        else:
            _grid(document, block, typed)
    _number_pages(document)
    document.save(str(path))


# Centimetres, of the 16.5 that the margins leave.
_COLUMNS = (6.2, 10.3)
_LINED = (1.2, 4.9, 2.7, 2.9, 2.5, 2.3)


def _grid(document: Any, block: Block, typed: Typed) -> None:
    from docx.shared import Cm

    grid = document.add_table(rows=len(block.rows), cols=len(block.rows[0]))
    grid.autofit = False
    widths = [Cm(one) for one in (_LINED if block.kind == "table" else _COLUMNS)]
    if block.kind == "table":
        grid.style = "Table Grid"
    for row, cells in zip(block.rows, grid.rows, strict=True):
        for text, cell, width in zip(row, cells.cells, widths, strict=True):
            cell.width = width
            first, *others = text.split("\n")
            _fill(cell.paragraphs[0], first, typed)
            for line in others:
                _fill(cell.add_paragraph(), line, typed)


def _fill(paragraph: Any, text: str, typed: Typed) -> None:
    from docx.oxml.ns import qn

    for piece, font in typed(text):
        run = paragraph.add_run(piece)
        run.font.name = font
        fonts = run._element.rPr.rFonts
        fonts.set(qn("w:hAnsi"), font)
        fonts.set(qn("w:cs"), font)


def _number_pages(document: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = document.sections[0].header.paragraphs[0]
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:instrText" if text else "w:fldChar")
        if text:
            element.text = text
        else:
            element.set(qn("w:fldCharType"), kind)
        run._element.append(element)


def convert(files: list[Path], suffix: str, folder: Path) -> None:
    """The files through LibreOffice into ``folder``."""
    profile = (folder.parent / "profile").as_uri()
    subprocess.run(
        [
            "soffice",
            f"-env:UserInstallation={profile}",
            "--headless",
            "--convert-to",
            suffix,
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )


def scan(pdf: Path, path: Path, *, dpi: int = 300) -> None:
    """The PDF's pages as pictures in a PDF, as a scanner leaves them."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    images = [page.render(scale=dpi / 72).to_pil().convert("L") for page in document]
    images[0].save(path, save_all=True, append_images=images[1:], resolution=dpi)
