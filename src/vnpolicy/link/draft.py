"""A task before it is a record."""

from __future__ import annotations

from dataclasses import dataclass, field

# The kind of a later clause whose sentence did not begin as an order ("sản lượng đạt 4 triệu
# tấn, giảm 6%"): a task where a labelled line says who does it, else dropped.
LOOSE = "loose"


@dataclass(slots=True)
class Draft:
    """Canonical offsets; bodies and times by index.

    ``start`` to ``end`` is the task's span, ``reach`` where its clause begins with the fronted
    adverbials, ``verb`` where its predicate does. ``deadlines`` stand in the clause, ``handed``
    ones come from a lead-in, a header or another cell; ``others`` are bodies outside the span
    with their role (a table's cell, a labelled line).
    """

    start: int
    end: int
    verb: int
    block: int
    leads: list[int]
    inherited: bool
    way: str
    kind: str = "task"
    directive: str | None = None
    assigner: tuple[int, int] | None = None
    deadlines: list[int] = field(default_factory=list)
    handed: list[int] = field(default_factory=list)
    reach: int = 0
    rule: str = ""
    others: dict[int, str] = field(default_factory=dict)
    product: tuple[int, int] | None = None
