"""Lines into runs: which line ends only wrap a paragraph, and which end it.

Texts come wrapped by hand at some 60 to 85 characters, or with a paragraph a line; with blank
lines between paragraphs, or without any. :func:`measure` says which of these a document is;
:func:`join` puts lines together accordingly:

- a blank line ends a run, unless it tore a sentence in two ("... của Ủy ban nhân dân thành",
  blank, "phố ...", as where a page ended);
- a line that opens with a label starts a run, unless the line before it goes on ("giai đoạn
  2021", "- 2025"; "quy định tại khoản", "2 Điều 5");
- a label alone on its line ("Điều", "2. Nguyên tắc"; "-") takes the next line;
- a line that opens in lower case goes on with the run;
- a line that opens with "Căn cứ" starts a run, unless the line before it is left hanging;
- elsewhere, in a wrapped text, a line goes on unless the one before it closed a sentence short
  of the margin, or is a heading in capitals or in bold.

>>> from vnpolicy.text import canonical
>>> view = canonical("1. Giao Bộ Y tế chủ trì, phối\\nhợp với Bộ Tài chính.\\n2. Giao Bộ Nội vụ")
>>> [run.text for run in join(line.read(view.text), measure([]), view)]
['1. Giao Bộ Y tế chủ trì, phối hợp với Bộ Tài chính.', '2. Giao Bộ Nội vụ']
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import regex

from vnpolicy.lexicon import layout
from vnpolicy.segment import label as labels
from vnpolicy.segment import line
from vnpolicy.segment.label import Label
from vnpolicy.segment.line import Line
from vnpolicy.text import Canonical

CLOSED = frozenset(".;:!?…")
_CLOSING = frozenset(".;:!?…”\"')]/")
_LONE = frozenset(
    ("Điều", "ĐIỀU", "Chương", "CHƯƠNG", "Phần", "PHẦN", "Mục", "MỤC", "PHỤ", "Phụ lục")
) | frozenset(("PHỤ LỤC", "KT.", "TM.", "TL.", "TUQ."))
ATTACHED = regex.compile(
    r"\(?(?:(?:Ban hành|ban hành|Đính|đính|BAN HÀNH) ?)?(?:[Kk]èm|KÈM) (?:theo|THEO) "
)
_GROUNDS = ("Căn cứ ", "CĂN CỨ ")  # opens a recital, in the middle of no sentence
_FIRST_WORD = regex.compile(r"\S++")
_LAST_WORD = regex.compile(r"[\p{L}\d/.]+$")


@dataclass(slots=True)
class Shape:
    """How a document's lines are broken: at ``width`` or not at all, ``spaced`` by blank lines
    or not."""

    wrapped: bool
    spaced: bool
    width: int


@dataclass(slots=True)
class Run:
    """Lines that belong together; ``text`` is what they say on one line, of the same length."""

    start: int
    end: int
    text: str  # the first line's until all lines are joined
    gap: bool
    label: Label | None
    lines: int = 1


def measure(lines: Sequence[Line]) -> Shape:
    """The shape of a document, from the lines that plainly go on with the one before them."""
    widths = []
    pairs = gaps = 0
    for before, this in itertools.pairwise(lines):
        if this.gap:
            gaps += 1
            continue
        size = this.start - before.start
        pairs += 40 < size < 130
        if (
            this.text[0].islower()
            and before.text[-1] not in CLOSED
            and 24 < size < 130
            and this.text[1:2] not in (")", ".", "/")
        ):
            widths.append(size)
    enough = 6 if len(widths) > 2 else 3
    wrapped = len(widths) * enough >= max(pairs, 1)
    widths.sort()
    width = widths[len(widths) * 19 // 20] if widths else 80
    return Shape(wrapped, gaps * 12 >= len(lines), width)


def join(lines: Sequence[Line], shape: Shape, view: Canonical) -> list[Run]:
    """The runs that the lines make, in order."""
    runs: list[Run] = []
    seen: dict[str, int] = {}
    run: Run | None = None
    before = lines[0] if lines else None
    lone = False
    for at, this in enumerate(lines):
        assert before is not None
        label = None if lone and not this.gap else _label(lines, at)
        if label is not None and label.form == "A." and _is_initial(this.text, label, seen):
            label = None
        if run is not None and not line.is_rule(this.text):
            if label is not None and not _opens(before, this, label, run, shape, seen):
                label = None
            if label is None and _goes_on(before, this, run, shape, view, lone=lone):
                run.end = this.end
                run.lines += 1
                before, lone = this, lone and this.text in _LONE
                continue
        if label is not None:
            seen[label.form] = label.value
        run = Run(this.start, this.end, this.text, this.gap, label)
        runs.append(run)
        lone = this.text in _LONE or (label is not None and label.body >= len(this.text))
        before = this
    for run in runs:
        if run.lines > 1:
            run.text = view.text[run.start : run.end].replace("\n", " ")
    return runs


def _label(lines: Sequence[Line], at: int) -> Label | None:
    text = lines[at].text
    if text in _LONE and at + 1 < len(lines) and not lines[at + 1].gap:
        return labels.read(f"{text} {lines[at + 1].text}")
    return labels.read(text)


def _is_initial(text: str, label: Label, seen: dict[str, int]) -> bool:
    """Whether the letter opens a sentence that no list led up to: "C. Mác và các ..."."""
    return label.value != seen.get("A.", 0) + 1 and text[-1] in CLOSED and not text.isupper()


def _opens(
    before: Line, this: Line, label: Label, run: Run, shape: Shape, seen: dict[str, int]
) -> bool:
    """Whether what reads as a label at the line's start is one, given the line before it."""
    if line.is_rule(before.text):
        return True
    last = before.text[-1]
    if this.gap or last in _CLOSING:
        return True
    if run.text.isupper() or (run.label is not None and run.label.body >= len(run.text)):
        return True
    body = this.text[label.body : label.body + 1]
    if dangles(before.text):  # "... giai đoạn 2021", "- 2025", but "... năm 2025", "- Giao Sở Y tế"
        return label.form in labels.BULLETS and last.isdigit() and body.isupper()
    if label.form in labels.BULLETS:
        if not (body.isupper() or body in ("", "“", '"')):
            return False
        return not (shape.wrapped and _full(before, this, shape))
    if not shape.wrapped:
        return last != ","
    return label.value in (1, seen.get(label.form, -9) + 1)


