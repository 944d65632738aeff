"""Walking a document's clauses: what is a task, and who inherits it from whom.

A lead-in, a heading that names who, or the sentence before in the same paragraph gives its
leads to the clauses after it that name nobody, until another assignee or another section. The
items of a list go back, each, to the lead-in's leads. Deadlines come down from a lead-in or a
list's header only. See the rulings in the README's "Limits".
"""

from __future__ import annotations

from dataclasses import replace

import regex

from vnpolicy.document import Block
from vnpolicy.extractors.task import Clause
from vnpolicy.link.cut import cuts
from vnpolicy.link.draft import Draft
from vnpolicy.link.label import CONTENT
from vnpolicy.link.lead_in import (
    LISTING,
    MAY_LIST,
    MAY_ORDER,
    OPINION,
)
from vnpolicy.link.reading import Reader
from vnpolicy.link.scope import NOTHING, Context, Scope
from vnpolicy.link.settle import Settling
from vnpolicy.link.state import BREAKS
from vnpolicy.link.zone import AIM, DUTY, REQUEST, asks, zone


class Walker(Settling):
    """Walks one document once; :meth:`walk` gives its drafts in order."""

    def walk(self) -> list[Draft]:
        """The drafts of every block that can hold a duty, tables and labelled lines aside."""
        if self.strict and len(self.low) > _EXCERPT and not self._may_order():
            return self.drafts
        for index, block in enumerate(self.doc.blocks):
            if index in self.by_block or block.kind in ("heading", "item", "annex"):
                self._block(index, block)
        page = self.doc.retells or len(self.low) > _EXCERPT
        if self.strict and not self.ordered and page:
            for draft in self.drafts:
                self.refused.append((draft.start, draft.end, "nobody orders anything in this text"))
            self.drafts.clear()
        return self.drafts

    def _may_order(self) -> bool:
        """Whether a word that orders stands before somebody, or a list of tasks is announced: a
        cheap look before the walk over a text without a letterhead."""
        if MAY_LIST.search(self.low) or not self.doc.retells:
            return True
        return any(
            self.bodies.inside(word.end(), word.end() + _NEAR)
            for word in MAY_ORDER.finditer(self.low)
        )

    def _block(self, index: int, block: Block) -> None:
        scope = self.scopes.get(block.parent) or self.scopes[None]
        inner = scope.zone
        text = self.low[block.body : block.end]
        if block.kind in ("heading", "annex") or (block.kind == "item" and len(text) < 160):
            inner = zone(text, scope.zone)
            if block.kind == "item" and not _is_title(text):
                inner = scope.zone
        fresh = block.kind in ("heading", "item", "annex")
        running = scope.base if fresh else scope.running
        if block.kind == "item" and not self.strict:
            self.begun = True
        if block.kind == "heading" and not self.doc.retells and inner in (DUTY, REQUEST):
            duty = zone(text, AIM) in (DUTY, REQUEST)
            self.begun, self.ordered = self.begun or duty, self.ordered or duty
        if inner == REQUEST and scope.zone != REQUEST:
            running = NOTHING
        before = len(self.drafts)
        if self.doc.retells and block.kind == "paragraph":
            self.last = ()  # who was told in another paragraph is not told here
        running = self._clauses(index, block, running, inner)
        if self._falls_silent(index, block, before):
            running, self.active = NOTHING, False
        speaks = self.ordered or self._hands(index)
        if self.doc.retells and block.kind == "paragraph" and not speaks:
            running = NOTHING  # "... phải ..." among viewpoints speaks for its paragraph only
        self.scopes[index] = Scope(running, running, inner)
        if block.kind == "paragraph":
            scope.running = running
            last = self.by_block.get(index)
            if last and last[-1].closes == ":":
                scope.base = running
                scope.zone = DUTY if running.leads else scope.zone
        elif block.kind == "item":
            scope.running = scope.base

    def _hands(self, index: int) -> bool:
        clauses = self.by_block.get(index, [])
        return bool(clauses) and clauses[-1].closes == ":"

    def _falls_silent(self, index: int, block: Block, before: int) -> bool:
        """Whether a paragraph of a press account ordered nothing: the order is not carried on."""
        if not self.doc.retells or block.kind != "paragraph" or len(self.drafts) > before:
            return False
        return index in self.by_block and not self._hands(index)

    def _clauses(self, index: int, block: Block, running: Context, inner: str) -> Context:
        clauses = self._joined(self.by_block.get(index, []))
        first = len(self.drafts)
        listing = asking = -1
        for number, clause in enumerate(clauses):
            if clause.first and self._asks(clause):
                asking = clause.sentence
            if clause.sentence == asking:
                asking = -1 if clause.closes == ":" else asking
                self._refuse(clause, "a request")
                continue
            if clause.sentence == listing and not clause.first:
                self._extend(first, clause)
                continue
            if self._describes(clause):
                break
            running = self._parts(clause, block, running, inner, first, len(clauses) == 1)
            listing = self._listing(clause, last=number == len(clauses) - 1)
        return running

    def _asks(self, clause: Clause) -> bool:
        """Whether the clause tells a request, and nobody's order after it ("Đối với kiến nghị
        của A, Phó Thủ tướng giao Bộ B ...")."""
        if not asks(self.low, clause.start, clause.end):
            return False
        duty = self.reader.read(clause.start, clause.end)
        return duty.way != "order" or duty.assigner is None

    def _joined(self, clauses: list[Clause]) -> list[Clause]:
        """The clauses, with those that only name somebody joined to the next ("Giám đốc các
        sở; Chủ tịch UBND các xã; Thủ trưởng các đơn vị ... thực hiện")."""
        joined: list[Clause] = []
        for clause in clauses:
            if joined and joined[-1].closes == ";" and joined[-1].sentence == clause.sentence:
                before = joined[-1]
                if self.reader.names_only(before.start, before.end):
                    joined[-1] = replace(clause, start=before.start, first=before.first)
                    continue
            joined.append(clause)
        return joined

    def _describes(self, clause: Clause) -> bool:
        """Whether a "Nội dung:" line only says what the item above is."""
        content = CONTENT.match(self.low, clause.start, clause.end)
        if content is None:
            return False
        return self.reader.bare(content.end(), clause.end) is None

    def _listing(self, clause: Clause, *, last: bool) -> int:
        """The sentence whose later clauses are members of a list, or that is only an opinion."""
        if not last and _is_list(self.reader, self.low, clause):
            return clause.sentence
        if clause.closes != ":" or last:
            return -1
        duty = self.reader.read(clause.start, clause.end)
        opinion = OPINION.search(self.low, clause.start, clause.end) is not None
        mute = duty.way == "none" and (opinion or duty.reason in BREAKS)
        return clause.sentence if mute else -1

    def _parts(
        self, clause: Clause, block: Block, running: Context, inner: str, first: int, only: bool
    ) -> Context:
        refused = len(self.refused)
        for start, end in cuts(self.reader, clause.start, clause.end, self.times):
            if len(self.refused) > refused and self.refused[-1][2] in BREAKS:
                break  # what a report goes on with is reported too
            header = end < clause.end and self.low.endswith(" là", start, end)
            part = clause
            if (start, end) != (clause.start, clause.end):
                closes = ":" if header else clause.closes
                part = replace(clause, start=start, end=end, closes=closes)
            running = self._clause(part, block, running, inner, first, only=only)
        return running


_NEAR = 90  # characters from an ordering word to the body told
_GOES_ON = regex.compile(r"[.;]$|[.;:]\s")
_EXCERPT = 1000  # characters: a shorter text without a letterhead is taken for an excerpt


def _is_title(text: str) -> bool:
    return len(text) < 100 and not _GOES_ON.search(text)


def _is_list(reader: Reader, low: str, clause: Clause) -> bool:
    """Whether the clause ends in the first member of a list that semicolons part: "... hạn chế
    như: tốc độ còn thấp; ...". A list with commas ends in its own clause."""
    ends = [found.end() for found in LISTING.finditer(low, clause.start, clause.end)]
    if not ends or low.find(", ", ends[-1], clause.end) >= 0:
        return False
    return reader.order(ends[-1], clause.end) is None
