"""What a document says of itself: no citation, whatever it looks like.

Its own number in the head ("Số: 341/KH-UBND") and wherever it comes back ("Kèm theo Kế hoạch số
341/KH-UBND"), the plan that it issues under its own title, and in a press account the notice
that is reported ("Thủ tướng vừa ký Công điện số ...", "Theo Chỉ thị số ..., " as the first words
of a text).
"""

from __future__ import annotations

import regex

from vnpolicy.document import Document
from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.page import Page
from vnpolicy.lexicon.instrument import identity
from vnpolicy.text import fold

_LABEL = regex.compile(r"(?:^|[\n|]) ?số(?: hiệu| kh)?:(?: \|)? ?\Z")
_ENCLOSED = regex.compile(r"[\n|(]\(?(?:ban hành )?kèm theo \Z")
_SIGNED = regex.compile(r"(?<!\p{L})(?:ký|ký ban hành|ra|phát đi) \Z")
_SENT = regex.compile(r"(?<!\p{L})(?:có|ban hành|gửi|đã ban hành|đã có) \Z")
_FRESH = regex.compile(r"(?<!\p{L})(?:vừa|mới)(?: \p{L}+){1,4} \Z")
_OPENING = regex.compile(r"(?:theo|tại) \Z")
_NOTICES = ("chi-thi", "cong-dien", "cong-van", "thong-bao", "ket-luan", "van-ban")
_LEAD = 900  # characters: the title, the dateline and the lead paragraph
_FIRST = 300
_PLANS = ("chuong-trinh", "de-an", "chien-luoc", "quy-hoach", "ke-hoach")


def without_own(doc: Document, page: Page, found: list[ReferenceMention]) -> list[ReferenceMention]:
    """``found`` without the document's own number, title and, in the press, its subject."""
    own = _own_numbers(doc, page)
    account = doc.press or (not own and doc.header.doc_type is None)
    reported = _reported(doc, page, found) if account else set()
    subject = _subject(doc)
    return [
        one
        for one in found
        if not (
            _is_own(doc, page, one, own)
            or _key(one) in reported
            or (subject and _is_subject(one, subject))
        )
    ]


def _own_numbers(doc: Document, page: Page) -> set[str]:
    """Slugs of the numbers that the head of the document gives as its own."""
    found = set()
    for number in page.numbers:
        span = doc.header.number_span
        inside = span is not None and span[0] <= number.start < span[1]
        if inside or _LABEL.search(page.low, max(0, number.start - 14), number.start):
            found.add(_slug(number.number))
    if doc.header.number:
        found.add(_slug(doc.header.number))
    return found


def _slug(number: str) -> str:
    return identity("", number=number)


def _is_own(doc: Document, page: Page, one: ReferenceMention, own: set[str]) -> bool:
    if one.number is None:
        return False
    span = doc.header.number_span
    if span is not None and span[0] < one.end and one.start < span[1]:
        return True
    if _slug(one.number) in own:
        issued = doc.header.issued_on
        same_day = one.issued_on is None or issued is None or one.issued_on == issued
        same_year = one.year is None or issued is None or one.year == issued.year
        return same_day or (same_year and _enclosed(page, one))
    return not own and one.rule == "whole-number" and _enclosed(page, one)


def _enclosed(page: Page, one: ReferenceMention) -> bool:
    """Whether as in "(Kèm theo Quyết định số ...)" under an annex's title."""
    return _ENCLOSED.search(page.low, max(0, one.start - 24), one.start) is not None


def _subject(doc: Document) -> str:
    header = doc.header
    if header.doc_type not in _PLANS and header.doc_type != "quyet-dinh":
        return ""
    return fold(header.subject or "").strip(" .")


def _is_subject(one: ReferenceMention, subject: str) -> bool:
    """Whether the plan is the one that the document issues, by its title."""
    if one.name is None or one.type not in _PLANS or one.rule in ("quoted-title", "counted-list"):
        return False
    name = fold(one.name)
    topic = name.split(" ", 2)[-1]
    if len(topic) < 12:
        return False
    if subject.startswith(topic) or topic.startswith(subject):
        return True
    return regex.search(rf"(?:ban hành|phê duyệt) {regex.escape(name)}", subject) is not None


def _key(one: ReferenceMention) -> str:
    return f"{one.type}/{one.number}" if one.number else ""


def _reported(doc: Document, page: Page, found: list[ReferenceMention]) -> set[str]:
    """Keys of the notices that a press text is the account of."""
    keys = set()
    for one in found:
        if one.number is None or one.type not in _NOTICES or one.provision:
            continue
        before = page.low[max(0, one.start - 48) : one.start]
        lead = one.start < _LEAD
        if (
            _FRESH.search(before)
            or (lead and _SIGNED.search(before))
            or (lead and doc.press and _SENT.search(before))
            or (one.start < _FIRST and _opens_line(before))
        ):
            keys.add(_key(one))
    return keys


def _opens_line(before: str) -> bool:
    """Whether as in "Theo Chỉ thị số ..." as the first words of the line."""
    opening = _OPENING.search(before)
    return opening is not None and not before[: opening.start()].split("\n")[-1].strip(" #*-(")
