"""Annex tables: a row is a task.

The task is the cell of the "Nhiệm vụ" or "Nội dung" column; who, with whom, by when and which
product come from the row's other cells. A table counts when it has such a column and one that
says who or by when. Section rows (one filled cell), totals, and rows reported as done are none;
"Đơn vị" beside figures is a unit, not a body.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from vnpolicy.document import Block, Cell, Document
from vnpolicy.extractors.task import trim
from vnpolicy.link.body import Bodies
from vnpolicy.link.draft import Draft

_COLUMNS = (
    ("support", regex.compile(r"phối hợp")),
    (
        "lead",
        regex.compile(
            r"chủ trì|(?:cơ quan|đơn vị|bộ phận|người|tổ chức|lực lượng|cấp|sở, ngành)[^"
            r"|]{0,30}(?:thực hiện|tham mưu"
            r"|chịu trách nhiệm|phụ trách|chủ trì|triển khai)|^phân công|^trách nhiệm|đầu mối"
            r"|^cơ quan$"
        ),
    ),
    (
        "done",
        regex.compile(r"tình hình|kết quả thực hiện|mức độ|trạng thái|^tiến độ$|đánh giá|đến nay"),
    ),
    ("time", regex.compile(r"thời (?:gian|hạn|điểm)|tiến độ|^hạn|hoàn thành|lộ trình")),
    ("product", regex.compile(r"sản phẩm|kết quả|đầu ra")),
    ("basis", regex.compile(r"văn bản|căn cứ")),
    (
        "task",
        regex.compile(
            r"nhiệm vụ|nội dung|công việc|hoạt động|giải pháp|hạng mục|tên |chương trình|việc"
        ),
    ),
)
_PROCEDURE = regex.compile(
    r"thủ tục|tthc|mã số|lệ phí|thời hạn giải quyết|địa điểm|cách thức|căn cứ pháp lý|trình tự"
)
_DONE = regex.compile(r"\bđã |hoàn thành|đang ")
_TOTAL = regex.compile(r"tổng(?: cộng| số)?\b")


def rows(doc: Document, bodies: Bodies, times: Sequence[tuple[int, int]]) -> list[Draft]:
    """The tasks of the document's tables, in order."""
    drafts = []
    for index, block in enumerate(doc.blocks):
        if block.kind == "table_row" and not block.is_header and len(block.cells) > 2:
            draft = _row(doc, index, block, bodies, times)
            if draft is not None:
                drafts.append(draft)
    return drafts


def columns(block: Block) -> dict[str, list[Cell]]:
    """The row's filled cells by what their column says; the first task column only."""
    found: dict[str, list[Cell]] = {}
    for cell in block.cells:
        for name, pattern in _COLUMNS:
            if cell.column and pattern.search(cell.column):
                if name != "task" or "task" not in found:
                    found.setdefault(name, []).append(cell)
                break
    return found


def _row(
    doc: Document, index: int, block: Block, bodies: Bodies, times: Sequence[tuple[int, int]]
) -> Draft | None:
    if any(cell.column and _PROCEDURE.search(cell.column) for cell in block.cells):
        return None  # a list of administrative procedures
    cells = columns(block)
    if "task" not in cells or not ("lead" in cells or "time" in cells):
        return None
    start, end = trim(doc.flat, cells["task"][0].start, cells["task"][0].end)
    if end - start < 8 or _TOTAL.match(doc.low, start, end):
        return None
    if any(_DONE.search(doc.low, cell.start, cell.end) for cell in cells.get("done", ())):
        return None
    leads = [i for cell in cells.get("lead", ()) for i in bodies.inside(cell.start, cell.end)]
    if not leads:
        return None
    draft = Draft(start, end, start, index, leads, True, "row", reach=start, rule="table-row")
    for cell in cells.get("support", ()):
        draft.others.update(dict.fromkeys(bodies.inside(cell.start, cell.end), "support"))
    for cell in (*cells.get("time", ()), cells["task"][0]):
        draft.handed += [i for i, t in enumerate(times) if t[0] >= cell.start and t[1] <= cell.end]
    for cell in cells.get("product", ()):
        if cell.end > cell.start:
            draft.product = (cell.start, cell.end)
    return draft
