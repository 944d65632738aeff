"""Plans for Microsoft Project, as MPXJ reads them, and their XML against the schema's order."""

import datetime
import importlib.util
import json
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest

from vnpolicy import extract
from vnpolicy.models.work_item import WorkItem
from vnpolicy.writers import project
from vnpolicy.writers.outline import headings
from work_items import DUE, HARD, everything, item, party, repeat

NAMESPACE = "{http://schemas.microsoft.com/project}"
TESTS = Path(__file__).parent
# The elements that are written, in the order of mspdi_pj15.xsd.
ORDER = {
    "Project": "SaveVersion Name Title ScheduleFromStart StartDate CalendarUID DefaultStartTime "
    "DefaultFinishTime MinutesPerDay MinutesPerWeek DaysPerMonth NewTasksAreManual "
    "ExtendedAttributes Calendars Tasks Resources Assignments",
    "Task": "UID ID Name Manual Type IsNull WBS OutlineNumber OutlineLevel Priority Start Finish "
    "Duration DurationFormat Milestone Summary ConstraintType Deadline Notes ExtendedAttribute "
    "ManualStart ManualFinish ManualDuration",
    "Resource": "UID ID Name Type IsNull Code MaxUnits",
    "Assignment": "UID TaskUID ResourceUID Units",
    "Calendar": "UID Name IsBaseCalendar WeekDays",
    "WeekDay": "DayType DayWorking WorkingTimes",
}


def written(path: Path, items: list[WorkItem]) -> Path:
    sink = project.ProjectSink(path)
    for one in items:
        sink.add_item(one)
    sink.close()
    return path


