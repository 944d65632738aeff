"""The library as a spaCy component: ``nlp.add_pipe("vnpolicy")``.

The component reads ``doc.text`` and fills

* ``doc.spans["vnpolicy"]`` with the records, labelled ``TASK``, ``REFERENCE``, ``DEADLINE``,
  ``QUANTITY`` and ``ASSIGNEE``; a record that ends inside a token takes the whole token; a task
  and a reference have their own id as ``span.id_``;
* ``doc._.vnpolicy`` with the :class:`~vnpolicy.models.Notice`, whose ``text`` is ``doc.text``.

It needs no trained pipeline and no tagger. For a blank Vietnamese pipeline without the package
``pyvi``, tell spaCy's tokenizer not to use it, or take the language-neutral ``xx``; tokens then
end at white space, or at punctuation too. Both keep in ``doc.text`` every character given.

>>> import spacy
>>> nlp = spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})
>>> nlp.add_pipe("vnpolicy", config={"anchor_date": "2024-01-31"}).labels
('TASK', 'REFERENCE', 'DEADLINE', 'QUANTITY', 'ASSIGNEE')
"""

from __future__ import annotations

import datetime
from functools import lru_cache

from spacy.language import Language
from spacy.tokens import Doc, Span

import vnpolicy
from vnpolicy.errors import ArgumentError
from vnpolicy.models import Notice, Record

KEY = "vnpolicy"
_FIELDS = {
    "TASK": "tasks",
    "REFERENCE": "references",
    "DEADLINE": "deadlines",
    "QUANTITY": "quantities",
    "ASSIGNEE": "assignees",
}


class Component:
    """Callable on a Doc; ``anchor_date`` (``YYYY-MM-DD`` or None) is the same for every Doc."""

    labels = tuple(_FIELDS)

    def __init__(self, anchor_date: str | None = None, spans_key: str = KEY) -> None:
        self._anchor_date = _date(anchor_date) if anchor_date else None
        self._spans_key = spans_key

    def __call__(self, doc: Doc) -> Doc:
        notice = vnpolicy.extract(doc.text, anchor_date=self._anchor_date)
        doc._.vnpolicy_json = notice.model_dump_json()
        found = [
            span
            for label, field in _FIELDS.items()
            for record in getattr(notice, field)
            if (span := _span(doc, record, label)) is not None
        ]
        doc.spans[self._spans_key] = sorted(found, key=lambda span: (span.start, span.end))
        return doc


@Language.factory("vnpolicy", default_config={"anchor_date": None, "spans_key": KEY})
def make(nlp: Language, name: str, anchor_date: str | None, spans_key: str) -> Component:
    """The factory that spaCy finds by the name ``vnpolicy``."""
    return Component(anchor_date, spans_key)


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise ArgumentError("anchor_date", text, "YYYY-MM-DD, or null") from None


def _span(doc: Doc, record: Record, label: str) -> Span | None:
    identity = getattr(record, "id", "")
    start, end = record.span.start, record.span.end
    return doc.char_span(start, end, label, span_id=identity, alignment_mode="expand")


@lru_cache(maxsize=64)
def _notice(json: str) -> Notice:
    return Notice.model_validate_json(json)


def _stored(doc: Doc) -> Notice | None:
    """The notice from its JSON, which is what a Doc can be saved with."""
    json = doc._.vnpolicy_json
    return _notice(json) if json else None


if not Doc.has_extension("vnpolicy_json"):
    Doc.set_extension("vnpolicy_json", default=None)
    Doc.set_extension("vnpolicy", getter=_stored)
