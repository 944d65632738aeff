"""How much of a document is read before it is refused.

A document is somebody else's file: it may unpack to a thousand times its size, draw a page of a
gigapixel, or never end. Each limit is checked before the work that it bounds, and going beyond
it raises :class:`~vnpolicy.errors.LimitError` with the limit's name. The defaults let through
every document of some 400 public ones with a wide margin: the longest resolution with annexes
has some 900 pages.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

from vnpolicy.errors import ArgumentError, LimitError


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a reader may spend on one document.

    :raises ArgumentError: where a limit is no whole number of at least 1.
    """

    file_bytes: int = 200_000_000
    """The file as it lies on the disk."""
    unpacked_bytes: int = 500_000_000
    """All that a packed document (DOCX, ODT, an attachment) unpacks to."""
    characters: int = 20_000_000
    """The text read from it, in code points."""
    pages: int = 2_000
    """Pages of a PDF or of an image."""
    pixels: int = 100_000_000
    """One image or one rendered page."""
    parts: int = 10_000
    """Files in a package, attachments of a mail, documents in a file."""
    seconds: int = 300
    """The time that reading one document may take."""
    memory_bytes: int = 3_000_000_000
    """What a process that reads a PDF, an image or an old Word file may allocate."""

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if not isinstance(value, int) or isinstance(value, bool) or value < 1:
                raise ArgumentError(one.name, value, "a whole number of at least 1")


def too_large(source: str, limits: Limits) -> LimitError:
    """The error of a file of which more would have to be read than a reader takes."""
    reason = f"has more than {limits.file_bytes} bytes (limit: file_bytes) / tệp quá lớn"
    return LimitError(source, reason)


def check_size(data: bytes, *, source: str, limits: Limits) -> None:
    """Refuse a file, read whole, that is larger than a reader takes.

    :raises LimitError: with its size.
    """
    if len(data) > limits.file_bytes:
        raise LimitError(source, f"{len(data)} bytes (limit: file_bytes) / tệp quá lớn")
