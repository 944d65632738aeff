"""A file that is broken or made to harm, and what the library must say of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Case:
    """``make`` gives the bytes. ``error`` names the error; None where the file can be read all
    the same, and then ``holds`` must stand in the text and ``lacks`` must not."""

    name: str
    file: str
    make: Callable[[], bytes]
    error: str | None
    reason: str = ""
    holds: str = ""
    lacks: str = ""
    needs: str = ""  # a program without which the file cannot be read
    limits: dict[str, int] = field(default_factory=dict)


NOTICE = (
    "UỶ BAN NHÂN DÂN TỈNH ĐIỆN BIÊN\n\nSố: 61/TB-UBND\n\nĐiện Biên, ngày 4 tháng 3 năm 2025\n\n"
    "THÔNG BÁO\n\nKết luận của Chủ tịch Ủy ban nhân dân tỉnh\n\n"
    "1. Giao Sở Y tế báo cáo tình hình cấp thuốc trước ngày 20/3/2025.\n"
)
SENTENCE = "Giao Sở Y tế báo cáo tình hình cấp thuốc"
