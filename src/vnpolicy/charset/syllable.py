"""Which words can be Vietnamese syllables, and what share of a text's words can.

A Vietnamese word of office text is one syllable: an onset ("ngh"), a rime ("iêng") and a tone.
Some 30 onsets, 160 rimes and 6 tones make the set; what is no member of it is an abbreviation, a
foreign word, or damage: text in the wrong encoding, OCR that dropped marks, letters lost in a
font. Both spellings of the tone's place are members ("hoà", "hòa"; "thuỷ", "thủy"), as are "i"
and "y" where usage wavers ("lí", "lý"), and "quí", "qúi". A rime that ends in p, t, c or ch
takes the tones sắc and nặng only. Names in languages of the highlands ("Đắk Lắk", "Kon Tum")
are not in the grammar and stand in a short list.

>>> is_syllable("nghiêng"), is_syllable("thuỷ"), is_syllable("thủy"), is_syllable("các")
(True, True, True, True)
>>> is_syllable("nghieng"), is_syllable("càc"), is_syllable("ngiên"), is_syllable("chñ")
(False, False, False, False)

The quality of a text is the share of its words of letters that can be syllables. Single letters
and abbreviations in capitals are no evidence either way and are not counted; an address of the
net or of mail is not looked at. A text of fewer than 20 words has no quality.

>>> quality("Ủy ban nhân dân tỉnh giao Sở Tài chính " * 3)
1.0
>>> quality("Uy bon nhon don tinh") is None
True

Source: the rules of spelling as school grammars give them; the rimes are those that the 1988
"Từ điển tiếng Việt" (Hoàng Phê, ed.) uses, with "oong", "ooc", "êng", "yn" of loans.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache

_BACK = ("", *("b c ch d đ g gi h kh l m n ng nh p ph r s t th tr v x").split())
_FRONT = ("", *("b ch d đ gh gi h k kh l m n ngh nh p ph r s t th tr v x").split())

# Rimes by their first letter: before e, ê, i, y an onset is written k, gh, ngh. Those that
# begin with a glide (oa, uê) go with any onset but g, gi and the labials, which only names and
# a few loans join; nothing is gained by refusing them.
_BACK_RIMES = (
    "a ai ao au ay am an ang anh ap at ac ach ăm ăn ăng ăp ăt ăc âu ây âm ân âng âp ât âc o oi "
    "om on ong op ot oc oong ooc ô ôi ôm ôn ông ôp ôt ôc ôông ơ ơi ơm ơn ơp ơt u ui um un ung "
    "up ut uc ua uôi uôm uôn uông uôt uôc ư ưi ưu ưng ưt ưc ưa ươi ươu ươm ươn ương ươp ươt ươc "
    "ưm ưn oa oai oao oay oam oan oang oanh oap oat oac oach oăm oăn oăng oăt oăc oe oen oeo "
    "oet uân uâng uât uây uê uên uêch uênh uêt uơ uy uya uyên uyêt uynh uych uyt uyn uyp uyu"
).split()
_FRONT_RIMES = (
    "e eo em en eng ep et ec ê êu êm ên êng ênh êp êt êch i iu im in inh ip it ich ing ia iêu "
    "iêm iên iêng iêp iêt iêc"
).split()
# After "qu" the glide is written in the onset.
_QU_RIMES = (
    "a ai ao au ay am an ang anh at ac ach ăm ăn ăng ăp ăt ăc ân âng ât ây âu âm e en eo em et "
    "ê ên ênh êt êch êu i in inh it ich iên iêt iêng y yên yêt ynh yt ych yêng ơ ơn ơt ôc ôi yu "
    "yn yp"
).split()
_Y_RIMES = ["y", "yêu", "yêm", "yên", "yêng", "yêt", "yết"][:-1]
_Y_ONSETS = ("h", "k", "l", "m", "s", "t", "v")  # hy, kỹ, lý, mỹ, sỹ, tỷ, vỹ
_GI_RIMES = ("", "n", "êng", "êt", "êc", "êm", "a", "êp")  # gì, gìn, giếng, giết, giếc, giêm

_TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
_STOP_TONES = ("\u0301", "\u0323")
_VOWELS = frozenset("aăâeêioôơuưy")
_MARKED = frozenset("ăâêôơư")
_OTHER = frozenset(
    ("đắk đăk đak lắk lăk kon kạn plei pleiku bru krông  boong xoong moong goòng coóc soóc").split()
)


def _bodies() -> Iterator[tuple[str, str]]:
    """Onset and rime of every syllable, without tone."""
    for onset in _BACK:
        for rime in _BACK_RIMES:
            if not (onset in ("c", "g", "ng") and rime[0] in "ei"):
                yield onset, rime
    for onset in _FRONT:
        for rime in _FRONT_RIMES:
            if not (onset == "" and rime.startswith("iê")):
                yield onset, rime
    for rime in _QU_RIMES:
        yield "qu", rime
    for rime in _Y_RIMES:
        yield "", rime
    for onset in _Y_ONSETS:
        yield onset, "y"
    for rime in _GI_RIMES:
        yield "g", "i" + rime


def _places(onset: str, rime: str) -> tuple[int, ...]:
    """Where in the rime the tone may stand: the newer and the older place."""
    vowels = [i for i, letter in enumerate(rime) if letter in _VOWELS]
    marked = [i for i in vowels if rime[i] in _MARKED]
    if marked:
        return (marked[-1],)
    if len(vowels) == 1 or rime in ("oong", "ooc"):
        return (vowels[-1],)
    if len(vowels) == 3:
        return (1, 2) if rime == "uya" else (1,)
    if onset == "g" and rime == "ia":
        return (0, 1)
    if rime in ("oa", "oe", "uy"):
        return (0, 1)
    return (1,) if len(rime) > 2 or rime[:2] in ("uơ",) else (0,)


@cache
def syllables() -> frozenset[str]:
    """Every syllable of the grammar, in lower case and NFC."""
    found = set(_OTHER)
    for onset, rime in _bodies():
        stopped = rime.endswith(("p", "t", "c", "ch"))
        for tone in _STOP_TONES if stopped else _TONES:
            for place in _places(onset, rime):
                toned = rime[: place + 1] + tone + rime[place + 1 :]
                found.add(unicodedata.normalize("NFC", onset + toned))
            if onset == "qu" and tone and len(rime) == 1:  # "qúi", "qủa": the mark too early
                found.add(unicodedata.normalize("NFC", onset + tone + rime))
    return frozenset(found)


def is_syllable(word: str) -> bool:
    """Whether the word, in lower case and NFC, can be a Vietnamese syllable."""
    return word in syllables()


_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:vn|com|org|net|gov)\b", re.IGNORECASE)
_ABBREVIATION = re.compile(r"[A-ZĐ]{1,6}")
_ENOUGH = 20


def quality(text: str) -> float | None:
    """The share of the words of ``text`` that can be syllables; None for under 20 words."""
    words, good = count(text)
    return share(good, words)


def share(good: int, words: int) -> float | None:
    """The quality of a text of which ``good`` of ``words`` words can be syllables."""
    return good / words if words >= _ENOUGH else None


def count(text: str) -> tuple[int, int]:
    """How many words of ``text`` count, and how many of them can be syllables."""
    words = good = 0
    for chunk, times in Counter(text.split()).items():
        counted, possible = judge(chunk)
        words += times * counted
        good += times * possible
    return words, good


@lru_cache(maxsize=1 << 15)
def judge(chunk: str) -> tuple[int, int]:
    """How many words count in what stands between two spaces, and how many of them can be
    syllables."""
    if _ADDRESS.search(chunk):
        return 0, 0
    known = syllables()
    counted = possible = 0
    for word in _WORD.findall(unicodedata.normalize("NFC", chunk)):
        if len(word) > 1 and not _ABBREVIATION.fullmatch(word):
            counted += 1
            possible += word.lower() in known
    return counted, possible
