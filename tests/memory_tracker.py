"""A tracker in memory, with people who change it and failures on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from vnpolicy.errors import UncertainError
from vnpolicy.models import WorkItem
from vnpolicy.push.entry import Entry, Fields, Place
from vnpolicy.writers import item as items


class Killed(BaseException):
    """The process ends here."""


@dataclass
class MemoryTracker:
    """Entries by id; ``on_request`` is called before and after every request that writes."""

    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    notes: list[tuple[str, str]] = field(default_factory=list)
    closed: set[str] = field(default_factory=set)
    requests: list[str] = field(default_factory=list)
    on_request: Callable[[str], None] = lambda moment: None
    where: str = "memory"
    readable: bool = True
    made: int = 0

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        return {
            "title": item.title,
            "due_on": str(item.due_on or ""),
            "leads": items.names(item.leads),
            "project": place.project,
            "assignee": place.assignee,
        }

    def find(self, key: str, fields: Fields) -> Entry | None:
        return next((self._entry(id_) for id_, has in self.keys.items() if has == key), None)

    def read(self, id_: str) -> Entry | None:
        self.requests.append("read")
        return self._entry(id_) if id_ in self.entries else None

    def create(self, key: str, fields: Fields) -> Entry:
        self._before("create")
        id_ = str(self.made)
        self.made += 1
        self.entries[id_], self.keys[id_] = dict(fields), key
        self.on_request("after")
        return self._entry(id_)

    def update(self, entry: Entry, changes: Fields) -> Entry:
        self._before("update")
        self.entries[entry.id].update(changes)
        self.on_request("after")
        return self._entry(entry.id)

    def flag(self, entry: Entry, text: str) -> Entry:
        self._before("flag")
        self.notes.append((entry.id, text))
        self.on_request("after")
        return self._entry(entry.id)

    def close(self, entry: Entry, text: str) -> Entry:
        self._before("close")
        self.closed.add(entry.id)
        self.on_request("after")
        return self._entry(entry.id)

    def written(self) -> list[str]:
        """The requests that wrote, since the last time asked."""
        found = [one for one in self.requests if one != "read"]
        self.requests.clear()
        return found

    def _entry(self, id_: str) -> Entry:
        return Entry(id_, dict(self.entries[id_]), f"memory:{id_}")

    def _before(self, request: str) -> None:
        self.on_request("before")
        self.requests.append(request)


def lost_answer(times: int = 1) -> Callable[[str], None]:
    """The first ``times`` requests are carried out and their answers lost."""
    left = times

    def on_request(moment: str) -> None:
        nonlocal left
        if moment == "after" and left:
            left -= 1
            raise UncertainError("no answer")

    return on_request


def killed_at(number: int) -> Callable[[str], None]:
    """The process ends at the given moment, counted over all requests from 0."""
    count = -1

    def on_request(moment: str) -> None:
        nonlocal count
        count += 1
        if count == number:
            raise Killed

    return on_request
