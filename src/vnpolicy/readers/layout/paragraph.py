"""Lines to paragraphs: which line goes on in the next.

A line goes on where the next one's first word would not have fitted at its end. It does not
where the next line is indented, stands further off than lines of one paragraph do, or begins
with a label after an end of sentence. Centred lines (titles, the letterhead) are kept as lines
of one paragraph: whether "VỀ VIỆC" and what follows are one sentence, others decide.

>>> from vnpolicy.readers.layout.line import Word
>>> def line(text, x, y, end):
...     return Line([Word(text.split()[0], x, y, x + 20, y + 12, 12),
...                  Word(" ".join(text.split()[1:]), x + 24, y, end, y + 12, 12)], base=y + 12)
>>> shape = Shape(left=60, right=500, leading=16)
>>> one = line("1. Giao Bộ Công Thương chủ trì, phối hợp với các bộ", 85, 10, 498)
>>> two = line("rà soát, báo cáo.", 60, 26, 160)
>>> three = line("2. Giao Bộ Y tế", 85, 42, 180)
>>> link(one, two, shape), link(two, three, shape)
(' ', '\\n\\n')
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from dataclasses import dataclass, replace
from statistics import median

from vnpolicy.readers.layout import label
from vnpolicy.readers.layout.join import glue
from vnpolicy.readers.layout.line import Line

APART = "\n\n"
_ENOUGH = 8  # lines that show a page's edges
_END = re.compile(r"[.;:!?…/”\"»)][”\"’')\]]*$")
_DASHES = re.compile(r"[-–—_*=~.…\s]{3,}|\*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How a column's paragraphs look: its edges, the distance of their base lines, by how much
    that may be more inside a paragraph (a scan's lines waver), and by how much first lines are
    indented (0 where they are not)."""

    left: float
    right: float
    leading: float
    slack: float = 2.0
    indent: float = 0.0


def shape(lines: list[Line]) -> Shape:
    """The shape of the paragraphs that ``lines`` of one column make."""
    left, right = _edge([line.x0 for line in lines]), -_edge([-line.x1 for line in lines])
    full = Counter(
        round(2 * (below.base - above.base)) / 2
        for above, below in itertools.pairwise(lines)
        if above.page == below.page
        and above.x1 > right - above.size
        and 0.8 * above.size < below.base - above.base < 2.6 * above.size
    )
    size = median(line.size for line in lines)
    leading = _common(full) if full else 1.2 * size
    wavers = median(abs(one - leading) for one in full.elements()) if full else 0.0
    first = Counter(
        float(round(above.x0 - left))
        for above, below in itertools.pairwise(lines)
        if above.x0 - left > 0.8 * size and abs(below.x0 - left) < 0.4 * size
    )
    return Shape(
        left=left,
        right=right,
        leading=leading,
        slack=max(0.2 * size, 4 * wavers, 2.0),
        indent=_common(first) if first.total() > 2 else 0.0,
    )


def shapes(lines: list[Line]) -> dict[int, Shape]:
    """The shape of the body on each page: a scan lies a little aside, a book's pages mirror each
    other. A page of few lines is like the whole."""
    whole = shape(lines)
    found = {}
    for page in sorted({line.page for line in lines}):
        here = [line for line in lines if line.page == page]
        own = shape(here) if len(here) >= _ENOUGH else whole
        found[page] = replace(whole, left=own.left, right=own.right)
    return found


def _common(found: Counter[float]) -> float:
    """The most usual distance, with those that differ from it by rounding only; of two as
    usual, the smaller."""
    return min(found, key=lambda one: (-sum(found[one + d] for d in (-1, -0.5, 0, 0.5, 1)), one))


def _edge(values: list[float]) -> float:
    """The lowest place where a good part of the lines begins: one or two may stick out, for a
    seal beside the text was read as part of them."""
    ordered = sorted(values)
    for part in (0.15, 0.0):
        need = max(2, int(part * len(ordered)))
        for low, high in zip(ordered, ordered[need - 1 :], strict=False):
            if high - low < 4:
                return low
    return ordered[0]


