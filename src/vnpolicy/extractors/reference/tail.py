"""What follows a number or a name and belongs to the citation: date, issuer, descriptive title.

"Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị về đột phá ...": the date and
the issuer are in the citation's span, in either order; the title ("về ...", "quy định ...",
"phê duyệt ...") stands outside it, up to the end of the clause. A date that is no day of the
calendar is not read. An issuer is an agency of the register or a local body with its place;
"của tỉnh", "của các bộ" are none.

>>> text = "ngày 24/6/2022 của Chính phủ quy định chi tiết"
>>> tail = after(text, text.lower(), 0)
>>> tail.issued_on, tail.issuer, tail.end
(datetime.date(2022, 6, 24), 'chinh-phu', 28)
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from functools import cache

import regex

from vnpolicy.lexicon.citation import citation_word
from vnpolicy.lexicon.issuer import HEADS, issuer_names, issuer_of_name
from vnpolicy.lexicon.province import province_names
from vnpolicy.match import alternation

_DATE = regex.compile(
    r"(?:,? ?(?:năm (?P<before>[12][0-9]{3}),? )?(?:ban hành |ký )?\(?ngày ?"
    r"(?P<day>[0-9]{1,2}) ?(?:tháng |[/.-]|- | -)(?P<month>[0-9]{1,2}) ?(?:năm |[/.-]|tháng |, )?"
    r"(?P<year>[12][0-9]{3})(?![0-9])\)?)"
    r"|(?:,? \(?năm (?P<only>(?:19|20)[0-9]{2})(?![0-9]|[/.-][0-9])\)?)"
)
_PARTIAL = regex.compile(r",? ?ngày ?[0-9]{1,2}(?:/| tháng )[0-9]{1,2}(?![0-9]|[/.-][0-9])(?! năm)")
_OPENS_ISSUER = regex.compile(r",? của ")
_PLACE_UNITS = "tỉnh|thành phố|tp\\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_PROPER = regex.compile(r" \p{Lu}\p{L}*(?:(?: - | )\p{Lu}\p{L}*){0,4}")
_TERM = regex.compile(r" khóa [ivxl]+")
_HARD = regex.compile(r"[;:\n|\[\]]|\.(?=[\s\[(]|$)")
_TURN = regex.compile(
    r"(?P<comma>, )|(?P<word> (?:giao|yêu cầu|đề nghị|để|đã|được|có hiệu lực) )"
    r"| (?:do|kèm theo|ban hành kèm theo|như sau) "
    r"| và (?=(?:Nghị|Quyết|Chỉ|Thông|Kết|Công|Kế|Luật|Bộ|các|những|Đề|Chương|Chiến)\b)"
)
_SECOND = regex.compile(r", | và ")
_TITLE_LIMIT = 400


@dataclass(slots=True)
class Tail:
    """The end of the citation and what its last part says."""

    end: int
    issued_on: datetime.date | None = None
    year: int | None = None
    issuer: str | None = None
    issuer_said: bool = False


def after(flat: str, low: str, place: int) -> Tail:
    """The date and the issuer that follow directly at ``place``, in either order, once each."""
    tail = Tail(place)
    for _ in range(3):
        if tail.year is None and _date(low, tail):
            continue
        if not tail.issuer_said and _issuer(flat, low, tail):
            continue
        break
    return tail


def _date(low: str, tail: Tail) -> bool:
    start = low[tail.end : tail.end + 8].lstrip(" ,(")[:1]
    if start not in ("n", "b", "k"):
        return False
    if (match := _DATE.match(low, tail.end)) is None:
        if partial := _PARTIAL.match(low, tail.end):
            tail.end = partial.end()
        return False
    if match["only"]:
        tail.year, tail.end = int(match["only"]), _without_bracket(match)
        return True
    try:
        tail.issued_on = datetime.date(int(match["year"]), int(match["month"]), int(match["day"]))
    except ValueError:
        return False
    tail.year, tail.end = tail.issued_on.year, _without_bracket(match)
    return True


def _without_bracket(match: regex.Match[str]) -> int:
    """The match's end; without a bracket that was not opened inside."""
    text = match.group()
    return int(match.end()) - (text.endswith(")") and "(" not in text)


