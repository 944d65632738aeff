"""What is overdue, what falls due and what recurs, on a day that is given."""

import csv
import datetime
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnpolicy import extract
from vnpolicy.cli import main
from vnpolicy.errors import ArgumentError
from vnpolicy.follow import agency, due_report
from vnpolicy.follow.due import STATES, Choice, Due, due, entry
from vnpolicy.models import Notice
from vnpolicy.models.work_item import Party, WorkItem
from vnpolicy.schedule import repeat
from vnpolicy.writers import item

NOTICE = """VĂN PHÒNG CHÍNH PHỦ
Số: 77/TB-VPCP
Hà Nội, ngày 3 tháng 6 năm 2024

THÔNG BÁO
Kết luận tại cuộc họp về cấp nước nông thôn

Phó Thủ tướng yêu cầu:

1. Bộ Giao thông vận tải rà soát hành lang các tuyến ống, báo cáo trước ngày 10/7/2024.

2. Bộ Xây dựng chủ trì, phối hợp với Bộ Tài chính trình Đề án cấp nước trong tháng 8/2024.

3. Bộ Y tế công bố kết quả kiểm nghiệm nước, định kỳ hằng quý.

4. Các bộ, ngành, địa phương gửi báo cáo chậm nhất ngày 31/12/2024.

5. Bộ Công an xử lý các hành vi phá hoại công trình cấp nước.
"""
LOCAL = """ỦY BAN NHÂN DÂN THÀNH PHỐ CẦN THƠ
Số: 88/TB-UBND
Cần Thơ, ngày 04 tháng 3 năm 2024

THÔNG BÁO
Kết luận của Chủ tịch UBND thành phố tại cuộc họp về cấp nước mùa khô

Chủ tịch UBND thành phố yêu cầu:

1. Sở Y tế kiểm tra chất lượng nước, hoàn thành trước ngày 25/7/2024.
"""
NAMED = [("tb77.txt", extract(NOTICE)), ("tb88.txt", extract(LOCAL))]


def on(day: str, notices: list[tuple[str, Notice]] = NAMED, **options: object) -> Due:
    return due(notices, as_of=datetime.date.fromisoformat(day), **options)  # type: ignore[arg-type]


def states(found: Due) -> list[tuple[str, str]]:
    return [(one.state, ".".join(one.item.path)) for one in found.entries]


def task(due_on: datetime.date | None, *, key: str = "k", rule: str | None = None) -> WorkItem:
    repeats = [repeat(rule, since=datetime.date(2024, 1, 1), text=rule)] if rule else []
    return WorkItem(
        key=key,
        task_id=key,
        document="d",
        source="s",
        title="Trình Đề án",
        clause="trình Đề án",
        due_on=due_on,
        repeats=[one for one in repeats if one],
    )


@pytest.mark.parametrize(
    "day, state, left",
    [
        ("2024-06-09", "overdue", -1),
        ("2024-06-10", "due", 0),
        ("2024-07-10", "due", 30),
        ("2024-07-11", "later", 31),
    ],
)
def test_both_ends_count(day: str, state: str, left: int) -> None:
    found = entry(task(datetime.date.fromisoformat(day)), as_of=datetime.date(2024, 6, 10), days=30)
    assert (found.state, found.days_left) == (state, left)


DAYS = st.dates(datetime.date(2023, 1, 1), datetime.date(2026, 1, 1))
RULES = st.sampled_from([None, "FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY;INTERVAL=2", "FREQ=DAILY"])


@given(DAYS, st.integers(0, 400), st.none() | DAYS, st.none() | DAYS, RULES)
def test_every_task_is_in_one_state(
    as_of: datetime.date,
    days: int,
    since: datetime.date | None,
    day: datetime.date | None,
    rule: str | None,
) -> None:
    work = task(day, rule=rule)
    found = entry(work, as_of=as_of, days=days, since=since)
    ahead = None if day is None else (day - as_of).days
    expected = {
        "overdue": ahead is not None and ahead < 0 and not (since and day and day < since),
        "earlier": ahead is not None and ahead < 0 and bool(since and day and day < since),
        "due": ahead is not None and 0 <= ahead <= days,
        "later": ahead is not None and ahead > days,
        "recurring": ahead is None and bool(work.repeats),
        "undated": ahead is None and not work.repeats,
    }
    assert [state for state in STATES if expected[state]] == [found.state]
    assert found.next_on is None or found.next_on >= as_of


