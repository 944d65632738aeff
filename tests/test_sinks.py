"""What a run over an archive writes: every output holds what the notices hold."""

import contextlib
import csv
import datetime
import gzip
import json
import sqlite3
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

import vnpolicy
from vnpolicy.errors import ArgumentError, DamagedError, MissingToolError
from vnpolicy.models import Notice, Quantity, Span
from vnpolicy.writers import batch, sqlite, table, tables
from vnpolicy.writers.sink import DATABASES, SUFFIXES, open_sink

pytest.importorskip("pyarrow")
pytest.importorskip("duckdb")
pytest.importorskip("xlsxwriter")

CORPUS = Path(__file__).parent.parent / "corpus" / "notices"
Named = list[tuple[str, Notice]]


@cache
def documents() -> Named:
    paths = sorted(CORPUS.glob("*.txt"))[:4]
    return [(path.name, vnpolicy.extract(path.read_text(encoding="utf-8"))) for path in paths]


def write(path: Path, notices: Named, *, previous: Path | None = None) -> Path:
    sink = open_sink(path, suffix="".join(path.suffixes), previous=previous)
    for name, notice in notices:
        sink.add(name, notice)
    sink.close()
    return path


def expected(notices: Named) -> dict[str, list[tables.Cells]]:
    found: dict[str, list[tables.Cells]] = {one.name: [] for one in tables.TABLES}
    for name, notice in notices:
        for of, row in tables.rows(name, notice):
            found[of].append(row)
    return found


def quantity(value: str) -> Quantity:
    return Quantity(span=Span(0, 1), text="x", value=Decimal(value))


@contextlib.contextmanager
def opened(path: Path) -> Iterator[Callable[..., list[Any]]]:
    """A way to ask the database at ``path``, whichever it is."""
    if path.suffix == ".duckdb":
        import duckdb

        base: Any = duckdb.connect(str(path))
    else:
        base = sqlite3.connect(path)
    try:
        yield lambda query, *given: base.execute(query, given).fetchall()
        base.commit()
    finally:
        base.close()


class TestTables:
    def test_every_row_has_its_tables_cells(self) -> None:
        for name, kept in expected(documents()).items():
            columns = next(one.columns for one in tables.TABLES if one.name == name)
            for row in kept:
                for cell, column in zip(row, columns, strict=True):
                    assert cell is not None or not column.required, (name, column.name)

    def test_no_record_is_left_out(self) -> None:
        rows = expected(documents())
        notices = [notice for _, notice in documents()]
        tasks = [task for one in notices for task in (*one.tasks, *one.guidance)]
        counts = {
            "notice": len(notices),
            "segment": sum(len(one.segments) for one in notices),
            "task": len(tasks),
            "task_assignee": sum(len(task.assignees) for task in tasks),
            "deadline": sum(len(task.deadlines) for task in tasks),
            "quantity": sum(len(one.quantities) for one in notices),
            "reference": sum(len(one.references) for one in notices),
            "warning": sum(len(one.warnings) for one in notices),
        }
        assert counts == {name: len(rows[name]) for name in counts}
        assert len(tasks) > 40 and rows["task_agency"]

    def test_keys_are_keys(self) -> None:
        rows = expected(documents())
        for one in tables.TABLES:
            places = [[column.name for column in one.columns].index(name) for name in one.key]
            keys = [tuple(row[place] for place in places) for row in rows[one.name]]
            assert len(set(keys)) == len(keys)


class TestJsonLines:
    @pytest.mark.parametrize("suffix", [".jsonl", ".jsonl.gz", ".jsonl.zst"])
    def test_the_notices_come_back(self, suffix: str, tmp_path: Path) -> None:
        data = write(tmp_path / f"a{suffix}", documents()).read_bytes()
        if suffix.endswith(".gz"):
            data = gzip.decompress(data)
        if suffix.endswith(".zst"):
            import pyarrow

            data = pyarrow.input_stream(pyarrow.py_buffer(data), compression="zstd").read()
        lines = data.decode().split("\n")
        assert lines.pop() == ""
        assert [Notice.model_validate_json(line) for line in lines] == [n for _, n in documents()]


