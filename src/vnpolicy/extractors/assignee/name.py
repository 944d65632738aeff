"""Bodies outside the register: where a name that begins with a known head noun ends.

Offices write names with a capital at each meaningful part ("Trung tâm Phục vụ hành chính công
tỉnh"), so the small words inside are taken along until a predicate begins ("chủ trì", "khẩn
trương", "cần"), a mark stands, or the place closes the name ("tỉnh", "Lào Cai"). "và" and a
comma go on only before a capital that is no head noun ("Phòng Văn hóa, Khoa học và Thông tin").
A wide head ("ban chỉ đạo", "tổ công tác") may go on in small letters and may stand alone, for a
body named before; a narrow one ("chi cục", "hội", "phòng") may not.
"""

from __future__ import annotations

import re
from functools import cache

import regex

from vnpolicy.extractors.assignee.mention import BodyMention, Page
from vnpolicy.extractors.assignee.pattern import proper_name, province_at, stop, whole
from vnpolicy.extractors.assignee.sector import told
from vnpolicy.lexicon.body import cues, words

_TOKEN = re.compile(r"( - | – | & | |-|/|&)?([^\W_]+(?:\.[^\W_]+)*)")
_MAX_SMALL = 9
_MAX_REACH = 220
_TOGETHER = regex.compile(r"(?:, \p{Lu}[^\n,;.:()]{1,28}){0,3},? (?:và|&) (?=\p{Lu}[\p{Ll}\p{Lu}])")
_ABOUT = ("ban chỉ đạo", "bcđ", "hội đồng", "ủy ban", "tổ công tác", "tiểu ban")
_MANAGED = ("khu ", "cụm ", "dự án ", "công trình ", "chương trình ", "cảng ", "hồ ", "di tích ")
# One office for several organs: "Văn phòng Đoàn ĐBQH và HĐND tỉnh".
_JOINT = regex.compile(
    r" (?:đoàn (?:đại biểu quốc hội|đbqh)(?:,| và) )?(?:hđnd|hội đồng nhân dân)"
    r"(?:(?:,| và) (?:ubnd|ủy ban nhân dân))?(?![\p{L}\p{N}])"
)
# Tiers that a name of a town or a commune may follow.
_NAMED_TIERS = frozenset(
    ["thành phố", "tp", "tp.", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu"]
)
_STREETS = frozenset(["phường", "xã", "đường", "phố", "thôn", "ấp", "cầu", "sông"])
_OWNERS = frozenset(["class", "committee", "register", "local"])
_PREVENTION = regex.compile(r", (?:chống|tránh|trừ|khắc phục) ")
_THIS = regex.compile(r" (?:này|nêu trên|nói trên)(?![\p{L}\p{N}])")
_CLOSED = re.compile(
    r"(?:khu vực (?:[ivx]+|[0-9]{1,2})|cấp (?:tỉnh|huyện|xã)|các cấp|cùng cấp)"
    r"(?!\w)"
)


@cache
def _closing() -> re.Pattern[str]:
    return whole(words("closing"), after="(?! ủy| đoàn| đội| hội| viên| thị)")


def read_name(page: Page, start: int, end: int, word: str) -> list[BodyMention]:
    """A body by its head noun."""
    if not page.is_capital(start) or (" " not in word and _ends_a_name(page, start)):
        return []
    wide = word in words("wide")
    inner = not page.flat[start + 1 : end].islower()
    stop_at = name_end(page, end, wide=wide, about=word in _ABOUT, capitals=inner)
    if word == "văn phòng" and (joint := _JOINT.match(page.low, end)) is not None:
        closed = _closed(page, joint.end() + 1)
        stop_at = closed if closed > joint.end() + 1 else joint.end()
    if word in _ABOUT and stop_at > end:
        stop_at = _fields(page, stop_at)
    mention = BodyMention(start, stop_at, rule="head")
    if stop_at == end and word in words("whole"):
        return [mention]
    if stop_at == end and word in words("sector") and told(page, start):
        return [mention]  # "phối hợp với Công an"
    if stop_at == end:
        return [_alone(page, mention, word)] if wide else []
    if word in _ABOUT:
        _of_others(page, mention)
    if wide and not mention.agency_ids:
        text = page.low[start : mention.end]
        page.named.setdefault(word, set()).add(("", text))
    return [mention]


def _ends_a_name(page: Page, start: int) -> bool:
    """ "Hải Phòng", "Tây Ban Nha", "phường Trường Vinh": not the head it looks like."""
    if start < 2 or page.flat[start - 1] != " ":
        return False
    left = page.low.rfind(" ", 0, start - 1) + 1
    left = max(left, page.low.rfind("\n", 0, start - 1) + 1)
    word = page.low[left : start - 1]
    if word in _STREETS:
        return True
    return page.flat[left].isupper() and word.isalpha() and word not in _opening_words()


@cache
def _opening_words() -> frozenset[str]:
    """What may stand with a capital before a body: "Giao Công an tỉnh", "Yêu cầu Thuế tỉnh"."""
    return frozenset(word for cue in cues() for word in cue.split(" ")) | words("opening")


def _fields(page: Page, end: int) -> int:
    """Go on over the fields of a committee: "... cải cách hành chính, phát triển A, B và C"."""
    first = end
    for _ in range(6):
        if not page.low.startswith(", ", end):
            break
        at = end + 2
        if page.kind_at(page, at) or stop().match(page.low, at) or page.is_capital(at):
            break
        further = name_end(page, end + 1, wide=True)
        if page.low.startswith(" và ", further) and not stop().match(page.low, further + 4):
            last = name_end(page, further + 3, wide=True)
            return last if last > further + 3 and not page.kind_at(page, further + 4) else first
        end = further
    return first


def _alone(page: Page, mention: BodyMention, word: str) -> BodyMention:
    """A bare head: the one such body that the document has named so far, or nobody known."""
    mention.kind, mention.rule = "deictic", "head-alone"
    if page.low.endswith(("các ", "những "), 0, mention.start):
        mention.kind = "collective"  # "các Ủy ban": no one of them
        return mention
    if (match := _THIS.match(page.low, mention.end)) is not None:
        mention.end = match.end()
    met = page.named.get(word, set())
    if len(met) == 1:
        (ids,) = met
        mention.agency_ids = ids if ids[0] else ()
    return mention


def _of_others(page: Page, mention: BodyMention) -> None:
    """ "Ban chỉ đạo chuyển đổi số của các bộ, ngành": theirs is part of the name."""
    at = mention.end + len(" của ")
    if page.low.startswith(" của ", mention.end) and page.kind_at(page, at) in _OWNERS:
        owners = page.read(page, at)
        if owners:
            mention.end = owners[-1].end


def name_end(
    page: Page, offset: int, *, wide: bool, about: bool = False, capitals: int = 0, depth: int = 0
) -> int:
    """The end of the name whose head ends at ``offset``; ``offset`` where none goes on. A name
    goes on over "và" or "các" a few times only (``depth``)."""
    low, flat = page.low, page.flat
    shouting = _shouts_on(page, offset)
    end, small, capitals = offset, 0, capitals
    while end < offset + _MAX_REACH:
        token = _TOKEN.match(low, end)
        if token is None or token[1] is None:
            break
        at = token.start(2)
        capital = flat[at].isupper() or flat[at].isdigit()
        closed = _closed(page, at)
        if closed > at:
            return closed if wide or capitals or end == offset else end
        if not capital or shouting:
            match = stop().match(low, at)
            if match and about and match.group() in ("về", "phòng") and small < 6:
                match = None
            if match and not _is_compound(page, at):
                if (joined := _joined_at(page, at, end)) > at:
                    end = joined
                    continue
                return _past_and(page, end, at, match.group(), capitals, depth)
            small += 1
            if small > _MAX_SMALL or not (wide or capitals) or token[1] in (" - ", " – "):
                break
            end = token.end()
        else:
            if token[1] in (" - ", " – ") and page.kind_at(page, at):
                break
            small, capitals = 0, capitals + 1
            inner = _wide().match(low, at)
            end = inner.end() if inner else token.end()
    return _together(page, end, capitals, depth)


def _joined_at(page: Page, at: int, end: int) -> int:
    """The end of a phrase that holds the word at ``at`` inside ("nhỏ và vừa"); else ``at``."""
    left = end
    for _ in range(5):
        left = page.low.rfind(" ", 0, left)
        if left < 0:
            break
        match = _joined().match(page.low, left + 1)
        if match is not None and match.end() > at:
            return match.end()
    return at


@cache
def _joined() -> re.Pattern[str]:
    return whole(words("joined"))


def _shouts_on(page: Page, offset: int) -> bool:
    """Whether head and following word are in capitals throughout, as in a title."""
    token = _TOKEN.match(page.low, offset)
    if token is None or not page.shouts(max(0, offset - 3), offset):
        return False
    return token.end(2) - token.start(2) > 1 and page.shouts(token.start(2), token.end(2))


def _is_compound(page: Page, at: int) -> bool:
    """Whether the word at ``at`` is half of one that is no verb: "Hậu cần", "giao thông"."""
    left = page.low.rfind(" ", 0, at - 1) + 1
    return bool(_compound("compound").match(page.low, left)) or bool(
        _compound("noun-first").match(page.low, at)
    )


@cache
def _compound(kind: str) -> re.Pattern[str]:
    return whole(words(kind))


@cache
def _wide() -> re.Pattern[str]:
    """A head inside a name: "Văn phòng Ban chỉ đạo ..."."""
    return whole(words("wide"))


def _closed(page: Page, at: int) -> int:
    """The end of the place that closes a name at ``at``; ``at`` where none stands."""
    place = province_at(page, at)
    if place is not None:
        return place[1]
    match = _closing().match(page.low, at)
    if match is not None:
        return proper_name(page, match.end()) if match.group() in _NAMED_TIERS else match.end()
    match = _CLOSED.match(page.low, at)
    return match.end() if match else at


def _past_and(page: Page, end: int, at: int, word: str, capitals: int, depth: int) -> int:
    """Whether "và" or "các" goes on inside the name; the name's end."""
    if word == "và":
        return _together(page, end, capitals, depth)
    if word == "các" and depth < 2:
        others = page.read(page, at) if page.kind_at(page, at) == "class" else []
        if others:
            return others[0].end
        if page.flat[at + 4 : at + 5].isupper() or page.low.startswith(_MANAGED, at + 4):
            further = name_end(page, at + 3, wide=True, depth=depth + 1)
            return further if further > at + 3 else end
    return end


def _together(page: Page, end: int, capitals: int, depth: int) -> int:
    """Go on over ", X và Y" inside a name."""
    if depth > 2:
        return end
    if (match := _PREVENTION.match(page.low, end)) is not None:
        further = name_end(page, match.end() - 1, wide=True, depth=depth + 1)
        return further if further > match.end() - 1 else end
    match = _TOGETHER.match(page.flat, end) if capitals else None
    if match is None:
        return end
    for part in regex.split(r"(?:, | và | & )", page.flat[end : match.end()])[1:-1]:
        if page.kind_at(page, page.flat.find(part, end)):
            return end
    if page.kind_at(page, match.end()):
        return end
    further = name_end(page, match.end() - 1, wide=False, depth=depth + 1)
    return further if further > match.end() - 1 else end
