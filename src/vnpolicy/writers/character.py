"""Text that every format can hold and every reader gives back.

Control characters are in no text of iCalendar (RFC 5545, 3.3.11) nor of XML 1.0, and a file's name
may be bytes that are no text at all. What moves the line becomes a space or ``\\n``, because
readers take U+2028 or U+0085 for the end of a line where the format does not; a lone half of a
pair of UTF-16 is shown by its number; the rest becomes U+FFFD, so that it is seen that something
was there.

>>> legible("một\\u2028hai\\x00\\tba\\r\\nbốn")
'một hai\ufffd\\tba\\nbốn'
"""

from __future__ import annotations

import re

_BREAKS = re.compile("[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def legible(text: str) -> str:
    """The text without what formats forbid; lines end with ``\\n``."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = _FORBIDDEN.sub("\ufffd", _BREAKS.sub(" ", text))
    return text.encode(errors="backslashreplace").decode()


def line(text: str) -> str:
    """The same on one line, single spaces between words.

    >>> line(" một\\n hai\\t")
    'một hai'
    """
    return " ".join(legible(text).split())


def cut(text: str, most: int) -> str:
    """The text, or as much of it as ``most`` characters hold, with a mark where it was cut.

    >>> cut("một hai", 7), cut("một hai ba", 7)
    ('một hai', 'một ha…')
    """
    return text if len(text) <= most else f"{text[: most - 1]}…"
