"""What a reader gives: a document's text, and how it was come by."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

SURE = 0.8  # clean 300 dpi pages read at some 0.93 to 0.96, a poor fax below this


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One document as text.

    ``pages`` holds the offset in ``text`` at which each page begins (the first is 0), and is
    empty where the format knows no pages. ``scanned`` holds the numbers of the pages that were
    read by OCR, from 1, and ``confidence`` the mean confidence of their words, 0 to 1.
    ``title`` and ``date`` are what the file says of itself outside its text. ``part`` names the
    document inside a file that holds several. ``doubts`` are codes with messages: what the
    reader could not read for certain.
    """

    text: str
    media_type: str
    reader: str
    encoding: str | None = None
    pages: tuple[int, ...] = ()
    scanned: tuple[int, ...] = ()
    confidence: float | None = None
    title: str | None = None
    date: datetime.date | None = None
    part: str | None = None
    doubts: tuple[tuple[str, str], ...] = ()

    def all_doubts(self) -> tuple[tuple[str, str], ...]:
        """``doubts``, with one more where the words read by OCR are uncertain as a whole."""
        if self.confidence is None or self.confidence >= SURE:
            return self.doubts
        message = f"mean OCR confidence {self.confidence:.3f}: compare with the pages"
        return (*self.doubts, ("ocr-confidence-low", message))
