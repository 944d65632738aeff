"""The province that "tỉnh", "Thành phố" and "Sở Tài chính" mean in a document.

It is the province of the office that issued it (header, or the place of a local office's dateline),
else the one province that the title, the subject or the meeting's sentence names. A document
about several provinces, or sent by the centre to many, has none.
"""

from __future__ import annotations

import regex

from vnpolicy.document import Document
from vnpolicy.lexicon.province import province_by_name, province_names
from vnpolicy.match import alternation
from vnpolicy.text import fold

_LOCAL_SYMBOL = regex.compile(r"(?:UBND|HĐND|/TU|-TU|/S[A-ZĐ]{2,}|-S[A-ZĐ]{2,}|VPUB|BQL|ĐĐBQH)")
_LOCAL_ISSUER = regex.compile(
    r"\b(?:ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|sở|tỉnh ủy|thành ủy|tỉnh|ban quản lý"
    r"|chi cục|công an tỉnh)\b"
)
_HEAD = 900
_OPENING = 2500
_MEETING = regex.compile(r"(?:làm việc|buổi làm việc|họp) (?:với|tại) [^\n.;]{0,90}")
_NAMED: list[regex.Pattern[str]] = []


def _named() -> regex.Pattern[str]:
    if not _NAMED:
        names = alternation(province_names())
        _NAMED.append(
            regex.compile(
                rf"(?:(?:tỉnh|thành phố|tp\.?|thủ đô)(?: ủy)? ?|(?:ubnd|ủy ban nhân dân|tỉnh ủy"
                rf"|thành ủy|hđnd) )(?P<name>{names})(?![\p{{L}}\p{{N}}])"
            )
        )
    return _NAMED[0]


def _only(text: str) -> str | None:
    """The one province that the text names as a unit; None for none or several."""
    low = regex.sub(r"\s+", " ", fold(text))
    slugs = {province_names()[match["name"]] for match in _named().finditer(low)}
    return next(iter(slugs)) if len(slugs) == 1 else None


def home(doc: Document) -> str | None:
    """The slug of the document's home province, or None."""
    header = doc.header
    if header.issuer_text and (slug := _only(header.issuer_text)):
        return slug
    if header.issuer is None or header.issuer.startswith(("ubnd-", "so-", "hdnd-", "tinh-uy-")):
        slug = _by_office(doc)
        if slug is not None:
            return slug
    if header.subject and (slug := _only(header.subject)):
        return slug
    return _by_title(doc) or _by_meeting(doc)


def _by_office(doc: Document) -> str | None:
    header = doc.header
    is_local = bool(header.number and _LOCAL_SYMBOL.search(header.number)) or bool(
        header.issuer_text and _LOCAL_ISSUER.search(fold(header.issuer_text))
    )
    if is_local and header.place and (slug := province_by_name(_bare(header.place))):
        return slug
    if header.issuer_text is None:
        return _by_letterhead(doc.view.text[:_HEAD])
    return None


def _bare(place: str) -> str:
    return str(regex.sub(r"^(?:TP\.?|Tp\.?|Thành phố|tỉnh|Tỉnh) *", "", place)).strip(" ,")


_LETTERHEAD = regex.compile(r"(?:U[ỶY]|Ủ[Y]) BAN NHÂN DÂN|UBND|HỘI ĐỒNG NHÂN DÂN|HĐND")
_UNIT = regex.compile(r" (?:TỈNH|THÀNH PHỐ|TP\.?) [\p{Lu} ]{2,40}")


def _by_letterhead(text: str) -> str | None:
    plain = regex.sub(r"[\s|*-]+", " ", text)
    office = _LETTERHEAD.search(plain)
    unit = _UNIT.match(plain, office.end()) if office else None
    return _only(unit.group()) if unit else None


def _by_title(doc: Document) -> str | None:
    for block in doc.blocks[:12]:
        if block.kind == "title":
            return _only(doc.flat[block.start : block.end])
    return None


def _by_meeting(doc: Document) -> str | None:
    slugs = set()
    for match in _MEETING.finditer(doc.low, 0, _OPENING):
        if (slug := _only(match.group())) is not None:
            slugs.add(slug)
    return slugs.pop() if len(slugs) == 1 else None
