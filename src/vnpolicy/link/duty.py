"""What a clause orders."""

from __future__ import annotations

from dataclasses import dataclass, field

NONE = "none"


@dataclass(slots=True)
class Duty:
    """What a clause orders. ``start`` is where the task begins, ``verb`` where its predicate
    does; ``way`` is order, subject, modal (a subject with "phải", "cần"), bare, noun ("các chỉ
    tiêu phải ..."), named (who, without what) or none, then with ``reason``."""

    start: int
    end: int
    verb: int
    way: str
    leads: list[int] = field(default_factory=list)
    directive: str | None = None
    assigner: tuple[int, int] | None = None
    passive: bool = False
    reason: str | None = None
