"""Time units told from the day of speaking, from the week, or by a name; and repeats.

``hôm nay``, ``ngày mai``, ``sáng mai``, ``đêm qua``; ``thứ Sáu``, ``thứ 2 tuần sau``, ``tuần
tới``; ``cuối năm``, ``đầu quý`` without a number; ``hằng tháng``, ``hàng quý``, ``mỗi tuần``,
``định kỳ 6 tháng``; ``hai tuần nữa`` in words; ``Tết Nguyên đán``, ``Quốc khánh``.

A weekday in words needs a capital ("thứ Hai"), the word "ngày" before it or a week after it:
"thứ hai" is mostly the ordinal. "hàng" is no repeat after a word that it belongs to ("ngân hàng
năm 2025"). "năm" is a year only with a figure or a pointing word, never the number five.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial

import regex

from vnpolicy.dates.calendar_form import date_pattern
from vnpolicy.dates.mention import Piece, Unit
from vnpolicy.dates.number_form import make_run
from vnpolicy.lexicon.holiday import holiday_words, year_name_words
from vnpolicy.lexicon.time_word import word_name, word_value, words_of

Reader = Callable[["regex.Match[str]", str], "Piece | None"]
_UNITS: dict[str, Unit] = {"W": "week", "M": "month", "Q": "quarter", "Y": "year"}


@cache
def _rules() -> tuple[tuple[regex.Pattern[str], Reader], ...]:
    pattern = partial(
        date_pattern,
        WD=words_of("weekday"),
        UNIT=words_of("unit"),
        NUM=words_of("number"),
        DT=words_of("daytime"),
        NAMED=year_name_words(),
    )

    return (
        (pattern(_WEEKDAY), _read_weekday),
        (pattern(r"chủ nhật(?: (?:tuần )?(?P<turn>{{SHIFT}}){{E}})?"), _read_sunday),
        *((pattern(word + _EDGE), _read_edge) for word in ("đầu", "giữa", "cuối", "trong")),
        *((pattern(word + _EVERY), _read_every) for word in ("hằng ", "hàng ", "mỗi ")),
        (pattern(_ROUND), _read_round),
        *(
            (pattern(lead + _REST), _read_rest)
            for lead in ("các tháng", "những tháng", "thời gian")
        ),
        (pattern(_WEEK), _read_week),
        (pattern("hôm (?:nay|qua|kia){{E}}"), _read_day),
        (pattern("ngày (?:mai|kia|mốt){{E}}"), _read_day),
        *((pattern(f"(?r){{{{DT}}}} {turn}{{{{E}}}}"), _read_daytime) for turn in _TURNS),
        (pattern(_RUN), _read_run),
        *((pattern(lead + _COUNT), _read_count) for lead in _COUNT_LEADS),
        *((pattern("(?r)" + _COUNT_BACK + tail + "{{E}}"), _read_count) for tail in _COUNT_TAILS),
        (pattern("(?r)" + _COUNT_BACK + r" một lần{{E}}"), _read_round),
        *((pattern(lead), _read_holiday) for lead in _holiday_patterns()),
    )


_TURNS = {"nay": 0, "mai": 1, "qua": -1}


def find(low: str, flat: str, start: int, end: int) -> Iterator[Piece]:
    """The pieces of these kinds in the window, rule by rule."""
    for pattern, read in _rules():
        for match in pattern.finditer(low, start, end):
            at = match.start()
            if at and low[at - 1].isalnum():
                continue
            piece = read(match, flat)
            if piece is not None:
                yield piece


_WEEKDAY = r"thứ (?P<wd>{{WD}}){{E}}(?: (?:tuần )?(?P<turn>{{SHIFT}}){{E}})?"


def _read_weekday(match: regex.Match[str], flat: str) -> Piece | None:
    before = flat[max(0, match.start() - 5) : match.start()].lower()
    named = before.endswith("ngày ")
    word = flat[match.start("wd") : match.end("wd")]
    after = flat[match.end("wd") : match.end("wd") + 12].lower()
    weekly = after.startswith((" hằng tuần", " hàng tuần", " tuần", ", ngày", " ngày", " (ngày"))
    if not (named or weekly or (word[0].isupper() and flat[match.start()] in "tT")):
        return None
    if word.isdigit() and not (named or weekly or match["turn"]):
        return None
    if flat[match.start()] == "T" and not word[0].isupper() and not word.isdigit() and not weekly:
        return None
    start = match.start() - 5 if named else match.start()
    piece = Piece(start, match.end(), "weekday", "weekday")
    piece.number = word_value("weekday", match["wd"])
    if match["turn"]:
        piece.shift = word_value("shift", match["turn"])
    return piece


def _read_sunday(match: regex.Match[str], flat: str) -> Piece | None:
    piece = Piece(match.start(), match.end(), "weekday", "weekday", number=7)
    if match["turn"]:
        piece.shift = word_value("shift", match["turn"])
    return piece


# cuối năm, đầu quý: this year's, this quarter's. "trong tháng này" is read with its month.
_EDGE = (
    r" (?:(?:những|các) tháng (?P<edge>đầu|cuối) )?(?P<u>năm|tháng|quý|quí|tuần)"
    r"(?![\p{L}\p{N}]| ?[0-9]| học| (?:{{SHIFT}}){{E}}| [ivl]+{{E}})"
)


def _read_edge(match: regex.Match[str], flat: str) -> Piece | None:
    letter = word_name("unit", match["u"])
    word = match.group().partition(" ")[0]
    piece = Piece(match.start(), match.end(), _UNITS[letter], "edge", shift=0)
    if word == "trong":
        if match["edge"]:
            piece.part = word_name("part", match["edge"])
        else:
            piece.start += len("trong ")
            piece.rule, piece.weak = "inside", True
        return piece
    if match["edge"]:
        return None
    piece.part = word_name("part", word)
    return piece


# các tháng còn lại của năm 2025, những tháng cuối năm, thời gian còn lại của năm
_REST = r" (?:còn lại|cuối)(?: của)? năm(?: (?P<y>{{Y}})| (?P<turn>nay){{E}}|(?! [0-9]))"


def _read_rest(match: regex.Match[str], flat: str) -> Piece | None:
    piece = Piece(match.start(), match.end(), "year", "rest-of-year", part="end")
    piece.year = int(match["y"]) if match["y"] else None
    piece.shift = None if match["y"] else 0
    return piece


_EVERY = (
    r"(?P<u>năm|tháng|quý|quí|tuần|ngày){{E}}(?! (?:[0-9]{4}|hiếm|giá|báu|khách|vị))"
    r"(?: (?:một|0?1) lần)?"
)
_NOT_REPEAT = (
    *("ngân ", "khách ", "mặt ", "đơn ", "cửa ", "nhà ", "bán ", "mua ", "giao ", "nhận "),
    *("kiện ", "lô ", "xếp ", "bạn ", "chở ", "xuất ", "loại ", "đặt "),
)


def _read_every(match: regex.Match[str], flat: str) -> Piece | None:
    if match.group().startswith("hàng") and (
        flat[max(0, match.start() - 6) : match.start()].lower().endswith(_NOT_REPEAT)
    ):
        return None
    letter = word_name("unit", match["u"])
    rule = "each" if match.group().startswith("mỗi") else "every"
    return Piece(match.start(), match.end(), "every", rule, number=1, letter=letter)


# định kỳ 6 tháng, định kỳ quý
_ROUND = (
    r"định kỳ(?: báo cáo)? (?:(?P<n>[0-9]{1,2}|{{NUM}}) )?"
    r"(?P<u>ngày|tuần|tháng|quý|quí|năm){{E}}(?! [0-9i])(?: ?/ ?lần| (?:một|0?1) lần)?"
)


def _read_round(match: regex.Match[str], flat: str) -> Piece | None:
    count = word_value("number", match["n"]) if match["n"] else 1
    letter = word_name("unit", match["u"])
    if not count or (letter == "D" and not match["n"]):
        return None
    return Piece(match.start(), match.end(), "every", "round", number=count, letter=letter)


def _read_day(match: regex.Match[str], flat: str) -> Piece | None:
    shift = word_value("day", match.group())
    return Piece(match.start(), match.end(), "now", "day-word", shift=shift)


def _read_daytime(match: regex.Match[str], flat: str) -> Piece | None:
    shift = _TURNS[match.group().rpartition(" ")[2]]
    return Piece(match.start(), match.end(), "now", "day-word", shift=shift)


# sáu tháng đầu năm, hai tháng cuối năm 2025
_RUN = (
    r"(?P<n>{{NUM}}) tháng (?P<edge>đầu|cuối|còn lại)(?: của)? năm"
    r"(?: ?(?P<y>{{Y}})| (?P<shift>{{SHIFT}}){{E}})?(?!/[0-9])"
)


def _read_run(match: regex.Match[str], flat: str) -> Piece | None:
    year = int(match["y"]) if match["y"] else None
    count = word_value("number", match["n"])
    return make_run(match.span(), count, match["edge"], year, match["shift"])


# ba ngày làm việc, mười (10) ngày, hai tuần nữa: behind a cue or before a direction only
_COUNT_LEADS = ("trong (?:vòng )?", "thời hạn ")
_COUNT_TAILS = (" làm việc", " nữa", " trước", " kể từ")
_COUNT = (
    r"(?P<n>{{NUM}})(?: ?\([0-9]{1,2}\))? (?P<u>giờ|ngày|tuần|tháng|năm){{E}}(?P<work> làm việc)?"
)
_COUNT_BACK = r"(?P<n>{{NUM}})(?: ?\([0-9]{1,2}\))? (?P<u>giờ|ngày|tuần|tháng|năm)"


def _read_count(match: regex.Match[str], flat: str) -> Piece | None:
    work = match.group().endswith(" làm việc")
    end = match.end() if work else match.end("u")
    piece = Piece(match.start("n"), end, "length", "length-word", working=work)
    piece.number = word_value("number", match["n"])
    piece.letter = word_name("unit", match["u"])
    return piece


# One pattern a first word: literals are what the engine finds fast.
_HOLIDAY = (
    r"{{E}}(?:,? ?\(?(?P<named>{{NAMED}}){{E}}\)?)?"
    r"(?:,? ?(?:năm )?(?P<y>{{Y}})| năm (?P<shift>{{SHIFT}}){{E}})?"
)
_YEAR_NAME = r"tết(?P<h>) (?P<named>{{NAMED}}){{E}}(?: ?(?:năm )?(?P<y>{{Y}}))?"


def _holiday_patterns() -> Iterator[str]:
    yield _YEAR_NAME
    for names in holiday_words():
        yield f"(?P<h>{names}){_HOLIDAY}"


def _read_holiday(match: regex.Match[str], flat: str) -> Piece | None:
    name = match["h"] or "tết nguyên đán"
    if not flat[match.start()].isupper() and not name.startswith("tết"):
        return None
    piece = Piece(match.start(), match.end(), "holiday", "holiday", name=name)
    if match["y"]:
        piece.year = int(match["y"])
    elif match["named"]:
        piece.letter = match["named"]
    elif shift := match.groupdict().get("shift"):
        piece.year_shift = word_value("shift", shift)
    return piece


_WEEK = (
    r"tuần (?:(?P<shift>{{SHIFT}}){{E}}|(?:lễ )?(?:thứ )?(?P<nth>nhất|hai|ba|tư|[1-4]|đầu|cuối)"
    r"(?: tiên| cùng)?(?: của)? tháng (?P<m>{{M}})"
    r"(?: ?[/.-] ?(?P<y>{{Y}})|{{OY}}(?P<y>{{Y}}))?{{NO}})"
)
_NTH = {"nhất": "1", "hai": "2", "ba": "3", "tư": "4", "đầu": "1", "cuối": "-1"}


def _read_week(match: regex.Match[str], flat: str) -> Piece | None:
    if match["shift"]:
        shift = word_value("shift", match["shift"])
        return Piece(match.start(), match.end(), "week", "week-shift", shift=shift)
    year = int(match["y"]) if match["y"] else None
    piece = Piece(
        match.start(), match.end(), "month", "week-of-month", year=year, month=int(match["m"])
    )
    piece.part = "week" + _NTH.get(match["nth"], match["nth"])
    return piece
