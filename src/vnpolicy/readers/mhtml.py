"""Web archives (``.mht``, ``.mhtml``): a page and what belongs to it, packed like a mail.

Only the page itself is read; its pictures and frames are not.

>>> archive = b'''From: <Saved by Blink>
... Snapshot-Content-Location: https://example.vn/tb12
... MIME-Version: 1.0
... Content-Type: multipart/related; type="text/html"; boundary="x"
...
... --x
... Content-Type: text/html
... Content-Transfer-Encoding: quoted-printable
...
... <p>Giao S=E1=BB=9F Y t=E1=BA=BF tr=C3=ACnh =C4=90=E1=BB=81 =C3=A1n.</p>
... --x--
... '''
>>> from vnpolicy.readers.limits import Limits
>>> read(archive, source="x.mht", limits=Limits()).text, matches(archive)
('Giao Sở Y tế trình Đề án.', True)
"""

from __future__ import annotations

import dataclasses
from email import message_from_bytes
from email.message import Message

from vnpolicy.errors import DamagedError, EmptyError
from vnpolicy.readers import html
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.mail.header import Headers
from vnpolicy.readers.part import said
from vnpolicy.readers.reading import Reading


def matches(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a web archive, not of a mail."""
    headers = Headers.of(head)
    if headers is None or not headers.has("content-type"):
        return False
    saved = headers.has("snapshot-content-location") or "saved by" in headers.get("from").lower()
    related = headers.get("content-type").lower().startswith("multipart/related")
    sent = any(headers.has(name) for name in ("to", "received", "message-id", "return-path"))
    return saved or (related and not sent)


def read(data: bytes, *, source: str, limits: Limits) -> Reading:
    """The document on the archived page.

    :raises DocumentError: where the archive holds no page, or the page no text.
    """
    try:
        page = _page(message_from_bytes(data), limits=limits)
        payload = page.get_payload(decode=True) if page is not None else None
        declared = page.get_content_charset() if page is not None else None
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        raise DamagedError(
            source, f"no readable web archive: {said(error)} / tệp bị hỏng"
        ) from None
    if not isinstance(payload, bytes) or not payload.strip():
        raise EmptyError(source, "the archive holds no page / tệp không chứa trang nào")
    found = html.read(payload, source=source, limits=limits, declared=declared)
    return dataclasses.replace(found, media_type="multipart/related", reader="mhtml")


def _page(message: Message, *, limits: Limits) -> Message | None:
    """The part that the archive names as its root, else its first page."""
    start = (message.get_param("start") or "") if message.is_multipart() else ""
    pages = []
    for count, part in enumerate(message.walk()):
        if count > limits.parts:
            break
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            if start and part.get("Content-ID", "").strip() == start:
                return part
            pages.append(part)
    return pages[0] if pages else None
