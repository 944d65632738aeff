"""The title and the subject lines under it.

The title is the type word alone on a line in capitals, broken lines and all ("THÔNG", "BÁO"),
or with the subject on its line. The subject runs to the first sentence, the issuer's name over
the recitals ("BỘ TRƯỞNG BỘ Y TẾ"), a section, a rule. A letter has no title: its subject is
"V/v ..." in the letterhead or under it. An old text may open with "Nghị định", "của Chính phủ
số 7/1991/NĐ-CP ngày ..." over a few lines.
"""

from __future__ import annotations

from collections.abc import Sequence

import regex

from vnpolicy.document import Block
from vnpolicy.lexicon import layout
from vnpolicy.lexicon.doc_type import type_names
from vnpolicy.segment import header as fields
from vnpolicy.segment import label, line, signer
from vnpolicy.segment.head import Head
from vnpolicy.segment.line import Line
from vnpolicy.segment.part import Part
from vnpolicy.segment.wrap import dangles
from vnpolicy.text import fold

ADDRESS = regex.compile(r"\W*(?:Kính gửi|KÍNH GỬI)")
_TITLED = regex.compile(
    r"$| (?i:kết luận|ý kiến|về|v/v|phê duyệt|ban hành|triển khai|thực hiện)(?!\p{L})"
)
_OF = regex.compile(r"(?i)[^\n\d]{2,40}\s+của\s+(?P<issuer>\p{Lu}[^\d:;.,()]{3,80}?)\s+số(?!\p{L})")
_OLD_NUMBER = regex.compile(r"(?i)số\s*:?\s*(?=\d)")
_ORDERS = regex.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT|CHỈ THỊ|THÔNG BÁO|NAY)[\p{Lu} ]*:?$")
_ATTACHED = regex.compile(r"(?i)\(?(?:ban hành )?kèm theo ")


def title_slug(text: str) -> str | None:
    """The document type that a line in capitals names, or None.

    >>> title_slug("CÔNG ĐIỆN"), title_slug("Kế hoạch năm 2026")
    ('cong-dien', None)
    """
    if len(text) > 60 or not text.isupper():
        return None
    found = type_names().get(fold(text).rstrip(": "))
    return found.slug or None if found is not None else None


def title_prefix(text: str) -> tuple[str, int] | None:
    """The type and the length of its words where a line in capitals opens with a title.

    >>> title_prefix("THÔNG BÁO Kết luận của Phó Thủ tướng")
    ('thong-bao', 9)
    """
    words = text[:60].split(" ")[:6]
    for size in range(len(words), 0, -1):
        piece = " ".join(words[:size])
        slug = title_slug(piece)
        if slug is not None:
            return slug, len(piece)
    return None


def read(parts: Sequence[Part], at: int, text: str, head: Head) -> None:
    """Read the title and its subject from part ``at`` on."""
    head.after = at
    rules = at
    while rules < len(parts) and _is_rule(parts[rules]):
        rules += 1
    titled = _title_at(parts, rules, text, opens=not head.official)
    if titled is None:
        if head.official:
            _read_topic(parts, at, text, head)
        return
    slug, first, end, after = titled
    head.official = True
    head.header.doc_type = slug
    for part in parts[at:rules]:
        head.add("boilerplate", text, part.start, part.end)
    head.blocks.append(Block("title", first, end, first))
    head.after = after
    rest = parts[after - 1]
    if rest.end > end:  # the subject begins on the title's own line
        _read_old(parts, head, text, first)
        begin = end + len(text[end : rest.end]) - len(text[end : rest.end].lstrip())
        after, stop = _subject_end(parts, after, text, begin, rest.end)
        _subject(head, text, begin, stop)
        head.after = after
        return
    _read_old(parts, head, text, first)
    _read_topic(parts, head.after, text, head)


def _is_rule(part: Part) -> bool:
    return line.is_rule(part.text) if isinstance(part, Line) else not part.rows


def _title_at(
    parts: Sequence[Part], at: int, text: str, *, opens: bool
) -> tuple[str, int, int, int] | None:
    """The title at part ``at``: its type, its span, and the part after its line."""
    if at >= len(parts) or not isinstance(parts[at], Line):
        return None
    part = parts[at]
    assert isinstance(part, Line)
    follow = parts[at + 1] if at + 1 < len(parts) else None
    if isinstance(follow, Line) and not follow.gap:
        slug = title_slug(f"{part.text} {follow.text}")
        if slug is not None:
            return slug, part.start, follow.end, at + 2
    marks = len(part.text) - len(part.text.lstrip("# "))  # a Markdown title
    prefix = title_prefix(part.text[marks:])
    if prefix is not None and (not opens or _TITLED.match(part.text, marks + prefix[1])):
        return prefix[0], part.start, part.start + marks + prefix[1], at + 1
    named = _OF.match(part.text) if opens else None
    if named is not None and fields.NUMBER.search(part.text, named.end(), named.end() + 25):
        words = part.text[: named.start("issuer")].split()[:-1]
        known = type_names().get(fold(" ".join(words)))
        if known is not None and known.slug:
            return known.slug, part.start, part.start + len(" ".join(words)), at + 1
    if opens and isinstance(follow, Line) and len(part.text) < 30:
        slug_of = type_names().get(fold(part.text))
        if (
            slug_of is not None
            and slug_of.slug
            and _OLD_NUMBER.search(text, part.end, part.end + 250)
        ):
            return slug_of.slug, part.start, part.end, at + 1
    return None


