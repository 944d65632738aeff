"""Citations: the corpus, names inside names, anaphors, resolution, hostile text, growth."""

from __future__ import annotations

import datetime
import time

import corpus_cases
import pytest

from vnpolicy.document import Document, Taken
from vnpolicy.extractors.reference import ReferenceMention, find
from vnpolicy.link.reference import identity, resolve, urn
from vnpolicy.segment import cut
from vnpolicy.text import canonical

CASES = corpus_cases.read("reference")


def document(text: str, anchor: datetime.date | None = None) -> Document:
    doc = cut(canonical(text))
    doc.anchor = anchor
    return doc


def mentions(text: str, **kwargs: datetime.date) -> list[ReferenceMention]:
    doc = document(text, **kwargs)
    found = find(doc, Taken())
    resolve(doc, found)
    return found


def words(text: str) -> list[str]:
    doc = document(text)
    return [doc.flat[one.start : one.end] for one in find(doc, Taken())]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_corpus(case: corpus_cases.Case, request: pytest.FixtureRequest) -> None:
    if case.xfail:
        request.applymarker(pytest.mark.xfail(reason=case.xfail, strict=True))
    before = f"{case.context}\n\n" if case.context else ""
    doc = document(before + case.text, case.anchor)
    place = len(canonical(before).text) + 2 if before else 0
    shown = canonical(case.text)
    found = [one for one in find(doc, Taken()) if not one.anaphor and one.start >= place]
    spans = [shown.raw_span(one.start - place, one.end - place) for one in found]
    assert spans == case.spans
    for one, value in zip(found, case.values, strict=True):
        said = {field: corpus_cases.plain(getattr(one, field)) for field in value}
        wanted = {field: None if text == "null" else text for field, text in value.items()}
        assert said == wanted


def test_a_third_of_the_corpus_are_decoys() -> None:
    decoys = [case for case in CASES if not case.spans]
    assert len(CASES) >= 120
    assert 3 * len(decoys) >= len(CASES)
