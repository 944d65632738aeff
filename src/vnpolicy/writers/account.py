"""A notice told to a person at a terminal: what it is, then who does what by when.

>>> from vnpolicy.models import Header, Notice
>>> print(account(Notice(text="x", header=Header(number="12/TB-UBND")), width=60))
Văn bản: 12/TB-UBND
Nhiệm vụ: không có
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from vnpolicy.models import Notice, Quantity, Warning
from vnpolicy.models.explanation import Explanation
from vnpolicy.writers.table import Row, day, plain, rows, sentence

wrap = partial(textwrap.wrap, break_on_hyphens=False)  # "42/2022/NĐ-CP", "bô-xít"

_NARROW = 40  # no terminal is taken for narrower than this
_FIXED = 16  # a column without a share: "15:00 09/05/2024"
_THIN = 6  # the longest syllable of most words
_ANCHORS = {
    "given": "do người dùng cho",
    "header": "ngày ban hành",
    "dateline": "ngày đăng tin",
    "body": "ngày trong nội dung",
    "metadata": "ngày ghi trong thuộc tính tệp",
}
WARNINGS = {
    "no-anchor": "không rõ ngày để tính thời hạn",
    "deadline-before-document": "thời hạn trước ngày văn bản",
    "assignee-not-in-office": "cơ quan chưa có hoặc không còn tại ngày văn bản",
    "task-without-lead": "có thời hạn nhưng không rõ ai thực hiện",
    "unresolved-reference": "không rõ là văn bản nào",
    "cell-contradicts-text": "thời hạn trong ô khác với nội dung nhiệm vụ",
    "text-damaged": "văn bản có vẻ sai bảng mã hoặc lỗi ký tự",
    "text-unreadable": "quá ít từ tiếng Việt, không trích được gì",
    "text-quality-low": "nhiều từ không phải tiếng Việt, cần đối chiếu",
    "ocr-confidence-low": "nhận dạng chữ không chắc chắn, cần đối chiếu với bản chụp",
}


def account(
    notice: Notice, *, width: int = 100, name: str = "", types: Mapping[str, str] | None = None
) -> str:
    """The readable account; ``types`` gives the words for a document type's slug."""
    width = max(width, _NARROW)
    parts = ["\n".join(_head(notice, width, name, types or {}))]
    table = rows(notice, name=name)
    if table:
        parts[0] += f"\nNhiệm vụ: {len(table)}"
        parts.append(task_table(table, width=width))
    else:
        parts[0] += "\nNhiệm vụ: không có"
    if notice.targets:
        lines = (_target(one) for one in notice.targets)
        parts.append(_list(f"Chỉ tiêu: {len(notice.targets)}", lines, width))
    if notice.warnings:
        lines = (_warning(one, notice.text) for one in notice.warnings)
        parts.append(_list(f"Cảnh báo: {len(notice.warnings)}", lines, width))
    return "\n\n".join(parts)


def task_table(table: Sequence[Row], *, width: int = 100, document: bool = False) -> str:
    """The rows as columns wrapped to ``width``; with the document's column where asked."""
    columns = [("STT", 0), ("Ai làm", 3), ("Việc gì", 6), ("Thời hạn", 0)]
    body = [
        [str(number), _who(row), sentence(row.content), row.due]
        for number, row in enumerate(table, 1)
    ]
    if document:
        columns.insert(1, ("Văn bản", 2))
        for cells, row in zip(body, table, strict=True):
            cells.insert(1, row.title)
    return "\n".join(_grid(columns, body, width))


def reasons(explanations: Iterable[Explanation], *, width: int = 100) -> str:
    """A line or more for each reading: where, what, by which rule, and what became of it."""
    body = [
        [
            f"{one.span.start}-{one.span.end}",
            one.kind,
            one.rule or "-",
            "kept" if one.kept else f"refused: {one.reason or 'no reason given'}",
            _short(one.text),
        ]
        for one in explanations
    ]
    columns = [("Place", 0), ("Kind", 0), ("Rule", 2), ("Outcome", 2), ("Words", 4)]
    return "\n".join(_grid(columns, body, max(width, _NARROW)))


