"""What trackers import, against their documented rules; and the public way to write any output."""

import csv
import datetime
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import vnpolicy
from vnpolicy import writers
from vnpolicy.errors import ArgumentError
from vnpolicy.models import Notice
from vnpolicy.models.work_item import WorkItem
from vnpolicy.writers import tracker
from vnpolicy.writers.item import description
from vnpolicy.writers.sink import SUFFIXES, suffix_of
from work_items import everything, item, party, repeat

TRACKERS = sorted(tracker.TRACKERS)
ICS = pytest.importorskip("icalendar")


def written(folder: Path, suffix: str, items: list[WorkItem]) -> list[list[str]]:
    """The rows of the file, its heading first."""
    path = folder / f"a{suffix}"
    sink = tracker.TrackerSink(path, suffix=suffix)
    for one in items:
        sink.add_item(one)
    sink.close()
    text = path.read_bytes().decode()
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


def one(folder: Path, suffix: str, task: WorkItem) -> dict[str, str]:
    """The task's cells by their heading; the first of those that are called alike."""
    heading, *_, row = written(folder, suffix, [task])
    return dict(zip(reversed(heading), reversed(row), strict=True))


class TestEach:
    @pytest.mark.parametrize("suffix", TRACKERS)
    def test_a_row_a_task_as_wide_as_the_heading(self, suffix: str, tmp_path: Path) -> None:
        tasks = [item(), everything(), item(key="k3", due_on=None), item()]
        heading, *rows = written(tmp_path, suffix, tasks)
        assert heading == list(tracker.TRACKERS[suffix][0])
        assert {len(row) for row in rows} == {len(heading)}
        assert len([row for row in rows if row[0] != "section"]) == 3

    @pytest.mark.parametrize("suffix", TRACKERS)
    def test_bytes(self, suffix: str, tmp_path: Path) -> None:
        found = []
        for _ in range(2):
            written(tmp_path, suffix, [item(), everything()])
            found.append((tmp_path / f"a{suffix}").read_bytes())
        assert found[0] == found[1]
        assert not found[0].startswith(b"\xef\xbb\xbf") and found[0].endswith(b"\r\n")
        assert b"\x00" not in found[0]

    @pytest.mark.parametrize("suffix", TRACKERS)
    def test_the_whole_description_is_there(self, suffix: str, tmp_path: Path) -> None:
        row = one(tmp_path, suffix, item())
        text = next(value for name, value in row.items() if name.lower() == "description")
        assert text.replace("  \n", "\n") == description(item())

    @pytest.mark.parametrize("suffix", TRACKERS)
    def test_nobody_is_assigned(self, suffix: str, tmp_path: Path) -> None:
        row = one(tmp_path, suffix, everything())
        given = {"Assignee", "Collaborators", "RESPONSIBLE", "AUTHOR", "Reporter"} & set(row)
        assert all(not row[name] for name in given)

    @pytest.mark.parametrize("suffix", TRACKERS)
    @given(text=st.text(max_size=60))
    def test_no_cell_is_a_formula(
        self, suffix: str, text: str, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        task = item(title=text, clause=text, subject=text, number=text, leads=[party(text)])
        for row in written(tmp_path_factory.mktemp("a"), suffix, [task]):
            assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))]

    @pytest.mark.parametrize("suffix", TRACKERS)
    def test_marks_of_a_list_go_and_signs_stay(self, suffix: str, tmp_path: Path) -> None:
        heading = tracker.TRACKERS[suffix][0]
        name = heading[1] if suffix == ".todoist.csv" else heading[0]
        for title, shown in (("- Rà soát", "Rà soát"), ("-5 độ", "'-5 độ"), ("=1+1", "'=1+1")):
            assert one(tmp_path, suffix, item(title=title))[name] == shown


