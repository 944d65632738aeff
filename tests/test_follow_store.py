"""What a run wrote comes back, whatever format it was written in."""

import contextlib
import datetime
import gzip
import sqlite3
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnpolicy import archive, pipeline, readers
from vnpolicy.errors import ArgumentError
from vnpolicy.follow import store
from vnpolicy.models import Assignee, Clarity, Deadline, Header, Notice, Source, Span, Task
from vnpolicy.writers import item
from vnpolicy.writers.sink import open_sink

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")

CORPUS = Path(__file__).parent.parent / "corpus" / "notices"
SUFFIXES = (".jsonl", ".jsonl.gz", ".jsonl.zst", ".sqlite", ".db", ".duckdb", ".parquet")
Named = list[tuple[str, Notice]]
Told = list[tuple[str, str]]

NESTED = """ỦY BAN NHÂN DÂN TỈNH LÀO CAI
Số: 31/KH-UBND
Lào Cai, ngày 5 tháng 8 năm 2025

KẾ HOẠCH
Phát triển cây dược liệu dưới tán rừng

II. NHIỆM VỤ

1. Về giống

1.1. Sở Nông nghiệp và Môi trường lập danh mục giống trước ngày 20/9/2025.

1.2. Sở Khoa học và Công nghệ rà soát đề tài về giống, định kỳ hằng quý báo cáo UBND tỉnh.
"""


@cache
def corpus() -> Named:
    return [
        (one.name, pipeline.extract_item(one))
        for path in sorted(CORPUS.glob("*.txt"))
        for one in readers.open_file(path)
    ]


def write(path: Path, notices: Named) -> Path:
    suffix = next(one for one in sorted(SUFFIXES, key=len)[::-1] if path.name.endswith(one))
    sink = open_sink(path, suffix=suffix)
    for name, notice in notices:
        sink.add(name, notice)
    sink.close()
    return path


def read(*sources: object) -> tuple[Named, Told]:
    told: Told = []
    found = store.notices([str(one) for one in sources], on_error=lambda *one: told.append(one))
    return list(found), told


def work(notices: Named) -> list[object]:
    return [item.items(name, notice) for name, notice in notices]


@pytest.mark.parametrize("suffix", SUFFIXES)
class TestEveryFormat:
    def test_gives_the_same_work_items_as_the_notices_written(
        self, suffix: str, tmp_path: Path
    ) -> None:
        found, told = read(write(tmp_path / f"kho{suffix}", corpus()))
        assert not told
        assert [name for name, _ in found] == [name for name, _ in corpus()]
        assert work(found) == work(corpus()) and any(work(found))
        for (_, one), (_, other) in zip(found, corpus(), strict=True):
            assert (one.header, one.source, one.text) == (other.header, other.source, other.text)
            assert (one.segments, one.anchor_date) == (other.segments, other.anchor_date)
            assert one.text_quality == other.text_quality
            assert [task.id for task in one.guidance] == [task.id for task in other.guidance]

    def test_tells_labels_with_dots_apart(self, suffix: str, tmp_path: Path) -> None:
        (path := tmp_path / "kh31.txt").write_text(NESTED, encoding="utf-8")
        (one,) = readers.open_file(path)
        notice = pipeline.extract_item(one)
        assert [task.path for task in notice.tasks] == [["II", "1", "1.1"], ["II", "1", "1.2"]]
        ((_, found),), _ = read(write(tmp_path / f"kho{suffix}", [(str(path), notice)]))
        assert [task.path for task in found.tasks] == [task.path for task in notice.tasks]

    def test_is_opened_for_reading_only(self, suffix: str, tmp_path: Path) -> None:
        path = write(tmp_path / f"kho{suffix}", corpus()[:2])
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        before = [file.read_bytes() for file in files]
        read(path)
        assert [file.read_bytes() for file in files] == before
        assert sorted(tmp_path.iterdir()) == [path]

    def test_a_torn_file_is_told_and_costs_no_other(self, suffix: str, tmp_path: Path) -> None:
        torn = write(tmp_path / f"a{suffix}", corpus())
        for file in sorted(torn.iterdir()) if torn.is_dir() else [torn]:
            file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
        whole = write(tmp_path / "b.jsonl", corpus()[:1])
        found, told = read(torn, whole)
        assert found[-1][0] == corpus()[0][0] and len(found) < len(corpus())
        assert told and all(str(torn) in source for source, _ in told)


