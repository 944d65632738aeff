"""The header lines at the top of a mail or a web archive, to tell those from a plain text.

A header line is a name of printable ASCII signs with a colon behind it. A notice has "Số: ..."
and "Kính gửi: ..." at its top, which are no such names, and a memo with "From:" and "To:" has
none of the lines that mail programs write.

>>> Headers.of(b"Subject: x\\r\\nReceived: from a\\r\\n by b\\r\\n\\r\\nText").get("received")
'from a by b'
>>> Headers.of("Số: 12/TB-UBND\\n\\nText".encode()) is None, Headers.of(b"12: x y\\nabc") is None
(True, True)
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_LINE = re.compile(rb"([A-Za-z][!-9;-~]{0,75}):[ \t]?(.*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Headers:
    """The header lines by their name in lower case; of several of one name the first."""

    lines: dict[str, str]

    @classmethod
    def of(cls, head: bytes) -> Headers | None:
        """The headers that ``head`` begins with; None where its first lines are none."""
        rows = head.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n").split(b"\n")
        if rows[0].startswith((b"From ", b">From ")):  # a mailbox file's separator
            del rows[0]
        cut = len(rows) > 1 and len(head) >= 4096
        found: dict[str, str] = {}
        last = ""
        for row in rows[:-1] if cut else rows:
            plain = row.rstrip(b"\r")
            if not plain:
                break
            if plain[:1] in b" \t" and last:
                found[last] += " " + plain.strip().decode("latin-1")
                continue
            match = _LINE.fullmatch(plain)
            if match is None:
                return None
            last = match[1].decode("ascii").lower()
            found.setdefault(last, match[2].strip().decode("latin-1"))
        return cls(found) if found else None

    def has(self, name: str) -> bool:
        return name in self.lines

    def get(self, name: str) -> str:
        return self.lines.get(name, "")
