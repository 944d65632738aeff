"""Which part of the document a heading opens, for what a clause in it can be.

- assess: results, shortcomings, causes: narration; only who must do something is told;
- aim: aims, requirements, viewpoints, goals: a bare verb there binds nobody, a subject does;
- request: "Về kiến nghị ...": the request is not a task, the answer after it is, and it falls
  to nobody by default;
- duty: everything else.
"""

from __future__ import annotations

import regex

ASSESS, AIM, REQUEST, DUTY = "assess", "aim", "request", "duty"

_DUTY = regex.compile(
    r"nhiệm vụ|giải pháp|tổ chức thực hiện|phân công|nội dung chỉ đạo|trách nhiệm|kết luận|chỉ đạo"
    r"|triển khai thực hiện|thời gian tới|nội dung (?:thực hiện|kế hoạch|công việc)"
)
_ASSESS = regex.compile(
    r"đánh giá|kết quả|tình hình|tồn tại|hạn chế|nguyên nhân|bài học|thực trạng|bối cảnh|khó khăn"
    r"|ưu điểm|nhận định|đối tượng|phạm vi|căn cứ|cơ sở (?:pháp lý|chính trị|thực tiễn)"
    r"|sự cần thiết|thành phần"
)
_AIM = regex.compile(
    r"mục đích|mục tiêu|chỉ tiêu|quan điểm|định hướng|nguyên tắc|phương châm"
    r"|^\W*yêu cầu(?: chung| chung:)?\W*$"
)
_ASKS = regex.compile(
    r"\W*(?:đối với|về)(?: các| những| một số| nội dung| nhóm)* (?:kiến nghị|đề nghị|đề xuất)\b"
    r"|\W*(?:các )?(?:kiến nghị|đề xuất) của\b"
)
_TOPIC = regex.compile(r"\W*(?:về|đối với|liên quan(?: đến)?) ")


def zone(text: str, outer: str) -> str:
    """The zone that a heading's folded text opens inside the zone ``outer``."""
    if _ASKS.match(text):
        return REQUEST
    duty = _DUTY.search(text)
    if _ASSESS.search(text) and not duty:
        return ASSESS
    if _AIM.search(text) and not duty:
        return AIM
    return DUTY if duty else outer


def asks(low: str, start: int, end: int) -> bool:
    """Whether the stretch reports what somebody asked for."""
    return _ASKS.match(low, start, end) is not None


def is_topic(low: str, start: int, end: int) -> bool:
    """Whether the stretch only names a matter ("Về chuyển đổi số")."""
    return _TOPIC.match(low, start, end) is not None
