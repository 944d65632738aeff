"""The clauses of a document, where duties are said.

A clause is a sentence, or what semicolons or a lead-in's colon part in it. Semicolons inside
brackets and quotation marks part nothing. The colon parts only where a clause follows: "các Bộ:
Quốc phòng, Công an" goes on, "trong đó: Rà soát ..." does not. Final punctuation is left out.
Whether a clause is a task, whose, and by when, is for :mod:`vnpolicy.link` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import regex

from vnpolicy.document import Block, Document, Taken
from vnpolicy.lexicon.verb import head

SKIPPED = frozenset({"header", "boilerplate", "signature", "recipients", "footnote", "table_row"})

# A sentence ends at a full stop before a capital or a number, not after an abbreviation.
_STOP = regex.compile(
    r"(?<!\b(?i:tp|ts|ths|pgs|gs|bs|ks|kts|q|p|kt|tl|tm|st|no|mr|đ/c|d/c))(?<![\s.(]\p{L})"
    r"[.!?…]++[\"”’)]?+(?= [\"“‘(]?[\p{Lu}\p{N}])"
    r"|(?<=\p{Ll}{2})\.(?=\p{Lu}\p{Ll})"
)
_MARK = regex.compile(r"[;:()\"“”‘’«»]")
_LISTS = regex.compile(
    r"(?:các|như|gồm có|tại|cơ quan|đơn vị|bộ|sở|ngành|tỉnh|phố|phường|xã|huyện|địa phương|công ty"
    r"|tập đoàn|dự án|nhà máy|luật|nghị định|đồng chí|ông|bà|số|điện thoại|email|website|mục|ảnh"
    r"|nguồn|thành viên|lĩnh vực|chuyên ngành|chủ trì|phối hợp|thực hiện|trách nhiệm|phân công"
    r"|thời hạn|thời gian|sản phẩm|tham mưu|đầu mối)$"
)
# "Sở Tài chính: Căn cứ dự toán, bố trí ..."
_GROUNDS = regex.compile(r"(?:căn cứ|trên cơ sở) [^,;:.]{4,160}, (?=\p{Ll})")
_PERIODIC = regex.compile(r"(?:định kỳ )?(?:hằng|hàng) (?:ngày|tuần|tháng|quý|năm)\b")
_LABELS = regex.compile(r"(?:sản phẩm|đầu ra|kết quả|thời hạn|thời gian|hạn)(?: \S+){0,3}$")


@dataclass(slots=True)
class Clause:
    """A clause: ``closes`` is what ended it (";", ":", "." or "" at the block's end);
    ``first`` tells the first of its sentence, ``lead_in`` whether the block ends with it on a
    colon."""

    start: int
    end: int
    block: int
    sentence: int
    first: bool
    closes: str
    rule: str = "clause"


def find(doc: Document, taken: Taken) -> list[Clause]:
    """The clauses of every block that can hold a duty, in order. ``taken`` holds the
    references: their semicolons part nothing."""
    found: list[Clause] = []
    enacted = next((i for i, b in enumerate(doc.blocks) if b.label in _FIRST), 0)
    for index, block in enumerate(doc.blocks):
        if block.kind in SKIPPED or block.end <= block.body:
            continue
        if index < enacted and doc.low.startswith(_RECITAL, block.body):
            continue
        found.extend(_clauses(doc, index, block, taken))
    return found


# What a decision is based on stands before its first article, with a dash or without.
_FIRST = ("Điều 1", "ĐIỀU 1", "Điều I")
_RECITAL = ("căn cứ ", "theo đề nghị ", "xét ")


def _clauses(doc: Document, index: int, block: Block, taken: Taken) -> Iterator[Clause]:
    for number, (start, end) in enumerate(sentences(doc.flat, block.body, block.end, taken)):
        first = True
        for left, right, closes in _parts(doc, start, end, taken):
            left, right = trim(doc.flat, left, right)
            if right > left:
                yield Clause(left, right, index, number, first, closes)
                first = False


def sentences(flat: str, start: int, end: int, taken: Taken) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch, final punctuation included."""
    at = start
    for stop in _STOP.finditer(flat, start, end):
        if taken.holds(stop.start(), stop.end()) or _inside(flat, at, stop.start()):
            continue
        yield at, stop.end()
        at = stop.end()
    if at < end:
        yield at, end


def _inside(flat: str, start: int, end: int) -> bool:
    """Whether a bracket or quotation that opened in the stretch is still open at its end."""
    depth = flat.count("(", start, end) - flat.count(")", start, end)
    quote = flat.count("“", start, end) - flat.count("”", start, end)
    return 0 < depth < 3 or 0 < quote < 3


def _parts(doc: Document, start: int, end: int, taken: Taken) -> Iterator[tuple[int, int, str]]:
    at, depth, quoted = start, 0, False
    flat = doc.flat
    for mark in _MARK.finditer(flat, start, end):
        char, place = mark.group(), mark.start()
        if char == "(" or char in "“‘«":
            depth += 1
        elif char == ")" or char in "”’»":
            depth = max(0, depth - 1)
        elif char == '"':
            quoted = not quoted
        elif depth == 0 and not quoted and _splits(doc, char, (at, place, end), taken):
            yield at, place, char
            at = place + 1
    closes = flat[end - 1] if end > at and flat[end - 1] in ".:;" else ""
    yield at, end, closes


def _splits(doc: Document, char: str, stretch: tuple[int, int, int], taken: Taken) -> bool:
    """Whether the mark ends a clause; ``stretch`` is where the clause begins, the mark, the end."""
    start, place, end = stretch
    if taken.holds(place, place + 1):
        return False
    if char == ";":
        return not _cites(doc.flat, place, end, taken)
    return char == ":" and _opens(doc, start, place, end)


def _cites(flat: str, semicolon: int, end: int, taken: Taken) -> bool:
    """Whether the next of a list of instruments follows the semicolon."""
    rest = semicolon + 1
    while rest < end and flat[rest] == " ":
        rest += 1
    return taken.holds(rest, rest + 1)


def _opens(doc: Document, start: int, colon: int, end: int) -> bool:
    """Whether a clause of its own follows the colon."""
    rest = colon + 1
    while rest < end and doc.flat[rest] in " “\"'‘-+":
        rest += 1
    if rest >= end or colon - start < 4:
        return False
    if doc.flat[colon - 1].isdigit() and doc.flat[rest].isdigit():
        return False  # an hour, a ratio
    if _LABELS.search(doc.low, max(start, colon - 24), colon):
        return False
    if heads().match(doc.low, rest, end) or _GROUNDS.match(doc.low, rest, end):
        return True
    if _PERIODIC.match(doc.low, rest, end):
        return True
    topic = doc.low.startswith(("về ", "đối với "), start + (doc.low[start] == " "))
    lists = not topic and _LISTS.search(doc.low, max(start, colon - 24), colon)
    return not lists and bool(_bodies().match(doc.low, rest, end))


@cache
def heads() -> re.Pattern[str]:
    """What a duty's clause can begin with."""
    return head("action", "manner", "prohibition", "modal")


@cache
def _bodies() -> regex.Pattern[str]:
    return regex.compile(
        r"(?:giao |yêu cầu |đề nghị )?(?:bộ|các bộ|ubnd|ủy ban|sở|văn phòng|chủ tịch|các sở"
        r"|các địa phương|thành phố|tỉnh|cục|ban|công an|ngân hàng|tập đoàn|các cơ quan) "
    )


_LEFT = " \t-–+*•\"“‘'"
_RIGHT = " \t.;:,…/!?-–\"'”’*"


def trim(flat: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without marks and spaces around it; a closing quote or bracket stays where
    its opening is inside."""
    while start < end and flat[start] in _LEFT:
        if flat[start] in "“‘\"'" and _closes(flat[start], flat, start + 1, end):
            break
        start += 1
    while end > start and flat[end - 1] in _RIGHT:
        if flat[end - 1] in "”’\"'" and _opened(flat[end - 1], flat, start, end - 1):
            break
        end -= 1
    return start, end


def _closes(mark: str, flat: str, start: int, end: int) -> bool:
    """Whether a quotation that opens a clause also ends before the clause does."""
    twin = {"“": "”", "‘": "’"}.get(mark, mark)
    place = flat.find(twin, start, end)
    return 0 <= place < end - 2


def _opened(mark: str, flat: str, start: int, end: int) -> bool:
    twin = {"”": "“", "’": "‘"}.get(mark, mark)
    return flat.find(twin, start, end) >= 0
