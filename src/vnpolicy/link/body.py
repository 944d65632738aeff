"""The bodies of a document, to be asked by place: who stands here, and with whom in one list."""

from __future__ import annotations

from bisect import bisect_left
from typing import Protocol

import regex


class Body(Protocol):
    """A mention of somebody who could be told something (see the assignee extractor)."""

    start: int
    end: int
    agency_ids: tuple[str, ...]
    office: str | None
    kind: str
    place: bool
    chain: int


_COUNT = regex.compile(r"(?:cả )?[0-9]{1,3} |(?:đồng chí|các đồng chí) ")


class Bodies:
    """The bodies in order, looked up by offset."""

    def __init__(self, found: list[Body], low: str) -> None:
        self.found = found
        self.starts = [body.start for body in found]
        self._low = low

    def at(self, offset: int) -> int | None:
        """The index of the body that begins at the offset, a count before it allowed
        ("7 UBND các tỉnh ...")."""
        index = bisect_left(self.starts, offset)
        if index < len(self.starts) and self.starts[index] == offset:
            return index
        count = _COUNT.match(self._low, offset)
        if count and index < len(self.starts) and self.starts[index] == count.end():
            return index
        return None

    def inside(self, start: int, end: int) -> range:
        """The indexes of the bodies that begin inside the stretch."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def chain(self, index: int, end: int) -> list[int]:
        """The body and those that follow it in the same list, up to the offset ``end``."""
        members = [index]
        for following in range(index + 1, len(self.found)):
            body = self.found[following]
            if body.chain != self.found[index].chain or body.start >= end:
                break
            members.append(following)
        return members
