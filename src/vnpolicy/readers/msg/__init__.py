"""Mails as Outlook saves them (``.msg``): the text and the documents sent with it.

A ``.msg`` is an OLE compound file whose streams are the mail's properties, named by number and
type ([MS-OXMSG], [MS-OXPROPS]): ``__substg1.0_0037001F`` is the subject in UTF-16. The body is
taken in its plain form, else as HTML, else as packed RTF; attachments as for ``.eml`` mails.
Mails kept in attachments are read as well.

>>> matches(b"From: a@example.vn")
False
"""

from __future__ import annotations

import datetime
import io
import struct
from collections.abc import Iterator
from typing import Any

from vnpolicy import charset
from vnpolicy.errors import (
    DamagedError,
    DocumentError,
    EmptyError,
    LimitError,
    MissingToolError,
)
from vnpolicy.readers import html
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.mail.part import NOT_OPENED, kind_of
from vnpolicy.readers.msg import rtf
from vnpolicy.readers.part import Part, bare_name, said, unique_name

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PROPERTIES = "__properties_version1.0"
_DEEPEST = 8
_HANOI = datetime.timezone(datetime.timedelta(hours=7))
_TIMES = (0x0039, 0x0E06, 0x3007)  # sent, received, made


def matches(data: bytes) -> bool:
    """Whether the file, all of it, is a mail of Outlook's."""
    if not data.startswith(_OLE) or _PROPERTIES.encode("utf-16-le") not in data:
        return False
    try:
        import olefile
    except ImportError:
        return "WordDocument".encode("utf-16-le") not in data
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            return bool(file.exists(_PROPERTIES))
    except Exception:  # whatever a broken file makes of the library
        return False


def documents(data: bytes, *, source: str, limits: Limits) -> Iterator[Part]:
    """The body and the attached documents of the mail, in order.

    :raises DocumentError: where there are none, or a limit is broken.
    """
    try:
        import olefile
    except ImportError:
        advice = "pip install 'vnpolicy[mail]' / cần cài gói olefile"
        raise MissingToolError(source, f"reading .msg needs olefile: {advice}") from None
    any_part = False
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            message = _Message(file, source=source, limits=limits)
            for part in message.parts((), prefix="", depth=1):
                any_part = True
                yield part
    except (DocumentError, GeneratorExit):
        raise
    except Exception as error:  # olefile raises many kinds on broken files
        raise DamagedError(source, f"no readable .msg: {said(error)} / thư bị hỏng") from None
    if not any_part:
        raise EmptyError(source, "the mail has neither text nor documents / thư không có nội dung")


