"""Time units that begin with figures, found in one pass and told apart by what follows.

``15/11/2025``, ``2025-11-15``, ``16-22/11/2025``, ``15 tháng 11 năm 2025``; ``6/2025``,
``30/5``, ``20-9`` (weak: a time only where a cue or its place says so); ``2025 - 2026`` (weak);
``6 tháng cuối năm``, ``9 tháng năm 2025``; ``15h00``, ``16 giờ 00 phút``, ``08:30``, ``7 giờ
tối``; lengths: ``05 ngày làm việc``, ``10 (mười) ngày``, ``2 tuần nữa``; repeats: ``6
tháng/lần``, ``01 lần/quý``.

Not read: fractions, scores, scales (``3/12 nền tảng``, ``24/7``, ``1/500``), parts of instruments'
numbers, addresses, decimals, telephone numbers: figures that touch a letter, a slash or a dot.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator
from functools import cache, partial

import regex

from vnpolicy.dates.calendar_form import (
    date_pattern,
    make_day,
)
from vnpolicy.dates.mention import Piece
from vnpolicy.lexicon.time_word import word_name, word_value, words_of
from vnpolicy.match import compile_pattern

_LEAD = r"(?<![0-9\p{L}/.,:_=\-])"
# What follows the first figures decides; each tail is tried at the place after them.
_TAIL = r"(?=[/.-][0-9]| ?[-–] ?[0-9]| ?(?:tháng|ngày|giờ|phút|tuần|năm|quý|lần|h|g|:[0-5])| ?\()"
_HEAD = r"[0-9]{1,4}(?![0-9])"

Reader = Callable[["regex.Match[str]", str], "Piece | None"]


@cache
def _head() -> regex.Pattern[str]:
    return compile_pattern(_LEAD + _HEAD + _TAIL)


@cache
def _forms() -> dict[str, tuple[tuple[regex.Pattern[str], Reader], ...]]:
    """The forms to try, by the character after the first figures."""

    pattern = partial(date_pattern, UNIT=words_of("unit"), DT=words_of("daytime"))

    full, worded = (pattern(_FULL), _read_full), (pattern(_WORDED), _read_worded)
    span, clock = (pattern(_RANGE), _read_range), (pattern(_CLOCK), _read_clock)
    short, years = (pattern(_SHORT), _read_short), (pattern(_YEARS), _read_years)
    run, times = (pattern(_RUN), _read_run), (pattern(_TIMES), _read_times)
    length, days = (pattern(_LENGTH), _read_length), (pattern(_DAYS_OF), _read_days_of)
    return {
        "/": (full, short),
        ".": (full,),
        "-": (full, worded, span, short, years),
        "–": (full, worded, span, years),
        " ": (full, worded, run, days, span, clock, times, length, short, years),
        "": (worded, clock, length),
    }


def find(low: str, flat: str, start: int, end: int, ends: Container[int] = ()) -> Iterator[Piece]:
    """The pieces that begin with figures in the window, each by the first form that fits.

    ``ends`` are where days end that are known already: the "15/11" of "ngày 15/11" is one of them.
    """
    forms = _forms()
    stop = start
    for head in _head().finditer(low, start, end):
        at = head.start()
        if at < stop:
            continue
        mark = low[head.end() : head.end() + 1]
        for pattern, read in forms.get(mark) or forms[""]:
            match = pattern.match(low, at, end)
            if match is None:
                continue
            if match.end() in ends:
                stop = match.end()
                break
            piece = read(match, flat)
            if piece is not None:
                stop = piece.end
                yield piece
                break


# A date in full; what follows may not go on as a number, a path or a word.
_FULL = (
    r"(?:(?P<d>{{D}})(?: ?[-–] ?(?P<d2>{{D}})(?=[/.]))?"
    r"(?P<s> ?[/.-] ?)(?P<m>{{M}})(?P=s)(?P<y>{{Y}})"
    r"|(?P<y>{{Y}})-(?P<m>1[0-2]|0[1-9])-(?P<d>3[01]|[12][0-9]|0[1-9]))(?![\p{L}0-9/]|-[\p{L}0-9])"
)


def _read_full(match: regex.Match[str], flat: str) -> Piece | None:
    month, year = int(match["m"]), int(match["y"])
    piece = make_day(match.start(), match.end(), int(match["d"]), month, year, "figures")
    if piece is not None and match["d2"]:
        last = make_day(match.start(), match.end(), int(match["d2"]), month, year, "figures")
        if last is None or int(match["d2"]) <= int(match["d"]):
            return None
        piece.upto = last
    return piece


_WORDED = (
    r"(?P<d>{{D}})(?: ?(?:[-–]|và|đến) ?(?P<d2>{{D}}))? ?tháng (?:(?P<m>{{M}})|(?P<mw>{{MW}}){{E}})"
    r"(?:{{OY}}(?P<y>{{Y}})| ?/ ?(?P<y>{{Y}})| (?P<y>{{Y}})(?<=\p{L} .{4}))?{{NO}}"
)


def _read_worded(match: regex.Match[str], flat: str) -> Piece | None:
    year = int(match["y"]) if match["y"] else None
    named = match["mw"] is None or flat[match.start("mw")].isupper()
    if not named and (year is None or match["mw"] == "năm"):
        return None  # "10 tháng năm 2025": no May
    month = int(match["m"]) if match["m"] else word_value("month", match["mw"])
    piece = make_day(match.start(), match.end(), int(match["d"]), month, year, "day-bare")
    if piece is not None and match["d2"]:
        last = make_day(match.start(), match.end(), int(match["d2"]), month, year, "day-bare")
        if last is None or int(match["d2"]) <= int(match["d"]):
            return None
        piece.upto = last
    return piece


# 6 tháng đầu năm, 02 tháng cuối năm 2025, 9 tháng năm 2025, 3 tháng đầu năm nay
_RUN = (
    r"(?P<n>1[0-2]|0?[1-9]) tháng (?:(?P<edge>đầu|cuối|còn lại)(?:(?: của)? năm"
    r"(?: ?(?P<y>{{Y}})| (?P<shift>{{SHIFT}}){{E}})?|{{OY}}(?P<y>{{Y}}))"
    r"|(?:của )?năm ?(?P<y>{{Y}}))(?!/[0-9])"
)


def _read_run(match: regex.Match[str], flat: str) -> Piece | None:
    count = int(match["n"])
    year = int(match["y"]) if match["y"] else None
    return make_run(match.span(), count, match["edge"], year, match["shift"])


def make_run(
    span: tuple[int, int], count: int, edge: str | None, year: int | None, shift: str | None
) -> Piece | None:
    """The first or the last ``count`` months of a year; six of them are a half."""
    if count > 12:
        return None
    tail = edge in ("cuối", "còn lại")
    rule = "months-of-year" if edge else "months-so-far"
    piece = Piece(*span, "months", rule, year=year, month=13 - count if tail else 1, number=count)
    if count == 6:
        piece.unit, piece.number = "half", 2 if tail else 1
    if shift:
        piece.year_shift = word_value("shift", shift)
    return piece


# 10 ngày đầu tháng 10, 15 ngày cuối tháng 9/2025
_DAYS_OF = (
    r"(?P<n>[12]?[0-9]) ngày (?P<edge>đầu|cuối)(?: của)? tháng (?P<m>{{M}})"
    r"(?:{{OY}}(?P<y>{{Y}})| ?[/.-] ?(?P<y>{{Y}}))?{{NO}}"
)


def _read_days_of(match: regex.Match[str], flat: str) -> Piece | None:
    piece = Piece(match.start(), match.end(), "month", "days-of-month", month=int(match["m"]))
    piece.year = int(match["y"]) if match["y"] else None
    piece.part = f"days{'' if match['edge'] == 'đầu' else '-'}{int(match['n'])}"
    return piece if int(match["n"]) else None


# 16-22/11/2025 is in _FULL; here the yearless range with its month: 16-22/11
_RANGE = r"(?P<d>{{D}}) ?[-–] ?(?P<d2>{{D}})/(?P<m>{{M}}){{NO}}(?![\p{L}]|-[\p{L}0-9]|[.,][0-9])"


def _read_range(match: regex.Match[str], flat: str) -> Piece | None:
    month, first, second = int(match["m"]), int(match["d"]), int(match["d2"])
    piece = make_day(match.start(), match.end(), first, month, None, "figures-range")
    last = make_day(match.start(), match.end(), second, month, None, "figures-range")
    if piece is None or last is None or second <= first:
        return None
    piece.upto, piece.weak = last, True
    return piece


_CLOCK = (
    r"(?P<h>2[0-4]|1[0-9]|0?[0-9])"
    r"(?: ?(?:h|g|giờ)(?: ?(?P<min>[0-5][0-9])(?![0-9]))?(?: ?(?:phút|p|')(?!\p{L}))?"
    r"|:(?P<min>[0-5][0-9])(?::[0-5][0-9])?)(?![\p{L}0-9])"
    r"(?: (?P<dt>{{DT}}){{E}}(?P<turn> (?:nay|mai|qua){{E}})?)?"
)


def _read_clock(match: regex.Match[str], flat: str) -> Piece | None:
    hour, minute = int(match["h"]), int(match["min"] or 0)
    if match["dt"] and hour < 12:
        hour += word_value("daytime", match["dt"])
        if match["dt"] == "trưa" and int(match["h"]) >= 10:
            hour = int(match["h"])
    if hour > 24 or (hour == 24 and minute):
        return None
    piece = Piece(match.start(), match.end(), "clock", "clock", clock=f"{hour:02}:{minute:02}")
    if match["turn"]:
        piece.end = match.start("dt") - 1  # "7 giờ tối mai": the day is "tối mai"
    piece.weak = not match["min"] and not match["dt"]
    piece.number, piece.letter = int(match["h"]), "TH"
    return piece


# 02 lần/năm, 01 lần mỗi quý; 6 tháng/lần, 6 tháng một lần
_TIMES = (
    r"(?P<n>[0-9]{1,2}) (?:lần ?(?:/|mỗi|một|trong một|trong mỗi)(?: 0?1)? ?(?P<u>{{UNIT}}){{E}}"
    r"|(?P<u2>ngày|tuần|tháng|quý|năm)(?: ?/ ?| )(?:(?:một|0?1) )?lần{{E}})"
)
_MONTHS = {"M": 1, "Q": 3, "Y": 12}


def _read_times(match: regex.Match[str], flat: str) -> Piece | None:
    count = int(match["n"])
    if not count:
        return None
    if match["u2"]:
        letter = word_name("unit", match["u2"])
        return _every(match, "each-length", count, letter)
    letter = word_name("unit", match["u"])
    if count == 1 and not letter.startswith("T"):
        return _every(match, "times-a-period", 1, letter)
    months = _MONTHS.get(letter, 0)
    if months % count or not months:
        return None  # twice a week falls on no known days
    return _every(match, "times-a-period", months // count, "M")


def _every(match: regex.Match[str], rule: str, number: int, letter: str) -> Piece:
    return Piece(match.start(), match.end(), "every", rule, number=number, letter=letter)


_LENGTH = (
    r"(?P<n>[0-9]{1,3})(?: ?\([\p{L} ]{2,24}+\))? ?(?P<u>giờ|phút|ngày|tuần|tháng|quý|năm){{E}}"
    r"(?! chạp| giêng)(?P<work> làm việc)?(?P<spare> \((?:giờ|ngày) làm việc\))?"
)


def _read_length(match: regex.Match[str], flat: str) -> Piece | None:
    letter = word_name("unit", match["u"])
    if not int(match["n"]):
        return None
    piece = Piece(
        match.start(), match.end(), "length", "length", number=int(match["n"]), letter=letter
    )
    piece.working = bool(match["work"])
    return piece


_SHORT = (
    r"(?:(?P<m>{{M}}) ?[/-] ?(?P<y>(?:19|20)[0-9]{2})|(?P<d>{{D}})(?P<sep>[/-])(?P<m>{{M}}))"
    r"(?!/|[0-9\p{L}%]|-[\p{L}0-9]|[.,][0-9])"
)


def _read_short(match: regex.Match[str], flat: str) -> Piece | None:
    if match["y"]:
        return Piece(
            match.start(),
            match.end(),
            "month",
            "month-figures",
            year=int(match["y"]),
            month=int(match["m"]),
            weak=True,
        )
    piece = make_day(
        match.start(), match.end(), int(match["d"]), int(match["m"]), None, "day-figures"
    )
    if piece is not None:
        piece.weak = True
        piece.name = match["sep"]
    return piece


_YEARS = r"(?P<y>(?:19|20)[0-9]{2}) ?[-–] ?(?P<y2>{{Y}})(?!/|[0-9\p{L}]|-[\p{L}0-9]|[.,][0-9])"


def _read_years(match: regex.Match[str], flat: str) -> Piece | None:
    first, last = int(match["y"]), int(match["y2"])
    if not first < last <= first + 30:
        return None
    piece = Piece(match.start(), match.end(), "year", "years-figures", year=first, weak=True)
    piece.upto = Piece(match.start("y2"), match.end("y2"), "year", "year", year=last)
    return piece
