"""What is said on a calendar object of a task that is no longer in its document.

It is *marked*, once: with the category :data:`MARK`, and with the reason as COMMENT. It may also be
*put out*: CANCELLED, with its earlier status in X-VNPOLICY-STATUS. What a person has completed or
cancelled keeps that status. Nothing is deleted, because a person may have written in it.

>>> one = CalendarObject("BEGIN:VCALENDAR\\nBEGIN:VTODO\\nUID:1\\nEND:VTODO\\nEND:VCALENDAR")
>>> mark(one, "Không còn")
>>> put_out(one)
>>> one.lines[3:-2]  # doctest: +NORMALIZE_WHITESPACE
['CATEGORIES:Không còn trong văn bản', 'COMMENT:Không còn', 'STATUS:CANCELLED',
 'X-VNPOLICY-STATUS:NONE']
>>> unmark(one, "Có lại")
>>> one.lines[3:-2]
['COMMENT:Không còn', 'COMMENT:Có lại']
"""

from __future__ import annotations

import datetime

from vnpolicy.push.targets.caldav_object import CalendarObject, escaped

MARK = "Không còn trong văn bản"
_WAS, _NONE = "X-VNPOLICY-STATUS", "NONE"


def stamp(one: CalendarObject, now: datetime.datetime) -> None:
    """Says that this is a new revision."""
    said = one.text("SEQUENCE")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 9 else 0
    moment_ = now.astimezone(datetime.UTC).strftime("%Y%m%dT%H%M%SZ")
    one.put(["SEQUENCE"], [f"SEQUENCE:{number + 1}"])
    one.put(["LAST-MODIFIED", "DTSTAMP"], [f"LAST-MODIFIED:{moment_}", f"DTSTAMP:{moment_}"])


def is_marked(one: CalendarObject) -> bool:
    return MARK in one.words("CATEGORIES")


def is_out(one: CalendarObject) -> bool:
    return one.text("STATUS") == "CANCELLED" and one.first(_WAS) is not None


def mark(one: CalendarObject, text: str) -> None:
    """Says once that the task is no longer in the document."""
    if not is_marked(one):
        one.put([], [f"CATEGORIES:{escaped(MARK)}", f"COMMENT:{escaped(text)}"])


def unmark(one: CalendarObject, text: str) -> None:
    """Says once that it is there again."""
    put_in(one)
    if is_marked(one):
        rest = [escaped(word) for word in one.words("CATEGORIES") if word != MARK]
        one.put(["CATEGORIES"], [f"CATEGORIES:{','.join(rest)}"] if rest else [])
        one.put([], [f"COMMENT:{escaped(text)}"])


def put_out(one: CalendarObject) -> None:
    """Cancels what is neither completed nor cancelled."""
    status = one.text("STATUS").upper()
    if status not in ("COMPLETED", "CANCELLED"):
        one.put(["STATUS", _WAS], ["STATUS:CANCELLED", f"{_WAS}:{status or _NONE}"])


def put_in(one: CalendarObject) -> None:
    """Takes that back; leaves alone what a person has cancelled."""
    if is_out(one):
        status = one.text(_WAS)
        one.put(["STATUS", _WAS], [f"STATUS:{status}"] if status != _NONE else [])
