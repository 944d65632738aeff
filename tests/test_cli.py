"""The command line as a clerk or a script meets it: output, errors, exit status."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest

from vnpolicy import Notice, pipeline
from vnpolicy.cli import main

NOTICE = (
    "Số: 88/TB-UBND\nCần Thơ, ngày 04 tháng 3 năm 2025\n\nTHÔNG BÁO\n"
    "Kết luận của Chủ tịch UBND thành phố tại cuộc họp về cấp nước mùa khô\n\n"
    "Chủ tịch UBND thành phố yêu cầu:\n\n"
    "1. Sở Xây dựng chủ trì, phối hợp với Sở Tài chính lập phương án cấp nước, "
    "hoàn thành trước ngày 25/3/2025.\n"
    "2. Sở Y tế kiểm tra chất lượng nước.\n"
)


@pytest.fixture
def notice(tmp_path: Path) -> Path:
    path = tmp_path / "tb88.txt"
    path.write_text(NOTICE, encoding="utf-8")
    return path


def run(*arguments: str, data: bytes = b"", cwd: Path | None = None) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "vnpolicy", *arguments],
        input=data,
        capture_output=True,
        check=False,
        cwd=cwd,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "COLUMNS": "100"},
    )
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class TestExtract:
    def test_json_is_a_line_a_document(
        self, notice: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["extract", "--json", str(notice), str(notice)]) == 0
        first, second = capsys.readouterr().out.splitlines()
        assert first == second
        found = Notice.model_validate_json(first)
        assert found.text == NOTICE
        assert found.source.uri == notice.as_uri()
        assert [str(task.due_on) for task in found.tasks] == ["2025-03-24", "None"]

    def test_a_person_reads_an_account(
        self, notice: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("COLUMNS", "80")
        assert main(["extract", str(notice)]) == 0
        told = capsys.readouterr().out
        for words in ("88/TB-UBND", "04/03/2025", "Sở Xây dựng", "24/03/2025", "Nhiệm vụ: 2"):
            assert words in told
        assert max(map(len, told.splitlines())) <= 80

    def test_standard_input_and_a_console_in_ascii(self) -> None:
        status, out, err = run("extract", "-", data=NOTICE.encode("utf-8-sig"))
        assert (status, err) == (0, "")
        assert "Sở Xây dựng" in out
        status, out, _ = run("extract", "--json", "-", data=NOTICE.encode())
        source = json.loads(out)["source"]
        assert (source["uri"], source["media_type"]) == (None, "text/plain")
        assert len(source["sha256"]) == 64

    def test_an_anchor_date_decides_the_year(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        path = tmp_path / "a.txt"
        path.write_text("Giao Sở Y tế báo cáo trước ngày 20/8.", encoding="utf-8")
        main(["extract", "--json", "--anchor-date", "2023-02-01", str(path)])
        found = Notice.model_validate_json(capsys.readouterr().out)
        assert str(found.anchor_date) == "2023-02-01"
        assert str(found.tasks[0].due_on) == "2023-08-19"


class TestErrors:
    def test_one_bad_document_never_costs_another(self, notice: Path, tmp_path: Path) -> None:
        bad = tmp_path / "cũ.txt"
        bad.write_bytes(b"S\xf4 Y t\xd5")
        status, out, err = run("extract", "--json", str(bad), str(notice), str(tmp_path / "no.txt"))
        assert status == 1
        assert len(out.splitlines()) == 1
        first, second = err.splitlines()
        assert first.startswith(f"vnpolicy: {bad}: no encoding reads it for certain")
        assert second == f"vnpolicy: {tmp_path / 'no.txt'}: no such file / không tìm thấy tệp"

    def test_a_fault_of_the_library_is_one_line_too(
        self,
        notice: Path,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        def fail(*_: object) -> Notice:
            raise ZeroDivisionError("a\nb")

        monkeypatch.setattr(pipeline, "extract_item", fail)
        assert main(["extract", str(notice)]) == 1
        told = capsys.readouterr().err
        assert told.count("\n") == 1
        assert f"{notice}: internal error, please report it: ZeroDivisionError: a b" in told

    @pytest.mark.parametrize(
        "arguments",
        [
            [],
            ["nope"],
            ["extract"],
            ["extract", "--anchor-date", "24/5/2024", "x"],
            ["view", "x"],
            ["evaluate", "a", "b", "-v", "nope"],
        ],
        ids=" ".join,
    )
    def test_wrong_use_is_one_line_and_status_2(
        self, arguments: list[str], capsys: pytest.CaptureFixture[str]
    ) -> None:
        with pytest.raises(SystemExit) as caught:
            main(arguments)
        told = capsys.readouterr()
        assert caught.value.code == 2
        assert told.out == ""
        assert len(told.err.splitlines()) == 1
        assert "--help" in told.err

    def test_a_reader_that_stops_early_is_no_error(self, notice: Path) -> None:
        command = f"'{sys.executable}' -m vnpolicy extract --json " + f"'{notice}' " * 200
        done = subprocess.run(
            ["bash", "-c", f"set -o pipefail; {command} | head -c 100"],
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")

    def test_a_place_that_cannot_be_written_is_named(
        self, notice: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["view", str(notice), "-o", str(notice / "x.html")]) == 1
        assert "cannot be written" in capsys.readouterr().err


class TestOtherCommands:
    def test_convert_writes_the_set(
        self, notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        folder, out = tmp_path / "in", tmp_path / "out"
        folder.mkdir()
        for name in ("b.md", "a.txt", "c.json"):
            (folder / name).write_text(f"{NOTICE}\n{name}\n", encoding="utf-8")
        assert main(["convert", str(folder), str(notice), "-o", str(out)]) == 0
        names = sorted(path.name for path in out.iterdir())
        assert names == [".journal", "notices.jsonl", "notices.sqlite", "tasks.csv", "tasks.xlsx"]
        lines = (out / "notices.jsonl").read_text(encoding="utf-8").splitlines()
        found = [Notice.model_validate_json(line) for line in lines]
        assert [Path(one.source.uri or "").name for one in found] == ["a.txt", "b.md", "tb88.txt"]
        sheet = (out / "tasks.csv").read_bytes().decode("utf-8-sig")
        assert sheet.count("88/TB-UBND") >= 6
        assert "3 văn bản (documents)" in capsys.readouterr().out

    def test_what_convert_leaves_with(self, notice: Path, tmp_path: Path) -> None:
        bad = tmp_path / "hong.docx"
        bad.write_bytes(b"PK\x03\x04 word/ hong")
        out = ["-o", str(tmp_path / "x.jsonl")]
        assert main(["convert", str(notice), *out]) == 0
        assert main(["convert", str(notice), str(bad), *out]) == 1
        assert main(["convert", str(bad), *out]) == 3
        assert main(["convert", str(notice), "-o", str(tmp_path / "x.pdf")]) == 2

    def test_view_writes_a_page(self, notice: Path, tmp_path: Path) -> None:
        assert main(["view", str(notice), "-o", str(tmp_path / "new" / "tb.html")]) == 0
        html = (tmp_path / "new" / "tb.html").read_text(encoding="utf-8")
        assert "<h1>88/TB-UBND ngày 04/03/2025</h1>" in html
        assert 'class="task' in html

    def test_explain_names_rules(self, notice: Path, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["explain", str(notice)]) == 0
        assert "trước ngày 25/3/2025" in capsys.readouterr().out

    def test_evaluate_gives_figures(
        self, notice: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        deadline = {"quote": "trước ngày 25/3/2025", "due_on": "2025-03-24", "recurrence": None}
        wrong = {"quote": "mùa khô", "due_on": None}
        gold = {"text_file": notice.name, "deadlines": [deadline, wrong]}
        (tmp_path / "tb88.json").write_text(json.dumps(gold), encoding="utf-8")
        out = tmp_path / "figures.json"
        options = ["-v", "deadlines", "--json", str(out)]
        assert main(["evaluate", str(tmp_path), str(tmp_path), *options]) == 0
        told = capsys.readouterr().out
        assert "== tb88" in told
        assert "MISSED deadlines" in told
        assert json.loads(out.read_text(encoding="utf-8"))["total"]["deadlines"]["tp"] == 1

    def test_evaluate_without_gold_says_so(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["evaluate", str(tmp_path), str(tmp_path)]) == 1
        assert "no gold files" in capsys.readouterr().err

    def test_the_schema_is_the_contract(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["schema"]) == 0
        schema = json.loads(capsys.readouterr().out)
        assert schema["$schema"].startswith("https://json-schema.org/")
        assert schema["$defs"]["Quantity"]["properties"]["value"]["type"] == "string"
        assert set(schema["properties"]) >= {"text", "tasks", "segments", "warnings"}

    def test_version(self) -> None:
        assert run("--version")[:2] == (0, f"vnpolicy {version('vnpolicy')}\n")
