"""The cells of ruled tables in a scan, set under one another for OCR.

Read as a page, the narrow columns of a table run into each other: words lose their spaces and
lone numbers are missed. So each cell that has ink is cut out, all are set in one column with
paper between them, and the tables are wiped off the page. A strip knows where each of its cells
came from, so that what is read there goes back to its place.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from vnpolicy.readers.layout.grid import Grid

if TYPE_CHECKING:
    from PIL.Image import Image

_TALL = 16_000  # picture points: a strip no taller, Tesseract takes 32 767
_EDGE = 0.14  # inches of paper around each cell
_INK = 150


@dataclass(slots=True)
class Strip:
    """Cells under one another; ``tops`` where each begins, ``shifts`` the way back."""

    image: Image
    tops: list[int] = field(default_factory=list)
    shifts: list[tuple[int, int]] = field(default_factory=list)

    def shift(self, y: float) -> tuple[float, float]:
        """The way from a place at height ``y`` back to the page."""
        return self.shifts[max(0, bisect_right(self.tops, y) - 1)]


def cut(image: Image, grids: list[Grid], *, dpi: float) -> tuple[Image, list[Strip]]:
    """The page without its tables, and their cells as strips."""
    import numpy
    from PIL import Image as images

    page = numpy.array(image)
    boxes = [box for grid in grids for box in _boxes(grid, dpi / 72, page.shape)]
    cells = [(box, cell) for box in boxes if (cell := _cell(page, box)) is not None]
    for grid in grids:
        left, top, right, low = (int(value * dpi / 72) for value in _around(grid))
        page[max(0, top) : low, max(0, left) : right] = 255
    return images.fromarray(page), _strips(numpy, images, cells, edge=int(_EDGE * dpi))


def _around(grid: Grid) -> tuple[float, float, float, float]:
    return grid.xs[0], grid.ys[0], grid.xs[-1], grid.ys[-1]


def _boxes(grid: Grid, scale: float, shape: Any) -> list[tuple[int, int, int, int]]:
    """The merged cells of ``grid`` in picture points."""
    extents: dict[tuple[int, int], tuple[int, int]] = {}
    for (row, column), owner in grid.owner.items():
        last = extents.get(owner, owner)
        extents[owner] = (max(last[0], row), max(last[1], column))
    boxes = []
    for (row, column), (last_row, last_column) in sorted(extents.items()):
        left, right = grid.xs[column] * scale, grid.xs[last_column + 1] * scale
        top, low = grid.ys[row] * scale, grid.ys[last_row + 1] * scale
        boxes.append((max(0, int(left)), max(0, int(top)), int(right), int(low)))
    return [box for box in boxes if box[2] - box[0] > 8 and box[3] - box[1] > 8]


def _cell(page: Any, box: tuple[int, int, int, int]) -> Any:
    """The ink of a cell, None where it has next to none."""
    left, top, right, low = box
    cell = page[top:low, left:right]
    return cell.copy() if int((cell < _INK).sum()) > 12 else None


def _strips(numpy: Any, images: Any, cells: list[Any], *, edge: int) -> list[Strip]:
    strips: list[Strip] = []
    at = 0
    while at < len(cells):
        end, tall = at, edge
        while end < len(cells) and (end == at or tall + len(cells[end][1]) + edge <= _TALL):
            tall += len(cells[end][1]) + edge
            end += 1
        part = cells[at:end]
        canvas = numpy.full(
            (tall, max(cell.shape[1] for _, cell in part) + 2 * edge), 255, dtype=numpy.uint8
        )
        tops, shifts, y = [], [], edge
        for (left, top, _, _), cell in part:
            canvas[y : y + cell.shape[0], edge : edge + cell.shape[1]] = cell
            tops.append(y - edge // 2)
            shifts.append((left - edge, top - y))
            y += cell.shape[0] + edge
        strips.append(Strip(images.fromarray(canvas), tops, shifts))
        at = end
    return strips
