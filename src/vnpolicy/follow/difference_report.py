"""What a new version changes, told: as text, as CSV, or as JSON.

**Text** has each document that is not as it was, with its tasks that are changed ("Sửa"), struck
("Bỏ") and new ("Thêm"), then the documents that only one side has. Of a changed clause the words
are shown that were replaced, «old» → «new», with the word before them; where much is different,
both clauses. Documents without any difference are counted.

**CSV** has a row for each changed field, struck task and new task (:data:`COLUMNS`), in UTF-8
with a byte-order mark, cells that begin like a formula made inert.

**JSON** is one object::

    {"documents": [{"old": DOCUMENT, "new": DOCUMENT, "unchanged": 5,
                    "changed": [{"old_key": "t-...", "new_key": "t-...", "path": ["1"],
                                 "clause": "...",
                                 "changes": [{"field": "due_on", "old": "09/07/2024",
                                              "new": "24/07/2024"}]}],
                    "struck": [TASK], "added": [TASK]}],
     "gone": [DOCUMENT], "come": [DOCUMENT]}

    DOCUMENT = {"source": "a.docx", "document": "12/TB-VPCP 2024 ...", "title": "...", "tasks": 6}

``documents`` has those of both sides, unchanged ones too. ``path`` and ``clause`` are those of the
new version. A TASK has the fields of :class:`vnpolicy.models.WorkItem`. The fields of a change are
those of :data:`vnpolicy.follow.difference.FIELDS`, as text; empty where nothing is said.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import Any

from vnpolicy.follow.difference import Change, Changed, Comparison, Difference, Version
from vnpolicy.models.work_item import WorkItem
from vnpolicy.writers import item as work
from vnpolicy.writers.account import wrap
from vnpolicy.writers.item import outline
from vnpolicy.writers.table import csv_line, day, sentence

FIELD = {
    "clause": "Nội dung",
    "leads": "Chủ trì",
    "supports": "Phối hợp",
    "overseers": "Theo dõi, đôn đốc",
    "recipients": "Trình, báo cáo",
    "due_on": "Thời hạn",
    "due_time": "Giờ",
    "due_text": "Lời văn thời hạn",
    "start_on": "Bắt đầu",
    "repeats": "Định kỳ",
    "deliverable": "Sản phẩm",
    "urgency": "Tính chất",
    "path": "Mục",
}
_URGENCY = {"urgent": "khẩn trương", "standing": "thường xuyên", "": ""}
COLUMNS = (
    "STT",
    "Văn bản",
    "Thay đổi",
    "Mục",
    "Nội dung nhiệm vụ",
    "Trường",
    "Cũ",
    "Mới",
    "Cơ quan chủ trì",
    "Thời hạn",
    "Tệp",
)
_NARROW = 40
_PIECES = 4  # places in a clause; with more, both clauses are easier to read
_LIKE = 0.5


def text(found: Comparison, *, width: int = 100) -> str:
    """The account for a terminal."""
    width = max(width, _NARROW)
    different = [one for one in found.both if not one.is_empty or one.is_other]
    lines = wrap(_heading(found), width)
    for one in different:
        lines += ["", *_document(one, width)]
    for label, versions in (("Văn bản chỉ có ở bản cũ", found.gone), ("Văn bản mới", found.come)):
        if versions:
            lines += ["", f"{label}: {len(versions)}"]
            for version in versions:
                said = f"{version.title} ({len(version.items)} nhiệm vụ)"
                lines += wrap(said, width, initial_indent="  - ", subsequent_indent="    ")
    return "\n".join(lines) + "\n"


def to_csv(found: Comparison) -> bytes:
    """The rows as a CSV file's bytes, numbered from 1."""
    lines = [csv_line(COLUMNS)]
    for cells in _rows(found):
        lines.append(csv_line((str(len(lines)), *cells)))
    return "".join(lines).encode("utf-8-sig", "backslashreplace")


def to_json(found: Comparison) -> bytes:
    """One object, as the module says."""
    told = {
        "documents": [
            {
                "old": _version(one.old),
                "new": _version(one.new),
                "unchanged": one.unchanged,
                "changed": [_changed(pair) for pair in one.changed],
                "struck": [item.model_dump(mode="json") for item in one.struck],
                "added": [item.model_dump(mode="json") for item in one.added],
            }
            for one in found.both
        ],
        "gone": [_version(one) for one in found.gone],
        "come": [_version(one) for one in found.come],
    }
    whole = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return whole.encode("utf-8", "backslashreplace")


def pieces(old: str, new: str) -> str | None:
    """The words that were replaced; None where too much is different to show it so.

    >>> pieces("Trình Đề án trước ngày 10/7/2024", "Trình Đề án trước ngày 25/7/2024")
    'ngày «10/7/2024» → «25/7/2024»'
    >>> pieces("Bộ Y tế trình Đề án", "Bộ Y tế sớm trình Đề án")
    'tế thêm «sớm»'
    """
    before, after = old.split(), new.split()
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    if matcher.ratio() < _LIKE:
        return None
    found = []
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind == "equal":
            continue
        ahead = f"{before[start - 1]} " if start else ""
        was, now = " ".join(before[start:end]), " ".join(after[new_start:new_end])
        if kind == "replace":
            found.append(f"{ahead}«{was}» → «{now}»")
        else:
            found.append(f"{ahead}bỏ «{was}»" if kind == "delete" else f"{ahead}thêm «{now}»")
    return "; ".join(found) if len(found) <= _PIECES else None


