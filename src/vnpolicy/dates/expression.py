"""``dates.parse``: every time expression of a text, as records with the caller's offsets."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import regex

from vnpolicy.dates import longtail
from vnpolicy.dates.join import Blocked, read_frames
from vnpolicy.dates.mention import Frame, TimeMention
from vnpolicy.dates.reading import Outlook, read_frame
from vnpolicy.errors import ArgumentError
from vnpolicy.lexicon.time_word import policies
from vnpolicy.models.record import Span
from vnpolicy.models.time_expression import TimeExpression
from vnpolicy.text import canonical, fold

_WRAP = regex.compile(r"(?<=[^\n])\n(?=[^\n])")
_FIELDS = (
    *("value", "modifier", "start_on", "due_on", "due_time", "recurrence"),
    *("duration", "working_days", "counted_from", "year_inferred"),
)


def scan(
    doc_low: str,
    flat: str,
    anchor: datetime.date | None,
    *,
    policy: str = "default",
    start: int = 0,
    end: int | None = None,
    blocked: Blocked | None = None,
    skipped: Callable[[Frame], bool] | None = None,
) -> list[TimeMention]:
    """Every time expression of the window ``[start, end)``, from left to right.

    ``doc_low`` is the folded and ``flat`` the canonical text, of one length; offsets are theirs.
    ``anchor`` is the day of speaking, None where it is not known: then nothing yearless gets a
    date. ``blocked(start, end)`` tells which spans are spoken for, ``skipped(frame)`` which
    expressions need not be read at all.

    :raises ArgumentError: for a policy that is not known, or an anchor that is no date.
    """
    outlook = _outlook(anchor, policy)
    stop = len(doc_low) if end is None else end
    mentions = (
        read_frame(doc_low, flat, frame, outlook)
        for frame in read_frames(doc_low, flat, start, stop, blocked)
        if skipped is None or not skipped(frame)
    )
    return [mention for mention in mentions if mention is not None]


def _outlook(anchor: datetime.date | None, policy: str) -> Outlook:
    if policy not in policies():
        raise ArgumentError("policy", policy, ", ".join(sorted(policies())))
    if anchor is not None and (
        not isinstance(anchor, datetime.date) or isinstance(anchor, datetime.datetime)
    ):
        raise ArgumentError("anchor_date", anchor, "a datetime.date or None")
    return Outlook(anchor, policy)


def parse(
    text: str, anchor_date: datetime.date | None = None, *, policy: str = "default"
) -> list[TimeExpression]:
    """Every time expression of ``text``, from left to right, with offsets into it as given.

    ``anchor_date`` is the day from which yearless and relative times are read; without it they
    have no date. Nothing is said about deadlines.

    :raises ArgumentError: for a text that is no string, an unknown policy, a false anchor.
    """
    if not isinstance(text, str):
        raise ArgumentError("text", type(text).__name__, "a str")
    view = canonical(text)
    # Lines that only wrap a paragraph are joined, as in a document.
    flat = _WRAP.sub(" ", view.text)
    low = fold(flat)
    found = scan(low, flat, anchor_date, policy=policy)
    spans = [(mention.start, mention.end) for mention in found]
    records = []
    for mention in sorted(found + _tail(low, spans), key=lambda one: one.start):
        first, last = view.raw_span(mention.start, mention.end)
        values = {name: getattr(mention, name) for name in _FIELDS}
        records.append(TimeExpression(span=Span(first, last), text=text[first:last], **values))
    return records


def _tail(low: str, spans: list[tuple[int, int]]) -> list[TimeMention]:
    """What only the long tail reads, where the grammar has read nothing."""
    mentions = []
    for start, end, day in longtail.find(low):
        if any(first < end and start < last for first, last in spans):
            continue
        mention = TimeMention(start, end, day.isoformat(), None, day, day)
        mention.rule, mention.unit = "long-tail", "day"
        mentions.append(mention)
    return mentions
