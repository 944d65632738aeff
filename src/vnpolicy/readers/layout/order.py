"""The order of reading: which lines stand in columns side by side, and which run across.

A letterhead has the issuer left and the state's name right, a foot "Nơi nhận" left and the
signature right, an official gazette its whole body in two columns. Each of these has an empty
channel from top to bottom between its halves: the left half is read to its end, then the right
one. What crosses the channel ends it. The wide spaces of a justified line are no channel, for
all its spaces are wide; nor is the space between a label and its text.

>>> from vnpolicy.readers.layout.line import Word
>>> def line(text, x, y):
...     words = [Word(one, x + 30 * at, y, x + 30 * at + 26, y + 12, 12)
...              for at, one in enumerate(text.split())]
...     return Line(words, base=y + 12)
>>> page = [line("BỘ Y TẾ", 60, 10), line("CỘNG HÒA XÃ HỘI", 300, 10), line("Số: 1/TB", 60, 30)]
>>> page += [line("Độc lập - Tự do", 300, 30)]
>>> page += [line("Thực hiện ý kiến của Thủ tướng Chính phủ", 60, 60)]
>>> for column in columns(page):
...     print(column.side, [line.text for line in column.lines])
True ['BỘ Y TẾ', 'Số: 1/TB']
True ['CỘNG HÒA XÃ HỘI', 'Độc lập - Tự do']
False ['Thực hiện ý kiến của Thủ tướng Chính phủ']
"""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from statistics import median

from vnpolicy.readers.layout import label
from vnpolicy.readers.layout.line import Line, by_height

_NARROW = 0.8  # a channel's least width, in heights of type
_WIDE = 2.2  # a channel that needs no second line to be believed
_ALONE = 12  # one-sided rows that a zone may hold in a row: the room for a signature
_BODY = 12  # lines from which on a column is body text, whose paragraphs run on in the next


@dataclass(slots=True)
class Column:
    """Lines that are read one after another; ``side`` where others stand beside them."""

    lines: list[Line] = field(default_factory=list)
    side: bool = False
    body: bool = True

    @property
    def left(self) -> float:
        return min(line.x0 for line in self.lines)

    @property
    def right(self) -> float:
        return max(line.x1 for line in self.lines)


def columns(lines: list[Line], *, depth: int = 0) -> list[Column]:
    """The columns of ``lines`` in the order of reading."""
    rows = _rows(lines)
    found: list[Column] = []
    at = 0
    while at < len(rows):
        zone = _zone(rows, at) if depth < 4 else None
        if zone is None:
            _append(found, _whole(rows[at]))
            at += 1
            continue
        end, low, high = zone
        pieces = [piece for row in rows[at:end] for piece in row]
        _take_back(found, pieces, high)
        halves = (
            [piece for piece in pieces if piece.center < (low + high) / 2],
            [piece for piece in pieces if piece.center >= (low + high) / 2],
        )
        for half in halves:
            inner = columns(by_height(half), depth=depth + 1)
            for one in inner:
                one.side, one.body = True, len(half) >= _BODY and min(map(len, halves)) >= _BODY
            found += inner
        at = end
    return found


def _append(found: list[Column], line: Line) -> None:
    if not found or found[-1].side:
        found.append(Column())
    found[-1].lines.append(line)


def _take_back(found: list[Column], pieces: list[Line], high: float) -> None:
    """A right half that begins higher than the left one: its first line was taken for one that
    runs across."""
    if not found or found[-1].side or not pieces:
        return
    lines = found[-1].lines
    top = min(piece.top for piece in pieces)
    while lines and lines[-1].x0 >= high and top - lines[-1].bottom < lines[-1].size:
        top = lines[-1].top
        pieces.insert(0, lines.pop())
    if not lines:
        found.pop()


