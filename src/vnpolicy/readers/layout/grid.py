"""Ruled tables: the lines that are drawn on a page to cells, and words into cells.

A table is a group of rules that touch each other and enclose at least two columns and more than
one row (or one row of three: what a page break leaves of a table). A frame around a paragraph,
the line under a letterhead and the rule above footnotes are no tables. Where a border between
two cells is missing they are one merged cell, whose text is written once, at its first row and
column.

>>> rules = [Rule(0, y, 100, y) for y in (0, 20, 40)] + [Rule(x, 0, x, 40) for x in (0, 30, 100)]
>>> words = [Word("1", 5, 5, 10, 15, 10), Word("Bộ", 35, 5, 50, 15, 10)]
>>> [grid] = grids(rules)
>>> grid.fill([Line([*words, Word("Y", 55, 5, 60, 15, 10)])])
[['1', 'Bộ Y']]
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from vnpolicy.readers.layout.join import together
from vnpolicy.readers.layout.line import Line, Rule, Word, by_height

_TOUCH = 4.0  # points by which rules that meet may miss each other
_SAME = 3.0  # points within which two rules are one
_MOST_RULES = 20_000  # a drawing, not tables


@dataclass(slots=True)
class Grid:
    """Cells between the upright ``xs`` and the level ``ys``; ``owner`` gives for each the first
    cell of the merged one that it belongs to."""

    xs: list[float]
    ys: list[float]
    owner: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)

    def holds(self, word: Word) -> bool:
        x, y = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def cell(self, word: Word) -> tuple[int, int]:
        row = _place(self.ys, (word.top + word.bottom) / 2)
        column = _place(self.xs, (word.x0 + word.x1) / 2)
        return self.owner[row, column]

    def fill(self, lines: Iterable[Line]) -> list[list[str]]:
        """The texts of the cells, row by row; lines of a cell make one text."""
        found: defaultdict[tuple[int, int], list[str]] = defaultdict(list)
        for line in by_height(lines):
            here: defaultdict[tuple[int, int], list[Word]] = defaultdict(list)
            for word in line.words:
                here[self.cell(word)].append(word)
            for cell, words in here.items():
                found[cell].append(line.part(words).text)
        rows = [
            [together(found[row, column]) for column in range(len(self.xs) - 1)]
            for row in range(len(self.ys) - 1)
        ]
        return [row for row in rows if any(row)] if any(map(any, rows)) else []


def grids(rules: list[Rule]) -> list[Grid]:
    """The tables that ``rules`` draw, from top to bottom."""
    if len(rules) > _MOST_RULES:
        return []
    level = _merged([rule for rule in rules if rule.level])
    upright = _merged([rule for rule in rules if not rule.level])
    found = [grid for part in _groups(level, upright) if (grid := _grid(*part)) is not None]
    return sorted(found, key=lambda grid: grid.ys[0])


def _merged(rules: list[Rule]) -> list[Rule]:
    """Rules in one line that touch or overlap, as one."""
    rows: list[list[Rule]] = []
    for rule in sorted(rules, key=_across):
        if rows and _across(rule) - _across(rows[-1][0]) <= _SAME:
            rows[-1].append(rule)
        else:
            rows.append([rule])
    merged: list[Rule] = []
    for row in rows:
        at = sum(map(_across, row)) / len(row)
        spans = sorted(_along(rule) for rule in row)
        low, high = spans[0]
        for start, end in spans[1:]:
            if start > high + _TOUCH:
                merged.append(_rule(row[0].level, at, low, high))
                low, high = start, end
            high = max(high, end)
        merged.append(_rule(row[0].level, at, low, high))
    return merged


def _across(rule: Rule) -> float:
    return rule.y0 if rule.level else rule.x0


def _along(rule: Rule) -> tuple[float, float]:
    return (rule.x0, rule.x1) if rule.level else (rule.y0, rule.y1)


def _rule(level: bool, at: float, low: float, high: float) -> Rule:
    return Rule(low, at, high, at) if level else Rule(at, low, at, high)


def _meet(level: Rule, upright: Rule) -> bool:
    return (
        level.x0 - _TOUCH <= upright.x0 <= level.x1 + _TOUCH
        and upright.y0 - _TOUCH <= level.y0 <= upright.y1 + _TOUCH
    )


def _groups(level: list[Rule], upright: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Rules that hang together."""
    left = set(range(len(upright)))
    free = set(range(len(level)))
    groups = []
    while left:
        stack = [left.pop()]
        ups, flats = [upright[stack[0]]], []
        while stack:
            one = upright[stack.pop()]
            for at in sorted(at for at in free if _meet(level[at], one)):
                free.discard(at)
                flats.append(level[at])
                for other in sorted(o for o in left if _meet(level[at], upright[o])):
                    left.discard(other)
                    ups.append(upright[other])
                    stack.append(other)
        groups.append((flats, ups))
    return groups


def _grid(level: list[Rule], upright: list[Rule]) -> Grid | None:
    if len(level) < 2 or len(upright) < 2:
        return None
    xs = _steps(
        [rule.x0 for rule in upright], [rule.x0 for rule in level], [rule.x1 for rule in level]
    )
    ys = _steps(
        [rule.y0 for rule in level], [rule.y0 for rule in upright], [rule.y1 for rule in upright]
    )
    columns, rows = len(xs) - 1, len(ys) - 1
    if columns < 2 or rows < 1 or (rows < 2 and columns < 3) or columns * rows > 100_000:
        return None
    grid = Grid(xs, ys)
    _own(grid, level, upright)
    return grid if len(set(grid.owner.values())) > 2 else None


def _steps(own: list[float], low: list[float], high: list[float]) -> list[float]:
    """Where rules stand, and the ends of the others where those reach beyond them: a table that
    is open at its sides."""
    found: list[float] = []
    for value in sorted(own):
        if not found or value - found[-1] > _SAME:
            found.append(value)
    if found[0] - min(low) > 12:
        found.insert(0, min(low))
    if max(high) - found[-1] > 12:
        found.append(max(high))
    return found


def _own(grid: Grid, level: list[Rule], upright: list[Rule]) -> None:
    """Tells each cell its owner: the first cell, by row and column, without a border between."""
    parent = {
        (row, column): (row, column)
        for row in range(len(grid.ys) - 1)
        for column in range(len(grid.xs) - 1)
    }

    def root(cell: tuple[int, int]) -> tuple[int, int]:
        while parent[cell] != cell:
            parent[cell] = parent[parent[cell]]
            cell = parent[cell]
        return cell

    def unite(one: tuple[int, int], other: tuple[int, int]) -> None:
        low, high = sorted((root(one), root(other)))
        parent[high] = low

    for row, column in sorted(parent):
        x = (grid.xs[column] + grid.xs[column + 1]) / 2
        y = (grid.ys[row] + grid.ys[row + 1]) / 2
        if column + 2 < len(grid.xs) and not _drawn(upright, grid.xs[column + 1], y):
            unite((row, column), (row, column + 1))
        if row + 2 < len(grid.ys) and not _drawn(level, grid.ys[row + 1], x):
            unite((row, column), (row + 1, column))
    grid.owner = {cell: root(cell) for cell in parent}


def _drawn(rules: list[Rule], at: float, along: float) -> bool:
    return any(
        abs(_across(rule) - at) <= _SAME and _along(rule)[0] <= along <= _along(rule)[1]
        for rule in rules
    )


def _place(steps: list[float], value: float) -> int:
    for at in range(1, len(steps) - 1):
        if value < steps[at]:
            return at - 1
    return len(steps) - 2
