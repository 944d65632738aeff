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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

import regex

from vnpolicy.document import Document
from vnpolicy.lexicon.cue import cue
from vnpolicy.lexicon.verb import head
from vnpolicy.link.body import Bodies
from vnpolicy.text import fold


@dataclass(slots=True)
class Duty:
    """What a clause orders. ``start`` is where the task begins, ``verb`` where its predicate
    does; ``way`` is order, subject, modal (a subject with "phải", "cần"), bare, noun ("các chỉ
    tiêu phải ..."), named (who, without what) or none, then with ``reason``."""

    start: int
    end: int
    verb: int
    way: str
    leads: list[int] = field(default_factory=list)
    directive: str | None = None
    assigner: tuple[int, int] | None = None
    passive: bool = False
    reason: str | None = None


NONE = "none"
_NAME = regex.compile(r"(?: \p{Lu}[\p{L}.]*+){2,5}")
_SAYS = regex.compile(
    r"(?:,[^;:.]{3,160}?,? ?|,)?+(?P<adverb>(?: (?:cũng|vừa|đã|tiếp tục|còn|đồng thời|nhất trí"
    r"|thống nhất|đồng ý|một lần nữa|trực tiếp|quyết định|liên tục|đặc biệt|cho rằng cần|có văn bản"
    r"|có công văn|có công điện|ký công điện|ban hành công điện|ký văn bản|ký|có chỉ thị"
    r"|[0-9]+/\S+))*+) (?:mới )?"
)
_SPEAKERS = regex.compile(
    r"(?:(?:phó )?(?:thủ tướng|chủ tịch|bí thư|bộ trưởng|thống đốc|tổng thanh tra)(?: chính phủ)?"
    r"(?: \S+){0,6}?|(?:thông báo|công điện|công văn|văn bản|chỉ thị|kết luận|nghị quyết|thông báo kết luận)"
    r"(?: (?:số )?[0-9]\S*)?|người đứng đầu [^,;.]{4,40}?|lãnh đạo [^,;.]{3,40}?"
    r"|(?:ông|bà|đồng chí) \S+(?: \S+){0,3}?)(?= (?:cũng |vừa |đã |tiếp tục |còn )*+"
    r"(?:giao|yêu cầu|đề nghị|chỉ đạo|nêu rõ|nêu|nhấn mạnh|lưu ý|phân công|chỉ rõ|nhắc nhở)\b)"
)
_AFTER_COMMA = regex.compile(r"(?:chủ trì|phối hợp|có trách nhiệm|chịu trách nhiệm|khẩn trương) ")
_BRACKET = regex.compile(r" ?\([^()]{0,200}\)")
_ASIDE = regex.compile(
    r",? (?:theo|căn cứ|trên cơ sở|trong phạm vi|trong|ngoài|bên cạnh|với|tùy|bằng|qua|trước|sau khi"
    r"|chậm nhất|đến|định kỳ|nhất là|đặc biệt là|hằng|hàng|khi|để|nếu|từ|tại|ngay|vào|có liên quan"
    r"|liên quan|đồng thời|nêu trên|nói trên|trực thuộc|mà trực tiếp là|trực tiếp là)(?![\p{L}\p{N}])"
)
_INLINE = regex.compile(
    r" (?=(?:chủ trì|phối hợp|tổ chức|thực hiện|triển khai|xây dựng|khẩn trương|chủ động|tiếp tục"
    r"|tập trung|có trách nhiệm|phải|cần|rà soát|hoàn thành|hoàn thiện|tăng cường|đẩy mạnh|kịp thời"
    r"|nghiên cứu|chỉ đạo|tham mưu|báo cáo|gửi|trình|tổng hợp|hướng dẫn|bố trí|ban hành|tiến hành"
    r"|đề xuất|đôn đốc|chịu trách nhiệm|theo dõi|hỗ trợ|kiểm tra|giải quyết|xử lý)(?![\p{L}\p{N}]))"
)
_REPORTS = regex.compile(
    r"[, ]*+(?:cũng |đều |vẫn |thì )?(?:đã|đang|vừa|mới|từng|chưa|là|có(?! (?:trách nhiệm|nhiệm vụ|giải"
    r" pháp|biện pháp|phương án|kế hoạch|văn bản|báo cáo|chính sách|cơ chế|lộ trình|ý kiến))|còn|gồm"
    r"|bao gồm|bị|được(?! (?:giao|yêu cầu|phân công|đề nghị|chỉ đạo))|được phân công (?:giữ|làm|về|công tác)|nhận|thuộc|cho thấy|cho biết"
    r"|cho rằng|cho hay|nhận định|khẳng định|phát biểu|đánh giá cao|nói|dẫn|nêu|kỳ vọng|mong muốn"
    r"|thừa nhận|tham dự|dự|ghi nhận|biểu dương|hoan nghênh|cảm ơn|bày tỏ|nhất trí|đồng ý|tin tưởng"
    r"|ký ban hành|nhấn mạnh|lưu ý|chia sẻ|giải thích"
    r"|thống nhất (?:chủ trương|nội dung|thông qua|đánh giá|nguyên tắc|đề nghị|đề xuất|với đề nghị))\b"
)
_NOUNS = regex.compile(
    r"(?:báo cáo|quy định|quyết định|kết luận|thông báo|đề nghị|yêu cầu|chỉ đạo|hướng dẫn|công bố"
    r"|kiến nghị|đề xuất|cam kết|phản ánh|đầu tư|quy hoạch|thiết kế|đánh giá|dự báo|dự toán"
    r"|quyết tâm|thông tin|tuyên truyền|quản lý)"
    r" (?:số [0-9]|[0-9]|của|tại|này|nêu trên|từ|gồm|bao gồm|là\b)"
    r"|(?:cấp (?:ủy|xã|huyện|tỉnh|trên|dưới|có|nào|bách|phòng|sở|vụ|bộ|cục|trung ương|cơ sở|phó|trưởng)|giao thông|giao dịch|giảm nghèo|tăng trưởng"
    r"|thu nhập|thu ngân sách|học sinh|công bố của|thông tin (?:về|chi tiết|liên hệ|tham khảo)"
    r"|dự kiến|cùng dự|tham dự|dự (?:họp|hội nghị|buổi|cuộc|phiên)|trình (?:tự|độ|trạng|diễn)|cùng với|lãnh đạo (?:một số|các|bộ|tỉnh|ubnd|ủy ban|thành phố|sở|đơn vị)|đầu tư (?:công|nước ngoài)|quy định (?:về|chi tiết)|làm việc với lãnh đạo|phục vụ"
    r"|lưu (?:vt|văn thư)|nộp hồ sơ|truy cập)\b"
)
# "Chuyển đổi số là ...", "Phát triển kinh tế số phải ...": the verb only names the subject.
_TOLD_OF = regex.compile(
    r"(?:chuyển đổi|phát triển|đầu tư|quản lý|cải cách|đổi mới|giải ngân|xuất khẩu|nhập khẩu|hợp tác"
    r"|giáo dục|đào tạo|quy hoạch|thiết kế|truyền thông|liên kết|kết nối|bảo vệ|xây dựng|ứng dụng"
    r"|kiểm tra|giám sát|thu hút|sản xuất|tăng|thu) (?:(?!để|cho|mà|người|các|những|khi|nơi|đã|là|phải"
    r"|đang)[\p{L}-]++ ){0,5}+(?:đã|là|phải|đang|đạt|ước đạt|được xác định|có vai trò|có ý nghĩa) "
)
_CARRIES_OUT = regex.compile(r"(?:tiếp tục |triển khai )?(?:thực hiện|hưởng ứng|tiếp thu|căn cứ) ")
_NOT = regex.compile(
    r"(?:kiên quyết |tuyệt đối |dứt khoát )?không (?!có |phải |còn |thể |chỉ |những |khí |gian |ít |quá "
    r"|thuộc |đạt |gì |ai |nên |biết |đủ |nhiều |rõ |cao |lớn |một )(?=\p{L})"
)
_MUST = regex.compile(
    r"(?:phải|cần(?: phải)?|có trách nhiệm|chịu trách nhiệm|có nhiệm vụ)(?![\p{L}\p{N}])"
)
_COMMA = regex.compile(r",(?! và )(?: và)? | thì |: ")
_COORDINATE = regex.compile(r"(?:cùng |và )?")


