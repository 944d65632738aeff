"""Cutting a clause further where the assignee or the deadline changes.

"..., còn các bộ ...", "..., trong đó giao Bộ X ..." begin another's task; "khởi công trong Quý
II/2025 và hoàn thành trong năm 2027" holds two, each with its date. A second date in a purpose
("để hoàn thành trước ...") cuts nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import regex

from vnpolicy.link.phrase import heads_any
from vnpolicy.link.reading import Reader

_OTHER = regex.compile(
    r"[,;] (?:(?P<and>còn|riêng|trong khi)|(?:trong đó|đồng thời|và)?,? ?(?=(?:giao|yêu cầu) )) ?"
)
_IS = regex.compile(r"(?:các |những |một số )?nhiệm vụ[^.;:]{0,90}? (?:đó )?là (?=\p{L})")
_AIMS = regex.compile(r"(?:phấn đấu|để|nhằm|với|theo|căn cứ) ")
_JOINT = regex.compile(r"(?:, [^;:.]{0,80}?)?[,;] (?:đồng thời,? )?| và ")
_AND = regex.compile(r",? và |, |; ")
_PURPOSE = regex.compile(r"\b(?:để|nhằm|mà|bảo đảm|đảm bảo)\b")


def cuts(
    reader: Reader, start: int, end: int, times: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The parts of the clause, in order; mostly the clause itself."""
    places = [start]
    aims = _AIMS.match(reader.low, start, end) is not None
    for other in _OTHER.finditer(reader.low, start + 12, end) if not aims else ():
        if _other_starts(reader, other.end(), end, strong=other.group("and") is None):
            places.append(other.end())
    header = _IS.match(reader.low, start, end)
    if header and heads_any().match(reader.low, header.end(), end):
        places.append(header.end())
    inside = [times[index] for index in reader.times_in(start, end)]
    if len(inside) > 1:
        places += _by_subject(reader, end, inside)
        places += _by_date(reader, end, inside)
    if len(places) == 1:
        return [(start, end)]
    places = sorted(set(places))
    parts = []
    for left, right in zip(places, [*places[1:], end], strict=True):
        parts.append((left, _trim(reader.low, left, right)))
    return parts


def _trim(low: str, left: int, right: int) -> int:
    """The part's end without the joining words before the next part."""
    text = low[left:right].rstrip(" ,;")
    for word in (" và", " đồng thời", " trong đó", " còn", " riêng"):
        if text.endswith(word):
            text = text.removesuffix(word).rstrip(" ,;")
    return left + len(text)


def _other_starts(reader: Reader, at: int, end: int, *, strong: bool) -> bool:
    duty = reader.order(at, end) if strong else reader.subject(at, end)
    if duty is None or not duty.leads or duty.way not in ("order", "subject", "modal"):
        return False
    first = reader.bodies.found[duty.leads[0]]
    return bool(first.agency_ids) or first.kind == "person"


def _by_subject(reader: Reader, end: int, inside: Sequence[tuple[int, int]]) -> list[int]:
    """Where, after a date, another body begins a duty with a date of its own."""
    places = []
    for (_, first_end), (second, _) in itertools.pairwise(inside):
        for index in reader.bodies.inside(first_end, second):
            at = reader.bodies.found[index].start
            joined = _JOINT.fullmatch(reader.low, first_end, at)
            if joined and _other_starts(reader, at, end, strong=False):
                places.append(at)
                break
    return places


def _by_date(reader: Reader, end: int, inside: Sequence[tuple[int, int]]) -> list[int]:
    places = []
    for (_, first_end), (second, _) in itertools.pairwise(inside):
        for joint in reversed(list(_AND.finditer(reader.low, first_end, second))):
            verb = heads_any().match(reader.low, joint.end(), end)
            if verb and not _PURPOSE.search(reader.low, first_end, second):
                places.append(joint.end())
                break
    return places
