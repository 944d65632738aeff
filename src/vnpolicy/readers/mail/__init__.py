"""Mails (``.eml``): the text and the documents that were sent with it.

The body is a part named "body" where it has text, the plain form before the HTML one; each
attached document is a part under its own name, those of a forwarded mail behind that mail's
name. Subject and day of the mail are title and date of its parts.

>>> from vnpolicy.readers.limits import Limits
>>> mail = b'''From: a@example.vn
... Subject: =?utf-8?b?xJDDtG4gxJHhu5Fj?=
... Date: Tue, 08 Jul 2025 23:30:00 +0000
... Message-ID: <1@example.vn>
...
... Kinh gui So Y te.
... '''
>>> [(one.name, one.text, one.title, str(one.date)) for one in documents(
...     mail, source="x.eml", limits=Limits())]
[('body', 'Kinh gui So Y te.', 'Đôn đốc', '2025-07-09')]
>>> matches(mail), matches("Kính gửi: Sở Y tế\\nSố: 12/TB".encode())
(True, False)
"""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import Any

from vnpolicy.errors import DamagedError, DocumentError, EmptyError, EncryptedError, LimitError
from vnpolicy.readers import mhtml
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.mail import text as mail_text
from vnpolicy.readers.mail.header import Headers
from vnpolicy.readers.mail.part import NOT_OPENED, kind_of
from vnpolicy.readers.part import Part, bare_name, said, unique_name

_KNOWN = ("from", "to", "subject", "date", "mime-version", "received", "message-id", "cc")
_MACHINE = ("mime-version", "received", "message-id", "return-path", "content-type", "x-mailer")
_DEEPEST = 8  # mails in mails, and containers in containers
_HANOI = datetime.timezone(datetime.timedelta(hours=7))


def matches(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a mail."""
    headers = Headers.of(head)
    if headers is None or mhtml.matches(head):
        return False
    known = sum(headers.has(name) for name in _KNOWN)
    return known >= 2 and any(headers.has(name) for name in _MACHINE)


def documents(data: bytes, *, source: str, limits: Limits) -> Iterator[Part]:
    """The body and the attached documents of a mail, in order.

    :raises DocumentError: where there are none, or a limit is broken.
    """
    try:
        message = message_from_bytes(data)
        if message.get_content_type() == "multipart/encrypted":
            raise EncryptedError(source, "an encrypted mail / thư đã mã hóa")
        found = _Mail(source, limits)
        any_part = False
        for part in found.parts(message, prefix="", depth=1):
            any_part = True
            yield part
    except DocumentError:
        raise
    except (
        MessageError,
        ValueError,
        LookupError,
        AttributeError,
        TypeError,
        RecursionError,
    ) as error:
        raise DamagedError(source, f"no readable mail: {said(error)} / thư bị hỏng") from None
    if not any_part:
        raise EmptyError(source, "the mail has neither text nor documents / thư không có nội dung")


@dataclasses.dataclass
class _Mail:
    """What has been taken of one file so far."""

    source: str
    limits: Limits
    size: int = 0
    count: int = 0
    names: set[str] = dataclasses.field(default_factory=set)

    def parts(self, message: Message, *, prefix: str, depth: int) -> Iterator[Part]:
        """The body and the attachments of ``message`` and of mails inside it."""
        if depth > _DEEPEST:
            raise LimitError(self.source, f"mails nested deeper than {_DEEPEST} / thư lồng quá sâu")
        title = mail_text.header(message, "Subject")
        about: Any = {"title": title or None, "date": _day(mail_text.header(message, "Date"))}
        leaves = list(self._leaves(message, depth=0))
        body = mail_text.body(leaves, source=self.source, limits=self.limits)
        if body.text:
            name = unique_name(prefix + "body", self.names)
            yield Part(name=name, text=body.text, reader="mail", **about)
        for leaf in leaves:
            if id(leaf) in body.used:
                continue
            if leaf.get_content_type() == "message/rfc822":
                yield from self._inner(leaf, prefix=prefix, depth=depth)
            elif (part := self._attachment(leaf, prefix)) is not None:
                yield dataclasses.replace(part, **about)

    def _leaves(self, message: Message, *, depth: int) -> Iterator[Message]:
        self.count += 1
        if self.count > self.limits.parts:
            raise LimitError(self.source, f"parts: more than {self.limits.parts} / quá nhiều tệp")
        payload = message.get_payload()
        inner = message.get_content_type() == "message/rfc822"
        if not isinstance(payload, list) or inner:
            yield message
        elif depth > _DEEPEST * 2:
            raise LimitError(self.source, "parts nested too deep / thư lồng quá sâu")
        else:
            for one in payload:
                if isinstance(one, Message):
                    yield from self._leaves(one, depth=depth + 1)

    def _inner(self, leaf: Message, *, prefix: str, depth: int) -> Iterator[Part]:
        payload = leaf.get_payload()
        inner = payload[0] if isinstance(payload, list) and payload else None
        if isinstance(inner, Message):
            given = mail_text.file_name(leaf) or mail_text.header(inner, "Subject")
            name = bare_name(given) or "message"
            under = f"{unique_name(prefix + name, self.names)}/"
            yield from self.parts(inner, prefix=under, depth=depth + 1)

    def _attachment(self, leaf: Message, prefix: str) -> Part | None:
        payload = leaf.get_payload(decode=True)
        if not isinstance(payload, bytes) or not payload.strip():
            return None
        self.size += len(payload)
        if self.size > self.limits.unpacked_bytes:
            raise LimitError(self.source, "unpacked_bytes: the attachments are too large / quá lớn")
        media_type = leaf.get_content_type()
        name = bare_name(mail_text.file_name(leaf))
        inline = (
            leaf.get_content_disposition() != "attachment" and leaf.get("Content-ID") is not None
        )
        kind = kind_of(name, media_type, payload, inline=inline)
        if kind == "other":
            return None
        unique = unique_name(prefix + (name or "attachment"), self.names)
        if kind == "packed":
            return Part(name=unique, media_type=media_type, error=NOT_OPENED)
        return Part(name=unique, data=payload, media_type=media_type)


def _day(text: str) -> datetime.date | None:
    """The day of a mail's date line in Hanoi; a time without zone is taken as written."""
    try:
        moment = parsedate_to_datetime(text)
        return (moment if moment.tzinfo is None else moment.astimezone(_HANOI)).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