def _rows(lines: list[Line]) -> list[list[Line]]:
    """Lines of one height as one row of pieces, cut where a channel may pass."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.top + line.bottom, line.x0)):
        if rows and _beside(rows[-1], line):
            rows[-1].append(line)
        else:
            rows.append([line])
    return [pieces(sorted(row, key=lambda line: line.x0)) for row in rows]


def _beside(row: list[Line], line: Line) -> bool:
    """On one height with all of the row, and clear of it."""
    for other in row:
        common = min(line.bottom, other.bottom) - max(line.top, other.top)
        least = min(line.bottom - line.top, other.bottom - other.top)
        apart = line.x0 >= other.x1 - 1 or line.x1 <= other.x0 + 1
        if not apart or common < 0.5 * least:
            return False
    return True


def pieces(row: list[Line]) -> list[Line]:
    """Lines on one height, from left to right, cut at every gap where a channel may pass."""
    found: list[Line] = []
    for line in row:
        words = sorted(line.words, key=lambda word: word.x0)
        gaps = [right.x0 - left.x1 for left, right in itertools.pairwise(words)]
        start = 0
        for at, gap in enumerate(gaps, start=1):
            if _may_part(gaps, gap, line.size) and not label.alone(
                " ".join(word.text for word in words[start:at])
            ):
                found.append(line.part(words[start:at]))
                start = at
        found.append(line.part(words[start:]))
    return _relabelled(found)


def _may_part(gaps: list[float], gap: float, size: float) -> bool:
    if gap < _NARROW * size:
        return False
    others = sorted(gaps)[:-1]
    return not others or gap >= 1.8 * median(others)


def _relabelled(pieces: list[Line]) -> list[Line]:
    """A label that was read as a line of its own goes to the text behind it."""
    joined: list[Line] = []
    for piece in pieces:
        if joined and label.alone(joined[-1].text) and piece.x0 - joined[-1].x1 < 5 * piece.size:
            joined[-1] = piece.part(joined[-1].words + piece.words)
        else:
            joined.append(piece)
    return joined


def _whole(row: list[Line]) -> Line:
    return row[0] if len(row) == 1 else row[0].part([word for one in row for word in one.words])


def _zone(rows: list[list[Line]], start: int) -> tuple[int, float, float] | None:
    """The rows from ``start`` that stand in two halves: their end, and the channel between."""
    best: tuple[int, float, float] | None = None
    first = rows[start]
    candidates = [(left.x1, right.x0) for left, right in itertools.pairwise(first)]
    if not candidates and start + 1 < len(rows):
        candidates = _staggered(first, rows[start + 1])
    for channel in candidates:
        zone = _follow(rows, start, channel)
        if zone is not None and (best is None or zone[0] > best[0]):
            best = zone
    return best


def _staggered(first: list[Line], second: list[Line]) -> list[tuple[float, float]]:
    """Channels between a line and one that begins beside it, a little lower or higher."""
    if len(first) != 1 or len(second) != 1:
        return []
    left, right = sorted((first[0], second[0]), key=lambda line: line.x0)
    overlap = min(left.bottom, right.bottom) - max(left.top, right.top)
    return [(left.x1, right.x0)] if right.x0 > left.x1 and overlap > 0.15 * left.size else []


def _follow(
    rows: list[list[Line]], start: int, channel: tuple[float, float]
) -> tuple[int, float, float] | None:
    low, high = channel
    size = rows[start][0].size
    pairs, end, lone = 0, start, 0
    for at in range(start, len(rows)):
        fitted = _fit(rows[at], low, high)
        if fitted is None or fitted[1] - fitted[0] < _NARROW * size:
            break
        lefts = [piece for piece in rows[at] if piece.x1 <= fitted[0] + 0.1]
        rights = [piece for piece in rows[at] if piece.x0 >= fitted[1] - 0.1]
        if (lefts and rights) or at == start or _staggered_by(rows, at, fitted):
            pairs += 1
            end, lone = at + 1, 0
        elif lone >= _ALONE:
            break
        else:
            lone += 1
        low, high = fitted
    end = _trailing(rows, start, end, low, high)
    wide = high - low >= _WIDE * size
    return (end, low, high) if pairs >= 2 or (pairs == 1 and wide) else None


def _fit(row: list[Line], low: float, high: float) -> tuple[float, float] | None:
    """The channel as far as the row leaves it free."""
    for piece in row:
        if piece.center < (low + high) / 2:
            low = max(low, piece.x1)
        else:
            high = min(high, piece.x0)
    return (low, high) if high > low else None


def _staggered_by(rows: list[list[Line]], at: int, channel: tuple[float, float]) -> bool:
    """Whether this row and the one before, each on one side only, overlap in height."""
    middle = (channel[0] + channel[1]) / 2
    here, above = ({piece.center < middle for piece in rows[one]} for one in (at, at - 1))
    low = max(piece.bottom for piece in rows[at - 1])
    return len(here) == 1 == len(above) and here != above and low > rows[at][0].top + 1


def _trailing(rows: list[list[Line]], start: int, end: int, low: float, high: float) -> int:
    """Lines of one half alone that follow it closely: "V/v ..." below the number, the date."""
    middle = (low + high) / 2
    pieces = [piece for row in rows[start:end] for piece in row]
    while pieces and end < len(rows) and len(rows[end]) == 1:
        line = rows[end][0]
        left = line.center < middle
        half = [one for one in pieces if (one.center < middle) == left]
        free = high - line.x1 if left else line.x0 - low
        last = max(one.bottom for one in rows[end - 1])
        if not half or free < _NARROW * line.size or not _near(half, line, last, is_left=left):
            break
        pieces.append(line)
        end += 1
    return end


def _near(half: list[Line], line: Line, last: float, *, is_left: bool) -> bool:
    """Whether ``line`` is close enough below its half to be of it, and stands within."""
    left, right = min(one.x0 for one in half), max(one.x1 for one in half)
    inside = line.x0 >= left - 2 * line.size and (is_left or line.x1 <= right + line.size)
    below = line.base - max(one.base for one in half)
    return inside and line.top - last < 0.9 * line.size and below < 3.2 * line.size
