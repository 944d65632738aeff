"""How well a text reads in an encoding: the evidence on which a reading is called certain.

Only words with a letter beyond ASCII tell encodings apart. Each is read in each encoding; what
comes out must be a syllable, written in one case ("chính", "Chính", "CHÍNH"). Words that every
notice holds ("của", "các", "tỉnh") count double, because encodings that share codes (VISCII and
VPS) read each other's text as rare syllables. A reading is certain where nine words of ten are
syllables, and the next best reading, which would give another text, is clearly worse.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from vnpolicy.charset.syllable import syllables
from vnpolicy.charset.table import NAMES, table

# Words between ASCII punctuation: the signs of Latin-1 may all be letters.
_CHUNK = re.compile("[A-Za-z\x01-\x08\x0e-\x1f\x80-\U0010ffff]+")
_ODD = re.compile("[\x01-\x08\x0e-\x1f\x80-\U0010ffff]")
_AROUND = re.compile(
    "^[“”‘’–—…•«·\xa0\xad]+|[“”‘’–—…•»·°²³®™©\xa0\xad]+$|(?<=[^\\W\\d_])[\xa0\xad–—…“”‘’](?=[^\\W\\d_])"
)
_COMMON = frozenset(
    """của các và công định tỉnh về thực hiện ủy số việc chính huyện xã tại quản lý địa cấp đầu tư
    được nhân dân quy quyết thị sở đơn vị có với bộ tổ chức nông là giao theo trình trưởng phòng
    trong ngày tháng năm cơ quan nghị căn cứ luật điều khoản nước thủ tướng phủ hội đồng độc lập
    tự hạnh phúc việt ở cộng hòa hoà chủ nghĩa thông chỉ đạo báo cáo kế hoạch phát triển kinh tế
    để từ đến này những người đã sẽ không phải một trên dưới cho khi nơi nhận kiến thành phố quốc
    cá quý vùng gia lực hành tài xây dựng hướng dẫn kiểm tra xử văn bản đề nghiệp sản
    xuất""".split()
)
_ABBREVIATION = re.compile("(?=.*Đ)[A-ZĐ]{2,7}")
_SINGLE = frozenset("àáạảâêôơưđởờýỷ")  # words of one letter, and the letters of items


@dataclass(frozen=True, slots=True)
class Reading:
    """What one encoding makes of the words beyond ASCII.

    ``good`` is the share that are syllables, ``rank`` the same with common words counted twice,
    ``kinds`` the number of different good words; ``words`` are all, as read.
    """

    name: str
    good: float
    rank: float
    kinds: int
    words: tuple[str, ...]


def chunks(text: str) -> Counter[str]:
    """The words of a surface that hold anything beyond ASCII, with how often each stands."""
    found = Counter(_CHUNK.findall(text))
    return Counter({chunk: times for chunk, times in found.items() if _ODD.search(chunk)})


def is_good(word: str) -> bool:
    """Whether the word as read is one syllable, or several with dashes or quotes between."""
    return _judge(word) > 0


@lru_cache(maxsize=1 << 15)
def _judge(word: str) -> int:
    """0 for no syllable, 1 for a syllable or signs alone, 2 for a common word."""
    stripped = _AROUND.sub(" ", unicodedata.normalize("NFC", word)).split()
    if not stripped:
        return int(not set(word) & set("®©™²³\xad"))
    for part in stripped:
        if _ABBREVIATION.fullmatch(part):
            continue
        if len(part) == 1:
            if part.lower() in _SINGLE:
                continue
            return 0
        if not (part.islower() or part.isupper() or part[1:].islower()):
            return 0
        if part.lower() not in syllables() and not _is_lossy(part.lower()):
            return 0
    return 2 if all(part.lower() in _COMMON for part in stripped) else 1


# "ơng", "ơc": rimes that only text without its "ư" has, which is for ``loss`` to mend.
_LOST = re.compile("[ơờớởỡợ](?:ng|c)$")


def _is_lossy(word: str) -> bool:
    """Whether the word is a syllable of TCVN3 that lost its "ư": "tớng"."""
    found = _LOST.search(word)
    return found is not None and word[: found.start()] + "ư" + found.group() in syllables()


def weigh(found: Counter[str], name: str | None) -> Reading:
    """The reading of the words in the encoding ``name``, or as they stand for None."""
    keys = list(found)
    words = keys if name is None else table(name).read("\n".join(keys)).split("\n")
    good = rank = kinds = 0
    for key, word in zip(keys, words, strict=True):
        value = _judge(word)
        good += found[key] * (value > 0)
        rank += found[key] * value
        kinds += value > 0 and len(word) > 1 and not _ABBREVIATION.fullmatch(word)
    total = sum(found.values()) or 1
    return Reading(name or "", good / total, rank / (2 * total), kinds, tuple(words))


def best(
    found: Counter[str], names: Iterable[str | None] = (None, *NAMES), *, kinds: int = 4
) -> Reading | None:
    """The certain reading of the words, or None; ``kinds`` different ones must be good.

    The reading as the words stand is called "".
    """
    if not found:
        return None
    readings = sorted((weigh(found, name) for name in names), key=lambda one: -one.rank)
    first = readings[0]
    if first.good < _GOOD or first.kinds < kinds:
        return None
    for other in readings[1:]:
        kin = {first.name, other.name} == KIN
        if not kin and other.words != first.words and first.rank - other.rank < _MARGIN:
            return None
    return first


KIN = {"tcvn3", "tcvn5712"}  # one standard: they differ in capitals only
_GOOD = 0.9
_MARGIN = 0.15