@given(as_of=DAYS, days=st.integers(0, 400), since=st.none() | DAYS)
def test_the_counts_are_all_tasks(
    as_of: datetime.date, days: int, since: datetime.date | None
) -> None:
    found = due(NAMED, as_of=as_of, days=days, since=since, undated=True)
    assert sum(found.counts.values()) == 6
    assert len(found.entries) == 6 - found.counts["earlier"]


class TestStates:
    def test_of_a_notice(self) -> None:
        assert states(on("2024-08-01")) == [
            ("overdue", "1"),
            ("overdue", "1"),
            ("due", "2"),
            ("recurring", "3"),
            ("later", "4"),
        ]
        assert on("2024-08-01").counts["undated"] == 1
        assert states(on("2024-08-01", undated=True))[-1] == ("undated", "5")

    def test_a_standing_duty_has_its_next_day_and_says_what_was_supplied(self) -> None:
        (one,) = [one for one in on("2024-10-01").entries if one.state == "recurring"]
        assert (one.day, one.days_left) == (datetime.date(2024, 12, 31), 91)
        assert "31/12/2024, còn 91 ngày" in due_report.text(on("2024-10-01"))
        assert "định kỳ hằng quý (không nêu ngày, tính ngày cuối kỳ)" in due_report.text(
            on("2024-10-01")
        )

    def test_what_was_due_before_since_is_counted_and_not_listed(self) -> None:
        found = on("2024-08-01", since=datetime.date(2024, 7, 20))
        assert states(found)[:2] == [("overdue", "1"), ("due", "2")]
        assert found.counts["earlier"] == 1
        assert "1 nhiệm vụ có hạn trước 20/07/2024 không liệt kê" in due_report.text(found)

    def test_a_copy_counts_once(self) -> None:
        found = on("2024-08-01", [*NAMED, ("kho/ban-sao.txt", NAMED[0][1])])
        assert states(found) == states(on("2024-08-01"))
        assert (found.documents, found.repeated) == (3, 5)
        assert {one.item.source for one in found.entries} == {"tb77.txt", "tb88.txt"}

    @pytest.mark.parametrize("days", [-1, True, 1.5, "30"])
    def test_a_number_of_days_that_is_none(self, days: object) -> None:
        with pytest.raises(ArgumentError, match="days"):
            on("2024-08-01", days=days)


