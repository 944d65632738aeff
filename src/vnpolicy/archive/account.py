"""The closing account of a run: what was read, what came out, what failed and why."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from vnpolicy.archive.work import KINDS

_SLOWEST = 5
_WORDS = {
    "tasks": "nhiệm vụ",
    "deadlines": "thời hạn",
    "quantities": "số liệu",
    "targets": "chỉ tiêu",
    "references": "văn bản viện dẫn",
    "assignees": "cơ quan",
    "warnings": "cảnh báo",
}


@dataclass(slots=True)
class Account:
    """The figures of a run. ``documents`` came out, ``failed`` went to quarantine by kind of
    error, ``unchanged`` were known from an earlier run, ``twins`` left out for another of the same
    content. ``seconds`` is the run's wall time, ``size`` the bytes read."""

    documents: int = 0
    unchanged: int = 0
    size: int = 0
    seconds: float = 0.0
    records: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    twins: list[tuple[str, str]] = field(default_factory=list)
    slowest: list[tuple[float, str]] = field(default_factory=list)
    outputs: list[str] = field(default_factory=list)

    @property
    def status(self) -> int:
        """The exit status: 0 all well, 1 some in quarantine, 3 nothing came out."""
        if not self.documents:
            return 3
        return 1 if self.failed else 0

    def count(self, numbers: Iterable[int]) -> None:
        """One more document, with so many records of each kind."""
        self.documents += 1
        for kind, number in zip(KINDS, numbers, strict=True):
            self.records[kind] += number

    def took(self, label: str, seconds: float) -> None:
        """Remember a unit that took long."""
        heapq.heappush(self.slowest, (seconds, label))
        if len(self.slowest) > _SLOWEST:
            heapq.heappop(self.slowest)

    def lines(self) -> list[str]:
        """The account as lines for a person, in Vietnamese with the terms of the JSON."""
        rate = f", {self.size / self.seconds / 1e6:.2f} MB/s" if self.seconds else ""
        found = [
            f"{self.documents} văn bản (documents), {self.size / 1e6:.1f} MB"
            f" trong {self.seconds:.1f} giây{rate}"
        ]
        kinds = [f"{self.records[kind]} {_WORDS[kind]}" for kind in KINDS if self.records[kind]]
        if kinds:
            found.append("Bản ghi (records): " + ", ".join(kinds))
        if self.unchanged:
            found.append(f"Không đổi, lấy lại kết quả cũ (unchanged): {self.unchanged}")
        found += [f"Trùng nội dung (duplicate): {one} = {other}" for one, other in self.twins[:20]]
        if len(self.twins) > 20:
            found.append(f"... và {len(self.twins) - 20} văn bản trùng khác")
        for kind, number in sorted(self.failed.items(), key=lambda pair: (-pair[1], pair[0])):
            found.append(f"Không đọc được (failed): {number} {kind}")
        slow = [f"{label} {seconds:.1f} s" for seconds, label in sorted(self.slowest, reverse=True)]
        if slow and self.seconds > 2:
            found.append("Lâu nhất (slowest): " + "; ".join(slow))
        found += [f"Đã ghi (written): {one}" for one in self.outputs]
        return found
