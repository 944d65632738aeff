"""What a press account has that a document has not: headline, dateline, captions, by-line.

An account ("Thủ tướng yêu cầu ...") has no letterhead, number or signature. Portals print its
headline first, once or twice, then a line with the day ("28/02/2023, 13:09"; "01-07-2023 -
17:30 PM | Kinh tế"; "Giờ đăng: 09/07/2025 14:27", also at the end), photo captions ("... - Ảnh:
VGP/Nhật Bắc", "5.jpg" over the caption, "(Hình từ Internet)"), sub-headings without end mark,
and the source ("Theo ...", a name alone). A day without its year is not read, nor a month
("date 2022-08").

>>> dateline("28/02/2023, 13:09").isoformat(), dateline("Ngày 9/7")
('2023-02-28', None)
>>> is_caption("Toàn cảnh hội nghị - Ảnh: VGP/Minh Khôi"), is_caption("Ảnh hưởng của bão")
(True, False)
"""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterable

import regex

from vnpolicy.lexicon import layout
from vnpolicy.text import fold

_STAMP = regex.compile(
    r"(?i)(?:(?:giờ đăng|ngày đăng|đăng ngày|đăng lúc|cập nhật|thời gian|ngày cập nhật|thứ \p{L}+"
    r"|chủ nhật|ngày)[\s,:-]*+)*+(?:\d{1,2}[:h]\d{2}(?::\d{2})?[\s,|-]*+)?(?:ngày )?"
    r"(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>(?:19|20)\d\d)"
    r"(?:[\s,|-]*+\d{1,2}[:h]\d{2}(?::\d{2})?)?(?: ?(?:am|pm))?(?: ?\(?gmt ?\+?\d\)?)?"
    r"(?:\s*[|-]\s*[\p{L}\s]{2,30})?[.\s]*"
)
_CAPTION = regex.compile(
    r"(?:[-–(.|:]|^)\s*\(?(?:Ảnh|ẢNH|Nguồn ảnh|Ảnh minh h(?:ọa|oạ)|Hình minh họa|Minh họa"
    r"|Hình ảnh|Đồ họa)\s*(?:\d{1,2}\.?$|[:(][^:;]{0,70}$|minh họa[^.;]{0,30}$|tư liệu|internet)"
    r"|\((?:Hình|Ảnh|Nguồn)(?: ảnh)?(?: từ| minh|:)[^)]{0,60}\)\.?$"
    r"|\b(?:Ảnh|Photo):? ?(?:VGP|TTXVN|TTX|Internet|internet|Báo|Cổng|PV)[^:;]{0,50}$"
    r"|^\S{1,80}\.(?:jpe?g|png|gif|webp|JPE?G|PNG)$"
)
# One of these stands in every credit.
_CREDITS = (
    *("Ảnh", "ẢNH", "Hình", "Minh", "Nguồn", "Đồ họa", "Photo"),
    *(".jp", ".png", ".gif", ".webp", ".JP", ".PNG"),
)
_SCENE = regex.compile(
    r"(?:Quang cảnh|Toàn cảnh|Các đại biểu (?:dự|tham dự|chụp|tại)|[\p{Lu}][\p{L}\s,./-]{4,90}"
    r" (?:phát biểu(?: (?:tại|chỉ đạo|kết luận|khai mạc|thảo luận|bế mạc)|\.?$)"
    r"|chủ trì (?:phiên họp|hội nghị|cuộc họp|buổi|tại điểm cầu)|tham dự (?:hội nghị|phiên|cuộc)))"
)
_BYLINE = regex.compile(
    r"(?:Theo (?!dõi|đó|quy|kế|chỉ|nội)|Nguồn(?: tin)?:|Tác giả:|(?:Bài|Tin)(?: và|,) ảnh:"
    r"|Thực hiện:|PV\b|Link bài viết gốc|Link gốc|https?://)"
)
_PERSON = regex.compile(r"\p{Lu}[\p{L}.]*+(?: \p{Lu}[\p{L}.]*+){0,4}(?:/[\w.]+)?")
_BODY_DAY = regex.compile(
    r"(?:^|[.!?] |[-–] )(?:(?:Sáng|Chiều|Tối|Trưa|sáng|chiều|tối)(?: nay)?,? ?\(?)?(?:[Nn]gày )?"
    r"(?:(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>20\d\d)"
    r"|(?P<d>\d{1,2}) tháng (?P<m>\d{1,2}) năm (?P<y>20\d\d))\)?,"
)


def dateline(text: str) -> datetime.date | None:
    """The day of a line that says nothing but when it was published; else None."""
    if len(text) > 80 or not any(char.isdigit() for char in text[:40]):
        return None
    match = _STAMP.fullmatch(text)
    return _day(match) if match is not None else None


def body_day(text: str) -> datetime.date | None:
    """The full day that a paragraph's sentence opens with ("Sáng ngày 9/7/2025, ..."), or None."""
    match = _BODY_DAY.search(text[:600])
    return _day(match) if match is not None else None


def _day(match: regex.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None


def is_caption(text: str) -> bool:
    """Whether the line says that it is a photo's: a credit, a file's name, a number."""
    if len(text) >= 420 or not any(word in text for word in _CREDITS):
        return False
    return _CAPTION.search(text) is not None


def is_scene(text: str) -> bool:
    """Whether a short sentence only says who is seen doing what: a caption without credit."""
    if len(text) > 170 or ". " in text[:-1] or ";" in text:
        return False
    return _SCENE.match(text) is not None


def is_byline(text: str) -> bool:
    """Whether the line names the source or the author."""
    if _BYLINE.match(text):
        return (len(text) < 70 and text[-1] not in ".;:") or text.startswith(("Link", "http"))
    return False


def is_name(text: str) -> bool:
    """Whether the line is a name alone: a reporter's, with or without the paper's."""
    return len(text) < 42 and _PERSON.fullmatch(text) is not None


def is_account(texts: Iterable[str]) -> bool:
    """Whether the paragraphs read as an account: prose that reports what somebody said."""
    prose = list(itertools.islice((text for text in texts if len(text) > 120), 12))
    if not prose:
        return False
    cues = layout.words("press")
    telling = sum(any(cue in low for cue in cues) for low in map(fold, prose))
    return telling > 0 and (len(prose) > 1 or telling * 2 > len(prose))
