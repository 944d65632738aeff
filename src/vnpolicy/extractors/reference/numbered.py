"""Citations by a whole number: "Nghị định số 42/2022/NĐ-CP ngày 24/6/2022 của Chính phủ".

The type is the word before the number, or what the symbol says where there is none ("số
328/TB-VPCP") or only "văn bản"; a bare official letter ("10894/VPCP-CN") is a ``van-ban``. In a
list the later numbers take the type word of the first ("các Công điện số 217/CĐ-TTg và
222/CĐ-TTg"), bare sequences the symbol of the number that ends the list ("217, 218 và
222/CĐ-TTg"), and all of a plural list the date and the issuer that follow the last.

Not read: numbered papers that are no instruments (licences, contracts, forms), and numbers
without a type whose symbol nobody is known to sign with.
"""

from __future__ import annotations

import regex

from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.number import Number
from vnpolicy.extractors.reference.page import (
    Before,
    Page,
    draft_before,
    plural_before,
    type_before,
)
from vnpolicy.extractors.reference.provision import before as provision_before
from vnpolicy.extractors.reference.tail import Tail, after, issuer_end, title_after
from vnpolicy.lexicon.issuer import issuer_of_name

_JOINED = regex.compile(r"(?:[,;]| và|, và|; và| hoặc|[,;] hoặc)(?: số:?)? ?")
_BARE = regex.compile(
    r"(?<![\p{L}\p{N}/.-])(?:[0-9]{1,5}[a-zđ]?(?:, (?:số )?| và (?:số )?|, và ))+\Z"
)
_SEQUENCE = regex.compile(r"[0-9]{1,5}[a-zđ]?")
_SPLIT_YEAR = regex.compile(r"(?<![\p{L}\p{N}/.-])[0-9]{1,4} \Z")
_HOME_WORDS = regex.compile(
    r"(?P<body>ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|tỉnh ủy|thành ủy)"
    r"(?: (?:tỉnh|thành phố|tp))?\Z"
)
_BODIES = {"ubnd": "ubnd", "ủy ban nhân dân": "ubnd", "hđnd": "hdnd", "hội đồng nhân dân": "hdnd"}


def find_numbered(page: Page) -> list[ReferenceMention]:
    """Every citation by a whole number, lists opened, from left to right."""
    found: list[ReferenceMention] = []
    series: list[ReferenceMention] = []
    for number in page.numbers:
        if number.start in page.used:
            continue
        made = _read(page, number, series[-1] if series else None)
        if not made:
            continue
        if not (series and _continues(page, series[-1], made[0])):
            _share(page, series)
            series = []
        series += made
        found += made
    _share(page, series)
    return found


def _read(page: Page, number: Number, previous: ReferenceMention | None) -> list[ReferenceMention]:
    before = type_before(page, number.start)
    if before.doc_type is None and before.so:
        before = _over_issuer(page, before)
    bare = None if before.doc_type else _BARE.search(
        page.low, max(0, number.start - 60), number.start - (3 if before.so else 0)
    )  # fmt: skip
    if bare:
        first = type_before(page, bare.start())
        if first.doc_type and first.doc_type.kind in ("norm", "plan"):
            return _bare_list(page, number, first, bare)
    if _own_line(page, number, before):
        return []
    type = _type(page, number, before, previous)
    if type is None:
        return []
    mention = _mention(page, number, type, before.start)
    return [mention]


def _over_issuer(page: Page, before: Before) -> Before:
    """Read "Quyết định của Bộ trưởng Bộ Y tế số 12/QĐ-BYT": the issuer stands before the number."""
    of = page.low.rfind(" của ", max(0, before.start - 64), before.start)
    if of < 0 or issuer_end(page.flat, page.low, of + 5) != before.start - 1:
        return before
    typed = type_before(page, of)
    return Before(typed.start, typed.doc_type, True) if typed.doc_type else before


def _own_line(page: Page, number: Number, before: Before) -> bool:
    """Whether "Số: 617/KH-UBND" heads a line, which is the document's own number."""
    if before.doc_type or not before.so or not page.flat.startswith("S", before.start):
        return False
    ahead = page.flat[max(0, before.start - 4) : before.start].rstrip(" *-")
    label = page.low[before.start : number.start]
    return (not ahead or ahead[-1] in "\n|") and ":" in label


def _type(
    page: Page, number: Number, before: Before, previous: ReferenceMention | None
) -> str | None:
    word, symbol = before.doc_type, number.doc_type
    if word is not None and word.kind == "none":
        return None
    if word is not None and word.name != "văn bản":
        joint = word.slug == "thong-tu" and number.symbol.startswith("TTLT")
        return "thong-tu-lien-tich" if joint else word.slug
    if symbol is not None:
        return symbol.slug or None
    if word is not None:
        return word.slug
    joined = previous is not None and _gap(page, previous, before.start)
    if previous is not None and joined:
        return previous.type
    if number.issuer is not None and ("-" in number.symbol or number.year or before.so):
        return "van-ban"
    return "van-ban" if before.so and "-" in number.symbol else None


