"""Walking a document's clauses: what is a task, and who inherits it from whom.

A lead-in, a heading that names who, or the sentence before in the same paragraph gives its
leads to the clauses after it that name nobody, until another assignee or another section. The
items of a list go back, each, to the lead-in's leads. Deadlines come down from a lead-in or a
list's header only. See the rulings in the README's "Limits".
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import regex

from vnpolicy.document import Block, Document
from vnpolicy.extractors.task import Clause
from vnpolicy.link.body import Bodies
from vnpolicy.link.cut import cuts
from vnpolicy.link.draft import Draft
from vnpolicy.link.duty import Duty, Reader
from vnpolicy.link.label import CONTENT, Label, label, whole_line
from vnpolicy.link.origin import addressees, antecedent, meeting_leads
from vnpolicy.link.zone import AIM, ASSESS, DUTY, REQUEST, asks, is_topic, zone
from vnpolicy.text import fold


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


_DATE_ONLY = regex.compile(
    r"[\s,;:.()]*(?:(?:thời hạn|thời gian|hạn|tiến độ|hoàn thành|thực hiện|xong|ban hành|báo cáo|trình"
    r"|phải|là|và|cơ bản|dứt điểm|gửi|kết quả|việc|này|các nội dung trên|công việc|nhiệm vụ)[\s,:]*)*+"
)
_HEADER = regex.compile(r"giai đoạn|đợt|bước|năm|quý|tháng|tuần")
_OPENING = regex.compile(
    r"(?:kết luận|ý kiến|chỉ đạo|yêu cầu|thống nhất|điện|quyết nghị|quyết định|kết luận như sau"
    r"|sau đây|như sau|các nội dung)\W*$"
)
_LISTING = regex.compile(r"\b(?:như|gồm|bao gồm|nhất là|cụ thể|là|nêu rõ|sau)(?: là)?: ?")
_OPINION = regex.compile(
    r"quan điểm|nhận định|đánh giá|bài học|kết quả|hạn chế|tồn tại|nguyên nhân|nhận thức|thông điệp"
    r"|khó khăn|đề xuất|kiến nghị|cho biết|nội dung báo cáo|bao gồm các nội dung"
)
# A lead-in's predicate that only announces the list: "cần tập trung thực hiện một số nhiệm vụ sau".
_EMPTY = regex.compile(
    r"(?:(?:phải|cần|có trách nhiệm|còn phải|tập trung|tiếp tục|khẩn trương|chủ động|nghiêm túc|tích cực"
    r"|quyết liệt|tổ chức|triển khai|thực hiện|chỉ đạo|lưu ý|chú ý|quan tâm|làm|hoàn thành|bảo đảm"
    r"|đồng bộ|hiệu quả|có hiệu quả|tốt|ngay|nghiêm|đầy đủ|quán triệt|và|,|vào|các|một số|những|nội dung"
    r"|công việc|nhiệm vụ|giải pháp|vấn đề|biện pháp|yêu cầu|việc|trọng tâm|chủ yếu|cụ thể|cấp bách"
    r"|sau đây|sau đó|sau|như sau|dưới đây|trong thời gian tới|thời gian tới|là|:)(?![\p{L}\p{N}]) ?)*+"
)
_NO_MORE = regex.compile(r"[ ,]*(?:có trách nhiệm|thực hiện|tổ chức thực hiện|triển khai)?[ ,:]*")
_WITH = regex.compile(r"(?:có trách nhiệm )?(?:chủ trì|phối hợp)")
_DELEGATES = regex.compile(r"\b(?:phân cấp|ủy quyền|phân quyền)\b")
_ENACTMENTS = frozenset({"quyet-dinh", "nghi-quyet"})
_RULES = frozenset({"luat", "bo-luat", "phap-lenh", "nghi-dinh", "thong-tu", "thong-tu-lien-tich"})
_TASKLIST = regex.compile(r"\bnhiệm vụ\b")


class Walker:
    """Walks one document once; :meth:`walk` gives its drafts in order."""

    def __init__(
        self,
        doc: Document,
        clauses: Sequence[Clause],
        bodies: Bodies,
        times: Sequence[tuple[int, int]],
    ) -> None:
        self.doc, self.low, self.bodies, self.times = doc, doc.low, bodies, times
        self.reader = Reader(doc, bodies, times)
        self.by_block: dict[int, list[Clause]] = {}
        for clause in clauses:
            self.by_block.setdefault(clause.block, []).append(clause)
        self.parents = {block.parent for block in doc.blocks}
        self.last: tuple[int, ...] = ()
        self.ordered = False
        self.default = Context(meeting_leads(doc, bodies))
        self.addressees = addressees(doc, bodies)
        # without a letterhead, only what orders outright shows that a text is about duties
        self.strict = doc.press or doc.header.doc_type is None
        self.enacts = doc.header.doc_type in _ENACTMENTS
        delegates = _DELEGATES.search(fold(doc.header.subject or "")) is not None
        self.rules = doc.header.doc_type in _RULES or (self.enacts and delegates)
        self.scopes: dict[int | None, Scope] = {None: Scope(NOTHING, NOTHING, DUTY)}
        self.begun = self.active = False
        self.drafts: list[Draft] = []
        self.refused: list[tuple[int, int, str]] = []
        self.labels: list[Label] = []

    def walk(self) -> list[Draft]:
        """The drafts of every block that can hold a duty, tables and labelled lines aside."""
        for index, block in enumerate(self.doc.blocks):
            if index in self.by_block or block.kind in ("heading", "item", "annex"):
                self._block(index, block)
        if self.strict and not self.ordered:
            for draft in self.drafts:
                self.refused.append((draft.start, draft.end, "nobody orders anything in this text"))
            self.drafts.clear()
        return self.drafts

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
        if block.kind == "heading" and not self.doc.press and inner in (DUTY, REQUEST):
            duty = zone(text, AIM) in (DUTY, REQUEST)
            self.begun, self.ordered = self.begun or duty, self.ordered or duty
        if inner == REQUEST and scope.zone != REQUEST:
            running = NOTHING
        before = len(self.drafts)
        running = self._clauses(index, block, running, inner)
        if self._falls_silent(index, block, before):
            running, self.active = NOTHING, False
        if self.doc.press and block.kind == "paragraph" and not self.ordered:
            if not self._hands(index):
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
        if not self.doc.press or block.kind != "paragraph" or len(self.drafts) > before:
            return False
        return index in self.by_block and not self._hands(index)

    def _clauses(self, index: int, block: Block, running: Context, inner: str) -> Context:
        clauses = self._joined(self.by_block.get(index, []))
        first = len(self.drafts)
        listing = asking = -1
        for number, clause in enumerate(clauses):
            if asks(self.low, clause.start, clause.end) and clause.first:
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
        opinion = _OPINION.search(self.low, clause.start, clause.end) is not None
        mute = duty.way == "none" and (opinion or duty.reason in _BREAKS)
        return clause.sentence if mute else -1

    def _parts(
        self, clause: Clause, block: Block, running: Context, inner: str, first: int, only: bool
    ) -> Context:
        refused = len(self.refused)
        for start, end in cuts(self.reader, clause.start, clause.end, self.times):
            if len(self.refused) > refused and self.refused[-1][2] in _BREAKS:
                break  # what a report goes on with is reported too
            header = end < clause.end and self.low.endswith(" là", start, end)
            part = replace(clause, start=start, end=end)
            part.closes = ":" if header else clause.closes
            running = self._clause(part, block, running, inner, first, only=only)
        return running

    # -- one clause ----------------------------------------------------------------------

    def _clause(
        self, clause: Clause, block: Block, running: Context, inner: str, first: int, *, only: bool
    ) -> Context:
        said = label(self.low, clause.start, clause.end)
        if said is not None and self._labelled(clause, *said):
            return running
        if only and self._is_heading(clause, block):
            return running
        if self._dates_only(clause):
            return self._date(clause, running, first)
        if block.kind in ("heading", "title", "annex") and not self._directs(clause):
            return self._heading(clause, block, running)
        duty = self.reader.read(clause.start, clause.end)
        if clause.closes == ":" and duty.way in ("order", "subject", "modal"):
            if _EMPTY.fullmatch(self.low, duty.verb, clause.end) or self._only_with(duty, clause):
                duty = replace(duty, way="named")
        if duty.way == "bare" and clause.closes == ":" and not duty.directive:
            if _EMPTY.fullmatch(self.low, duty.verb, clause.end):
                return running
        if duty.way == "named":
            return self._named(clause, duty, running, only=only)
        if duty.way == "none":
            return self._none(clause, duty, running, first)
        if duty.leads:
            return self._own(clause, block, duty, running, inner)
        return self._bare(clause, duty, running, inner, first)

    def _only_with(self, duty: Duty, clause: Clause) -> bool:
        """Whether a lead-in's predicate only says with whom: "chủ trì, phối hợp với Sở A:"."""
        if not _WITH.match(self.low, duty.verb, clause.end):
            return False
        ends = [self.bodies.found[i].end for i in self.bodies.inside(duty.verb, clause.end)]
        return bool(ends) and _NO_MORE.fullmatch(self.low, ends[-1], clause.end) is not None

    def _is_heading(self, clause: Clause, block: Block) -> bool:
        """Whether an item's bare text only heads the items below it."""
        if block.kind != "item" or clause.closes or clause.block not in self.parents:
            return False
        duty = self.reader.read(clause.start, clause.end)
        return duty.way in ("bare", "noun") and not duty.leads

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
        return duty.way in ("order", "modal") and bool(duty.leads) and not self.doc.press

    def _heading(self, clause: Clause, block: Block, running: Context) -> Context:
        duty = self.reader.read(clause.start, clause.end)
        if duty.way == "named" and duty.leads and not self.doc.press and block.kind == "heading":
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
            inner == ASSESS or not self.begun or (self.doc.press and not self.active)
        ):
            self._refuse(clause, "a subject, but nothing is ordered here")
            return running
        if block.kind == "caption" and not (duty.way == "order" or duty.passive):
            self._refuse(clause, "a caption that orders nothing")
            return running
        if duty.way == "modal" and self.doc.press and inner == ASSESS:
            self._refuse(clause, "an assessment")
            return running
        self.begun = self.active = True
        self.ordered = self.ordered or duty.way == "order"
        self.last = tuple(duty.leads)
        self._draft(clause, duty, duty.leads, inherited=False, context=running)
        handed = self._handed(clause, duty)
        return Context(tuple(duty.leads), handed, duty.assigner, duty.directive)

    def _issues(self, duty: Duty) -> bool:
        """Whether the subject is the body whose enactment this is."""
        issuer = self.doc.header.issuer
        return issuer is not None and all(
            issuer in self.bodies.found[index].agency_ids for index in duty.leads
        )

    def _bare(
        self, clause: Clause, duty: Duty, running: Context, inner: str, first: int
    ) -> Context:
        context = running
        if self.doc.press and duty.directive and not context.leads:
            context = replace(running, leads=self.last)
        if duty.way == "noun" and not self._goes_on(clause, first):
            return self._none(clause, duty, running, first)
        if not context.leads and inner == DUTY and self.begun and not self.doc.press:
            context = replace(running, leads=self.default.leads)
        aims = (
            inner in (ASSESS, AIM) and duty.directive is None and not self._goes_on(clause, first)
        )
        if context.leads and not aims and (self.begun or duty.directive):
            self._draft(clause, duty, list(context.leads), inherited=True, context=context)
            self.active = True
        elif duty.way == "bare" and inner in (DUTY, AIM) and self.begun and clause.closes != ":":
            self._draft(clause, duty, [], inherited=True, context=context, kind="guidance")
        if clause.closes == ":" and self._handed(clause, duty):
            return replace(context, deadlines=self._handed(clause, duty))
        return context if context.leads and not aims else running

    def _goes_on(self, clause: Clause, first: int) -> bool:
        """Whether the block's draft before it holds another clause of the same sentence, or
        the same paragraph's task."""
        return len(self.drafts) > first and self.drafts[-1].kind == "task"

    def _none(self, clause: Clause, duty: Duty, running: Context, first: int) -> Context:
        self._refuse(clause, duty.reason or "no duty")
        if not clause.first and clause.closes != ":":
            self._extend(first, clause, gap=3)
            return running
        if clause.closes == ":":
            return self._list_header(clause, running)
        if _OPENING.search(self.low, clause.start, clause.end):
            self.begun = True
            self.ordered = self.ordered or not self.doc.press
        if self.doc.press and duty.reason in _BREAKS and not self._in_quotes(clause):
            self.active = False
            return NOTHING
        return running

    def _list_header(self, clause: Clause, running: Context) -> Context:
        """A lead-in without a task: its deadline goes down, and it may open the conclusions."""
        opens = _OPENING.search(self.low, clause.start, clause.end) is not None
        self.begun = self.begun or opens or not self.strict
        self.ordered = self.ordered or (opens and not self.doc.press)
        times = self._times(clause.start, clause.end)
        leads = running.leads
        if _TASKLIST.search(self.low, clause.start, clause.end):
            self.begun = self.active = self.ordered = True
            leads = antecedent(self.low, self.bodies, clause.start, clause.end) or leads
        if is_topic(self.low, clause.start, clause.end):
            return running
        if times or leads != running.leads:
            return replace(running, leads=leads, deadlines=tuple(times))
        return running

    def _in_quotes(self, clause: Clause) -> bool:
        return self.doc.flat[clause.start - 1 : clause.start] in ("“", '"')

    # -- parts ---------------------------------------------------------------------------

    def _dates_only(self, clause: Clause) -> bool:
        times = self._times(clause.start, clause.end)
        if not times:
            return False
        start, end = self.times[times[0]][0], self.times[times[-1]][1]
        lead = _DATE_ONLY.match(self.low, clause.start, start)
        head = lead is not None and lead.end() == start
        if not head and _HEADER.match(self.low, clause.start, start):
            head = start - clause.start < 24 and clause.closes in ".:"
        return head and clause.end - end < 4

    def _date(self, clause: Clause, running: Context, first: int) -> Context:
        times = self._times(clause.start, clause.end)
        if len(self.drafts) > first:
            self.drafts[-1].end = clause.end
            self.drafts[-1].deadlines += times
            return running
        return replace(running, deadlines=tuple(times))

    def _extend(self, first: int, clause: Clause, gap: int = 10_000) -> None:
        if len(self.drafts) > first and clause.start - self.drafts[-1].end <= gap:
            draft = self.drafts[-1]
            draft.end = clause.end
            draft.deadlines += self._times(clause.start, clause.end)

    def _times(self, start: int, end: int) -> list[int]:
        return [i for i, (left, right) in enumerate(self.times) if left >= start and right <= end]

    def _handed(self, clause: Clause, duty: Duty) -> tuple[int, ...]:
        """The deadlines that a lead-in hands down: those after its verb."""
        if clause.closes != ":":
            return ()
        return tuple(i for i in self._times(duty.verb, clause.end))

    def _draft(
        self,
        clause: Clause,
        duty: Duty,
        leads: list[int],
        *,
        inherited: bool,
        context: Context,
        kind: str = "task",
    ) -> None:
        own = self._times(clause.start, clause.end)
        self.drafts.append(
            Draft(
                duty.start,
                duty.end,
                duty.verb,
                clause.block,
                leads,
                inherited,
                duty.way,
                kind,
                duty.directive or context.directive,
                duty.assigner or context.assigner,
                own,
                [] if own or not inherited else list(context.deadlines),
                clause.start,
                f"{duty.way}{'-inherited' if inherited else ''}",
            )
        )

    def _refuse(self, clause: Clause, reason: str) -> None:
        self.refused.append((clause.start, clause.end, reason))


_BREAKS = frozenset(
    {"says, does not order", "reports what is done", "a viewpoint", "already ordered"}
)


def _is_title(text: str) -> bool:
    return len(text) < 100 and not regex.search(r"[.;]$|[.;:]\s", text)


def _is_list(reader: Reader, low: str, clause: Clause) -> bool:
    """Whether the clause ends in the first member of a list that semicolons part: "... hạn chế
    như: tốc độ còn thấp; ...". A list with commas ends in its own clause."""
    ends = [found.end() for found in _LISTING.finditer(low, clause.start, clause.end)]
    if not ends or low.find(", ", ends[-1], clause.end) >= 0:
        return False
    return reader.order(ends[-1], clause.end) is None
