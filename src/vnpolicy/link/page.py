"""A document as the reader of its clauses sees it: folded text, bodies and times by place."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

import regex

from vnpolicy.document import Document
from vnpolicy.lexicon.cue import cue
from vnpolicy.link.body import Bodies
from vnpolicy.link.duty import Duty
from vnpolicy.link.phrase import (
    ASIDE,
    BRACKET,
    COMMA,
    IN_DOING,
    INLINE,
    NAME,
    NOUNS,
    OFTEN,
    OR_ELSE,
    OWNER,
    REGULAR,
    heads_any,
)
from vnpolicy.text import fold


class Page:
    """What stands where in one document."""

    def __init__(
        self, doc: Document, bodies: Bodies, times: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.low, self.flat = doc.low, doc.flat
        self.bodies = bodies
        self.times = dict(times)
        self._spans = sorted((*span, index) for index, span in enumerate(times) if span[0] >= 0)
        self._starts = [span[0] for span in self._spans]
        self._read: dict[tuple[int, int], Duty] = {}
        self.press = doc.retells
        self.issuer = doc.header.issuer
        self._from = 0
        self.issuer_text = fold(doc.header.issuer_text or "")

    def times_in(self, start: int, end: int) -> list[int]:
        """The indexes of the times inside the stretch, from left to right."""
        left = bisect_left(self._starts, start)
        right = bisect_left(self._starts, end, left)
        return [index for _, stop, index in self._spans[left:right] if stop <= end]

    def connectives(self, start: int, end: int) -> int:
        """Where the clause goes on after its connectives."""
        while True:
            match = cue("connective").match(self.low, start, end)
            rest = match.end() if match else self._past_time(start, end)
            while rest < end and self.low[rest] in ", ":
                rest += 1
            if rest >= end or rest == start:
                return start
            start = rest

    def _past_time(self, start: int, end: int) -> int:
        """Past a time expression that opens the clause: "Định kỳ hằng quý hoặc đột xuất, ..."."""
        regular = REGULAR.match(self.low, start, end)
        at = regular.end() if regular else start
        stop = self.times.get(at) or self.times.get(start)
        if stop is None:
            return start
        more = OR_ELSE.match(self.low, stop, end)
        return more.end() if more else stop

    def _front(self, start: int, end: int) -> bool:
        return cue("front").match(self.low, start, end) is not None

    def _places(self, begin: int, end: int) -> Iterator[int]:
        """Where the clause goes on after a comma, brackets passed over."""
        brackets = self.low.find("(", begin, end) >= 0
        for comma in COMMA.finditer(self.low, begin, end):
            if brackets and self._is_bracketed(begin, comma.start()):
                continue
            place = self.connectives(comma.end(), end)
            if place < end:
                yield place

    def _is_bracketed(self, begin: int, at: int) -> bool:
        return self.low.count("(", begin, at) > self.low.count(")", begin, at)

    def _past_name(self, index: int, end: int) -> int:
        stop = self.bodies.found[index].end
        name = NAME.match(self.flat, stop, end)
        return name.end() if name else stop

    def _same_list(self, index: int) -> bool:
        """Whether the body is a later member of a list inside the clause, not one that a comma
        sets off from an owner ("dưới sự chỉ đạo của Phó Thủ tướng A, Bộ B rà soát")."""
        if not index or self.bodies.found[index - 1].start < self._from:
            return False
        before, here = self.bodies.found[index - 1], self.bodies.found[index]
        if before.chain != here.chain:
            return False
        owned = OWNER.search(self.low, max(self._from, before.start - 8), before.start)
        return not (owned and heads_any().match(self.low, here.end + 1))

    def _inline(self, start: int, limit: int) -> regex.Match[str] | None:
        """The first verb that no comma sets off, nouns spelled like verbs passed over."""
        for verb in INLINE.finditer(self.low, start, limit):
            if not NOUNS.match(self.low, verb.end()):
                return verb
        return None

    def _aside(self, stop: int, end: int) -> tuple[int, bool]:
        """Past what stands between subject and verb ("theo chức năng, nhiệm vụ được giao"), and
        whether anything does."""
        began = stop
        bracket = BRACKET.match(self.low, stop, end)
        stop = bracket.end() if bracket else stop
        past = self.times.get(stop + 1)
        if past is not None and heads_any().match(self.low, past + 1, end):
            return past, True
        often = OFTEN.match(self.low, stop, end)
        if often is not None and heads_any().match(self.low, often.end() + 1, end):
            return often.end(), True
        match = ASIDE.match(self.low, stop, end)
        if match is None:
            return stop, bool(bracket) and self.low[began + 1] in "-–"
        limit = min(end, stop + 260)
        inline = self._inline(match.end(), limit)
        if IN_DOING.match(self.low, match.start(), limit):
            inline = None  # "trách nhiệm của các sở trong triển khai ...": what they do it in
        for comma in COMMA.finditer(self.low, match.end(), limit):
            if inline and inline.start() < comma.start():
                break
            place = self.connectives(comma.end(), end)
            if heads_any().match(self.low, place, end) and not NOUNS.match(self.low, place, end):
                return comma.start(), True
        return (inline.start(), True) if inline else (began, True)