class TestAgency:
    @pytest.mark.parametrize(
        "name, paths",
        [
            ("Bộ GTVT", ["1"]),
            ("bo-giao-thong-van-tai", ["1"]),
            ("Bộ Xây dựng", ["1", "2"]),  # the merged ministry's too
            ("Bộ trưởng Bộ Y tế", ["3"]),
            ("Bộ Tài chính", []),  # supports only
            ("cac-dia-phuong", ["4"]),
            ("UBND tỉnh Lào Cai", []),  # one of the class, and not told
            ("Sở Y tế", ["1"]),
            ("Sở Y tế thành phố Cần Thơ", ["1"]),
            ("Sở Y tế Lào Cai", []),
        ],
    )
    def test_is_found_by_any_of_its_names(self, name: str, paths: list[str]) -> None:
        found = on("2024-08-01", choice=Choice(agency=name))
        assert [path for _, path in states(found)] == paths

    def test_has_a_role(self) -> None:
        for role in ("support", "any"):
            choice = Choice(agency="Bộ Tài chính", role=role)
            assert states(on("2024-08-01", choice=choice)) == [("due", "2")]
        with pytest.raises(ArgumentError, match="role"):
            on("2024-08-01", choice=Choice(agency="Bộ Tài chính", role="chủ trì"))

    def test_that_nobody_knows_is_refused_with_what_is_near(self) -> None:
        with pytest.raises(ArgumentError, match="near: Bộ Giao thông vận tải"):
            on("2024-08-01", choice=Choice(agency="Bộ Giao thong van tải"))

    def test_that_was_merged_stands_under_its_successor(self) -> None:
        told = due_report.text(on("2024-08-01"), width=200)
        assert "Bộ Xây dựng (quá hạn 1, đến hạn 1)" in told
        assert "Chủ trì: Bộ Giao thông vận tải (nay: Bộ Xây dựng)" in told

    def test_an_id_says_its_name(self) -> None:
        assert agency.title("tinh-uy-lao-cai") == "Tỉnh ủy Lào Cai"
        assert agency.title("hdnd-can-tho") == "HĐND thành phố Cần Thơ"
        assert agency.title("so-y-te") == "Sở Y tế" and agency.title("x") is None
        assert all(map(agency.title, agency.classes()))

    def test_without_a_lead_is_a_group_of_its_own_and_the_last(self) -> None:
        nobody = WorkItem(**{**dict(task(datetime.date(2024, 1, 1))), "leads": []})
        led = WorkItem(
            **{**dict(task(datetime.date(2024, 9, 1), key="l")), "leads": [Party(name="Cục X")]}
        )
        found = Due(as_of=datetime.date(2024, 8, 1), days=30, since=None)
        found.entries = [entry(one, as_of=found.as_of, days=30) for one in (nobody, led)]
        lines = due_report.text(found).splitlines()
        groups = [line for line in lines[4:] if line and not line.startswith(" ")]
        assert groups == [
            "Cục X (chưa đến hạn 1)",
            "Không nêu cơ quan chủ trì (quá hạn 1)",
        ]


@pytest.mark.parametrize("number", ["77/TB-VPCP", "77/tb-vpcp", "tb77.txt"])
def test_one_document_is_chosen_by_number_or_file(number: str) -> None:
    found = on("2024-08-01", choice=Choice(document=number))
    assert {one.item.source for one in found.entries} == {"tb77.txt"}
    assert sum(found.counts.values()) == 5


class TestReport:
    def test_csv_is_a_sheet_with_numbers_to_reckon_with(self) -> None:
        data = due_report.to_csv(on("2024-08-01"))
        assert data.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        assert tuple(rows[0]) == due_report.COLUMNS
        assert [int(row["Còn (ngày)"]) for row in rows] == [-23, -8, 30, 60, 152]
        assert [row["Tình trạng"] for row in rows] == [
            "Quá hạn",
            "Quá hạn",
            "Đến hạn",
            "Định kỳ",
            "Chưa đến hạn",
        ]
        assert rows[0]["Cơ quan chủ trì"] == "Bộ Giao thông vận tải"
        assert rows[0]["Cơ quan hiện nay"] == "Bộ Xây dựng"
        assert rows[0]["Thời hạn"] == "09/07/2024"
        assert rows[0]["Văn bản giao"] == "77/TB-VPCP ngày 03/06/2024"

    def test_a_formula_stays_text(self) -> None:
        bad = task(datetime.date(2024, 8, 1)).model_copy(update={"clause": "=1+1"})
        found = Due(as_of=datetime.date(2024, 8, 1), days=30, since=None)
        found.entries = [entry(bad, as_of=found.as_of, days=30)]
        (row,) = csv.DictReader(io.StringIO(due_report.to_csv(found).decode("utf-8-sig")))
        assert row["Nội dung nhiệm vụ"] == "'=1+1"

    def test_json_has_the_work_items(self) -> None:
        found = on("2024-08-01")
        told = json.loads(due_report.to_json(found))
        assert (told["as_of"], told["until"]) == ("2024-08-01", "2024-08-31")
        assert told["counts"] == {
            "overdue": 2,
            "due": 1,
            "recurring": 1,
            "later": 1,
            "undated": 1,
            "earlier": 0,
        }
        tasks = [WorkItem.model_validate(one["task"]) for one in told["tasks"]]
        assert tasks == [one.item for one in found.entries]
        assert [one["day_named"] for one in told["tasks"]] == [None, None, None, False, None]

    def test_ics_has_the_listed_tasks(self) -> None:
        icalendar = pytest.importorskip("icalendar")
        found = on("2024-08-01")
        for events, kind in ((False, "VTODO"), (True, "VEVENT")):
            calendar = icalendar.Calendar.from_ical(due_report.to_ics(found, events=events))
            uids = [str(one["UID"]) for one in calendar.walk(kind)]
            assert uids == [f"{one.item.key}@vnpolicy" for one in found.entries]

    @pytest.mark.parametrize("by", ["agency", "document"])
    @pytest.mark.parametrize("width", [20, 60, 200])
    def test_text_keeps_to_the_width(self, by: due_report.By, width: int) -> None:
        lines = due_report.text(on("2024-08-01", undated=True), by=by, width=width).splitlines()
        assert max(map(len, lines)) <= max(width, 40)

    def test_text_by_document_says_who(self) -> None:
        told = due_report.text(on("2024-08-01"), by="document", width=200)
        assert (
            "77/TB-VPCP ngày 03/06/2024: Kết luận tại cuộc họp về cấp nước nông thôn "
            "(quá hạn 1, đến hạn 1, định kỳ 1, chưa đến hạn 1)"
        ) in told
        assert "Chủ trì: Bộ Xây dựng. Phối hợp: Bộ Tài chính" in told


