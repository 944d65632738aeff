"""Time units that begin with their own word: ngày, tháng, quý, năm, nửa, giai đoạn.

Written forms (observed, misprints included): ``ngày 25 tháng 11 năm 2025``, ``ngày 15/9/2025``,
``ngày 20-9``, ``ngày 29tháng 01``, ``từ ngày 16-22/11/2025``, ``ngày 20 tháng sau``; ``tháng
5/2024``, ``tháng5 nám 2024``, ``tháng 11 - 12/2025``; ``quý IV/2025``, ``quí
1-2018``, ``quý I và II năm 2026``; ``năm 2026 - 2027``, ``năm nay``; ``nửa đầu năm 2024``;
``giai đoạn 2026 - 2030``. Patterns run over the
folded text.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

import regex

from vnpolicy.dates.mention import Piece
from vnpolicy.dates.period import last_day
from vnpolicy.lexicon.time_word import shift_words, word_value, words_of
from vnpolicy.match import compile_pattern

DAY = r"(?:3[01]|[12][0-9]|0?[1-9])(?![0-9])"
MONTH = r"(?:1[0-2]|0?[1-9])(?![0-9])"
YEAR = r"(?:1[0-9]{3}|2[01][0-9]{2})(?![0-9])"
OF_YEAR = (
    r"(?:,? ?(?:của )?n[ăá]m |(?<=[0-9]) ?n[ăá]m ?|, (?=(?:19|20)[0-9]{2}(?:[|.,;)\n]| ?-| \||$)))"
)
NO_MORE = r"(?![0-9]|/[0-9]|-[0-9]{3})"
WORD_END = r"(?![\p{L}\p{N}])"

Reader = Callable[["regex.Match[str]", str], "Piece | None"]


def date_pattern(text: str, **more: str) -> regex.Pattern[str]:
    """A pattern in which days, months, years and what parts them stand as ``{{D}}``, ``{{M}}``,
    ``{{Y}}``, ``{{OY}}``, ``{{NO}}``, ``{{E}}``, ``{{MW}}``, ``{{SHIFT}}``, and ``more``."""
    return compile_pattern(
        text,
        D=DAY,
        M=MONTH,
        Y=YEAR,
        OY=OF_YEAR,
        NO=NO_MORE,
        E=WORD_END,
        MW=words_of("month"),
        SHIFT=shift_words(),
        **more,
    )


@cache
def _rules() -> tuple[tuple[regex.Pattern[str], Reader], ...]:
    pattern = partial(date_pattern, QW=words_of("quarter"))

    return (
        (pattern(_DAY), _read_day),
        (pattern(_MONTH), _read_month),
        (pattern(_QUARTER), _read_quarter),
        (pattern(r"năm ?" + _YEAR), _read_year),
        (pattern(r"nám ?" + _YEAR), _read_year),  # so an OCR reads "năm"
        (pattern(r"năm (?P<turn>{{SHIFT}}){{E}}"), _read_turn),
        (pattern(_HALF), _read_half),
        *((pattern(word + _PLAN), _read_plan) for word in _PLANS),
    )


def find(
    low: str, flat: str, start: int, end: int, ends: set[int] | None = None
) -> Iterator[Piece]:
    """The pieces of these kinds in the window, rule by rule, days first.

    ``ends`` collects where the days end: the "tháng 11 năm 2025" and the "năm 2025" of a day end
    with it and are not given again.
    """
    known = set() if ends is None else ends
    for pattern, read in _rules():
        for match in pattern.finditer(low, start, end):
            at = match.start()
            if match.end() in known or (at and low[at - 1].isalnum()):
                continue
            if read is _read_year and match["y2"] and match.end("y") in known:
                again = pattern.search(low, match.end("y"), end)
                if again is None:
                    continue
                match = again  # "ngày 8 tháng 11 năm 1278 và năm 1789"
            piece = read(match, flat)
            if read is _read_day:
                known.add(match.end())  # also of a day that is none: 30/02/2024
            if piece is not None:
                yield piece


_DAY = (
    r"ngày ?(?P<d>{{D}})"
    r"(?:(?P<more>(?:(?:, ?| và )(?:ngày )?{{D}}){2,9})(?= (?:h[ằà]ng|mỗi) tháng)"
    r"| ?(?:[-–]|đến(?: hết)?(?: ngày)?|tới(?: ngày)?|,|và(?: ngày)?) ?(?P<d2>{{D}})"
    r"(?= ?tháng ?[0-9]| ?[/.] ?[0-9]| (?:h[ằà]ng|mỗi) tháng))?"
    r"(?:(?: của)?(?: các)? tháng (?P<list>{{M}}(?:(?:, ?| và )(?:tháng )?{{M}}){1,11})"
    r" (?:h[ằà]ng|mỗi) năm{{E}}"
    r"| ?tháng ?(?P<m>{{M}})(?:{{OY}}(?P<y>{{Y}})| ?[/.-] ?(?P<y>{{Y}})"
    r"| (?P<y>(?:19|20)[0-9]{2})(?![0-9/.%]| \p{L}))?{{NO}}"
    r"| ?tháng (?P<mw>{{MW}}){{E}}(?:{{OY}}(?P<y>{{Y}}))?"
    r"| ?(?P<sep>[/.-]) ?(?P<m>{{M}})(?: ?[/.-] ?(?P<y>{{Y}})|{{OY}}(?P<y>{{Y}})"
    r"|(?P=sep)(?P<yy>[0-9]{2})(?![0-9/]))?{{NO}}"
    r"| (?:của tháng (?:sau|tới|này)|(?:của )?tháng (?:báo cáo|(?:sau )?liền kề|kế tiếp|liền sau"
    r"|tiếp theo|tiếp sau))(?P<monthly>){{E}}"
    r"| tháng (?P<shift>{{SHIFT}}){{E}}"
    r"| (?:của )?(?:các )?tháng (?P<which>đầu|cuối)(?: của)?(?: mỗi| từng| h[ằà]ng)? "
    r"(?P<of>quý|quí|kỳ|năm)(?: sau| tiếp theo| liền kề)?"
    r")?(?![0-9]|/[0-9]|[.][0-9]|-[0-9])"
)


def _read_day(match: regex.Match[str], flat: str) -> Piece | None:
    day, rule = int(match["d"]), "day"
    year = int(match["y"]) if match["y"] else None
    if match["yy"]:
        year = 2000 + int(match["yy"])
    month = int(match["m"]) if match["m"] else None
    if match["mw"]:
        month = word_value("month", match["mw"])
    made = make_day(match.start(), match.end(), day, month, year, rule)
    if made is None:
        return None
    if match["shift"]:
        made.shift = word_value("shift", match["shift"])
    elif match["monthly"] is not None:
        made.letter = "M"
    elif match["which"]:
        made.months = _edge_months(match["which"], match["of"])
    elif match["list"]:
        made.months = tuple(sorted(set(_figures(match["list"]))))
    if match["more"]:
        made.days = (day, *_figures(match["more"]))  # "các ngày 10, 20, 30 hằng tháng"
    elif match["d2"] and month is None:
        made.days = (day, int(match["d2"]))  # "ngày 15 và 30 hằng tháng"
    elif match["d2"]:
        last = make_day(match.start("d2"), match.end(), int(match["d2"]), month, year, rule)
        if last is None or last.day is None or last.day < day:
            return None
        made.upto = last
    if made.days and match.string.endswith(" các ", 0, match.start()):
        made.start -= len("các ")  # "trước các ngày 10, 20 hằng tháng"
    return made


def _figures(text: str) -> Iterator[int]:
    return map(int, regex.findall("[0-9]+", text))


def _edge_months(which: str, of: str) -> tuple[int, ...]:
    """The months of "tháng đầu quý", "tháng cuối quý", "tháng đầu năm", "tháng cuối năm"."""
    if of == "năm":
        return (1,) if which == "đầu" else (12,)
    return (1, 4, 7, 10) if which == "đầu" else (3, 6, 9, 12)


def make_day(
    start: int, end: int, day: int, month: int | None, year: int | None, rule: str
) -> Piece | None:
    """A day, or a day of some month; None for one that no calendar has (31/02)."""
    if month is None:
        return Piece(start, end, "dom", rule, day=day)
    if day > last_day(2024 if year is None else year, month):
        return None
    return Piece(start, end, "day", rule, year=year, month=month, day=day)


_MONTH = (
    r"tháng ?(?P<m>{{M}})"
    r"(?:(?:, ?{{M}}){0,6}? ?(?:[-–,]|và|đến|tới)(?: tháng)? ?(?P<m2>{{M}})"
    r"(?= ?[/.-] ?{{Y}}|{{OY}}{{Y}}|{{E}}(?<=-.{0,3})))?"
    r"(?: ?[/.-] ?(?P<y>{{Y}})|{{OY}}(?P<y>{{Y}})"
    r"|(?:,? của)? năm (?P<shift>{{SHIFT}}){{E}})?"
    r"(?![0-9]|/[0-9]|[.,][0-9]|-[0-9]{2})"
    r"|tháng (?P<turn>{{SHIFT}}){{E}}"
)


def _read_month(match: regex.Match[str], flat: str) -> Piece | None:
    if match["turn"]:
        shift = word_value("shift", match["turn"])
        return Piece(match.start(), match.end(), "month", "month-shift", shift=shift)
    year = int(match["y"]) if match["y"] else None
    piece = Piece(match.start(), match.end(), "month", "month", year=year, month=int(match["m"]))
    if match["shift"]:
        piece.year_shift = word_value("shift", match["shift"])
    if match["m2"]:
        month = int(match["m2"])
        piece.upto = Piece(match.start("m2"), match.end(), "month", "month", year=year, month=month)
        if year is not None and month < int(match["m"]):
            piece.year = year - 1
    return piece


_QUARTER = (
    r"qu[ýí] ?(?P<q>{{QW}}){{E}}"
    r"(?:(?: ?[-–,+] ?| và | đến | tới )(?:qu[ýí] )?(?P<q2>{{QW}}){{E}}"
    r"(?= ?[/-] ?{{Y}}|{{OY}}{{Y}}|(?<=-.{0,3})(?!-)))?"
    r"(?: ?[/.-] ?(?P<y>{{Y}})|{{OY}}(?P<y>{{Y}})| (?P<y>{{Y}})"
    r"|(?:,? của)? năm (?P<shift>{{SHIFT}}){{E}})?"
    r"|qu[ýí] (?P<turn>{{SHIFT}}){{E}}|qu[ýí] (?P<edge>đầu|cuối)(?: của)? năm(?: (?P<y>{{Y}}))?"
)


def _read_quarter(match: regex.Match[str], flat: str) -> Piece | None:
    year = int(match["y"]) if match["y"] else None
    piece = Piece(match.start(), match.end(), "quarter", "quarter", year=year)
    if match["turn"]:
        piece.shift = word_value("shift", match["turn"])
        return piece
    if match["edge"]:
        piece.number = 1 if match["edge"] == "đầu" else 4
        return piece
    piece.number = word_value("quarter", match["q"])
    if match["shift"]:
        piece.year_shift = word_value("shift", match["shift"])
    if match["q2"]:
        number = word_value("quarter", match["q2"])
        if number <= piece.number:
            return None
        piece.upto = Piece(
            match.start("q2"), match.end(), "quarter", "quarter", year=year, number=number
        )
    return piece


_YEAR = (
    r"(?P<y>{{Y}})(?!/[0-9]|[.,][0-9])"
    r"(?:(?: ?[-–] ?|,? và |, | hoặc )(?:năm )?(?P<y2>{{Y}})(?![/.,][0-9]|-| ?[%\p{L}](?<! )))?"
)


def _read_year(match: regex.Match[str], flat: str) -> Piece | None:
    year = int(match["y"])
    piece = Piece(match.start(), match.end(), "year", "year", year=year)
    if match["y2"]:
        last = int(match["y2"])
        if last <= year:
            return None
        piece.upto = Piece(match.start("y2"), match.end(), "year", "year", year=last)
    elif year % 10 == 0 and flat[max(0, match.start() - 5) : match.start()] == "hững ":
        return None  # "những năm 1980": a decade
    return piece


def _read_turn(match: regex.Match[str], flat: str) -> Piece | None:
    shift = word_value("shift", match["turn"])
    return Piece(match.start(), match.end(), "year", "year-shift", shift=shift)


_HALF = (
    r"nửa (?P<half>đầu|cuối|sau)(?: của)? (?P<of>năm|tháng)"
    r"(?: ?(?P<y>{{Y}})| (?P<m>{{M}})(?: ?[/.-] ?(?P<y>{{Y}})|{{OY}}(?P<y>{{Y}}))?"
    r"| (?P<shift>{{SHIFT}}){{E}})?{{NO}}"
)


def _read_half(match: regex.Match[str], flat: str) -> Piece | None:
    second = match["half"] != "đầu"
    year = int(match["y"]) if match["y"] else None
    shift = word_value("shift", match["shift"]) if match["shift"] else None
    if match["of"] == "năm":
        if match["m"]:
            return None
        return Piece(
            match.start(),
            match.end(),
            "half",
            "half",
            year=year,
            number=1 + second,
            year_shift=shift,
        )
    month = int(match["m"]) if match["m"] else None
    if month is None and (shift is None or year is not None):
        return None
    piece = Piece(
        match.start(), match.end(), "month", "half-month", year=year, month=month, shift=shift
    )
    piece.part = "second-half" if second else "first-half"
    return piece


_PLANS = ("giai đoạn", "thời kỳ", "nhiệm kỳ", "thời gian")
_PLAN = (
    r"(?: (?:[0-9]{1,2}|[ivx]{1,4})(?= ?\())? ?\(?(?:từ )?(?:năm )?(?P<y>{{Y}})"
    r"(?: ?[-–] ?| đến | tới )(?:năm )?(?P<y2>{{Y}})(?!/[0-9])\)?"
)


def _read_plan(match: regex.Match[str], flat: str) -> Piece | None:
    if int(match["y2"]) <= int(match["y"]):
        return None
    piece = Piece(match.start(), match.end(), "year", "plan-period", year=int(match["y"]))
    if not flat[match.start() : match.end()].count("("):
        piece.end = match.end("y2")
    piece.upto = Piece(match.start("y2"), match.end("y2"), "year", "year", year=int(match["y2"]))
    return piece
