"""Laws cited by name: "Luật Đất đai năm 2024", "Bộ luật Dân sự số 91/2015/QH13".

The name is one of the register's, longest first, so that commas and "và" inside it are kept
("Luật Cán bộ, công chức", "Luật Phí và lệ phí"); another one needs a capital after the type word
and ends before a verb, a preposition, punctuation or a figure. The year may follow with or
without "năm", the number with "số"; "(sửa đổi)" is in the span and not in the name. "Luật sửa
đổi, bổ sung một số điều của Luật ..." is a law of its own where a number, a date or a draft word
goes with it; the laws in its name are mentions too. In "các luật: Đất đai, Nhà ở" each member is
one. A title set in capitals gives the name as the text or the register writes it elsewhere.

Not read: "pháp luật", "kỷ luật", "luật sư", "Luật này", "các Luật về thuế", "Hiến pháp" without
a year.
"""

from __future__ import annotations

from functools import cache

import regex

from vnpolicy.extractors.reference.casing import plain_case
from vnpolicy.extractors.reference.law_draft import mark_drafts, plural
from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.numbered import lead_in, set_issuer
from vnpolicy.extractors.reference.page import Page, draft_before
from vnpolicy.extractors.reference.tail import after, title_after
from vnpolicy.lexicon.citation import citation_words
from vnpolicy.lexicon.instrument import law_names
from vnpolicy.match import alternation

_TYPE = regex.compile(r"(?<!\p{L})(?:bộ luật|luật|pháp lệnh|hiến pháp)(?=[ :])")
_LAST = (regex.compile(r"luật[ :]"), regex.compile(r"pháp lệnh "), regex.compile(r"hiến pháp "))
_NOT_AFTER = regex.compile(
    r"(?:pháp|dân|kỷ|quân|học|khoa|trường|viện|ngành|phòng|ty|giới|đồ án|sư|hãng) \Z"
)
_SLUGS = {"luật": "luat", "bộ luật": "bo-luat", "pháp lệnh": "phap-lenh", "hiến pháp": "hien-phap"}
_WORD = regex.compile(r"[\p{L}&]+(?:-[\p{L}]+)*")
_CHANGED = regex.compile(
    r" (?:\((?:sửa đổi|sửa đổi,? bổ sung|mới|thay thế)\)"
    r"|sửa đổi(?:,? bổ sung)?(?= (?:năm )?(?:19|20)[0-9]{2}(?![0-9])|[.,;)\n]))"
)
_YEAR = regex.compile(
    r" (?:\((?:năm )?(?P<in>(?:19|20)[0-9]{2})\)"
    r"|(?:năm )?(?P<out>(?:19|20)[0-9]{2})(?![0-9]|[/.,\-–][0-9]))"
)
_SO = regex.compile(r",? \(?(?:số:? ?)*")
_AMENDS = regex.compile(
    r" sửa đổi,?(?: (?:và )?bổ sung)?(?: một số)?(?: điều)?(?: và biện pháp thi hành)?(?: của)?"
    r"(?: các)? (?=(?:bộ )?luật |pháp lệnh )"
)
_AMENDS_MANY = regex.compile(
    r" sửa đổi,?(?: (?:và )?bổ sung)?(?: một số)?(?: điều)?(?: của)? (?:các|[0-9]{1,2}) luật"
    r"(?: [^\n;.()]{1,90}?)??(?=,? (?:số [0-9]|ngày [0-9]))"
)
_LOWER_AFTER = regex.compile(r", \p{Ll}")
_NEXT_LAW = regex.compile(r"(?:, | và |, và |; )(?=(?:bộ )?luật |pháp lệnh )")
_MEMBER = regex.compile(r", và |; và |, | và |; ")
_ENDS = regex.compile(
    r"[.,;:)\n]|$| (?:và|năm|số|được|để|đã|có|theo|trong|cho|với|\(|[12][0-9]{3})"
)
_STATE = regex.compile(r" (?:của )?nước cộng hòa xã hội chủ nghĩa việt nam")
_MOST_WORDS = 14


