"""The foot of a document: who signed, in what capacity, and who receives it.

NĐ 30/2020/NĐ-CP (PL I, II.7 to II.9): "KT." (signed for the head by a deputy), "TM." (on behalf of
a collective), "TL." (by order), "TUQ." (by authority), "Q." (acting), each before the head's
title; below it the signer's own title and name. In texts these stand on lines of their own, on
one line, or stuck together ("KT. THỦ TƯỚNGPHÓ THỦ TƯỚNG"). The capacity read is the last one
written, the one in which this person signs; the name is the run of capitalised words at the end.

>>> signer("TM. ỦY BAN NHÂN DÂN\\nKT. CHỦ TỊCH\\nPHÓ CHỦ TỊCH\\nTrần Văn Minh")
('Trần Văn Minh', 'PHÓ CHỦ TỊCH', 'KT.')
>>> recipients("Nơi nhận:\\n- Như trên;\\n- Bộ Y tế (để b/c);\\n- Lưu: VT, TH.")
['Như trên', 'Bộ Y tế (để b/c)', 'Lưu: VT, TH']
"""

from __future__ import annotations

from functools import cache

import regex

from vnpolicy.lexicon import layout
from vnpolicy.match import alternation
from vnpolicy.text import fold

CAPACITY = regex.compile(
    r"(?:(?:KT|TM|TL|TUQ|T\.UQ|Q)\s?[./]|(?:T/M|T/L|K/T|T/UQ)\s?\.?)(?=\s?\p{Lu})"
)
SEEN = regex.compile(r"\(?(?:Đã ký|đã ký|ĐÃ KÝ)\)?")
_PART = r"\p{Lu}[\p{Ll}'’]{0}(?:\p{Lu}\p{Ll}++)?"  # "Văn", "A", "H'Yim"
NAME = regex.compile(
    r"(?:(?:PGS|GS|TS|ThS|BS|KS)\.?\s?)*(?<!\p{L})(?P<name>(?:Y|"
    + _PART.replace("{0}", "++")
    + ")(?: "
    + _PART.replace("{0}", "*+")
    + "){1,5})$"
)
_DASHED = regex.compile(r"(?:^|(?<=[;:.,)\n]))\s*[-–+*]\s?(?=[\p{L}\d(])")
_HEAD = regex.compile(r"^\W*(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\s*:?")


@cache
def _offices() -> regex.Pattern[str]:
    names = alternation(sorted(layout.words("office")))
    return regex.compile(rf"(?:(?:phó|quyền|q\.) ?)*{names}|phó trưởng")


def is_office(text: str) -> bool:
    """Whether the line opens with a signer's capacity or title, in capitals."""
    if not text.isupper():
        return False
    return CAPACITY.match(text) is not None or _offices().match(fold(text)) is not None


def signer(text: str) -> tuple[str | None, str | None, str | None]:
    """Name, title and capacity as the signature says them; None for what it does not."""
    flat = " ".join(SEEN.sub(" ", text).replace("|", " ").split())
    flat = regex.sub(r"(?<=\p{Lu}{2})(?=\p{Lu}\p{Ll})", " ", flat)  # "THỦ TƯỚNGHòa" stuck together
    match = NAME.search(flat)
    name = match["name"] if match is not None else None
    titles = flat[: match.start()].strip() if match is not None else flat
    signs = list(CAPACITY.finditer(titles))
    capacity = None
    if signs:
        last = signs[-1]
        capacity = regex.sub(r"[^\p{Lu}]", "", last[0]) + "."
        titles = titles[last.end() :].strip()
    return name, _title(titles, delegated=capacity is not None), capacity


def _title(titles: str, *, delegated: bool) -> str | None:
    """The signer's own title, the last of those written."""
    found = [match.start() for match in _offices().finditer(fold(titles))]
    if not found:
        return None
    if delegated and len(found) == 1 and found[0] == 0 and not titles.startswith("PHÓ"):
        return None  # "KT. CHỦ TỊCH" alone is the head's title, not the signer's
    title = titles[found[-1] :].strip(" ,.")
    return title if title.isupper() else None


def recipients(text: str) -> list[str]:
    """The lines of a "Nơi nhận" list, without dash and end mark."""
    body = _HEAD.sub("", text).replace("|", " ")
    pieces = _DASHED.split(body)
    if len(pieces) == 1:  # one line, no dash: "Bộ Y tế; Lưu: VT."
        pieces = body.split(";")
    return [piece for raw in pieces if (piece := " ".join(raw.split()).strip(" ;.,"))]
