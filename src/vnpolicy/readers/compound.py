"""OLE compound files ([MS-CFB]), as far as needed to see what one is before it is converted.

Old Word and Excel files, and the wrapping of a new one that has a password. Only the first sector
of a stream is read: the headers that tell of encryption stand there. A stream shorter than 4096
bytes lies in pieces of 64 in a stream of its own, that of the root.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HEADER = 512  # bytes before the first sector
_ENTRY = 128  # bytes of an entry of the directory; the name's field is 64, in UTF-16
_START = 116  # where in it the stream's first sector is told
_LENGTH = 120
_STREAM = 2  # the kind of entry, at 66
_SHORT = 64  # bytes of a piece of a short stream
_NAMED = 109
_WORD_ENCRYPTED = 0x0100  # of the flags at 10 of a Word file's header ([MS-DOC] 2.5.2)
_FILE_PASS = 0x2F  # the record of an Excel file that is encrypted ([MS-XLS] 2.4.117)


def start(data: bytes, name: str) -> bytes | None:
    """The first sector of the stream ``name``; None where there is no such stream."""
    size = _sector_size(data)
    directory = b"".join(data[at : at + size] for at in _places(data, _whole(data, 48), size))
    entry = _entry(directory, name)
    if entry is None:
        return None
    first = _whole(entry, _START)
    if _whole(entry, _LENGTH) >= _whole(data, 56):
        return data[(first + 1) * size : (first + 2) * size]
    hops, rest = divmod(first * _SHORT, size)  # the root's entry is the first
    place = next(islice(_places(data, _whole(directory, _START), size), hops, None), len(data))
    return data[place + rest : place + size]


def _entry(directory: bytes, name: str) -> bytes | None:
    """The directory's entry of the stream of that name."""
    wanted = name.encode("utf-16-le") + b"\0\0"  # what follows in the field may be anything
    for at in range(0, len(directory), _ENTRY):
        entry = directory[at : at + _ENTRY]
        if entry.startswith(wanted) and entry[64:67] == bytes((len(wanted), 0, _STREAM)):
            return entry
    return None


def _places(data: bytes, sector: int, size: int) -> Iterator[int]:
    """Where the sectors of a stream begin, from its first sector on."""
    for _ in range(len(data) // size):
        place = (sector + 1) * size
        if place >= len(data):  # an end mark is the highest of numbers
            return
        yield place
        table, rest = divmod(sector, size // 4)
        sector = _whole(data, (_table(data, table, size) + 1) * size + 4 * rest)


def _table(data: bytes, number: int, size: int) -> int:
    """The sector of a part of the table of sectors: 109 are named in the header, others in
    sectors of their own."""
    if number < _NAMED:
        return _whole(data, 76 + 4 * number)
    hops, rest = divmod(number - _NAMED, size // 4 - 1)
    sector = _whole(data, 68)
    for _ in range(hops):
        sector = _whole(data, (sector + 2) * size - 4)
    return _whole(data, (sector + 1) * size + 4 * rest)


def _whole(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "little")


def _sector_size(data: bytes) -> int:
    return 1 << min(max(int.from_bytes(data[30:32], "little"), 7), 16)


def is_cut(data: bytes) -> bool:
    """Whether its directory lies beyond its end."""
    return len(data) < _HEADER or (_whole(data, 48) + 2) * _sector_size(data) > len(data)


def is_locked(data: bytes) -> bool:
    """Whether it opens with a password only: a new file that is wrapped up, an old Word or
    Excel file."""
    if start(data, "EncryptedPackage") is not None:
        return True
    word = start(data, "WordDocument")
    if word is not None:
        return bool(int.from_bytes(word[10:12], "little") & _WORD_ENCRYPTED)
    excel = start(data, "Workbook") or start(data, "Book")
    return excel is not None and _has_file_pass(excel)


def _has_file_pass(stream: bytes) -> bool:
    at = 0
    for _ in range(8):  # it stands among the very first records
        if at + 4 > len(stream):
            return False
        if int.from_bytes(stream[at : at + 2], "little") == _FILE_PASS:
            return True
        at += 4 + int.from_bytes(stream[at + 2 : at + 4], "little")
    return False
