"""Which task of a corrected document is which."""

import datetime

import pytest

from vnpolicy import extract, pairing
from vnpolicy.models import WorkItem
from vnpolicy.writers import item

HEAD = """VĂN PHÒNG CHÍNH PHỦ
Số: 77/TB-VPCP
Hà Nội, ngày 3 tháng 6 năm 2024

THÔNG BÁO
Kết luận tại cuộc họp về cấp nước nông thôn

Phó Thủ tướng yêu cầu:

"""
TASKS = [
    "1. Bộ Y tế rà soát quy chuẩn nước sinh hoạt, báo cáo Thủ tướng trước ngày 10/7/2024.",
    "2. Bộ Tài chính bố trí 250 tỷ đồng cho các công trình cấp nước dở dang.",
    "3. Bộ Xây dựng công bố bản đồ vùng thiếu nước trong tháng 8/2024.",
]


def items(lines: list[str], name: str = "a.txt") -> list[WorkItem]:
    found = item.items(name, extract(HEAD + "\n\n".join(lines)))
    assert len(found) == len(lines)
    return found


def test_a_corrected_day_or_figure_leaves_the_task_what_it_is() -> None:
    old = items(TASKS)
    changed = [TASKS[0].replace("10/7", "25/7"), TASKS[1].replace("250", "300"), TASKS[2]]
    found = pairing.pair(old, items(changed))
    assert [(a.path, b.path) for a, b in found.same] == [
        (["1"], ["1"]),
        (["2"], ["2"]),
        (["3"], ["3"]),
    ]
    assert not found.gone and not found.new
    assert found.same[0][0].task_id != found.same[0][1].task_id
    assert found.same[0][1].due_on == datetime.date(2024, 7, 24)


def test_a_struck_and_a_new_task_have_no_partner() -> None:
    new = "2. Bộ Công an xử lý các hành vi phá hoại công trình cấp nước."
    found = pairing.pair(items(TASKS), items([TASKS[0], new, TASKS[2]]))
    assert [one.clause[:12] for one in found.gone] == ["Bộ Tài chính"]
    assert [one.clause[:10] for one in found.new] == ["Bộ Công an"]


def test_renumbering_changes_no_pair() -> None:
    new = [
        TASKS[2].replace("3.", "1."),
        TASKS[0].replace("1.", "2.", 1),
        TASKS[1].replace("2.", "3.", 1),
    ]
    found = pairing.pair(items(TASKS), items(new))
    assert all(a.clause == b.clause for a, b in found.same) and len(found.same) == 3


def test_each_task_has_one_partner_only() -> None:
    twins = [
        "1. Bộ Y tế rà soát quy chuẩn nước sinh hoạt trước ngày 10/7/2024.",
        "2. Bộ Y tế rà soát quy chuẩn nước sinh hoạt trước ngày 20/7/2024.",
    ]
    found = pairing.pair(items(twins), items([twins[1].replace("2.", "1.", 1)]))
    assert [(a.due_on, b.due_on) for a, b in found.same] == [
        (datetime.date(2024, 7, 19), datetime.date(2024, 7, 19))
    ]
    assert [one.due_on for one in found.gone] == [datetime.date(2024, 7, 9)]


def test_the_work_grows_with_the_text() -> None:
    """Two thousand like rows against two thousand others: pairs of all would be four million."""
    old = [
        WorkItem(
            key=f"k{n}",
            task_id=f"a{n}",
            document="d",
            source="s",
            title="x",
            clause=f"UBND xã {word(n)} rà soát chợ dân sinh",
        )
        for n in range(2000)
    ]
    new = [one.model_copy(update={"task_id": f"b{n}"}) for n, one in enumerate(old)]
    found = pairing.pair(old, new)
    assert len(found.same) == 2000
    assert all(a.clause == b.clause for a, b in found.same)


def word(n: int) -> str:
    return "".join(chr(97 + n // 26**at % 26) for at in range(3))


@pytest.mark.parametrize("corrected", [False, True])
def test_many_rows_that_differ_by_figures_only(corrected: bool) -> None:
    rows = [
        WorkItem(
            key=f"k{n}",
            task_id=f"a{n}",
            document="d",
            source="s",
            title="x",
            clause=f"UBND xã khắc phục điểm sạt lở số {n} trước ngày {n % 28 + 1}/9/2024",
        )
        for n in range(3000)
    ]
    day = "/10/2024" if corrected else "/9/2024"
    new = [
        one.model_copy(update={"task_id": f"b{n}", "clause": one.clause.replace("/9/2024", day)})
        for n, one in enumerate(rows)
    ][1:]
    found = pairing.pair(rows, new)
    assert len(found.same) == 2999 and [one.task_id for one in found.gone] == ["a0"]
    assert all(a.task_id[1:] == b.task_id[1:] for a, b in found.same)


def test_another_agencys_task_is_another_task() -> None:
    new = TASKS[0].replace("Bộ Y tế", "Bộ Công an").replace("10/7", "20/8")
    found = pairing.pair(items(TASKS), items([new, *TASKS[1:]]))
    assert len(found.gone) == len(found.new) == 1
    reassigned = pairing.pair(items(TASKS), items([new, *TASKS[1:]]), reassigned=pairing.LIKE)
    assert len(reassigned.same) == 3
