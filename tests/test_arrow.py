"""Arrow in, Arrow out, and the examples of docs/engines.md with the engines that are here."""

import datetime
import json
import os
import re
import shutil
import sys
from pathlib import Path
from typing import Any

import pytest

import vnpolicy
from vnpolicy.errors import ArgumentError

pa = pytest.importorskip("pyarrow")
from vnpolicy import arrow  # noqa: E402

ROOT = Path(__file__).parent.parent
TEXTS = [path.read_text() for path in sorted((ROOT / "corpus" / "notices").glob("*.txt"))[:3]]
TEXT = "Giao Bộ Y tế chủ trì, phối hợp với Bộ Tài chính trình Đề án trước ngày 30/6/2025."


def extracted(*batches: Any) -> list[dict[str, Any]]:
    found = list(arrow.extract_batches(batches))
    assert [one.num_rows for one in found] == [one.num_rows for one in batches]
    assert all(one.schema == arrow.SCHEMA for one in found)
    return [row for one in found for row in one.to_pylist()]


def batch(**columns: Any) -> Any:
    return pa.RecordBatch.from_pydict(columns)


def test_the_rows_say_what_the_notices_say() -> None:
    ids = [f"d{number}" for number in range(len(TEXTS))]
    rows = extracted(batch(id=ids, text=TEXTS), batch(id=["x"], text=[TEXT]))
    for row, text in zip(rows, [*TEXTS, TEXT], strict=True):
        notice = vnpolicy.extract(text)
        assert (row["number"], row["doc_type"]) == (notice.header.number, notice.header.doc_type)
        assert row["issued_on"] == notice.header.issued_on and row["error"] is None
        assert vnpolicy.Notice.model_validate_json(row["notice"]) == notice
        assert [one["id"] for one in row["tasks"]] == [one.id for one in notice.tasks]
        assert [one["due_on"] for one in row["tasks"]] == [one.due_on for one in notice.tasks]
        assert all(text[one["start"] : one["end"]] == one["text"] for one in row["tasks"])
    (task,) = rows[-1]["tasks"]
    assert (task["lead"], task["support"]) == (["Bộ Y tế"], ["Bộ Tài chính"])
    assert (task["lead_ids"], task["support_ids"]) == (["bo-y-te"], ["bo-tai-chinh"])


def test_bytes_dates_and_types_of_text() -> None:
    day = datetime.date(2024, 4, 2)
    text = "Thủ tướng yêu cầu Bộ Y tế trình Đề án trước ngày 10/5."
    data = [text.encode("utf-16"), b"%PDF-1.7 broken", b""]
    first, damaged, empty = extracted(
        batch(id=["a", "b", "c"], data=data, anchor_date=[day, None, None])
    )
    assert first["tasks"][0]["due_on"] == datetime.date(2024, 5, 9)
    assert damaged["error"].startswith("DamagedError: ") and damaged["notice"] is None
    assert empty["error"].startswith("EmptyError: ") and empty["tasks"] is None
    for kind in (pa.large_string(), pa.string_view()):
        column = pa.array([TEXT], kind)
        (row,) = extracted(pa.RecordBatch.from_arrays([column, column], ["id", "text"]))
        assert row["id"] == TEXT and len(row["tasks"]) == 1


def test_a_bad_row_costs_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    from vnpolicy import pipeline

    whole = pipeline.extract

    def extract(text: str, anchor: datetime.date | None) -> vnpolicy.Notice:
        if text == "boom":
            raise RuntimeError("boom")
        return whole(text, anchor)

    monkeypatch.setattr(pipeline, "extract", extract)
    offsets = pa.array([0, 2, 4, 6], pa.int32()).buffers()[1]
    no_text = pa.py_buffer(b"ab\xff\xfecd")
    broken = pa.Array.from_buffers(pa.string(), 3, [None, offsets, no_text])
    rows = extracted(
        batch(id=["a", "b", None, "d"], text=[TEXT, "boom", TEXT, None]),
        pa.RecordBatch.from_arrays([pa.array(["e", "f", "g"]), broken], ["id", "text"]),
    )
    assert [row["id"] for row in rows] == ["a", "b", None, "d", "e", "f", "g"]
    assert [row["error"] is None for row in rows] == [True, False, True, False, True, False, True]
    assert rows[1]["error"] == "internal error, please report it: RuntimeError: boom"
    mail = f"From: a@b.vn\nTo: c@d.vn\nSubject: TB\n\n{TEXT}\n".encode()
    assert extracted(batch(id=["m"], data=[mail]))[0]["error"] is None


