"""Numbers and symbols of documents: "42/2022/NĐ-CP", "57-NQ/TW", "4861/VPCP-KGVX".

State documents are numbered ``sequence/type-issuer`` with the year between for norms, official
letters ``sequence/issuer-unit``, the National Assembly's ``sequence/year/QHk``, the Party's
``sequence-type/issuer`` (NĐ 30/2020/NĐ-CP Annex III; HD 36-HD/VPTW). Notices also write a
letter or a dot in the sequence (30a/2008/NQ-CP, 66.7/2025/NQ-CP), ``&`` and inner hyphens
(BNV-CTL&BHXH), a space at a separator ("11- CT/TU", "256 /2004/QĐ-UB", "849 / CĐ - TTg"), the
hyphen lost (QĐUBND, NQCP), ASCII or look-alike letters (ND-CP, СР in Cyrillic).

The canonical form has no spaces, capital letters but for those that offices write small (TTg,
TTr, CTr), and two digits at least. Not read: a number without a sequence (``Số: /KH-UBND``).

>>> [one.number for one in numbers("Quyết định số 6/QĐ-TTg và số 66.7/2025/NQCP")]
['06/QĐ-TTg', '66.7/2025/NQ-CP']
>>> [one.number for one in numbers("Chỉ thị số 11- CT/TU; 849 / CĐ - TTg; ngày 24/6/2022")]
['11-CT/TU', '849/CĐ-TTg']
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import regex

from vnpolicy.lexicon.doc_type import DocType, type_of_letters
from vnpolicy.lexicon.issuer import issuer_of_symbol, known_symbol

_GREEK_CYRILLIC = "\u0370-\u03ff\u0400-\u04ff"
_SEGMENT = (
    rf"(?:TTg|TTr|CTr|QyĐ|QĐi|[A-ZĐ][A-ZĐ0-9&ð{_GREEK_CYRILLIC}]*+"
    rf"(?:[a-zđ](?=[A-ZĐ])[A-ZĐ0-9&]++)*(?:[a-z](?!\p{{L}}))?)"
)
# From the last digit of the sequence or the year on: one literal-like start for the whole text.
_JOINT = regex.compile(r"[0-9](?:[a-zđ]|\.[0-9])? ?[/\-–] ?(?=[A-ZĐ])")
_SYMBOL = regex.compile(
    rf"(?:(?:NĐ|NQ|QĐ|CT|CĐ|KH|TB|KL|TT|TTr|CTr|BC|HD) - (?=\p{{Lu}}{{2}}))?"
    rf"{_SEGMENT}(?:(?: ?[-–/]|[-–/] ){_SEGMENT}){{0,6}}"
)
_SPACED_SYMBOL = regex.compile(rf"{_SEGMENT}(?: ?[-–/] ?{_SEGMENT}){{0,6}}")
_LEAD = regex.compile(
    r"(?P<sequence>[0-9]{1,6}[a-zđ]?(?:\.[0-9]{1,3})?)"
    r"(?: ?[/\-–] ?(?P<year>(?:19|20)[0-9]{2}))?(?P<joint> ?[/\-–] ?)\Z"
)
_SMALL = {"TTG": "TTg", "TTR": "TTr", "CTR": "CTr", "QYĐ": "QyĐ", "TTRI": "TTri", "TG": "TTg"}
_LOOKALIKE = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТУХð", "ABEZHIKMNOPTYXABEKMHOPCTYXĐ")
_ASCII_TYPES = {"ND": "NĐ", "QD": "QĐ", "CD": "CĐ"}
_PARTED = regex.compile(r"[-–/ ]+")
_SEPARATOR = regex.compile(r"([-–/])")
_YEAR = regex.compile(r"(?:19|20)[0-9]{2}")
_LEGISLATURE = regex.compile(r"(?:QH|UBTVQH)[0-9]{0,2}$")


@dataclass(slots=True)
class Number:
    """A number at a place: its parts, and what the symbol alone says of type and issuer."""

    start: int
    end: int
    number: str
    sequence: str
    year: int | None
    symbol: str
    doc_type: DocType | None
    issuer: str | None


def numbers(flat: str) -> list[Number]:
    """Every number with a symbol in ``flat``, from left to right."""
    found = []
    last = 0
    for match in _JOINT.finditer(flat):
        if match.start() < last:
            continue
        if (number := _at(flat, match.start(), match.end())) is not None:
            found.append(number)
            last = number.end
    return found


def _at(flat: str, digit: int, place: int) -> Number | None:
    first = max(0, digit - 20)
    lead = _LEAD.search(flat, first, place)
    if lead is None or not _opens(flat, lead.start()):
        return None
    spaced = lead["joint"][:1] == " " and lead["joint"][-1:] == " "
    symbol = (_SPACED_SYMBOL if spaced else _SYMBOL).match(flat, place)
    if symbol is None:
        return None
    end = _whole(flat, symbol)
    if end is None:
        return None
    return _number(flat, lead, place, end)


def _opens(flat: str, start: int) -> bool:
    """Whether a number may begin here: not inside a longer one, a code or a link."""
    before = flat[start - 1 : start]
    if before == ":":
        return flat[max(0, start - 4) : start - 1].lower().endswith("số")
    if before.isalpha():
        return flat[max(0, start - 2) : start].lower() == "số"
    return not before or not (before.isdigit() or before in "/.,-–_=#&")


def _whole(flat: str, symbol: regex.Match[str]) -> int | None:
    """Where the symbol ends: "NQ-CP -Bộ" gives up the word, "NĐ-CPquy" the glued letters."""
    text, end = symbol.group(), int(symbol.end())
    if not flat[end : end + 1].isalpha():
        return end
    last = _PARTED.split(text)[-1]
    if len(last) > 1 and known_symbol(last):
        return end
    head = text[: -len(last)].rstrip(" -–/")
    return int(symbol.start()) + len(head) if head else None


def _number(flat: str, lead: regex.Match[str], place: int, end: int) -> Number | None:
    symbol = canonical_symbol(flat[place:end])
    if sum(char.isupper() for char in symbol) < 2:
        return None
    sequence, year = lead["sequence"], lead["year"]
    if year is None and _YEAR.fullmatch(sequence):
        before = flat[max(0, lead.start() - 2) : lead.start()]
        if before.endswith(("/", "/ ")):
            return None  # "II /2026/QĐ-UBND": the sequence itself is not read
    sequence = _sequence(sequence, symbol)
    dash = "/" if "/" in lead["joint"] else "-"
    doc_type = _type_of(symbol)
    if dash == "-" and "/" not in symbol and doc_type is None:
        return None  # "Covid-19", "2021-TCVN": a dash joins the number of a Party document only
    middle = f"/{year}" if year else ""
    return Number(
        lead.start(),
        end,
        f"{sequence}{middle}{dash}{symbol}",
        sequence,
        int(year) if year else None,
        symbol,
        doc_type,
        _issuer_of(symbol),
    )


def _sequence(text: str, symbol: str) -> str:
    whole, dot, part = text.partition(".")
    if dot and not (symbol == "NQ-CP" and whole == "66"):
        # 66.7 is a number of its own, "1.500" a sequence with its thousands marked
        text = whole + part if len(part) == 3 else text
    return f"0{text}" if not text[1:2].isdigit() else text


@lru_cache(maxsize=4096)
def canonical_symbol(text: str) -> str:
    """The symbol as offices write it.

    >>> canonical_symbol("QĐUBND"), canonical_symbol("NĐ - CP"), canonical_symbol("CĐ-TTG")
    ('QĐ-UBND', 'NĐ-CP', 'CĐ-TTg')
    """
    parts = _SEPARATOR.split(text.replace(" ", "").translate(_LOOKALIKE))
    parts = [_SMALL.get(part.upper(), part.upper()) if i % 2 == 0 else part.replace("–", "-")
             for i, part in enumerate(parts)]  # fmt: skip
    parts[0] = _ASCII_TYPES.get(parts[0], parts[0])
    if len(parts) == 1 and (cut := _glued(parts[0])):
        issuer = parts[0][cut:]
        parts = [parts[0][:cut], "-", _SMALL.get(issuer, issuer)]
    if parts[:2] == ["NĐ", "/"]:
        parts[1] = "-"
    return "".join(parts)


def _glued(symbol: str) -> int:
    """Where a lost hyphen belongs: after the type's letters, before a known issuer's; or 0."""
    if known_symbol(symbol) or _LEGISLATURE.match(symbol):
        return 0
    for cut in (4, 3, 2):
        if type_of_letters(symbol[:cut]) and known_symbol(symbol[cut:]) and len(symbol) > cut:
            return cut
    return 0


@lru_cache(maxsize=4096)
def _type_of(symbol: str) -> DocType | None:
    first, *rest = symbol.replace("/", "-").split("-")
    if first == "CT" and rest and not issuer_of_symbol(rest[0]) and rest[0] not in _DIRECTIVE:
        return None  # "CT-CS": a unit of Cục Thuế, no directive
    return type_of_letters(first)


_DIRECTIVE = ("TW", "TU", "UBND", "UB", "ĐU", "BCĐ", "HĐND", "CTUBND", "BTV", "TTG")


@lru_cache(maxsize=4096)
def _issuer_of(symbol: str) -> str | None:
    """The one agency that the symbol names: VPCP of "VPCP-CN", BCA of "QĐ-BCA-QLXNC"."""
    parts = symbol.replace("/", "-").split("-")
    if parts[0] in ("TTLT", "NQLT") or "TW" in parts or "TU" in parts:
        return None
    if type_of_letters(parts[0]) is not None and len(parts) > 1:
        parts = parts[1:]
    return issuer_of_symbol(parts[0])
