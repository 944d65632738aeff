"""What a quantity is in the document: a target, a result, a baseline, a count, or other.

In the manner of ConText: cue phrases before and after the number, each with its reach, decide;
the nearest cue before the number wins ("đạt 90,66% kế hoạch (mục tiêu năm 2023 là 100%)" is a
result, then a target). Where no cue reaches, the place decides: inside a task a percentage, a
change or a lower bound is a target and counted things are a count; under a heading of goals,
of a review, of requests, what that heading says; then the role of the statement that goes on
("đã có 28/28 xã thành lập 310 đội ..."). The cues are data
(``quantity_cues.csv``), as is what names the thing measured (``quantity_metric``).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import regex

from vnpolicy.document import Document
from vnpolicy.extractors.quantity import QuantityMention
from vnpolicy.lexicon.quantity_cue import PSEUDO, Cue, find_cues
from vnpolicy.link.quantity_metric import set_metrics
from vnpolicy.link.quantity_role import Place, role_of
from vnpolicy.link.quantity_section import sections

_ROLES = ("target", "result", "baseline", "count", "other", PSEUDO)
_REACH = 600  # characters of a sentence looked at on either side
_SENTENCE = regex.compile(r"[.!?…](?= )|\n|$")


@dataclass(slots=True)
class _Line:
    """The cues and the sentence ends of one line of the flat text."""

    start: int
    end: int
    before: list[Cue] = field(default_factory=list)
    after: list[Cue] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)


def judge(
    doc: Document,
    found: Sequence[QuantityMention],
    tasks: Sequence[tuple[int, int]],
    clauses: Callable[[int], tuple[int, int]],
) -> None:
    """Set ``role`` and ``metric`` of each mention; ``found`` and ``tasks`` are in order."""
    section = sections(doc) if found else lambda at: None
    starts = [start for start, _ in tasks]
    line: _Line | None = None
    last: Place | None = None
    for index, mention in enumerate(found):
        if line is None or mention.start >= line.end:
            line = _line(doc.low, mention.start)
        place = _place(doc, found, index, line)
        at = bisect_right(starts, mention.number_start) - 1
        place.in_task = at >= 0 and mention.number_start < tasks[at][1]
        place.section = section(mention.start)
        place.earlier = last if last is not None and last.line == line.start else None
        mention.role = place.role = role_of(doc.low, mention, place)
        if not place.bracketed:
            last = place
    set_metrics(doc.low, found, clauses)


def _line(low: str, at: int) -> _Line:
    start = low.rfind("\n", 0, at) + 1
    end = low.find("\n", at)
    end = len(low) if end < 0 else end
    line = _Line(start, end)
    line.before = find_cues(low, _ROLES, start=start, end=end)
    line.after = find_cues(low, _ROLES, side="after", start=start, end=end)
    line.stops = [match.end() for match in _SENTENCE.finditer(low, start, end)]
    return line


def _place(doc: Document, found: Sequence[QuantityMention], index: int, line: _Line) -> Place:
    """Where the mention stands: its sentence, its neighbours, the cues around it."""
    mention = found[index]
    after = bisect_right(line.stops, mention.start)
    start = line.stops[after - 1] if after else line.start
    start = max(start, mention.start - _REACH)
    end = line.stops[after] if after < len(line.stops) else line.end
    end = min(end, mention.end + _REACH)
    before = found[index - 1] if index and found[index - 1].end > start else None
    follow = found[index + 1] if index + 1 < len(found) else None
    if follow is not None and follow.start >= end:
        follow = None
    block = doc.block_at(mention.start)
    return Place(
        line=line.start,
        start=start,
        end=end,
        before=_within(line.before, start, mention.start),
        after=_within(line.after, mention.end, end),
        previous_end=before.end if before else None,
        next_start=follow.start if follow else None,
        kind=block.kind if block else "paragraph",
    )


def _within(cues: list[Cue], start: int, end: int) -> list[Cue]:
    """The cues that lie in the window; ``cues`` are in order and do not overlap."""
    first = bisect_left(cues, start, key=_begins)
    last = bisect_right(cues, end, key=_ends)
    return cues[first:last]


def _begins(cue: Cue) -> int:
    return cue[3]


def _ends(cue: Cue) -> int:
    return cue[4]
