"""Packed bytes (gzip, bzip2, xz) as a stream of what they hold, read in bounded pieces.

A stream says by its first bytes how it is packed. What unpacks to more than ``unpacked_bytes``
and to more than :data:`RATIO` times its packed size is made to exhaust and is refused: text
packs to a tenth or a thirtieth, a bomb to a thousandth or less.

>>> import gzip, io
>>> unpacked(io.BytesIO(gzip.compress(b"12/TB-UBND")), source="x.gz", limits=Limits()).read()
b'12/TB-UBND'
>>> unpacked(io.BytesIO(b"12/TB-UBND"), source="x", limits=Limits()).read()
b'12/TB-UBND'
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zlib
from typing import IO, BinaryIO, cast

from vnpolicy.errors import LimitError
from vnpolicy.readers import Limits

RATIO = 300
BROKEN = (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError)
"""What damaged packed bytes raise when they are read."""


def unpacked(stream: BinaryIO, *, source: str, limits: Limits) -> BinaryIO:
    """What ``stream``, which can seek, holds; the stream itself where it is not packed.

    :raises LimitError: on reading, where it unpacks to too much.
    """
    head = stream.read(6)
    stream.seek(0)
    opened: IO[bytes]
    if head.startswith(b"\x1f\x8b"):
        opened = cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    elif head.startswith(b"BZh"):
        opened = bz2.BZ2File(stream)
    elif head.startswith(b"\xfd7zXZ\x00"):
        opened = lzma.LZMAFile(stream)  # noqa: SIM115  # closed with what it reads
    else:
        return stream
    return io.BufferedReader(_Unpacked(opened, stream, source, limits), 1 << 16)


class _Unpacked(io.RawIOBase):
    def __init__(self, opened: IO[bytes], packed: BinaryIO, source: str, limits: Limits) -> None:
        self._opened = opened
        self._packed = packed
        self._source = source
        self._limits = limits
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:  # type: ignore[no-untyped-def]  # Buffer is 3.12's
        data = self._opened.read(len(buffer))
        self._count += len(data)
        most = max(self._limits.unpacked_bytes, RATIO * self._packed.tell())
        if self._count > most:
            size = self._limits.unpacked_bytes // 1_000_000
            reason = f"unpacks to more than {size} MB (limit: unpacked_bytes) / giải nén quá lớn"
            raise LimitError(self._source, reason)
        buffer[: len(data)] = data
        return len(data)
