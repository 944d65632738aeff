"""Sources to units: files, folders, patterns, archives, JSON lines, lists of paths, addresses.

The order is fixed: that of the sources, and inside a folder that of the paths; so the same
archive gives the same units in the same order. Nothing is listed before it is asked for. A file
is given once, however often and by whatever name it is named, and what the run itself writes
(``leave_out``) never. What does not exist or cannot be opened is a unit with an error, and
costs no other; only a wrong call is an exception.

``-`` stands for a list of paths on standard input, one a line, or parted by NUL characters as
``find -print0`` writes them. A path that exists is never taken for a pattern.

>>> (unit,) = units(["không-có.docx"], limits=Limits())
>>> unit.label, unit.kind, unit.error
('không-có.docx', 'DocumentError', 'no such file or folder / không tìm thấy tệp')
"""

from __future__ import annotations

import codecs
import hashlib
import os
import sys
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from vnpolicy.archive import lines, packed, remote, suffix, walk
from vnpolicy.archive.unit import Unit, failed, whole
from vnpolicy.errors import ArgumentError, DocumentError
from vnpolicy.readers import Limits
from vnpolicy.readers.part import said

_LIST = "-"
_PIECE = 1 << 16


def units(
    sources: Iterable[str], *, limits: Limits, leave_out: Collection[Path] = ()
) -> Iterator[Unit]:
    """The units of the sources, lazily.

    :param leave_out: files, and folders with all in them, that are no sources.
    :raises ArgumentError: where ``sources`` is no list of strings, or empty, or has an address
        of no known kind.
    :raises MissingToolError: where an address needs a package that is not installed.
    """
    if isinstance(sources, str | bytes):
        raise ArgumentError("sources", sources, "a list of paths, not one")
    given = [os.fspath(one) for one in sources]
    if not given or not all(isinstance(one, str) and one for one in given):
        raise ArgumentError("sources", given, "at least one path, each a filled string")
    for one in given:
        if _is_remote(one):
            remote.check(one)
    return _Sources(limits, leave_out).all(given)


def _is_remote(source: str) -> bool:
    return remote.is_address(source) and not os.path.lexists(source)