def read(path: Path) -> dict[str, Any]:
    if shutil.which("java") is None or importlib.util.find_spec("mpxj") is None:
        pytest.skip("MPXJ needs Java and the package mpxj: the plan was not read back")
    command = [sys.executable, str(TESTS / "project_reader.py"), str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def parts(root: ET.Element, tag: str) -> list[ET.Element]:
    return root.findall(f".//{NAMESPACE}{tag}")


def value(element: ET.Element, tag: str) -> str | None:
    return element.findtext(f"{NAMESPACE}{tag}")


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Three documents' tasks, read back."""
    duty = repeat("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", datetime.date(2025, 9, 30))
    items = [
        item(key="k1", path=["I"]),
        item(key="k2", path=["II", "1", "a", "-"], due_on=None, due_text=None, repeats=[duty]),
        item(key="k3", path=["II", "2"], due_time="09:30", start_on=datetime.date(2025, 9, 8)),
        item(key="k4", path=[], document="b", number=None, issued_on=None, subject=None),
        everything().model_copy(update={"document": "c", "number": "5/KH"}),
    ]
    return read(written(tmp_path_factory.mktemp("plan") / "a.xml", items))


class TestReadBack:
    def test_nothing_is_refused(self, plan: dict[str, Any]) -> None:
        assert plan["errors"] == []

    def test_the_tree(self, plan: dict[str, Any]) -> None:
        assert [
            (one["OutlineNumber"], one["Summary"], one["Name"]) for one in plan["tasks"][:7]
        ] == [
            ("1", "True", "112/TB-VP ngày 14/08/2025 - phòng, chống sạt lở"),
            ("1.1", "False", "Rà soát 14 điểm sạt lở"),
            ("1.2", "True", "Mục II"),
            ("1.2.1", "True", "Mục II.1"),
            ("1.2.1.1", "True", "Mục II.1.a"),
            ("1.2.1.1.1", "False", "Rà soát 14 điểm sạt lở"),
            ("1.2.2", "False", "Rà soát 14 điểm sạt lở"),
        ]
        assert [one["OutlineNumber"] for one in plan["tasks"][7:]] == [
            "2",
            "2.1",
            "3",
            "3.1",
            "3.1.1",
            "3.1.1.1",
        ]
        assert [one["UniqueID"] for one in plan["tasks"]] == [str(n) for n in range(1, 14)]
        assert [one["parent"] for one in plan["tasks"]] == [
            *(None, "1", "1", "3", "4", "5", "3"),
            *(None, "8", None, "10", "11", "12"),
        ]
        assert plan["tasks"][7]["Name"] == "tb112.docx"

    def test_days(self, plan: dict[str, Any]) -> None:
        tasks = plan["tasks"]
        names = ("TaskMode", "ConstraintType", "Start", "Finish", "Duration", "Deadline")
        days = [[one[name] for name in names] for one in tasks]
        manual = ["MANUALLY_SCHEDULED", "AS_SOON_AS_POSSIBLE"]
        assert days[1] == [
            *manual,
            "2025-08-14T08:00",
            "2025-09-09T17:00",
            "27.0d",
            "2025-09-09T17:00",
        ]
        assert days[5] == [*manual, None, None, None, None]
        assert days[6] == [
            *manual,
            "2025-09-08T08:00",
            "2025-09-09T09:30",
            "1.1875d",
            "2025-09-09T09:30",
        ]
        assert days[8][2:4] == ["2025-09-09T08:00", "2025-09-09T17:00"]
        assert all(one["Deadline"] is None for one in tasks if one["Summary"] == "True")
        assert plan["start"] == "2025-08-14T08:00"

    def test_who_leads_and_who_supports(self, plan: dict[str, Any]) -> None:
        assert plan["tasks"][1]["assigned"] == [["Sở Xây dựng", "100.0"], ["Sở Tài chính", "0.0"]]
        assert plan["tasks"][12]["assigned"] == [
            ["UBND các xã / phường / đặc khu", "100.0"],
            ["Sở X (mới)", "100.0"],
            ["A", "100.0"],
            ["Sở Tài chính", "0.0"],
        ]
        assert plan["resources"] == [
            ["Sở Xây dựng", "so-xay-dung-can-tho"],
            ["Sở Tài chính", "so-tai-chinh-can-tho"],
            ["UBND các xã / phường / đặc khu", "ubnd-xa"],
            ["Sở X (mới)", None],
            ["A", None],
        ]

    def test_fields_and_notes(self, plan: dict[str, Any]) -> None:
        assert plan["fields"] == {f"Text{n}": name for n, name in enumerate(project.FIELDS, 1)}
        duty = plan["tasks"][5]
        assert duty["text"] == [
            *("k2", "112/TB-VP ngày 14/08/2025", "II.1.a.-", None),
            *("định kỳ hằng tháng", "Sở Xây dựng"),
        ]
        assert "Các ngày đầu tiên: 30/09/2025; 31/12/2025; 31/03/2026; 30/06/2026" in duty["Notes"]
        hard = plan["tasks"][12]
        assert hard["text"][3:5] == [
            "Phương án, xử lý",
            "16:30 09/09/2025 (trước ngày 10/9/2025); định kỳ hằng tháng",
        ]
        assert "🚧\ufffd =1+1 ổ🚧" in hard["Notes"] and hard["Notes"].startswith(
            'Rà soát, "đánh giá"'
        )
        assert hard["Priority"] != plan["tasks"][1]["Priority"]


class TestXml:
    def test_elements_stand_in_the_order_of_the_schema(self, tmp_path: Path) -> None:
        root = ET.parse(written(tmp_path / "a.xml", [item(), everything()])).getroot()
        for tag, order in ORDER.items():
            places = {name: place for place, name in enumerate(order.split())}
            found = [root] if tag == "Project" else parts(root, tag)
            assert found
            for element in found:
                names = [child.tag.removeprefix(NAMESPACE) for child in element]
                assert names == sorted(names, key=places.__getitem__)

    def test_whatever_the_text_it_is_xml(self, tmp_path: Path) -> None:
        one = item(title=f"<{HARD[:100]}>&]]>", clause="\x01\ufffe\ud800<b>&amp;")
        root = ET.parse(written(tmp_path / "a.xml", [one])).getroot()
        task = parts(root, "Task")[-1]
        assert (value(task, "Name") or "").startswith("<Rà soát")
        assert (value(task, "Notes") or "").startswith("\ufffd\ufffd\\ud800<b>&amp;\n")

    def test_a_task_begins_on_its_last_day_at_the_latest(self, tmp_path: Path) -> None:
        late = item(issued_on=DUE + datetime.timedelta(days=3), due_time="07:00")
        root = ET.parse(written(tmp_path / "a.xml", [late])).getroot()
        task = parts(root, "Task")[-1]
        assert value(task, "Start") == value(task, "Finish") == "2025-09-09T07:00:00"
        assert value(task, "Duration") == "PT0H0M0S"
        late = item(issued_on=DUE + datetime.timedelta(days=3))
        task = parts(ET.parse(written(tmp_path / "b.xml", [late])).getroot(), "Task")[-1]
        assert value(task, "Start") == "2025-09-09T08:00:00"
        assert value(task, "Duration") == "PT8H0M0S"

    def test_who_leads_and_supports_leads(self, tmp_path: Path) -> None:
        both = item(leads=[party("Sở Y tế", "a")], supports=[party("Sở Y tế (mới)", "a")])
        root = ET.parse(written(tmp_path / "a.xml", [both])).getroot()
        assert [value(one, "Units") for one in parts(root, "Assignment")] == ["1"]

    def test_references_lead_somewhere(self, tmp_path: Path) -> None:
        root = ET.parse(written(tmp_path / "a.xml", [item(), everything()])).getroot()
        tasks = {value(one, "UID") for one in parts(root, "Task")}
        resources = {value(one, "UID") for one in parts(root, "Resource")}
        assigned = parts(root, "Assignment")
        assert len({value(one, "UID") for one in assigned}) == len(assigned) == 6
        assert {value(one, "TaskUID") for one in assigned} < tasks
        assert {value(one, "ResourceUID") for one in assigned} == resources

    def test_fields_hold_what_project_allows(self, tmp_path: Path) -> None:
        root = ET.parse(written(tmp_path / "a.xml", [item(deliverable="x " * 500)])).getroot()
        values = [value(one, "Value") or "" for one in parts(root, "ExtendedAttribute")]
        assert max(map(len, values)) == 255

    def test_the_same_tasks_give_the_same_bytes(self, tmp_path: Path) -> None:
        first, second = (
            written(tmp_path / name, [item(), everything()]).read_bytes() for name in "ab"
        )
        assert first == second

    def test_nothing_is_a_plan_still(self, tmp_path: Path) -> None:
        root = ET.parse(written(tmp_path / "a.xml", [])).getroot()
        assert not parts(root, "Task") and root.find(f"{NAMESPACE}Assignments") is not None


class TestResources:
    def test_an_agency_is_one_whatever_it_is_called(self) -> None:
        known = project.Resources()
        numbers = [
            known.number(party("Bộ NN&MT", "bo-nnmt")),
            known.number(party("Bộ Nông nghiệp và Môi trường", "bo-nnmt")),
            known.number(party("Sở Tài chính", "so-tai-chinh-hue")),
            known.number(party("Sở Tài chính", "so-tai-chinh-can-tho")),
            known.number(party("Sở Tài chính")),
            known.number(party("Các bộ, ngành", "bo-a", "bo-b")),
        ]
        assert numbers == [1, 1, 2, 3, 4, 5]
        assert [name for name, _ in known.known][2:4] == [
            "Sở Tài chính (so-tai-chinh-can-tho)",
            "Sở Tài chính",
        ]


class TestOutline:
    def test_sections_are_called_by_their_headings(self, tmp_path: Path) -> None:
        notice = extract(
            "Số: 5/TB-VP\n\nTHÔNG BÁO\nKết luận\n\nChủ tịch yêu cầu:\n\n"
            "I. Về phòng, chống sạt lở\n\n1. Sở Xây dựng trình phương án trước ngày 10/9/2025.\n\n"
            "2. Sở Tài chính bố trí kinh phí.\n\nII. Về y tế\n\n"
            "1. Sở Y tế báo cáo trước ngày 5/9/2025."
        )
        found = headings(notice)
        assert found[("I",)] == "I. Về phòng, chống sạt lở" and found[("II",)] == "II. Về y tế"
        sink = project.ProjectSink(tmp_path / "a.xml")
        sink.add("tb.txt", notice)
        sink.close()
        root = ET.parse(tmp_path / "a.xml").getroot()
        names = [value(one, "Name") for one in parts(root, "Task") if value(one, "Summary") == "1"]
        assert names[1:] == ["I. Về phòng, chống sạt lở", "II. Về y tế"]

    def test_two_sections_of_the_same_label_have_no_heading(self) -> None:
        notice = extract("1. Việc một.\n\nPHỤ LỤC\n\n1. Việc khác.")
        assert ("1",) not in headings(notice)
