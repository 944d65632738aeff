"""Work items that the tests of the outputs for calendars, project files and trackers share."""

import datetime
from typing import Any

from vnpolicy.models.work_item import Party, Repeat, WorkItem

ISSUED = datetime.date(2025, 8, 14)
DUE = datetime.date(2025, 9, 9)
HARD = 'Rà soát, "đánh giá"; lưu ở C:\\name\n/close @all\u2028🚧\x00\x0b=1+1 ' + "ổ🚧" * 20


def party(name: str, *ids: str) -> Party:
    return Party(name=name, agency_ids=list(ids))


def repeat(rule: str, first_on: datetime.date, **changes: Any) -> Repeat:
    return Repeat(rule=rule, first_on=first_on, **({"text": "định kỳ hằng tháng"} | changes))


def item(**changes: Any) -> WorkItem:
    """A task with a day, with whatever else is asked for."""
    plain: dict[str, Any] = {
        "key": "t-1-a",
        "task_id": "t-1",
        "document": "112/TB-VP 2025 van-phong",
        "number": "112/TB-VP",
        "issued_on": ISSUED,
        "subject": "phòng, chống sạt lở",
        "source": "tb112.docx",
        "path": ["II", "3", "a"],
        "title": "Rà soát 14 điểm sạt lở",
        "clause": "Sở Xây dựng rà soát 14 điểm sạt lở trước ngày 10/9/2025",
        "leads": [party("Sở Xây dựng", "so-xay-dung-can-tho")],
        "supports": [party("Sở Tài chính", "so-tai-chinh-can-tho")],
        "due_on": DUE,
        "due_text": "trước ngày 10/9/2025",
    }
    return WorkItem(**(plain | changes))


def everything() -> WorkItem:
    """A task with every field set, in text that formats find hard."""
    return item(
        key="t-all-b",
        title=HARD[:120],
        clause=HARD * 10,
        subject=HARD,
        source="a\udce0/b.docx",
        page=2,
        leads=[party("UBND các xã, phường; đặc khu", "ubnd-xa"), party("Sở X [mới]"), party("A")],
        overseers=[party("Văn phòng")],
        recipients=[party("Ủy ban nhân dân thành phố", "ubnd-can-tho")],
        start_on=datetime.date(2025, 9, 1),
        due_time="16:30",
        repeats=[repeat("FREQ=MONTHLY;BYMONTHDAY=24", datetime.date(2025, 8, 24))],
        deliverable="Phương án, xử lý",
        urgency="urgent",
    )
