"""What follows a time and belongs to it: its event, its year, an open end.

``05 ngày làm việc kể từ ngày có đơn`` (the event), ``năm 2025 và các năm tiếp theo``
(open), ``ngày 19/12 tới``, ``ngày 31/01 năm sau`` (its year), ``ngày 31/12 của năm kế hoạch``
(no known year).
"""

from __future__ import annotations

import regex

from vnpolicy.dates.mention import Frame, Piece
from vnpolicy.lexicon.time_word import word_value

_TAIL = regex.compile(
    r"(?P<open> và h[ằà]ng năm(?! [0-9])"
    r"|(?: và|,) ?(?:cho )?(?:các|những) (?:năm|tháng|quý|giai đoạn)"
    r" (?:tiếp theo|sau đó|sau|kế tiếp|tiếp sau)| trở đi| trở về sau)(?! \p{L}*+ (?:này|đó))"
    r"|(?P<turn> (?:tới|sắp tới|tới đây|này)(?![\p{L}\p{N}]))"
    r"|,? (?:của )?năm (?P<year>(?:nay|này|tới|sau|trước|ngoái)(?! (?:của|liền|kế|đó))"
    r"(?![\p{L}\p{N}]))"
    r"|,? (?:của )?năm (?:(?:sau )?liền kề|kế tiếp|tiếp theo|sau kế tiếp)(?P<yearly>)"
    r"|,? (?:của )?năm (?![0-9])(?P<far>)"
)
_EVENT = regex.compile(
    r",? ?\(?(?P<from>kể từ|tính từ|từ khi|từ|tính từ khi|sau khi|sau"
    r"|trước(?= (?:ngày|khi|thời)))(?= )"
    r"(?P<event> (?:ngày|khi|thời điểm|lúc|thời gian)?[^,.;:\n()|]{1,140}+(?:/[0-9]{4})?)"
)
# Where a length goes from the day of speaking: on, or back.
LAST = frozenset(
    ("vừa qua", "gần đây", "gần nhất", "qua", "trước", "liên tục", "liên tiếp", "liền")
)
LAST |= {"đầu", "đầu tiên"}
_WAY = regex.compile(
    r" (?P<way>nữa|tới(?: đây)?|sắp tới|vừa qua|gần đây|gần nhất|đầu(?: tiên)?|liên tục|liên tiếp"
    r"|liền|qua|trước(?! ngày| khi| thời))(?![\p{L}\p{N}])"
)
_EVENT_STOP = regex.compile(
    r" (?:phải|thì|để|và gửi|có trách nhiệm|sẽ|cần|yêu cầu|đề nghị"
    r"|và (?:chậm|trước|trong|đến|hoàn thành)) "
)


def add_tail(low: str, end: int, frame: Frame) -> None:
    """What follows and belongs: an open end, "tới", the event that a length runs from."""
    if frame.main.unit == "length":
        _bind_length(low, end, frame)
        return
    if frame.main.unit == "dom" and low.endswith("báo cáo tháng ", 0, frame.start):
        frame.main.letter = "M"  # "báo cáo tháng trước ngày 22"
    match = _TAIL.match(low, frame.end, end)
    if match is not None:
        _bind_tail(frame, match)


def _bind_length(low: str, end: int, frame: Frame) -> None:
    way = _WAY.match(low, frame.end, end)
    if way is not None:
        frame.way, frame.end = way["way"], way.end()
        return
    match = _EVENT.match(low, frame.end, end)
    if match is None or low.startswith(" nay", match.start("event")):
        return
    stop = _EVENT_STOP.search(low, match.start("event"), match.end())
    last = stop.start() if stop else match.end()
    while low[last - 1] == " ":
        last -= 1
    frame.event, frame.end = (match.start("event") + 1, last), last
    frame.way = "ahead" if match["from"] == "trước" else ""


_YEARLESS = frozenset(("day", "month", "quarter", "dom", "weekday", "holiday"))


def _bind_tail(frame: Frame, match: regex.Match[str]) -> None:
    main = frame.main
    if match["open"]:
        frame.open_end, frame.end = True, match.end()
        if main.unit == "day" and match["open"].endswith("ng năm"):
            frame.every = Piece(match.start(), match.end(), "every", "every", number=1, letter="Y")
        return
    if main.year is not None or main.shift is not None or frame.every is not None:
        return
    if main.unit not in _YEARLESS or main.year_shift is not None or main.letter or main.months:
        return
    if match["far"] is not None:
        main.far = main.unit != "weekday"
        return
    frame.end = match.end()
    if match["year"]:
        main.year_shift = word_value("shift", match["year"])
    elif match["yearly"] is not None:
        frame.every = Piece(match.start(), match.end(), "every", "every", number=1, letter="Y")
    else:
        main.coming = not match["turn"].endswith("này")
