"""Lengths of time: "trong 15 ngày làm việc kể từ ngày nhận được ...", "hai tuần nữa".

Counting follows Bộ luật Dân sự 2015, Article 147: the day of the event is not counted. The end
is known where the event's own date is in the words ("kể từ ngày 01/3/2025"), where the event is
the issue of the document itself ("kể từ ngày ban hành Thông báo này": the anchor), or where the
length runs from the day of speaking ("trong 3 tháng tới").
"""

from __future__ import annotations

import datetime

import regex

from vnpolicy.dates import calendar_form, number_form
from vnpolicy.dates.mention import Frame, TimeMention
from vnpolicy.dates.period import add_months
from vnpolicy.dates.tail import LAST
from vnpolicy.lexicon.holiday import add_working_days, is_working_day
from vnpolicy.lexicon.time_word import policies

_DAY = datetime.timedelta(1)
_OWN_ISSUE = regex.compile(
    r"ngày (?:ký|ban hành|ký ban hành|phát hành)(?: ban hành)?(?: (?:văn bản|công văn|quyết định"
    r"|kế hoạch|chỉ thị|thông báo|thông báo kết luận|nghị quyết|công điện|kết luận))? này"
)


def read_length(
    low: str,
    flat: str,
    frame: Frame,
    mention: TimeMention,
    anchor: datetime.date | None,
    policy: str,
) -> None:
    """Fill the mention from a length: its ISO 8601 duration, its event, its end."""
    main = frame.main
    letter = main.letter
    duration = (
        f"P{letter[0]}{main.number}{letter[1]}" if len(letter) == 2 else f"P{main.number}{letter}"
    )
    if letter == "Q":
        duration = f"P{main.number * 3}M"
    mention.value = mention.duration = duration
    mention.working_days = main.working
    if frame.event is not None:
        mention.counted_from = flat[slice(*frame.event)]
        begin = _event_date(low[slice(*frame.event)], anchor)
        if frame.way == "ahead":
            _count_back(frame, mention, begin)
        else:
            _count(frame, mention, begin, policy)
        return
    if frame.way in LAST or low.endswith("cách đây ", 0, frame.start):
        if frame.way == "":
            mention.start = frame.start = frame.start - len("cách đây ")
        _look_back(frame, mention, anchor)
    elif frame.way and anchor is not None:
        _count(frame, mention, anchor, policy)
        mention.start_on = mention.due_on if frame.way == "nữa" else anchor


def _count(frame: Frame, mention: TimeMention, begin: datetime.date | None, policy: str) -> None:
    if begin is None or mention.modifier in ("before", "from"):
        return
    try:
        end = _add(begin, frame.main.number, frame.main.letter, frame.main.working)
    except (OverflowError, ValueError):
        return
    if end is not None and policies()[policy]:
        end = _roll(end)
    mention.due_on = end


def _count_back(frame: Frame, mention: TimeMention, event: datetime.date | None) -> None:
    """ "chậm nhất 10 ngày trước ngày 20/4/2025"; working days are not counted backwards."""
    if event is None or frame.main.working:
        return
    try:
        mention.due_on = _add(event, -frame.main.number, frame.main.letter, False)
    except (OverflowError, ValueError):
        return


def _add(day: datetime.date, count: int, letter: str, working: bool) -> datetime.date | None:
    if letter == "D":
        return add_working_days(day, count) if working else day + _DAY * count
    if letter == "W":
        return day + _DAY * 7 * count
    if letter in ("M", "Q", "Y"):
        return add_months(day, count * {"M": 1, "Q": 3, "Y": 12}[letter])
    return None


def _roll(day: datetime.date) -> datetime.date | None:
    """The next working day, where the day is off (Article 148, 5)."""
    working = is_working_day(day)
    return day if working else add_working_days(day, 1)


def _event_date(event: str, anchor: datetime.date | None) -> datetime.date | None:
    if _OWN_ISSUE.fullmatch(event):
        return anchor
    for find in (calendar_form.find, number_form.find):
        for piece in find(event, event, 0, len(event)):
            if piece.unit == "day" and piece.year and piece.month and piece.day:
                return datetime.date(piece.year, piece.month, piece.day)
            return None
    return None


def _look_back(frame: Frame, mention: TimeMention, anchor: datetime.date | None) -> None:
    """ "3 ngày trước" is a day, "10 năm qua" a stretch that ends now."""
    if anchor is None or (mention.modifier is not None and not frame.cue):
        return
    try:
        begin = _add(anchor, -frame.main.number, frame.main.letter, False)
    except (OverflowError, ValueError):
        return
    if begin is None:
        return
    mention.doubt = "past"
    if frame.main.letter in ("D", "W") and mention.cue == "":
        mention.value, mention.duration = begin.isoformat(), None
        mention.start_on = mention.due_on = begin
    else:
        mention.start_on, mention.due_on = begin, anchor
