"""What a push tells of what it did, on a terminal."""

from __future__ import annotations

from vnpolicy.models import WorkItem
from vnpolicy.push import account
from vnpolicy.push.plan import Step
from vnpolicy.push.work import Done

ESCAPES = "\x1b[2J\x1b]0;x\x07\x9b31m\u202e\r\n+ \x00"


def item(title: str = "Rà soát") -> WorkItem:
    return WorkItem(
        key="k", task_id="t", document="d", source="a.docx", number="5/TB", title=title, clause="c"
    )


def test_nothing_reaches_the_terminal_that_is_not_printable() -> None:
    fields = {"title": f"a{ESCAPES}b", f"x{ESCAPES}": "c"}
    step = Step(
        "update",
        "k",
        item(f"Rà{ESCAPES}soát"),
        changes=fields,
        before=fields,
        kept=fields,
        wanted=fields,
        reason=f"vì{ESCAPES}",
    )
    lines = list(account.lines(Done(step, f"https://x/{ESCAPES}1")))
    assert len(lines) == 5 and all(line.isprintable() for line in lines)
    assert lines[0].startswith("~ cập nhật: Rà[2J") and "https://x/[2J" in lines[0]
    assert lines[1].startswith("    tiêu đề: a[2J")


def test_a_reason_of_a_failure_is_shown_on_one_line() -> None:
    (line,) = account.lines(Done(Step("fail", "k", item(), reason="không\nđược\x1b[1m")))
    assert line == "! LỖI: Rà soát [5/TB]: không được[1m"


def test_letters_stay() -> None:
    step = Step("update", "k", item(), changes={"due_on": "2025-07-24"}, before={"due_on": ""})
    assert list(account.lines(Done(step))) == [
        "~ cập nhật: Rà soát [5/TB]",
        "    thời hạn: (trống) → 2025-07-24",
    ]