def _issuer(flat: str, low: str, tail: Tail) -> bool:
    opens = _OPENS_ISSUER.match(low, tail.end)
    if opens is None:
        return False
    end = issuer_end(flat, low, opens.end())
    if end is None:
        return False
    tail.issuer = issuer_of_name(low[opens.end() : end])
    tail.issuer_said = True
    tail.end = end
    return True


@cache
def _issuer_pattern() -> regex.Pattern[str]:
    fields = sorted({name[3:] for name in issuer_names() if name.startswith("bộ ")})
    central = alternation(issuer_names())
    head = alternation(HEADS)
    return regex.compile(
        rf"(?:{head} )?(?:(?P<central>{central})"
        rf"|(?P<local>ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|tỉnh ủy|thành ủy|đảng ủy|đảng bộ"
        rf"|sở (?:{alternation(fields)}|du lịch|ngoại vụ|quy hoạch - kiến trúc|an toàn thực phẩm)"
        rf"|công an|thanh tra|ban [^\n,.;]{{3,24}} (?:tỉnh|thành) ủy)(?: (?:{_PLACE_UNITS}))?"
        rf"|(?P<board>ủy ban quốc gia|ủy ban|hội đồng|tổ công tác"
        rf"|ban chỉ đạo(?: trung ương| quốc gia| nhà nước| tỉnh| thành phố)?))"
        rf"(?![\p{{L}}\p{{N}}])"
    )


def issuer_end(flat: str, low: str, place: int) -> int | None:
    """Where the issuing body named at ``place`` ends, or None where none is named there."""
    match = _issuer_pattern().match(low, place)
    if match is None:
        return None
    end: int = match.end()
    if match["board"]:
        return _board_end(flat, end) if flat[match.start("board")].isupper() else None
    if match["local"] is None:
        term = _TERM.match(low, end)
        return int(term.end()) if term else _with_second(low, end)
    if province := _province().match(low, end):
        return int(province.end())
    proper = _PROPER.match(flat, end)
    if proper and not citation_word("title").match(low, end + 1):
        return end if proper.group().isupper() else proper.end()
    return end


def _board_end(flat: str, end: int) -> int:
    """A board that the register does not know, with the capitals that follow its kind."""
    proper = _PROPER.match(flat, end)
    return proper.end() if proper and not proper.group().isupper() else end


@cache
def _province() -> regex.Pattern[str]:
    return regex.compile(rf" {alternation(province_names())}(?![\p{{L}}\p{{N}}])")


def _with_second(low: str, end: int) -> int:
    """Over a second central body that shares the citation ("Bộ Chính trị, Ban Bí thư")."""
    joint = _SECOND.match(low, end)
    if joint and low.startswith(("ban bí thư", "bộ chính trị"), joint.end()):
        second = _issuer_pattern().match(low, joint.end())
        return int(second.end()) if second else end
    return end


def title_after(flat: str, low: str, place: int) -> tuple[int, int] | None:
    """The span of the descriptive title that opens at ``place``, or None.

    It ends with its clause: at a full stop, a semicolon, a bracket that closes what was not
    opened, or a comma or "và" after which something else goes on.
    """
    start = place + 1 if low.startswith(" ", place) else place
    opener = citation_word("title").match(low, start)
    if opener is None:
        return None
    limit = min(len(low), start + _TITLE_LIMIT)
    hard = _HARD.search(low, opener.end(), limit)
    end = hard.start() if hard else limit
    end = _before_turn(flat, low, opener.end(), end)
    end = _before_bracket(low, start, end)
    if end == limit and limit < len(low):
        return None
    while end > start and low[end - 1] in " .,-":
        end -= 1
    return (start, end) if end > opener.end() + 1 else None


def _before_turn(flat: str, low: str, start: int, end: int) -> int:
    for turn in _TURN.finditer(flat, start, end):
        if turn["comma"] is None:
            return int(turn.start())
        after_comma = turn.end()
        if flat[after_comma].isupper() or citation_word("title-end").match(low, after_comma):
            return int(turn.start())
    return end


def _before_bracket(low: str, start: int, end: int) -> int:
    depth = 0
    for i in range(start, end):
        if low[i] in "(“":
            depth += 1
        elif low[i] in ")”":
            depth -= 1
            if depth < 0:
                return i
    opened = low.rfind("(", start, end)
    if depth > 0 and opened > start:
        end = opened
    return len(low[:end].rstrip()) if low[end - 1 : end] == " " else end
