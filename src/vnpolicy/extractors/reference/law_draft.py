"""Drafts of laws told for a whole list: "các dự án Luật Đất đai, Luật Nhà ở".

A plural draft word stands for every law of the list that it opens, whether each has its type
word or the names alone ("các dự án Luật: Đất đai, Nhà ở"), or the list follows ("3 dự án luật
gồm Luật Đất đai (sửa đổi), Luật Nhà ở (sửa đổi)"). One draft alone makes no draft of the law
beside it ("dự án Luật Đất đai và Luật Nhà ở").
"""

from __future__ import annotations

import regex

from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.page import Page, draft_before, plural_before

_JOINT = regex.compile(r", và |; và |, | và |; ")
_OPENED = regex.compile(
    r"(?<!\p{L})(?:dự án|dự thảo) (?:bộ )?luật(?: (?:sau|sau đây|trên))?"
    r"(?:,? (?:bao )?gồm(?: có)?:?|:|,? như:?|,? là:?) \Z"
)


def plural(page: Page, place: int) -> bool:
    """Whether "các", "những" or a count stands before ``place``, a draft word let in between."""
    draft = draft_before(page, place)
    return plural_before(page, place if draft is None else draft)


def mark_drafts(page: Page, found: list[ReferenceMention]) -> list[ReferenceMention]:
    """``found``, by start, with each law of a list of drafts told as one."""
    end = -1  # of the last law of an open list of drafts
    for one in found:
        if one.start < end:
            continue  # inside the name of the one before
        if one.status != "draft" and _opened(page, one):
            one.status, end = "draft", one.end
        elif one.status == "draft":
            end = one.end if plural_before(page, one.start) else -1
        elif end >= 0 and not one.number and _JOINT.fullmatch(page.low, end, one.start):
            one.status, end = "draft", one.end
        else:
            end = -1
    return found


def _opened(page: Page, one: ReferenceMention) -> bool:
    """Whether a draft word opens the list at ``one``; a bare list takes it up in its span."""
    if one.rule == "law-list" and (draft := draft_before(page, one.start)) is not None:
        one.start = draft
        return True
    return _OPENED.search(page.low, max(0, one.start - 48), one.start) is not None
