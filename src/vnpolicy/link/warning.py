"""What looks contradictory or could not be resolved, each with its place.

Codes: ``no-anchor`` (yearless or relative dates and no date to resolve them against),
``deadline-before-document`` (a task is due before the document's own date),
``assignee-not-in-office`` (a body that did not exist on the document's date),
``task-without-lead`` (guidance that has a deadline: somebody is missing),
``unresolved-reference`` (a short form with more than one antecedent),
``cell-contradicts-text`` (a table's row has one due date in its cell and another in its task),
``text-damaged`` (characters that no Vietnamese text has, as where an old or a wrong encoding was
taken for Unicode; told once, at the first), ``text-unreadable`` (so few words that can be
Vietnamese that nothing is drawn from the text), ``text-quality-low`` (rather few).

>>> [found.group() for found in _DAMAGE.finditer("Thñ t­íng, chÝnh phñ; Thá»§ tÆ°á»›ng; Thủ tướng")]
['ñ', 'Ý', 'ñ', 'á»', 'Æ°', 'á»']
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import regex

from vnpolicy.document import Document
from vnpolicy.lexicon.agency import valid
from vnpolicy.link.found import Found
from vnpolicy.models import Warning

Place = Callable[[int, int], dict[str, Any]]


def warnings(
    doc: Document, found: Found, place: Place, doubts: Sequence[tuple[str, str]] = ()
) -> list[Warning]:
    """The reader's ``doubts`` (code and message), then the document's warnings by place."""
    told = [*_dates(doc, found), *_bodies(doc, found), *_references(found)]
    told += [*_cells(doc, found), *_damage(doc)]
    whole = [Warning(code=code, message=message) for code, message in (*doubts, *_unreadable(doc))]
    return whole + [
        Warning(code=code, message=message, span=place(start, end)["span"])
        for start, end, code, message in sorted(told)
    ]


Told = tuple[int, int, str, str]

# Lost characters; letters of TCVN3 read as Latin-1; UTF-8 read as Latin-1. Not upper-case Ý and
# the like at a word's start ("Ý kiến"), which are Vietnamese.
_DAMAGE = regex.compile(
    r"\uFFFD|[\u0080-\u009F\uE000-\uF8FF]|á[º»]|Æ°|Ä[‘]|(?<=\p{Ll})[ñÞ¸¶·»µÝ×Ø¾ËÌÎÏÑÓÖß÷øüþ]"
)
READABLE = 0.5  # below this no record can be trusted
DOUBTFUL = 0.75  # five of 417 public texts are below, for their foreign names
_FEW, _RARE = 5, 150  # one character in 150 is damage, fewer are foreign names


def _dates(doc: Document, found: Found) -> Iterator[Told]:
    issued = doc.header.issued_on
    for draft in found.drafts:
        for index in sorted({*draft.deadlines, *draft.handed}):
            time = found.times[index]
            if draft.kind == "guidance":
                yield draft.start, draft.end, "task-without-lead", "a deadline that nobody is given"
            elif time.due_on is None and doc.anchor is None and not time.recurrence:
                if not time.duration and time.value is None:
                    yield time.start, time.end, "no-anchor", "no date to resolve this against"
            elif time.due_on is not None and issued is not None and time.due_on < issued:
                message = f"due {time.due_on}, before the document's date {issued}"
                yield time.start, time.end, "deadline-before-document", message


def _cells(doc: Document, found: Found) -> Iterator[Told]:
    for draft in found.drafts:
        if doc.blocks[draft.block].kind != "table_row":
            continue
        times = [found.times[i] for i in draft.handed if found.times[i].due_on]
        said = {one.due_on for one in times if draft.start <= one.start < draft.end}
        cell = {one.due_on for one in times} - said
        if said and cell:
            message = f"due {min(map(str, said))} in the text, {min(map(str, cell))} in the cell"
            yield draft.start, draft.end, "cell-contradicts-text", message


def is_unreadable(doc: Document) -> bool:
    """Whether so few of the words can be Vietnamese that no record could be trusted."""
    return doc.quality is not None and doc.quality < READABLE


def _unreadable(doc: Document) -> Iterator[tuple[str, str]]:
    if is_unreadable(doc) and doc.quality is not None:
        message = f"only {doc.quality:.0%} of the words can be Vietnamese: nothing is drawn from it"
        yield "text-unreadable", message
    elif doc.quality is not None and doc.quality < DOUBTFUL:
        yield "text-quality-low", f"only {doc.quality:.0%} of the words can be Vietnamese"


def _damage(doc: Document) -> Iterator[Told]:
    marks = [match.start() for match in _DAMAGE.finditer(doc.flat)]
    if doc.damage is not None:
        message = f"in {doc.damage}: read as Unicode, while the records show it as it stands"
        yield 0, 0, "text-damaged", message
    elif len(marks) >= _FEW and len(marks) * _RARE > len(doc.flat):
        message = f"{len(marks)} characters that a Vietnamese text does not have"
        yield marks[0], marks[0] + 1, "text-damaged", message


def _bodies(doc: Document, found: Found) -> Iterator[Told]:
    if doc.anchor is None:
        return
    told = {i for d in found.drafts if d.kind == "task" for i in (*d.leads, *d.others)}
    for index in sorted(told):
        body = found.bodies[index]
        for agency in body.agency_ids:
            if not valid(agency, doc.anchor):
                message = f"{agency} was not in office on {doc.anchor}"
                yield body.start, body.end, "assignee-not-in-office", message


def _references(found: Found) -> Iterator[Told]:
    for mention in found.references:
        if mention.candidates and mention.resolves_to is None:
            message = "fits more than one: " + ", ".join(mention.candidates)
            yield mention.start, mention.end, "unresolved-reference", message
