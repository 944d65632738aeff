"""What the outputs for calendars, project files and trackers have in common: they take tasks, not
notices, and a task that stands in two copies of one document is written once.

The first copy counts. That it is the same task is told by its key, of which eight bytes are kept.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from vnpolicy.writers.item import items

if TYPE_CHECKING:
    from vnpolicy.models import Notice
    from vnpolicy.models.work_item import WorkItem


class TaskSink:
    """Hands on each task once; ``repeated`` counts those that were seen before."""

    def __init__(self) -> None:
        self.repeated = 0
        self._seen: set[int] = set()

    def add(self, name: str, notice: Notice) -> None:
        """The tasks of the document ``name``."""
        for item in items(name, notice):
            self.add_item(item)

    def add_item(self, item: WorkItem) -> None:
        """One task, where it is not there yet."""
        digest = hashlib.sha256(item.key.encode(errors="backslashreplace")).digest()[:8]
        known = int.from_bytes(digest)
        if known in self._seen:
            self.repeated += 1
            return
        self._seen.add(known)
        self.write(item)

    def write(self, item: WorkItem) -> None:
        """Writes a task that was not there yet."""
        raise NotImplementedError

    def close(self) -> None:
        """Makes the output whole."""
        raise NotImplementedError
