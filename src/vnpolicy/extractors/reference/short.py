"""Short citations: "Nghị quyết 57", "Nghị định 73 năm 2019", "Đề án 06", "Nghị định này".

A type word with a sequence but no symbol. Laws and norms are read in any case ("nghị quyết
57"); kinds that are also common nouns only with a capital and "số", two digits or an issuer, or
in small letters with "số" and a date or an issuer ("công điện số 371 của Thủ tướng"), so that
"Kế hoạch 5 năm", "Báo cáo 10 tháng" and "Quyết định 1." are none. The number is completed where
one form only is possible; a scheme or a programme keeps its code as its name. In a plural list
each sequence is a mention ("các Nghị quyết 57, 59, 66 và 68 của Bộ Chính trị"), as where no
"các" stands before but the issuer of them all behind ("Kết luận 126, 127 của Bộ Chính trị").

Anaphors ("Quyết định này", "Thông báo nêu trên") are given with ``anaphor`` set.
"""

from __future__ import annotations

import regex

from vnpolicy.extractors.reference.completion import complete
from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.numbered import lead_in, set_issuer
from vnpolicy.extractors.reference.page import Before, Page, plural_before, type_before
from vnpolicy.extractors.reference.tail import Tail, after, title_after
from vnpolicy.lexicon.citation import citation_word

_LAST = (
    r"quyết|định|tư|thị|báo|luận|điện|văn|hoạch|án|trình|dẫn|cáo|luật|lệnh|lược|số"
    r"|nq|nđ|qđ|ct|kl|tt"
)
_SHORT = regex.compile(
    rf"(?<=(?<!\p{{L}})(?:{_LAST}) )(?P<sequence>[0-9]{{1,5}}[a-zđ]?)"
    r"(?:(?:/| )(?P<year>(?:19|20)[0-9]{2})(?: nđ[ -]?cp)?+)?+(?![\p{L}\p{N}%])(?![-/–.,:][0-9])"
    r"(?! ?[-–/] ?[0-9a-zđ])"
)
_NEXT = regex.compile(r"(?:, (?:số )?| và (?:số )?|, và )(?P<sequence>[0-9]{1,4}[a-zđ]?)"
                      r"(?![\p{L}\p{N}%])(?![-/–.,][0-9])(?! ?[-–/] ?[0-9a-zđ])")  # fmt: skip
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}")
_COUNTED = regex.compile(
    r" (?:năm(?! (?:19|20)[0-9]{2})|tháng|ngày(?! [0-9])|lần|điều|khoản|luật)(?!\p{L})"
)
_DATED = regex.compile(r" (?:ngày [0-9]{1,2}[/.-]|ngày [0-9]{1,2} tháng |năm 20)")
_HARD = ("nghi-quyet", "nghi-dinh", "thong-tu", "chi-thi", "luat", "bo-luat", "phap-lenh")
_CODED = ("de-an", "chuong-trinh")
_BACK = tuple(
    regex.compile(rf" {words}(?![\p{{L}}\p{{N}}])")
    for words in ("này", "nêu trên", "nói trên", "trên đây")
)
_SYLLABLES = frozenset(_LAST.split("|"))


def find_short(page: Page) -> list[ReferenceMention]:
    """Every short citation by a sequence, from left to right."""
    found: list[ReferenceMention] = []
    for match in _SHORT.finditer(page.low):
        if page.number_over(match.start()) is not None:
            continue
        before = type_before(page, match.start())
        if before.doc_type is None or before.doc_type.kind in ("none", "any"):
            continue
        found += _read(page, match, before)
    return found


def _read(page: Page, match: regex.Match[str], before: Before) -> list[ReferenceMention]:
    assert before.doc_type is not None
    type = before.doc_type.slug
    members = [(before.start, match.end(), match["sequence"]), *_more(page, match, before)]
    tail = Tail(members[-1][1]) if type in _CODED else after(page.flat, page.low, members[-1][1])
    year = int(match["year"]) if match["year"] else tail.year
    told = tail.issuer_said or year is not None or tail.issued_on is not None
    if not _cited(page, match, before, told):
        return []
    found = []
    for start, end, sequence in members:
        mention = ReferenceMention(start, end, type, "short-number", sequence.zfill(2))
        mention.year, mention.issued_on = year, tail.issued_on
        set_issuer(page, mention, tail, "chinh-phu" if type == "nghi-dinh" else None)
        _finish(page, mention)
        found.append(mention)
    found[-1].end = tail.end
    lead_in(page, found[0])
    found[-1].title_span = title_after(page.flat, page.low, tail.end)
    return found


def _more(page: Page, match: regex.Match[str], before: Before) -> list[tuple[int, int, str]]:
    """The later sequences of a list: told by "các", or by the issuer of all that follows it."""
    more: list[tuple[int, int, str]] = []
    end = match.end()
    while (following := _NEXT.match(page.low, end)) and not _counted(page, following.end()):
        more.append((following.start("sequence"), following.end(), following["sequence"]))
        end = following.end()
    if plural_before(page, before.start) or after(page.flat, page.low, end).issuer_said:
        return more
    return []


def _finish(page: Page, mention: ReferenceMention) -> None:
    """Complete the number, or make the code a name."""
    assert mention.number is not None
    if mention.type in _CODED:
        mention.name, mention.number = page.flat[mention.start : mention.end], None
        mention.year = mention.issued_on = None
        return
    whole = complete(
        mention.type,
        mention.number,
        year=mention.year,
        issued_on=mention.issued_on,
        issuer=mention.issuer,
    )
    if whole is not None:
        mention.number, mention.number_inferred = whole, True
    elif mention.year and mention.issued_on is None and mention.type in _HARD:
        mention.number = f"{mention.number}/{mention.year}"


def _counted(page: Page, end: int) -> bool:
    """Whether what follows is what the figure counts, and not the date or the year."""
    if _DATED.match(page.low, end) is not None:
        return False
    noun = citation_word("count-noun")
    return page.low.startswith(" ", end) and noun.match(page.low, end + 1) is not None


def _cited(page: Page, match: regex.Match[str], before: Before, told: bool) -> bool:
    """Whether the sequence is a number at all, and not a count of something."""
    assert before.doc_type is not None
    sequence, type = match["sequence"], before.doc_type.slug
    long = len(sequence) > 1 or before.so
    if _YEAR.fullmatch(sequence) and not before.so:
        return False
    if type in _HARD:
        return (long or told) and _COUNTED.match(page.low, match.end()) is None
    if type == "de-an":
        return long and not _counted(page, match.end())
    if type in ("quy-hoach", "chien-luoc"):
        return False
    if not page.flat[before.start].isupper() and not (before.so and told and type not in _CODED):
        return False
    return (long or told) and not _counted(page, match.end())


def find_anaphors(page: Page) -> list[ReferenceMention]:
    """Every "Nghị định này", "Quyết định nêu trên" with a type that is cited by number."""
    found = []
    for pattern in _BACK:
        for match in pattern.finditer(page.low):
            start = match.start()
            if page.low[max(0, start - 6) : start].rpartition(" ")[2] not in _SYLLABLES:
                continue
            before = type_before(page, start)
            if before.doc_type is None or before.so or before.doc_type.kind in ("none", "any"):
                continue
            if page.flat[before.start].isupper():
                slug, words = before.doc_type.slug, match.group().strip()
                mention = ReferenceMention(before.start, match.end(), slug, f"back:{words}")
                mention.anaphor = True
                lead_in(page, mention)
                found.append(mention)
    return found
