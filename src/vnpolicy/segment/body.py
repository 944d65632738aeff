"""The document after its head: runs and tables in order, each with its kind."""

from __future__ import annotations

from collections.abc import Sequence

import regex

from vnpolicy.document import Block, Header
from vnpolicy.segment import item
from vnpolicy.segment import kind as kinds
from vnpolicy.segment import label as labels
from vnpolicy.segment.foot import Foot
from vnpolicy.segment.label import Label
from vnpolicy.segment.line import Line
from vnpolicy.segment.part import Part
from vnpolicy.segment.place import Place
from vnpolicy.segment.table import Row, Table
from vnpolicy.segment.tree import Piece
from vnpolicy.segment.wrap import Run, Shape, join
from vnpolicy.text import Canonical

# What a list that runs on holds: its second member, or a mark after a stop.
_SECONDS = ("(2)", "(b)", "ii)", "b) ", " 2. ", "2) ", ": - ", "; - ", ". - ", ": + ", "; + ")
_ANNEX = regex.compile(r"(?i)phụ lục(?: số)? (?:[IVXLC]{1,6}|\d{1,2}(?:\.\d{1,2})?|[A-Z])(?!\p{L})")
_MARK = regex.compile(r"\[?(\d+)\]?\s?")


class Reader:
    """Reads the parts after the head into pieces, and the foot's fields into the header."""

    def __init__(self, view: Canonical, shape: Shape, header: Header, *, official: bool) -> None:
        self.view, self.shape = view, shape
        self.place = Place((), view, official)
        self.pieces: list[Piece] = []
        self.foot = Foot(view, header, self.place, self.pieces)
        self.tables = 0

    def read(self, parts: Sequence[Part]) -> list[Piece]:
        """The pieces of all parts, in order."""
        lines: list[Line] = []
        for part in parts:
            if isinstance(part, Line):
                lines.append(part)
                continue
            self._read_lines(lines, more=True)
            lines = []
            self._read_table(part)
        self._read_lines(lines, more=False)
        return self.pieces

    def _read_lines(self, lines: Sequence[Line], *, more: bool) -> None:
        if not lines:
            return
        place = self.place
        place.runs = join(lines, self.shape, self.view)
        place.more = more
        for at, run in enumerate(place.runs):
            place.at = at
            found = kinds.kind(place)
            if found == "recipients":
                self.foot.receive(run)
            elif found == "signature":
                self.foot.sign(run)
            else:
                self._read_run(run, found)
            place.last = found
            place.count += 1
            place.titled = place.titled or found == "title"
            place.began = place.began or (found == "paragraph" and len(run.text) > 120)

    def _read_run(self, run: Run, found: str) -> None:
        mark = run.label if found in ("item", "heading") else None
        body = mark.body if mark is not None else 0
        rank = -1
        if found in ("heading", "title") and run.text[0] == "#":
            body, rank, mark = _read_marks(run.text)
        block = Block(found, run.start, run.end, min(run.start + body, run.end))
        if mark is not None:
            block.label = mark.text
        elif found == "footnote":
            number = _MARK.match(run.text)
            assert number is not None
            block.label, block.body = number[1], run.start + number.end()
        elif found == "annex":
            name = _ANNEX.match(run.text)
            block.label = name[0] if name is not None else None
        piece = Piece(block, mark, run.text, rank, free=self.place.tail)
        self.pieces.append(piece)
        if found in ("item", "paragraph") and _may_list(run.text, mark):
            self._cut_items(piece, run)

    def _cut_items(self, piece: Piece, run: Run) -> None:
        """Cut out the items that run on in the block."""
        mark = piece.mark
        text = run.text
        found = item.split(text, mark.body if mark is not None else 0, len(text), mark)
        if not found:
            return
        first = len(self.pieces)
        piece.text = text[: found[0].start].rstrip()
        piece.block.end = run.start + len(piece.text)
        for at, one in enumerate(found):
            end = one.end
            if at + 1 < len(found) and found[at + 1].owner == at:
                end = found[at + 1].start
            said = text[one.start : end].rstrip()
            start, stop = run.start + one.start, run.start + one.start + len(said)
            block = Block("item", start, stop, min(start + one.label.body, stop), one.label.text)
            owner = None if one.sibling else first - 1 if one.owner is None else first + one.owner
            self.pieces.append(Piece(block, one.label, said, owner=owner))

    def _read_table(self, table: Table) -> None:
        spans: list[tuple[int, int, Row | None]] = [(row.start, row.end, row) for row in table.rows]
        spans += [(start, end, None) for start, end in table.rules]
        self.tables += 1
        for start, end, row in sorted(spans, key=lambda span: span[0]):
            if row is None or self.place.tail:
                self.foot.add("boilerplate", start, end)
            elif not self.foot.read_row(row):
                block = Block("table_row", start, end, start, cells=row.cells)
                block.is_header, block.table = row.is_header, self.tables
                self.pieces.append(Piece(block, text="|"))
                self.place.last = "table_row"
        self.place.count += 1


def _may_list(text: str, mark: Label | None) -> bool:
    """Whether the text can hold a list that runs on, or its own list's next member."""
    for second in _SECONDS:
        if second in text:
            return True
    return mark is not None and labels.following(mark) in text


def _read_marks(text: str) -> tuple[int, int, Label | None]:
    """Where a Markdown heading's text begins, its rank, and the label it opens with."""
    depth = len(text) - len(text.lstrip("#"))
    at = depth + (text[depth : depth + 1] == " ")
    mark = labels.read(text[at:])
    if mark is not None and mark.form in labels.BULLETS:
        mark = None
    return at + (mark.body if mark is not None else 0), depth - 10, mark
