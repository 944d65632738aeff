"""Programmes, schemes, strategies, plannings and plans cited by name.

Named is one with a title in quotation marks ("Đề án “Nâng cao ...” của Chính phủ"), one that the
register knows ("Quy hoạch điện VIII"), one with a capital and a topic ("Chiến lược phát triển
...", "Kế hoạch đầu tư công trung hạn 2026-2030"), and one in small letters with its issuer
("kế hoạch hoạt động của Ủy ban An toàn giao thông Quốc gia"). Marks and a linking "về" stay out
of the name. One that is being made ("trình ... phê duyệt Đề án ...", "dự thảo Đề án") is a
draft; a plan that is being made is a product, no citation, unless a decision cited before it
issued it. Names that cite other instruments hold them ("Kế hoạch thực hiện Quy hoạch điện VIII").

Not read: plurals, topics alone in small letters, "Chương trình hành động" without more, plans
"của các bộ, địa phương", what the capital of a sentence's first word may have made, unless its
period or the register tells.
"""

from __future__ import annotations

from functools import cache

import regex

from vnpolicy.extractors.reference.casing import plain_case
from vnpolicy.extractors.reference.mention import ReferenceMention
from vnpolicy.extractors.reference.page import Page, plural_before
from vnpolicy.extractors.reference.plan_name import HORIZON, PERIOD, name_end
from vnpolicy.extractors.reference.plan_status import being_made, judge
from vnpolicy.extractors.reference.plan_type import SLUGS, TYPE, plan_types
from vnpolicy.extractors.reference.tail import issuer_end
from vnpolicy.lexicon.citation import citation_word, citation_words
from vnpolicy.lexicon.instrument import register_names
from vnpolicy.lexicon.issuer import issuer_of_name
from vnpolicy.match import alternation

_QUOTED = regex.compile(r"(?P<kind>(?: \p{L}+){0,3}?) [“\"](?P<title>[^“”\"\n]{6,320})[”\"]")
_LINKING = regex.compile(
    r"(?P<head>(?:chương trình|đề án|chiến lược|quy hoạch|kế hoạch)(?: (?:hành động|quốc gia"
    r"|mục tiêu quốc gia|tổng thể))*(?: của [^,;]{3,40}?)?)(?P<about> (?:về việc|về|v/v)) "
)
_NUMBERED = regex.compile(r"(?: hành động| phối hợp)? (?:số:? ?[0-9]|[0-9])")
_COUNTED = regex.compile(
    r" [0-9]+(?:[.,][0-9]+)? (?:triệu|tỷ|tỉ|nghìn|ngàn|vạn|ha|căn|km)(?!\p{L})"
)
_CODE = regex.compile(r" (?:[0-9]+|[ivxl]+|[0-9]+/cp)\Z")
_NAMED_ELSEWHERE = regex.compile(
    r"(?:(?:gọi|viết)(?: tắt| gọn| chung)? là|trên đây là|quyết định này"
    r"|điều 1\. (?:phê duyệt|ban hành)) [“\"]?\Z"
)
_INNER_QUOTE = regex.compile(r" [“\"][^“”\"\n]{6,320}[”\"]")
_ENDS_IN_TYPE = regex.compile(r"(?:chương trình|đề án|chiến lược|quy hoạch|kế hoạch)\Z")
_CAPITALS = regex.compile(r"(?: [^\n\p{Ll}]*[\p{Lu}0-9][^\n\p{Ll} ]*(?!\p{L}))++")
_OWNER = regex.compile(r"(?: \p{L}+){1,8}? của (?=\p{Lu})")
_WORD_BEFORE = regex.compile(r"(\p{L}+(?: \p{L}+)?) \Z")
_INSTITUTE = regex.compile(r"(?<!\p{L})(?:(?:viện|cục|vụ) \p{L}+ \p{L}+|bộ luật|luật) \Z")
_OPENS_LINE = regex.compile(r"(?:^|[\n.;:|•+*>]|[-–] ?|\p{L}\)|[0-9][.)]) ?\Z")
_MARKS = regex.compile(r"(?:19|20)[0-9]{2}|quốc gia|\p{Lu}{3,}")


@cache
def _register() -> regex.Pattern[str]:
    names = [name for name in register_names() if TYPE.match(name)]
    return regex.compile(rf"{alternation(names)}(?![\p{{L}}\p{{N}}])")


