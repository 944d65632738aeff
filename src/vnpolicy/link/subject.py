"""Subjects with what they do, and verbs without one: "Bộ Y tế chủ trì ...", "Rà soát ..."."""

from __future__ import annotations

from vnpolicy.lexicon.verb import head
from vnpolicy.link.duty import NONE, Duty
from vnpolicy.link.page import Page
from vnpolicy.link.phrase import (
    ADVERBS,
    AFTER_COMMA,
    BETWEEN,
    COMRADE,
    ENCLOSES,
    MUST,
    NAME,
    NOT,
    NOUNS,
    OWNED,
    PETITIONS,
    REPORTS,
    TOLD_OF,
    TOP,
    heads_any,
)


class Subjects(Page):
    """Reads subjects and bare verbs."""

    def subject(self, at: int, end: int, *, told: bool = False) -> Duty | None:
        """ "<who> <do>" at the place; ``told`` when an order's verb stands before it."""
        index = self.bodies.at(at)
        if index is None and told:
            index = self._office_after_name(at, end)
        if index is None or (self.bodies.found[index].place and not told):
            return None
        if not told and (self._same_list(index) or self._between(index)):
            return None  # a later member of a list whose head stands elsewhere
        leads = self.bodies.chain(index, end)
        if not told and TOP.intersection(self.bodies.found[index].agency_ids):
            return None  # they order; they are told only outright
        stop = self._past_name(leads[-1], end)
        stop, aside = self._aside(stop, end)
        rest = stop
        while rest < end and self.low[rest] in " ,:….":
            rest += 1
        if rest >= end:
            return Duty(at, end, end, "named", leads)
        begin = self.bodies.found[index].start if not told else at
        reason = self._tells(leads[0], stop, end, told=told)
        if reason is not None:
            return Duty(begin, end, begin, NONE, leads, reason=reason)
        must = head("modal").match(self.low, rest, end)
        if must:
            way = "modal"
        elif not told and self.bodies.found[index].kind == "person":
            return None
        elif told or self._acts(stop, rest, end, aside=aside):
            way = "subject"
        else:
            return None
        passive = bool(must and "được" in must.group())
        return Duty(begin, end, rest, way, leads, passive=passive)

    def _office_after_name(self, at: int, end: int) -> int | None:
        """The office of "đồng chí [Nguyễn Văn A,] Phó Chủ tịch UBND tỉnh"."""
        title = COMRADE.match(self.low, at, end)
        if title is None:
            return None
        index = self.bodies.at(title.end())
        name = NAME.match(self.flat, title.end() - 1, end) if index is None else None
        if name is not None and self.low.startswith(", ", name.end()):
            index = self.bodies.at(name.end() + 2)
        return index

    def _tells(self, index: int, stop: int, end: int, *, told: bool) -> str | None:
        """Why what follows the subject is no duty: it reports, or in an account asks."""
        if REPORTS.match(self.low, stop, end):
            return "reports what is done"
        own = not told and self.issuer in self.bodies.found[index].agency_ids
        if own and ENCLOSES.match(self.low, stop, end):
            return "done by the letter itself"
        if not self.press or told:
            return None
        if PETITIONS.match(self.low, stop, end):
            return "asks, does not do"
        return "reports what is done" if self._speaks(index, stop) else None

    def _speaks(self, index: int, stop: int) -> bool:
        """Whether an office holder reports at a meeting: "Giám đốc Sở Xây dựng báo cáo ..."."""
        office = self.bodies.found[index].office
        return bool(office) and self.low.startswith((" báo cáo", " trình bày", " giải trình"), stop)

    def _between(self, index: int) -> bool:
        """Whether some unnamed body stands in a list that "giữa" opened in the clause."""
        body = self.bodies.found[index]
        if body.agency_ids or body.start == self._from:
            return False
        return BETWEEN.search(self.low, self._from, body.start) is not None

    def _acts(self, stop: int, rest: int, end: int, *, aside: bool) -> bool:
        """Whether an action follows the subject, and not a name's own words after a comma."""
        if NOUNS.match(self.low, rest, end):
            return False
        word = head("action", "manner", "prohibition").match(self.low, rest, end)
        if word is None:
            return aside and self.low[end : end + 1] == ";"
        if word.group() == "quyết định":
            return False  # a power, not a duty
        comma = self.low[stop : stop + 1] == "," and not aside
        return not comma or AFTER_COMMA.match(self.low, rest, end) is not None

    def bare(self, at: int, end: int) -> Duty | None:
        """ "<do>" at the place, without a subject."""
        if NOUNS.match(self.low, at, end) or TOLD_OF.match(self.low, at, end):
            return None
        word = heads_any().match(self.low, at, end) or NOT.match(self.low, at, end)
        if word is None:
            return None
        if word.group() in ADVERBS:
            rest = word.end() + 1
            acts = heads_any().match(self.low, rest, end)
            if not acts and (self.press or self.bodies.at(rest) is not None):
                return None
        return Duty(at, end, at, "bare")

    def must(self, at: int, end: int) -> Duty | None:
        """ "phải <do>", "cần <do>" at the place."""
        return Duty(at, end, at, "bare") if MUST.match(self.low, at, end) else None

    def _must_mid(self, begin: int, end: int) -> Duty | None:
        """A subject in the clause's middle that must do something."""
        for index in self.bodies.inside(begin, end):
            body = self.bodies.found[index]
            if body.place or (index and self.bodies.found[index - 1].chain == body.chain):
                continue
            duty = self.subject(body.start, end)
            if duty is not None and duty.way == "modal" and not self._governed(body.start):
                return duty
        return None

    def _governed(self, start: int) -> bool:
        return OWNED.search(self.low, max(0, start - 24), start) is not None
