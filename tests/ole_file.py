"""Small writers of OLE compound files ([MS-CFB]): mails as Outlook saves them, and bare ones.

Streams below 4,096 bytes stand together in the root's stream, in sectors of 64 bytes with a
table of their own; the others in sectors of 512 bytes.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_SMALL = 4096
Tree = dict[str, "bytes | Tree"]


@dataclass
class _Entry:
    name: str
    kind: int  # 1 a storage, 2 a stream, 5 the root
    data: bytes = b""
    right: int = _FREE
    child: int = _FREE
    start: int = _END


def compound(tree: Tree) -> bytes:
    """A file with these streams (bytes) in these storages (mappings)."""
    entries: list[_Entry] = []
    _add("Root Entry", tree, entries)
    small: list[int] = []
    for entry in entries[1:]:
        if 0 < len(entry.data) < _SMALL:
            entry.start = len(small)
            small += _chain(len(small), len(entry.data), 64)
            entries[0].data += _padded(entry.data, 64)
    small_table = _padded(struct.pack(f"<{len(small)}I", *small), 512)
    large = [entries[0], *(one for one in entries[1:] if len(one.data) >= _SMALL)]
    directory = -(-len(entries) * 128 // 512)
    sectors = directory + len(small_table) // 512 + sum(-(-len(one.data) // 512) for one in large)
    fats = -(-sectors // 127)
    table = [_FAT] * fats + _chain(fats, directory * 512, 512)
    small_start = len(table) if small else _END
    table += _chain(len(table), len(small_table), 512)
    for entry in large:
        entry.start = len(table) if entry.data else _END
        table += _chain(len(table), len(entry.data), 512)
    table += [_FREE] * (fats * 128 - len(table))
    places = struct.pack("<109I", *range(fats), *[_FREE] * (109 - fats))
    return b"".join(
        [
            _header(fats, small_start, len(small_table) // 512) + places,
            struct.pack(f"<{len(table)}I", *table),
            _padded(b"".join(map(_row, entries)), 512),
            small_table,
            *(_padded(one.data, 512) for one in large),
        ]
    )


def bare(name: str, stream: bytes) -> bytes:
    """A compound file of one stream: header, directory, stream, 512 bytes each."""
    header = bytearray(512)
    header[:8] = _MAGIC
    header[30] = 9  # sectors of 512 bytes; none lies in shorter pieces
    entry = name.encode("utf-16-le").ljust(64, b"\0") + bytes([2 * len(name) + 2, 0, 2])
    entry = entry.ljust(116, b"\0") + struct.pack("<LL", 1, len(stream))
    header[76:80] = struct.pack("<L", 9)  # a table of sectors that is not there: none follows
    return bytes(header) + entry.ljust(512, b"\0") + stream.ljust(512, b"\0")


def _header(fats: int, small_start: int, small_sectors: int) -> bytes:
    return struct.pack(
        "<8s16xHHHHH6xIIIIIIIII",
        _MAGIC,
        *(0x3E, 3, 0xFFFE, 9, 6, 0, fats, fats, 0),
        *(_SMALL, small_start, small_sectors, _END, 0),
    )


def _chain(start: int, size: int, sector: int) -> list[int]:
    count = -(-size // sector)
    return [start + step + 1 for step in range(count - 1)] + [_END] if count else []


def _padded(data: bytes, to: int) -> bytes:
    return data.ljust(-(-len(data) // to) * to, b"\0")


def _add(name: str, it: bytes | Tree, entries: list[_Entry]) -> int:
    at = len(entries)
    if isinstance(it, bytes):
        entries.append(_Entry(name, 2, it))
        return at
    entry = _Entry(name, 1 if at else 5)
    entries.append(entry)
    before: _Entry | None = None
    for inner in sorted(it, key=lambda one: (len(one), one.upper())):
        place = _add(inner, it[inner], entries)
        if before is None:
            entry.child = place
        else:
            before.right = place
        before = entries[place]
    return at


def _row(entry: _Entry) -> bytes:
    text = entry.name.encode("utf-16-le") + b"\0\0"
    return text.ljust(64, b"\0") + struct.pack(
        "<HBBIII16xIQQIQ",
        *(len(text), entry.kind, 1, _FREE, entry.right, entry.child, 0, 0, 0),
        *(entry.start, len(entry.data)),
    )
