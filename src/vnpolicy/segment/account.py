"""Headings and captions, told without a label: by capitals, bold type, or by standing short.

A canonical text has no bold type, so the caller's text is asked ("**...**" around a run). In a
press account a short line without end mark between paragraphs is a sub-heading, the first one
the headline; not so under a lead-in that ends in a colon, where it is a list's member.
"""

from __future__ import annotations

import regex

from vnpolicy.lexicon import layout
from vnpolicy.segment import press
from vnpolicy.segment.place import Place
from vnpolicy.segment.wrap import Run

END = frozenset(".;:,…")
_NUMBERED = regex.compile(r"Ảnh \d{1,2}\.?$")


def caption(place: Place, run: Run) -> str | None:
    text = run.text
    if len(text) > 420 or run.label is not None:
        return None
    if press.is_caption(text):
        return "caption"
    if place.official:
        return None
    if place.last == "caption" and place.at:
        before = place.runs[place.at - 1]
        if before.text.endswith((".jpg", ".jpeg", ".png", ".webp")) and not run.gap:
            return "caption"
        if _NUMBERED.search(before.text) and text[-1] not in END:
            return "caption"
    return "caption" if place.count > 1 and press.is_scene(text) else None


def heading(place: Place, run: Run) -> str | None:
    text = run.text
    if run.label is not None or len(text) > 260 or text[-1] in ";,":
        return None
    if text.isupper() and len(text) > 4 and " " in text:
        return "heading"
    named = not place.official and press.is_name(text)
    if text[-1] != "." and len(text) > 3 and not named and _is_bold(place, run):
        return "heading"
    return _short(place, run) if not place.official else None


def _short(place: Place, run: Run) -> str | None:
    """A press account's headline or sub-heading; its dateline and by-line."""
    text = run.text
    if press.dateline(text) is not None or press.is_byline(text):
        return "boilerplate"
    follow = place.next()
    if len(text) > 160 or text[-1] in END or text[0].islower():
        return None
    if follow is None:
        return "boilerplate" if press.is_name(text) and place.count > 2 and not place.more else None
    ends = len(place.runs) - place.at < 4 or layout.reach(follow.text) is not None
    ends = ends or press.is_byline(follow.text)
    if press.is_name(text) and place.count > 2 and ends:
        return "boilerplate"
    if text.count(" | ") > 1 and len(text) < 80:
        return "boilerplate"  # "Chia sẻ | Lưu bài | Cỡ chữ"
    if place.last in ("", "boilerplate") and not place.began and not place.titled:
        return "title"
    if place.at and place.runs[place.at - 1].text[-1] == ":":
        return None
    if _is_italic(place, run):
        return "caption"
    longer = len(follow.text) > max(80, len(text)) or follow.label is not None
    return "heading" if longer else None


def _is_bold(place: Place, run: Run) -> bool:
    """Whether the caller's text sets the whole run in bold type."""
    raw = place.view.raw
    first, last = place.view.raw_span(run.start, run.end)
    return raw[max(0, first - 2) : first] == "**" and raw.startswith("**", last)


def _is_italic(place: Place, run: Run) -> bool:
    raw = place.view.raw
    first, last = place.view.raw_span(run.start, run.end)
    return raw[max(0, first - 2) : first] in ("*", "\n*") and raw.startswith("*", last)
