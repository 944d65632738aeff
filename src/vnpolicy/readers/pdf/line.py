"""Characters to words and words to lines.

Characters that follow each other closely in the file are a run; runs on one base line are a
line. Inside a line words end at spaces; where a page has no spaces of its own (some programs
place every word by itself), and where the font changes (a letter lent by another font may stand
where the file has dropped the space), they end at gaps. A small raised figure stays with the
word that it stands at, as a mark or a power; a lowered one is part of its word ("N2O", "CO2").

The characters of a legacy font (".VnTime", "VNI-Times") become Unicode word by word, for the
font's name tells the encoding; the encodings met are told.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from statistics import median

from vnpolicy import charset
from vnpolicy.readers.layout.line import Line, Word
from vnpolicy.readers.pdf.glyph import Glyph


@dataclass(slots=True)
class Lines:
    """The lines of a page and the legacy encodings that their fonts had."""

    lines: list[Line] = field(default_factory=list)
    encodings: set[str] = field(default_factory=set)


def lines(glyphs: list[Glyph], *, page: int) -> Lines:
    """The lines that ``glyphs`` of one page make."""
    found = Lines()
    spaced = _spaced(glyphs)
    for row in _rows(_runs(_marked(glyphs))):
        words = [_word(part, found.encodings) for part in _parts(row, spaced)]
        kept = [word for word in words if word.text or word.raised]
        if kept:
            base = median(glyph.base for glyph in row)
            found.lines.append(Line(kept, base=base, page=page))
    return found


def _spaced(glyphs: list[Glyph]) -> bool:
    """Whether the page says where its words end."""
    spaces = sum(1 for glyph in glyphs if glyph.char == " ")
    return spaces * 12 > len(glyphs) - spaces


def _marked(glyphs: list[Glyph]) -> list[Glyph]:
    """The characters, each with the tone or hook that follows it in the file."""
    whole: list[Glyph] = []
    for glyph in glyphs:
        last = whole[-1] if whole else None
        if last is not None and unicodedata.combining(glyph.char) and _touches(last, glyph):
            whole[-1] = replace(last, char=last.char + glyph.char, x1=max(last.x1, glyph.x1))
        else:
            whole.append(glyph)
    return whole


def _touches(last: Glyph, glyph: Glyph) -> bool:
    near = 0.3 * last.size
    level = abs(glyph.base - last.base) < near
    return level and last.x0 - near < glyph.x1 and glyph.x0 < last.x1 + near


def _runs(glyphs: list[Glyph]) -> list[list[Glyph]]:
    """Characters that follow each other in the file and on the page."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _follows(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return [run for run in runs if any(glyph.char != " " for glyph in run)]


