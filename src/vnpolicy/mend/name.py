"""Names of which an OCR engine got the letters and not the marks: "QUYÉT ĐỊNH".

The head of a scanned document is in capitals, where marks are small and close to the line above:
"TĨNH KIÊN GIANG", "THỒNG BÁO", "THÀNH PHÔ CÂN THƠ". What is written there comes from a short
list: the types of documents, provinces with their tier, bodies of the register. Letters that, all
marks taken off, are those of one such name of two words or more, and of no second one, are that
name. The spelling of the tone's place ("UỶ", "ỦY") stays as it stands.

>>> text = "THÀNH PHÔ CÂN THƠ ra QUYÉT ĐỊNH, UỶ BAN NHÂN DÂN TĨNH KIÊN GIANG, TINH THẦN"
>>> for start, end, told in reversed(edits(text)):
...     text = text[:start] + told + text[end:]
>>> text
'THÀNH PHỐ CẦN THƠ ra QUYẾT ĐỊNH, UỶ BAN NHÂN DÂN TỈNH KIÊN GIANG, TINH THẦN'
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import regex

from vnpolicy.lexicon.agency import agencies
from vnpolicy.lexicon.department import departments
from vnpolicy.lexicon.doc_type import doc_types
from vnpolicy.lexicon.province import provinces
from vnpolicy.text import fold

_RUN = regex.compile(r"(?<![\p{L}\d])\p{Lu}{2,}+(?: \p{Lu}{2,}+)+(?!\p{L})")
_ANY_RUN = regex.compile(r"(?<![\p{L}\d])\p{L}++(?: \p{L}++)++")
_LONGEST = 9  # words
_SHORTEST = 7  # letters and spaces: fewer may be another word's
_HEADS = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam",
    "Đảng Cộng sản Việt Nam",
    "Ủy ban nhân dân",
    "Hội đồng nhân dân",
    "Phó Chủ tịch",
    "Phó Thủ tướng",
    "Thủ tướng Chính phủ",
    "Đảng ủy",
    "Tỉnh ủy",
    "Thành ủy",
)


def edits(text: str, *, scanned: bool = False) -> list[tuple[int, int, str]]:
    """The letters to be written otherwise, one by one."""
    runs = _ANY_RUN if scanned else _RUN
    return [
        edit
        for run in runs.finditer(text)
        for edit in _in_run(run.group(), run.start(), scanned=scanned)
    ]


def is_odd(word: str) -> bool:
    """Whether a word, as white space parts them, may belong to a name in capitals."""
    return len(word) > 1 and word.isupper() and word[:2].isalpha()


def _in_run(run: str, start: int, *, scanned: bool) -> Iterator[tuple[int, int, str]]:
    words = run.split(" ")
    bare = _bare(run).upper().split(" ")
    place, at = start, 0
    while at < len(words):
        size = _size(bare, at) if words[at][0].isupper() else 0
        if size:
            said = " ".join(words[at : at + size])
            meant = names()[" ".join(bare[at : at + size])]
            if said.isupper() or (scanned and meant in _firm()):
                yield from _differences(said, meant, place)
        for word in words[at : at + max(size, 1)]:
            place += len(word) + 1
        at += max(size, 1)


def _size(bare: list[str], at: int) -> int:
    """How many words, at most, are a name from word ``at`` on; 0 for none."""
    known = names()
    for size in range(min(_LONGEST, len(bare) - at), 1, -1):
        if " ".join(bare[at : at + size]) in known:
            return size
    return 0


def _differences(said: str, meant: str, start: int) -> Iterator[tuple[int, int, str]]:
    for old, new in zip(said.split(" "), meant.split(" "), strict=True):
        if fold(old) != fold(new):
            for offset, (letter, right) in enumerate(zip(old, new, strict=True)):
                cased = right if letter.isupper() else right.lower()
                if letter != cased:
                    yield start + offset, start + offset + 1, cased
        start += len(old) + 1


@cache
def names() -> Mapping[str, str]:
    """Names in capitals by their bare letters; what two names share is left out."""
    found: dict[str, set[str]] = {}
    for name in _all_names():
        upper = fold(name).upper()
        bare = _bare(upper)
        if (
            len(bare.split(" ")) > 1
            and (len(bare) > _SHORTEST or name in _HEADS)
            and bare.replace(" ", "").isalpha()
        ):
            found.setdefault(bare, set()).add(upper)
    return {bare: next(iter(forms)) for bare, forms in found.items() if len(forms) == 1}


@cache
def _firm() -> frozenset[str]:
    """Names in capitals that no other words look like even in small letters: long ones."""
    long = (name for name in _bodies() if name.count(" ") > 1)
    return frozenset(fold(name).upper() for name in (*_HEADS, *long))


def _all_names() -> Iterator[str]:
    yield from _HEADS
    for kind in doc_types():
        yield kind.name
    yield from _bodies()


def _bodies() -> Iterator[str]:
    for province in provinces():
        for tier in ("tỉnh", "thành phố"):
            yield f"{tier} {province.name}"
    for agency in agencies().values():
        yield agency.name
    yield from departments()


def _bare(text: str) -> str:
    """The text without any mark, letter for letter.

    >>> _bare("ĐẠI TỪ ĐIỂN")
    'DAI TU DIEN'
    """
    return "".join(_letter(char) for char in text)


@cache
def _letter(char: str) -> str:
    return "D" if char in "ĐÐ" else unicodedata.normalize("NFD", char)[0]
