"""What is told as contradictory, unresolved or damaged, and what is not."""

from __future__ import annotations

import pytest

import vnpolicy

HEAD = (
    "UBND TỈNH BẮC NINH\nSố: 56/KH-UBND\nBắc Ninh, ngày 12 tháng 9 năm 2026\n"
    "KẾ HOẠCH\nTrồng cây\n\n"
)
TABLE = "| STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |\n|---|---|---|---|\n"


def codes(text: str) -> list[str]:
    return [one.code for one in vnpolicy.extract(text).warnings]


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("| 1 | Ươm giống trước ngày 20/11/2026 | Sở Xây dựng | 30/12/2026 |", True),
        ("| 1 | Ươm giống trước ngày 31/12/2026 | Sở Xây dựng | 30/12/2026 |", False),
        ("| 1 | Ươm giống cho đợt trồng tết | Sở Xây dựng | 30/12/2026 |", False),
    ],
)
def test_a_cell_that_contradicts_its_text(row: str, *, told: bool) -> None:
    assert ("cell-contradicts-text" in codes(HEAD + TABLE + row)) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Thñ t­íng ChÝnh phñ giao Bé Y tÕ chñ tr×, phèi hîp víi Bé Tµi chÝnh rµ so¸t.", True),
        ("Thá»§ tÆ°á»›ng ChÃ­nh phá»§ giao Bá»™ Y táº¿ bÃ¡o cÃ¡o.", True),
        ("Giao B\ufffd Y t\ufffd r\ufffd so\ufffdt b\ufffdo c\ufffdo.", True),
        ("Đoàn của ông Núñez thăm phố Cổ, ghi rõ lõi đô thị và võ cổ truyền.", False),
        ("Giao Bộ Y tế rà soát, theo dõi.", False),
        ("", False),
    ],
)
def test_a_text_that_looks_damaged(text: str, *, told: bool) -> None:
    assert ("text-damaged" in codes(text)) is told


def test_a_task_due_before_its_document() -> None:
    text = HEAD + "Giao Sở Xây dựng báo cáo trước ngày 10/8/2026."
    assert codes(text) == ["deadline-before-document"]


def test_a_body_that_was_merged_before() -> None:
    text = HEAD + "Giao Bộ Thông tin và Truyền thông rà soát."
    assert codes(text) == ["assignee-not-in-office"]


ORDER = "Giao Sở Y tế báo cáo UBND tỉnh trước ngày 20/12/2026. "
FOREIGN = "The committee shall report upon request whatever happened during winter months "


@pytest.mark.parametrize(
    ("share", "told"), [(1, "text-unreadable"), (0.5, "text-quality-low"), (0.1, None)]
)
def test_how_much_of_a_text_can_be_vietnamese(share: float, told: str | None) -> None:
    """Below a half nothing is drawn from it; below three quarters it is only told."""
    text = HEAD + ORDER * round(20 * (1 - share)) + FOREIGN * round(20 * share)
    notice = vnpolicy.extract(text)
    found = [one.code for one in notice.warnings if one.code.startswith("text-")]
    assert found == ([told] if told else [])
    assert bool(notice.tasks) is (told != "text-unreadable")
    assert notice.text_quality is not None
