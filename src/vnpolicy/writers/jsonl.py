"""A notice as JSON: one line of a JSON Lines file, or a document of its own.

Both are UTF-8 with Vietnamese letters as they are, not as ``\\u`` escapes; only the characters
that some readers take for a line's end are escaped, so that a line stays a line.

>>> from vnpolicy.models import Notice
>>> '"text":"một\\\\u2028hai"' in line(Notice(text="một\\u2028hai"))
True
"""

from __future__ import annotations

from vnpolicy.models import Notice

_BREAKS = {ord(char): f"\\u{ord(char):04x}" for char in "\u0085\u2028\u2029"}


def line(notice: Notice) -> str:
    """The notice on one line, without a line end."""
    return notice.model_dump_json().translate(_BREAKS)


def escaped(text: bytes) -> bytes:
    """A notice's JSON in UTF-8 as :func:`line` gives it."""
    if b"\xe2\x80\xa8" in text or b"\xe2\x80\xa9" in text or b"\xc2\x85" in text:
        return text.decode().translate(_BREAKS).encode()
    return text


def document(notice: Notice) -> str:
    """The notice indented for reading, with a final line end."""
    return notice.model_dump_json(indent=2).translate(_BREAKS) + "\n"