def link(above: Line, below: Line, shape: Shape, *, next_shape: Shape | None = None) -> str:
    """What parts two lines that follow each other: "", " ", a line break or a blank line;
    ``next_shape`` is that of the column of ``below`` where it is another one."""
    if next_shape is not None and next_shape.left != shape.left:
        below = below.moved(shape.left - next_shape.left)
    if _stands_off(above, below, shape) or _is_drawn(above) or _is_drawn(below):
        return APART
    if _in_middle(above, shape) and _centred(below, shape) and not _END.search(above.text):
        if not _has_room(above, below, shape):
            return glue(above.text, below.text)
        if _centred(above, shape):
            return "\n" if _alike(above, below) else APART
    if _has_room(above, below, shape) or (
        _centred(below, shape, inset=3) and not _in_middle(above, shape)
    ):
        return APART
    if _indented(above, below, shape):
        return APART
    if label.begins(below.text) and _END.search(above.text) and _starts(above, below, shape):
        return APART
    return glue(above.text, below.text)


def narrow(above: Line, below: Line, shape: Shape) -> str:
    """The same in a column beside another (letterhead, foot), where every line that ends early
    is a line of its own."""
    if _stands_off(above, below, shape):
        return APART
    if label.begins(below.text) or _has_room(above, below, shape):
        return "\n"
    if not (below.text[0].islower() or above.text.endswith(",")) or _is_drawn(above):
        return glue(above.text, below.text) and "\n"
    return glue(above.text, below.text)


def _is_drawn(line: Line) -> bool:
    """A line made of dashes or stars, which only parts what stands above and below."""
    return _DASHES.fullmatch(line.text) is not None


def _stands_off(above: Line, below: Line, shape: Shape) -> bool:
    if above.page != below.page:
        return False
    usual = max(shape.leading * max(1.0, below.size / max(above.size, 1)), 1.05 * below.size)
    step = below.base - above.base - usual
    torn = below.text[0].islower() and not _END.search(above.text)
    goes_on = torn and not _has_room(above, below, shape)  # a line of a scan that lies too low
    return step > (0.6 * below.size if goes_on else shape.slack)


def _in_middle(line: Line, shape: Shape) -> bool:
    return abs(line.center - (shape.left + shape.right) / 2) < 1.2 * line.size


def _centred(line: Line, shape: Shape, *, inset: float = 1.2) -> bool:
    free = min(line.x0 - shape.left, shape.right - line.x1)
    return _in_middle(line, shape) and free > inset * line.size


def _alike(above: Line, below: Line) -> bool:
    return abs(above.size - below.size) < 0.3 * below.size


def _has_room(above: Line, below: Line, shape: Shape) -> bool:
    """Whether the first word below would have fitted above."""
    first = below.words[0]
    if label.alone(first.text) and len(below.words) > 1:
        need = below.words[1].x1 - first.x0
    else:
        need = first.x1 - first.x0
    return above.x1 + 0.25 * above.size + need < shape.right - 0.35 * above.size


def _indented(above: Line, below: Line, shape: Shape) -> bool:
    """A first line: it begins further right than both the column and the line above."""
    step = below.x0 - shape.left
    if step < 0.8 * below.size:
        return False
    if abs(below.x0 - above.x0) < 0.4 * below.size:  # two paragraphs, or lines of an inset one
        first = shape.indent > 0 and abs(step - shape.indent) < 0.4 * below.size
        return first or label.begins(below.text) or _END.search(above.text) is not None
    hanging = label.begins(above.text) and below.x0 - above.x0 < 3.2 * below.size
    return below.x0 > above.x0 and not (hanging and not label.begins(below.text))


def _starts(above: Line, below: Line, shape: Shape) -> bool:
    """A label is not the rest of a sentence: "- lúa" at the margin after a full line may be."""
    return below.x0 >= above.x0 - 0.5 * below.size or above.x0 - shape.left > 0.8 * above.size
