"""How much text, linked text and prose stands in each element of a page.

Prose is text outside links in blocks of some length. One pass from the end of the page to its
beginning counts all, so that the time grows with the page's size only.

>>> from lxml import etree
>>> page = etree.HTML("<div><p>Thủ tướng yêu cầu các bộ báo cáo.</p><p><a href=x>Tin</a></p></div>")
>>> weights = Weights(page, without=set())
>>> weights.signs[page], weights.links[page], weights.prose[page], weights.heart().tag
(36, 3, 33, 'div')
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import regex

from vnpolicy.readers.html.page import BLOCKS, shown

_BLOCK_LEAST = 25  # signs; shorter blocks are labels, buttons, dates
_CONTAINERS = frozenset(("article", "body", "center", "div", "main", "section", "td"))
_MARKS = regex.compile(
    r"(?i)C[ỘO]NG H(?:ÒA|OÀ) XÃ H[ỘO]I CH[ỦU] NGH[ĨI]A|Đ[ẢA]NG C[ỘO]NG S[ẢA]N VI[ỆE]T NAM\s*$"
    r"|Độc lập\s*[-–]\s*Tự do|^\s*(?:Số|Nơi nhận|Kính gửi)\s*:|^\s*Căn cứ\s|^\s*Điều \d+\s*[.:]"
    r"|^\s*PHỤ LỤC\b|^\s*(?:T/?M|KT|TL|TUQ)\.\s"
)
_FOOT = regex.compile(
    r"(?i)©|copyright|bản quyền (?:thuộc|©)|ghi rõ nguồn|giấy phép (?:số|thiết lập).{0,60}\d+/GP"
    r"|cơ quan chủ quản\s*:|chịu trách nhiệm (?:chính|nội dung|xuất bản)\s*:|tổng biên tập\s*:"
    r"|lượt truy cập|đang (?:online|truy cập|trực tuyến)\s*:|thiết kế bởi|powered by"
    r"|(?:điện thoại|hotline|fax)\s*:"
)
_FOOT_MOST = 1500  # signs
_TEASER = 300  # signs of prose that stand beside the linked headline of another page
_LABEL = 12  # signs beside the links of a block that is nothing but links
_REACH = (1.0, 0.5, 0.25)  # what a paragraph counts for the elements around it
_OWN_TEXT = 400  # signs of text in the element itself: lines parted by <br>


class Weights:
    """Signs of text, of links and of prose below each element of ``body``; ``lone_links`` counts
    the links to other pages in blocks that hold nothing else, ``marked`` are the elements with a
    mark of an official document."""

    def __init__(self, body: Any, *, without: set[Any]) -> None:
        # Held: lxml makes other objects for what is let go.
        self._elements = list(shown(body, without=without))
        self.signs: dict[Any, int] = dict.fromkeys(self._elements, 0)
        self.links: dict[Any, int] = dict.fromkeys(self._elements, 0)
        self.link_count: dict[Any, int] = dict.fromkeys(self._elements, 0)
        self.prose: dict[Any, int] = dict.fromkeys(self._elements, 0)
        self._own: dict[Any, int] = dict.fromkeys(self._elements, 0)
        self._own_links: dict[Any, int] = {}
        self.lone_links: dict[Any, int] = dict.fromkeys(self._elements, 0)
        for element in reversed(self._elements):
            self._count(element)
        self.marked = self._marked()

    def _count(self, element: Any) -> None:
        """Add what stands in ``element`` itself to what its children have added to it."""
        pieces = [element.text, *(child.tail for child in element)]
        own = sum(len(piece.strip()) for piece in pieces if piece)
        self.signs[element] += own
        self._own[element] += own
        if element.tag == "a" and element.get("href"):
            self.links[element] = self.signs[element]
            self.link_count[element] += 1
            self._own[element] = 0
            if not element.get("href").startswith(("#", "mailto:")):
                self._own_links[element] = 1
        is_block = element.tag in BLOCKS
        if is_block and self._own_links.get(element, 0) and self._own[element] < _LABEL:
            self.lone_links[element] += self._own_links[element]
        if is_block and self._own[element] >= _BLOCK_LEAST:
            self.prose[element] += self._own[element]
        above = element.getparent()
        if above is None or above not in self.signs:
            return
        self.signs[above] += self.signs[element]
        self.links[above] += self.links[element]
        self.link_count[above] += self.link_count[element]
        self.prose[above] += self.prose[element]
        self.lone_links[above] += self.lone_links[element]
        if not is_block:
            self._own[above] += self._own[element]
            if element in self._own_links:
                own = self._own_links.get(above, 0) + self._own_links[element]
                self._own_links[above] = own

    def _marked(self) -> set[Any]:
        """The elements that hold a line that only official documents have."""
        lines = (
            one for one in self._elements if self._own[one] and one.tag in BLOCKS and is_low(one)
        )
        return with_ancestors(one for one in lines if _MARKS.search(start_of(one, 400)))

    def heart(self) -> Any:
        """The element with the most prose close below it; None on a page without prose."""
        score: dict[Any, float] = {}
        for element in self._elements:
            own = self._own[element]
            if own < _BLOCK_LEAST or element.tag not in BLOCKS:
                continue
            is_container = element.tag in _CONTAINERS and own >= _OWN_TEXT
            around = element if is_container else element.getparent()
            for share in _REACH:
                if around is None or around not in self.signs:
                    break
                if share < 1 and around.tag in ("body", "form", "html"):
                    break  # all paragraphs of the page are near to it
                score[around] = score.get(around, 0) + own * share
                around = around.getparent()
        return max(score, key=lambda one: score[one] * self._trust(one), default=None)

    def is_teasers(self, element: Any) -> bool:
        """Whether the element lists other pages, each with a line or two of its text."""
        return self.prose[element] < self.lone_links[element] * _TEASER

    def _trust(self, element: Any) -> float:
        plain = 1 - self.links[element] / max(self.signs[element], 1)
        return plain**3 * (0.2 if self.is_foot(element) else 1.0)

    def is_foot(self, element: Any) -> bool:
        """Whether the element reads as the foot of a site: two of the things that one says."""
        if self.signs[element] >= _FOOT_MOST:
            return False
        text = " ".join("".join(element.itertext()).split())
        return len({cue.casefold() for cue in _FOOT.findall(text)}) > 1


def with_ancestors(elements: Iterable[Any]) -> set[Any]:
    """The elements and all that they stand in."""
    found: set[Any] = set()
    for element in elements:
        around = element
        while around is not None and around not in found:
            found.add(around)
            around = around.getparent()
    return found


def is_low(element: Any) -> bool:
    """Whether the element holds no blocks."""
    return not any(child.tag in BLOCKS for child in element)


def start_of(element: Any, most: int) -> str:
    """The first ``most`` signs of the element's text, on one line."""
    found = ""
    for piece in element.itertext():
        found += piece
        if len(found) > most:
            break
    return " ".join(found.split())
