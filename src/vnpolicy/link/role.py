"""What part a body named in a task has, by the words before it.

- support: "phối hợp với", "cùng", "thống nhất với", "trao đổi với", "làm việc với";
- recipient: "báo cáo", "trình", "gửi", "tham mưu", "kiến nghị", "đề xuất", "phản ánh ... về";
- oversee: one who is told, inside another's task, to follow it ("phân công ... trực tiếp chỉ đạo").

No part at all: who is directed, urged, guided or helped by the lead, whose opinion or guidance
is followed, a channel ("qua Văn phòng Chính phủ"), a place, an owner ("của Bộ Tài chính"). In a
coordination the first member's words speak for all.
"""

from __future__ import annotations

import regex

from vnpolicy.link.body import Bodies

_WINDOW = 90
_SUPPORT = regex.compile(
    r"(?:phối(?:, kết)? hợp(?: (?:chặt chẽ|tích cực|hiệu quả|chặt chẽ, hiệu quả|thường xuyên|cùng"
    r"|đồng bộ|kịp thời|tốt|chủ động))*+(?: (?:với|cùng|cùng với))?|cùng(?: với)?|hiệp đồng với"
    r"|(?:thống nhất|trao đổi|thảo luận|bàn bạc|kết hợp|liên kết|hợp tác|tham vấn)"
    r"[^,;.:()]{0,30} (?:với|cùng)|thống nhất với|trao đổi với|kết hợp với"
    r"|chủ trì cùng|với sự tham gia của|với sự phối hợp của|có sự phối hợp của) $"
)
_RECIPIENT = regex.compile(
    r"(?:(?<!theo )(?<!tình hình )(?<!các )(?<!thông tin )(?:báo cáo|trình|gửi|tham mưu"
    r"|tham mưu cho|kiến nghị"
    r"|đề xuất|đề nghị|xin ý kiến|thưa|phản ánh|chuyển|thông báo|cung cấp cho|nộp|hồ sơ trình"
    r"|tham mưu, trình|chỉ đạo chuyển)|để (?:báo cáo|trình))"
    r"(?: (?:ngay|kịp thời|lại|cho|về|lên|tới|đến|đồng chí|thường trực|xin ý kiến"
    r"|bằng văn bản))*+ $"
)
_SENT = regex.compile(
    r"(?<!theo )(?<!tình hình )\b(?:báo cáo|gửi|phản ánh|chuyển|nộp|cung cấp|thông báo|thông tin"
    r"|kiến nghị"
    r"|bàn giao|đề xuất|tổng hợp)\b[^;.:]{0,70}? (?:về|cho|lên|tới|đến|với|đến cho) $"
)
_OVERSEE = regex.compile(r"(?:phân công|giao|cử)[^;.:]{0,60}? (?:cho|đồng chí|các đồng chí)? ?$")
_WATCH = regex.compile(
    r"[^;.:,]{0,40}(?:theo dõi|đôn đốc|giám sát|kiểm tra|trực tiếp chỉ đạo|phụ trách)"
)
_NOT_SENT = regex.compile(r"(?:của|từ|tại|do|về việc|liên quan đến|đối với|thuộc) $")
_DIRECTED = regex.compile(
    r"(?:hướng dẫn|chỉ đạo|đôn đốc|yêu cầu|đề nghị|hỗ trợ|giúp|phân công|giao|vận động|khuyến khích"
    r"|kiểm tra|giám sát)(?:, (?:hướng dẫn|chỉ đạo|đôn đốc|kiểm tra|giám sát|hỗ trợ|yêu cầu))*+ $"
)


def roles(low: str, bodies: Bodies, start: int, end: int, leads: list[int]) -> dict[int, str]:
    """The role of each body, by index, that begins in the stretch and is no lead."""
    found: dict[int, str] = {}
    skip = set(leads)
    # where a body that is directed ends: who works with it is not the lead's partner
    others: set[int] = set()
    for index in bodies.inside(start, end):
        body = bodies.found[index]
        if index in skip:
            continue
        role: str | None = None
        if not body.place:
            if index - 1 in found and bodies.found[index - 1].chain == body.chain:
                role = found[index - 1]
            elif index - 1 in skip or not _follows_refused(bodies, index, start, found):
                role = _role(low, start, body.start, body.end, end, others)
        if role is None:
            others.add(body.end)
        else:
            found[index] = role
    return found


def _follows_refused(bodies: Bodies, index: int, start: int, found: dict[int, str]) -> bool:
    """Whether the list's earlier member, in the same task, has no part: then neither has this."""
    before = index - 1
    if before < 0 or bodies.found[before].start < start:
        return False
    return bodies.found[before].chain == bodies.found[index].chain and before not in found


def _role(low: str, start: int, at: int, stop: int, end: int, others: set[int]) -> str | None:
    left = max(start, at - _WINDOW)
    before = low[left:at]
    support = _SUPPORT.search(before)
    if support:
        return None if left + support.start() - 1 in others else "support"
    if _RECIPIENT.search(before):
        return None if _directs(low, left, at, stop, end) else "recipient"
    if _SENT.search(before) and not _NOT_SENT.search(before):
        return "recipient"
    if _OVERSEE.search(before) and _WATCH.match(low, stop, end):
        return "oversee"
    return None


_PROPOSES = regex.compile(r"đề nghị (?:các |đồng chí )*$")


def _directs(low: str, left: int, at: int, stop: int, end: int) -> bool:
    """ "đề nghị" before a body asks it to act and is left to the reader of duties."""
    return bool(_PROPOSES.search(low, left, at))