@pytest.mark.parametrize(
    "columns",
    [
        {"id": ["a"]},
        {"text": ["a"]},
        {"id": [1], "text": ["a"]},
        {"id": ["a"], "text": [b"a"]},
        {"id": ["a"], "data": ["a"]},
        {"id": ["a"], "text": ["a"], "anchor_date": ["2024-05-06"]},
    ],
)
def test_a_wrong_call(columns: dict[str, Any]) -> None:
    with pytest.raises(ArgumentError):
        list(arrow.extract_batches([batch(**columns)]))


def test_nothing() -> None:
    assert extracted() == []
    assert extracted(batch(id=pa.array([], pa.string()), text=pa.array([], pa.string()))) == []


class TestEngines:
    """The examples run as they stand in the document, and give the rows of the function."""

    @pytest.fixture(autouse=True)
    def data(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        import pyarrow.parquet

        monkeypatch.chdir(tmp_path)
        texts = [*TEXTS, TEXT, None]
        self.table = pa.table({"id": list("abcde"), "text": texts, "more": [1] * 5})
        pyarrow.parquet.write_table(self.table, "kho.parquet", row_group_size=2)

    def run(self, engine: str) -> dict[str, Any]:
        text = (ROOT / "docs" / "engines.md").read_text()
        found = re.search(rf"## {engine}\n.*?```python\n(.*?)```", text, re.DOTALL)
        assert found
        names: dict[str, Any] = {"__name__": "__main__"}
        exec(compile(found.group(1), engine, "exec"), names)
        return names

    def expected(self) -> list[dict[str, Any]]:
        return extracted(*self.table.select(["id", "text"]).to_batches())

    def count(self) -> int:
        return sum(len(row["tasks"] or ()) for row in self.expected())

    def test_duckdb(self) -> None:
        pytest.importorskip("duckdb")
        names = self.run("DuckDB")
        held = names["database"].sql("from notice").to_arrow_table().to_pylist()
        assert held == self.expected()
        assert len(names["tasks"].fetchall()) == self.count()

    def test_polars(self) -> None:
        pytest.importorskip("polars")
        names = self.run("Polars")
        assert names["notices"].to_dicts() == self.expected()
        assert names["tasks"].height == self.count()

    def test_dask(self) -> None:
        dask = pytest.importorskip("dask")
        pytest.importorskip("dask.bag")
        with dask.config.set(scheduler="synchronous"):
            assert self.run("Dask")["notices"].to_pylist() == self.expected()

    def test_ray(self) -> None:
        pytest.importorskip("ray")
        rows = self.run("Ray Data")["notices"].take_all()
        assert sorted(row["notice"] or "" for row in rows) == sorted(
            row["notice"] or "" for row in self.expected()
        )

    def test_spark(self, monkeypatch: pytest.MonkeyPatch) -> None:
        pytest.importorskip("pyspark", reason="SPARK NOT TRIED: pyspark is not installed")
        if not shutil.which("java") and not os.environ.get("JAVA_HOME"):
            pytest.skip("SPARK NOT TRIED: there is no Java")
        monkeypatch.setenv("PYSPARK_PYTHON", sys.executable)
        names = self.run("Spark")
        try:
            rows = [row.asDict(recursive=True) for row in names["notices"].collect()]
            assert sorted(rows, key=lambda row: row["id"]) == self.expected()
            assert names["tasks"].count() == self.count()
        finally:
            names["spark"].stop()


def test_the_document_names_every_column() -> None:
    text = (ROOT / "docs" / "engines.md").read_text()
    fields = [
        *arrow.SCHEMA.names,
        *(one.name for one in arrow.SCHEMA.field("tasks").type.value_type),
    ]
    assert [name for name in fields if f"`{name}`" not in text] == []
    assert json.loads(extracted(batch(id=["a"], text=[TEXT]))[0]["notice"])["schema_version"] == "1"
