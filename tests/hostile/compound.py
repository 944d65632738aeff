"""A writer of OLE compound files ([MS-CFB], version 3), for files that no office program makes.

Every stream is padded to 4096 bytes, so that none goes into the mini stream.
"""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def write(streams: dict[str, bytes]) -> bytes:
    """A compound file with these streams in its root."""
    padded = {name: _pad(data, 4096) for name, data in streams.items()}
    names = sorted(padded, key=lambda name: (len(name), name.upper()))
    directory_size = -(-(len(names) + 1) // 4)
    body: list[bytes] = []
    fat: list[int] = []
    _chain(fat, directory_size)
    starts = {}
    for name in names:
        starts[name] = len(fat)
        sectors = len(padded[name]) // _SECTOR
        _chain(fat, sectors)
        body.append(padded[name])
    fat_sectors = 1
    while fat_sectors * 128 < len(fat) + fat_sectors:
        fat_sectors += 1
    fat_at = len(fat)
    fat += [_FAT] * fat_sectors
    fat += [_FREE] * (fat_sectors * 128 - len(fat))
    table = struct.pack(f"<{len(fat)}I", *fat)
    directory = _directory(names, padded, starts)
    return _header(fat_at, fat_sectors) + _pad(directory, _SECTOR) + b"".join(body) + table


def _chain(fat: list[int], sectors: int) -> None:
    first = len(fat)
    fat += [*range(first + 1, first + sectors), _END]


def _pad(data: bytes, size: int) -> bytes:
    return data + b"\0" * (-len(data) % size or (size if not data else 0))


def _directory(names: list[str], padded: dict[str, bytes], starts: dict[str, int]) -> bytes:
    """Entries as a chain to the right, which is a valid, unbalanced tree."""
    entries = [_entry("Root Entry", 5, _FREE, 1 if names else _FREE, _END, 0)]
    for at, name in enumerate(names, 1):
        right = at + 1 if at < len(names) else _FREE
        entries.append(_entry(name, 2, right, _FREE, starts[name], len(padded[name])))
    return b"".join(entries)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le") + b"\0\0"
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text), kind, 1, _FREE, right, child)
    return head + b"\0" * 36 + struct.pack("<IQ", start, size)


def _header(fat_at: int, fat_sectors: int) -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, fat_sectors, 0, 0, 4096, _END, 0, _END, 0)
    places = [fat_at + i for i in range(fat_sectors)]
    return head + struct.pack("<109I", *places, *[_FREE] * (109 - fat_sectors))
