"""Time expressions that could be somebody's deadline, by their own words and nearest context.

Kept out: what is surely the time of something else: an instrument's date, a meeting's, a data
cut-off ("tính đến ngày"), an effect ("có hiệu lực từ ngày"), a statistic's period ("9 tháng năm
2025 tăng"), a comparison, a bare time inside a sentence ("kế hoạch vốn năm 2025"). Everything else
comes back, with ``doubt`` naming what speaks against it:

``attribute`` dates another thing ("đối với các dự án ... trong năm 2025") · ``event`` a meeting or
ceremony · ``past`` reported as done · ``forecast`` · ``horizon`` a far year ("đến năm 2045") ·
``period-of-plan`` ("giai đoạn 2026 - 2030") · ``start`` only a beginning ("từ ngày") · ``limit`` a
length with no beginning ("không quá 30 ngày") · ``rate`` ("mỗi năm") · ``header`` the period of a
list ("Nhiệm vụ 6 tháng cuối năm 2023: ...") · ``opening`` a bare period that opens a sentence.

Source: observed forms.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import regex

from vnpolicy.dates import Frame, TimeMention, scan
from vnpolicy.dates.context import ends_with
from vnpolicy.document import Document, Taken
from vnpolicy.extractors.deadline.judge import DROP, judge
from vnpolicy.extractors.deadline.view import is_date_column, look

__all__ = ["TimeMention", "find"]


def find(doc: Document, taken: Taken, *, policy: str = "default") -> list[TimeMention]:
    """The mentions of the document that could be deadlines, left to right."""
    kept = []
    found = scan(
        *(doc.low, doc.flat, doc.anchor),
        policy=policy,
        blocked=taken.touches,
        skipped=lambda frame: _is_passing(doc.low, frame),
    )
    for mention in found:
        view = look(doc, mention)
        if view is None:
            continue
        verdict = judge(view)
        if verdict != DROP:
            mention.doubt = verdict
            kept.append(mention)
    return sorted([*kept, *_years_in_cells(doc, taken)], key=lambda one: one.start)


_YEAR = regex.compile(r"20[0-9]{2}")


def _years_in_cells(doc: Document, taken: Taken) -> Iterator[TimeMention]:
    """ "2026" alone is a time in a cell under a date column, and nowhere else."""
    for cell in (cell for block in doc.blocks for cell in block.cells):
        if is_date_column(cell) and not taken.touches(cell.start, cell.end):
            match = _YEAR.fullmatch(doc.low, cell.start, cell.end)
            if match is not None:
                year = int(match.group())
                first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
                mention = TimeMention(match.start(), match.end(), match.group())
                mention.start_on, mention.due_on, mention.rule = first, last, "bare-year"
                mention.unit = "year"
                yield mention


def _is_passing(low: str, frame: Frame) -> bool:
    """Whether the time stands bare in the middle of a sentence, and no verb before it asks for
    it: most dates of a text do ("Thông báo ngày 4/6/2025", "kế hoạch năm 2026")."""
    if frame.cue is not None or frame.every is not None or frame.main.unit == "every":
        return False
    before = low[max(0, frame.start - 40) : frame.start]
    if len(before) < 2 or before[-1] != " " or not (before[-2].isalnum() or before[-2] in ",)”"):
        return False
    return "nhiệm vụ" not in before and not ends_with("complete", before)
