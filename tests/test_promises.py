"""What holds for every text: over all of the corpus, and over junk made from it."""

import datetime
import time
import unicodedata
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import BaseModel

import corpus_cases
import vnpolicy
from vnpolicy import Notice
from vnpolicy.errors import ArgumentError
from vnpolicy.models import Record, Segment, Span
from vnpolicy.text import canonical
from vnpolicy.writers import account, jsonl, page, table

ANCHOR = datetime.date(2024, 3, 5)
LISTS = ("tasks", "guidance", "deadlines", "quantities", "targets", "references", "assignees")
KINDS = sorted(path.stem for path in corpus_cases.CORPUS.glob("*.toml"))
PHRASES = [
    f"{case.context}\n\n{case.text}" if case.context else case.text
    for kind in KINDS
    for case in corpus_cases.read(kind)
]
DOCUMENTS = {
    path.name: path.read_bytes().decode()
    for path in sorted((corpus_cases.CORPUS / "notices").glob("*.txt"))
}
CORPUS = [*DOCUMENTS.values(), *PHRASES]
APPENDED = "\n\nVăn bản này được đăng trên cổng thông tin điện tử.\n"


def parts(value: object) -> Iterator[BaseModel]:
    """The record and all records inside it."""
    if isinstance(value, BaseModel):
        yield value
        for name in type(value).model_fields:
            yield from parts(getattr(value, name))
    elif isinstance(value, list):
        for member in value:
            yield from parts(member)


def key(record: Any) -> tuple[int, int]:
    return record.span.start, record.span.end


def check_spans(notice: Notice) -> None:
    size = len(notice.text)
    for part in parts(notice):
        for name in type(part).model_fields:
            span = getattr(part, name)
            if isinstance(span, Span):
                assert 0 <= span.start <= span.end <= size
        if isinstance(part, Record):
            assert notice.text[slice(*key(part))] == part.text
            assert part.text.strip(), f"an empty record: {part!r}"


def check_order(notice: Notice) -> None:
    owners: list[Any] = [notice, *notice.tasks, *notice.guidance]
    for owner in owners:
        for name in LISTS:
            records = getattr(owner, name, [])
            assert [key(one) for one in records] == sorted(key(one) for one in records)
    starts = [segment.span.start for segment in notice.segments]
    assert starts == sorted(starts)


def check_segments(notice: Notice) -> None:
    by_id = {segment.id: segment for segment in notice.segments}
    assert len(by_id) == len(notice.segments)
    families: dict[int | None, list[Segment]] = {}
    for segment in notice.segments:
        families.setdefault(segment.parent, []).append(segment)
        if segment.parent is not None:
            parent = by_id[segment.parent].span
            assert parent.start <= segment.span.start <= segment.span.end <= parent.end
    for siblings in families.values():
        for one, following in pairwise(sorted(siblings, key=key)):
            assert one.span.end <= following.span.start
    view = canonical(notice.text)
    held = bytearray(len(notice.text))
    for segment in families.get(None, []):
        start, end = key(segment)
        held[start:end] = b"\x01" * (end - start)
    for offset, char in enumerate(view.text):
        if not char.isspace():
            assert held[view.raw_start(offset)], f"outside every segment: {char!r} at {offset}"


def check(text: str) -> Notice:
    """Every promise that holds for a single text."""
    notice = vnpolicy.extract(text, anchor_date=ANCHOR)
    assert notice.text == text
    check_spans(notice)
    check_order(notice)
    check_segments(notice)
    ids = [task.id for task in [*notice.tasks, *notice.guidance]]
    assert len(set(ids)) == len(ids)
    assert notice.targets == [one for one in notice.quantities if one.role == "target"]
    given_json = notice.model_dump_json()
    assert vnpolicy.extract(text, anchor_date=ANCHOR).model_dump_json() == given_json
    assert Notice.model_validate_json(given_json) == notice
    return notice


def values(notice: Notice) -> dict[str, list[object]]:
    """What the records say, without the places where they say it."""
    return {
        "tasks": [(one.id, one.due_on, one.summary) for one in notice.tasks],
        "guidance": [one.id for one in notice.guidance],
        "deadlines": [(one.value, one.due_on, one.recurrence) for one in notice.deadlines],
        "quantities": [(one.value, one.value_max, one.role) for one in notice.quantities],
        "references": [(one.id, one.resolves_to) for one in notice.references],
        "assignees": [(one.role, one.agency_ids) for one in notice.assignees],
        "segments": [(one.kind, one.level) for one in notice.segments],
    }


