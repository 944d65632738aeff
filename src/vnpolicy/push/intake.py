"""The work items of the documents that are pushed, document by document.

One document may come in several copies or versions. Copies that have tasks in common are one
document, and the last one counts that has any; documents that only have their number in common
("Số: 05/KH" of two offices whose names were lost) stay apart.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from vnpolicy.models import Notice, WorkItem
from vnpolicy.push.document import alike
from vnpolicy.writers import item


@dataclass(slots=True)
class Intake:
    """Identity to tasks; and the copies that gave way, each with the one that counts."""

    documents: dict[str, list[WorkItem]] = field(default_factory=dict)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    taken: int = 0  # documents, copies among them
    _names: dict[str, str] = field(default_factory=dict)

    def add(self, name: str, notice: Notice) -> None:
        """Takes a document's tasks."""
        self.taken += 1
        found = _once(item.items(name, notice))
        identity = base = item.identity(name, notice)
        number = 1
        while identity in self.documents and not self._is_copy(identity, found):
            number += 1
            identity = f"{base} #{number}"
        if identity in self.documents:
            self.replaced.append((self._names[identity], name))
        if found or identity not in self.documents:  # a copy without tasks was read badly
            self.documents[identity] = found
            self._names[identity] = name

    def _is_copy(self, identity: str, found: list[WorkItem]) -> bool:
        here = self.documents[identity]
        return not here or not found or alike(here, found)


def gather(notices: Iterable[tuple[str, Notice]]) -> Intake:
    """All documents, in their order."""
    intake = Intake()
    for name, notice in notices:
        intake.add(name, notice)
    return intake


def _once(items: Iterable[WorkItem]) -> list[WorkItem]:
    return list({one.key: one for one in items}.values())