def _goes_on(
    before: Line, this: Line, run: Run, shape: Shape, view: Canonical, *, lone: bool
) -> bool:
    """Whether a line without a label continues the run."""
    if this.gap:
        return _torn(before, this, run)
    if lone:
        return True
    if line.is_rule(before.text) or _stands_alone(this.text) or _stands_alone(before.text):
        return False
    if this.text[0] == "(" and this.text[1:2].isupper() and ATTACHED.match(this.text):
        return False
    last = before.text[-1]
    if this.text[0].islower():
        return shape.wrapped or last not in CLOSED
    if _begins(this.text) != _begins(run.text):
        return False
    if this.text.startswith(_GROUNDS) and last not in _CLOSING and not dangles(before.text):
        return False
    if not shape.wrapped:
        return dangles(before.text) and len(before.text) > 20
    fits = not _full(before, this, shape)
    if last in _CLOSING:
        return not fits or (shape.spaced and len(before.text) * 4 > shape.width * 3)
    if shape.spaced:
        return True
    if _closes_bold(before, view):
        return False
    short = len(before.text) + len(_first_word(this.text)) < shape.width * 6 // 10
    named = run.label is not None and run.lines == 1
    return not (named and short and not dangles(before.text, partial=True))


def _torn(before: Line, this: Line, run: Run) -> bool:
    """Whether the blank line between the two only tore a sentence, as a page's end does."""
    return (
        this.text[0].islower()
        and labels.read(this.text) is None
        and before.text[-1] not in _CLOSING
        and before.end - run.start > 40
        and not line.is_rule(before.text)
        and not run.text.isupper()
        and run.text[0] not in "|#!["
    )


def _full(before: Line, this: Line, shape: Shape) -> bool:
    """Whether the next line's first word had no more room on the line before."""
    return len(before.text) + len(_first_word(this.text)) + 2 > shape.width


def _first_word(text: str) -> str:
    match = _FIRST_WORD.match(text)
    return match[0] if match else ""


def _begins(text: str) -> bool:
    """Whether the line is in capitals, of some length: a title, a heading, an order, but no
    number ("48/NQ-CP.")."""
    return text.isupper() and len(text) > 6 and text[0].isalpha()


def dangles(text: str, *, partial: bool = False) -> bool:
    """Whether the line ends on a word that cannot end a statement: "của", "khoản", "số 5";
    with ``partial`` also on one that seldom does: "Bộ", "tỉnh"."""
    match = _LAST_WORD.search(text, max(0, len(text) - 24))
    if match is None:
        return text[-1] in ",(-–"
    unfinished = layout.words("unfinished")
    word = match[0].lower()
    if word in unfinished or (partial and word in layout.words("partial")):
        return True
    if word[-1].isdigit():
        return text[: match.start()].rstrip().lower().rpartition(" ")[2] in unfinished
    return False


def _stands_alone(text: str) -> bool:
    """Whether the line is a portal's own, a page's number, or Markdown that takes the line."""
    return text[0] in "#!" or line.is_page_number(text) or layout.reach(text) is not None


def _closes_bold(before: Line, view: Canonical) -> bool:
    """Whether the caller's text closed bold type at the end of the line."""
    _, place = view.raw_span(before.end - 1, before.end)
    return view.raw.startswith("**", place)
