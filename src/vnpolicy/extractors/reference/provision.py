"""The provision that leads into a citation: "điểm a khoản 2 Điều 5 Nghị định ...".

Units from the smallest up: tiết, điểm, khoản, điều, tiểu mục, mục, chương, phần, phụ lục, mẫu.
A unit may have several labels ("các điểm c, d khoản 2", "khoản 2 và khoản 3 Điều 86"), and
several provisions may share one instrument ("Điều 5 và khoản 1 Điều 9 Luật ..."); they are given
in the order of the text. The last of them may be parted from the instrument by a dash ("Khoản 3
- Điều 61 Luật ..."); where "của" parts them ("khoản 7 Điều 8 của Luật ..."), the provision is
read and stays outside the span. Decoys: "điểm cầu", "khoản vay", "điều hành", "mục tiêu" have no
label.

>>> low = "theo điểm a, b khoản 2 điều 5 nghị định"
>>> before(low, low.index("nghị định"))
(5, (('diem', 'a'), ('diem', 'b'), ('khoan', '2'), ('dieu', '5')))
"""

from __future__ import annotations

import regex

_UNITS = {
    "tiết": "tiet", "điểm": "diem", "khoản": "khoan", "điều": "dieu", "tiểu mục": "tieu-muc",
    "mục": "muc", "chương": "chuong", "phần": "phan", "phụ lục": "phu-luc", "mẫu số": "mau",
    "mẫu": "mau", "biểu số": "bieu", "biểu mẫu": "bieu",
}  # fmt: skip
_LABEL = (
    r"(?:[0-9]{1,3}(?:\.[0-9]{1,2})*[a-zđ]?|[ivxl]{1,6}(?:\.[0-9]{1,2})?|[a-zđ](?:\.?[0-9])?"
    r"|thứ (?:nhất|hai|ba|tư|năm)|[0-9]{2}[a-z]?(?:[/-][a-zđ]{2,4})?)"
)
_LIST = rf"{_LABEL}(?:(?:, | và |; | hoặc ){_LABEL}(?![\p{{L}}\p{{N}}]))*+"
_UNIT = regex.compile(
    rf"(?:các )?(?P<unit>tiết|điểm|khoản|điều|tiểu mục|mục|chương|phần|phụ lục|mẫu số|mẫu"
    rf"|biểu số|biểu mẫu) (?P<labels>{_LIST})(?![\p{{L}}\p{{N}}])"
)
_CHAIN = regex.compile(
    rf"(?:{_UNIT.pattern.replace('?P<unit>', '').replace('?P<labels>', '')}"
    rf"(?: của | - |, | và |; | )?)++\Z"
)
_SIZES = ("tiet", "diem", "khoan", "dieu", "tieu-muc", "muc", "chuong", "phan", "mau", "bieu",
          "phu-luc")  # fmt: skip
_BETWEEN = regex.compile(r", | và |; | hoặc ")
_ROMAN = regex.compile(r"[ivxl]+(?=\.|$)")
_ANY = ("điều ", "khoản ", "mục ", "điểm ", "phần ", "chương ", "phụ lục ", "mẫu ", "tiết ")
_REACH = 240


def before(low: str, place: int) -> tuple[int, tuple[tuple[str, str], ...]]:
    """Where the provision that ends at ``place`` begins, with its steps; or ``place``, nothing.

    Where "của" stands between, the place itself is given back with the steps.
    """
    near = low[max(0, place - 32) : place]
    if near[-1:] != " " or not any(word in near for word in _ANY):
        return place, ()
    line = low.rfind("\n", max(0, place - _REACH), place) + 1
    first = max(line, place - _REACH)
    while (start := _next_unit(low, first, place)) is not None:
        chain = _CHAIN.match(low, start, place)
        if chain is not None and not low.endswith((" và ", "; "), start, place):
            return _read(low, start, place)
        first = start + 1
    return place, ()


def _next_unit(low: str, first: int, place: int) -> int | None:
    match = _UNIT.search(low, first, place)
    while match is not None and match.start() and low[match.start() - 1].isalnum():
        match = _UNIT.search(low, match.start() + 1, place)
    return match.start() if match else None


def _label(unit: str, label: str) -> str:
    """A Roman label in capitals, as it is printed; a point's letter stays small."""
    return label if unit in ("điểm", "tiết") else _ROMAN.sub(lambda m: m[0].upper(), label)


def _read(low: str, start: int, place: int) -> tuple[int, tuple[tuple[str, str], ...]]:
    steps = []
    after_semicolon = start
    for unit in _UNIT.finditer(low, start, place):
        if low[: unit.start()].endswith("; ", after_semicolon):
            after_semicolon = unit.start()
        steps += [
            (_UNITS[unit["unit"]], _label(unit["unit"], label))
            for label in _BETWEEN.split(unit["labels"])
        ]
    sizes = [_SIZES.index(unit) for unit, _ in steps]
    if len(set(sizes)) == len(sizes) and sizes == sorted(sizes, reverse=True):
        steps.reverse()  # "Chương III, Mục 2": the largest was said first
    parted = low.startswith(" của ", place - 5)
    return (place if parted else after_semicolon), tuple(steps)
