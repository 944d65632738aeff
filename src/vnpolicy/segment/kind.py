"""What each run is: heading, item, paragraph, caption, footnote, annex, recipients, signature.

One rule, one function, in the order of :data:`RULES`; the first that gives a kind is taken. A
section's number ("Chương I", "II.") and capitals make a heading, other labels an item; an annex
opens with "PHỤ LỤC", or after the signature with a title in capitals over "(Kèm theo ...)".
"""

from __future__ import annotations

from collections.abc import Callable

import regex

from vnpolicy.lexicon import layout
from vnpolicy.segment import label as labels
from vnpolicy.segment import line, signer
from vnpolicy.segment.account import END, caption, heading
from vnpolicy.segment.foot import TELEGRAM
from vnpolicy.segment.header import MOTTO, STATE
from vnpolicy.segment.place import Place
from vnpolicy.segment.title import title_slug
from vnpolicy.segment.wrap import ATTACHED, Run
from vnpolicy.text import fold

_ANNEX = regex.compile(
    r"PHỤ LỤC(?:\s+(?:[IVXLC\d.]{1,6}|SỐ \d+|[A-Z]))?(?=$|[\s.:–-])"
    r"|Phụ lục(?: số)? (?:[IVX\d.]{1,6}|[A-Z])?$"
    r"|Phụ lục (?:[IVX]{1,5}|\d{1,2})[.:] |Phụ lục$"
)
_ORDER = regex.compile(r"(?:QUYẾT ĐỊNH|QUYẾT NGHỊ|NGHỊ QUYẾT|CHỈ THỊ|THÔNG BÁO)\s?:$")
_FOOTNOTE = regex.compile(r"\[(\d{1,3})\]\s?(?=\S)")
_NOTE = regex.compile(r"(\d{1,2}) (?=\p{Lu})")
_RECEIVERS = regex.compile(r"(?:Nơi nhận|NƠI NHẬN|Nơi gửi)\s*(?::|$)")
_ADDRESS = regex.compile(r"(?:Kính gửi|KÍNH GỬI)(?: ?:|$| )")
_FILED = regex.compile(r"; ?[-–] ?Lưu ?: ?(?:VT|Văn thư|V[pP])")
_RECITAL = ("căn cứ", "xét ", "theo đề nghị")


def kind(place: Place) -> str:
    """The kind of the run that the reading stands at."""
    run = place.runs[place.at]
    if place.tail:
        return "boilerplate"
    text = run.text
    if place.box and text[0] in "-–+*" and len(text) < 160 and text[-1] not in END:
        return "boilerplate"  # a bullet under "Tin liên quan"
    if run.label is not None and place.last not in ("recipients", "signature"):
        place.box = False
        return _labelled(place, run) or "item"
    if len(text) > 420 and text[0] not in "|#![<-–" and not text[:16].isupper():
        place.box = False
        return "paragraph"
    for rule in RULES:
        found = rule(place, run)
        if found is not None:
            return found
    return "item" if run.label is not None else "paragraph"


def _furniture(place: Place, run: Run) -> str | None:
    text = run.text
    if line.is_rule(text) or line.is_page_number(text):
        return "boilerplate"
    if len(text) < 200 and (STATE.search(text) or MOTTO.search(text)):
        return "boilerplate"  # an annex with a letterhead of its own
    reach = layout.reach(text)
    if place.foot and run.label is None:
        follow = place.next()
        if follow is not None and layout.reach(follow.text) == "tail":
            reach = "line"  # the portal's own name for the document
    if reach == "tail" and (place.count > 2 or place.foot):
        place.tail = True
        return "boilerplate"
    if reach in ("line", "box", "tail"):
        place.box = reach == "box"
        return "boilerplate"
    if place.box and len(text) < 160 and text[-1] not in END:
        return "boilerplate"
    place.box = False
    return None


def _marked(place: Place, run: Run) -> str | None:
    """Markdown: "# ", an image, a link that is the line."""
    first = run.text[0]
    if first == "#" and run.text.lstrip("#")[:1] in (" ", ""):
        return "title" if place.last == "" and not place.official else "heading"
    if first == "!" and run.text.startswith("!["):
        return "caption"
    if first == "[" and "](" in run.text[:400]:
        return "boilerplate"
    if not _is_underlined(place, run) or len(run.text) > 200:
        return None
    return "title" if place.last == "" and not place.official else "heading"


def _is_underlined(place: Place, run: Run) -> bool:
    """Whether a line of "====" or "----" stands right below, as Markdown underlines a title."""
    follow = place.next()
    if follow is None or follow.gap or follow.text[0] not in "=-" or len(follow.text) < 4:
        return False
    return line.is_rule(follow.text) and run.label is None and run.text[-1] not in "./;"