def _heading(found: Comparison) -> str:
    same = sum(one.is_empty for one in found.both)
    parts = [f"{len(found.both)} văn bản có ở cả hai bên, {same} không đổi"]
    parts.append(f"{len(found.gone)} chỉ có ở bản cũ, {len(found.come)} mới")
    changed = sum(len(one.changed) for one in found.both)
    struck = sum(len(one.struck) for one in found.both)
    added = sum(len(one.added) for one in found.both)
    kept = sum(one.unchanged for one in found.both)
    tasks = f"Nhiệm vụ: {changed} sửa, {struck} bỏ, {added} thêm, {kept} giữ nguyên"
    return f"So sánh bản cũ với bản mới: {'; '.join(parts)}. {tasks}."


def _document(one: Difference, width: int) -> list[str]:
    title = one.new.title
    if one.old.title != title:
        title = f"{one.old.title} → {title}"
    counts = f"{len(one.changed)} sửa, {len(one.struck)} bỏ, {len(one.added)} thêm"
    lines = wrap(f"{title}: {counts}, {one.unchanged} giữ nguyên", width)
    if one.is_other:
        note = f"Lưu ý: số, năm hoặc cơ quan khác nhau ({one.old.document} và {one.new.document})"
        lines += wrap(note, width, initial_indent="  ", subsequent_indent="  ")
    for pair in one.changed:
        lines += _pair(pair, width)
    for label, items in (("Bỏ", one.struck), ("Thêm", one.added)):
        for item in items:
            lines += _line(f"{label}{_place(item)}: {sentence(item.clause)}", width)
            told = [f"Chủ trì: {work.names(item.leads)}"] if item.leads else []
            told += [f"Thời hạn: {work.deadline(item)}"] if work.deadline(item) else []
            lines += _line(". ".join(told), width, depth=6) if told else []
    return lines


def _pair(pair: Changed, width: int) -> list[str]:
    lines = _line(f"Sửa{_place(pair.new)}: {sentence(pair.new.title)}", width)
    fields = {change.field for change in pair.changes}
    for change in pair.changes:
        if change.field == "due_text" and "due_on" in fields:  # the day says it
            continue
        shown = pieces(change.old, change.new) if change.field == "clause" else None
        if change.field == "clause" and shown is None:
            lines += _line(f"Nội dung cũ: {change.old}", width, depth=6)
            lines += _line(f"Nội dung mới: {change.new}", width, depth=6)
            continue
        shown = shown or f"{_said(change, change.old)} → {_said(change, change.new)}"
        lines += _line(f"{FIELD[change.field]}: {shown}", width, depth=6)
    return lines


def _line(words: str, width: int, *, depth: int = 4) -> list[str]:
    first = "  - " if depth == 4 else " " * depth
    return wrap(words, width, initial_indent=first, subsequent_indent=" " * depth)


def _said(change: Change, value: str) -> str:
    return (_URGENCY[value] if change.field == "urgency" else value) or "(không nêu)"


def _place(item: WorkItem) -> str:
    path = outline(item.path)
    return f" {path}" if path else ""


def _rows(found: Comparison) -> Iterator[tuple[str, ...]]:
    for one in found.both:
        for pair in one.changed:
            for change in pair.changes:
                old, new = change.old, change.new
                if change.field == "urgency":
                    old, new = _URGENCY[old], _URGENCY[new]
                yield _row(one.new, "Sửa", pair.new, FIELD[change.field], old, new)
        for item in one.struck:
            yield _row(one.old, "Bỏ", item)
        for item in one.added:
            yield _row(one.new, "Thêm", item)
    for version in found.gone:
        for item in version.items:
            yield _row(version, "Bỏ cả văn bản", item)
    for version in found.come:
        for item in version.items:
            yield _row(version, "Văn bản mới", item)


def _row(
    version: Version, what: str, item: WorkItem, field: str = "", old: str = "", new: str = ""
) -> tuple[str, ...]:
    return (
        version.title,
        what,
        ".".join(item.path),
        sentence(item.clause),
        field,
        old,
        new,
        work.names(item.leads),
        day(item.due_on) if item.due_on else "",
        version.name,
    )


def _version(one: Version) -> dict[str, Any]:
    return {
        "source": one.name,
        "document": one.document,
        "title": one.title,
        "tasks": len(one.items),
    }


def _changed(pair: Changed) -> dict[str, Any]:
    return {
        "old_key": pair.old.key,
        "new_key": pair.new.key,
        "path": pair.new.path,
        "clause": pair.new.clause,
        "changes": [{"field": one.field, "old": one.old, "new": one.new} for one in pair.changes],
    }
