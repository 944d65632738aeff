"""The kinds of documents: their names, the letters that stand for them in a number, their slugs.

NĐ 30/2020/NĐ-CP names 29 administrative kinds with their abbreviations (Annex III); laws and
Party documents add theirs. ``kind`` says how notices cite one: ``norm`` by number ("Nghị định
số 42/2022/NĐ-CP"), ``law`` by name as well ("Luật Đất đai"), ``plan`` by number, code or name
("Đề án 06"), ``any`` by number, under the slug ``van-ban``, which stands for a kind without a
slug of its own ("Phương án số 728/PA-UBND"); ``none`` is a numbered paper that is no
instrument ("Giấy phép số 459/GP-BTTTT", "Mẫu số 03/TNDN"). Data: ``lexicon/data/doc_types.csv``.

>>> type_of_name("thông báo kết luận").slug
'thong-bao'
>>> type_of_letters("TTr").slug
'to-trinh'
>>> type_of_name("giấy phép").kind
'none'
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows, split
from vnpolicy.text import fold

KINDS = ("norm", "law", "plan", "any", "none")


@dataclass(frozen=True, slots=True)
class DocType:
    """One kind: ``name`` folded, ``letters`` as numbers have them, ``slug`` empty for none."""

    name: str
    slug: str
    letters: tuple[str, ...]
    kind: str
    source: str


@cache
def doc_types() -> tuple[DocType, ...]:
    """Every kind, in the table's order."""
    found = []
    for row in rows("doc_types", required=("name", "kind")):
        if row["kind"] not in KINDS or bool(row["slug"]) == (row["kind"] == "none"):
            raise LexiconError(f"lexicon/data/doc_types.csv: {row['name']}: kind or slug is wrong")
        found.append(
            DocType(
                fold(row["name"]),
                row["slug"],
                split(row["abbreviations"]),
                row["kind"],
                row["source"],
            )
        )
    return tuple(found)


@cache
def type_names() -> Mapping[str, DocType]:
    """Folded name to kind."""
    return {one.name: one for one in doc_types()}


@cache
def type_words() -> Mapping[str, str]:
    """Slug to the words for it: the first of its names, as a title has it.

    >>> type_words()["thong-bao"], "" in type_words()
    ('Thông báo', False)
    """
    found: dict[str, str] = {}
    for one in doc_types():
        if one.slug:
            found.setdefault(one.slug, one.name.capitalize())
    return found


@cache
def _letters() -> Mapping[str, DocType]:
    found: dict[str, DocType] = {}
    for one in doc_types():
        for letters in one.letters:
            found.setdefault(letters.upper(), one)
    return found


def type_of_name(name: str) -> DocType | None:
    """The kind with that name, in any case or tone placement, or None."""
    return type_names().get(fold(name))


def type_of_letters(letters: str) -> DocType | None:
    """The kind that the letters of a number stand for, or None."""
    return _letters().get(letters.upper())
