"""The picture of a page made ready for OCR: seal off, straight, ruled lines found and erased.

An office scan has a red seal over the signature and a crooked sheet. Red ink is looked
at as through a red glass, where it is as light as the paper; where it crosses black type, the
type stays. Grey paper becomes white. The angle is the
one at which the rows of type part best from the rows of paper between them. Ruled lines are runs
of dark points longer than any letter; they are told in points, and taken out, for an OCR reads a
border of a cell as a letter. A thick bar is no rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from vnpolicy.readers.layout import Rule

if TYPE_CHECKING:
    from PIL.Image import Image

_DARK = 128
_LINE = 195  # a thin ruled line comes out of a scan as grey
_WHITE = 245  # paper that needs no help
_PAPER = 0.93  # of the paper's grey: what is lighter is paper
_LEAST_LEVEL = 0.9  # inches: a rule is longer than any letter is wide
_LEAST_UPRIGHT = 0.35  # inches: and than any letter is tall
_THICK = 0.035  # inches
_MOST_ANGLE = 4.0  # degrees


@dataclass(slots=True)
class Raster:
    """A page in grey, and its ruled lines in points."""

    image: Image
    rules: list[Rule]


def prepared(image: Image, *, dpi: float) -> Raster:
    """``image`` of a page, which has ``dpi`` points to the inch, ready for OCR."""
    import numpy
    from PIL import Image as images

    grey = _grey(numpy, image)
    angle = _angle(numpy, grey, dpi)
    if abs(angle) >= 0.2:
        turned = images.fromarray(grey).rotate(
            angle, resample=images.Resampling.BICUBIC, fillcolor=255
        )
        grey = numpy.array(turned)
    rules = _rules(numpy, grey, dpi)
    return Raster(images.fromarray(grey), rules)


def _grey(numpy: Any, image: Image) -> Any:
    """Grey values, red ink left out, and the paper white."""
    if image.mode in ("1", "L", "I;16", "I", "F"):
        return _whitened(numpy, numpy.array(image.convert("L")))
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        from PIL import Image as images

        whole = image.convert("RGBA")
        paper = images.new("RGBA", whole.size, "white")
        image = images.alpha_composite(paper, whole)
    colours = image.convert("RGB")
    grey = numpy.array(colours.convert("L"))
    red, green, blue = (numpy.asarray(band) for band in colours.split())
    numpy.maximum(grey, red, out=grey)  # as through a red glass: red ink is as light as paper
    ink = numpy.maximum(green, blue)
    seal = (red > 110) & (red > ink) & (red - ink > 35)
    grey[seal] = numpy.maximum(grey[seal], 195) // 2 + 127
    return _whitened(numpy, grey)


def _whitened(numpy: Any, grey: Any) -> Any:
    """The same with the paper's usual grey as white: its grain and the edges of what is cut out
    vanish."""
    counts = numpy.bincount(grey[::4, ::4].ravel(), minlength=256)
    paper = int(counts[128:].argmax()) + 128
    if paper >= _WHITE:
        return grey
    levels = numpy.clip(numpy.arange(256) * 255.0 / (paper * _PAPER), 0, 255)
    return levels.astype(numpy.uint8)[grey]


def _angle(numpy: Any, grey: Any, dpi: float) -> float:
    """By how many degrees the page is to be turned (against the clock) to stand straight."""
    step = max(1, int(dpi / 75))
    small = grey[::step, ::step]
    ys, xs = numpy.nonzero(small < _DARK)
    if not 200 < len(ys) < 0.4 * small.size:
        return 0.0
    if len(ys) > 60_000:
        pick = slice(None, None, len(ys) // 60_000 + 1)
        ys, xs = ys[pick], xs[pick]

    def parting(angle: float) -> float:
        rows = (ys - xs * numpy.tan(numpy.radians(angle))).round().astype(int)
        counts = numpy.bincount(rows - rows.min())
        return float((counts.astype(float) ** 2).sum())

    best = max(numpy.arange(-_MOST_ANGLE, _MOST_ANGLE + 0.01, 0.5), key=parting)
    best = max(numpy.arange(best - 0.4, best + 0.41, 0.1), key=parting)
    return float(best) if parting(best) > 1.03 * parting(0.0) else 0.0


def _rules(numpy: Any, grey: Any, dpi: float) -> list[Rule]:
    """The ruled lines of the page, which are erased."""
    half = grey[: grey.shape[0] // 2 * 2, : grey.shape[1] // 2 * 2]
    half = half.reshape(half.shape[0] // 2, 2, half.shape[1] // 2, 2).min(axis=(1, 3))
    dark = half < _LINE
    rules: list[Rule] = []
    for level, least in ((True, _LEAST_LEVEL), (False, _LEAST_UPRIGHT)):
        plane = dark if level else dark.T
        long = _long_runs(numpy, plane, int(least * dpi / 2))
        for low, high, start, end in _bars(numpy, long, most=max(3, int(_THICK * dpi / 2))):
            rules.append(_told(level, low, high, start, end, scale=2 * 72 / dpi))
            across = slice(max(0, 2 * low - 1), 2 * high + 3)
            along = slice(2 * start, 2 * end)
            if level:
                grey[across, along] = 255
            else:
                grey[along, across] = 255
    return rules


def _long_runs(numpy: Any, plane: Any, least: int) -> Any:
    """The points of ``plane`` in a level run of at least ``least``, thin breaks and a slight
    slope allowed for."""
    thick = plane.copy()
    thick[1:] |= plane[:-1]
    thick[:, 1:] |= thick[:, :-1]
    if least < 2 or thick.shape[1] <= least:
        return numpy.zeros_like(thick)
    sums = numpy.zeros((thick.shape[0], thick.shape[1] + 1), dtype=numpy.int32)
    numpy.cumsum(thick, axis=1, out=sums[:, 1:])
    starts = (sums[:, least:] - sums[:, :-least]) == least
    change = numpy.zeros(sums.shape, dtype=numpy.int32)
    change[:, : starts.shape[1]] += starts
    change[:, least : least + starts.shape[1]] -= starts
    return numpy.cumsum(change, axis=1)[:, :-1] > 0


def _bars(numpy: Any, long: Any, *, most: int) -> list[tuple[int, int, int, int]]:
    """Runs in neighbouring rows that overlap, as bars no thicker than ``most``: first and last
    row, begin and end."""
    open_bars: list[list[int]] = []
    bars: list[list[int]] = []
    for row in numpy.nonzero(long.any(axis=1))[0].tolist():
        edges = numpy.flatnonzero(numpy.diff(numpy.concatenate(([0], long[row], [0]))))
        still = [bar for bar in open_bars if bar[1] >= row - 2]
        bars += [bar for bar in open_bars if bar[1] < row - 2]
        for start, end in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
            home = next((bar for bar in still if start <= bar[3] and end >= bar[2]), None)
            if home is None:
                still.append([row, row, start, end])
            else:
                home[1] = row
                home[2], home[3] = min(home[2], start), max(home[3], end)
        open_bars = still
    bars += open_bars
    return [(b[0], b[1], b[2], b[3]) for b in bars if b[1] - b[0] < most]


def _told(level: bool, low: int, high: int, start: int, end: int, *, scale: float) -> Rule:
    at, first, last = (low + high) / 2 * scale, start * scale, end * scale
    return Rule(first, at, last, at) if level else Rule(at, first, at, last)
