"""Reading one clause: who is told what, in its own words.

A clause orders in one of these ways, tried in this order at its beginning (after connectives
and fronted adverbials: "Đồng thời,", "Để ...,", "Trên cơ sở ...,"):

- an order: "[Thủ tướng] giao / yêu cầu / đề nghị <who> <do>", also with nobody named
  ("Thủ tướng yêu cầu đẩy mạnh ...");
- a subject: "<who> [phải, cần, chủ trì, khẩn trương ...] <do>", "<who> được giao <do>";
- a bare verb: "Rà soát ...", "Không để ..."; its doer comes from outside the clause.

What reports ("Bộ X đã ...", "... cho biết") is refused, with the reason kept for ``explain``.
"""

from __future__ import annotations

from vnpolicy.link.duty import NONE, Duty
from vnpolicy.link.head import is_verb
from vnpolicy.link.order import Orders
from vnpolicy.link.phrase import (
    ASKS,
    BLANK,
    BY_LAW,
    BY_WHOM,
    CARRIES_OUT,
    CLOSING,
    FRONTED,
    GROUNDS,
    LEADS,
    MUST,
    NOUNS,
    PAPER,
    PAPERS_SAY,
    SPEECH_TAG,
    TOP,
    TOPIC,
    heads_any,
)


class Reader(Orders):
    """Reads the clauses of one document, each once."""

    def read(self, start: int, end: int) -> Duty:
        """What the stretch orders."""
        known = self._read.get((start, end))
        if known is None:
            known = self._read[start, end] = self._reading(start, end)
        return known

    def _reading(self, start: int, end: int) -> Duty:
        start, end = self._quotation(start, end)
        self._from = start
        begin = self.connectives(start, end)
        if self._may_close(begin, end) and CLOSING.match(self.low, begin, end):
            return Duty(start, end, start, NONE, reason="a closing formula")
        if BLANK.search(self.flat, start, min(end + 8, len(self.flat))):
            return Duty(start, end, start, NONE, reason="a form's line, to be filled in")
        duty = self._here(begin, end) or self._done_by(begin, end)
        if duty is None or duty.way == "bare":
            opens = duty is None or CARRIES_OUT.match(self.low, begin, end) is not None
            late = self._later(begin, end, orders_only=not opens, bare=duty is None)
            if late is not None:
                return late
        if duty is not None:
            return duty
        return self._weak(begin, end)

    def _may_close(self, begin: int, end: int) -> bool:
        find = self.low.find
        return (
            find("biết", begin, end) >= 0
            or find("trân trọng", begin, end) >= 0
            or self.low.startswith("trên đây", begin)
        )

    def _done_by(self, begin: int, end: int) -> Duty | None:
        """ "Việc này do Sở A chủ trì, ...": what is done, then by whom."""
        by = BY_WHOM.match(self.low, begin, end)
        index = self.bodies.at(by.end()) if by is not None else None
        if by is None or index is None:
            return None
        leads = self.bodies.chain(index, end)
        if not LEADS.match(self.low, self.bodies.found[leads[-1]].end, end):
            return None
        return Duty(begin, end, by.end(), "subject", leads, passive=True)

    def _quotation(self, start: int, end: int) -> tuple[int, int]:
        """Inside the quotation marks that the clause begins with, before who said it."""
        if self.press:
            tag = SPEECH_TAG.search(self.low, start, end)
            end = tag.start() if tag is not None else end
            paper = PAPER.match(self.flat, start, end)
            start = paper.end() if paper is not None else start
        quote = self.low[start : start + 1]
        while start < end and self.low[start] in "“\"'‘( ":
            start += 1
        twin = {"“": "”", '"': '"', "‘": "’"}.get(quote)
        close = self.low.find(twin, start, end) if twin else -1
        if close > start + 20:
            end = close - (self.low[close - 1] in ",. ")
        return start, end

    def opens_with(self, start: int, end: int) -> list[int]:
        """Who the clause begins with, whatever follows."""
        index = self.bodies.at(self.connectives(start, end))
        if index is None or self.bodies.found[index].place or self._same_list(index):
            return []
        return self.bodies.chain(index, end)

    def unknown_act(self, start: int, end: int) -> Duty | None:
        """Who the clause begins with, told to do what no lexicon knows for a verb; way ``none``
        where the next word is no verb at all."""
        leads = self.opens_with(start, end)
        if not leads:
            return None
        begin = self.connectives(start, end)
        stop = self._past_name(leads[-1], end)
        act = self.flat[stop + 1 : min(end, stop + 80)]
        known = (
            act.startswith("quyết định")
            or NOUNS.match(self.low, stop + 1, end)
            or self.low[stop : stop + 1] != " "
        )
        way = "subject" if not known and act[:1].islower() and is_verb(act) else NONE
        return Duty(begin, end, stop + 1, way, leads, reason=None if way != NONE else "no verb")

    def names_only(self, start: int, end: int) -> bool:
        """Whether the stretch names who, and says nothing else."""
        duty = self.read(start, end)
        return duty.way == "named" and bool(duty.leads)

    def _here(self, at: int, end: int) -> Duty | None:
        return self.order(at, end) or self.subject(at, end) or self.bare(at, end)

    def _later(self, begin: int, end: int, *, orders_only: bool, bare: bool) -> Duty | None:
        """An order or a subject, or where the clause opens with an adverbial also a bare verb,
        after a comma further on."""
        places = list(self._places(begin, end))
        quotes = BY_LAW.match(self.low, begin, end) is not None
        for place in places:
            duty = self.order(place, end, spoken=orders_only)
            if duty is None and not orders_only:
                duty = self.subject(place, end)
                if duty is not None and quotes:
                    return Duty(begin, end, begin, NONE, reason="a law is quoted")
            if duty is not None and (duty.way != NONE or not orders_only):
                return duty
        inner = self._inner_order(begin, end)
        if inner is not None or orders_only or not self._front(begin, end):
            return inner
        strong = self._must_mid(begin, end)
        if strong is not None:
            return strong
        grounds = GROUNDS.match(self.low, begin, end)
        if grounds and heads_any().match(self.low, grounds.end(), end):
            return Duty(begin, end, begin, "bare")
        if self.low[end : end + 1] == ":" and TOPIC.match(self.low, begin, end):
            return None
        for place in places if bare else ():
            duty = self.bare(place, end)
            if duty is not None:
                return duty
        return None

    def _inner_order(self, begin: int, end: int) -> Duty | None:
        """An order that no comma sets off: "... nếu có vướng mắc đề nghị các bộ ..."."""
        for index in self.bodies.inside(begin + 1, end):
            body = self.bodies.found[index]
            if body.kind == "person" or TOP.intersection(body.agency_ids):
                duty = self.order(body.start, end, spoken=True)
                if duty is not None and duty.way != NONE:
                    return duty
        if not self._front(begin, end):
            return None
        for word in ASKS.finditer(self.low, begin + 1, end):
            papers = PAPERS_SAY.search(self.low, begin, word.start())
            if papers is None and self.bodies.at(word.end()) is not None:
                duty = self.order(word.start(), end)
                if duty is not None and duty.leads:
                    return duty
        return None

    def _weak(self, begin: int, end: int) -> Duty:
        """A subject that must do something, a thing that must be, or a fronted object."""
        strong = self._must_mid(begin, end)
        if strong is not None:
            return strong
        window = min(end, begin + 70)
        must = MUST.search(self.low, begin, window)
        if must and not self._front(begin, end):
            return Duty(begin, end, must.start(), "noun")
        fronted = FRONTED.match(self.low, begin, end)
        if fronted and heads_any().match(self.low, fronted.end(), end):
            return Duty(begin, end, fronted.end(), "noun")
        return Duty(begin, end, begin, NONE, reason="no verb of duty")
