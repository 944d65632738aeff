"""Two ends of lines to one text: what stands between them.

A line that was wrapped at a space gets it back. A line that was wrapped behind a hyphen or a
slash that belongs to a number or a name does not, for there was none: "02/QĐ-" and "UBND". A
dash between spaces ("2021 -" and "2025") keeps them.

>>> glue("theo Quyết định số 02/QĐ-", "UBND ngày")
''
>>> glue("giai đoạn 2021 -", "2025")
' '
>>> glue("thực hiện", "nhiệm vụ")
' '
>>> together(["Số: 24/HDLN-BCA-", "BQP và 5/2024/", "TT-BTC"])
'Số: 24/HDLN-BCA-BQP và 5/2024/TT-BTC'
"""

from __future__ import annotations

from collections.abc import Iterable


def glue(left: str, right: str) -> str:
    """What stands between the end of one line and the begin of the next: "" or a space."""
    if not left or not right or left[-1].isspace():
        return ""
    tied = left[-1] in "-/" and len(left) > 1 and left[-2].isalnum() and right[0].isalnum()
    number = right[0] == "/" and left[-1].isdigit() and right[1:2].isalnum()
    return "" if tied or number else " "


def together(texts: Iterable[str]) -> str:
    """All the lines as one paragraph."""
    whole = ""
    for text in texts:
        whole += glue(whole, text) + text
    return whole