def _read_old(parts: Sequence[Part], head: Head, text: str, first: int) -> None:
    """ "Nghị định", "của Chính phủ số 7/1991/NĐ-CP ngày 2 tháng 5 năm 1991"."""
    if head.header.number is not None:
        return
    named = _OF.match(text, first, first + 200)
    if named is None and text[first : first + 9].isupper():
        return
    match = _OLD_NUMBER.search(text, first, first + 300)
    number = fields.NUMBER.match(text, match.end()) if match is not None else None
    if number is None:
        return
    head.header.number = regex.sub(r"\s", "", number[0]).replace("-TTG", "-TTg")
    if named is not None and head.header.issuer_text is None:
        head.header.issuer_text = " ".join(named["issuer"].split())
    head.header.number_span = number.span()
    date = fields.DATE.search(text, number.end(), number.end() + 60)
    head.header.issued_on = fields.day(date) if date is not None else None


def _read_topic(parts: Sequence[Part], at: int, text: str, head: Head) -> None:
    """Read the subject lines from part ``at`` on, and the issuer's name under them."""
    head.after = at
    while at < len(parts) and _is_rule(parts[at]):
        at += 1
    part = parts[at] if at < len(parts) else None
    if not isinstance(part, Line) or _ends_subject(parts, at, spaced=False):
        return
    if head.header.doc_type or part.text[:3].lower() == "v/v":
        for rule in parts[head.after : at]:
            head.add("boilerplate", text, rule.start, rule.end)
        head.after, stop = _subject_end(parts, at + 1, text, part.start, part.end)
        _subject(head, text, part.start, stop)


def _subject(head: Head, text: str, start: int, end: int) -> None:
    head.add("title", text, start, end)
    number = head.header.number_span
    if number is not None and start <= number[0] and number[1] < end:
        date = fields.DATE.search(text, number[1], min(end, number[1] + 60))
        after = date.end() if date is not None else number[1]
        start = after + len(text[after:end]) - len(text[after:end].lstrip(" \n,;:.-"))
    if head.header.subject is None and start < end:
        fields.keep_subject(head.header, text, start, end)


def _subject_end(
    parts: Sequence[Part], at: int, text: str, start: int, end: int
) -> tuple[int, int]:
    """The part after the subject that begins at ``start``, and where the subject ends."""
    first = parts[at - 1]
    spaced = isinstance(first, Line) and first.gap
    while at < len(parts) and end - start < 1500:
        part = parts[at]
        if not isinstance(part, Line) or _ends_subject(parts, at, spaced=spaced):
            break
        upper = _in_capitals(text[start:end])
        if part.gap and not (upper and part.text.startswith(("CỦA ", "VỀ ", "TẠI ", "TRÊN "))):
            break
        goes_on = part.text[0] == "(" or (part.text[0].islower() and not part.gap)
        if upper and not _in_capitals(part.text[:24]) and not goes_on:
            break
        at, end = at + 1, part.end
    return at, end


def _in_capitals(text: str) -> bool:
    return text == text.upper()


def _ends_subject(parts: Sequence[Part], at: int, *, spaced: bool) -> bool:
    """Whether the line is no subject line: a sentence, a label, the issuer's name (which
    stands after a blank line where the subject did: ``spaced``)."""
    part = parts[at]
    assert isinstance(part, Line)
    text = part.text
    if line.is_rule(text) or text[0] in "|#!" or ADDRESS.match(text) or _ATTACHED.match(text):
        return True
    found = label.read(text)
    if found is not None and found.form not in ("A.",):
        return True
    if _ORDERS.match(text) or text.endswith(("điện:", "ĐIỆN:")) or len(text) > 700:
        return True
    if text.isupper():
        if spaced and not part.gap:
            return False
        before = parts[at - 1] if at else None
        if isinstance(before, Line) and not part.gap and dangles(before.text, partial=True):
            return signer.is_office(text)
        return _names_issuer(parts, at)
    low = fold(text)
    return low.startswith(tuple(f"{word} " for word in layout.words("opening"))) or ". " in text


def _names_issuer(parts: Sequence[Part], at: int) -> bool:
    """Whether the line in capitals is the issuer's name over the recitals."""
    part = parts[at]
    assert isinstance(part, Line)
    low = fold(part.text)
    if not layout.names_body(low) or low == "ban":
        return False
    for ahead in parts[at + 1 : at + 4]:
        if isinstance(ahead, Line) and not ahead.text.isupper():
            return fold(ahead.text).startswith(("căn cứ", "xét", "theo", "thực hiện", "khóa"))
    return False
