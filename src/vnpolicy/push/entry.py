"""What a tracker holds of a task, and what every tracker can be asked.

**Fields** are plain text under the target's own names (``title``, ``due_on``, ...), so that what
was wanted, what was held and what is held now can be compared one by one; an empty field is
``""``. A target gives them in one form only: a list sorted and joined by line ends, a day as ISO
8601, text as the tracker gives it back.

An entry is found again by its **key** (see :mod:`vnpolicy.writers.item`), which the target keeps
in the tracker itself: as the calendar object's UID, in a custom field, or on the description's
last line.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from vnpolicy.models import WorkItem

Fields = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a task goes: the tracker's own names of a project and of who is to do it; empty
    where the owner's table names none."""

    project: str = ""
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the tracker holds: its own id, the fields, and the version that was read."""

    id: str
    fields: Fields
    url: str = ""
    version: str = ""


class Target(Protocol):
    """A tracker. Every method may raise a :class:`~vnpolicy.errors.TrackerError`."""

    @property
    def where(self) -> str:
        """The address that tells this place from any other, without secrets."""

    @property
    def readable(self) -> bool:
        """Whether entries can be read back; where not, what was sent counts as held."""

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        """What the tracker should hold of the task; asks nothing of the tracker."""

    def find(self, key: str, fields: Fields) -> Entry | None:
        """The entry of that key, whoever made it; ``fields`` say where it would be."""

    def read(self, id_: str) -> Entry | None:
        """The entry as it is now; None where it was deleted."""

    def create(self, key: str, fields: Fields) -> Entry:
        """A new entry.

        :raises UncertainError: where it may have been made all the same.
        """

    def update(self, entry: Entry, changes: Fields) -> Entry:
        """The entry with these fields changed and all others as they are.

        :raises ChangedError: where it is no longer the version of ``entry``.
        """

    def flag(self, entry: Entry, text: str) -> Entry:
        """Says on the entry that its task is no longer in the document; changes nothing else."""

    def close(self, entry: Entry, text: str) -> Entry:
        """The same, and closes the entry."""
