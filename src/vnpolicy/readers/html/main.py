"""Where on a page its document stands.

A page that is nothing but a document (Word's "save as web page", a bare text) is read whole:
nothing of it may be lost. On a portal's or a paper's page the document is one element among
menus, columns of links, comments and the foot; it is found in four steps.

1. What calls itself furniture goes: ``nav``, ``aside``, names such as "menu", "related",
   "comment", but never what holds much of the page's prose or the marks of a document (the
   state's name, "Số:", "Nơi nhận", "Căn cứ"), because portals name their columns oddly.
2. Prose counts for the element around it, half for the next, and so on; the element with the
   most is the heart of the document.
3. From there up, a neighbour with prose or with marks of a document belongs to it as well: the
   letterhead above, the signature and the annexes below.
4. In what is taken, lists of links and lone words of furniture go.

>>> from vnpolicy.readers.html import page as html
>>> menu = "<ul class=menu>" + "<li><a href=/x>Tin tức</a>" * 12 + "</ul>"
>>> prose = "<p>Giao Sở Y tế chủ trì, phối hợp với các sở, ban, ngành trình Đề án trước 30/6.</p>"
>>> page = html.parse(menu + "<div>" + prose * 3 + "</div>", source="")
>>> found, gone = take(page.body, unseen=set())
>>> found.tag, len(found), take(html.parse(prose, source="").body, unseen=set())[0].tag
('div', 3, 'body')
"""

from __future__ import annotations

from typing import Any

import regex

from vnpolicy.readers.html.page import BLOCKS, shown
from vnpolicy.readers.html.weight import Weights, is_low, start_of, with_ancestors

_FURNITURE = frozenset(
    "menu navbar nav navigation breadcrumb breadcrumbs sidebar header masthead topbar logo footer "
    "foot related relate relates recommend suggest mostview lienquan tinlienquan tinkhac tinmoi "
    "docnhieu xemnhieu tinnoibat vblienquan luocdo comment comments binhluan share sharing social "
    "socials facebook zalo like tags tag banner quangcao advert adverts ads adv popup modal cookie "
    "newsletter subscribe login search toolbar print rating vote pagination paging pager copyright "
    "hotline widget weather player marquee counter thongke truycap skip offcanvas dropdown".split()
)
_WORDS = regex.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")
_ROLES = frozenset(("navigation", "banner", "contentinfo", "complementary", "search", "menu"))
_LONE = regex.compile(
    r"(?i)(?:tin (?:liên quan|khác|mới|cùng chuyên mục|cũ hơn|mới hơn|bài khác)"
    r"|bài (?:viết )?(?:liên quan|khác|cùng chuyên mục)"
    r"|các (?:tin|bài)(?: viết| tin)? (?:khác|liên quan|cũ hơn|mới hơn)"
    r"|văn bản (?:liên quan|khác|cùng loại)|chia sẻ|in (?:bài viết|trang|ấn)"
    r"|gửi (?:email|bài viết|bình luận)|bình luận(?: \(?\d+\)?)?|ý kiến bạn đọc|từ khóa|tags?"
    r"|xem thêm|đọc thêm|quay lại|trở về|về đầu trang|đang tải văn bản|lưu bài(?: viết)?"
    r"|nghe đọc bài|cỡ chữ|tải về|trang chủ|bạn cần đăng nhập .{0,60}"
    r"|theo dõi .{3,30} trên google news|facebook|twitter|zalo|copy link|lượt xem:? ?\d*"
    r"|đánh giá)\s*[:.…>»]*"
)
_MENU_LINKS = 5
_SUBSTANCE = 60  # signs of prose that a block must have to stand for itself


def take(body: Any, *, unseen: set[Any]) -> tuple[Any, set[Any]]:
    """The element that holds the document, and the elements in it that are not of it."""
    weights = Weights(body, without=unseen)
    if is_bare(body, weights, unseen):
        return body, unseen
    gone = unseen | _named(body, weights, unseen)
    weights = Weights(body, without=gone)
    heart = weights.heart()
    if heart is None:
        return body, gone
    found = _widened(heart, body, weights)
    return found, gone | _links(found, weights, gone) | _feet(found, heart, weights)


def is_bare(body: Any, weights: Weights, unseen: set[Any]) -> bool:
    """Whether the page has nothing around its document: no navigation, hardly a link that is a
    line of its own."""
    if weights.lone_links[body] >= _MENU_LINKS:
        return False
    return all(one in unseen for one in body.iter("nav", "aside"))


def _named(body: Any, weights: Weights, unseen: set[Any]) -> set[Any]:
    """Step 1: what calls itself furniture."""
    page = max(weights.prose[body], 1)
    kept = weights.marked | with_ancestors(body.iter("h1"))
    return {
        one
        for one in shown(body, without=unseen)
        if one is not body
        and one.tag in BLOCKS
        and weights.signs[one]
        and weights.prose[one] * 4 <= page
        and one not in kept
        and _is_named(one)
    }


def _is_named(element: Any) -> bool:
    if element.tag in ("nav", "aside", "footer") or element.get("role") in _ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    if len(names) < 3:
        return False
    words = [word.lower() for word in _WORDS.findall(names[:300])]
    return any(
        first in _FURNITURE or first + second in _FURNITURE
        for first, second in zip(words, [*words[1:], ""], strict=True)
    ) or {"tin", "lien", "quan"} <= set(words)


def _widened(heart: Any, body: Any, weights: Weights) -> Any:
    """Step 3: the highest element above ``heart`` with something of the document beside it."""
    found = branch = heart
    enough = max(weights.prose[heart] * 3 // 20, _SUBSTANCE * 2)
    for above in heart.iterancestors():
        sides = [side for side in above if side is not branch and side in weights.signs]
        if any(_belongs(side, weights, enough) for side in sides):
            found = above
        branch = above
        if above is body:
            break
    return found


def _belongs(side: Any, weights: Weights, enough: int) -> bool:
    if not weights.signs[side] or weights.is_foot(side):
        return False
    prose, links = weights.prose[side], weights.links[side]
    if weights.is_teasers(side):
        return False
    if links * 3 < prose and (prose >= enough or side.tag == "p"):
        return True
    return links * 2 <= weights.signs[side] and side in weights.marked


def _feet(found: Any, heart: Any, weights: Weights) -> set[Any]:
    """The blocks behind the heart that end a site's page; in it they may be its subject."""
    branch, feet = heart, set()
    for above in heart.iterancestors() if heart is not found else ():
        for side in branch.itersiblings():
            if side in weights.signs and weights.is_foot(side) and side not in weights.marked:
                feet.add(side)
        if above is found:
            break
        branch = above
    return feet


def _links(found: Any, weights: Weights, gone: set[Any]) -> set[Any]:
    """Step 4: lists of links, and the lone words that head or follow them."""
    links_only = set()
    for element in shown(found, without=gone):
        if element is found or element.tag not in BLOCKS:
            continue
        signs, links = weights.signs[element], weights.links[element]
        if element.tag not in ("p", "td", "tr", "li") and links * 10 > signs * 7:
            if weights.link_count[element] > 2 and element not in weights.marked:
                links_only.add(element)
        elif signs < 70 and is_low(element) and _LONE.fullmatch(start_of(element, 80)):
            links_only.add(element)
    return links_only