def _who(row: Row) -> str:
    who = row.lead or "(không nêu)"
    return f"{who}; phối hợp: {row.support}" if row.support else who


def _head(notice: Notice, width: int, name: str, types: Mapping[str, str]) -> list[str]:
    header = notice.header
    what = [types.get(header.doc_type or "", header.doc_type or ""), header.number or ""]
    issued = f"ngày {day(header.issued_on)}" if header.issued_on else ""
    place = [part for part in (header.place or "", issued) if part]
    fields = [
        ("Tệp", name),
        ("Văn bản", " ".join(part for part in what if part)),
        ("Ban hành", ", ".join(place)),
        ("Cơ quan", header.issuer_text or ""),
        ("Về việc", header.subject or ""),
    ]
    if notice.anchor_date and notice.anchor_source in _ANCHORS:
        source = _ANCHORS[notice.anchor_source]
        fields.append(("Mốc tính thời hạn", f"{day(notice.anchor_date)} ({source})"))
    lines: list[str] = []
    for label, value in fields:
        if value:
            lines += wrap(f"{label}: {plain(value)}", width, subsequent_indent="  ")
    return lines


def _target(target: Quantity) -> str:
    parts = [plain(target.text)]
    if target.metric:
        parts.append(plain(target.metric.text))
    if target.due_on:
        parts.append(f"thời hạn {day(target.due_on)}")
    return ", ".join(parts)


def _warning(warning: Warning, text: str) -> str:
    message = WARNINGS.get(warning.code, warning.message)
    if warning.span is None:
        return message
    return f"{message}: “{_short(text[warning.span.start : warning.span.end])}”"


def _short(text: str) -> str:
    words = plain(text)
    return words if len(words) <= 80 else f"{words[:79]}…"


def _list(heading: str, lines: Iterable[str], width: int) -> str:
    out = [heading]
    for line in lines:
        out += wrap(line, width, initial_indent="- ", subsequent_indent="  ") or ["-"]
    return "\n".join(out)


def _grid(
    columns: Sequence[tuple[str, int]], body: Sequence[Sequence[str]], width: int
) -> list[str]:
    """Columns parted by two spaces; those with a share divide what the others leave."""
    headings = [heading for heading, _ in columns]
    natural = [max(map(len, cells)) for cells in zip(headings, *body, strict=True)]
    sizes = _sizes([share for _, share in columns], natural, width - 2 * (len(columns) - 1))
    lines = _lines(headings, sizes) + _lines(["-" * size for size in sizes], sizes)
    for cells in body:
        lines += _lines(cells, sizes)
    return lines


def _sizes(shares: Sequence[int], natural: Sequence[int], room: int) -> list[int]:
    """The width of each column: its longest cell where there is room, else its share."""
    sizes = [
        size if share else min(size, _FIXED) for share, size in zip(shares, natural, strict=True)
    ]
    left = [i for i, share in enumerate(shares) if share]
    room -= sum(size for i, size in enumerate(sizes) if i not in left)
    while left:
        whole = sum(shares[i] for i in left)
        short = [i for i in left if sizes[i] <= room * shares[i] // whole]
        if not short:
            for i in left:
                sizes[i] = max(_THIN, room * shares[i] // whole)
            break
        room -= sum(sizes[i] for i in short)
        left = [i for i in left if i not in short]
    return sizes


def _lines(cells: Sequence[str], sizes: Sequence[int]) -> list[str]:
    columns = [wrap(cell, size) or [""] for cell, size in zip(cells, sizes, strict=True)]
    return [
        "  ".join(
            (column[i] if i < len(column) else "").ljust(size)
            for column, size in zip(columns, sizes, strict=True)
        ).rstrip()
        for i in range(max(map(len, columns)))
    ]
