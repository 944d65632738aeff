"""Where leads come from when no clause names them: the addressees of the document, the body
that the meeting was with, the owner of the list of tasks."""

from __future__ import annotations

import regex

from vnpolicy.document import Document
from vnpolicy.link.body import Bodies

_MEETING = regex.compile(r"làm việc với (?:lãnh đạo |ban thường vụ |thường trực )?")
_SENDER = regex.compile(r"^[^:\n]{0,120} điện ?:", regex.M)
_OWNER = regex.compile(r"nhiệm vụ[^.;:\n]{0,90}? của (?=\S)")


def addressees(doc: Document, bodies: Bodies) -> tuple[int, ...]:
    """The bodies that the document is sent to ("Kính gửi", "điện"): an order that names nobody
    is for them, and not for the sender ("THỦ TƯỚNG CHÍNH PHỦ điện:")."""
    found: list[int] = []
    for block in doc.blocks:
        if block.kind == "recipients" and (block.label or "").lower() in ("kính gửi", "điện"):
            sender = _SENDER.search(doc.low, block.start, block.end)
            found += bodies.inside(sender.end() if sender else block.start, block.end)
        elif found:
            break
    return tuple(found)


def meeting_leads(doc: Document, bodies: Bodies) -> tuple[int, ...]:
    """The province or body that the concluding meeting was held with: what the conclusions
    leave to nobody falls to it."""
    if doc.retells:
        return ()
    stop = next((b.start for b in doc.blocks if b.kind in ("item", "heading")), len(doc.low))
    titles = [(b.start, b.end) for b in doc.blocks if b.kind in ("title", "header")]
    meetings = list(_MEETING.finditer(doc.low, 0, stop))
    meetings.sort(key=lambda m: any(start <= m.start() < end for start, end in titles))
    for meeting in meetings:
        if _in_recital(doc, meeting.start()):
            continue
        for index in bodies.inside(meeting.end() - 20, meeting.end() + 2):
            body = bodies.found[index]
            if body.end > meeting.end() and body.agency_ids:
                return (index,)
    return ()


def _in_recital(doc: Document, offset: int) -> bool:
    """Whether the offset lies in what the document is based on: another one's meeting."""
    block = doc.block_at(offset)
    return block is not None and doc.low.startswith(("căn cứ", "xét "), block.start)


def antecedent(low: str, bodies: Bodies, start: int, end: int) -> tuple[int, ...]:
    """The body whose tasks the list header lists: named in it ("Nhiệm vụ ... của Bộ X:"), else
    by the first earlier "nhiệm vụ ... của <body>"."""
    for left, right in ((start, end), (0, start)):
        for owner in _OWNER.finditer(low, left, right + 1):
            index = bodies.at(owner.end())
            if index is not None and bodies.found[index].agency_ids:
                return (index,)
    return ()