def find_plans(page: Page, cited: set[int]) -> list[ReferenceMention]:
    """Every plan cited by name; ``cited`` holds the ends of the citations by number."""
    found: list[ReferenceMention] = []
    for match in plan_types(page):
        if page.low[match.end()] == ",":
            continue
        if _numbered(page, match) and _register().match(page.low, match.start()) is None:
            continue
        if (mention := _read(page, match, cited)) is not None:
            found.append(mention)
    return found


def _numbered(page: Page, match: regex.Match[str]) -> bool:
    """Whether a number or a code follows; "Đề án 1 triệu ha lúa" is a name that counts."""
    number = _NUMBERED.match(page.low, match.end())
    if number is None:
        return False
    counted = _COUNTED.match(page.low, match.end())
    return counted is None or not page.flat[match.start()].isupper()


def _read(page: Page, match: regex.Match[str], cited: set[int]) -> ReferenceMention | None:
    start, type = match.start(), SLUGS[match.group()]
    capital = page.flat[start].isupper()
    if _of_office(page, start) and capital:
        return None
    upper = page.flat[start : match.end()].isupper()
    if (quoted := _QUOTED.match(page.low, match.end())) is not None:
        return _quoted(page, match, quoted, capital, cited)
    known = _register().match(page.low, start)
    if known is not None and (capital or type == "de-an" or " quốc gia" in known.group()):
        return _finish(page, start, _known_end(page, known), type, "register-name", cited)
    if upper:
        return _headline(page, match, type)
    if not capital:
        return _with_owner(page, match, type)
    return _capital(page, match, type, cited)


def _of_office(page: Page, start: int) -> bool:
    """Whether as in "Sở Kế hoạch và Đầu tư", "Viện Nghiên cứu Chiến lược", "Luật Quy hoạch"."""
    word = _WORD_BEFORE.search(page.low, max(0, start - 14), start)
    if word is None:
        return False
    if {word[1], word[1].split()[-1]} & citation_words("org-head"):
        return True
    return _INSTITUTE.search(page.low, max(0, start - 24), start) is not None


def _known_end(page: Page, known: regex.Match[str]) -> int:
    """With the period, or the rest of the topic, that the register's name lacks here."""
    period = PERIOD.match(page.low, known.end() + 1)
    if period is None and page.low.startswith(", ", known.end()):
        period = PERIOD.match(page.low, known.end() + 2)
    end = int(period.end()) if period else int(known.end())
    horizon = HORIZON.match(page.low, end)
    end = int(horizon.end()) if horizon else end
    if period or _CODE.search(known.group()):
        return end
    type = TYPE.match(page.low, known.start())
    return max(end, name_end(page, int(type.end()) + 1)) if type else end


def _quoted(
    page: Page, match: regex.Match[str], quoted: regex.Match[str], capital: bool, cited: set[int]
) -> ReferenceMention | None:
    title = page.flat[quoted.start("title") : quoted.end("title")].strip(" .,;")
    type = SLUGS[match.group()]
    dated = type != "chuong-trinh" and PERIOD.search(title.lower()) is not None
    if not (capital or dated or type == "de-an"):
        return None  # a show, a song: chương trình "..."
    if quoted["kind"].strip() in ("là", "có", "và", "theo", "như"):
        return None
    head = page.flat[match.start() : quoted.start("title") - 1].rstrip(' “"')
    end = quoted.end()
    mention = ReferenceMention(match.start(), end, type, "quoted-title")
    head = head.lower() if head.isupper() else head
    mention.name = _unlinked(head[0].upper() + head[1:] + " " + _title_case(page, quoted, title))
    if page.low.startswith(" của ", end):
        issuer = issuer_end(page.flat, page.low, end + 5)
        if issuer is not None:
            mention.issuer = issuer_of_name(page.low[end + 5 : issuer])
            mention.end = issuer
    return judge(page, mention, cited)


def _title_case(page: Page, quoted: regex.Match[str], title: str) -> str:
    if not title.isupper():
        return title
    return plain_case(page, quoted.start("title"), quoted.end("title")).strip(" .,;")