class Reader:
    """Reads the clauses of one document; asks :class:`Bodies` who stands where."""

    def __init__(
        self, doc: Document, bodies: Bodies, times: Sequence[tuple[int, int]] = ()
    ) -> None:
        self.low, self.flat = doc.low, doc.flat
        self.bodies = bodies
        self.times = dict(times)
        self.press = doc.press
        self.issuer = doc.header.issuer
        self._from = 0
        self.issuer_text = fold(doc.header.issuer_text or "")

    def read(self, start: int, end: int) -> Duty:
        """What the stretch orders."""
        start, end = self._quotation(start, end)
        self._from = start
        begin = self.connectives(start, end)
        if _CLOSING.match(self.low, begin, end):
            return Duty(start, end, start, NONE, reason="a closing formula")
        duty = self._here(begin, end)
        if duty is None or duty.way == "bare":
            opens = duty is None or _CARRIES_OUT.match(self.low, begin, end) is not None
            late = self._later(begin, end, orders_only=not opens)
            if late is not None:
                return late
        if duty is not None:
            return duty
        return self._weak(begin, end)

    def _quotation(self, start: int, end: int) -> tuple[int, int]:
        """Inside the quotation marks that the clause begins with."""
        quote = self.low[start : start + 1]
        while start < end and self.low[start] in "“\"'‘( ":
            start += 1
        twin = {"“": "”", '"': '"', "‘": "’"}.get(quote)
        close = self.low.find(twin, start, end) if twin else -1
        if close > start + 20:
            end = close - (self.low[close - 1] in ",. ")
        return start, end

    def names_only(self, start: int, end: int) -> bool:
        """Whether the stretch names who, and says nothing else."""
        begin = self.connectives(start, end)
        duty = self.order(begin, end) or self.subject(begin, end)
        return duty is not None and duty.way == "named" and bool(duty.leads)

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
        regular = _REGULAR.match(self.low, start, end)
        at = regular.end() if regular else start
        stop = self.times.get(at) or self.times.get(start)
        if stop is None:
            return start
        more = _OR_ELSE.match(self.low, stop, end)
        return more.end() if more else stop

    def _front(self, start: int, end: int) -> bool:
        return cue("front").match(self.low, start, end) is not None

    def _here(self, at: int, end: int) -> Duty | None:
        return self.order(at, end) or self.subject(at, end) or self.bare(at, end)

    def _later(self, begin: int, end: int, *, orders_only: bool) -> Duty | None:
        """An order or a subject, or where the clause opens with an adverbial also a bare verb,
        after a comma further on."""
        places = list(self._places(begin, end))
        quotes = _BY_LAW.match(self.low, begin, end) is not None
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
        grounds = _GROUNDS.match(self.low, begin, end)
        if grounds and heads_any().match(self.low, grounds.end(), end):
            return Duty(begin, end, begin, "bare")
        if self.low[end : end + 1] == ":" and _TOPIC.match(self.low, begin, end):
            return None
        for place in places:
            duty = self.bare(place, end)
            if duty is not None:
                return duty
        return None

    def _inner_order(self, begin: int, end: int) -> Duty | None:
        """An order that no comma sets off: "... nếu có vướng mắc đề nghị các bộ ..."."""
        for index in self.bodies.inside(begin + 1, end):
            body = self.bodies.found[index]
            if body.kind == "person" or _TOP.intersection(body.agency_ids):
                duty = self.order(body.start, end, spoken=True)
                if duty is not None and duty.way != NONE:
                    return duty
        if not self._front(begin, end):
            return None
        for word in _ASKS.finditer(self.low, begin + 1, end):
            if self.bodies.at(word.end()) is not None:
                duty = self.order(word.start(), end)
                if duty is not None and duty.leads:
                    return duty
        return None

    def _places(self, begin: int, end: int) -> Iterator[int]:
        depth_from = begin
        for comma in _COMMA.finditer(self.low, begin, end):
            opened = self.low.count("(", depth_from, comma.start())
            if opened > self.low.count(")", depth_from, comma.start()):
                continue
            place = self.connectives(comma.end(), end)
            if place < end:
                yield place

    # -- an order ------------------------------------------------------------------------

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
            name = _NAME.match(self.flat, stop, end)
            stop = name.end() if name else stop
        else:
            speaker = _SPEAKERS.match(self.low, at, end)
            if speaker is None:
                return None
            stop = speaker.end()
        for says in (_SAYS.match(self.low, stop, end), _PLAIN_SAYS.match(self.low, stop, end)):
            if says and cue("directive", "say", "stress", "view").match(self.low, says.end(), end):
                return (at, stop), "đã" in says.group("adverb"), says.end()
        return None

    def _in_charge(self, index: int) -> bool:
        body = self.bodies.found[index]
        if body.kind == "person" or body.office in _HEADS or _TOP.intersection(body.agency_ids):
            return True
        if self.issuer in body.agency_ids and self.issuer is not None:
            return True
        if self.issuer_text and self.low[body.start : body.end] in self.issuer_text:
            return True
        return False

    def _below(self, leads: list[int]) -> bool:
        """Whether the bodies told are not those at the top: who asks them, petitions."""
        return bool(leads) and not all(
            _TOP.intersection(self.bodies.found[index].agency_ids) for index in leads
        )

    def _asks_others(self, index: int) -> bool:
        """Whether any agency could give this order: a press account's "Bộ Y tế yêu cầu ..."."""
        return self.press and bool(self.bodies.found[index].agency_ids)

    def _ordered(
        self,
        at: int,
        word: regex.Match[str],
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
            return Duty(at, end, end, "named", [], verb, assigner) if assigner else None
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

    # -- a subject -----------------------------------------------------------------------

    def subject(self, at: int, end: int, *, told: bool = False) -> Duty | None:
        """ "<who> <do>" at the place; ``told`` when an order's verb stands before it."""
        index = self.bodies.at(at)
        if index is None or (self.bodies.found[index].place and not told):
            return None
        if not told and self._same_list(index):
            return None  # a later member of a list whose head stands elsewhere
        leads = self.bodies.chain(index, end)
        if not told and _TOP.intersection(self.bodies.found[index].agency_ids):
            return None  # they order; they are told only outright
        stop = self._past_name(leads[-1], end)
        stop, aside = self._aside(stop, end)
        rest = stop
        while rest < end and self.low[rest] in " ,:….":
            rest += 1
        if rest >= end:
            return Duty(at, end, end, "named", leads)
        begin = self.bodies.found[index].start if not told else at
        if _REPORTS.match(self.low, stop, end):
            return Duty(begin, end, begin, NONE, leads, reason="reports what is done")
        must = head("modal").match(self.low, rest, end)
        if must:
            way = "modal"
        elif not told and self.bodies.found[index].kind == "person":
            return None
        elif head("action", "manner", "prohibition").match(self.low, rest, end) or told:
            way = "subject"
        else:
            return None
        passive = bool(must and "được" in must.group())
        return Duty(begin, end, rest, way, leads, passive=passive)

    def _acts(self, stop: int, rest: int, end: int, *, aside: bool, told: bool) -> bool:
        """Whether an action follows the subject, and not a name's own words after a comma."""
        if _NOUNS.match(self.low, rest, end):
            return False
        word = head("action", "manner", "prohibition").match(self.low, rest, end)
        if word is None or told:
            return word is not None
        if word.group() == "quyết định":
            return False  # a power, not a duty
        comma = self.low[stop : stop + 1] == "," and not aside
        return not comma or _AFTER_COMMA.match(self.low, rest, end) is not None

    def _past_name(self, index: int, end: int) -> int:
        stop = self.bodies.found[index].end
        name = _NAME.match(self.flat, stop, end)
        return name.end() if name else stop

    def _same_list(self, index: int) -> bool:
        if not index or self.bodies.found[index - 1].start < self._from:
            return False
        return self.bodies.found[index - 1].chain == self.bodies.found[index].chain

    def _aside(self, stop: int, end: int) -> tuple[int, bool]:
        """Past what stands between subject and verb ("theo chức năng, nhiệm vụ được giao"), and
        whether anything does."""
        began = stop
        bracket = _BRACKET.match(self.low, stop, end)
        stop = bracket.end() if bracket else stop
        past = self.times.get(stop + 1)
        if past is not None and heads_any().match(self.low, past + 1, end):
            return past, True
        match = _ASIDE.match(self.low, stop, end)
        if match is None:
            return stop, False
        limit = min(end, stop + 260)
        inline = _INLINE.search(self.low, match.end(), limit)
        for comma in _COMMA.finditer(self.low, match.end(), limit):
            if inline and inline.start() < comma.start():
                break
            place = self.connectives(comma.end(), end)
            if heads_any().match(self.low, place, end) and not _NOUNS.match(self.low, place, end):
                return comma.start(), True
        return (inline.start(), True) if inline else (began, True)

    # -- a bare verb ---------------------------------------------------------------------

    def bare(self, at: int, end: int) -> Duty | None:
        """ "<do>" at the place, without a subject."""
        if _NOUNS.match(self.low, at, end) or _TOLD_OF.match(self.low, at, end):
            return None
        word = heads_any().match(self.low, at, end) or _NOT.match(self.low, at, end)
        if word is None:
            return None
        if word.group() in _ADVERBS:
            rest = word.end() + 1
            if not (heads_any().match(self.low, rest, end) or self.bodies.at(rest) is None):
                return None
        return Duty(at, end, at, "bare")

    def must(self, at: int, end: int) -> Duty | None:
        """ "phải <do>", "cần <do>" at the place."""
        return Duty(at, end, at, "bare") if _MUST.match(self.low, at, end) else None

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

    def _weak(self, begin: int, end: int) -> Duty:
        """A subject that must do something, a thing that must be, or a fronted object."""
        strong = self._must_mid(begin, end)
        if strong is not None:
            return strong
        window = min(end, begin + 70)
        must = _MUST.search(self.low, begin, window)
        if must and not self._front(begin, end):
            return Duty(begin, end, must.start(), "noun")
        fronted = _FRONTED.match(self.low, begin, end)
        if fronted and heads_any().match(self.low, fronted.end(), end):
            return Duty(begin, end, fronted.end(), "noun")
        return Duty(begin, end, begin, NONE, reason="no verb of duty")

    def _governed(self, start: int) -> bool:
        return _OWNED.search(self.low, max(0, start - 24), start) is not None


_REGULAR = regex.compile(r"định kỳ,? ")
_OR_ELSE = regex.compile(
    r",?(?: hoặc đột xuất| và đột xuất| và thời gian tới| và các năm tiếp theo)?(?: khi có yêu cầu)?"
    r"(?: ?\([^()]{0,120}\))?"
)
_CLOSING = regex.compile(
    r"[^;:]{0,80}? (?:trả lời|có ý kiến|thông tin|hướng dẫn|báo cáo|xin gửi|thông báo) (?:như trên )?để"
    r" [^;:]{0,160}? biết(?:,? (?:và )?(?:tổ chức |nghiêm túc )?thực hiện|, chỉ đạo)?[^;:,]{0,30}$|"
    r"[^;:]{0,60}?(?:xin )?(?:trân trọng )?thông báo(?: đến| để| tới)?[^;:]{0,300}? biết\b"
    r"|(?:[^;:,]{0,60} )?(?:xin )?trân trọng (?:thông báo|cảm ơn)|trên đây là "
)
_ASKS = regex.compile(r"(?:(?<=[ ,])đề nghị|(?<=[ ,])yêu cầu|(?<=[ ,])giao) ")
_BY_LAW = regex.compile(
    r"theo (?:quy định|các quy định|khoản|điều|điểm|luật|bộ luật|nghị định|thông tư|pháp lệnh) "
)
_GROUNDS = regex.compile(r"căn cứ [^;:]{0,240}? để ")
_TOPIC = regex.compile(r"(?:về|đối với|liên quan) ")
_PLAIN_SAYS = regex.compile(r"(?P<adverb>) ")
_FRONTED = regex.compile(
    r"(?:những |các |mọi )?(?:vấn đề|nội dung|khó khăn|vướng mắc|trường hợp|kiến nghị|nhiệm vụ|ý kiến"
    r"|kết quả)"
    r"[^;:.]{0,80}?,? (?=(?:đề nghị |yêu cầu )?(?:phản ánh|báo cáo|kịp thời|gửi|trao đổi|liên hệ|kiến nghị"
    r"|đề xuất|thông tin)(?![\p{L}\p{N}]))"
)
_OWNED = regex.compile(
    r"(?:của|cho|với|tại|ở|để|do|bởi|giữa|từ|về|đến|và|,|theo|cùng|là|mà|nhất là|rằng) $"
)
_ADVERBS = frozenset(
    {"cùng", "cũng", "vẫn", "lại", "sẽ", "nên", "ngay", "đặc biệt", "tự", "nhất là"}
)
_HEADS = frozenset(
    {"Chủ tịch", "Phó Chủ tịch", "Bí thư", "Phó Bí thư", "Phó Thủ tướng", "Thủ tướng"}
)
_TOP = frozenset(
    {"thu-tuong-chinh-phu", "chinh-phu", "quoc-hoi", "bo-chinh-tri", "ban-bi-thu", "chu-tich-nuoc"}
    | {"uy-ban-thuong-vu-quoc-hoi", "ban-chap-hanh-trung-uong"}
)


@cache
def heads_any() -> regex.Pattern[str]:
    """Any word that a duty's predicate can begin with."""
    return head("action", "manner", "modal", "prohibition")