class TestJira:
    def test_fields(self, tmp_path: Path) -> None:
        heading, row = written(tmp_path, ".jira.csv", [everything()])
        assert heading.count("Labels") == 5
        assert not re.search(r"[^\w ]", "".join(heading))
        labels = [cell for name, cell in zip(heading, row, strict=True) if name == "Labels"]
        assert labels == ["112/TB-VP", "khan-truong", "ubnd-xa", "Sở-X-mới", "A"]
        assert not [label for label in labels if " " in label]
        cells = one(tmp_path, ".jira.csv", everything())
        assert len(cells["Summary"]) <= 255 and "\n" not in cells["Summary"]
        assert (cells["Issue Type"], cells["Due Date"]) == ("Task", "2025-09-09")
        assert (cells["Priority"], cells["External ID"]) == ("High", "t-all-b")
        assert one(tmp_path, ".jira.csv", item(urgency=None))["Priority"] == ""
        assert one(tmp_path, ".jira.csv", item(due_on=None))["Due Date"] == ""

    def test_nobody_is_called(self, tmp_path: Path) -> None:
        cells = one(tmp_path, ".jira.csv", item(clause="gửi [~accountid:1] ngay"))
        assert "[~" not in cells["Description"]

    def test_a_very_long_clause_fits(self, tmp_path: Path) -> None:
        cells = one(tmp_path, ".jira.csv", item(clause="ổ " * 40_000))
        assert len(cells["Description"]) == 32_767 and cells["Description"].endswith("…")


class TestGitlab:
    # As GitLab's extractor has it: a slash at the beginning of a line, then a name.
    COMMAND = re.compile(r"^/(close|assign|label)(?: [^\n]*)?(?:\s*\n|$)", re.M | re.I)

    def test_fields(self, tmp_path: Path) -> None:
        cells = one(tmp_path, ".gitlab.csv", item())
        assert list(cells) == ["due_date", "description", "title"]
        assert cells["due_date"] == "2025-09-09" and cells["title"] == item().title

    def test_a_text_is_never_a_quick_action(self, tmp_path: Path) -> None:
        task = item(clause="/close\n/assign @all\r/label ~x\r\n\r/close", deliverable="x\n/close")
        text = one(tmp_path, ".gitlab.csv", task)["description"]
        assert self.COMMAND.search(description(task).replace("\r", "\n"))
        assert not self.COMMAND.search(text.replace("\r", ""))
        assert text.startswith("\\/close  \n\\/assign ＠all")

    def test_mail_stays_mail(self) -> None:
        assert tracker.inactive("gửi a.b@chinhphu.vn") == "gửi a.b@chinhphu.vn"

    @given(st.text(alphabet="/close @\n\r\t", max_size=30))
    def test_however_it_is_written(self, text: str) -> None:
        assert not self.COMMAND.search(tracker.inactive(tracker.legible(text)).replace("\r", ""))


class TestTodoist:
    def test_a_section_a_document(self, tmp_path: Path) -> None:
        tasks = [item(), item(key="k2"), item(key="k3", document="b", number="5/KH")]
        _, *rows = written(tmp_path, ".todoist.csv", tasks)
        assert [row[0] for row in rows] == ["section", "task", "task", "section", "task"]
        assert rows[3][1] == "5/KH ngày 14/08/2025 - phòng, chống sạt lở"

    def test_priority_is_never_empty(self, tmp_path: Path) -> None:
        assert one(tmp_path, ".todoist.csv", item())["PRIORITY"] == "4"
        assert one(tmp_path, ".todoist.csv", item(urgency="urgent"))["PRIORITY"] == "1"

    def test_a_text_makes_no_label(self, tmp_path: Path) -> None:
        cells = one(tmp_path, ".todoist.csv", item(title="Gửi @nhan và a@b.vn", subject="@x"))
        assert cells["CONTENT"] == "Gửi ＠nhan và a@b.vn"

    def test_days(self, tmp_path: Path) -> None:
        names = ("DATE", "DATE_LANG", "TIMEZONE")
        for changes, when in (
            ({}, ("2025-09-09", "en", "Asia/Ho_Chi_Minh")),
            ({"due_time": "16:30"}, ("2025-09-09 16:30", "en", "Asia/Ho_Chi_Minh")),
            ({"due_on": None}, ("", "", "")),
        ):
            cells = one(tmp_path, ".todoist.csv", item(**changes))
            assert tuple(cells[name] for name in names) == when

    @pytest.mark.parametrize(
        ("rule", "said"),
        [
            ("FREQ=DAILY", "every day"),
            ("FREQ=WEEKLY;BYDAY=MO,FR", "every mon, fri"),
            ("FREQ=MONTHLY;BYMONTHDAY=-1", "every last day"),
            ("FREQ=MONTHLY;BYMONTHDAY=1,22", "every 1st, 22nd"),
            ("FREQ=MONTHLY;BYMONTHDAY=13", "every 13th"),
            ("FREQ=YEARLY;BYMONTH=3,12;BYMONTHDAY=31", "every mar 31, dec 31"),
            ("FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1", ""),
            ("FREQ=MONTHLY;BYMONTHDAY=15,31", ""),
            ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", ""),
            ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=28,29;BYSETPOS=-1", ""),
            ("FREQ=DAILY;INTERVAL=2", ""),
        ],
    )
    def test_a_rule_is_said_exactly_or_not_at_all(
        self, rule: str, said: str, tmp_path: Path
    ) -> None:
        duty = repeat(rule, datetime.date(2025, 8, 24))
        assert one(tmp_path, ".todoist.csv", item(due_on=None, repeats=[duty]))["DATE"] == said
        timed = duty.model_copy(update={"time": "10:00"})
        assert tracker.recurring(timed) == (f"{said} at 10:00" if said else "")
        both = item(repeats=[duty])
        assert one(tmp_path, ".todoist.csv", both)["DATE"] == "2025-09-09"
        twice = item(due_on=None, repeats=[duty, timed])
        assert one(tmp_path, ".todoist.csv", twice)["DATE"] == ""


