"""What a push did or would do, for a person: a line a change, and how many of each at the end.

What stays as it is is counted only. Titles, fields and addresses come from documents and from
the tracker, so nothing is shown that is not printable: no colours, no moving of the cursor.

>>> from vnpolicy.models import WorkItem
>>> item = WorkItem(key="k", task_id="t", document="d", source="a.docx", number="5/TB", title="Rà",
...     clause="c")
>>> print("\\n".join(lines(Done(Step("update", "k", item, changes={"due_on": "2025-07-24"},
...     before={"due_on": "2025-07-09"}), "https://x/1"))))
~ cập nhật: Rà [5/TB] https://x/1
    thời hạn: 2025-07-09 → 2025-07-24
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from vnpolicy.push.plan import Action, Step
from vnpolicy.push.work import Done
from vnpolicy.writers import item as items

_WORDS: Mapping[Action, tuple[str, str]] = {
    "create": ("+", "tạo mới"),
    "found": ("+", "đã có sẵn, nhận lại"),
    "update": ("~", "cập nhật"),
    "return": ("~", "có lại trong văn bản"),
    "keep": ("!", "giữ nguyên chỗ người dùng đã sửa"),
    "flag": ("?", "đánh dấu không còn trong văn bản"),
    "close": ("x", "đóng vì không còn trong văn bản"),
    "gone": ("-", "đã bị xóa ở hệ thống, không tạo lại"),
    "blank": ("!", "văn bản nay không đọc được nhiệm vụ nào, để nguyên"),
    "skip": ("-", "không chuyển theo bảng cơ quan"),
    "unchanged": ("=", "không đổi"),
    "fail": ("!", "LỖI"),
}
_FIELDS = {
    "title": "tiêu đề",
    "subject": "tiêu đề",
    "summary": "tiêu đề",
    "description": "mô tả",
    "due_on": "thời hạn",
    "due_date": "thời hạn",
    "duedate": "thời hạn",
    "due": "thời hạn",
    "start_on": "ngày bắt đầu",
    "start_date": "ngày bắt đầu",
    "start": "ngày bắt đầu",
    "repeats": "định kỳ",
    "project": "dự án",
    "assignee": "người nhận",
    "priority": "mức ưu tiên",
    "labels": "nhãn",
    "categories": "nhãn",
    "component": "loại lịch",
}
_SHORT = 60  # characters of a field that are shown
_BEFORE = 20  # of them before the first that is new
_SILENT = ("unchanged", "skip")


def lines(done: Done) -> Iterator[str]:
    """What is told of one step; nothing of a task that stays as it is."""
    yield from map(_printable, _told_of(done))


def _told_of(done: Done) -> Iterator[str]:
    step = done.step
    if step.action in _SILENT or (step.action == "gone" and _told(step)):
        return
    mark, words = _WORDS[step.action]
    where = f" {done.url}" if done.url else ""
    reason = f": {step.reason}" if step.reason else ""
    yield f"{mark} {words}: {step.item.title} [{items.place(step.item)}]{where}{reason}"
    for name, value in step.changes.items():
        before, after = _news(step.before.get(name, ""), value)
        yield f"    {_FIELDS.get(name, name)}: {_cut(before)} → {_cut(after)}"
    for name, now in step.kept.items():
        wanted = step.wanted.get(name, "")
        yield (
            f"    {_FIELDS.get(name, name)}: giữ {_cut(now)}, văn bản: {_cut(wanted)} "
            "(--force để ghi đè)"
        )


def summary(counts: Counter[Action], *, dry: bool) -> str:
    """How many of each, in one line."""
    told = [f"{counts[action]} {words}" for action, (_, words) in _WORDS.items() if counts[action]]
    head = "Sẽ làm (dry run)" if dry else "Đã làm (done)"
    return f"{head}: {', '.join(told) or 'không có nhiệm vụ nào'}"


def _printable(line: str) -> str:
    """On one line, as a terminal may show it.

    >>> _printable("  a\\x1b[2J\\u202eb\\n+ c")
    '  a[2Jb + c'
    """
    return "".join(
        " " if char.isspace() else char for char in line if char.isspace() or char.isprintable()
    )


def _told(step: Step) -> bool:
    """Whether an earlier push has told that the entry was deleted."""
    return step.row is not None and step.row.state == "gone"


def _news(before: str, after: str) -> tuple[str, str]:
    """Both from a little before the place where they begin to differ, where they are long.

    >>> _news("báo cáo " * 20 + "trước ngày 10/7", "báo cáo " * 20 + "trước ngày 25/7")
    ('… cáo báo cáo trước ngày 10/7', '… cáo báo cáo trước ngày 25/7')
    """
    same = next((at for at, (a, b) in enumerate(zip(before, after, strict=False)) if a != b), 0)
    start = before.rfind(" ", 0, max(0, same - _BEFORE)) + 1
    if max(len(before), len(after)) <= _SHORT or start == 0:
        return before, after
    return f"… {before[start:]}", f"… {after[start:]}"


def _cut(text: str) -> str:
    text = " ".join(text.split())
    return (text if len(text) <= _SHORT else f"{text[: _SHORT - 1]}…") or "(trống)"