DAYS = st.dates(datetime.date(2020, 1, 1), datetime.date(2030, 1, 1))
WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)
IDS = st.lists(st.sampled_from(["bo-y-te", "bo-tai-chinh", "cac-bo"]), max_size=2, unique=True)
PLACE = st.just(Span(0, 1))
ASSIGNEES = st.builds(
    Assignee,
    span=PLACE,
    text=WORDS,
    role=st.sampled_from(["lead", "support", "oversee", "recipient"]),
    agency_ids=IDS,
    current_agency_ids=IDS,
    inherited=st.booleans(),
)
DEADLINES = st.builds(
    Deadline,
    span=PLACE,
    text=WORDS,
    start_on=st.none() | DAYS,
    due_on=st.none() | DAYS,
    due_time=st.none() | st.just("15:00"),
    recurrence=st.none() | st.sampled_from(["FREQ=YEARLY", "FREQ=MONTHLY;BYMONTHDAY=14"]),
    working_days=st.none() | st.booleans(),
)
TASKS = st.builds(
    Task,
    id=st.uuids().map(str),
    span=PLACE,
    text=WORDS,
    page=st.none() | st.integers(1, 9),
    action=WORDS,
    assignees=st.lists(ASSIGNEES, max_size=3),
    deadlines=st.lists(DEADLINES, max_size=3),
    quantities=st.just([]),
    references=st.just([]),
    due_on=st.none() | DAYS,
    deliverable=st.none() | WORDS,
    summary=WORDS,
    urgency=st.sampled_from(["urgent", "standing", None]),
    path=st.lists(st.sampled_from(["II", "3", "a", "-"]), max_size=3),
    clarity=st.builds(Clarity),
)
NOTICES = st.builds(
    Notice,
    schema_version=st.just("1"),
    source=st.just(Source(uri="kho/TB%2012.docx")),
    header=st.builds(Header, number=st.none() | st.just("12/TB-UBND"), issued_on=st.none() | DAYS),
    anchor_date=st.none() | DAYS,
    text=st.just("x"),
    tasks=st.lists(TASKS, max_size=4),
    **{
        name: st.just([])
        for name in (
            "segments",
            "guidance",
            "deadlines",
            "quantities",
            "targets",
            "references",
            "assignees",
            "warnings",
        )
    },
    text_quality=st.none(),
)


