"""Zip and tar archives read in place, member by member, without trust.

Nothing is unpacked to the disk. Members come in the archive's own order, one in memory at a
time; a tar is read once from its beginning to its end. An archive in an archive is read down to
:data:`DEPTH` archives; a member that opens with a password only, or that is damaged, costs no
other; links are passed over, and a path that leads elsewhere is a label and nothing else.

What an archive may hold: an outermost one a hundred times ``parts`` members, and of any size,
since it lies on the disk as it is; all that is packed in one of its members, however deep,
``parts`` members and ``unpacked_bytes`` together. A member is read up to ``file_bytes``. A zip
whose members lie over each other, the way to petabytes in a few megabytes, is refused.

>>> made = io.BytesIO()
>>> with zipfile.ZipFile(made, "w") as archive:
...     archive.writestr("2024/tb12.txt", "Giao")
>>> (unit,) = units(made, form="zip", label="kho.zip", path=None, limits=Limits())
>>> unit.label, unit.data
('kho.zip!/2024/tb12.txt', b'Giao')
"""

from __future__ import annotations

import io
import stat
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import IO, Any, BinaryIO, NamedTuple, cast

from vnpolicy.archive import lines, suffix
from vnpolicy.archive import stream as packing
from vnpolicy.archive.unit import Unit, failed, whole
from vnpolicy.errors import DamagedError, DocumentError, EncryptedError, FormatError, LimitError
from vnpolicy.readers import Limits
from vnpolicy.readers.limits import too_large
from vnpolicy.readers.part import said

DEPTH = 3
_OUTERMOST = 100  # times as many members as an archive in an archive
_ENTRY = 300  # bytes of a zip's directory for each member that it may hold
_ENCRYPTED = 0x1  # bit 0 of an entry's flags
_UTF8 = 0x800  # bit 11
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without a bound
_OFFICE = ("word/", "xl/", "ppt/")
_CUT = ("InvalidHeaderError", "TruncatedHeaderError")  # of tarfile, and not in its face
_BROKEN = (
    *packing.BROKEN,
    zipfile.BadZipFile,
    tarfile.TarError,
    RuntimeError,
    NotImplementedError,
    KeyError,
    OverflowError,
)


class _Member(NamedTuple):
    name: str
    size: int
    read: Callable[[], bytes]


@dataclass(slots=True)
class _Room:
    """What is left of what archives in one member of the outermost archive may hold."""

    members: int
    bytes: int


def units(
    stream: BinaryIO,
    *,
    form: str,
    label: str,
    path: str | None,
    limits: Limits,
    depth: int = 1,
    room: _Room | None = None,
) -> Iterator[Unit]:
    """The units of the archive (``form`` is ``zip`` or ``tar``) that ``stream``, which can seek,
    gives. A document that is a zip package, whatever its name, is one unit: by its ``path``
    where it is a local file."""
    room = room or _Room(limits.parts * _OUTERMOST, 1 << 62)
    try:
        if form == "tar":
            members = _tar(stream, label, limits)
        else:
            archive = _opened(stream, label, room)
            if _is_document(archive):
                stream.seek(0)
                yield whole(stream, label=label, path=path, limits=limits)
                return
            members = _zip(archive, limits)
        for member, inner in _wanted(members, label, room):
            yield from _of_member(member, inner, limits, depth, room)
    except DocumentError as error:
        yield failed(label, error)
    except _BROKEN as error:
        yield failed(label, _damaged(label, error))


def _wanted(members: Iterator[_Member], label: str, room: _Room) -> Iterator[tuple[_Member, str]]:
    """The members that a folder would be searched for, each with a label of its own."""
    labels: set[str] = set()
    for member in members:
        room.members -= 1
        if room.members < 0:
            raise LimitError(
                label, "holds too many files (limit: parts) / tệp nén có quá nhiều tệp"
            )
        name = suffix.inside(member.name)
        if suffix.form(name) is None or any(map(suffix.is_hidden, name.split("/"))):
            continue
        place, number = PurePosixPath(name), 1
        while name in labels:
            number += 1
            name = str(place.with_name(f"{place.stem}~{number}{place.suffix}"))
        labels.add(name)
        yield member, f"{label}!/{name}"