class TestSameBytes:
    @pytest.mark.parametrize("suffix", [one for one in SUFFIXES if one != ".duckdb"])
    def test_the_same_notices_give_the_same_bytes(self, suffix: str, tmp_path: Path) -> None:
        first, second = (write(tmp_path / f"{stem}{suffix}", documents()) for stem in "ab")
        if first.is_dir():
            assert sorted(one.stem for one in first.iterdir()) == sorted(
                one.name for one in tables.TABLES
            )
            for file in first.iterdir():
                assert file.read_bytes() == (second / file.name).read_bytes()
        else:
            assert first.read_bytes() == second.read_bytes()


class TestDatabases:
    @pytest.mark.parametrize("suffix", DATABASES)
    def test_rows_are_those_of_the_notices(self, suffix: str, tmp_path: Path) -> None:
        with opened(write(tmp_path / f"a{suffix}", documents())) as ask:
            for one in tables.TABLES:
                names = ", ".join(f'"{column.name}"' for column in one.columns)
                found = ask(f"SELECT {names} FROM {one.name}")
                kept = expected(documents())[one.name]
                assert sorted(map(told, found)) == sorted(map(told, kept))
            (due,) = ask("SELECT count(*) FROM task WHERE due_on < '2024-01-01'")[0]
        before = datetime.date(2024, 1, 1)
        tasks = [task for _, one in documents() for task in (*one.tasks, *one.guidance)]
        assert due == sum(task.due_on is not None and task.due_on < before for task in tasks) > 0

    @pytest.mark.parametrize("suffix", [".duckdb", ".sqlite"])
    def test_an_earlier_file_is_taken_over(self, suffix: str, tmp_path: Path) -> None:
        old = write(tmp_path / f"old{suffix}", documents()[:3])
        with opened(old) as ask:
            ask("CREATE VIEW mine AS SELECT count(*) AS n FROM task")
        changed = documents()[1][1].model_copy(
            update={"tasks": documents()[1][1].tasks[:2], "guidance": [], "segments": []}
        )
        before = old.read_bytes()
        fresh = [(documents()[1][0], changed), documents()[3]]
        new = write(tmp_path / f"new{suffix}", fresh, previous=old)
        assert old.read_bytes() == before
        now = expected([documents()[0], documents()[2], *fresh])
        with opened(new) as ask:
            counts = {
                one.name: ask(f"SELECT count(*) FROM {one.name}")[0][0] for one in tables.TABLES
            }
            assert counts == {name: len(rows) for name, rows in now.items()}
            assert ask("SELECT n FROM mine") == [(len(now["task"]),)]

    @pytest.mark.parametrize("suffix", [".duckdb", ".sqlite"])
    def test_small_batches_lose_nothing(
        self, suffix: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(batch, "ROWS", 7)
        monkeypatch.setattr(sqlite, "_NOTICES", 1)
        old = write(tmp_path / f"old{suffix}", documents())
        new = write(tmp_path / f"new{suffix}", documents(), previous=old)
        with opened(new) as ask:
            for name, rows in expected(documents()).items():
                assert ask(f"SELECT count(*) FROM {name}") == [(len(rows),)]

    @pytest.mark.parametrize("suffix", [".duckdb", ".sqlite"])
    def test_two_documents_may_share_a_tasks_id(self, suffix: str, tmp_path: Path) -> None:
        twice = [("a.txt", documents()[0][1]), ("a.zip!/a.txt", documents()[0][1])]
        with opened(write(tmp_path / f"a{suffix}", twice)) as ask:
            assert ask("SELECT count(DISTINCT notice_id) FROM task GROUP BY task_id LIMIT 1") == [
                (2,)
            ]

    @pytest.mark.parametrize("suffix", [".duckdb", ".sqlite"])
    def test_numbers_stay_exact(self, suffix: str, tmp_path: Path) -> None:
        given = ["12.5", "123456789012345678901234567890", "0.123456789012345", "1E+40"]
        notice = Notice(text="x\x00y", quantities=[quantity(value) for value in given])
        with opened(write(tmp_path / f"a{suffix}", [("a", notice)])) as ask:
            texts = ask("SELECT value_text FROM quantity ORDER BY ordinal")
            assert [Decimal(text) for (text,) in texts] == [Decimal(value) for value in given]
            found = [value for (value,) in ask("SELECT value FROM quantity ORDER BY ordinal")]
            assert ask("SELECT text FROM notice") == [("x\x00y",)]
        assert found[0] == Decimal("12.5")
        assert found[2:] == [None, None]

    @pytest.mark.parametrize("suffix", [".duckdb", ".sqlite"])
    def test_what_is_no_such_database_is_refused(self, suffix: str, tmp_path: Path) -> None:
        broken = tmp_path / "broken"
        broken.write_bytes(b"no database" * 1000)
        with pytest.raises(DamagedError, match="broken"):
            open_sink(tmp_path / f"a{suffix}", suffix=suffix, previous=broken)
        other = tmp_path / f"other{suffix}"
        with opened(other) as ask:
            ask("CREATE TABLE notice (x INT)")
        with pytest.raises(ArgumentError, match="notice"):
            open_sink(tmp_path / f"b{suffix}", suffix=suffix, previous=other)


def told(row: tuple[Any, ...]) -> tuple[str, ...]:
    """A row as text, whatever a database makes of a date, a truth or a number."""
    cells: list[str] = []
    for cell in row:
        if isinstance(cell, bool):
            cells.append(str(int(cell)))
        elif isinstance(cell, Decimal | float | int):
            cells.append(format(float(cell), ".9g"))
        else:
            cells.append(str(cell))
    return tuple("1" if cell == "1.0" else cell for cell in cells)


class TestNames:
    @pytest.mark.parametrize("suffix", [one for one in SUFFIXES if not one.startswith(".jsonl")])
    def test_a_file_name_that_is_no_text_costs_nothing(self, suffix: str, tmp_path: Path) -> None:
        name = b"t\xe0i li\xeau.doc".decode("utf-8", "surrogateescape")
        old = write(tmp_path / f"old{suffix}", [(name, documents()[0][1])])
        new = write(tmp_path / f"new{suffix}", [(name, documents()[0][1])], previous=old)
        if suffix in DATABASES:
            with opened(new) as ask:
                assert ask("SELECT notice_id FROM notice") == [("t\\udce0i li\\udceau.doc",)]


class TestJournals:
    def test_what_its_owner_wrote_last_comes_too(self, tmp_path: Path) -> None:
        old = write(tmp_path / "a.sqlite", documents()[:1])
        owner = sqlite3.connect(old)
        owner.execute("PRAGMA journal_mode = WAL")
        owner.execute("UPDATE notice SET number = 'mine'")
        owner.commit()
        new = write(tmp_path / "b.sqlite", documents()[1:2], previous=old)
        owner.close()
        with opened(new) as ask:
            assert ("mine",) in ask("SELECT number FROM notice")
            assert ask("PRAGMA journal_mode") == [("delete",)]
        assert not new.with_name("b.sqlite-wal").exists()


class TestSearch:
    def found(self, path: Path, words: str) -> set[str]:
        query = (
            "SELECT notice.notice_id FROM notice_search JOIN notice ON search_id = "
            "notice_search.rowid WHERE notice_search MATCH ?"
        )
        with opened(path) as ask:
            return {name for (name,) in ask(query, words)}

    def test_words_are_found_without_their_marks(self, tmp_path: Path) -> None:
        notices = [
            ("y", Notice(text="Giao Bộ Y tế chủ trì")),
            ("d", Notice(text="Bộ Lao động trình Đề án ưu đãi")),
        ]
        path = write(tmp_path / "a.sqlite", notices)
        for words in ("bo y te", "Bộ Y tế", "BO Y TE", '"bo y te"'):
            assert self.found(path, words) == {"y"}
        for words in ("lao dong", "Lao động", "de an", "đề án", '"bo lao dong trinh"', "uu dai"):
            assert self.found(path, words) == {"d"}

    def test_the_index_keeps_in_step(self, tmp_path: Path) -> None:
        old = write(tmp_path / "a.sqlite", [("a", Notice(text="đường sắt")), *documents()])
        new = write(tmp_path / "b.sqlite", [("a", Notice(text="cầu cảng"))], previous=old)
        assert self.found(old, "duong sat") >= {"a"}
        assert "a" not in self.found(new, "duong sat")
        assert self.found(new, "cau cang") >= {"a"}
        with opened(new) as ask:
            for search in ("notice_search", "task_search"):
                # FTS5's own check of the index against the rows; it raises where they differ.
                ask(f"INSERT INTO {search}({search}, rank) VALUES ('integrity-check', 1)")
            assert ask("PRAGMA foreign_key_check") == []
            ask("DELETE FROM notice WHERE notice_id = 'a'")
        assert self.found(new, "cau cang") == self.found(old, "cau cang")


class TestParquet:
    def test_pandas_and_polars_read_it(self, tmp_path: Path) -> None:
        pandas = pytest.importorskip("pandas")
        polars = pytest.importorskip("polars")
        folder = write(tmp_path / "a.parquet", documents())
        for name, rows in expected(documents()).items():
            frame = polars.read_parquet(folder / f"{name}.parquet")
            assert frame.rows() == rows
            assert len(pandas.read_parquet(folder / f"{name}.parquet")) == len(rows)

    def test_an_archive_without_documents_has_all_tables(self, tmp_path: Path) -> None:
        from pyarrow import parquet

        folder = write(tmp_path / "a.parquet", [])
        for one in tables.TABLES:
            read = parquet.read_table(folder / f"{one.name}.parquet")
            assert read.column_names == [column.name for column in one.columns]
            assert read.num_rows == 0

    def test_row_groups_are_bounded(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        from pyarrow import parquet

        monkeypatch.setattr(batch, "SIZE", 2_000)
        folder = write(tmp_path / "a.parquet", documents())
        file = parquet.ParquetFile(folder / "notice.parquet")
        assert file.metadata.num_row_groups > 1
        assert file.metadata.num_rows == len(documents())


class TestCsv:
    def test_it_is_the_sheet_of_all_documents(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.csv", documents())
        with path.open(encoding="utf-8-sig", newline="") as file:
            lines = list(csv.reader(file))
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        assert lines[0] == list(table.COLUMNS)
        tasks = [(name, task) for name, one in documents() for task in one.tasks]
        assert [line[0] for line in lines[1:]] == [str(n) for n in range(1, len(tasks) + 1)]
        for line, (name, _) in zip(lines[1:], tasks, strict=True):
            assert f"Tệp: {name}" in line[-1]


class TestDoor:
    def test_another_suffix_is_refused_with_what_is_allowed(self, tmp_path: Path) -> None:
        with pytest.raises(ArgumentError, match=r"\.docx.*\.jsonl.*\.parquet.*\.xlsx"):
            open_sink(tmp_path / "a", suffix=".docx")

    @pytest.mark.parametrize(
        ("suffix", "package"),
        [
            (".parquet", "pyarrow"),
            (".duckdb", "duckdb"),
            (".xlsx", "xlsxwriter"),
            (".jsonl.zst", "pyarrow"),
        ],
    )
    def test_an_absent_package_is_named(
        self, suffix: str, package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, package, None)
        monkeypatch.setitem(__import__("sys").modules, f"{package}.parquet", None)
        with pytest.raises(
            MissingToolError, match=rf"{package}.*pip install 'vnpolicy\[archive\]'"
        ):
            open_sink(tmp_path / "a", suffix=suffix)

    def test_a_line_of_json_is_a_notice_and_nothing_else(self, tmp_path: Path) -> None:
        path = write(tmp_path / "a.jsonl", [("a", Notice(text="một\u2028hai"))])
        assert json.loads(path.read_text(encoding="utf-8"))["text"] == "một\u2028hai"