class _Sources:
    """The units of one run: it knows what has been given."""

    def __init__(self, limits: Limits, leave_out: Collection[Path]) -> None:
        self._limits = limits
        self._left = {os.path.realpath(one) for one in leave_out}
        self._given: set[bytes] = set()
        self._walked = set(self._left)

    def all(self, sources: Iterable[str]) -> Iterator[Unit]:
        for source in sources:
            if source == _LIST:
                for listed in _listed(sys.stdin.buffer):
                    yield from self._of(listed)
            else:
                yield from self._of(source)

    def _of(self, source: str) -> Iterator[Unit]:
        if os.path.isdir(source):
            yield from self._of_folder(source)
        elif os.path.lexists(source):
            yield from self._of_file(source, os.path.realpath(source))
        elif _is_remote(source):
            yield from self._of_address(source)
        elif walk.is_pattern(source):
            yield from self._of_pattern(source)
        else:
            reason = "no such file or folder / không tìm thấy tệp"
            yield from self._failed(source, reason)

    def _of_folder(self, source: str) -> Iterator[Unit]:
        folder = str(Path(source))
        if self._is_left_out(os.path.realpath(folder)):
            return
        for entry in walk.walk(folder, visited=self._walked):
            yield from self._of_entry(entry, named=False)

    def _of_pattern(self, source: str) -> Iterator[Unit]:
        """The files that match, and what is in the folders that match.

        A pattern that names a suffix is taken at its word; ``kho/*`` is as if the folder were
        named.
        """
        found = walk.pattern(source)
        named = "." in source.replace(os.sep, "/").rsplit("/", 1)[-1]
        folder, levels = walk.fixed(source), walk.depth(source)
        count = 0
        if os.path.isdir(folder):
            for entry in walk.walk(folder, visited=set(self._left), levels=levels):
                matched = found.match(entry.path.replace(os.sep, "/")) is not None
                count += matched
                if matched and entry.is_folder:
                    yield from self._of_folder(entry.path)
                elif matched or entry.error:
                    yield from self._of_entry(entry, named=named)
        if not count:
            yield from self._failed(source, "no file matches it / không có tệp nào khớp")

    def _of_entry(self, entry: walk.Entry, *, named: bool) -> Iterator[Unit]:
        if entry.error is not None:
            yield from self._failed(entry.path, entry.error)
        elif not entry.is_folder and (named or suffix.form(entry.path.replace(os.sep, "/"))):
            yield from self._of_file(entry.path, entry.real)

    def _of_file(self, path: str, real: str) -> Iterator[Unit]:
        if self._is_left_out(real) or not self._is_new(real):
            return
        label = suffix.shown(Path(path).as_posix() if os.name == "nt" else path)
        try:
            if suffix.form(label) == "document":  # the worker opens it
                yield Unit(label, path=path, data=None, size=os.path.getsize(path))
                return
            with open(path, "rb") as stream:
                yield from self._opened(stream, label, path)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or said(error)
            yield failed(label, DocumentError(label, f"cannot be opened: {reason}"))

    def _opened(self, stream: BinaryIO, label: str, path: str | None) -> Iterator[Unit]:
        """The units of a file that is no document by its name."""
        name = label if path is not None else label.partition("?")[0]
        form = suffix.form(name) or _sniffed(stream)
        if form == "lines":
            yield from lines.units(stream, label=label, path=path, limits=self._limits)
        elif form == "document":
            yield whole(stream, label=label, path=path, limits=self._limits)
        else:
            yield from packed.units(stream, form=form, label=label, path=path, limits=self._limits)

    def _of_address(self, source: str) -> Iterator[Unit]:
        count = 0
        try:
            remote.check(source)
            for count, file in enumerate(remote.files(source), 1):  # noqa: B007
                if self._is_new(file.label):
                    with remote.opened(file, limits=self._limits) as stream:
                        yield from self._opened(stream, file.label, None)
        except DocumentError as error:
            yield from self._failed(source, error)
        except Exception as error:  # each driver has its own
            what = f"{type(error).__name__}: {said(error)}".replace(source, remote.bare(source))
            yield from self._failed(source, f"cannot be read: {what}")
        else:
            if not count:
                yield from self._failed(source, "no file to read there / không có tệp nào")

    def _failed(self, source: str, reason: str | DocumentError) -> Iterator[Unit]:
        label = suffix.shown(remote.bare(source) if _is_remote(source) else source)
        if self._is_new(f"!{label}"):
            yield failed(label, DocumentError(label, reason) if isinstance(reason, str) else reason)

    def _is_left_out(self, real: str) -> bool:
        if not self._left:
            return False
        return real in self._left or any(str(one) in self._left for one in Path(real).parents)

    def _is_new(self, real: str) -> bool:
        """Whether it is asked for the first time; a digest of it is what is kept."""
        name = os.path.normcase(real).encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(name, digest_size=16).digest()
        if digest in self._given:
            return False
        self._given.add(digest)
        return True


def _sniffed(stream: BinaryIO) -> suffix.Form:
    """What a file is whose name does not say it."""
    head = stream.read(512)
    stream.seek(0)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    return "tar" if head[257:262] == b"ustar" else "document"


def _listed(stream: BinaryIO) -> Iterator[str]:
    """The paths of a list, as soon as each has come."""
    held, end = b"", None
    while piece := stream.readline(_PIECE):
        if end is None:
            piece = piece.removeprefix(codecs.BOM_UTF8)
            end = b"\0" if b"\0" in piece else b"\n"
        *whole_ones, held = (held + piece).split(end)
        yield from _paths(whole_ones, end)
    yield from _paths([held], end)


def _paths(names: list[bytes], end: bytes | None) -> Iterator[str]:
    for name in names:
        bare = name.removesuffix(b"\r") if end == b"\n" else name
        if bare:
            yield os.fsdecode(bare)
