"""Text that a word segmenter has been over: "Thủ_tướng Chính_phủ", "849 / CĐ - TTg", "tế , báo".

Data sets of Vietnamese news come so. Where the words of a text are joined by "_" throughout, the
"_" are spaces, and the spaces that the segmenter has put before punctuation and around the
slashes and hyphens of numbers go.

>>> text = "Thủ_tướng ký Công_điện số 849 / CĐ - TTg ngày 21/10/2021 . Yêu_cầu Bộ Y_tế báo_cáo ."
>>> for start, end, told in reversed(edits(text)):
...     text = text[:start] + told + text[end:]
>>> text
'Thủ tướng ký Công điện số 849/CĐ-TTg ngày 21/10/2021. Yêu cầu Bộ Y tế báo cáo.'
"""

from __future__ import annotations

import re

_JOINED = re.compile(r"(?<=[^\W\d_])_(?=[^\W\d_])")
_RARE = 80  # at most so many characters to one "_" in a text that was segmented
_FEW = 3
_SPACED = re.compile(
    r" (?=[.,;:!?…)\]”%](?:[\s)\]”]|$))"
    r"|(?<=[(\[“]) "
    r"|(?<=[0-9]) (?=/ )|(?<=[0-9A-ZĐ] /) (?=[0-9A-ZĐ])|(?<=[0-9A-ZĐ]/) (?=[0-9A-ZĐ])"
    r"|(?<=/ [A-ZĐ]{2}) (?=- [A-ZĐ])|(?<=/ [A-ZĐ]{2} -) (?=[A-ZĐ])"
    r"|(?<=[A-ZĐ]) (?=/ [A-ZĐ])|(?<=[A-ZĐ]{2}) (?=- [A-ZĐ]{2})|(?<=[A-ZĐ]{2} -) (?=[A-ZĐ][A-ZĐa-z])"
)


def edits(text: str) -> list[tuple[int, int, str]]:
    """The spans to be written otherwise; none where the text was not segmented."""
    joined = [(m.start(), m.end(), " ") for m in _JOINED.finditer(text)]
    if len(joined) < _FEW or len(joined) * _RARE < len(text):
        return []
    return sorted(joined + [(m.start(), m.end(), "") for m in _SPACED.finditer(text)])


def is_odd(word: str) -> bool:
    """Whether a word, as white space parts them, may come from a segmenter."""
    return "_" in word and _JOINED.search(word) is not None
