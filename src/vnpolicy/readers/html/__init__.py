"""Web pages: a document, or the account of one, out of a page of a portal or a paper.

What stands around the document on a portal's page (menus, columns of links, comments, the foot)
is left out (:mod:`vnpolicy.readers.html.main`); a page that is only a document, such as Word
and LibreOffice write, is read whole. An account begins with its headline ("# ...") and its lead,
which papers set outside the article. Nothing that the page refers to is fetched, no script runs.

>>> from vnpolicy.readers.limits import Limits
>>> page = '''<html><body><nav><a href=/>Trang chủ</a></nav><h1>Họp báo Chính phủ</h1>
... <div><p>Thủ tướng yêu cầu Bộ Y tế trình Đề án trước ngày 30/6/2025.</p></div></body></html>'''
>>> print(read(page.encode(), source="x.html", limits=Limits()).text)
# Họp báo Chính phủ
<BLANKLINE>
Thủ tướng yêu cầu Bộ Y tế trình Đề án trước ngày 30/6/2025.
>>> matches(page.encode()), matches("a < b, <i>số</i>: 12/TB".encode())
(True, False)
"""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import Any

from vnpolicy import charset
from vnpolicy.errors import DamagedError, DocumentError, EmptyError
from vnpolicy.readers.html import main, meta, walk
from vnpolicy.readers.html import page as html
from vnpolicy.readers.html.markup import decode
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.part import said
from vnpolicy.readers.reading import Reading

_LEADING = re.compile(r"(?:\s+|<!--.*?-->|<\?[^>]*>)*+", re.DOTALL)
_WHOLE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_PIECE = re.compile(
    r"<(?:title|meta|link|style|script|table|div|p|h[1-6]|center|font|span|ul|ol|article|section"
    r"|main|br|b|i|strong|em)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_CLOSED = re.compile(r"</(?:table|div|p|h[1-6]|center|ul|ol|article|section|main|title|td)>", re.I)
_DOCUMENT = re.compile(
    r"C[ỘO]NG H(?:ÒA|OÀ) XÃ H[ỘO]I|Độc lập\s*[-–]\s*Tự do|ĐẢNG CỘNG SẢN VIỆT NAM"
    r"|^Số\s*:.*^Nơi nhận",
    re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_LEAD_NAMES = re.compile(r"(?:^|[\s_-])(?:sapo|chapeau|lead|description|summary|intro)(?:$|[\s_-])")
_NEAR = 6  # paragraphs at the top in which a headline that is there stands


def matches(head: bytes) -> bool:
    """Whether the first bytes of a file are those of a web page or of a piece of one."""
    text = _LEADING.sub("", _decoded(head), count=1)
    if _WHOLE.match(text):
        return True
    return _PIECE.match(text) is not None and _CLOSED.search(text) is not None


def _decoded(head: bytes) -> str:
    for mark, name in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if head.startswith(mark):
            return head[2:].decode(name, "replace")
    return head.removeprefix(codecs.BOM_UTF8).decode("latin-1")


def read(data: bytes, *, source: str, limits: Limits, declared: str | None = None) -> Reading:
    """The document on a web page; ``declared`` is the encoding that its envelope names.

    :raises DocumentError: where it holds no text, or breaks a limit.
    """
    markup, encoding, broken = decode(data, source=source, declared=declared)
    try:
        page = html.parse(markup, source=source)
        title, published = meta.title(page.root), meta.published(page.root)
        text, encodings = _text(page, title, source=source, limits=limits)
    except DocumentError:
        raise
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise DamagedError(source, f"no readable page: {said(error)} / trang bị hỏng") from None
    if not encodings:
        text, repaired = charset.repair(text)
        encodings = {repaired} if repaired else set()
    if not text:
        raise EmptyError(source, "the page holds no text / trang không có nội dung")
    doubts = (("damaged-bytes", "some bytes could not be read as letters"),) if broken else ()
    return Reading(
        text=text,
        media_type="application/xhtml+xml" if _is_xhtml(markup) else "text/html",
        reader="html",
        encoding=", ".join(sorted(encodings)) or encoding,
        title=title,
        date=published,
        doubts=doubts,
    )


def _is_xhtml(markup: str) -> bool:
    return markup.lstrip("\ufeff \r\n\t").startswith("<?xml") and "/xhtml" in markup[:2000]


def _text(
    page: html.Page, title: str | None, *, source: str, limits: Limits
) -> tuple[str, set[str]]:
    unseen = html.unseen(page)
    lead = _lead(page, unseen)
    found, gone = main.take(page.body, unseen=unseen)
    text, encodings = walk.text_of(
        found, without=gone, sheet=page.sheet, source=source, characters=limits.characters
    )
    if found is page.body and page.root.find(".//a[@href]") is None:
        return text, encodings
    if encodings or not text or _DOCUMENT.search(text):
        return text, encodings
    return _with_headline(text, title, lead), encodings


def _lead(page: html.Page, unseen: set[Any]) -> str | None:
    """The paragraph that the page names as its lead, or gives to others as its summary."""
    summary = _plain(meta.lead(page.root) or "")
    for element in html.shown(page.body, without=unseen):
        if element.tag not in ("h2", "h3", "p", "div", "strong"):
            continue
        names = f"{element.get('class') or ''} {element.get('data-role') or ''}".lower()
        named = _LEAD_NAMES.search(names) is not None
        if not named and not summary:
            continue
        text = _first(element, 1200)
        if 40 <= len(text) <= 1000 and (named or _plain(text) == summary):
            return text
    return None


def _first(element: Any, most: int) -> str:
    """The element's text on one line; nothing where it is longer than ``most``."""
    found = ""
    for piece in element.itertext():
        found += piece
        if len(found) > most * 2:
            return ""
    return unicodedata.normalize("NFC", " ".join(found.split()))


def _with_headline(text: str, title: str | None, lead: str | None) -> str:
    paragraphs = text.split("\n\n")
    top = [_plain(one) for one in paragraphs[:_NEAR]]
    if title and _plain(title) in top:
        at = top.index(_plain(title))
        paragraphs = [f"# {paragraphs[at]}", *paragraphs[:at], *paragraphs[at + 1 :]]
    elif title:
        paragraphs.insert(0, f"# {title}")
    if lead and _plain(lead) not in _plain(text):
        paragraphs.insert(1 if title else 0, lead)
    return "\n\n".join(paragraphs)


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
