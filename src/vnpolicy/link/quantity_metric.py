"""What a quantity measures: "Chỉ số hiệu quả logistics của Việt Nam tăng ít nhất
3 bậc". The words from one that opens a measure's name ("tỷ lệ", "chỉ số", "kim ngạch") to the
predicate ("đạt", "tăng", "là"), in the same part of the sentence; a further figure of the same
statement ("..., đạt 116,8% kế hoạch") has the same metric. Where no such word stands there, the
metric stays empty.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import regex

from vnpolicy.extractors.quantity import QuantityMention
from vnpolicy.lexicon.quantity_cue import PSEUDO, UNCHANGED, find_cues
from vnpolicy.lexicon.unit import COUNT

_STOPS = regex.compile(r"[;:\n(]|[.!?](?= )|, |(?<!\p{L})(?:trong đó|trong khi)(?!\p{L})")
_ASIDE = regex.compile(r"\([^()\n]{0,80}\)")
_PERIOD = regex.compile(
    r" (?:(?:trong |đến |hết )?(?:[0-9]+ tháng|quý [0-9ivx]+|tháng [0-9]|năm [0-9]{4}|cả năm)"
    r"|(?:tính )?đến (?:hết |ngày |cuối )?[0-9]|\()"
)
_LONGEST = 200
_BARE = 40  # characters of a name that stands right before its figure: "giải ngân 100%"
_SHARED = 60  # characters between two figures of one statement
_PREDICATES = ("predicate", UNCHANGED)
_TAIL = regex.compile(r" (?:bình quân|trung bình|ở mức|mức) ?$")
_TRAIL = " ,.-–"

_STOPS = regex.compile(r"[,;:.\n]")
_ENDS = regex.compile(r"[;:.\n]")


def set_metrics(
    low: str, found: Sequence[QuantityMention], clauses: Callable[[int], tuple[int, int]]
) -> None:
    """Set ``metric`` of each mention that measures something."""
    last: QuantityMention | None = None
    for mention in found:
        measured = mention.kind != COUNT or mention.change is not None
        if measured and mention.role in ("target", "result", "baseline"):
            begun = 0 if last is None or _is_part(low, last, mention) else last.end
            start = max(clauses(mention.start)[0], mention.start - _LONGEST, begun)
            mention.metric = _left(low, mention, start) or _right(low, mention)
            if mention.metric is None and last is not None and _goes_on(low, last, mention):
                mention.metric = last.metric
        last = mention


def _left(low: str, mention: QuantityMention, start: int) -> tuple[int, int] | None:
    """The name that stands before the predicate."""
    asides = {match.start(): match.end() for match in _ASIDE.finditer(low, start, mention.start)}
    beyond = start
    for stop in _STOPS.finditer(low, start, mention.start):
        if stop.start() in asides:
            beyond = asides[stop.start()]
        elif stop.start() >= beyond:
            start = stop.end()
    opens = find_cues(low, ("measure", PSEUDO), start=start, end=mention.start)
    if not opens:
        return None
    begin = opens[0][3]
    ends = find_cues(low, _PREDICATES, start=opens[0][4], end=mention.start)
    end = ends[0][3] if ends else mention.start
    if not ends and (" và " in low[begin:end] or end - begin > _BARE):
        return None
    period = _PERIOD.search(low, opens[0][4], end)
    if period is not None:
        end = period.start()
    return _trimmed(low, begin, end)


def _right(low: str, mention: QuantityMention) -> tuple[int, int] | None:
    """ "tăng ít nhất 3 bậc chỉ số hiệu quả logistics" """
    if mention.kind == "percent" or mention.change is None:
        return None
    stop = _STOPS.search(low, mention.end)
    end = min(stop.start() if stop else len(low), mention.end + _LONGEST)
    opens = find_cues(low, ("measure",), start=mention.end, end=end)
    if not opens or opens[0][3] != mention.end + 1:
        return None
    ends = find_cues(low, _PREDICATES, start=opens[0][4], end=end)
    return _trimmed(low, opens[0][3], ends[0][3] if ends else end)


def _is_part(low: str, last: QuantityMention, mention: QuantityMention) -> bool:
    """Whether the count before is part of the name: "giải ngân của 6 trạm bơm đạt"."""
    gap = low[last.end : mention.start]
    return last.kind == COUNT and last.role == "other" and not _STOPS.search(gap)


def _trimmed(low: str, begin: int, end: int) -> tuple[int, int] | None:
    end = begin + len(_TAIL.sub("", low[begin:end]))
    while end > begin and low[end - 1] in _TRAIL:
        end -= 1
    return (begin, end) if end > begin else None


def _goes_on(low: str, last: QuantityMention, mention: QuantityMention) -> bool:
    """Whether the figure is a further one of the same statement: only a comma between."""
    gap = low[last.end : mention.start]
    return last.metric is not None and len(gap) <= _SHARED and not _ENDS.search(gap)
