"""How clear the tasks are, told: as text, as CSV, or as JSON.

**Text** has the whole first: how many tasks answer each question, how many all four, and the
reasons by how often they occur. Then each document with its shares, and its tasks with their
remarks. "Thiếu" is what a task does not answer; "nên rõ hơn" what it answers and could say better.

**CSV** has a task a row (:data:`COLUMNS`), in UTF-8 with a byte-order mark, cells that begin like
a formula made inert.

**JSON** is one object::

    {"documents": 2, "whole": SHARES,
     "sheets": [{"source": "tb12.docx", "title": "12/TB-UBND ngày 09/05/2024", "subject": null,
                 "shares": SHARES,
                 "tasks": [{"key": "t-...", "path": ["1"], "clause": "...",
                            "who": true, "what": true, "when": false, "result": false,
                            "remarks": [{"question": "when", "code": "no-time", "weak": false,
                                         "words": null}]}]}]}

    SHARES = {"tasks": 3, "who": 3, "what": 3, "when": 1, "result": 1, "clear": 1,
              "remarks": {"when/no-time": 2, "result/no-result": 2}}

The codes are those of :mod:`vnpolicy.follow.clarity`. ``sheets`` has the documents with tasks
only, ``documents`` counts all. Fields may be added, none changes its meaning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from vnpolicy.follow.clarity import QUESTIONS, Judged, Question, Remark, Share, Sheet, Survey
from vnpolicy.writers.account import wrap
from vnpolicy.writers.item import outline
from vnpolicy.writers.table import csv_line, sentence

QUESTION: dict[Question, str] = {
    "who": "Rõ người",
    "what": "Rõ việc",
    "when": "Rõ thời gian",
    "result": "Rõ sản phẩm",
}
REASON: dict[tuple[Question, str], str] = {
    ("who", "nobody"): "không nêu ai thực hiện",
    ("who", "support-only"): "chỉ nêu cơ quan phối hợp",
    ("who", "others-only"): "chỉ nêu nơi theo dõi hoặc nơi nhận",
    ("who", "class"): "giao chung, không nêu đích danh",
    ("who", "several"): "nhiều nơi cùng chủ trì, không rõ ai đứng đầu",
    ("what", "no-action"): "không nêu việc phải làm",
    ("what", "general"): "việc chung chung, không có sản phẩm hay chỉ tiêu",
    ("when", "no-time"): "không nêu thời gian",
    ("when", "urgent-only"): "chỉ nêu khẩn trương, không có ngày",
    ("when", "standing-only"): "chỉ nêu thường xuyên, không có kỳ hạn",
    ("when", "event"): "tính từ một sự kiện chưa biết ngày",
    ("when", "no-start"): "nêu số ngày mà không nêu tính từ đâu",
    ("when", "start-only"): "chỉ nêu lúc bắt đầu",
    ("when", "no-year"): "nêu ngày mà không rõ năm",
    ("when", "no-day"): "thời gian không tính được thành ngày",
    ("when", "period"): "thời hạn là cả năm, nửa năm hoặc quý",
    ("when", "no-day-in-period"): "việc định kỳ không nêu ngày",
    ("when", "year-inferred"): "không nêu năm, suy từ ngày văn bản",
    ("result", "no-result"): "không nêu sản phẩm hay chỉ tiêu",
}
COLUMNS = (
    "STT",
    "Văn bản giao",
    "Mục",
    "Nội dung nhiệm vụ",
    *QUESTION.values(),
    "Thiếu",
    "Nên rõ hơn",
    "Tệp",
)
_NARROW = 40
_QUOTED = 120  # characters of the document's words


def text(found: Survey, *, width: int = 100) -> str:
    """The account for a terminal."""
    width = max(width, _NARROW)
    total = found.whole.tasks
    lines = wrap(f"Mức độ rõ của {total} nhiệm vụ trong {found.documents} văn bản", width)
    lines += [f"  {line}" for line in _shares(found.whole)]
    lines += _reasons(found.whole, width)
    for sheet in found.sheets:
        heading = f"{sheet.title}: {sheet.subject}" if sheet.subject else sheet.title
        lines += ["", *wrap(heading, width)]
        lines += wrap(
            f"{sheet.share.tasks} nhiệm vụ; {'; '.join(_short(sheet.share))}",
            width,
            initial_indent="  ",
            subsequent_indent="  ",
        )
        for one in sheet.tasks:
            lines += _task(one, width)
    return "\n".join(lines) + "\n"


def to_csv(found: Survey) -> bytes:
    """The rows as a CSV file's bytes, numbered from 1."""
    lines = [csv_line(COLUMNS)]
    for sheet in found.sheets:
        for one in sheet.tasks:
            lines.append(csv_line((str(len(lines)), *_cells(sheet, one))))
    return "".join(lines).encode("utf-8-sig", "backslashreplace")


