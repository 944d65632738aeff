"""Mentions of legal and policy instruments.

What counts (NĐ 30/2020/NĐ-CP for numbers; how notices cite): an instrument with a number
("Nghị định số 42/2022/NĐ-CP", "57-NQ/TW"), a law by name ("Luật Đất đai năm 2024"), a programme,
scheme, strategy, planning or plan by its code, its quoted or capitalised title or its issuer
("Đề án 06", "Quy hoạch điện VIII"), and the anaphors of these ("Nghị định này"). The span holds
the provision that leads in, a draft word, the type word, number, date and issuer; the
descriptive title is told apart.

Not read: the document's own number and title, the notice that a press text reports, products
yet to be made and known by topic only ("các Nghị định hướng dẫn ..."), plurals, projects,
treaties, standards, links and file names.

>>> from vnpolicy.segment.cut import cut
>>> from vnpolicy.text import canonical
>>> doc = cut(canonical("Thực hiện khoản 2 Điều 5 Nghị định 73 năm 2019 và Đề án 06."))
>>> [(one.number or one.name, one.provision) for one in find(doc, Taken())]
[('73/2019/NĐ-CP', (('khoan', '2'), ('dieu', '5'))), ('Đề án 06', ())]
"""

from __future__ import annotations

from vnpolicy.document import Document, Taken
from vnpolicy.extractors.reference.law import find_laws
from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.numbered import find_numbered
from vnpolicy.extractors.reference.own import without_own
from vnpolicy.extractors.reference.page import open_page
from vnpolicy.extractors.reference.plan import find_plans
from vnpolicy.extractors.reference.plan_list import find_lists, past_members
from vnpolicy.extractors.reference.short import find_anaphors, find_short
from vnpolicy.match import resolve

__all__ = ["ReferenceMention", "find"]


def find(doc: Document, taken: Taken) -> list[ReferenceMention]:
    """Every mention of an instrument outside ``taken``, by start then end.

    Mentions do not overlap, but for those inside a name that ``holds`` them ("Kế hoạch thực
    hiện Quy hoạch điện VIII").
    """
    page = open_page(doc.flat, doc.low, doc.home)
    laws = find_laws(page)
    numbered = find_numbered(page)
    found = [*laws, *numbered, *find_short(page)]
    listed = find_lists(page)
    found += listed
    found += past_members(listed, find_plans(page, {one.end for one in found if one.number}))
    found = without_own(doc, page, found)
    found += find_anaphors(page)
    for one in found:
        if one.title_span is not None:
            one.title = doc.flat[one.title_span[0] : one.title_span[1]]
    kept = [one for one in found if not taken.touches(one.start, one.end)]
    return _layered(kept)


def _layered(found: list[ReferenceMention]) -> list[ReferenceMention]:
    """The law of overlap, applied to names that hold others and to the others apart."""
    _mark_holders(found)
    outer = resolve([one for one in found if one.holds])
    inner = resolve([one for one in found if not one.holds])
    return sorted([*outer, *inner], key=lambda one: (one.start, one.end))


def _mark_holders(found: list[ReferenceMention]) -> None:
    """A plan by name that has another citation wholly inside its name holds it."""
    starts = sorted((one.start, one.end) for one in found if not one.anaphor)
    index = 0
    for one in sorted(found, key=lambda mention: mention.start):
        while index < len(starts) and starts[index][0] <= one.start:
            index += 1
        if one.name is None or one.rule not in ("capital-topic", "named-issuer", "register-name"):
            continue
        within = index
        while within < len(starts) and starts[within][0] < one.end:
            if starts[within][1] <= one.end:
                one.holds = True
                break
            within += 1
