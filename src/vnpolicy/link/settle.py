"""What one clause is: a task of its own, an inherited one, a lead-in, or none."""

from __future__ import annotations

from dataclasses import replace

from vnpolicy.document import Block
from vnpolicy.extractors.task import Clause
from vnpolicy.link.draft import LOOSE
from vnpolicy.link.duty import Duty
from vnpolicy.link.head import is_verb
from vnpolicy.link.label import Label, label, whole_line
from vnpolicy.link.lead_in import (
    EMPTY_LEAD_IN,
    NAMED_THING,
    NO_MORE,
    OPENING,
    REPORT,
    TASK_LIST,
    WITH,
)
from vnpolicy.link.origin import antecedent
from vnpolicy.link.phrase import OTHERS
from vnpolicy.link.scope import NOTHING, Context
from vnpolicy.link.state import BREAKS, State
from vnpolicy.link.zone import AIM, ASSESS, DUTY, is_topic

_HEADING = 160  # characters of a heading that names who
_JOINED = 6  # characters between clauses: a stop, a space, "và"


class Settling(State):
    """Settles clause after clause."""

    def _clause(
        self, clause: Clause, block: Block, running: Context, inner: str, first: int, *, only: bool
    ) -> Context:
        said = label(self.low, clause.start, clause.end)
        if said is not None and self._labelled(clause, *said):
            return running
        if only and self._is_heading(clause, block):
            return running
        if only and (heads := self._heads_for(clause, block)):
            self.begun = True
            return Context(heads)
        if self._dates_only(clause) and not self._is_report(clause, block):
            return self._date(clause, running, first)
        if block.kind in ("heading", "title", "annex") and not self._directs(clause):
            return self._heading(clause, block, running)
        duty = self.reader.read(clause.start, clause.end)
        if clause.closes == ":" and self._announces(duty, clause):
            if not duty.leads:
                return running
            duty = replace(duty, way="named")
        if duty.way == "order" and only and self._heads_with(duty, clause, block):
            duty = replace(duty, way="named")
        if duty.way == "named":
            return self._named(clause, duty, running, only=only)
        if duty.reason == "no verb of duty" and self._unknown_verb(clause, block, running, inner):
            duty = replace(duty, way="bare", reason=None)
        elif duty.reason == "no verb of duty" and inner == DUTY and self._may_begin(clause, block):
            told = self.reader.unknown_act(clause.start, clause.end)
            if told is not None:
                running = NOTHING if set(told.leads).isdisjoint(running.leads) else running
                duty = told
        if duty.way == "none":
            return self._none(clause, duty, running, first)
        if duty.leads:
            return self._own(clause, block, duty, running, inner)
        return self._bare(clause, duty, running, inner, first)

    def _is_report(self, clause: Clause, block: Block) -> bool:
        """Whether an item of its own has only the report that is due: "3. Báo cáo kết quả trước
        ngày 15/12"; in a sentence behind others that is their deadline."""
        if block.kind != "item" or not block.label or not clause.first:
            return False
        at = self.reader.connectives(clause.start, clause.end)
        return REPORT.match(self.low, at, clause.end) is not None

    def _unknown_verb(self, clause: Clause, block: Block, running: Context, inner: str) -> bool:
        """Whether an item that somebody is bound by begins with a verb that no lexicon knows."""
        if not (block.kind == "item" and clause.first and inner == DUTY and running.leads):
            return False
        at = self.reader.connectives(clause.start, clause.end)
        if NAMED_THING.match(self.low, at, clause.end):
            return False
        return is_verb(self.doc.flat[at : clause.end][:80])

    def _may_begin(self, clause: Clause, block: Block) -> bool:
        """Whether a duty may begin with a verb that no lexicon knows: in an item that orders."""
        return block.kind == "item" and not self.doc.retells and self.begun and not self.rules

    def _heads_with(self, duty: Duty, clause: Clause, block: Block) -> bool:
        """Whether an order with items below it says no more than to whom: "Đề nghị các tổ chức
        chi trả", what is left being the end of a name that is cut too short."""
        left = self.low[duty.verb : clause.end].count(" ") < 2 and not clause.closes
        return left and block.kind in ("item", "heading") and clause.block in self.parents

    def _announces(self, duty: Duty, clause: Clause) -> bool:
        """Whether a lead-in only announces the list after it."""
        if duty.way not in ("order", "subject", "modal", "bare") or (
            duty.way == "bare" and duty.directive
        ):
            return False
        if EMPTY_LEAD_IN.fullmatch(self.low, duty.verb, clause.end):
            return True
        return bool(duty.leads) and self._only_with(duty, clause)

    def _only_with(self, duty: Duty, clause: Clause) -> bool:
        """Whether a lead-in's predicate only says with whom: "chủ trì, phối hợp với Sở A:"."""
        if not WITH.match(self.low, duty.verb, clause.end):
            return False
        ends = [self.bodies.found[i].end for i in self.bodies.inside(duty.verb, clause.end)]
        return bool(ends) and NO_MORE.fullmatch(self.low, ends[-1], clause.end) is not None

    def _is_heading(self, clause: Clause, block: Block) -> bool:
        """Whether an item's bare text only heads the items below it."""
        if block.kind != "item" or clause.closes or clause.block not in self.parents:
            return False
        duty = self.reader.read(clause.start, clause.end)
        return duty.way in ("bare", "noun") and not duty.leads

    def _heads_for(self, clause: Clause, block: Block) -> tuple[int, ...]:
        """Who the items below a heading are for, where what follows the name only says which of
        them: "Các doanh nghiệp đang hoạt động trong khu công nghiệp"."""
        heads = block.kind in ("item", "heading") and clause.block in self.parents
        if not heads or clause.closes not in ("", ":") or clause.end - clause.start > _HEADING:
            return ()
        duty = self.reader.read(clause.start, clause.end)
        if duty.way == "none":
            named = self.reader.opens_with(clause.start, clause.end)
            if named and not self.bodies.found[named[0]].agency_ids:
                return tuple(named)
        told = duty.way in ("subject", "none") and not duty.directive
        return tuple(duty.leads) if told else ()

    def _labelled(self, clause: Clause, kind: str, value: int) -> bool:
        """Keep a labelled line for later, unless a whole clause follows its label."""
        if kind == "lead":
            duty = self.reader.subject(value, clause.end)
            if duty is not None and duty.way in ("subject", "modal"):
                line = Label("content-lead", clause.block, clause.start, value, clause.end)
                self.labels.append(whole_line(self.doc, line))
                return False
        self.labels.append(Label(kind, clause.block, clause.start, value, clause.end))
        return True

    def _directs(self, clause: Clause) -> bool:
        duty = self.reader.read(clause.start, clause.end)
        return duty.way in ("order", "modal") and bool(duty.leads) and not self.doc.retells

    def _heading(self, clause: Clause, block: Block, running: Context) -> Context:
        duty = self.reader.read(clause.start, clause.end)
        if duty.way == "named" and duty.leads and not self.doc.retells and block.kind == "heading":
            self.begun = True
            return Context(tuple(duty.leads))
        if block.kind == "heading" and not self.strict:
            self.begun = True
        return running

    def _named(self, clause: Clause, duty: Duty, running: Context, *, only: bool) -> Context:
        """Who, without what: a heading or a lead-in."""
        if not only and clause.closes != ":":
            return running
        if not duty.leads and clause.closes != ":":
            return running
        self.begun = self.active = True
        self.ordered = self.ordered or duty.directive is not None
        leads = tuple(duty.leads) or running.leads or self.default.leads or self.addressees
        return Context(leads, (), duty.assigner, duty.directive)

    def _own(
        self, clause: Clause, block: Block, duty: Duty, running: Context, inner: str
    ) -> Context:
        strong = duty.way in ("order", "modal") or duty.passive
        if duty.way == "subject" and (self.rules or (self.enacts and self._issues(duty))):
            self._refuse(clause, "a rule of the enactment, not a task")
            return running
        if not strong and (
            inner == ASSESS or not self.begun or (self.doc.retells and not self.active)
        ):
            self._refuse(clause, "a subject, but nothing is ordered here")
            return running
        if block.kind == "caption" and not (duty.way == "order" or duty.passive):
            self._refuse(clause, "a caption that orders nothing")
            return running
        if duty.way == "modal" and self.doc.retells and inner == ASSESS:
            self._refuse(clause, "an assessment")
            return running
        self.begun = self.active = True
        self.ordered = self.ordered or duty.way == "order" or duty.passive
        self.last = tuple(duty.leads)
        self._draft(clause, duty, duty.leads, inherited=False, context=running)
        handed = self._handed(clause, duty)
        return Context(tuple(duty.leads), handed, duty.assigner, duty.directive)

    def _bare(
        self, clause: Clause, duty: Duty, running: Context, inner: str, first: int
    ) -> Context:
        context = running
        if self.doc.retells and duty.directive and not context.leads:
            context = replace(running, leads=self.last)
        if duty.way == "noun" and OTHERS.match(self.low, clause.start, clause.end):
            self._refuse(clause, "other people must do it")
            return running
        if duty.way == "noun" and not self._goes_on(clause, first):
            return self._none(clause, duty, running, first)
        if not context.leads and inner == DUTY and self.begun and not self.doc.retells:
            context = replace(running, leads=self.default.leads)
        aims = (
            inner in (ASSESS, AIM) and duty.directive is None and not self._goes_on(clause, first)
        )
        if context.leads and not aims and (self.begun or duty.directive):
            self._draft(clause, duty, list(context.leads), inherited=True, context=context)
            self.active = True
        elif duty.way == "bare" and inner in (DUTY, AIM) and self.begun and clause.closes != ":":
            kind = "guidance" if clause.first or self._follows(clause, first) else LOOSE
            self._draft(clause, duty, [], inherited=True, context=context, kind=kind)
        if clause.closes == ":" and self._handed(clause, duty):
            return replace(context, deadlines=self._handed(clause, duty))
        return context if context.leads and not aims else running

    def _follows(self, clause: Clause, first: int) -> bool:
        if len(self.drafts) == first or self.drafts[-1].kind == LOOSE:
            return False
        return clause.start - self.drafts[-1].end < _JOINED

    def _none(self, clause: Clause, duty: Duty, running: Context, first: int) -> Context:
        self._refuse(clause, duty.reason or "no duty")
        if not clause.first and clause.closes != ":":
            self._extend(first, clause, gap=3)
            return running
        if clause.closes == ":":
            return self._list_header(clause, running)
        if OPENING.search(self.low, clause.start, clause.end):
            self.begun = True
            self.ordered = self.ordered or not self.doc.retells
        if self.doc.retells and duty.reason in BREAKS and not self._in_quotes(clause):
            self.active = False
            return NOTHING
        return running

    def _list_header(self, clause: Clause, running: Context) -> Context:
        """A lead-in without a task: its deadline goes down, and it may open the conclusions."""
        opens = OPENING.search(self.low, clause.start, clause.end) is not None
        self.begun = self.begun or opens or not self.strict
        self.ordered = self.ordered or (opens and not self.doc.retells)
        times = self._times(clause.start, clause.end)
        leads = running.leads
        if TASK_LIST.search(self.low, clause.start, clause.end):
            self.begun = self.active = self.ordered = True
            leads = antecedent(self.low, self.bodies, clause.start, clause.end) or leads
        if is_topic(self.low, clause.start, clause.end):
            return running
        if times or leads != running.leads:
            return replace(running, leads=leads, deadlines=tuple(times))
        return running