def _follows(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    step = glyph.x0 - last.x1
    return abs(glyph.base - last.base) < 0.55 * size and -0.6 * size < step < 1.2 * size


def _rows(runs: list[list[Glyph]]) -> list[list[Glyph]]:
    """Runs of one base line together, each row from left to right."""
    rows: list[tuple[float, float, list[Glyph]]] = []
    marks = []
    whole = sorted(((_base(run), run) for run in runs), key=lambda one: one[0])
    for base, run in whole:
        size = median(glyph.size for glyph in run)
        if len(run) <= 3 and all(glyph.char.isdigit() for glyph in run):
            marks.append((base, size, run))
            continue
        for at in range(len(rows) - 1, max(-1, len(rows) - 6), -1):
            if abs(rows[at][0] - base) <= 0.3 * min(size, rows[at][1]) and _clear(rows[at][2], run):
                rows[at][2].extend(run)
                break
        else:
            rows.append((base, size, list(run)))
    for base, size, run in marks:
        home = _home(rows, base, size, run)
        if home is None:
            rows.append((base, size, list(run)))
        else:
            home.extend(run)
    return [sorted(row, key=lambda glyph: glyph.x0 + glyph.x1) for _, _, row in rows]


def _base(run: list[Glyph]) -> float:
    """The base line of the run's ordinary characters."""
    size = max(glyph.size for glyph in run)
    return median(glyph.base for glyph in run if glyph.size > 0.8 * size)


def _clear(row: list[Glyph], run: list[Glyph]) -> bool:
    """Whether ``run`` does not lie on what the row holds already, as text drawn twice does; a
    letter that another font lends stands in a gap of its row."""
    boxes = sorted((glyph.x0, glyph.x1) for glyph in row if glyph.char != " ")
    starts = [x0 for x0, _ in boxes]
    covered = total = 0
    for glyph in run:
        if glyph.char != " ":
            middle = (glyph.x0 + glyph.x1) / 2
            at = bisect_right(starts, middle) - 1
            covered += at >= 0 and middle < boxes[at][1] - 0.1 * glyph.size
            total += 1
    return covered * 3 <= total


def _home(
    rows: list[tuple[float, float, list[Glyph]]], base: float, size: float, run: list[Glyph]
) -> list[Glyph] | None:
    """The row that a lone figure belongs to: it touches one of its characters, or stands on
    the same base line."""
    for row_base, row_size, row in rows:
        if abs(row_base - base) <= 0.25 * row_size:
            return row
        if size < 0.8 * row_size and abs(row_base - base) < 0.6 * row_size:
            middle = [abs(glyph.x1 - run[0].x0) for glyph in row] + [
                abs(glyph.x0 - run[-1].x1) for glyph in row
            ]
            if min(middle) < 0.5 * row_size:
                return row
    return None


def _parts(row: list[Glyph], spaced: bool) -> Iterator[list[Glyph]]:
    """The words of a row."""
    usual = _letter_gaps(row)
    main = Counter(glyph.font for glyph in row).most_common(1)[0][0]
    part: list[Glyph] = []
    for glyph in row:
        if glyph.char == " ":
            if part:
                yield part
            part = []
            continue
        if part:
            last = part[-1]
            if _twice(last, glyph):
                continue
            own = last.font == glyph.font
            most = 0.34 if spaced and own and glyph.font == main else 0.16
            if glyph.x0 - last.x1 > most * glyph.size + (usual[glyph.font] if own else 0):
                yield part
                part = []
        part.append(glyph)
    if part:
        yield part


def _letter_gaps(row: list[Glyph]) -> defaultdict[str, float]:
    """What usually stands between two letters of each font: more than nothing in spaced type."""
    gaps: defaultdict[str, list[float]] = defaultdict(list)
    for left, right in pairwise(row):
        if left.font == right.font and left.char != " " != right.char:
            gaps[left.font].append(right.x0 - left.x1)
    return defaultdict(
        float, {font: max(0.0, median(found)) for font, found in gaps.items() if len(found) > 2}
    )


def _twice(last: Glyph, glyph: Glyph) -> bool:
    """The same character drawn again a hair beside itself, to look bold."""
    return last.char == glyph.char and abs(last.x0 - glyph.x0) < 0.12 * glyph.size


def _word(part: list[Glyph], encodings: set[str]) -> Word:
    size = max(glyph.size for glyph in part)
    base = max(glyph.base for glyph in part if glyph.size > 0.8 * size)
    end = len(part)
    while end and _is_raised(part[end - 1], size, base):
        end -= 1
    raised = "".join(glyph.char for glyph in part[end:])
    if end == 0 or not raised.isdigit():
        end, raised = len(part), ""
    return Word(
        _text(part[:end], encodings),
        min(glyph.x0 for glyph in part), min(glyph.top for glyph in part),
        max(glyph.x1 for glyph in part), max(glyph.bottom for glyph in part),
        size, raised=raised,
    )  # fmt: skip


def _is_raised(glyph: Glyph, size: float, base: float) -> bool:
    small = glyph.size < 0.8 * size and base - glyph.base > 0.12 * size
    return glyph.char.isdigit() and (small or base - glyph.base > 0.25 * size)


def _text(part: list[Glyph], encodings: set[str]) -> str:
    """The word in Unicode; through its fonts' encodings where they have one."""
    runs = [
        ("".join(glyph.char for glyph in group), font)
        for font, group in groupby(part, key=lambda glyph: glyph.font)
    ]
    if any(charset.of_font(font) is not None for _, font in runs):
        text = _joined(runs, encodings)
    else:
        text = "".join(chars for chars, _ in runs)
    return unicodedata.normalize("NFC", text)


def _joined(runs: list[tuple[str, str]], encodings: set[str]) -> str:
    """Runs in legacy fonts as Unicode. TCVN3 keeps "ư" where Latin-1 has the soft hyphen, which
    a PDF may tell as a minus sign or as a plain hyphen; a hyphen is taken for the letter where
    that makes a syllable of what was none ("t-íng", but not "Q§-TTg")."""
    soft = [(_softened(chars, font, "\u2212"), font) for chars, font in runs]
    text, met = charset.join(soft)
    if "-" in text:
        letters, others = charset.join(
            [(_softened(chars, font, "-"), font) for chars, font in soft]
        )
        if charset.is_syllable("".join(filter(str.isalpha, letters)).lower()):
            text, met = letters, others
    encodings |= met
    return text


def _softened(chars: str, font: str, sign: str) -> str:
    legacy = charset.of_font(font)
    return chars.replace(sign, "\u00ad") if legacy and legacy.encoding == "tcvn3" else chars
