"""What the letterhead says: number, issuer, place and date, subject, urgency, secrecy.

NĐ 30/2020/NĐ-CP (PL I, II) sets the issuer on the left, the state's name and motto on the
right, below them "Số: 219/TB-VPCP" and "Hà Nội, ngày 10 tháng 5 năm 2024", and under the number
of a letter its subject after "V/v". Party papers have "ĐẢNG CỘNG SẢN VIỆT NAM" and "Số
154-TB/TW" (Hướng dẫn 36-HD/VPTW). In a text these stand in table cells, line by line, or side
by side on one line in any mixture, so each is read by its words and not by its place.

The issuer is what stands before the number once the state's name and the motto are taken away;
a superior and the body under it are parted by " - ". A blank number ("Số:      /SCT-CN") or
day gives None.

>>> head = "UBND TỈNH LÀO CAI CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\\nSỞ Y TẾ Độc lập - Tự do - "
>>> head += "Hạnh phúc\\nSố: 12/SYT-NV Lào Cai, ngày 5 tháng 7 năm 2026"
>>> header = read(head, 0, len(head))
>>> header.number, header.issuer_text, header.place, header.issued_on.isoformat()
('12/SYT-NV', 'UBND TỈNH LÀO CAI - SỞ Y TẾ', 'Lào Cai', '2026-07-05')
"""

from __future__ import annotations

import datetime

import regex

from vnpolicy.document import Header
from vnpolicy.lexicon import layout
from vnpolicy.segment import line
from vnpolicy.text import fold

STATE = regex.compile(
    r"C[ỘO]NG\s+H[OÒ][AÀ]\s+X[ÃÀA]\s*H[ỘO]I\s+CH[ỦU]\s+NGH[ĨI]A\s+VI[ỆE]T\s+NAM"
    r"|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
)
MOTTO = regex.compile(r"(?i)độc\s+lập\s*[-–—]?\s*tự\s+do\s*[-–—]?\s*hạnh\s+phúc")
_SYMBOL = r"\p{Lu}[\p{Lu}\d&]*(?:[gri]|y\p{Lu}+)?"
NUMBER = regex.compile(
    r"(?P<body>(?:\d{1,5}[a-zđ]?(?:\.\d{1,3})?|[IVXl]{1,4})\s?(?:/\s?(?:19|20)\d\d\s?)?)"
    rf"[-/]\s?(?P<symbol>{_SYMBOL}(?:\s?[-–/.]\s?{_SYMBOL})*+)"
)
SERIAL = regex.compile(r"(?:Số|SỐ|số)(?: hiệu)?\s*:?\s*(?=[\d/IVXl.…_-])")
DATE = regex.compile(
    r"(?:[Nn]gày|NGÀY)\s*(?P<d>\d{1,2})\s*(?:tháng|THÁNG)\s*(?P<m>\d{1,2})\s*(?:năm|NĂM)\s*"
    r"(?P<y>(?:19|20)\d\d)"
    r"|(?:[Nn]gày\s*)?(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>(?:19|20)\d\d)"
)
_PLACE = regex.compile(
    r"(?P<place>(?:TP\.?\s?(?:HCM)?)?(?:(?<!\p{L})\p{Lu}\p{Ll}[\p{L}.]*+(?:[\s-]+\p{Lu}[\p{Ll}.]++){0,4})?)"
    r"(?<=\p{L})\s*,?\s*ngày(?!\p{L})"
)
# The same with the place for certain: no date inside a subject has one before its comma.
_PLACED = regex.compile(
    r"(?:(?<!\p{L})(?:TP\.?\s?(?:HCM|\p{Lu}\p{Ll}+(?:\s\p{Lu}\p{Ll}+)*+)|\p{Lu}\p{Ll}[\p{L}.]*+"
    r"(?:[\s-]+\p{Lu}[\p{Ll}.]++){0,4}))\s*,\s*ngày\s+(?=[\d.…_]{1,12}\s*tháng)"
    r"|\n\s*ngày\s+(?=[\d.…_]{1,12}\s*tháng)"
)
_SUBJECT = regex.compile(r"(?:V/v|V/V|v/v)\s?:?\s*[^|]+")
ABOUT = regex.compile(r"[Vv]/[Vv]\s?[:.]?\s*")
_LEFT = regex.compile(r"(?:Số|SỐ)\s*:[\s./_…-]*$")  # a number's line without the number
_URGENCY = ("hỏa tốc hẹn giờ", "hỏa tốc", "thượng khẩn", "khẩn")
_SECRECY = ("tuyệt mật", "tối mật", "mật")
MARKS = frozenset((*_URGENCY, *_SECRECY))


