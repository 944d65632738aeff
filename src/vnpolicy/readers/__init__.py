"""Files in: bytes of any known format to documents as text; one module a format.

What a file is, its content says (:mod:`vnpolicy.readers.kind`). Most files hold one document;
a mail, an edXML envelope or a file of JSON lines holds several, and one that cannot be read
costs none of the others.

>>> (item,) = open_bytes("Số: 12/TB-UBND".encode(), name="tb12.txt")
>>> reading, source = item.read()
>>> reading.text, source.uri, source.media_type, source.encoding
('Số: 12/TB-UBND', 'tb12.txt', 'text/plain', 'utf-8')
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy import errors
from vnpolicy.readers import confine, kind
from vnpolicy.readers.kind import Kind
from vnpolicy.readers.limits import Limits, too_large
from vnpolicy.readers.part import Part
from vnpolicy.readers.reading import Reading

if TYPE_CHECKING:
    from vnpolicy.models import Source

__all__ = [
    "Item",
    "Limits",
    "Reading",
    "main_items",
    "open_bytes",
    "open_file",
    "read",
    "read_bytes",
]

_CONTAINERS = frozenset(("mail", "msg", "edxml", "jsonl"))
_CONFINED = frozenset(("pdf", "image"))
_LARGE = 20_000_000  # bytes, unpacked: more than this is read in a process of its own
_DEEP = 4  # a mail in a mail in a mail
_HALVES = dict.fromkeys(range(55296, 57344), "�") | {0: "\ufffd"}


@dataclass(frozen=True, slots=True)
class Item:
    """A document in a file, still to be read. ``name`` is what a message calls it, ``kind`` the
    format of ``data`` where it has been looked at."""

    name: str
    path: str | None
    part: Part | None
    data: bytes
    limits: Limits
    kind: Kind | None = None

    @property
    def is_body(self) -> bool:
        """Whether it is what a mail says itself, and no attachment."""
        return self.part is not None and self.part.name.split("/")[-1] == "body"

    def read(self) -> tuple[Reading, Source]:
        """The document's text, and where it came from.

        :raises DocumentError: where it cannot be read; the error's kind says why.
        """
        from vnpolicy.readers.source import source

        if self.part is not None and self.part.error is not None:
            raise errors.DamagedError(self.name, self.part.error)
        reading = _whole(self._reading(), self.name, self.limits)
        return reading, source(self, reading)

    def _reading(self) -> Reading:
        part = self.part
        if part is not None and part.text is not None:
            return Reading(
                text=part.text,
                media_type=part.media_type or "text/plain",
                reader=part.reader,
                title=part.title,
                date=part.date,
            )
        return _read(self.data, self.kind or kind.of(self.data), self.name, self.limits)


def open_file(path: str | Path, *, limits: Limits | None = None) -> Iterator[Item]:
    """The documents in the file at ``path``, in its order.

    :raises DocumentError: where the file cannot be opened or is of no format that is read.
    """
    limits = limits or Limits()
    yield from open_bytes(_bytes(path, limits), name=str(path), limits=limits)


def open_bytes(
    data: bytes, *, name: str | None = None, limits: Limits | None = None
) -> Iterator[Item]:
    """The documents in ``data``; ``name`` is its path, None if it has none."""
    yield from _open(data, name, None, limits or Limits(), 0)


def read(path: str | Path, *, limits: Limits | None = None) -> tuple[Reading, Source]:
    """The one document in the file at ``path``: of a mail, its one attachment.

    :raises DocumentError: where it cannot be read, or the file holds several.
    """
    return _only(list(open_file(path, limits=limits)), str(path)).read()


def read_bytes(
    data: bytes, *, name: str | None = None, limits: Limits | None = None
) -> tuple[Reading, Source]:
    """As :func:`read`, of bytes."""
    items = list(open_bytes(data, name=name, limits=limits))
    return _only(items, name or "<bytes>").read()


def main_items(items: list[Item]) -> list[Item]:
    """The documents that a file was sent for: what a mail says itself only where that is all."""
    return [item for item in items if not item.is_body] or items


def _only(items: list[Item], label: str) -> Item:
    main = main_items(items)
    if len(main) == 1:
        return main[0]
    if not main:
        raise errors.EmptyError(label, "holds no document / tệp không chứa văn bản nào")
    names = ", ".join(item.part.name for item in main[:4] if item.part)
    more = ", ..." if len(main) > 4 else ""
    reason = f"holds {len(main)} documents ({names}{more}): extract them all, not one"
    raise errors.FormatError(label, f"{reason} / tệp chứa nhiều văn bản")


def _bytes(path: str | Path, limits: Limits) -> bytes:
    try:
        file = Path(path)
        if file.is_dir():
            raise errors.DocumentError(str(path), "is a folder, not a file / là thư mục")
        if file.exists() and not file.is_file():
            raise errors.DocumentError(str(path), "is no regular file / không phải tệp thường")
        with file.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except FileNotFoundError:
        raise errors.DocumentError(str(path), "no such file / không tìm thấy tệp") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise errors.DocumentError(str(path), f"cannot be opened: {reason}") from None
    return data


def _open(
    data: bytes, path: str | None, part: Part | None, limits: Limits, depth: int
) -> Iterator[Item]:
    label = path or "<bytes>"
    label = f"{label}#{part.name}" if part else label
    if len(data) > limits.file_bytes:
        raise too_large(label, limits)
    found = kind.of(data) if part is None or part.text is None else None
    if found is None or found.reader not in _CONTAINERS:
        yield Item(label, path, part, data, limits, found)
        return
    if depth >= _DEEP:
        reason = f"is packed {_DEEP} times over / tệp lồng nhau quá nhiều lớp"
        raise errors.LimitError(label, reason)
    room = import_module(f"vnpolicy.readers.{found.reader}")
    prefix = f"{part.name}/" if part else ""
    for inner in room.documents(data, source=label, limits=limits):
        yield from _inner(inner.under(prefix), path, limits, depth + 1)


def _inner(part: Part, path: str | None, limits: Limits, depth: int) -> Iterator[Item]:
    try:
        yield from _open(part.data, path, part, limits, depth)
    except errors.DocumentError as error:
        yield Item(error.source, path, part.failed(error.reason), b"", limits)


def _read(data: bytes, found: Kind, label: str, limits: Limits) -> Reading:
    if not data.strip(b" \t\r\n\x00"):
        raise errors.EmptyError(label, "is empty / tệp rỗng")
    if found.reader is None:
        reason = f"is {found.what}, which is not read / định dạng không đọc được"
        raise errors.FormatError(label, reason)
    if found.reader in _CONFINED or (found.reader != "text" and _size(data) > _LARGE):
        reading = confine.read(found.reader, data, source=label, limits=limits)
    else:
        room = import_module(f"vnpolicy.readers.{found.reader}")
        reading = room.read(data, source=label, limits=limits)
    return reading


def _size(data: bytes) -> int:
    """How many bytes there are once unpacked, as a package itself says."""
    if not data.startswith(b"PK"):
        return len(data)
    import io
    import zipfile

    with contextlib.suppress(Exception), zipfile.ZipFile(io.BytesIO(data)) as package:
        return sum(one.file_size for one in package.infolist())
    return len(data)


def _whole(reading: Reading, label: str, limits: Limits) -> Reading:
    """The reading, with a text that any JSON can hold; refused where there is none or too much."""
    if len(reading.text) > limits.characters:
        reason = f"has {len(reading.text)} characters (limit: characters) / văn bản quá dài"
        raise errors.LimitError(label, reason)
    if not reading.text.strip():
        raise errors.EmptyError(label, "holds no text / tệp không có chữ")
    try:
        reading.text.encode()
    except UnicodeEncodeError:
        return replace(reading, text=reading.text.translate(_HALVES))
    return reading
