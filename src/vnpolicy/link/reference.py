"""What a citation stands for: short forms, anaphors, names of the register.

**Resolution** inside the document is by structure, never by nearness: a short form stands for
the one full citation of its type and sequence, an abbreviation for what it was defined as
("(sau đây gọi là Nghị quyết 66)", "(Đề án 06)"), "Nghị định này" for the document itself where
that is its type, "Quyết định nêu trên" for the one decision cited before. Where several fit they
are ``candidates`` and nothing is resolved. What the document leaves open the register may close:
names ("Đề án 06", "Luật Đất đai" as of the document's date) and Party numbers, where one entry
alone fits. A number without a year is never resolved by the register: it repeats every year.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence

import regex

from vnpolicy.document import Document
from vnpolicy.extractors.reference import ReferenceMention
from vnpolicy.lexicon.doc_type import type_names
from vnpolicy.lexicon.instrument import (
    Instrument,
    instruments_named,
    instruments_numbered,
)
from vnpolicy.lexicon.instrument import identity as identity_of
from vnpolicy.link.identity import identity
from vnpolicy.text import fold

_SEQUENCE = regex.compile(r"0*([0-9]+[a-zđ]?(?:\.[0-9]+)?)")
_DEFINED = regex.compile(
    r"[ ,]*\((?P<said>(?:sau đây|dưới đây)? ?(?:được )?(?:gọi|viết)(?: tắt| gọn| chung)? là:? )?"
    r"[“\"]?(?P<short>[^()“”\"\n]{2,60})[”\"]?\)"
)
_TYPED = regex.compile(
    r"(?P<type>đề án|chương trình|kế hoạch|chiến lược|quy hoạch|luật|bộ luật|nghị quyết|nghị định"
    r"|quyết định|chỉ thị|thông tư|kết luận|thông báo|công điện)"
    r"(?: (?:số )?(?P<sequence>[0-9]+[^ ]*))?(?P<rest> .+)?\Z"
)
_CAPITALS = regex.compile(r"[\p{Lu}0-9&]{2,12}")
_YEARS = regex.compile(r"20[0-9]{2}")
_FRESH_YEARS = 4
_MOST = 8  # more citations that fit than this are no candidates any more

_LETTERS = regex.compile(r"\p{L}{2}")


def resolve(doc: Document, found: Sequence[ReferenceMention]) -> None:
    """Fill ``resolves_to``, ``resolved_by`` and ``candidates`` of every mention in ``found``."""
    by_sequence: dict[tuple[str, str], dict[str, ReferenceMention]] = defaultdict(dict)
    for one in found:
        if one.number and _whole(one):
            wholes = by_sequence[one.type, _sequence(one.number)]
            if len(wholes) <= _MOST:
                wholes.setdefault(identity(one), one)
    _by_register(doc, found)
    defined = _definitions(doc, found)
    cited: dict[str, dict[str, None]] = defaultdict(dict)
    for one in found:
        if (target := defined.get(_words(doc, one))) and target is not one:
            if target.start < one.start or one.anaphor:
                _point(one, target)
        elif one.anaphor:
            _back(doc, one, list(cited[one.type]))
        elif one.number:
            _short(one, by_sequence[one.type, _sequence(one.number)])
        if not one.anaphor and len(cited[one.type]) <= _MOST:
            cited[one.type][one.resolves_to or identity(one)] = None


def _whole(one: ReferenceMention) -> bool:
    return one.number is not None and _LETTERS.search(one.number) is not None


def _sequence(number: str) -> str:
    match = _SEQUENCE.match(number)
    return match[1] if match else number


def _words(doc: Document, one: ReferenceMention) -> str:
    return fold(doc.flat[one.start : one.end])


def _point(one: ReferenceMention, target: ReferenceMention) -> None:
    meant = target.resolves_to or identity(target)
    if meant != identity(one):
        one.resolves_to, one.resolved_by, one.candidates = meant, "document", []


def _short(one: ReferenceMention, wholes: Mapping[str, ReferenceMention]) -> None:
    """The full citation that a short or an undated one repeats."""
    fitting = {key: whole for key, whole in wholes.items() if _fits(one, whole)}
    fitting.pop(identity(one), None)
    # What is said with its date is the same instrument as what is said without it.
    fitting = {
        key: whole
        for key, whole in fitting.items()
        if not any(other.startswith((f"{key}@", f"{key}-")) for other in fitting)
    }
    if len(fitting) == 1:
        _point(one, next(iter(fitting.values())))
    elif fitting and (not _whole(one) or one.issued_on is None):
        one.candidates = sorted(fitting)


def _fits(one: ReferenceMention, whole: ReferenceMention) -> bool:
    assert one.number is not None and whole.number is not None
    if one is whole or (one.issued_on and whole.issued_on not in (None, one.issued_on)):
        return False
    if one.year and whole.year and one.year != whole.year:
        return False
    if one.issuer and whole.issuer and not one.issuer_inferred and one.issuer != whole.issuer:
        return False
    if _whole(one):  # the same number, told with its date elsewhere
        same = identity_of("", number=one.number) == identity_of("", number=whole.number)
        return same and one.issued_on is None and whole.issued_on is not None
    return True


def _definitions(doc: Document, found: Sequence[ReferenceMention]) -> dict[str, ReferenceMention]:
    """What each abbreviation in brackets after a citation or its title was defined as."""
    places: dict[int, list[ReferenceMention]] = defaultdict(list)
    for one in found:
        if not one.anaphor:
            for place in {one.end, one.title_span[1] if one.title_span else one.end}:
                places[place].append(one)
    defined: dict[str, ReferenceMention | None] = {}
    for place, ones in places.items():
        match = _DEFINED.match(doc.low, place)
        if match is None:
            continue
        short = match["short"].strip()
        target = _defined_by(short, match, ones, doc.flat)
        if target is not None:
            known = defined.setdefault(short, target)
            if known is not None and identity(known) != identity(target):
                defined[short] = None  # told of two: it stands for neither
    return {short: one for short, one in defined.items() if one is not None}


def _defined_by(
    short: str, match: regex.Match[str], ones: list[ReferenceMention], flat: str
) -> ReferenceMention | None:
    """The citation before the bracket that ``short`` abbreviates: by its type and sequence."""
    written = flat[match.start("short") : match.end("short")]
    typed = _TYPED.match(short)
    if typed is None:
        letters = _CAPITALS.fullmatch(written)
        return ones[0] if letters and (match["said"] or len(ones) == 1) else None
    slug_of = type_names()[typed["type"]].slug
    if typed["sequence"] is None:
        same = [one for one in ones if one.type == slug_of]
        plain = match["said"] or not typed["rest"] or written.split(" ")[-1].isupper()
        return same[0] if len(same) == 1 and plain else None
    sequence = _sequence(typed["sequence"])
    for one in ones:
        if one.type == slug_of and one.number and _sequence(one.number) == sequence:
            return one
    named = [one for one in ones if one.number is None and one.type == slug_of]
    return named[0] if len(named) == 1 and not typed["rest"] else None


def _back(doc: Document, one: ReferenceMention, before: list[str]) -> None:
    """Let "Nghị định này" be the document, "nêu trên" the one of that type cited ``before``."""
    if one.rule.endswith("này"):
        if doc.header.doc_type == one.type and doc.header.number:
            own = ReferenceMention(0, 0, one.type, "own", number=doc.header.number)
            own.issued_on = doc.header.issued_on
            one.resolves_to, one.resolved_by = identity(own), "document"
    elif len(before) == 1:
        one.resolves_to, one.resolved_by = before[0], "document"
    elif len(before) <= _MOST:
        one.candidates = sorted(before)


def _by_register(doc: Document, found: Sequence[ReferenceMention]) -> None:
    for one in found:
        if one.anaphor or one.status == "draft":
            continue
        entries = _entries(one)
        fitting = [entry for entry in entries if _holds_on(entry, one, doc.anchor)]
        ids = list(dict.fromkeys(entry.id for entry in fitting))
        if one.number and len(fitting) == 1 and not _recent(fitting[0], doc.anchor):
            continue
        if len(ids) == 1 and ids[0] != identity(one):
            one.resolves_to, one.resolved_by = ids[0], "register"
        elif len(ids) > 1:
            one.candidates = sorted(ids)


def _entries(one: ReferenceMention) -> tuple[Instrument, ...]:
    """What the register has under the mention's name, short form or Party number."""
    if one.name is not None and not one.number:
        return instruments_named(one.name)
    if one.number is None:
        return ()
    if one.number.endswith("/TW") and one.issued_on is None:
        return instruments_numbered(one.type, one.number)
    if not _whole(one) and one.issuer in (None, "bo-chinh-tri") and one.year is None:
        word = {"nghi-quyet": "nghị quyết", "ket-luan": "kết luận"}.get(one.type)
        return instruments_named(f"{word} {_sequence(one.number)}") if word else ()
    return ()