def read(text: str, start: int, end: int) -> Header:
    """The fields that the letterhead ``text[start:end]`` holds."""
    head = text[start:end].replace("\n", " ")
    header = Header()
    number_at = _read_number(head, start, header)
    place = _find_place(head, header.number_span[1] - start if header.number_span else 0)
    issuer = text[start : start + number_at]
    if place is not None:
        header.place = " ".join(place["place"].split())
        date = DATE.match(head, place.end() - 4)
        header.issued_on = day(date) if date is not None else None
        issuer = issuer[: place.start()]
        if date is not None and date.end() < number_at < len(head):
            issuer += text[start + date.end() : start + number_at]
    subject = _SUBJECT.search(head)
    if subject is not None:
        _read_subject(text, start, subject.start(), subject.end(), header)
    header.issuer_text = _read_issuer(_SUBJECT.sub("", issuer))
    marks = {fold(piece.strip(" *")) for piece in regex.split(r"[|\n]", text[start:end])}
    header.urgency = next((word.upper() for word in _URGENCY if word in marks), None)
    header.secrecy = next((word.upper() for word in _SECRECY if word in marks), None)
    return header


def _find_place(head: str, after: int) -> regex.Match[str] | None:
    """Where the letterhead says where and when: best with a place's name, under the number, and
    in no case a date of the subject ("V/v ... áp dụng từ ngày 01/01/2026") if there is another."""
    for at in (after, 0):
        placed = _PLACED.search(head, at)
        if placed is not None and (place := _PLACE.search(head, placed.start())):
            return place
    return _PLACE.search(head, after) or _PLACE.search(head)


def _read_number(head: str, start: int, header: Header) -> int:
    """Fill in the number; gives where the line of the number begins."""
    serial = SERIAL.search(head)
    if serial is None:
        return len(head)
    match = NUMBER.match(head, serial.end())
    if match is not None:
        end = match.end()
        if head[end - 1] == "V" and head[end : end + 2] in ("/v", "/V"):
            end -= 1  # "Số: 597/HC-QLHCV/v ...": the subject's mark stuck to the number
        header.number = regex.sub(r"\s", "", head[match.start() : end])
        header.number_span = (start + match.start(), start + end)
    return int(serial.start())


def _read_subject(text: str, start: int, first: int, last: int, header: Header) -> None:
    """The subject under the number, up to the bar, the place and date, or the addressee."""
    piece = text[start + first : start + last]
    stop = regex.search(
        rf"\s*(?:{_PLACED.pattern}|\n\s*\n|\n?Kính gửi|\n[-_=]{{3,}}|{STATE.pattern})", piece
    )
    piece = piece[: stop.start()] if stop is not None else piece
    keep_subject(header, text, start + first, start + first + len(piece.rstrip(" \n-_=*")))


def keep_subject(header: Header, text: str, start: int, end: int) -> None:
    """Take ``text[start:end]`` as the subject, without the mark that leads up to it."""
    mark = ABOUT.match(text, start, end)
    if mark is not None:
        start = mark.end()
    if start < end:
        header.subject = " ".join(text[start:end].split())
        header.subject_span = (start, end)


def _read_issuer(text: str) -> str | None:
    """The bodies named before the number, the superior first."""
    for pattern in (STATE, MOTTO):
        text = pattern.sub("\n", text)
    bodies: list[str] = []
    for piece in regex.split(r"[|\n]|[-_=]{3,}|<br ?/?>", text):
        name = _LEFT.sub("", piece).strip(" -_=*:.")
        low = fold(name)
        if not name or len(name) > 90 or line.is_rule(name) or not any(c.isalpha() for c in name):
            continue
        if low in MARKS or low.startswith(("dự thảo", "mẫu", "phụ lục")):
            continue
        if bodies and not (layout.names_body(low) and fold(bodies[-1]) not in layout.words("open")):
            bodies[-1] = f"{bodies[-1]} {name}"
        else:
            bodies.append(name)
    return " - ".join(bodies) or None


def day(match: regex.Match[str]) -> datetime.date | None:
    """The date that a match of :data:`DATE` names; None where there is no such day."""
    try:
        return datetime.date(int(match["y"]), int(match["m"]), int(match["d"]))
    except ValueError:
        return None
