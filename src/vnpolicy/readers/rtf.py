"""RTF made ready for LibreOffice, which loses letters of the old Vietnamese fonts.

A font's entry has a character set (``\\\\fcharset163``, Vietnamese), by which LibreOffice turns
bytes into characters. The old fonts keep to no character set: their bytes are the glyphs'
places, and one file gives .VnTime the sets 0, 162 and 163. Read by 163 the byte EC is a
combining accent; by 1, "whatever the system has", it may be lost. So every old font gets the
set 0, by which each byte is one character of Windows-1252, and 1 gives way to the file's own
code page. Nothing else is touched; soft hyphens ("ư" in TCVN3) come through.

>>> table = rb"{\\fonttbl{\\f0\\fcharset163 .VnTime;}{\\f1\\fcharset163 Arial;}}"
>>> print(ready(table).decode())
{\\fonttbl{\\f0\\fcharset0 .VnTime;}{\\f1\\fcharset163 Arial;}}
"""

from __future__ import annotations

import re

from vnpolicy import charset

_TABLE = b"{\\fonttbl"
_ENTRY = re.compile(rb"\\f\d+(?:[^;{}]|\{[^{}]*\})*;")
_SET = re.compile(rb"\\fcharset(\d+)")
_CONTROL = re.compile(rb"\{[^{}]*\}|\\'[0-9a-fA-F]{2}|\\[a-z]+-?\d* ?|[\r\n;]")


def ready(data: bytes) -> bytes:
    """``data`` with the character sets of its font table made certain."""
    begin = data.find(_TABLE)
    if begin < 0:
        return data
    end = _end_of_group(data, begin)
    table = _ENTRY.sub(lambda entry: _certain(entry[0]), data[begin:end])
    return data[:begin] + table + data[end:]


def _certain(entry: bytes) -> bytes:
    name = _CONTROL.sub(b"", entry).decode("latin-1").strip()
    if charset.of_font(name) is not None:
        if not _SET.search(entry):
            return re.sub(rb"^\\f\d+", rb"\g<0>\\fcharset0", entry)
        return _SET.sub(rb"\\fcharset0", entry)
    return _SET.sub(lambda found: b"" if found[1] == b"1" else found[0], entry)


def _end_of_group(data: bytes, begin: int) -> int:
    depth = 0
    for found in re.finditer(rb"\\[{}\\]|[{}]", data[begin : begin + 1_000_000]):
        if found[0] in (b"{", b"}"):
            depth += 1 if found[0] == b"{" else -1
            if depth == 0:
                return begin + found.end()
    return begin