class TestAsana:
    def test_fields(self, tmp_path: Path) -> None:
        cells = one(tmp_path, ".asana.csv", item(start_on=datetime.date(2025, 8, 3)))
        assert (cells["Start Date"], cells["Due Date"]) == ("08/03/2025", "09/09/2025")
        assert cells["Section"] == "112/TB-VP ngày 14/08/2025 - phòng, chống sạt lở"


class TestWrite:
    NOTICE = vnpolicy.extract("Giao Sở Y tế trình Đề án trước ngày 20/8/2024.")

    @pytest.mark.parametrize("suffix", [one for one in SUFFIXES if one != ".duckdb"])
    def test_writes_what_the_sink_writes(self, suffix: str, tmp_path: Path) -> None:
        path = writers.write(tmp_path / f"a{suffix}", [self.NOTICE, ("b.txt", self.NOTICE)])
        assert path == tmp_path / f"a{suffix}" and path.exists()
        assert [one.name for one in tmp_path.iterdir()] == [path.name]

    def test_a_suffix_may_be_said(self, tmp_path: Path) -> None:
        writers.write(tmp_path / "viec.csv", [self.NOTICE], suffix=".gitlab.csv")
        assert (tmp_path / "viec.csv").read_text(encoding="utf-8").startswith("title,description")

    @pytest.mark.parametrize(("name", "suffix"), [("a.docx", None), ("a", None), ("a.csv", ".x")])
    def test_another_suffix_is_refused(self, name: str, suffix: str | None, tmp_path: Path) -> None:
        with pytest.raises(ArgumentError, match=r"suffix.*\.todoist\.csv"):
            writers.write(tmp_path / name, [self.NOTICE], suffix=suffix)
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("suffix", [".csv", ".ics", ".xml", ".jsonl", ".xlsx"])
    def test_after_an_error_what_was_there_still_is(self, suffix: str, tmp_path: Path) -> None:
        def broken() -> Iterator[Notice]:
            yield self.NOTICE
            raise ZeroDivisionError

        path = tmp_path / f"a{suffix}"
        path.write_bytes(b"before")
        with pytest.raises(ZeroDivisionError):
            writers.write(path, broken())
        assert path.read_bytes() == b"before" and len(list(tmp_path.iterdir())) == 1

    def test_replaces_a_file_and_a_folder(self, tmp_path: Path) -> None:
        pytest.importorskip("pyarrow")
        for suffix in (".csv", ".parquet"):
            for notices in ([self.NOTICE], []):
                writers.write(tmp_path / f"a{suffix}", notices)
        assert (tmp_path / "a.csv").read_bytes().count(b"\n") == 1

    def test_the_longest_suffix_counts(self) -> None:
        assert suffix_of(Path("x.Events.ICS")) == ".events.ics"
        assert suffix_of(Path("x.jira.csv")) == ".jira.csv"
        assert suffix_of(Path("x.my.csv")) == ".csv" and suffix_of(Path("x.txt")) is None

    def test_importing_it_is_cheap(self) -> None:
        import subprocess
        import sys

        code = "import sys, vnpolicy.writers; print(*sys.modules)"
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
        heavy = {"icalendar", "xlsxwriter", "pyarrow", "duckdb", "vnpolicy.writers.sink"}
        assert done.returncode == 0 and heavy.isdisjoint(done.stdout.split())
