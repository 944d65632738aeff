"""Where each task stands in an outline of documents and their sections.

Tasks come in the order of the text. A section is opened when the first task below it comes, under
the sections that hold it; a task with the path II.3.a is below II.3. Bullets are no sections.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from vnpolicy.writers.character import cut, line

if TYPE_CHECKING:
    from vnpolicy.models import Notice, Segment
    from vnpolicy.models.work_item import WorkItem

_NAMED = re.compile(r"[^\W_]")  # a label with a letter or a digit, unlike "-" or "+"
_LONGEST = 120
_MARKS = "*#_| "  # of emphasis and headings, and of cells
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Node:
    """A document or a section that begins: its number in the outline, and how deep it is."""

    name: str
    number: str
    level: int


class Outline:
    """Numbers the nodes; ``number`` and ``level`` are those of the task placed last."""

    def __init__(self) -> None:
        self.number = ""
        self.level = 0
        self._headings: Mapping[Path, str] = {}
        self._document: str | None = None
        self._open: list[str] = []
        self._counts = [0]  # how many nodes each open one has, from the outermost

    def begin(self, headings: Mapping[Path, str]) -> None:
        """Another document begins; its sections are called as ``headings`` has them."""
        self._headings = headings
        self._document = None

    def place(self, item: WorkItem, *, label: str) -> Iterator[Node]:
        """The nodes that begin before the task; ``label`` is what its document is called."""
        if self._document != item.document:
            self._document = item.document
            self._open = []
            self._counts = self._counts[:1]
            yield self._node(label)
        wanted = [one for one in item.path[:-1] if _NAMED.search(one)]
        same = 0
        while same < min(len(wanted), len(self._open)) and wanted[same] == self._open[same]:
            same += 1
        self._counts = self._counts[: same + 2]
        self._open = wanted[:same]
        for one in wanted[same:]:
            self._open.append(one)
            yield self._node(self._headings.get(tuple(self._open)) or self._section())
        self._counts[-1] += 1
        self.number = ".".join(map(str, self._counts))
        self.level = len(self._counts)

    def _node(self, name: str) -> Node:
        self._counts[-1] += 1
        node = Node(name, ".".join(map(str, self._counts)), len(self._counts))
        self._counts.append(0)
        return node

    def _section(self) -> str:
        said = ".".join(self._open)
        return said if " " in self._open[0] else f"Mục {said}"  # "Điều 6" says what it is


def headings(notice: Notice) -> dict[Path, str]:
    """The sections' own words, up to the first part inside them; of those sections only that
    share their labels with no other."""
    by_id = {one.id: one for one in notice.segments}
    inner: dict[int, int] = {}
    for one in notice.segments:
        if one.parent is not None:
            inner.setdefault(one.parent, one.span.start)
    found: dict[Path, str] = {}
    twice: set[Path] = set()
    for one in notice.segments:
        if _is_section(one):
            known = _path(one, by_id)
            if known in found:
                twice.add(known)
            words = line(notice.text[one.span.start : inner.get(one.id, one.span.end)])
            found[known] = cut(words.strip(_MARKS), _LONGEST)
    return {known: name for known, name in found.items() if known not in twice and name}


def _is_section(one: Segment) -> bool:
    return bool(one.label and one.kind in ("item", "heading") and _NAMED.search(one.label))


def _path(one: Segment, by_id: Mapping[int, Segment]) -> Path:
    labels: list[str] = []
    above: Segment | None = one
    while above is not None:
        if _is_section(above):
            labels.append(above.label or "")
        above = by_id[above.parent] if above.parent is not None else None
    return tuple(reversed(labels))
