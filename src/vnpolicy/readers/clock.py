"""The time that reading one document may take.

>>> clock = Clock(source="a.pdf", seconds=300)
>>> clock.check()
>>> 0 < clock.left() <= 300
True
"""

from __future__ import annotations

import time

from vnpolicy.errors import LimitError


class Clock:
    """Runs from the moment it is made."""

    def __init__(self, *, source: str, seconds: int) -> None:
        self._source = source
        self._seconds = seconds
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """The seconds that are left.

        :raises LimitError: where none are.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            reason = f"takes longer than {self._seconds} seconds (seconds) / đọc quá lâu"
            raise LimitError(self._source, reason)
        return left

    def check(self) -> None:
        """Ends the reading where the time is over."""
        self.left()