@cache
def _names() -> regex.Pattern[str]:
    return regex.compile(rf"{alternation(law_names())}(?![\p{{L}}\p{{N}}])")


def find_laws(page: Page) -> list[ReferenceMention]:
    """Every law cited by name; numbers that they take are marked as used on the page."""
    found: list[ReferenceMention] = []
    outer: ReferenceMention | None = None
    for match in _types(page):
        inside = outer is not None and match.start() < outer.end
        if not (inside or _may_be(page, match)):
            continue
        word = match.group()
        if word == "hiến pháp":
            found += _constitution(page, match)
            continue
        if not inside and (amending := _amending(page, match)) is not None:
            outer = amending
            found.append(outer)
            continue
        end = _inner_end(page, match.end() + 1) if inside else name_end(page, match.end() + 1)
        if end is not None:
            found.append(_law(page, match.start(), end, _SLUGS[word], alone=inside))
            if not inside and plural(page, match.start()):
                found += _members(page, found[-1].end)
        elif not inside:
            found += _listed(page, match)
    return mark_drafts(page, found)


def _types(page: Page) -> list[regex.Match[str]]:
    """Every type word; three passes with a literal each are ten times one with a choice."""
    found = []
    for pattern in _LAST:
        for word in pattern.finditer(page.low):
            start = word.start()
            if page.low.startswith("bộ ", max(0, start - 3)):
                start -= 3
            if (match := _TYPE.match(page.low, start)) is not None:
                found.append(match)
    return sorted(found, key=lambda match: int(match.start()))


def _may_be(page: Page, match: regex.Match[str]) -> bool:
    first = page.flat[match.start()]
    if not first.isupper():
        # "bộ Luật", and in lower case only a known name with its year or number, or a list
        inner = page.flat[match.end() - 4] == "L"
        listed = page.low.startswith(":", match.end()) and plural(page, match.start())
        if not (inner or listed or _known_and_dated(page, match)):
            return False
    return _NOT_AFTER.search(page.low, max(0, match.start() - 8), match.start()) is None


def _known_and_dated(page: Page, match: regex.Match[str]) -> bool:
    name = _names().match(page.low, match.end() + 1)
    if name is None:
        return False
    return _YEAR.match(page.low, name.end()) is not None or page.low.startswith(" số ", name.end())


def name_end(page: Page, place: int) -> int | None:
    """Where the law's name that begins at ``place`` ends, or None where none does."""
    known = _names().match(page.low, place)
    if known is not None and (page.flat[place].isupper() or " " in known.group()):
        return int(known.end())
    if not page.flat[place : place + 1].isupper():
        return None
    stops, nots = citation_words("law-stop"), citation_words("law-not")
    end, count = place, 0
    while (word := _WORD.match(page.low, end + (count > 0))) and count < _MOST_WORDS:
        if (count and word.group() in stops) or (not count and word.group() in nots):
            break
        end, count = word.end(), count + 1
        if count <= 2 and _LOWER_AFTER.match(page.flat, end):
            end += 1  # "Luật Quản lý, bảo vệ ...": the first verb waits for its object
        if page.flat[end : end + 1] != " ":
            break
    if not count or page.low[place:end] in nots or page.low[place:end].startswith("việt nam"):
        return None
    return end


def _inner_end(page: Page, place: int) -> int | None:
    """The end of a law's name inside another's, where small letters are common."""
    known = _names().match(page.low, place)
    return known.end() if known else name_end(page, place)


def _law(page: Page, start: int, end: int, type: str, *, alone: bool) -> ReferenceMention:
    """The mention; ``alone`` inside another law's name, whose year and number are not its own."""
    name = plain_case(page, start, end)
    mention = ReferenceMention(start, end, type, "law-name", name=name)
    if alone:
        mention.issuer, mention.issuer_inferred = "quoc-hoi", True
    else:
        _extend(page, mention)
    return mention


