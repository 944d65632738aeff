"""From what a reader says to the ``source`` of a notice's record."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from vnpolicy.models import Envelope, Organ, Source
from vnpolicy.models.source import share
from vnpolicy.readers.reading import Reading

if TYPE_CHECKING:
    from vnpolicy.readers import Item
    from vnpolicy.readers.edxml import Envelope as Read


def source(item: Item, reading: Reading) -> Source:
    """Where the item's text came from and how it was read."""
    part = item.part
    data = item.data
    if part is not None and part.text is not None:
        data = part.text.encode("utf-8", "replace")
    confidence = reading.confidence
    return Source(
        uri=uri(item.path),
        part=part.name if part else None,
        sha256=hashlib.sha256(data).hexdigest(),
        media_type=_media_type(item, reading),
        reader=reading.reader,
        encoding=reading.encoding,
        pages=len(reading.pages) or None,
        scanned_pages=list(reading.scanned),
        ocr_confidence=None if confidence is None else share(confidence),
        title=reading.title or (part.title if part else None),
        date=reading.date or (part.date if part else None),
        envelope=_envelope(part.envelope) if part and part.envelope else None,
    )


def uri(path: str | None) -> str | None:
    """An absolute path as a file URI; a relative one stays relative, so that the JSON does not
    change with the folder that somebody works in; an address stays one."""
    if path is None or "://" in path:
        return path
    place = Path(path)
    return place.as_uri() if place.is_absolute() else quote(place.as_posix())


_MARKDOWN = (".md", ".markdown")


def _media_type(item: Item, reading: Reading) -> str:
    """Markdown is text to the reader; only a file's name can say that it is Markdown."""
    name = (item.part.name if item.part else item.path) or ""
    if reading.media_type == "text/plain" and name.lower().endswith(_MARKDOWN):
        return "text/markdown"
    return reading.media_type


def _envelope(read: Read) -> Envelope:
    number = "/".join(filter(None, (read.number, read.notation))) or None
    return Envelope(
        document_id=read.document_id,
        number=number,
        issued_on=read.date,
        place=read.place,
        sender=_organ((read.sender_id, read.sender)),
        recipients=[one for pair in read.recipients if (one := _organ(pair))],
        type_name=read.type_name,
        subject=read.subject,
        signer=read.signer,
        signer_position=read.signer_position,
        due_on=read.due_date,
        priority=read.priority,
    )


def _organ(pair: tuple[str | None, str | None]) -> Organ | None:
    return Organ(id=pair[0], name=pair[1]) if any(pair) else None
