"""What a page says of itself: its title, its day of publishing, its lead.

The title is what the page gives to others (``og:title``, JSON-LD's "headline"), else its first
``h1``, else ``title`` without the site's name behind it. The day is one that is marked as the
day of publishing (``article:published_time``, JSON-LD's "datePublished", ``time`` with
``pubdate``); days in the text are not guessed from.

>>> from lxml import etree
>>> page = etree.HTML('''<head><title>Họp báo tháng 6 | Báo Mẫu</title>
... <meta property="article:published_time" content="2025-07-09T23:30:00Z"></head>''')
>>> title(page), published(page).isoformat()
('Họp báo tháng 6', '2025-07-10')
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

_TITLE = ("og:title", "twitter:title", "headline", "dc.title")
_DAY = (
    *("article:published_time", "og:article:published_time", "datepublished", "pubdate"),
    *("publishdate", "publish_date", "dc.date.issued", "dc.date", "date"),
)
_LEAD = ("og:description", "description", "twitter:description")
_HANOI = datetime.timezone(datetime.timedelta(hours=7))
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)? ?"
    r"(Z|[+-]\d{2}:?\d{2})?)?"
)
_VIETNAMESE = re.compile(r"(?:\d{1,2}[:h]\d{2}(?::\d{2})?,? )?(\d{1,2})[/-](\d{1,2})[/-](\d{4})\b")
_SITE = re.compile(r"\s+[|»–—-]\s+[^|»]{2,60}$")


def title(root: Any) -> str | None:
    """The page's title, on one line."""
    named = _metas(root)
    data = (one.get("headline") for one in _articles(root))
    given = [named.get(name) for name in _TITLE] + [one for one in data if isinstance(one, str)]
    for one in given:
        if one and one.strip():
            return _line(one)
    heads = root.findall(".//h1")
    if len(heads) == 1 and (head := _line("".join(heads[0].itertext()))):
        return head
    own = root.find(".//title")
    plain = _line("".join(own.itertext())) if own is not None else ""
    return _SITE.sub("", plain) or None


def published(root: Any) -> datetime.date | None:
    """The day that the page marks as the day of its publishing, in Hanoi."""
    named = _metas(root)
    given = [named.get(name) for name in _DAY[:5]]
    given += [one.get("datePublished") for one in _articles(root)]
    given += [one.get("datetime") for one in root.iter("time") if _is_publishing(one)]
    given += [named.get(name) for name in _DAY[5:]]
    for one in given:
        if isinstance(one, str) and (day := day_of(one)) is not None:
            return day
    return None


def lead(root: Any) -> str | None:
    """The summary that the page gives to others; a paper's is its lead paragraph."""
    named = _metas(root)
    return next((_line(named[name]) for name in _LEAD if named.get(name)), None)


def day_of(text: str) -> datetime.date | None:
    """The day of a time as programs write it ("2025-07-09T08:00:00Z") or as papers do.

    >>> [str(day_of(one)) for one in ("2025-07-09", "17:30 09/07/2025", "hôm nay", "2025-13-40")]
    ['2025-07-09', '2025-07-09', 'None', 'None']
    """
    plain = text.strip()
    try:
        if (iso := _ISO.match(plain)) is not None:
            year, month, day = int(iso[1]), int(iso[2]), int(iso[3])
            if iso[7] is None:
                return datetime.date(year, month, day)
            zone = datetime.datetime.strptime(iso[7].replace(":", ""), "%z").tzinfo
            clock = int(iso[4]), int(iso[5])
            moment = datetime.datetime(year, month, day, *clock, tzinfo=zone)
            return moment.astimezone(_HANOI).date()
        if (found := _VIETNAMESE.search(plain)) is not None:
            return datetime.date(int(found[3]), int(found[2]), int(found[1]))
    except (ValueError, OverflowError):
        pass
    return None


def _is_publishing(time: Any) -> bool:
    names = f"{time.get('itemprop') or ''} {time.get('class') or ''} {time.get('data-role') or ''}"
    return time.get("pubdate") is not None or "publish" in names.lower()


def _metas(root: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        found.setdefault(name.strip().lower(), meta.get("content") or "")
    return found


def _articles(root: Any) -> list[dict[str, Any]]:
    """The objects of the page's JSON-LD that have a headline or a day of publishing."""
    found: list[dict[str, Any]] = []
    for script in root.iter("script"):
        if (script.get("type") or "").strip().lower() != "application/ld+json":
            continue
        text = "".join(script.itertext())
        if len(text) > 500_000:
            continue
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        found += [one for one in _objects(data) if "headline" in one or "datePublished" in one]
    return found


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    todo, steps = [data], 0
    while todo and steps < 10_000:
        one = todo.pop(0)
        steps += 1
        if isinstance(one, dict):
            yield one
            todo += one.values()
        elif isinstance(one, list):
            todo += one


def _line(text: str) -> str:
    return unicodedata.normalize("NFC", " ".join(text.split()))
