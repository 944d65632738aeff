"""Which part lies in which: levels and parents.

Labels of one family are one list; a new family opens below the last item where that item opens
something (it ends with a colon, or is a heading) or the family ranks below it
(:data:`vnpolicy.segment.label.RANK`), else beside what it ranks with. So "- ..., cụ thể:",
"(1) ...", "+ ...", "(2) ...", "- ..." nest as they read, though a dash ranks below "(1)".

A paragraph after an item lies in it where the item opens something or ends on ";" or ",", and
also where the list goes on after it: what stands between "2." and "3." lies in "2.". After the
last item of a list it lies in what holds the list; a closing formula lies in nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from vnpolicy.document import Block
from vnpolicy.lexicon import layout
from vnpolicy.segment.label import RANK, Label, roman
from vnpolicy.text import fold

_ENDS = frozenset('.;,!?…/)”"')

_FREE = frozenset(("header", "title", "recipients", "signature", "annex"))
_ASIDE = frozenset(("caption", "boilerplate", "footnote"))


@dataclass(slots=True)
class Piece:
    """A block on its way: ``mark`` its label as read, ``text`` what it says, ``rank`` that
    of a heading without label, ``owner`` the piece it was cut from; a ``free`` one lies in
    nothing and ends what was open."""

    block: Block
    mark: Label | None = None
    text: str = ""
    rank: int = -1
    owner: int | None = None
    free: bool = False


@dataclass(slots=True)
class _Open:
    """An item or heading that what follows may lie in."""

    index: int
    form: str
    value: int
    rank: int
    opens: bool  # a colon, or no end mark at all
    loose: bool  # a semicolon or comma
    heading: bool
    used: bool = False


def grow(pieces: Sequence[Piece], *, closes: bool = True) -> list[Block]:
    """The blocks of the pieces, with level and parent set; where it ``closes``, as an account
    does not, a formula at the end lies in no list."""
    stack: list[_Open] = []
    ahead = _next_marks(pieces)
    for index, piece in enumerate(pieces):
        block = piece.block
        if piece.owner is not None:
            _lie(block, pieces, piece.owner)
        elif _names_section(piece, index, pieces):
            _lie(block, pieces, index - 1)
        elif piece.mark is not None or block.kind == "heading":
            _place(piece, index, stack, pieces)
        elif block.kind in _FREE or piece.free:
            stack.clear()
        elif block.kind in _ASIDE:
            if stack:
                _lie(block, pieces, stack[-1].index)
        else:
            _lie_in_list(piece, stack, pieces, ahead[index], closes=closes)
    return [piece.block for piece in pieces]


def _names_section(piece: Piece, index: int, pieces: Sequence[Piece]) -> bool:
    """Whether the heading is the name of the section whose number stands alone above it."""
    if piece.block.kind != "heading" or piece.mark is not None or not index:
        return False
    above = pieces[index - 1].block
    return above.kind == "heading" and above.label is not None and above.body >= above.end


def _next_marks(pieces: Sequence[Piece]) -> list[int | None]:
    """For each piece, the next one that opens an item, a heading or a new region."""
    ahead: list[int | None] = [None] * len(pieces)
    found: int | None = None
    for index in range(len(pieces) - 1, -1, -1):
        ahead[index] = found
        piece = pieces[index]
        if piece.block.kind in _FREE:
            found = None
        elif piece.owner is None and (piece.mark is not None or piece.block.kind == "heading"):
            found = index
    return ahead


def _lie(block: Block, pieces: Sequence[Piece], owner: int) -> None:
    block.parent = owner
    block.level = pieces[owner].block.level + 1


def _place(piece: Piece, index: int, stack: list[_Open], pieces: Sequence[Piece]) -> None:
    """Find an item's or heading's place and open it."""
    mark = piece.mark = _settle(piece.mark, stack)
    del stack[_depth(piece, stack) :]
    if stack:
        _lie(piece.block, pieces, stack[-1].index)
    heading = piece.block.kind == "heading"
    last = piece.text[-1:]
    form, value, rank = ("#", 0, piece.rank) if mark is None else (mark.form, mark.value, 0)
    rank = rank or RANK.get(form, 0)
    opens = heading or last == ":" or last not in _ENDS
    stack.append(_Open(index, form, value, rank, opens, last in ";,", heading))


def _settle(mark: Label | None, stack: Sequence[_Open]) -> Label | None:
    """ "i)", "v)" and "x)" are letters after "h)", "u)" and "v)", Roman numbers elsewhere."""
    if mark is None or mark.form != "a)" or mark.text not in ("i", "v", "x"):
        return mark
    for one in reversed(stack):
        if one.form == "a)" and 0 < mark.value - one.value < 3:
            return mark
    return replace(mark, form="i)", value=roman(mark.text))


def _depth(piece: Piece, stack: Sequence[_Open]) -> int:
    """How many of the open ones stay open when the piece is placed."""
    mark = piece.mark
    depth = len(stack)
    if mark is None:
        while depth and (stack[depth - 1].form != "#" or stack[depth - 1].rank >= piece.rank):
            depth -= 1
        return depth
    for depth in range(len(stack) - 1, -1, -1):
        if stack[depth].form == mark.form:
            nested = depth + 1 < len(stack) and mark.value == 1 and stack[-1].opens
            return len(stack) if nested else depth
    rank = RANK[mark.form]
    depth = len(stack)
    while depth and stack[depth - 1].form != "#":
        last = stack[depth - 1]
        if rank > last.rank or (last.opens and depth == len(stack) and mark.value <= 1):
            break
        depth -= 1
    return depth


def _lie_in_list(
    piece: Piece,
    stack: list[_Open],
    pieces: Sequence[Piece],
    ahead: int | None,
    *,
    closes: bool,
) -> None:
    """Put a paragraph or a row where it lies."""
    if not stack:
        return
    top = stack[-1]
    block = piece.block
    closing = closes and block.kind == "paragraph" and ahead is None
    closing = closing and _closes(piece.text, formula=top.heading)
    if (top.opens or top.loose) and not (closing and (top.used or top.heading)):
        top.used = True
    elif ahead is None:
        del stack[0 if closing else _last_heading(stack) :]
    else:
        mark = pieces[ahead].mark
        depth = _depth(pieces[ahead], stack)
        goes_on = mark is not None and depth < len(stack) and stack[depth].form == mark.form
        del stack[depth + goes_on :]
    if stack:
        _lie(block, pieces, stack[-1].index)


def _last_heading(stack: Sequence[_Open]) -> int:
    for depth in range(len(stack), 0, -1):
        if stack[depth - 1].heading:
            return depth
    return 0


def _closes(text: str, *, formula: bool) -> bool:
    """Whether the paragraph is a document's last: a closing formula, or (unless only a
    ``formula`` will do) the end mark."""
    return fold(text[:40]).startswith(tuple(layout.words("closing"))) or (
        text.endswith("./.") and not formula
    )
