"""A page as a tree, without what a reader of it never sees.

Scripts are not run and frames not fetched; both are dropped with style sheets, forms' fields,
the second-choice texts of ``noscript``, deleted words (``del``), and everything that is hidden
by an attribute or a style. Page headers and footers that an office program wrote into the page
go as well. A page that hides its whole body until a script has run is read as if it were shown.

>>> page = parse("<p hidden>a</p><p>b<script>c</script> d</p>", source="x.html")
>>> [one.tag for one in shown(page.body, without=unseen(page))]
['body', 'p']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from vnpolicy.errors import DamagedError, LimitError, MissingToolError
from vnpolicy.readers.html.style import Sheet, is_hidden
from vnpolicy.readers.part import said

BLOCKS = frozenset(
    (
        "address article aside blockquote body center dd details dir div dl dt fieldset "
        "figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main menu nav "
        "ol p pre section summary table caption thead tbody tfoot tr td th ul"
    ).split()
)
_NEVER_SHOWN = frozenset(
    (
        "script style noscript template iframe frame frameset object embed applet audio video "
        "canvas svg math map select datalist option button textarea input dialog title meta "
        "link base xml rt rp rtc del area source track param noframes noembed"
    ).split()
)
_MOST_MARKS = 3_000_000  # signs "<": each may become an element of some hundred bytes
_CONTAINER = re.compile(
    r"</?(?!(?:p|h[1-6]|br|script|style|head|title|meta|link|textarea)\b)([a-z][\w:-]*)[^<>]*>",
    re.IGNORECASE,
)
_NOT_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class Page:
    """The elements of a page: ``root`` with its head, ``body`` as shown, and its styles."""

    root: Any
    body: Any
    sheet: Sheet


def parse(text: str, *, source: str) -> Page:
    """The tree of the page's ``text``.

    :raises LimitError: where it has too many elements, or nests them too deep.
    """
    try:
        from lxml import etree
    except ImportError:
        advice = "pip install 'vnpolicy[html]' / cần cài gói lxml"
        raise MissingToolError(source, f"reading web pages needs lxml: {advice}") from None
    if text.count("<") > _MOST_MARKS:
        raise LimitError(source, f"more than {_MOST_MARKS:,} elements / trang quá lớn")
    text = _NOT_XML.sub("", text)
    try:
        root = _tree(etree, text)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise DamagedError(source, f"no readable page: {said(error)} / trang bị hỏng") from None
    if root is None:
        reason = "elements nested deeper than 2,048 / trang lồng quá nhiều lớp"
        raise LimitError(source, reason)
    sheet = Sheet("\n".join("".join(one.itertext()) for one in root.iter("style")))
    bodies = root.findall("body")
    body = root if len(bodies) != 1 else bodies[0]  # a second body keeps its text
    return Page(root, body, sheet)


def _tree(etree: Any, text: str) -> Any:
    """The root of the page; where it nests deeper than the parser goes, that of the page without
    its containers, which mean nothing at such a depth. None where even that is too deep."""
    for markup in (text, None):
        parser = etree.HTMLParser(
            encoding="utf-8", recover=True, no_network=True, remove_comments=True,
            remove_pis=True, huge_tree=True,
        )  # fmt: skip
        data = (_flat(text) if markup is None else markup).encode("utf-8", "replace")
        root = etree.fromstring(data, parser) if data.strip() else None
        if root is None:
            return etree.fromstring(b"<html><body></body></html>", parser)
        if not any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            return root
    return None


def _flat(text: str) -> str:
    return _CONTAINER.sub(lambda tag: "<br>" if tag[1].lower() in BLOCKS else "", text)


def unseen(page: Page) -> set[Any]:
    """The elements that are not shown. They stay in the tree: to take large ones out of it costs
    lxml the square of their size."""
    return {
        one
        for one in page.body.iter()
        if one is not page.body
        and one.tag not in ("html", "head", "body")
        and (not isinstance(one.tag, str) or _is_unseen(one, page.sheet))
    }


def shown(root: Any, *, without: set[Any]) -> Iterator[Any]:
    """``root`` and the elements in it, in order, but for those of a set and what is in them."""
    todo = [root]
    while todo:
        element = todo.pop()
        if element not in without:
            yield element
            todo.extend(reversed(element))


def _is_unseen(element: Any, sheet: Sheet) -> bool:
    if element.tag in _NEVER_SHOWN or element.get("hidden") is not None:
        return True
    style = sheet.style_of(element)
    if style and (is_hidden(style) or style.get("mso-element") in ("header", "footer")):
        return True
    # LibreOffice writes the running header and footer of each page style so.
    return element.tag == "div" and element.get("title") in ("header", "footer")