def chunks(texts: list[str], size: int) -> list[list[str]]:
    return [texts[i : i + size] for i in range(0, len(texts), size)]


def test_there_is_a_corpus() -> None:
    assert DOCUMENTS
    assert len(PHRASES) >= 100


@pytest.mark.parametrize("name", DOCUMENTS)
class TestDocument:
    def test_every_promise(self, name: str) -> None:
        check(DOCUMENTS[name])

    def test_with_other_line_ends(self, name: str) -> None:
        text = unicodedata.normalize("NFC", DOCUMENTS[name]).replace("\r\n", "\n")
        assert values(check(text.replace("\n", "\r\n"))) == values(check(text))

    def test_decomposed(self, name: str) -> None:
        composed = check(unicodedata.normalize("NFC", DOCUMENTS[name]))
        assert values(check(unicodedata.normalize("NFD", DOCUMENTS[name]))) == values(composed)

    def test_ids_stay_when_text_is_added(self, name: str) -> None:
        ids = [task.id for task in check(DOCUMENTS[name]).tasks]
        more = [task.id for task in check(DOCUMENTS[name] + APPENDED).tasks]
        assert more[: len(ids)] == ids


def test_bold_type_closes_after_a_decomposed_letter_too() -> None:
    body = (
        "Các xã miền núi được hỗ trợ làm đường vào bản,\n"
        "kéo điện và dựng nhà văn hóa theo nhu cầu của\n"
        "dân, do huyện thẩm định trước khi khởi công.\n"
    )
    text = f"{body}**Điều 5. Nguồn lực để làm những việc được hỗ trợ**\n{body}" * 2
    composed = values(check(text))
    assert values(check(unicodedata.normalize("NFD", text))) == composed
    assert len(composed["segments"]) > 4


def test_names_that_hold_others_keep_the_order() -> None:
    check(
        "Thực hiện 02 Chương trình mục tiêu quốc gia phát triển kinh tế - xã hội vùng đồng bào "
        "dân tộc thiểu số và miền núi giai đoạn 2021 - 2030."
    )


@pytest.mark.parametrize("texts", chunks(PHRASES, 100), ids=lambda texts: texts[0][:40])
class TestPhrases:
    def test_every_promise(self, texts: list[str]) -> None:
        for text in texts:
            check(text)

    def test_decomposed(self, texts: list[str]) -> None:
        for text in texts:
            composed = vnpolicy.extract(unicodedata.normalize("NFC", text), anchor_date=ANCHOR)
            decomposed = check(unicodedata.normalize("NFD", text))
            assert values(decomposed) == values(composed), text

    def test_ids_stay_when_text_is_added(self, texts: list[str]) -> None:
        for text in texts:
            ids = [task.id for task in vnpolicy.extract(text, anchor_date=ANCHOR).tasks]
            more = vnpolicy.extract(text + APPENDED, anchor_date=ANCHOR).tasks
            assert [task.id for task in more][: len(ids)] == ids, text


# Junk: pieces of the corpus and of what offices write, torn, mixed and mistreated.

