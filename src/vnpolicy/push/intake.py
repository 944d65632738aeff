"""The work items of the documents that are pushed, document by document.

One document may come in several copies or versions. Copies that have tasks in common are one
document, and the last one counts; documents that only have their number in common ("Số: 05/KH"
of two offices whose names were lost) stay apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from vnpolicy import pairing
from vnpolicy.models import Notice, WorkItem
from vnpolicy.writers import item


@dataclass(slots=True)
class Intake:
    """Identity to tasks; and the copies that gave way, each with the one that counts."""

    documents: dict[str, list[WorkItem]] = field(default_factory=dict)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    _names: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, notice: Notice) -> None:
        """Takes a document's tasks."""
        found = _once(item.items(name, notice))
        identity = base = item.identity(name, notice)
        number = 1
        while identity in self.documents and not _alike(self.documents[identity], found):
            number += 1
            identity = f"{base} #{number}"
        if identity in self.documents:
            self.replaced.append((self._names[identity], name))
        if identity != base:
            found = [_moved(one, identity) for one in found]
        self.documents[identity] = found
        self._names[identity] = name


def gather(notices: Iterable[tuple[str, Notice]]) -> Intake:
    """All documents, in their order."""
    intake = Intake()
    for name, notice in notices:
        intake.add(name, notice)
    return intake


def _once(items: Iterable[WorkItem]) -> list[WorkItem]:
    return list({one.key: one for one in items}.values())


def _alike(old: list[WorkItem], new: list[WorkItem]) -> bool:
    """Whether they can be versions of one document: half of the tasks of the shorter."""
    if not old or not new:
        return True
    return 2 * len(pairing.pair(old, new).same) >= min(len(old), len(new))


def _moved(one: WorkItem, identity: str) -> WorkItem:
    key = item.key(one.task_id, identity)
    return one.model_copy(update={"document": identity, "key": key})
