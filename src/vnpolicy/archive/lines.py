"""A file of JSON lines in units of some lines, so that a large one is read by many workers.

A unit ends after :data:`LINES` lines or :data:`SIZE` bytes. Which file is one of lines, and not
one JSON text over many lines, is told as its reader tells it (:mod:`vnpolicy.readers.jsonl`);
any other file is one unit, and its reader says what it is.

>>> import io
>>> data = b"".join(b'{"text": "%d"}\\n' % number for number in range(130))
>>> [one.label for one in units(io.BytesIO(data), label="x.jsonl", path=None, limits=Limits())]
['x.jsonl#1-64', 'x.jsonl#65-128', 'x.jsonl#129-130']
"""

from __future__ import annotations

import codecs
import itertools
import json
from collections.abc import Iterator
from typing import BinaryIO

from vnpolicy.archive import stream as packing
from vnpolicy.archive.unit import Unit, failed, whole
from vnpolicy.errors import DamagedError, LimitError
from vnpolicy.readers import Limits, jsonl
from vnpolicy.readers.limits import too_large
from vnpolicy.readers.part import said

LINES = 64
SIZE = 1 << 20
_HEAD = 4096
_BLANKS = 1000  # lines in front of the first object


def units(stream: BinaryIO, *, label: str, path: str | None, limits: Limits) -> Iterator[Unit]:
    """The units of the file whose bytes, packed or not, ``stream`` gives; ``path`` is its own
    where it is a local file."""
    opened = packing.unpacked(stream, source=label, limits=limits)
    if opened is not stream:
        path = None  # only here is it unpacked
    try:
        rest = _lines(opened, limits)
        begin = _begin(rest, limits)
        if _is_lines(begin):
            yield from _chunks(itertools.chain(begin, rest), label=label, limits=limits)
        else:
            yield whole(opened, label=label, path=path, limits=limits, head=b"".join(begin))
    except LimitError as error:
        yield failed(label, error)
    except packing.BROKEN as error:
        reason = f"damaged: {said(error)} / tệp hỏng"
        yield failed(label, DamagedError(label, reason))


def _lines(stream: BinaryIO, limits: Limits) -> Iterator[bytes]:
    """The lines, each cut at one byte more than a file may have."""
    most = limits.file_bytes + 1
    while line := stream.readline(most):
        yield line
        while len(line) == most and not line.endswith(b"\n"):
            line = stream.readline(most)
            if line.endswith(b"\n"):
                break


def _begin(lines: Iterator[bytes], limits: Limits) -> list[bytes]:
    """The lines up to the second that is not blank."""
    begin: list[bytes] = []
    filled = 0
    for line in itertools.islice(lines, _BLANKS):
        begin.append(line)
        filled += bool(line.strip())
        if filled == 2 or len(line) > limits.file_bytes:
            break
    return begin


def _is_lines(begin: list[bytes]) -> bool:
    head = b"".join(begin)[:_HEAD]
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return False
    bare = head.removeprefix(codecs.BOM_UTF8)
    filled = [line for line in begin if line.strip()]
    return (
        len(filled) == 2
        and bare.lstrip().startswith(b"{")
        and jsonl.matches(bare)
        and any(map(_is_object, filled))
    )


def _is_object(line: bytes) -> bool:
    try:  # whatever its letters are: JSON's own signs are ASCII
        return isinstance(json.loads(line.removeprefix(codecs.BOM_UTF8).decode("latin-1")), dict)
    except (ValueError, RecursionError):
        return False


def _chunks(lines: Iterator[bytes], *, label: str, limits: Limits) -> Iterator[Unit]:
    held: list[bytes] = []
    size = first = 0
    broken: Exception | None = None
    for number, line in enumerate(_until_broken(lines), 1):
        if isinstance(line, Exception):
            broken = line
            break
        oversize = len(line) > limits.file_bytes
        if held and (len(held) == LINES or size + len(line) > SIZE or oversize):
            yield from _chunk(label, first, held)
            held = []
        if oversize:
            name = f"{label}#{number}-{number}"
            yield failed(name, too_large(name, limits))
            continue
        if not held:
            first, size = number, 0
        held.append(line)
        size += len(line)
    yield from _chunk(label, first, held)
    if broken is not None:
        raise broken


def _until_broken(lines: Iterator[bytes]) -> Iterator[bytes | Exception]:
    """The lines, and the error that ends them, so that what came before it is not lost."""
    try:
        yield from lines
    except (LimitError, *packing.BROKEN) as error:
        yield error


def _chunk(label: str, first: int, held: list[bytes]) -> Iterator[Unit]:
    data = b"".join(held)
    if data.strip():
        name = f"{label}#{first}-{first + len(held) - 1}"
        yield Unit(name, path=None, data=data, size=len(data), first_line=first)
