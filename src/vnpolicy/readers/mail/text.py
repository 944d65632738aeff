"""The words of a mail: its header lines, the names of its files, its body.

Header lines are decoded where they are coded (RFC 2047, RFC 2231), and read as UTF-8 or an old
encoding where some program wrote letters into them as they were. Of a body in two forms the
plain one is taken. Lines that a program broke with a space at their end (format=flowed) are
joined again.

>>> from email import message_from_bytes
>>> mail = message_from_bytes("Subject: Đôn đốc\\nContent-Disposition: attachment;"
...     " filename*=utf-8''TB%20s%E1%BB%91%2012.pdf\\n\\n".encode())
>>> header(mail, "Subject"), file_name(mail)
('Đôn đốc', 'TB số 12.pdf')
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.utils import collapse_rfc2231_value

from vnpolicy import charset
from vnpolicy.errors import DocumentError
from vnpolicy.readers import html
from vnpolicy.readers.limits import Limits

_NAME = re.compile(r'\b(?:file)?name\s*=\s*(?:"([^"]{1,500})"|([^;\s]{1,500}))', re.IGNORECASE)
_LONGEST = 20_000  # signs of a header line; the library's time grows with their square
_CODED_JOIN = re.compile(r"(\?=)\s+(?==\?)")


@dataclass(slots=True)
class Body:
    """A mail's own text, and the parts (by ``id``) that it was read from or instead of."""

    text: str = ""
    used: set[int] = field(default_factory=set)


def header(message: Message, name: str) -> str:
    """The decoded text of the first header line of that name, on one line."""
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return " ".join(_decoded(str(value)).split())
    return ""


def file_name(part: Message) -> str:
    """The name under which the part was attached, decoded."""
    for key, param in (("Content-Disposition", "filename"), ("Content-Type", "name")):
        raw = next((str(v) for k, v in part.raw_items() if k.lower() == key.lower()), "")
        if any("\udc80" <= char <= "\udcff" for char in raw):
            found = _NAME.search(raw)
            if found is not None:
                return _decoded(found[1] or found[2])
        try:
            value = part.get_param(param, header=key)
        except (ValueError, LookupError, AttributeError, TypeError):
            continue
        if value:
            return _decoded(collapse_rfc2231_value(value))
    return ""


def body(leaves: Sequence[Message], *, source: str, limits: Limits) -> Body:
    """The text of a mail's parts that are its words, not files sent along."""
    words = [one for one in leaves if _is_words(one)]
    plain = [one for one in words if one.get_content_type() == "text/plain"]
    used = {id(one) for one in words}
    texts = [_plain(one) for one in plain]
    if not any(texts):
        pages = [one for one in words if one.get_content_type() == "text/html"]
        texts = [_page(one, source=source, limits=limits) for one in pages]
    return Body("\n\n".join(text for text in texts if text), used)


def _is_words(part: Message) -> bool:
    if part.get_content_type() not in ("text/plain", "text/html"):
        return False
    return part.get_content_disposition() != "attachment" and not file_name(part)


def _plain(part: Message) -> str:
    text = unicodedata.normalize("NFC", _letters(part).replace("\r\n", "\n").replace("\r", "\n"))
    if str(part.get_param("format") or "").lower() == "flowed":
        text = re.sub(r"(?<=[^\n-]) \n(?=[^\n>])", " ", text)
    return text.strip()


def _page(part: Message, *, source: str, limits: Limits) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    try:
        declared = part.get_content_charset()
        return html.read(data, source=source, limits=limits, declared=declared).text
    except DocumentError:
        return ""


def _letters(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    return _as_text(data, part.get_content_charset())


def _as_text(data: bytes, named: str | None) -> str:
    """The text of ``data`` in UTF-8, else as it names itself, else as it looks."""
    names = ("utf-8", named) if b"\x1b" not in data else (named, "utf-8")  # ISO-2022 is ASCII
    for name in names:
        try:
            if name:
                return codecs.decode(data, name)
        except (LookupError, ValueError, TypeError):
            continue
    try:
        return charset.decode(data)[0]
    except ValueError:
        return data.decode("cp1252", "replace")


def _decoded(text: str) -> str:
    pieces = []
    raw = text[:_LONGEST].encode("utf-8", "surrogateescape")
    plain = _as_text(raw, None)
    try:
        coded = decode_header(_CODED_JOIN.sub(r"\1", plain)) if "=?" in plain else [(plain, None)]
    except (MessageError, ValueError, LookupError, TypeError):
        coded = [(plain, None)]
    for piece, name in coded:
        pieces.append(_as_text(piece, name) if isinstance(piece, bytes) else piece)
    return unicodedata.normalize("NFC", "".join(pieces))