def _footnote(place: Place, run: Run) -> str | None:
    match = _FOOTNOTE.match(run.text)
    if match is None and place.foot and place.last in ("boilerplate", "footnote"):
        match = _NOTE.match(run.text)
    return "footnote" if match is not None and (place.foot or place.count > 2) else None


def _annex(place: Place, run: Run) -> str | None:
    text = run.text
    if run.label is None and len(text) < 400:
        if text[:2] in ("PH", "Ph") and _ANNEX.match(text) and text[-1] not in ";,":
            return "annex"
        if place.last == "annex" and (text.isupper() or ATTACHED.match(text)):
            return "annex"
        if place.last == "annex" and _is_attached(place, within=1 if run.gap else 3):
            return "annex"
        if title_slug(text) is not None and (place.foot or _is_attached(place)):
            return "annex"
        if place.foot and ATTACHED.match(text):
            return "annex"
        if place.foot and text.isupper() and _is_attached(place) and not signer.is_office(text):
            return "annex"
    return None


def _is_attached(place: Place, *, within: int = 3) -> bool:
    """Whether "(Kèm theo Quyết định ...)" stands below, ``within`` so many runs."""
    below = place.runs[place.at + 1 : place.at + 1 + within]
    return any(ATTACHED.match(run.text) for run in below)


def _recipients(place: Place, run: Run) -> str | None:
    text = run.text
    if text[0] in 'NnKT"*' or text[:3].isupper() or place.last == "recipients":
        if _RECEIVERS.match(text) or _ADDRESS.match(text):
            return "recipients"
        if (text[-1] == ":" or text[:6].isupper()) and TELEGRAM.match(text):
            return "recipients"
    if place.last == "recipients" and not place.tail:
        before = place.runs[place.at - 1] if place.at else None
        if run.label is not None and run.label.form in labels.BULLETS:
            return "recipients"
        if before is not None and before.text.rstrip().endswith(
            ("ửi:", "ửi :", "GỬI:", "hận:", "hận :")
        ):
            return "recipients"
        if before is not None and not run.gap and before.text[-1] in ";," and len(text) < 160:
            return "recipients"
    return None


def _signature(place: Place, run: Run) -> str | None:
    text = run.text
    if len(text) > 200:
        return None
    if signer.is_office(text) or (signer.CAPACITY.match(text) and text[:8].isupper()):
        follow = place.next()
        if (
            signer.CAPACITY.match(text)
            or place.foot
            or (
                follow is not None
                and (signer.NAME.fullmatch(follow.text) or signer.SEEN.match(follow.text))
            )
        ):
            return "signature"
    elif place.last == "signature":
        name = text.strip(" |")
        if (
            (signer.NAME.search(name) and len(name) < 60)
            or signer.SEEN.match(name)
            or text.startswith(("(Ký", "Ký "))
        ):
            return "signature"
        if (
            text.isupper()
            and len(text) < 60
            and title_slug(text) is None
            and not _ANNEX.match(text)
        ):
            return "signature"
    return None


def _title(place: Place, run: Run) -> str | None:
    """The order that opens the articles ("QUYẾT ĐỊNH:"), the issuer's name over the recitals."""
    text = run.text
    if not text.isupper() or run.label is not None:
        return None
    if _ORDER.match(text):
        return "title"
    follow = place.next()
    recital = follow is not None and fold(follow.text).startswith(_RECITAL)
    return "title" if recital and layout.names_body(fold(text)) else None


def _labelled(place: Place, run: Run) -> str | None:
    found = run.label
    if found is None:
        return None
    if found.form == "-" and "Lưu" in run.text and _FILED.search(run.text):
        return "recipients"  # a list whose "Nơi nhận" was lost
    body = run.text[found.body :]
    if found.form in ("Phần", "Chương", "Mục", "Tiểu mục"):
        sentence = len(body) > 300 or body[-1:] in (".", ";")
        return "item" if sentence else "heading"
    if found.form in labels.BULLETS or found.form in ("Điều", "Thứ", "là"):
        return "item"
    if body.isupper() and len(body) > 3:
        return "heading"
    if found.form in ("I.", "A."):
        sentence = (body[-1:] in (".", ";", ",") and len(body) > 60) or len(body) > 300
        return "item" if sentence else "heading"
    return "item"


RULES: tuple[Callable[[Place, Run], str | None], ...] = (
    _furniture,
    _marked,
    _annex,
    _recipients,
    _signature,
    _title,
    _labelled,
    _footnote,
    caption,
    heading,
)