@pytest.mark.parametrize("suffix", [".jsonl", ".sqlite", ".parquet"])
@given(notice=NOTICES)
def test_any_task_comes_back(
    suffix: str, notice: Notice, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = write(tmp_path_factory.mktemp("kho") / f"kho{suffix}", [("kho/TB 12.docx", notice)])
    found, told = read(path)
    assert not told and work(found) == work([("kho/TB 12.docx", notice)])


def test_a_database_that_was_added_to_keeps_its_order(tmp_path: Path) -> None:
    first = write(tmp_path / "a.sqlite", corpus()[:3])
    sink = open_sink(tmp_path / "b.sqlite", suffix=".sqlite", previous=first)
    for name, notice in corpus()[1:5]:
        sink.add(name, notice)
    sink.close()
    found, _ = read(tmp_path / "b.sqlite")
    names = [name for name, _ in corpus()]
    assert [name for name, _ in found] == [names[0], *names[1:5]]
    assert work(found) == work(corpus()[:5])


def test_many_notices_come_in_order(tmp_path: Path) -> None:
    """More than are read at a time, from each kind of tables."""
    many = [(f"{n:03}.txt", corpus()[n % 12][1]) for n in range(200)]
    for suffix in (".sqlite", ".duckdb", ".parquet"):
        found, told = read(write(tmp_path / f"kho{suffix}", many))
        assert not told and [name for name, _ in found] == [name for name, _ in many]
        assert work(found) == work(many)


def test_a_sqlite_file_in_use_is_read_as_last_committed(tmp_path: Path) -> None:
    path = write(tmp_path / "kho.sqlite", corpus()[:2])
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("UPDATE notice SET number = '7/TB' WHERE rowid = 1")
        other.execute("BEGIN IMMEDIATE")
        other.execute("DELETE FROM notice")
        found, told = read(path)
        other.execute("ROLLBACK")
    assert not told and len(found) == 2 and found[0][1].header.number == "7/TB"


def test_a_bad_line_costs_no_other(tmp_path: Path) -> None:
    path = write(tmp_path / "kho.jsonl", corpus()[:3])
    lines = path.read_bytes().splitlines(keepends=True)
    lines[1:1] = [
        b"{torn\n",
        b"\n",
        lines[0].replace(b'"schema_version":"1"', b'"schema_version":"9"'),
    ]
    path.write_bytes(b"".join(lines))
    found, told = read(path)
    assert work(found) == work(corpus()[:3])
    assert [source for source, _ in told] == [str(path)] * 2
    assert "line 2" in told[0][1] and "line 4" in told[1][1] and "schema_version" in told[1][1]


def test_a_packed_file_that_breaks_off_gives_what_was_before(tmp_path: Path) -> None:
    path = write(tmp_path / "kho.jsonl", corpus())
    packed = gzip.compress(path.read_bytes())
    (torn := tmp_path / "kho.jsonl.gz").write_bytes(packed[: len(packed) // 2])
    found, ((source, reason),) = read(torn)
    assert 0 < len(found) < len(corpus())
    assert source == str(torn) and f"after line {len(found)}" in reason


class TestForeign:
    def test_a_database_of_others(self, tmp_path: Path) -> None:
        path = tmp_path / "kho.sqlite"
        with contextlib.closing(sqlite3.connect(path)) as other:
            other.execute("CREATE TABLE notice (notice_id TEXT, number TEXT)")
        found, ((source, reason),) = read(path)
        assert not found and source == str(path) and "no column notice.uri" in reason

    def test_a_file_with_a_database_suffix(self, tmp_path: Path) -> None:
        (path := tmp_path / "Thumbs.db").write_bytes(b"\xd0\xcf\x11\xe0" * 1000)
        found, ((source, reason),) = read(path)
        assert not found and source == str(path) and "no database" in reason

    def test_parquet_files_of_others(self, tmp_path: Path) -> None:
        import pyarrow
        from pyarrow import parquet

        path = write(tmp_path / "kho.parquet", corpus()[:1])
        parquet.write_table(pyarrow.table({"x": [1]}), path / "task.parquet")
        found, ((source, reason),) = read(path)
        assert not found and source == str(path / "task.parquet") and "no column" in reason
        (path / "task.parquet").unlink()
        assert "no such file" in read(path)[1][0][1]

    def test_rows_in_another_order_are_not_lost_without_a_word(self, tmp_path: Path) -> None:
        from pyarrow import parquet

        path = write(tmp_path / "kho.parquet", corpus()[:3])
        tasks = parquet.read_table(path / "task.parquet")
        parquet.write_table(tasks.sort_by([("notice_id", "descending")]), path / "task.parquet")
        assert "task.parquet" in read(path)[1][0][0]

    def test_a_row_that_is_no_record_costs_its_notice_only(self, tmp_path: Path) -> None:
        path = write(tmp_path / "kho.sqlite", corpus()[:3])
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as other:
            other.execute("UPDATE task SET urgency = 'x' WHERE notice_id = ?", [corpus()[1][0]])
        found, told = read(path)
        assert work(found) == work([corpus()[0], corpus()[2]])
        assert told[0][0] == f"{path}#{corpus()[1][0]}"


class TestDocuments:
    def test_one_is_read(self) -> None:
        name, notice = corpus()[0]
        found, told = read(name)
        assert not told and found == [(name, notice)]

    def test_lines_that_hold_no_notices_are_documents(self, tmp_path: Path) -> None:
        path = tmp_path / "vb.jsonl"
        path.write_text('{"id": "a1", "text": "Giao Sở Y tế trình Đề án."}\n', encoding="utf-8")
        ((name, notice),), told = read(path)
        assert not told and name == f"{path}#a1" and len(notice.tasks) == 1

    @pytest.mark.parametrize("source", [".", "*.txt"])
    def test_a_folder_and_a_pattern_are_converted(self, source: str, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Giao Sở Y tế trình Đề án.", encoding="utf-8")
        (tmp_path / "b.txt").write_text("", encoding="utf-8")
        (tmp_path / "c.txt").write_text("Giao Sở Tài chính bố trí vốn.", encoding="utf-8")
        found, ((failed, _),) = read(tmp_path / source)
        assert [Path(name).name for name, _ in found] == ["a.txt", "c.txt"]
        assert failed == str(tmp_path / "b.txt")

    def test_a_folder_that_convert_made_is_read_back(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Giao Sở Y tế trình Đề án.", encoding="utf-8")
        pytest.importorskip("xlsxwriter")
        archive.convert([tmp_path / "a.txt"], [tmp_path / "out"], workers=1)
        (tmp_path / "a.txt").unlink()
        ((name, notice),), told = read(tmp_path / "out")
        assert not told and name == str(tmp_path / "a.txt") and len(notice.tasks) == 1

    def test_what_is_not_there_is_told(self) -> None:
        found, ((source, reason),) = read("không-có.sqlite")
        assert not found and source == "không-có.sqlite" and "không tìm thấy" in reason


@pytest.mark.parametrize("sources", ["kho.jsonl", [], [""], [3]])
def test_a_wrong_call_is_refused_at_once(sources: object) -> None:
    with pytest.raises(ArgumentError):
        store.notices(sources, on_error=lambda *one: None)  # type: ignore[arg-type]
