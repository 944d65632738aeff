"""What stands outside the body: the first page's header, the notes.

Headers and footers are furniture (page numbers, "Ký bởi: ...", the name of a portal) and are
left out. The header of the first page is kept where it holds the letterhead that the body
lacks, or, being the first page's own, words that are no furniture ("DỰ THẢO", "HỎA TỐC").
Notes come at the end, "[1] ...", in the order in which the body refers to them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from vnpolicy.readers.docx.name import R, toggle, w

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnpolicy.readers.docx.part import Parts
    from vnpolicy.readers.docx.story import Story
    from vnpolicy.readers.docx.table import Block

_STATE = re.compile(r"(?i)cộng h(?:òa|oà|óa) xã hội|đảng cộng sản việt nam")
_FURNITURE = re.compile(
    r"(?i)[\W\d_]*(?:trang|page)?[\W\d_]*(?:/|of|trên)?[\W\d_]*$"
    r"|.*(?:ký bởi|người ký|email|e-mail|cơ quan:|thời gian ký|cơ sở dữ liệu|cổng thông tin"
    r"|https?:|www\.|thuvienphapluat|thư viện pháp luật|luatvietnam|\.vn\b|\.com\b)"
)
_TOP = 2_000  # characters in which a body has its letterhead
_APART = ("separator", "continuationSeparator", "continuationNotice")


def first_header(parts: Parts, story: Story, body: _Element, blocks: list[Block]) -> list[Block]:
    """The blocks that the first page has above its body; ``blocks`` are the body's."""
    section = next(body.iter(w("sectPr")), None)
    if section is None:
        return []
    own = bool(toggle(section, w("titlePg")))
    root = parts.by_id(_reference(section, "first" if own else "default"))
    if root is None:
        return []
    found = story.blocks_of("headers", root)
    if _STATE.search(_text(found)):
        return [] if _STATE.search(_text(blocks)[:_TOP]) else found
    if not own:
        return []
    return [one for one in found if isinstance(one, str) and not _FURNITURE.match(one)]


def _reference(section: _Element, kind: str) -> str | None:
    for one in section.iterchildren(w("headerReference")):
        if one.get(w("type"), "default") == kind:
            return one.get(f"{R}id")
    return None


def _text(blocks: list[Block]) -> str:
    return "\n".join(map(str, blocks))


def notes(parts: Parts, story: Story) -> list[str]:
    """The notes that have been referred to, each a paragraph."""
    roots = {kind: _by_id(parts.related(kind)) for kind in ("footnotes", "endnotes")}
    found: list[str] = []
    done: set[tuple[str, str]] = set()
    for key in story.inline.notes:  # which grows where a note refers to another
        note = roots[key[0]].get(key[1])
        if note is None or key in done:
            continue
        done.add(key)
        words = " ".join(" ".join(map(str, story.blocks_of(key[0], note))).split())
        if words:
            found.append(f"[{len(found) + 1}] {words}")
    return found


def _by_id(root: _Element | None) -> dict[str, _Element]:
    if root is None:
        return {}
    return {
        one.get(w("id")) or "": one for one in root if one.get(w("type"), "normal") not in _APART
    }
