"""Who issues an instrument: by the symbol at the end of its number, and by name after "của".

The symbol names the issuer ("42/2022/NĐ-CP": CP, Chính phủ; "4861/VPCP-CN": VPCP) unless many
share it (TW, UBND, TU); then only the words tell. Data: the symbols and names of
``lexicon/data/agencies.csv``, and ``lexicon/data/number_symbols.csv`` for old and ambiguous
symbols (an empty agency says that the symbol decides nothing).

>>> issuer_of_symbol("QH15"), issuer_of_symbol("BTC"), issuer_of_symbol("UBND")
('quoc-hoi', 'bo-tai-chinh', None)
>>> issuer_of_name("bộ trưởng bộ y tế"), issuer_of_name("ủy ban nhân dân tỉnh cà mau")
('bo-y-te', 'ubnd-ca-mau')
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from vnpolicy.lexicon.province import province_names
from vnpolicy.lexicon.table import rows, split
from vnpolicy.text import fold

HEADS = (
    "bộ trưởng, chủ nhiệm", "bộ trưởng", "thứ trưởng", "thủ trưởng", "chủ tịch",
    "phó chủ tịch", "giám đốc", "cục trưởng",
    "tổng cục trưởng", "thống đốc", "chánh án", "viện trưởng", "tổng giám đốc", "chủ nhiệm",
    "trưởng ban", "ban thường vụ", "ban chấp hành", "thường trực", "thường vụ", "btv", "bch",
)  # fmt: skip
_HEAD = regex.compile(rf"(?:{'|'.join(HEADS)}) ")
_LOCAL = regex.compile(
    r"(ubnd|ủy ban nhân dân|hđnd|hội đồng nhân dân|tỉnh ủy|thành ủy|đảng bộ)"
    r"(?: (?:tỉnh|thành phố|tp\.?))? ([^,;]+)$"
)
_LOCAL_IDS = {
    "ubnd": "ubnd", "ủy ban nhân dân": "ubnd", "hđnd": "hdnd", "hội đồng nhân dân": "hdnd",
    "tỉnh ủy": "tinh-uy", "thành ủy": "tinh-uy", "đảng bộ": "tinh-uy",
}  # fmt: skip
_TERM = regex.compile(r" khóa [ivxl]+$")
_LEGISLATURE = regex.compile(r"(?<=\p{L})[0-9]{1,2}$")


@cache
def _symbols() -> Mapping[str, str | None]:
    found: dict[str, str | None] = {}
    for row in rows("agencies", required=("id",)):
        for symbol in split(row["symbols"]):
            key = symbol.upper()
            found[key] = None if found.get(key, row["id"]) != row["id"] else row["id"]
    for row in rows("number_symbols", required=("symbol",)):
        found[row["symbol"].upper()] = row["agency"] or None
    return found


def issuer_of_symbol(symbol: str) -> str | None:
    """The agency that signs with ``symbol``, or None where none or several do."""
    return _symbols().get(_LEGISLATURE.sub("", symbol.upper()))


def known_symbol(symbol: str) -> bool:
    """Whether some agency, or a class of agencies, signs with ``symbol``."""
    return _LEGISLATURE.sub("", symbol.upper()) in _symbols()


@cache
def issuer_names() -> Mapping[str, str]:
    """Folded names and aliases of the central agencies, to their ids."""
    found: dict[str, str] = {}
    for row in rows("agencies", required=("id", "name")):
        for name in (row["name"], *split(row["aliases"])):
            found.setdefault(fold(name), row["id"])
    for name, agency in (
        ("ttg", "thu-tuong-chinh-phu"),
        ("ban chấp hành trung ương", "ban-chap-hanh-trung-uong"),
        ("bch trung ương đảng", "ban-chap-hanh-trung-uong"),
        ("trung ương đảng", "ban-chap-hanh-trung-uong"),
        ("ban bí thư trung ương đảng", "ban-bi-thu"),
        ("ban bí thư trung ương", "ban-bi-thu"),
    ):
        found.setdefault(name, agency)
    return found


def issuer_of_name(name: str) -> str | None:
    """The id for an issuer's name, its head's title left off, or None where it is not known."""
    text = _TERM.sub("", fold(name))
    names = issuer_names()
    for _ in range(3):
        if text in names:
            return names[text]
        if local := _LOCAL.fullmatch(text):
            province = province_names().get(local[2])
            return f"{_LOCAL_IDS[local[1]]}-{province}" if province else None
        head = _HEAD.match(text)
        if head is None:
            break
        text = text[head.end() :]
    return None
