"""What is drawn on a page besides text: ruled lines, and how much of it pictures cover.

Rules come as strokes and as thin filled rectangles, alone or many in one path. A filled area is
a shade, no border. A drawing of thousands of paths (a map) has no tables to find; looking ends
there.
"""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from vnpolicy.readers.layout import Rule
from vnpolicy.readers.pdf.glyph import Box, Turn

_THIN = 3.5  # points: what is thicker is an area
_SHORT = 6.0  # points: what is shorter is a dot, or part of a letter
_MOST_OBJECTS = 30_000
_MOST_SEGMENTS = 4_000

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


@dataclass(slots=True)
class Drawing:
    """The rules of a page, the share of it that its largest picture covers, and the number of
    paths."""

    rules: list[Rule] = field(default_factory=list)
    picture: float = 0.0
    paths: int = 0


def drawing(page: Any, *, place: Turn, box: Box) -> Drawing:
    """What is drawn on ``page``, with ``place`` from the file's places to the page's."""
    import pypdfium2.raw as raw

    found = Drawing()
    area = max((box[2] - box[0]) * (box[3] - box[1]), 1.0)
    for kind, handle, matrix in _objects(raw, page):
        if kind == raw.FPDF_PAGEOBJ_IMAGE:
            left, low, right, high = _bounds(raw, handle, matrix)
            width = min(right, box[2]) - max(left, box[0])
            height = min(high, box[3]) - max(low, box[1])
            if width > 0 and height > 0:
                found.picture = max(found.picture, width * height / area)
            continue
        found.paths += 1
        for x0, y0, x1, y1 in _strokes(raw, handle, matrix):
            rule = _rule(place(x0, y0), place(x1, y1))
            if rule is not None:
                found.rules.append(rule)
    return found


def _objects(raw: Any, page: Any) -> Iterator[tuple[int, Any, Matrix]]:
    """Paths and pictures, those inside forms too."""
    stack: list[tuple[Any, Matrix, int]] = []
    count = raw.FPDFPage_CountObjects(page)
    stack += [
        (raw.FPDFPage_GetObject(page, at), _SAME, 0)
        for at in range(min(count, _MOST_OBJECTS) - 1, -1, -1)
    ]
    seen = 0
    while stack and seen < _MOST_OBJECTS:
        handle, matrix, depth = stack.pop()
        seen += 1
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < 6:
            inner = _times(_matrix(raw, handle), matrix)
            below = min(raw.FPDFFormObj_CountObjects(handle), _MOST_OBJECTS)
            stack += [
                (raw.FPDFFormObj_GetObject(handle, at), inner, depth + 1)
                for at in range(below - 1, -1, -1)
            ]
        elif kind in (raw.FPDF_PAGEOBJ_PATH, raw.FPDF_PAGEOBJ_IMAGE):
            yield kind, handle, matrix


def _strokes(raw: Any, handle: Any, matrix: Matrix) -> Iterator[Box]:
    """The straight parts of a path that are drawn as lines, as boxes without an area."""
    left, low, right, high = _bounds(raw, handle, matrix)
    if right - left <= _THIN or high - low <= _THIN:
        if max(right - left, high - low) >= _SHORT:
            x, y = (left + right) / 2, (low + high) / 2
            yield (left, y, right, y) if high - low < right - left else (x, low, x, high)
        return
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    points = _points(raw, handle, _times(_matrix(raw, handle), matrix))
    if stroke.value:
        for subpath in points:
            for (x0, y0), (x1, y1) in itertools.pairwise(subpath):
                yield (x0, y0, x1, y1)
    elif fill.value and len(points) > 1:
        for subpath in points:  # thin rectangles, many in one path
            xs, ys = [x for x, _ in subpath], [y for _, y in subpath]
            width, height = max(xs) - min(xs), max(ys) - min(ys)
            x, y = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2
            if height <= _THIN < width:
                yield (min(xs), y, max(xs), y)
            elif width <= _THIN < height:
                yield (x, min(ys), x, max(ys))


def _points(raw: Any, handle: Any, matrix: Matrix) -> list[list[tuple[float, float]]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    paths: list[list[tuple[float, float]]] = []
    for at in range(min(raw.FPDFPath_CountSegments(handle), _MOST_SEGMENTS)):
        segment = raw.FPDFPath_GetPathSegment(handle, at)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = _moved(matrix, x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO or not paths:
            paths.append([])
        paths[-1].append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            paths[-1].append(paths[-1][0])
    return paths


def _rule(start: tuple[float, float], end: tuple[float, float]) -> Rule | None:
    (x0, y0), (x1, y1) = start, end
    wide, tall = abs(x1 - x0), abs(y1 - y0)
    if tall <= 1 and wide >= _SHORT:
        y = (y0 + y1) / 2
        return Rule(min(x0, x1), y, max(x0, x1), y)
    if wide <= 1 and tall >= _SHORT:
        x = (x0 + x1) / 2
        return Rule(x, min(y0, y1), x, max(y0, y1))
    return None


def _matrix(raw: Any, handle: Any) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(handle, found):
        return _SAME
    return found.a, found.b, found.c, found.d, found.e, found.f


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s,
        e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _moved(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def _bounds(raw: Any, handle: Any, matrix: Matrix) -> Box:
    left, low, right, high = (ctypes.c_float() for _ in range(4))
    raw.FPDFPageObj_GetBounds(handle, left, low, right, high)
    corners = [
        _moved(matrix, x, y) for x in (left.value, right.value) for y in (low.value, high.value)
    ]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
