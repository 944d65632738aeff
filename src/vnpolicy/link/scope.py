"""What clauses inherit, and what the enclosing block keeps of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """What clauses that say nothing themselves inherit: leads and deadlines, by index."""

    leads: tuple[int, ...] = ()
    deadlines: tuple[int, ...] = ()
    assigner: tuple[int, int] | None = None
    directive: str | None = None


NOTHING = Context()


@dataclass(slots=True)
class Scope:
    """The state of one enclosing block: what its children inherit (``base``), and what a
    paragraph of it goes on with (``running``)."""

    base: Context
    running: Context
    zone: str
