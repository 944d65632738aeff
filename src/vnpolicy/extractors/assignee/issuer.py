"""Who issued the document, by the letterhead's words.

A central body by its name; a department or a committee of the home province by what it is.
Offices, districts and communes have no id of their own.

>>> issuer("ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "ca-mau"), issuer("UBND TỈNH CÀ MAU - SỞ Y TẾ", "ca-mau")
('ubnd-ca-mau', 'so-y-te-ca-mau')
>>> issuer("BỘ NỘI VỤ", None), issuer("UBND HUYỆN CÁI NƯỚC", "ca-mau")
('bo-noi-vu', None)
"""

from __future__ import annotations

import regex

from vnpolicy.lexicon.agency import by_name
from vnpolicy.lexicon.department import departments
from vnpolicy.text import fold

_COMMITTEES = (
    ("ubnd", regex.compile(r"(?:chủ tịch )?(?:ủy ban nhân dân|ubnd) (?:tỉnh|thành phố|tp)\b")),
    ("hdnd", regex.compile(r"(?:hội đồng nhân dân|hđnd) (?:tỉnh|thành phố|tp)\b")),
    (
        "tinh-uy",
        regex.compile(r"(?:ban thường vụ )?(?:tỉnh ủy|thành ủy)\b|đảng bộ (?:tỉnh|thành phố)\b"),
    ),
)


def issuer(text: str, home: str | None) -> str | None:
    """The id of the body that the letterhead's text names last, or None; ``home`` is the slug of
    the document's province."""
    low = fold(text).strip()
    known = by_name(low)
    if known is not None:
        return known
    lowest = low.rsplit(" - ", 1)[-1].strip()
    known = by_name(lowest)
    if known is not None or home is None:
        return known
    department = departments().get(lowest)
    if department is not None:
        return f"{department}-{home}"
    for prefix, pattern in _COMMITTEES:
        if pattern.match(lowest):
            return f"{prefix}-{home}"
    return None
