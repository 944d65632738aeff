"""One document of a file that holds several: an attachment of a mail, a line of a data set.

A part is either bytes in some format, which its own reader reads, or text that is ready. A part
that cannot be read says why in ``error`` and costs no other part.

>>> Part(name="body", text="Kính gửi: Sở Y tế").under("tb12.eml/").name
'tb12.eml/body'
>>> bare_name("../../etc/x.doc"), bare_name("C:\\\\Van ban\\\\TB 12.pdf"), bare_name(" .. ")
('x.doc', 'TB 12.pdf', '')
"""

from __future__ import annotations

import datetime
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from vnpolicy.readers.edxml import Envelope

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_LONGEST = 255  # what a file system lets a name be


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A document inside a file; ``title`` and ``date`` are what the file says of it.

    ``media_type`` is what the file calls it, which may be wrong: the content decides. ``reader``
    is the reader that made ``text``. ``envelope`` is what an edXML envelope says.
    """

    name: str
    data: bytes = b""
    media_type: str | None = None
    title: str | None = None
    date: datetime.date | None = None
    text: str | None = None
    reader: str = "text"
    error: str | None = None
    envelope: Envelope | None = None

    def under(self, prefix: str) -> Part:
        """The part as a part of what holds its file."""
        return replace(self, name=prefix + self.name) if prefix else self

    def failed(self, reason: str) -> Part:
        """The part, to be told as one that cannot be read."""
        return replace(self, data=b"", text=None, error=reason)


def bare_name(name: str) -> str:
    """The last step of a path that somebody else wrote, without what no file name holds."""
    last = unicodedata.normalize("NFC", _CONTROL.sub(" ", name)).replace("\\", "/").split("/")[-1]
    return " ".join(last.split())[:_LONGEST] if last.strip(" .") else ""


def unique_name(name: str, names: set[str]) -> str:
    """``name``, with a number where the file has had it before; ``names`` has it from now on.

    >>> names = {"TB 12.pdf"}
    >>> unique_name("TB 12.pdf", names), unique_name("TB 12.pdf", names)
    ('TB 12.pdf (2)', 'TB 12.pdf (3)')
    """
    unique, count = name, 1
    while unique in names:
        count += 1
        unique = f"{name} ({count})"
    names.add(unique)
    return unique


def said(error: object) -> str:
    """What a library says of a file it cannot read, short and on one line."""
    return " ".join(str(error).split())[:200]
