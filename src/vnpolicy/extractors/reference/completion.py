"""Completing a short number where its type and what is said beside it admit one form only.

A decree is always N/year/NĐ-CP; a directive of the Prime Minister N/CT-TTg, of the Secretariat
N-CT/TW; a resolution of the Politburo N-NQ/TW; a law N/year/QHk, where the year falls inside one
legislature. "Nghị quyết 68 của Chính phủ" stays short: 68/NQ-CP and 68/2025/NQ-CP are both
numbers of the Government, as are N/QĐ-TTg and N/year/QĐ-TTg of the Prime Minister.

>>> complete("nghi-dinh", "73", year=2019)
'73/2019/NĐ-CP'
>>> complete("nghi-quyet", "57", issuer="bo-chinh-tri")
'57-NQ/TW'
>>> complete("quyet-dinh", "749", issuer="thu-tuong-chinh-phu") is None
True
"""

from __future__ import annotations

import datetime

_PARTY = ("bo-chinh-tri", "ban-bi-thu", "ban-chap-hanh-trung-uong")
_LETTERS = {"nghi-quyet": "NQ", "chi-thi": "CT", "ket-luan": "KL", "cong-dien": "CĐ"}
# First sitting days of the legislatures; a year in which they change needs the day.
_LEGISLATURES = (
    (11, datetime.date(2002, 7, 19)),
    (12, datetime.date(2007, 7, 19)),
    (13, datetime.date(2011, 7, 21)),
    (14, datetime.date(2016, 7, 20)),
    (15, datetime.date(2021, 7, 20)),
    (16, datetime.date(2026, 4, 6)),
)


def complete(
    type: str,
    sequence: str,
    *,
    year: int | None = None,
    issued_on: datetime.date | None = None,
    issuer: str | None = None,
) -> str | None:
    """The whole canonical number, or None where more than one form fits."""
    digits = sequence.rstrip("abcdđeghiklmn")
    number = digits.zfill(2) + sequence[len(digits) :]
    if type == "nghi-dinh":
        return f"{number}/{year}/NĐ-CP" if year and year >= 1998 else None
    if type == "luat" or (type == "nghi-quyet" and issuer == "quoc-hoi"):
        term = legislature(year, issued_on)
        return f"{number}/{year}/QH{term}" if term else None
    letters = _LETTERS.get(type)
    if letters is None or issuer is None:
        return None
    if issuer in _PARTY:
        return f"{number}-{letters}/TW" if type != "cong-dien" else None
    if issuer == "thu-tuong-chinh-phu" and type in ("chi-thi", "cong-dien"):
        return f"{number}/{letters}-TTg"
    return None


def legislature(year: int | None, on: datetime.date | None = None) -> int | None:
    """The legislature that sat in that year (on that day); None where the year saw two."""
    if on is not None:
        terms = [number for number, first in _LEGISLATURES if first <= on]
        return terms[-1] if terms else None
    if year is None or any(first.year == year for _, first in _LEGISLATURES):
        return None
    terms = [number for number, first in _LEGISLATURES if first.year < year]
    return terms[-1] if terms else None
