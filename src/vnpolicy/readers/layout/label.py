"""The label that a paragraph of a notice begins with: "1.", "2.1.", "a)", "-", "III.", "Điều 5.".

>>> begins("2.1. Sở Tài chính"), begins("đ) Báo cáo"), begins("Điều 3. Quyết định"), begins("- Lưu")
(True, True, True, True)
>>> begins("55/2015/NĐ-CP ngày"), begins("26 tháng 4"), begins("2.000 tờ rơi"), begins("Sở Y tế")
(False, False, False, False)
>>> alone("2.1."), alone("-"), alone("Số:")
(True, True, False)
"""

from __future__ import annotations

import re

_LABEL = (
    r"(?:[-–—+•●▪*]"
    r"|\(?(?:\d{1,3}|[a-zđ]{1,2}|[ivx]{1,5})\)"
    r"|\d{1,3}(?:\.\d{1,3}){0,4}\."
    r"|\d{1,2}(?:\.\d{1,2}){1,3}"
    r"|[a-zđ]\."
    r"|[IVX]{1,6}[.)]|[IVX]{1,6}-|[A-HĐ][.)])"
)
_BEGIN = re.compile(rf"{_LABEL}(?=\s)|(?:Điều|Chương|Mục|Phần|PHẦN|CHƯƠNG|MỤC)\s+[\dIVX]+\b[.:]?")
_ALONE = re.compile(rf"(?:{_LABEL}|(?:Điều|Chương|Mục)\s+[\dIVX]+[.:]?)$")


def begins(text: str) -> bool:
    """Whether ``text`` begins with a label and something after it."""
    return _BEGIN.match(text) is not None


def alone(text: str) -> bool:
    """Whether ``text`` is a label and nothing else."""
    return _ALONE.match(text) is not None
