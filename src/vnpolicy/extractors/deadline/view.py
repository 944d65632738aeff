"""A time in its sentence: what stands before and after it, its label, its cell."""

from __future__ import annotations

from dataclasses import dataclass

import regex

from vnpolicy.dates import TimeMention
from vnpolicy.dates.context import has, without_names
from vnpolicy.document import Cell, Document

# No duty stands in these parts.
SILENT = frozenset(("header", "title", "signature", "recipients", "boilerplate"))
_LONG_HEADER = 80


@dataclass(slots=True)
class View:
    """A mention in its sentence."""

    doc: Document
    mention: TimeMention
    left: str  # the sentence up to it, folded
    right: str  # the sentence after it
    near: str  # the comma clause up to it, names left out
    opens: bool
    label: str | None
    cell: Cell | None
    alone: bool

    @property
    def ahead(self) -> bool:
        """Whether the last day lies ahead of the document's own."""
        anchor, due = self.doc.anchor, self.mention.due_on
        return anchor is not None and due is not None and due > anchor

    @property
    def behind(self) -> bool:
        """Whether the last day lies behind the document's own."""
        anchor, due = self.doc.anchor, self.mention.due_on
        return anchor is not None and due is not None and due < anchor

    @property
    def firm(self) -> bool:
        """Whether the words bind a day ahead: what is to be done by then is not done."""
        return self.ahead and self.mention.modifier in ("before", "by")


def is_date_column(cell: Cell) -> bool:
    """Whether the column of the cell says when; a long header is a sentence, not a name."""
    column = cell.column
    if column is None or len(column) > _LONG_HEADER:
        return False
    return bool(has("date-column", column)) and not has("other-column", column)


_BREAK = regex.compile(r"[\n|;]|[.!?…](?= )|:(?= )")
_LAST_BREAK = regex.compile(r"(?r)(?:[\n|;]|[.!?…](?= )|:(?= ))")
_LABEL = regex.compile(r"(?:^|[\n|.;(\-–+*] ?)([^\n|.;:()]{2,60}+):$")

# At the end of a long clause: "Sở A lập dự toán di dời công trình ..., thời gian hoàn thành:"
_LAST_LABEL = regex.compile(r", ([^\n|.;:,()]{2,40}+):$")


def look(doc: Document, mention: TimeMention) -> View | None:
    """The view of the mention; None in a part of the document that holds no duty."""
    block = doc.block_at(mention.start)
    if block is not None and block.kind in SILENT:
        return None
    low = doc.low
    floor = max(0, mention.start - 240)
    if block is not None:
        floor = max(floor, block.body)
    before = low[floor : mention.start]
    last = _LAST_BREAK.search(before)
    cut = last.end() if last else 0
    left = before[cut:].lstrip()
    after = low[mention.end : mention.end + 160]
    stop = _BREAK.search(after)
    right = after[: stop.end()] if stop else after
    label = None
    if cut and before[cut - 1] == ":":
        label = _LABEL.search(before[:cut]) or _LAST_LABEL.search(before[:cut])
    cell = next(
        (one for one in (block.cells if block else ()) if one.start <= mention.start < one.end),
        None,
    )
    alone = not left and right.lstrip()[:1] in ("", "|", ".", ";", ",")
    comma = before.rfind(",", cut) + 1 or cut
    near = without_names(doc.flat[floor + comma : mention.start])
    return View(
        *(doc, mention, left, right, near),
        opens=not left.strip("-–+*•(“\"' "),
        label=label[1].strip() if label else None,
        cell=cell,
        alone=alone,
    )
