"""The packed RTF of a mail's body ([MS-OXRTFCP]).

Sixteen bytes of header (sizes, kind, checksum), then runs: a byte of flags, and for each flag a
byte as it is or a pair that refers back into a ring of 4,096 bytes, which begins filled with
the words that most RTF begins with. A mail whose text cannot be unpacked has no RTF body.

>>> unpacked(bytes.fromhex("0b0000000b0000004d454c41") + bytes(4) + b"{\\\\rtf1 a}", most=100)
b'{\\\\rtf1 a}'
>>> unpacked(b"damaged", most=100)
b''
"""

from __future__ import annotations

import struct

_START = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript "
    rb"\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_RING = 4096
_PLAIN, _PACKED = b"MELA", b"LZFu"


def unpacked(data: bytes, *, most: int) -> bytes:
    """The RTF, or nothing where it is damaged or longer than ``most`` bytes."""
    if len(data) < 16:
        return b""
    _, size, kind, _ = struct.unpack_from("<II4sI", data)
    if size > most:
        return b""
    if kind == _PLAIN:
        return data[16 : 16 + size]
    return _runs(data, size) if kind == _PACKED else b""


def _runs(data: bytes, size: int) -> bytes:
    ring = bytearray(_START.ljust(_RING, b"\0"))
    at, write = 16, len(_START)
    found = bytearray()
    while at < len(data) and len(found) < size:
        flags = data[at]
        at += 1
        for bit in range(8):
            pair = flags >> bit & 1
            if at + pair >= len(data) or len(found) >= size:
                return bytes(found[:size])
            if not pair:
                piece = data[at : at + 1]
                ring[write] = data[at]
                write = (write + 1) % _RING
                at += 1
                found += piece
                continue
            word = data[at] << 8 | data[at + 1]
            at += 2
            read, length = word >> 4, (word & 15) + 2
            if read == write:
                return bytes(found[:size])
            for _ in range(length):
                byte = ring[read]
                ring[write] = byte
                found.append(byte)
                read, write = (read + 1) % _RING, (write + 1) % _RING
    return bytes(found[:size])
