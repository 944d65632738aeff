"""The light records of the time room: pieces of a time expression, and the whole of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from vnpolicy.models.deadline import Modifier

Unit = Literal[
    "day",  # 10/5/2024, ngày 10 tháng 5
    "dom",  # ngày 20 (of some month)
    "weekday",
    "week",
    "month",
    "months",  # a run of months of one year: 9 tháng đầu năm
    "quarter",
    "half",
    "year",
    "clock",
    "length",  # 15 ngày
    "every",  # hằng quý
    "now",  # hôm nay, which shifts by days
    "holiday",
]


@dataclass(slots=True)
class Piece:
    """One time unit as the words have it, with its place; what was not said is None.

    ``number`` is a quarter, a half, a weekday (1 to 7), the months of a run, the amount of a
    length or of a repeat; ``letter`` the unit of these two (TM, TH, D, W, M, Q, Y). ``shift``
    counts from the anchor's own unit ("tháng này" 0, "tháng tới" 1). ``upto`` is the end of a
    range that begins here.
    """

    start: int
    end: int
    unit: Unit
    rule: str
    year: int | None = None
    month: int | None = None
    day: int | None = None
    number: int = 0
    letter: str = ""
    shift: int | None = None
    year_shift: int | None = None
    coming: bool = False  # "ngày 19/12 tới"
    far: bool = False  # of a year that the words name but do not date: "năm kế hoạch"
    part: str | None = None
    upto: Piece | None = None
    clock: str | None = None
    working: bool = False
    months: tuple[int, ...] = ()  # a day of these months: "tháng cuối quý"
    days: tuple[int, ...] = ()  # of a month: "ngày 15 và 30 hằng tháng"
    weak: bool = False  # a time only where a cue or its place says so: 30/5, 6/2025
    name: str | None = None


@dataclass(slots=True)
class Cue:
    """The words that stand before a time and bind it; ``kinds`` are their classes in order."""

    start: int
    kinds: tuple[str, ...]
    text: str


@dataclass(slots=True)
class Frame:
    """Pieces that make one expression: a main one with what belongs to it."""

    start: int
    end: int
    main: Piece
    cue: Cue | None = None
    clock: str | None = None
    every: Piece | None = None
    event: tuple[int, int] | None = None
    way: str = ""  # where a length goes from the day of speaking: "tới", "nữa", "qua"
    open_end: bool = False
    inherits: bool = False  # its cue stands before an earlier date of the same list
    rule: str = ""


@dataclass(slots=True)
class TimeMention:
    """A time expression: its place, what it says, and how sure its standing is.

    ``standing`` is ``cued`` (its own preposition or label binds it) or ``bare``; ``doubt`` names
    why it may not be a deadline, or is None. ``unit`` is the main unit that was named, ``form``
    the way it was written, ``cue`` the preposition; ``rule`` names binding and form together.
    """

    start: int
    end: int
    value: str | None = None
    modifier: Modifier | None = None
    start_on: datetime.date | None = None
    due_on: datetime.date | None = None
    recurrence: str | None = None
    duration: str | None = None
    working_days: bool | None = None
    counted_from: str | None = None
    due_time: str | None = None
    year_inferred: bool = False
    standing: str = "bare"
    doubt: str | None = None
    rule: str = ""
    form: str = ""
    unit: str = ""
    cue: str = ""