def to_json(found: Survey) -> bytes:
    """One object, as the module says."""
    told = {
        "documents": found.documents,
        "whole": _share(found.whole),
        "sheets": [
            {
                "source": sheet.name,
                "title": sheet.title,
                "subject": sheet.subject,
                "shares": _share(sheet.share),
                "tasks": [_judged(one) for one in sheet.tasks],
            }
            for sheet in found.sheets
        ],
    }
    whole = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return whole.encode("utf-8", "backslashreplace")


def reason(one: Remark) -> str:
    """The remark in words: ``tính từ một sự kiện chưa biết ngày (“kể từ ngày nhận hồ sơ”)``."""
    said = REASON[one.question, one.code]
    if not one.words:
        return said
    words = one.words if len(one.words) <= _QUOTED else f"{one.words[: _QUOTED - 1]}…"
    return f"{said} (“{words}”)"


def _shares(share: Share) -> list[str]:
    named = [(QUESTION[name], share.answered[name]) for name in QUESTIONS]
    named.append(("Rõ cả bốn", share.clear))
    return [f"{name + ':':<14}{count:>6}  {_percent(count, share.tasks)}" for name, count in named]


def _short(share: Share) -> list[str]:
    parts = [f"{QUESTION[name].lower()} {share.answered[name]}" for name in QUESTIONS]
    return [*parts, f"rõ cả bốn {share.clear}"]


def _percent(count: int, whole: int) -> str:
    """In whole per cent, half up; a share of nothing has none.

    >>> _percent(1, 3), _percent(1, 8), _percent(0, 0)
    ('33%', '13%', '-')
    """
    return f"{(200 * count + whole) // (2 * whole)}%" if whole else "-"


def _reasons(share: Share, width: int) -> list[str]:
    lines: list[str] = []
    ordered = sorted(
        share.remarks.items(), key=lambda pair: (-pair[1], list(REASON).index(pair[0]))
    )
    if ordered:
        lines.append("Lý do:")
    for (question, code), count in ordered:
        said = f"{count:>6}  {QUESTION[question]}: {REASON[question, code]}"
        lines += wrap(said, width, initial_indent="  ", subsequent_indent=" " * 10)
    return lines


def _task(one: Judged, width: int) -> list[str]:
    path = sentence(outline(one.item.path))
    lines = wrap(
        f"{path}: {sentence(one.item.clause)}" if path else sentence(one.item.clause),
        width,
        initial_indent="  - ",
        subsequent_indent="    ",
    )
    lacking, better = _said(one.remarks, weak=False), _said(one.remarks, weak=True)
    if not one.remarks:
        lines += ["      Rõ cả bốn"]
    for label, said in (("Thiếu", lacking), ("Nên rõ hơn", better)):
        if said:
            lines += wrap(
                f"{label}: {said}", width, initial_indent="      ", subsequent_indent="      "
            )
    return lines


def _said(remarks: Iterable[Remark], *, weak: bool) -> str:
    return "; ".join(reason(one) for one in remarks if one.weak is weak)


def _cells(sheet: Sheet, one: Judged) -> tuple[str, ...]:
    item = one.item
    return (
        sheet.title,
        ".".join(item.path),
        sentence(item.clause),
        *("không" if name in item.lacking else "có" for name in QUESTIONS),
        _said(one.remarks, weak=False),
        _said(one.remarks, weak=True),
        item.source if item.page is None else f"{item.source}, trang {item.page}",
    )


def _share(share: Share) -> dict[str, Any]:
    return {
        "tasks": share.tasks,
        **{name: share.answered[name] for name in QUESTIONS},
        "clear": share.clear,
        "remarks": {
            f"{question}/{code}": share.remarks[question, code]
            for question, code in REASON
            if share.remarks[question, code]
        },
    }


def _judged(one: Judged) -> dict[str, Any]:
    return {
        "key": one.item.key,
        "path": one.item.path,
        "clause": one.item.clause,
        **{name: name not in one.item.lacking for name in QUESTIONS},
        "remarks": [
            {
                "question": remark.question,
                "code": remark.code,
                "weak": remark.weak,
                "words": remark.words,
            }
            for remark in one.remarks
        ],
    }
