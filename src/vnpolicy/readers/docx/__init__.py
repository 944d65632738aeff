"""Word files (DOCX, DOCM, DOTX): the text as Word shows it, with all changes accepted.

The file is a package of XML parts (ISO/IEC 29500). It is read with lxml alone: python-docx
knows no automatic numbers, text boxes, tracked changes or notes, and refuses templates and
files with macros. Macros are never run, pictures never opened, and nothing outside the file is
asked for.

- one paragraph is one line, paragraphs are parted by a blank line; automatic numbers are part
  of the text (:mod:`~vnpolicy.readers.docx.numbering`);
- insertions are kept, deletions left out, and hidden text too
  (:mod:`~vnpolicy.readers.docx.inline`);
- tables of data give rows between bars, tables that only lay out a page give paragraphs
  (:mod:`~vnpolicy.readers.docx.table`);
- headers, footers and notes: :mod:`~vnpolicy.readers.docx.margin`;
- runs in the fonts of the old encodings are converted, as the font tells
  (:mod:`~vnpolicy.readers.docx.style`).

The date is the day on which the file was last saved: clerks begin a notice from an older one,
so the day of its creation is often another notice's.
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from typing import TYPE_CHECKING

from vnpolicy import charset
from vnpolicy.errors import DamagedError, EmptyError
from vnpolicy.readers.docx import margin
from vnpolicy.readers.docx.name import w
from vnpolicy.readers.docx.numbering import Numbering
from vnpolicy.readers.docx.part import Parts
from vnpolicy.readers.docx.story import Story
from vnpolicy.readers.docx.style import Styles
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.package import open_package
from vnpolicy.readers.reading import Reading

if TYPE_CHECKING:
    from lxml.etree import _Element

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_KINDS = {
    "application/vnd.ms-word.document.macroEnabled.main+xml": (
        "application/vnd.ms-word.document.macroEnabled.12"
    ),
    "application/vnd.ms-word.template.macroEnabledTemplate.main+xml": (
        "application/vnd.ms-word.template.macroEnabled.12"
    ),
    f"{MEDIA_TYPE.removesuffix('document')}template.main+xml": (
        f"{MEDIA_TYPE.removesuffix('document')}template"
    ),
}
_CORE = "{http://schemas.openxmlformats.org/package/2006/metadata/core-properties}"
_DC = "{http://purl.org/dc/elements/1.1/}"
_TERMS = "{http://purl.org/dc/terms/}"
_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_MADE_UP = re.compile(r"(?i)|microsoft word.*|document\d*|untitled|.*\.docx?")
_FONTS = {"tcvn3": ".VnTime", "vni": "VNI-Times"}
_TRACKED = "changes that nobody has accepted are read as accepted"
_CHUNK = "holds a document of another format, which is not read"


def read(data: bytes, *, source: str, limits: Limits) -> Reading:
    """The text of the Word file ``data``; ``source`` names it in errors.

    :raises DocumentError: its kinds, where the file is damaged, locked, empty or beyond limits.
    """
    package = open_package(data, source=source, limits=limits)
    try:
        return _read(Parts(package, source=source), source=source, limits=limits)
    except RecursionError:
        raise DamagedError(source, "damaged: nested too deep / tệp hỏng") from None


def _read(parts: Parts, *, source: str, limits: Limits) -> Reading:
    styles = Styles(parts.related("styles"), parts.related("theme"))
    numbering = Numbering(parts.related("numbering"), styles)
    story = Story(styles, numbering, source=source, limits=limits)
    body = parts.document().find(w("body"))
    if body is None:
        raise DamagedError(source, "damaged: its document has no body / tệp hỏng")
    blocks = story.blocks(body)
    notes = margin.notes(parts, story)
    blocks = [*margin.first_header(parts, story, body, blocks), *blocks, *notes]
    text = "\n\n".join(map(str, blocks))
    if not text.strip():
        pictures = story.inline.pictures
        what = f"holds {pictures} pictures and no text" if pictures else "holds no text"
        raise EmptyError(source, f"{what} / tệp không có chữ")
    title, date = _core(parts.core(), text, story.encodings)
    return Reading(
        text=text,
        media_type=_KINDS.get(parts.media_type() or "", MEDIA_TYPE),
        reader="docx",
        encoding=", ".join(sorted(story.encodings)) or None,
        title=title,
        date=date,
        doubts=_doubts(story),
    )


def _doubts(story: Story) -> tuple[tuple[str, str], ...]:
    found = []
    if story.inline.changed:
        found.append(("tracked-changes", _TRACKED))
    if story.chunks:
        found.append(("part-not-read", _CHUNK))
    return tuple(found)


def _core(
    root: _Element | None, text: str, encodings: set[str]
) -> tuple[str | None, datetime.date | None]:
    """Title and day of the last save. Programs make a title up, of the file's name or of the
    first line: such a title says nothing that the text does not."""
    if root is None:
        return None, None
    saved = root.findtext(f"{_TERMS}modified") or root.findtext(f"{_TERMS}created")
    # A title has no font. It is too short to tell its encoding, but the text's is known.
    font = _FONTS.get(next(iter(encodings), "")) if len(encodings) == 1 else None
    title, _ = charset.join([(root.findtext(f"{_DC}title") or "", font)])
    title = " ".join(unicodedata.normalize("NFC", title).split())
    made_up = _MADE_UP.fullmatch(title) or _letters(text[:1000]).startswith(_letters(title))
    return None if made_up else title, _day(saved)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def _day(written: str | None) -> datetime.date | None:
    match = _DAY.match((written or "").strip())
    if match is None:
        return None
    try:
        return datetime.date(*map(int, match.groups()))
    except ValueError:
        return None
