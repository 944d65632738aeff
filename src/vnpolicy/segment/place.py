"""Where the reading of the runs stands, and what came before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from vnpolicy.segment.wrap import Run
from vnpolicy.text import Canonical


@dataclass(slots=True)
class Place:
    """Where the reading stands: the runs, which one is read, and what came before."""

    runs: Sequence[Run]
    view: Canonical
    official: bool
    at: int = 0
    count: int = 0  # of the runs before, in the whole document
    last: str = ""  # the kind of the run before
    began: bool = False  # after the first paragraph of some length
    titled: bool = False  # after a headline
    foot: bool = False  # after a "Nơi nhận" or a signature
    tail: bool = False  # after a portal's list of other articles
    box: bool = False
    more: bool = False  # more of the document follows these runs (a table)

    def next(self) -> Run | None:
        """The run after this one."""
        return self.runs[self.at + 1] if self.at + 1 < len(self.runs) else None