class _Message:
    """One file: its streams, and what has been taken of them."""

    def __init__(self, file: Any, *, source: str, limits: Limits) -> None:
        self._file = file
        self._source = source
        self._limits = limits
        self._left = limits.unpacked_bytes
        self._names: set[str] = set()
        self._storages = sorted({tuple(path[:-1]) for path in file.listdir()} - {()})

    def parts(self, place: tuple[str, ...], *, prefix: str, depth: int) -> Iterator[Part]:
        """The body and the attachments of the mail whose streams lie in ``place``."""
        if depth > _DEEPEST:
            raise LimitError(
                self._source, f"mails nested deeper than {_DEEPEST} / thư lồng quá sâu"
            )
        header = 32 if not place else 24
        fixed = self._fixed(place, header)
        about: Any = {"title": self._text(place, "0037", fixed) or None, "date": _day(fixed)}
        body = self._body(place, fixed)
        if body is not None:
            data, text = body
            media_type = "application/rtf" if data else None
            name = unique_name(prefix + "body", self._names)
            yield Part(
                name=name, data=data, media_type=media_type, text=text, reader="msg", **about
            )
        for storage in self._storages:
            if storage[:-1] == place and storage[-1].startswith("__attach_version1.0_"):
                yield from self._attachment(storage, prefix=prefix, depth=depth, about=about)

    def _attachment(
        self, place: tuple[str, ...], *, prefix: str, depth: int, about: Any
    ) -> Iterator[Part]:
        if len(self._names) >= self._limits.parts:
            raise LimitError(self._source, "parts: too many attachments / quá nhiều tệp đính kèm")
        fixed = self._fixed(place, 8)
        name = bare_name(self._text(place, "3707", fixed) or self._text(place, "3704", fixed))
        inner = (*place, "__substg1.0_3701000D")
        if self._file.exists([*inner, _PROPERTIES]):
            name = name or bare_name(self._text(inner, "0037", fixed)) or "message"
            under = f"{unique_name(prefix + name, self._names)}/"
            yield from self.parts(inner, prefix=under, depth=depth + 1)
            return
        data = self._stream(place, "37010102")
        media_type = self._text(place, "370E", fixed).lower()
        inline = bool(fixed.get(0x3714, 0) & 4) or bool(self._text(place, "3712", fixed))
        kind = kind_of(name, media_type, data, inline=inline)
        if not data or kind == "other":
            return
        unique = unique_name(prefix + (name or "attachment"), self._names)
        if kind == "packed":
            yield Part(name=unique, media_type=media_type or None, error=NOT_OPENED)
        else:
            yield Part(name=unique, data=data, media_type=media_type or None, **about)

    def _body(
        self, place: tuple[str, ...], fixed: dict[int, int]
    ) -> tuple[bytes, str | None] | None:
        text = self._text(place, "1000", fixed).replace("\r\n", "\n").strip()
        if text:
            return b"", text
        page = self._stream(place, "10130102") or self._text(place, "1013", fixed).encode()
        if page.strip():
            named = _codepage(fixed.get(0x3FDE, 0))
            try:
                found = html.read(page, source="body", limits=self._limits, declared=named)
                return b"", found.text
            except DocumentError:
                pass
        packed = self._stream(place, "10090102")
        if packed:
            body = rtf.unpacked(packed, most=self._left)
            return (body, None) if body else None
        return None

    def _stream(self, place: tuple[str, ...], name: str) -> bytes:
        path = [*place, f"__substg1.0_{name}"]
        if not self._file.exists(path):
            return b""
        size = self._file.get_size(path)
        self._left -= size
        if self._left < 0:
            raise LimitError(self._source, "unpacked_bytes: the mail is too large / thư quá lớn")
        data: bytes = self._file.openstream(path).read()
        return data

    def _text(self, place: tuple[str, ...], number: str, fixed: dict[int, int]) -> str:
        wide = self._stream(place, f"{number}001F")
        if wide:
            return wide.decode("utf-16-le", "replace").rstrip("\0")
        narrow = self._stream(place, f"{number}001E").rstrip(b"\0")
        for name in ("utf-8", _codepage(fixed.get(0x3FFD, 0))):
            try:
                return narrow.decode(name or "utf-8")
            except (LookupError, ValueError):
                continue
        try:
            return charset.decode(narrow)[0]
        except ValueError:
            return narrow.decode("cp1252", "replace")

    def _fixed(self, place: tuple[str, ...], header: int) -> dict[int, int]:
        """The properties of fixed size, by number: 8 bytes each, as one whole number."""
        path = [*place, _PROPERTIES]
        if not self._file.exists(path):
            return {}
        data = self._file.openstream(path).read()
        found = {}
        for at in range(header, min(len(data), 100_000) - 15, 16):
            tag, _, value = struct.unpack_from("<IIQ", data, at)
            found[tag >> 16] = value & 0xFFFFFFFF if tag & 0xFFFF == 3 else value
        return found


def _day(fixed: dict[int, int]) -> datetime.date | None:
    """The day in Hanoi of the first time that is there, counted in 100 ns from 1601."""
    for number in _TIMES:
        ticks = fixed.get(number, 0)
        if 0 < ticks < 2_650_467_744_000_000_000:
            start = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)
            return (start + datetime.timedelta(microseconds=ticks // 10)).astimezone(_HANOI).date()
    return None


def _codepage(number: int) -> str | None:
    return {0: None, 65001: "utf-8", 1200: "utf-16-le", 20127: "ascii"}.get(number, f"cp{number}")