def _extend(page: Page, mention: ReferenceMention) -> None:
    """Take the year, "(sửa đổi)", the number, the date and the issuer that follow."""
    low, end = page.low, mention.end
    for _ in range(2):
        if changed := _CHANGED.match(low, end):
            end = changed.end()
        if mention.year is None and (year := _YEAR.match(low, end)):
            mention.year, end = int(year["in"] or year["out"]), year.end()
    so = _SO.match(low, end)
    number = page.starts.get(so.end()) if so else None
    if number is not None:
        mention.number, end = number.number, number.end
        mention.year = mention.year or number.year
        page.used.add(number.start)
        if so is not None and "(" in so.group() and low.startswith(")", end):
            end += 1
    tail = after(page.flat, low, end)
    if tail.issued_on is not None or tail.year is not None:
        mention.issued_on, mention.year = tail.issued_on, tail.year or mention.year
    mention.end = tail.end
    set_issuer(page, mention, tail, None)
    lead_in(page, mention)
    if number is not None or tail.issued_on:
        mention.title_span = title_after(page.flat, low, tail.end)


def _amending(page: Page, match: regex.Match[str]) -> ReferenceMention | None:
    """Read "Luật sửa đổi, bổ sung một số điều của Luật A, Luật B số 56/2024/QH15"."""
    opens = _AMENDS.match(page.low, match.end())
    if opens is None:
        many = _AMENDS_MANY.match(page.low, match.end())
        return _amended(page, match, int(many.end())) if many else None
    end = opens.end()
    while True:
        word = _TYPE.match(page.low, end)
        inner = _inner_end(page, word.end() + 1) if word else None
        if inner is None:
            return None
        following = _NEXT_LAW.match(page.low, inner)
        if following is None:
            break
        end = following.end()
    return _amended(page, match, inner)


def _amended(page: Page, match: regex.Match[str], end: int) -> ReferenceMention | None:
    mention = ReferenceMention(match.start(), end, _SLUGS[match.group()], "amending-law")
    mention.name = plain_case(page, match.start(), end)
    mention.holds = True
    draft = draft_before(page, match.start()) is not None
    _extend(page, mention)
    return mention if mention.number or mention.year or draft else None


def _constitution(page: Page, match: regex.Match[str]) -> list[ReferenceMention]:
    end = match.end()
    state = _STATE.match(page.low, end)
    if state:
        end = state.end()
    mention = ReferenceMention(match.start(), end, "hien-phap", "constitution", name="Hiến pháp")
    year = _YEAR.match(page.low, end)
    if year is None and state is None:
        return []
    if year:
        mention.year, mention.end = int(year["in"] or year["out"]), year.end()
    mention.issuer, mention.issuer_inferred = "quoc-hoi", True
    mention.start = lead_start(page, mention)
    return [mention]


def lead_start(page: Page, mention: ReferenceMention) -> int:
    """The start with the provision that leads in; the provision is noted on the way."""
    lead_in(page, mention)
    return mention.start


def _listed(page: Page, match: regex.Match[str]) -> list[ReferenceMention]:
    """Read "các luật: Đất đai, Nhà ở": the first member carries the type word."""
    place = match.end() + (2 if page.low.startswith(": ", match.end()) else 1)
    if match.group() != "luật" or not plural(page, match.start()):
        return []
    name = _member(page, place)
    if name is None:
        return []
    rest = _members(page, name)
    return [_in_list(page, match.start(), place, name), *rest] if rest else []


def _members(page: Page, end: int) -> list[ReferenceMention]:
    """The laws that follow at ``end`` by their bare names, each known and with a capital."""
    found: list[ReferenceMention] = []
    while (joint := _MEMBER.match(page.low, end)) is not None:
        name = _member(page, joint.end())
        if name is None:
            break
        found.append(_in_list(page, joint.end(), joint.end(), name))
        end = name
    return found


def _member(page: Page, place: int) -> int | None:
    name = _names().match(page.low, place)
    if name is None or not page.flat[place].isupper() or not _ENDS.match(page.low, name.end()):
        return None
    return int(name.end())


def _in_list(page: Page, start: int, place: int, end: int) -> ReferenceMention:
    name = f"Luật {page.flat[place:end]}"
    mention = ReferenceMention(start, end, "luat", "law-list", name=name)
    mention.issuer, mention.issuer_inferred = "quoc-hoi", True
    return mention