OFFICIAL = (
    "Số: 12/TB-UBND",
    "Hà Nội, ngày 31 tháng 12 năm 2024",
    "ngày 31/2/2025",
    "ngày 99/99/9999",
    "trước ngày 0/0/0000",
    "trong Quý IX",
    "năm 0000",
    "khoản 2 Điều 5 Nghị định số 999999/99999/NĐ-CP",
    "Luật",
    "Nghị quyết số",
    "1.",
    "a)",
    "- ",
    "I.",
    "Điều 1.",
    "Giao",
    "yêu cầu:",
    "Bộ",
    "UBND các tỉnh",
    "; ",
    ":",
    "|",
    "| STT | Nhiệm vụ | Cơ quan chủ trì | Thời hạn |\n|---|---|---|---|\n",
    "Nơi nhận:",
    "KT. CHỦ TỊCH",
    "100%",
    "1.000.000.000.000.000.000.000,5 tỷ đồng",
    "một trăm linh",
    "80/0",
    "**",
    "\n",
    "\n\n",
    "\r\n",
    "\u00a0",
    "\u00ad",
    "\u200b",
    "\ufeff",
    "\x00",
    "İ",
    "\u0301",
    "\U0001f4c5",
)
MISTREAT = {
    "as it is": str,
    "upper": str.upper,
    "lower": str.lower,
    "decomposed": lambda text: unicodedata.normalize("NFD", text),
    "crlf": lambda text: text.replace("\n", "\r\n"),
    "one line": lambda text: text.replace("\n", " "),
    "a word a line": lambda text: text.replace(" ", "\n"),
    "piped": lambda text: "| " + text.replace("\n", " |\n| ") + " |",
    "starred": lambda text: text.replace(" ", "** **"),
    "backwards": lambda text: text[::-1],
    "unmarked": lambda text: "".join(
        char for char in unicodedata.normalize("NFD", text) if not unicodedata.combining(char)
    ),
}


@st.composite
def torn(draw: st.DrawFn) -> str:
    """A piece of the corpus, cut anywhere."""
    text = draw(st.sampled_from(CORPUS))
    start = draw(st.integers(0, len(text)))
    return text[start : start + draw(st.integers(0, 1500))]


mixed = st.lists(torn() | st.sampled_from(OFFICIAL) | st.text(max_size=8), max_size=8).map("".join)
mistreated = st.builds(
    lambda text, how: MISTREAT[how](text), mixed, st.sampled_from(sorted(MISTREAT))
)


class TestJunk:
    @given(st.text())
    @example("")
    @example(" ")
    @example("\n" * 50)
    @example("|" * 500)
    @example("(" * 500)
    @example("**" * 500)
    @example("a\u0301\u0302" * 100)
    @example("1.1.1.1." * 100)
    def test_any_characters(self, text: str) -> None:
        check(text)

    @given(mistreated)
    def test_torn_mixed_and_mistreated(self, text: str) -> None:
        check(text)

    @given(st.sampled_from(CORPUS), st.data())
    def test_cut_short_anywhere(self, text: str, data: st.DataObject) -> None:
        check(text[: data.draw(st.integers(0, len(text)))])

    @given(mistreated)
    def test_every_writer_takes_what_comes(self, text: str) -> None:
        notice = vnpolicy.extract(text, anchor_date=ANCHOR)
        assert account.account(notice, width=60)
        assert page.page(notice).startswith("<!DOCTYPE html>")
        assert table.to_csv(table.rows(notice)).startswith(b"\xef\xbb\xbf")
        assert len(jsonl.line(notice).splitlines()) == 1
        assert account.reasons(vnpolicy.explain(text, ANCHOR))

    @given(torn(), torn())
    def test_one_text_leaves_nothing_behind_for_the_next(self, first: str, second: str) -> None:
        alone = vnpolicy.extract(second).model_dump_json()
        vnpolicy.extract(first)
        assert vnpolicy.extract(second).model_dump_json() == alone

    def test_half_a_character_is_refused_at_once(self) -> None:
        with pytest.raises(ArgumentError, match="surrogates"):
            vnpolicy.extract("Giao B\ud800 Y tế")


DENSE = (
    "Giao Bộ Y tế trình Nghị định số 12/2024/NĐ-CP trước ngày 15/5/2024, giảm ít nhất 5% chi phí"
)


class TestLength:
    def test_a_megabyte_on_one_line(self) -> None:
        text = DENSE * (1_000_000 // len(DENSE.encode()))
        check_spans(vnpolicy.extract(text))

    @pytest.mark.parametrize("stop", ["", ", ", "; ", ". ", "\n", "\n\n", " | ", "\n- "], ids=repr)
    def test_the_time_grows_with_the_length(self, stop: str) -> None:
        text = DENSE + stop
        vnpolicy.extract(text)
        short, long = (best(text * (size // len(text))) for size in (50_000, 200_000))
        assert long < 8 * short, f"four times the text takes {long / short:.1f} times as long"


def best(text: str) -> float:
    """Seconds of processor time that the fastest of three runs took."""
    times = []
    for _ in range(3):
        started = time.process_time()
        vnpolicy.extract(text)
        times.append(time.process_time() - started)
    return min(times)