class TestCommand:
    @pytest.fixture
    def store(self, tmp_path: Path) -> Path:
        (tmp_path / "kho").mkdir()
        for name, text in (("tb77.txt", NOTICE), ("tb88.txt", LOCAL)):
            (tmp_path / "kho" / name).write_text(text, encoding="utf-8")
        assert main(["convert", str(tmp_path / "kho"), "-o", str(tmp_path / "kho.sqlite")]) == 0
        return tmp_path / "kho.sqlite"

    @pytest.mark.parametrize("suffix", ["csv", "json", "txt"])
    def test_the_same_day_gives_the_same_bytes(self, store: Path, suffix: str) -> None:
        outs = [store.with_name(f"{n}.{suffix}") for n in (1, 2)]
        for out in outs:
            assert main(["due", str(store), "--as-of", "2024-08-01", "-o", str(out)]) == 0
        first, second = (out.read_bytes() for out in outs)
        assert first == second and len(first) > 500

    def test_today_is_said(self, store: Path, capsys: pytest.CaptureFixture[str]) -> None:
        capsys.readouterr()
        before = due_report.today()
        assert main(["due", str(store), "--agency", "Bộ Y tế"]) == 0
        heading = capsys.readouterr().out.splitlines()[0]
        days = {before, due_report.today()}  # midnight may come between
        assert any(f"đến hết ngày {day.strftime('%d/%m/%Y')}" in heading for day in days)

    def test_a_document_that_fails_costs_no_other(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (good := tmp_path / "a.txt").write_text(NOTICE, encoding="utf-8")
        (bad := tmp_path / "b.txt").write_text("", encoding="utf-8")
        assert main(["due", str(bad), str(good), "--as-of", "2024-08-01"]) == 1
        told = capsys.readouterr()
        assert "1 văn bản, 5 nhiệm vụ" in told.out
        assert told.err.startswith(f"vnpolicy: {bad}: ") and told.err.count("\n") == 1

    def test_a_wrong_agency_is_a_wrong_use(
        self, store: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["due", str(store), "--agency", "Bộ Không Có"]) == 2
        assert "không có cơ quan này" in capsys.readouterr().err

    def test_the_store_and_the_documents_say_the_same(self, store: Path, tmp_path: Path) -> None:
        for number, source in enumerate((store, tmp_path / "kho")):
            out = str(tmp_path / f"{number}.json")
            assert main(["due", str(source), "--as-of", "2024-08-01", "-o", out]) == 0
        assert (tmp_path / "0.json").read_bytes() == (tmp_path / "1.json").read_bytes()


def test_the_notice_says_what_the_tests_think() -> None:
    assert len(item.items(*NAMED[0])) == 5 and len(item.items(*NAMED[1])) == 1