def _of_member(
    member: _Member, label: str, limits: Limits, depth: int, room: _Room
) -> Iterator[Unit]:
    form = suffix.form(label)
    try:
        if member.size > limits.file_bytes:
            raise too_large(label, limits)
        if form in ("zip", "tar") and depth == DEPTH:
            reason = f"is an archive packed {DEPTH} times over / tệp nén lồng nhau quá nhiều lớp"
            raise LimitError(label, reason)
        data = member.read()
        room.bytes -= len(data)
        if room.bytes < 0:
            raise LimitError(label, "unpacked_bytes: too much in it / tệp nén giải nén quá lớn")
    except DocumentError as error:
        yield failed(label, error)
        return
    if form == "lines":
        yield from lines.units(io.BytesIO(data), label=label, path=None, limits=limits)
    elif form == "zip" or form == "tar":
        inner = room if depth > 1 else _Room(limits.parts, limits.unpacked_bytes)
        stream = io.BytesIO(data)
        yield from units(
            stream, form=form, label=label, path=None, limits=limits, depth=depth + 1, room=inner
        )
    else:
        yield Unit(label, path=None, data=data, size=len(data))


class _Bounded:
    """A stream that gives no more at once than a zip's directory may take."""

    def __init__(self, stream: BinaryIO, most: int, label: str) -> None:
        self._stream = stream
        self._most = most
        self._label = label

    def read(self, size: int = -1) -> bytes:
        if size > self._most:
            raise LimitError(self._label, "its directory is too long (limit: parts) / tệp quá lớn")
        return self._stream.read(size)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


def _opened(stream: BinaryIO, label: str, room: _Room) -> zipfile.ZipFile:
    size = stream.seek(0, io.SEEK_END)
    stream.seek(0)
    bounded = _Bounded(stream, max(room.members * _ENTRY, 1 << 20), label)
    archive = zipfile.ZipFile(cast(IO[bytes], bounded))
    if sum(entry.compress_size for entry in archive.infolist()) > size:
        raise DamagedError(label, "its members lie over each other / tệp nén bị cố ý làm sai")
    return archive


def _is_document(archive: zipfile.ZipFile) -> bool:
    names = archive.NameToInfo
    if "[Content_Types].xml" in names:  # ISO/IEC 29500-2
        return any(name.startswith(_OFFICE) for name in names)
    return "mimetype" in names and "META-INF/manifest.xml" in names  # ODF 1.2 part 3


def _zip(archive: zipfile.ZipFile, limits: Limits) -> Iterator[_Member]:
    for entry in archive.infolist():
        if not entry.is_dir() and not stat.S_ISLNK(entry.external_attr >> 16):
            name = _name(entry)

            def read(entry: zipfile.ZipInfo = entry, name: str = name) -> bytes:
                return _read_zip(archive, entry, name, limits)

            yield _Member(name, entry.file_size, read)


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as meant: macOS and others write UTF-8 and do not say so."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode()
    except ValueError:
        return entry.filename


def _read_zip(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str, limits: Limits) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        advice = "remove its password / hãy bỏ mật khẩu của tệp"
        raise EncryptedError(name, f"opens with a password only; {advice}")
    if entry.compress_type not in _METHODS:
        raise FormatError(name, "is packed in a way that is not read / kiểu nén không đọc được")
    try:
        with archive.open(entry) as stream:
            return stream.read(limits.file_bytes)  # the size was looked at: there is no more
    except _BROKEN as error:
        raise _damaged(name, error) from None


class _Header(tarfile.TarInfo):
    """A member's header; a broken one in mid-archive is an error, not the archive's end."""

    @classmethod
    def fromtarfile(cls, archive: tarfile.TarFile) -> _Header:
        try:
            return super().fromtarfile(archive)
        except tarfile.HeaderError as error:
            if type(error).__name__ in _CUT:
                raise tarfile.ReadError(f"a header in it is broken: {error}") from None
            raise


def _tar(stream: BinaryIO, label: str, limits: Limits) -> Iterator[_Member]:
    opened = packing.unpacked(stream, source=label, limits=limits)
    with tarfile.open(fileobj=opened, mode="r|", tarinfo=_Header) as archive:
        while (header := archive.next()) is not None:
            if header.isreg():

                def read(header: tarfile.TarInfo = header) -> bytes:
                    body = archive.extractfile(header)
                    return body.read(limits.file_bytes) if body is not None else b""

                yield _Member(header.name, header.size, read)
            cast(Any, archive).members.clear()  # it keeps every header otherwise


def _damaged(label: str, error: Exception) -> DamagedError:
    return DamagedError(label, f"damaged: {said(error)} / tệp nén bị hỏng")