def _gap(page: Page, previous: ReferenceMention, place: int) -> bool:
    """Whether only a joint parts the two: "số 1552/BTTTT-TTH và 708/BTTTT-CATTT"."""
    if not 0 < place - previous.end <= 9:
        return False
    return _JOINED.fullmatch(page.low, previous.end, place) is not None


def _mention(page: Page, number: Number, type: str, start: int) -> ReferenceMention:
    tail = after(page.flat, page.low, number.end)
    text, inferred = number.number, False
    if number.symbol == "NĐ" and number.year:
        text, inferred = f"{text}-CP", True
    split = _SPLIT_YEAR.search(page.low, max(0, number.start - 6), number.start)
    if split and number.year is None and 1990 <= int(number.sequence[:4] or 0) <= 2099:
        lead = type_before(page, split.start())
        if lead.doc_type is not None:  # "Nghị định 218 2013/NĐ-CP"
            start, type = lead.start, lead.doc_type.slug
            text = f"{split.group().strip().zfill(2)}/{text}"
    mention = ReferenceMention(start, tail.end, type, "whole-number", text, inferred)
    mention.year = tail.year or number.year
    mention.issued_on = tail.issued_on
    set_issuer(page, mention, tail, number.issuer)
    ahead = page.low.find(" của ", start, number.start)
    if not tail.issuer_said and ahead >= 0:
        said = issuer_end(page.flat, page.low, ahead + 5)
        mention.issuer = issuer_of_name(page.low[ahead + 5 : said]) or mention.issuer
        mention.issuer_inferred = False
    if type == "de-an" and number.symbol == "CP":
        mention.number, mention.name = None, page.flat[start : number.end]  # "Đề án 06/CP"
    lead_in(page, mention)
    mention.title_span = title_after(page.flat, page.low, tail.end)
    return mention


def set_issuer(page: Page, mention: ReferenceMention, tail: Tail, implied: str | None) -> None:
    """The issuer that is said, or that the symbol or the type implies."""
    mention.issuer = tail.issuer
    if tail.issuer_said and tail.issuer is None and page.home:
        said = _HOME_WORDS.search(page.low, mention.start, tail.end)
        if said:  # "của Ủy ban nhân dân tỉnh" in a document of one province
            mention.issuer = f"{_BODIES.get(said['body'], 'tinh-uy')}-{page.home}"
    if tail.issuer_said:
        return
    law = {"luat": "quoc-hoi", "bo-luat": "quoc-hoi", "phap-lenh": "uy-ban-thuong-vu-quoc-hoi"}
    mention.issuer = implied or law.get(mention.type)
    mention.issuer_inferred = mention.issuer is not None


def lead_in(page: Page, mention: ReferenceMention) -> None:
    """Take up the draft word and the provision that stand directly before."""
    if (draft := draft_before(page, mention.start)) is not None:
        mention.start, mention.status = draft, "draft"
        return
    mention.start, mention.provision = provision_before(page.low, mention.start)


def _bare_list(
    page: Page, number: Number, first: Before, bare: regex.Match[str]
) -> list[ReferenceMention]:
    """Read "các Công điện số 217, 218 và 222/CĐ-TTg": one mention a sequence."""
    assert first.doc_type is not None
    type = first.doc_type.slug
    rest = number.number[len(number.sequence) :]
    found: list[ReferenceMention] = []
    for sequence in _SEQUENCE.finditer(page.low, bare.start(), bare.end()):
        start = first.start if not found else sequence.start()
        text = f"{sequence.group().zfill(2)}{rest}"
        mention = ReferenceMention(start, sequence.end(), type, "shared-symbol", text)
        mention.year, mention.issuer = number.year, number.issuer
        mention.issuer_inferred = number.issuer is not None
        found.append(mention)
    lead_in(page, found[0])
    return [*found, _mention(page, number, type, number.start)]


def _continues(page: Page, last: ReferenceMention, mention: ReferenceMention) -> bool:
    return mention.type == last.type and _gap(page, last, mention.start)


def _share(page: Page, series: list[ReferenceMention]) -> None:
    """Give the date and the issuer after the last of a plural list to all of it."""
    if len(series) < 2 or any(one.issued_on for one in series[:-1]):
        return
    last = series[-1]
    bare = not any(page.flat[one.start].isalpha() for one in series[1:])
    if not (bare or plural_before(page, series[0].start)):
        return
    for one in series[:-1]:
        if one.year and last.year and one.year != last.year:
            continue
        one.issued_on, one.year = last.issued_on, one.year or last.year
        if (one.issuer is None or one.issuer_inferred) and not last.issuer_inferred:
            one.issuer, one.issuer_inferred = last.issuer, last.issuer_inferred