def _holds_on(entry: Instrument, one: ReferenceMention, anchor: datetime.date | None) -> bool:
    """Whether the entry may be meant by a text of that date."""
    if one.year is not None and entry.year != one.year:
        return False
    if one.issued_on is not None and entry.issued_on is not None:
        return one.issued_on == entry.issued_on
    if entry.type in ("luat", "bo-luat", "phap-lenh") and one.year is None:
        return _in_force(entry, anchor)
    if one.name is not None and not _in_period(entry, one.name, anchor):
        return False
    if entry.issued_on is None or anchor is None:
        return one.number is None or anchor is not None
    return entry.issued_on <= anchor


def _in_period(entry: Instrument, name: str, anchor: datetime.date | None) -> bool:
    """Whether a name that leaves the programme's period out may mean this one on that day."""
    years = [int(year) for year in _YEARS.findall(entry.name)]
    if not years or _YEARS.search(name) or fold(name) in map(fold, entry.aliases):
        return True
    return anchor is not None and anchor.year <= max(years)


def _recent(entry: Instrument, anchor: datetime.date | None) -> bool:
    """Whether a Party number may still be of this term: the numbers begin again with each."""
    if anchor is None or entry.issued_on is None:
        return False
    return anchor.year - entry.issued_on.year <= _FRESH_YEARS


def _in_force(entry: Instrument, anchor: datetime.date | None) -> bool:
    """Whether the law is the one of its name in force on that day, as far as the register knows."""
    same = instruments_named(entry.name)
    if anchor is None:
        return False
    began = [one for one in same if one.effective_from and one.effective_from <= anchor]
    latest = max(began, key=lambda one: one.effective_from or anchor, default=None)
    pending = any(one.issued_on and one.issued_on <= anchor and one not in began for one in same)
    return latest == entry and not pending
