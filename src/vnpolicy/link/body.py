"""The bodies of a document, to be asked by place: who stands here, and with whom in one list."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
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


_LONGEST = 80  # members of one list
_COUNTS = frozenset("0123456789cđ")


class Bodies:
    """The bodies in order, looked up by offset."""

    def __init__(self, found: Sequence[Body], low: str) -> None:
        self.found = found
        self.starts = [body.start for body in found]
        self._index = {start: index for index, start in enumerate(self.starts)}
        self._low = low

    def at(self, offset: int) -> int | None:
        """The index of the body that begins at the offset, a count before it allowed
        ("7 UBND các tỉnh ...")."""
        index = self._index.get(offset)
        if index is None and self._low[offset : offset + 1] in _COUNTS:
            count = _COUNT.match(self._low, offset)
            index = self._index.get(count.end()) if count else None
        return index

    def inside(self, start: int, end: int) -> range:
        """The indexes of the bodies that begin inside the stretch."""
        return range(bisect_left(self.starts, start), bisect_left(self.starts, end))

    def chain(self, index: int, end: int) -> list[int]:
        """The body and those that follow it in the same list, up to the offset ``end``."""
        members = [index]
        for following in range(index + 1, min(len(self.found), index + _LONGEST)):
            body = self.found[following]
            if body.start >= end:
                break
            if body.chain != self.found[index].chain:
                continue  # in a bracket: "Bộ Tài chính (Kho bạc Nhà nước), Bộ Quốc phòng"
            if "cùng" in self._low[self.found[members[-1]].end : body.start]:
                break  # who works with the others does not share their part
            members.append(following)
        return members
