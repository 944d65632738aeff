"""The long tail: dates that portals print and the grammar does not read, by ``dateparser``.

Measured on 417 public documents (6.9 MB, anchor 15 October 2025): 88 strings look like dates and
are not read by the grammar. ``dateparser`` (Vietnamese, strict) refuses 87 of them: names ("Cách
mạng tháng Tám"), blanks ("ngày tháng năm 20…"), days of the moon, English dates; the one that it
reads, ``12/01/27``, is a part of an address. So it adds nothing there, and it is kept only for
forms that no document of these had and that it read rightly on seven written samples: two-figure
years (``15/11/25``, ``15-11-25``, ``15.11.25``), the abbreviated months of Vietnamese software
(``15 thg 11, 2025``, ``thg 11 15, 2025``) and the year first (``2025/11/15``). Outside them it
is not asked: it reads "12/2024" as a day, "80%" as 1980 and "12,9" as 12 September, misses
quarters, and takes 0.5 ms a call. What it gives must have the figures of the text for day, month
and year, or it is not believed. It is imported on first need.
"""

from __future__ import annotations

import datetime
import warnings
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import regex

_FORMS = regex.compile(
    r"(?<![0-9\p{L}/.,:_=\-])(?<!(?:điều|mục|khoản|điểm|bảng|hình|số|bản) )"
    r"(?:[0-9]{1,2}(?P<s>[/-])[0-9]{1,2}(?P=s)[0-9]{2}|[0-9]{2}\.[0-9]{2}\.[0-9]{2}"
    r"|[0-9]{1,2} thg [0-9]{1,2},? [0-9]{4}|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})"
    r"(?![0-9\p{L}%/_]|[.,:\-][0-9])"
    r"|thg [0-9]{1,2} [0-9]{1,2}, [0-9]{4}(?![0-9])"
)
_SETTINGS: dict[str, Any] = {
    "STRICT_PARSING": True,
    "DATE_ORDER": "DMY",
    "PREFER_DATES_FROM": "current_period",
}


def find(low: str) -> Iterator[tuple[int, int, datetime.date]]:
    """The place and the date of each such expression."""
    for match in _FORMS.finditer(low):
        found = _read(match.group())
        if found is not None:
            yield match.start(), match.end(), found


@lru_cache(maxsize=1024)
def _read(text: str) -> datetime.date | None:
    """The date, checked against the text's own figures. They are all there, so the base date
    that ``dateparser`` wants fills nothing; a fixed one keeps the wall clock out."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser

        order = "YMD" if text[:4].isdigit() else "DMY"
        base = datetime.datetime(2000, 1, 1)
        settings = {**_SETTINGS, "RELATIVE_BASE": base, "DATE_ORDER": order}
        read = dateparser.parse(text, languages=["vi"], settings=settings)
    if read is None:
        return None
    figures = sorted(int(figure) for figure in regex.findall("[0-9]+", text))
    year = read.year if read.year in figures else read.year % 100
    return read.date() if sorted((read.day, read.month, year)) == figures else None
