"""Time expressions in Vietnamese text: what they say, and which days they mean.

What is read
    Days, months, quarters, halves and years in every written form met in offices and in the
    press (:mod:`~vnpolicy.dates.calendar_form`, :mod:`~vnpolicy.dates.number_form`), times told
    from the day of speaking, weekdays, named days and repeats
    (:mod:`~vnpolicy.dates.relative_form`), joined to whole expressions with their prepositions
    (:mod:`~vnpolicy.dates.join`, :mod:`~vnpolicy.dates.cue`). Values are TIMEX3 / ISO 8601.
What it means
    :mod:`~vnpolicy.dates.reading`: "trước ngày 10/5/2024" ends on 9 May, "đến ngày 10/5" on the
    10th; repeats are RFC 5545 rules (:mod:`~vnpolicy.dates.recurrence`); lengths are counted as
    Bộ luật Dân sự 2015, Article 147 has it (:mod:`~vnpolicy.dates.length`). What "đầu", "giữa" and
    "cuối" of a period are is a table by policy (``default``, ``civil-code``). A yearless time is
    of the anchor's year, or of the next where the words look forward and it lies more than two
    months behind; ``year_inferred`` says so. Without an anchor it has no date.
What is not read
    Days of the moon ("rằm tháng Giêng", "âm lịch") but Tết and Giỗ Tổ Hùng Vương; events without a
    date ("ngay sau khi lũ rút", "tại Kỳ họp thứ 10"); "ngày càng", "năm nhiệm vụ"; scales,
    fractions and numbers of instruments. The wall clock is never read.

>>> import datetime
>>> from vnpolicy import dates
>>> found = dates.parse("trình trước ngày 10/5/2024, xong trong Quý III", datetime.date(2024, 3, 1))
>>> [(one.text, one.value, one.due_on.isoformat()) for one in found]
[('trước ngày 10/5/2024', '2024-05-10', '2024-05-09'), ('trong Quý III', '2024-Q3', '2024-09-30')]
>>> dates.parse("báo cáo trước ngày 25 hằng tháng")[0].recurrence
'FREQ=MONTHLY;BYMONTHDAY=24'
>>> dates.parse("hỗ trợ 24/7, bản đồ 1/500, đạt 3/12 nền tảng")
[]
"""

from __future__ import annotations

from vnpolicy.dates.expression import parse, scan
from vnpolicy.dates.mention import Frame, TimeMention

__all__ = ["Frame", "TimeMention", "parse", "scan"]
