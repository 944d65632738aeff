"""Cuts: every document of corpus/segment.txt, and what holds for any text."""

import gc
import itertools
import re
import time
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_cases import CORPUS
from vnpolicy.document import Block, Document
from vnpolicy.segment import cut
from vnpolicy.text import Canonical, canonical

ENDS = re.compile(r"[\x1c-\x1f]*(?:\n|\Z)")
PREFIX = re.compile(r"(?P<head>[^|&]*?) *(?P<join>[|&]) ?(?P<text>.*)")


@dataclass
class Expected:
    """A block as the corpus shows it: ``path`` holds its own and its parents' labels."""

    kind: str
    path: list[str]
    said: str


@dataclass
class Shown:
    """One document of the corpus."""

    name: str
    text: str = ""
    blocks: list[Expected] = field(default_factory=list)
    xfail: str | None = None
    press: bool = False


def read() -> list[Shown]:
    """The documents of corpus/segment.txt."""
    documents: list[Shown] = []
    for line in (CORPUS / "segment.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("===="):
            documents.append(Shown(line.strip("= ")))
        elif documents:
            add(documents[-1], line)
    return documents


def add(shown: Shown, line: str) -> None:
    """Take up one line of the corpus."""
    if line.startswith("xfail:"):
        shown.xfail = line.removeprefix("xfail:").strip()
        return
    if line == "press:":
        shown.press = True
        return
    if not line:
        shown.text += "\n"
        return
    match = PREFIX.fullmatch(line)
    assert match is not None, line
    head, text = match["head"].strip(), match["text"]
    if match["join"] == "&":
        shown.text = shown.text.removesuffix("\n") + " " + text + "\n"
    else:
        shown.text += text + "\n"
    if head:
        shown.blocks.append(Expected(*prefix(head), said=text))
    else:
        blank = shown.text.removesuffix(text + "\n").endswith("\n\n")
        shown.blocks[-1].said += ("  " if blank else " ") + text


def prefix(head: str) -> tuple[str, list[str]]:
    """The kind and the labels, the block's own (or "") first."""
    own, *above = [part.strip() for part in head.split("<")]
    kind, _, label = own.partition(" ")
    return kind, [label, *above]


def path(doc: Document, block: Block) -> list[str]:
    """The labels of the block and of those it lies in, "~" where a parent has none."""
    labels = [block.label or ""]
    while block.parent is not None:
        block = doc.blocks[block.parent]
        labels.append(block.label or "~")
    return labels


def seen(doc: Document) -> list[Expected]:
    """The document's blocks as the corpus would show them."""
    return [
        Expected(
            "table_head" if block.is_header else block.kind,
            path(doc, block),
            doc.flat[block.start : block.end],
        )
        for block in doc.blocks
    ]


DOCUMENTS = read()


@pytest.mark.parametrize("shown", DOCUMENTS, ids=lambda shown: shown.name)
def test_corpus(shown: Shown, request: pytest.FixtureRequest) -> None:
    if shown.xfail:
        request.applymarker(pytest.mark.xfail(reason=shown.xfail, strict=True))
    doc = cut(canonical(shown.text.strip("\n")))
    assert seen(doc) == shown.blocks
    assert doc.press == shown.press


def test_corpus_is_large_and_its_names_differ() -> None:
    names = [shown.name for shown in DOCUMENTS]
    assert len(names) > 120
    assert len(set(names)) == len(names)


def broken_promises(doc: Document) -> list[str]:
    """What the cut promised and did not keep."""
    text, flat = doc.view.text, doc.flat
    broken = []
    if not len(text) == len(flat) == len(doc.low):
        broken.append("flat and low are as long as the text")
    changed = {(a, b) for a, b in zip(text, flat, strict=False) if a != b}
    if not changed <= {("\n", " "), (" ", "\n")}:
        broken.append("flat differs in spaces and line breaks only")
    at = 0
    for index, block in enumerate(doc.blocks):
        said = flat[block.start : block.end]
        if block.start < at or text[at : block.start].strip():
            broken.append(f"{index}: blocks are in order, apart, and hold all text")
        if not said or said != said.strip() or "\n" in said:
            broken.append(f"{index}: a block is trimmed and on one line")
        glued = index + 1 < len(doc.blocks) and doc.blocks[index + 1].start == block.end
        if ENDS.match(flat, block.end) is None and not glued:
            broken.append(f"{index}: a line break ends the block")
        if not block.start <= block.body <= block.end:
            broken.append(f"{index}: the body lies in the block")
        level = 0 if block.parent is None else doc.blocks[block.parent].level + 1
        if block.level != level or (block.parent is not None and block.parent >= index):
            broken.append(f"{index}: a parent comes before and lies one level up")
        at = block.end
    if text[at:].strip():
        broken.append("all text lies in a block")
    return broken + broken_nesting(doc)


def broken_nesting(doc: Document) -> list[str]:
    """Parents whose children do not follow them in one stretch."""
    stack: list[int] = []
    broken = []
    for index, block in enumerate(doc.blocks):
        while stack and stack[-1] != block.parent:
            stack.pop()
        if block.parent is not None and not stack:
            broken.append(f"{index}: lies in {block.parent}, which something else parted")
        stack.append(index)
    return broken


@pytest.mark.parametrize("shown", DOCUMENTS, ids=lambda shown: shown.name)
def test_promises_hold_for_the_corpus(shown: Shown) -> None:
    assert not broken_promises(cut(canonical(shown.text)))


FRAGMENTS = [
    *("|", "| a | b |", "|---|---|", "Nơi nhận:", "- Như trên;", "KT. CHỦ TỊCH", "Lê Văn An"),
    *("THÔNG BÁO", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 5/TB-UBND", "I. MỤC TIÊU", "1. Xã:"),
    *("a) Trồng cây;", "(1) A; (2) B", "Điều", "2. Về", "+ Kênh", "PHỤ LỤC I", "[1] Ghi", "5.jpg"),
    *("", "", "và các hộ", "Kính gửi: Sở", "## Mục", "====", "Xem thêm", "Số hiệu:", "Chương I"),
    *("Ủy ban nhân dân tỉnh điện:", "Theo Báo", "7", "Tin cùng chuyên mục", "*", "\u00a0", "…"),
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(FRAGMENTS), max_size=40))
def test_promises_hold_for_any_order_of_parts(parts: list[str]) -> None:
    assert not broken_promises(cut(canonical("\n".join(parts))))


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_promises_hold_for_junk(text: str) -> None:
    assert not broken_promises(cut(canonical(text)))


@settings(max_examples=80, deadline=None)
@given(st.text(alphabet="1aIĐ|.-–()+*#[]:; \nổ/", max_size=200))
def test_promises_hold_for_marks(text: str) -> None:
    assert not broken_promises(cut(canonical(text)))


@pytest.mark.parametrize(
    "fragment",
    [
        *("|\n", "|\n|\na\n", "| a | b |\n", "(1) a; (2) b; ", ": - Ab; - Cd", " a) x; b) y;"),
        *("Ab\n", "THÔNG BÁO\n", "KT. BỘ TRƯỞNG\n", "- Lưu: VT; - Lưu: VT", "và của\n\n", "# a\n"),
        *("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM ", "Điều\n", "|\n1\n|\nA\n|\n|\n", "x", "(", "I. A "),
    ],
    ids=lambda fragment: fragment.strip()[:12],
)
def test_time_grows_with_length(fragment: str) -> None:
    """Four times the text takes some four times as long; sixteen would be the square."""
    short, long = (canonical(fragment * (size // len(fragment))) for size in (25_000, 100_000))
    for _ in range(6):  # a busy machine may disturb one try
        before, after = seconds(short), seconds(long)
        if after < 0.05 or after < 8 * before:
            return
    pytest.fail(f"{before:.3f} s for a quarter, {after:.3f} s for all")


def seconds(view: Canonical) -> float:
    gc.collect()
    gc.disable()  # what it takes grows with all that the tests before this one left
    try:
        start = time.process_time()
        cut(view)
        return time.process_time() - start
    finally:
        gc.enable()


def test_cells_and_columns_of_a_table() -> None:
    text = "| TT | Nhiệm vụ | Cơ quan chủ trì |\n| --- | --- | --- |\n| 1 | Thả cá |  |\n"
    doc = cut(canonical(text))
    head, _, row = doc.blocks
    assert [doc.flat[c.start : c.end] for c in row.cells] == ["1", "Thả cá", ""]
    assert [c.column for c in row.cells] == ["tt", "nhiệm vụ", "cơ quan chủ trì"]
    assert head.is_header and head.table == row.table
    assert row.cells[2].start == row.cells[2].end


CELLS = "|\nTT\n|\nNhiệm vụ\n|\nCơ quan\n|\nHạn\n|\n|\nI\n|\nTHỦY LỢI\n|\n|\n1\n|\nNạo vét\n|\n"


def test_cells_on_lines_of_their_own() -> None:
    doc = cut(canonical(CELLS + "|\n5/2020\n|\n|\n2\n|\nĐắp\nbờ\n|\nXã Tân\n|\n|\n"))
    rows = [[doc.flat[c.start : c.end] for c in block.cells] for block in doc.blocks]
    assert rows[:4] == [
        ["TT", "Nhiệm vụ", "Cơ quan", "Hạn"],
        ["I", "THỦY LỢI"],
        ["1", "Nạo vét", "", "5/2020"],
        ["2", "Đắp bờ", "Xã Tân", ""],
    ]
    assert doc.blocks[2].cells[3].column == "hạn"


def test_a_short_row_names_no_columns() -> None:
    """A cell merged with the one above: which is missing is not written."""
    doc = cut(
        canonical("| Nhóm | Nhiệm vụ | Đơn vị |\n| Đò | Lát bậc | Xã Hạ |\n| Sơn phao | Xã Hạ |")
    )
    columns = [[cell.column for cell in block.cells] for block in doc.blocks]
    assert columns[1] == ["nhóm", "nhiệm vụ", "đơn vị"]
    assert columns[2] == [None, None]


def test_two_tables_have_two_numbers() -> None:
    doc = cut(canonical("| TT | Việc |\n| 1 | A |\n\nVăn bản khác.\n\n| TT | Việc |\n| 1 | B |"))
    tables = [block.table for block in doc.blocks if block.kind == "table_row"]
    assert [len(list(group)) for _, group in itertools.groupby(tables)] == [2, 2]


def test_block_at_finds_the_block() -> None:
    doc = cut(canonical("1. Xã A trồng rừng.\n2. Xã B đào ao."))
    assert doc.block_at(3) is doc.blocks[0]
    assert doc.block_at(doc.flat.index("đào")) is doc.blocks[1]
