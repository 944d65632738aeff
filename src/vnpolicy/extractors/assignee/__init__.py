"""Who is named: agencies, classes of agencies, office holders, local and unknown bodies.

Notices name bodies by full name ("Bộ Nông nghiệp và Môi trường"), short form ("Bộ TT&TT",
"NHNN"), office ("Bộ trưởng Bộ Y tế", "Chủ tịch UBND các cấp"), class ("các bộ, ngành, địa
phương"), list ("các Bộ: Quốc phòng, Công an", "UBND các tỉnh An Giang, Cần Thơ"), range ("từ Hà
Tĩnh đến Khánh Hòa"), or as bodies that no register holds ("Công an tỉnh", "Công ty Điện lực X").
One mention is what one assignee record will be. What part a body has is not said here; how it
stands in the sentence is: its cue, its coordination, whether a province is only a place.

Not read: bodies of other states, sectors of the economy, an office without a body, a class
without a determiner. Sources: the lexicon's; forms as observed.

>>> from vnpolicy.document import Taken
>>> from vnpolicy.segment.cut import cut
>>> from vnpolicy.text import canonical
>>> doc = cut(canonical("Bộ Tài chính chủ trì, phối hợp với các bộ, ngành, UBND tỉnh Cà Mau."))
>>> for one in find(doc, Taken()):
...     print(doc.flat[one.start:one.end], one.agency_ids, one.cue, sep=" | ")
Bộ Tài chính | ('bo-tai-chinh',) | None
các bộ, ngành | ('cac-bo-nganh',) | phối hợp với
UBND tỉnh Cà Mau | ('ubnd-ca-mau',) | None
"""

from __future__ import annotations

from vnpolicy.document import Document, Taken
from vnpolicy.extractors.assignee.defined import follow_names
from vnpolicy.extractors.assignee.home import home
from vnpolicy.extractors.assignee.issuer import issuer
from vnpolicy.extractors.assignee.mention import BodyMention
from vnpolicy.extractors.assignee.place import settle
from vnpolicy.extractors.assignee.scan import page_of, scan

__all__ = ["BodyMention", "find", "home", "issuer"]


def find(doc: Document, taken: Taken) -> list[BodyMention]:
    """The bodies that the document names, in order, none overlapping another.

    What ``taken`` holds (an issuer inside a citation) is left out. ``doc.home`` says whose "tỉnh"
    it is, see :func:`home`.
    """
    page = page_of(doc)
    mentions = [one for one in scan(page) if not taken.holds(one.start, one.end)]
    mentions = follow_names(page, mentions)
    placeable = {one.start: only for one in mentions if (only := _only_by_word(one)) is not None}
    settle(page, mentions, placeable)
    return mentions


def _only_by_word(mention: BodyMention) -> bool | None:
    """None for what cannot be a place; for a class, that only a word like "tại" makes it one."""
    if mention.rule in ("place", "place-home", "class-provinces", "class-communes"):
        return False
    return True if mention.rule.startswith("class") else None
