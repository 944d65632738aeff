"""Orders: "[Thủ tướng] giao / yêu cầu / đề nghị <who> <do>"."""

from __future__ import annotations

import re

from vnpolicy.lexicon.cue import cue
from vnpolicy.link.duty import NONE, Duty
from vnpolicy.link.phrase import (
    HEADS,
    NAME,
    PLAIN_SAYS,
    SAYS,
    SPEAKERS,
    TOP,
)
from vnpolicy.link.subject import Subjects


class Orders(Subjects):
    """Reads orders, with who gives them."""

    def order(self, at: int, end: int, *, spoken: bool = False) -> Duty | None:
        """ "[<who is in charge>] giao / yêu cầu ... <who> <do>" at the place. With ``spoken``
        the one who orders has to be named."""
        assigner, past, place = None, False, at
        said = self._speaker(at, end)
        if said is not None:
            assigner, past, place = said
        elif spoken:
            return None
        index = self.bodies.at(at)
        if assigner and index is not None and not self._in_charge(index):
            if not (word := cue("directive").match(self.low, place, end)):
                return None
            duty = self._ordered(at, word, end, assigner, past)
            return duty if duty is not None and self._below(duty.leads) else None
        kinds = ("directive", "say", "stress", "view") if assigner else ("directive",)
        word = cue(*kinds).match(self.low, place, end)
        if word is None:
            return None
        return self._ordered(at, word, end, assigner, past)

    def _speaker(self, at: int, end: int) -> tuple[tuple[int, int], bool, int] | None:
        """Who speaks, whether it is told as past, and where the verb of saying begins."""
        stop = at
        index = self.bodies.at(at)
        if index is not None and (self._in_charge(index) or self._asks_others(index)):
            stop = self.bodies.found[self.bodies.chain(index, end)[-1]].end
            name = NAME.match(self.flat, stop, end)
            stop = name.end() if name else stop
        else:
            speaker = SPEAKERS.match(self.low, at, end)
            if speaker is None:
                return None
            stop = speaker.end()
        for says in (SAYS.match(self.low, stop, end), PLAIN_SAYS.match(self.low, stop, end)):
            if says and cue("directive", "say", "stress", "view").match(self.low, says.end(), end):
                return (at, stop), "đã" in says.group("adverb"), says.end()
        return None

    def _in_charge(self, index: int) -> bool:
        body = self.bodies.found[index]
        if body.kind == "person" or body.office in HEADS or TOP.intersection(body.agency_ids):
            return True
        if self.issuer in body.agency_ids and self.issuer is not None:
            return True
        return bool(self.issuer_text and self.low[body.start : body.end] in self.issuer_text)

    def _below(self, leads: list[int]) -> bool:
        """Whether the bodies told are not those at the top: who asks them, petitions."""
        return bool(leads) and not all(
            TOP.intersection(self.bodies.found[index].agency_ids) for index in leads
        )

    def _asks_others(self, index: int) -> bool:
        """Whether any agency could give this order: a press account's "Bộ Y tế yêu cầu ..."."""
        return self.press and bool(self.bodies.found[index].agency_ids)

    def _ordered(
        self,
        at: int,
        word: re.Match[str],
        end: int,
        assigner: tuple[int, int] | None,
        past: bool,
    ) -> Duty | None:
        verb = word.group()
        views = cue("view", "stress").fullmatch(verb) is not None
        opinion = cue("view").fullmatch(verb) is not None
        place = word.end()
        while place < end and self.low[place] in " ,:":
            place += 1
        place = self.connectives(place, end)
        if past and not (self.press and verb.startswith("giao nhiệm vụ")):
            return Duty(at, end, at, NONE, reason="already ordered")
        if place >= end:
            colon = self.low[end : end + 1] == ":"
            return Duty(at, end, end, "named", [], verb, assigner) if assigner or colon else None
        inner = self._content(place, end, lenient=not views)
        if inner is None:
            return Duty(at, end, at, NONE, reason="says, does not order") if assigner else None
        if inner.way == "bare" and (views or (assigner is None and not inner.leads)):
            return None if assigner is None else Duty(at, end, at, NONE, reason="a viewpoint")
        inner.directive = inner.directive or verb
        inner.assigner = inner.assigner or assigner
        if inner.way in ("subject", "modal") and not opinion:
            inner.way = "order"
        return inner

    def _content(self, at: int, end: int, *, lenient: bool) -> Duty | None:
        inner = self.subject(at, end, told=lenient)
        if inner is None:
            inner = self.order(at, end)
        if inner is None and lenient:
            inner = self.bare(at, end) or self.must(at, end)
        if inner is None:
            front = self._front(at, end) or not lenient
            for place in self._places(at, end) if front else ():
                inner = self.order(place, end, spoken=True) or self.subject(
                    place, end, told=lenient
                )
                if inner is None and lenient:
                    inner = self.bare(place, end)
                if inner is not None:
                    break
        return inner if inner is None or inner.way != NONE else None