def _headline(page: Page, match: regex.Match[str], type: str) -> ReferenceMention | None:
    """Whether as in "KẾT LUẬN CUỘC HỌP VỀ ĐỀ ÁN ...": not what the document itself issues."""
    line = page.flat.rfind("\n", 0, match.start()) + 1
    ahead = page.low[line : match.start()].strip(" |*#-")
    if not ahead or regex.search(r"(?:ban hành|phê duyệt|công bố|triển khai)\Z", ahead):
        return None
    capitals = _CAPITALS.match(page.flat, match.end())
    end = min(name_end(page, match.end() + 1), capitals.end() if capitals else match.end())
    if end - match.end() < 8:
        return None
    mention = ReferenceMention(match.start(), end, type, "headline")
    mention.name = _unlinked(plain_case(page, match.start(), end))
    return mention


def _with_owner(page: Page, match: regex.Match[str], type: str) -> ReferenceMention | None:
    """Read "kế hoạch hoạt động của Ủy ban An toàn giao thông Quốc gia": a topic and an issuer."""
    of = _OWNER.match(page.flat, match.end())
    if of is None or _stops_inside(page, match.end() + 1, of.end() - 5):
        return None
    end = issuer_end(page.flat, page.low, of.end())
    if end is None or plural_before(page, match.start()) or being_made(page, match.start()):
        return None
    issuer = issuer_of_name(page.low[of.end() : end])
    if issuer is None or regex.search(r"[,;] \Z", page.low[: match.start()][-3:]):
        return None
    mention = ReferenceMention(match.start(), end, type, "named-issuer")
    text = page.flat[match.start() : end]
    mention.name, mention.issuer = _unlinked(text[0].upper() + text[1:]), issuer
    return mention


def _stops_inside(page: Page, start: int, end: int) -> bool:
    place = start
    while 0 <= place < end:
        if citation_word("name-stop", "name-soft").match(page.low, place):
            return True
        place = page.low.find(" ", place, end) + 1 or -1
    return False


def _capital(
    page: Page, match: regex.Match[str], type: str, cited: set[int]
) -> ReferenceMention | None:
    start, place = match.start(), match.end() + 1
    if plural_before(page, start) or TYPE.match(page.low, place):
        return None
    if _NAMED_ELSEWHERE.search(page.low, max(0, start - 28), start):
        return None
    if page.low.startswith("của ", place):
        end = issuer_end(page.flat, page.low, place + 4)
        if end is None:
            return None
        return _finish(page, start, end, type, "named-issuer", cited)
    end = name_end(page, place)
    if TYPE.search(page.low, end - 12, end + 1) and (inner := _INNER_QUOTE.match(page.flat, end)):
        end = inner.end()  # "Kế hoạch thực hiện Đề án “Nâng cao ...”"
    topic = page.low[place:end]
    if not topic or topic in citation_words("generic") or _ENDS_IN_TYPE.search(topic):
        return None
    if topic.count(" ") < 2 and not page.flat[place:end].isupper():
        return None  # "Đề án thành lập", "Kế hoạch xem xét"
    bare = PERIOD.sub("", topic).strip()
    if bare.count(" ") < 2 and bare in citation_words("generic"):
        return None  # "Kế hoạch phát triển giai đoạn ..." heads a section
    if page.low.startswith(" của ", end) and citation_word("generic-owner").match(
        page.low, end + 5
    ):
        return None
    if _OPENS_LINE.search(page.low, max(0, start - 3), start) and not _MARKS.search(
        page.flat[place:end]
    ):
        return None
    return _finish(page, start, end, type, "capital-topic", cited)


def _finish(
    page: Page, start: int, end: int, type: str, rule: str, cited: set[int]
) -> ReferenceMention | None:
    text = plain_case(page, start, end).replace("“", "").replace("”", "")
    mention = ReferenceMention(start, end, type, rule, name=_unlinked(text))
    of = page.low.find(" của ", start, end)
    if of >= 0:
        issuer = issuer_end(page.flat, page.low, of + 5)
        mention.issuer = issuer_of_name(page.low[of + 5 : issuer]) if issuer else None
    return judge(page, mention, cited)


def _unlinked(name: str) -> str:
    """The name without the "về" that links the topic to the type word."""
    match = _LINKING.match(name.lower())
    if match is None or regex.search(r"(?:ban|hội đồng|ủy ban)[^,]*\Z", match["head"]):
        return name
    return name[: match.start("about")] + name[match.end("about") :]
