"""Pushing: what is written, what is left, and that nothing is there twice."""

from __future__ import annotations

import sqlite3
import tempfile
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from memory_tracker import Killed, MemoryTracker, killed_at, lost_answer
from vnpolicy import extract
from vnpolicy.errors import AccessError, LedgerError, TrackerError, UnreachableError
from vnpolicy.push import account
from vnpolicy.push.config import Config
from vnpolicy.push.intake import gather
from vnpolicy.push.ledger import Ledger
from vnpolicy.push.plan import Terms
from vnpolicy.push.run import push
from vnpolicy.push.work import Done

HEAD = """ỦY BAN NHÂN DÂN TỈNH LÀO CAI
VĂN PHÒNG
Số: {number}/TB-VP
Lào Cai, ngày 3 tháng 6 năm 2024

THÔNG BÁO
Kết luận tại cuộc họp về chợ biên giới

Chủ tịch UBND tỉnh yêu cầu:

"""
TASKS = (
    "Sở Công Thương rà soát quy hoạch chợ biên giới, báo cáo trước ngày 10/7/2024.",
    "Sở Tài chính bố trí kinh phí sửa hai chợ đã xuống cấp.",
    "Sở Y tế lập trạm kiểm dịch tại cửa khẩu trong tháng 8/2024.",
    "Công an tỉnh xử lý việc lấn chiếm lòng đường quanh chợ.",
)
LATER = TASKS[0].replace("10/7", "25/7")


def document(tasks: Iterable[str], number: str = "77") -> tuple[str, object]:
    lines = [f"{at}. {task}" for at, task in enumerate(tasks, 1)]
    notice = extract(HEAD.format(number=number) + "\n\n".join(lines))
    assert len(notice.tasks) == len(lines)
    return f"{number}.txt", notice


@pytest.fixture
def tracker() -> MemoryTracker:
    return MemoryTracker()


@pytest.fixture
def config(tmp_path: Path, tracker: MemoryTracker) -> Config:
    return config_of(tmp_path, tracker)


def config_of(folder: Path, tracker: MemoryTracker) -> Config:
    return Config(tracker, "chung", folder / "so.sqlite", folder / "co-quan.csv")


def run(config: Config, *documents: object, dry: bool = False, **terms: bool) -> list[Done]:
    return list(push(gather(documents), config, Terms(**terms), dry=dry))  # type: ignore[arg-type]


def actions(done: list[Done]) -> dict[str, int]:
    return dict(Counter(one.step.action for one in done))


def titles(tracker: MemoryTracker) -> list[str]:
    return sorted(entry["title"] for entry in tracker.entries.values())


class TestAgain:
    def test_a_first_push_makes_every_task(self, config: Config, tracker: MemoryTracker) -> None:
        done = run(config, document(TASKS))
        assert actions(done) == {"create": 4}
        assert [one.url for one in done] == [f"memory:{id_}" for id_ in tracker.entries]
        assert tracker.entries["0"] == {
            "title": "Rà soát quy hoạch chợ biên giới, báo cáo",
            "due_on": "2024-07-09",
            "leads": "Sở Công Thương",
            "project": "chung",
            "assignee": "",
        }

    def test_a_second_push_has_nothing_to_do(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        tracker.requests.clear()
        assert actions(run(config, document(TASKS))) == {"unchanged": 4}
        assert tracker.requests == []  # not even a question

    def test_a_corrected_day_is_one_update(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        tracker.written()
        done = run(config, document([LATER, *TASKS[1:]]))
        assert actions(done) == {"update": 1, "unchanged": 3}
        assert tracker.written() == ["update"]
        assert tracker.entries["0"]["due_on"] == "2024-07-24"
        assert actions(run(config, document([LATER, *TASKS[1:]]))) == {"unchanged": 4}
        assert len(tracker.entries) == 4

    def test_a_renumbered_document_is_no_news(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        tracker.written()
        assert actions(run(config, document(TASKS[::-1]))) == {"unchanged": 4}
        assert tracker.written() == []

    def test_other_documents_are_left_alone(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        assert actions(run(config, document(TASKS[:2], "78"))) == {"create": 2}
        assert len(tracker.entries) == 6 and not tracker.notes

    def test_two_copies_are_one_document(self, config: Config, tracker: MemoryTracker) -> None:
        _, notice = document(TASKS)
        assert actions(run(config, ("ban-1.docx", notice), ("ban-2.pdf", notice))) == {"create": 4}
        intake = gather([("ban-1.docx", notice), ("ban-2.pdf", notice)])  # type: ignore[list-item]
        assert intake.replaced == [("ban-1.docx", "ban-2.pdf")]

    def test_two_documents_of_one_number_are_two(self, config: Config) -> None:
        done = run(config, document(TASKS[:2]), document(TASKS[2:]))
        assert actions(done) == {"create": 4}
        again = run(config, document(TASKS[:2]), document(TASKS[2:]))
        assert actions(again) == {"unchanged": 4}

    def test_the_same_words_in_two_documents_are_two_tasks(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        run(config, document(TASKS, "77"), document(TASKS, "78"))
        assert len(tracker.entries) == 8 == len(set(tracker.keys.values()))

    def test_which_is_which_does_not_hang_on_the_order(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        """Files of one name, without a number, pushed together or one by one."""
        first = ("2024/ket-luan.txt", bare(TASKS[:2]))
        second = ("2025/ket-luan.txt", bare(TASKS[2:]))
        assert actions(run(config, second)) == {"create": 2}
        assert actions(run(config, first, second)) == {"create": 2, "unchanged": 2}
        for documents in ([second, first], [first], [second]):
            assert actions(run(config, *documents)).keys() == {"unchanged"}
        assert len(tracker.entries) == 4 and not tracker.notes

    def test_a_corrected_head_is_the_same_document(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        run(config, document(TASKS))
        lines = "\n\n".join(f"{at}. {task}" for at, task in enumerate(TASKS, 1))
        for old, new in (
            ("năm 2024", "năm 2023"),
            ("Lào Cai, ngày 3 tháng 6 năm 2024\n", ""),
            ("{number}/TB-VP", "{number}/TB-VPUB"),
        ):
            head = HEAD.replace(old, new, 1).format(number=77)
            done = run(config, ("77.txt", extract(head + lines)))
            assert actions(done).keys() <= {"unchanged", "update"}
        assert len(tracker.entries) == 4 and not tracker.notes

    def test_a_copy_that_was_read_badly_does_not_count(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        scan = ("77-scan.txt", extract(HEAD.format(number=77) + "Ngày họp."))
        assert actions(run(config, document(TASKS), scan)) == {"create": 4}
        assert actions(run(config, document(TASKS), scan, close=True)) == {"unchanged": 4}
        assert actions(run(config, scan)) == {"blank": 1}
        assert not tracker.notes and not tracker.closed
        assert actions(run(config, scan, complete=True)) == {"flag": 4}

    def test_twins_under_two_agencies_keep_their_entries(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        twin = "Rà soát các thủ tục hành chính, báo cáo UBND tỉnh trước ngày {}/7/2024."

        def push_days(first: int | None, second: int) -> dict[str, int]:
            parts = [
                f"{label}. {agency}:\n\n1. {twin.format(day)}"
                for label, agency, day in (("I", "Sở Y tế", first), ("II", "Sở Nội vụ", second))
                if day is not None
            ]
            text = HEAD.format(number=77) + "\n\n".join(parts)
            return actions(run(config, ("a.txt", extract(text))))

        assert push_days(10, 10) == {"create": 2}
        assert push_days(20, 10) == {"update": 1, "unchanged": 1}
        leads = [(one["leads"], one["due_on"]) for one in tracker.entries.values()]
        assert leads == [("Sở Y tế", "2024-07-19"), ("Sở Nội vụ", "2024-07-09")]
        assert push_days(None, 10) == {"unchanged": 1, "flag": 1}
        assert [id_ for id_, _ in tracker.notes] == ["0"]

    @pytest.mark.parametrize("count", [5, 60])
    def test_rows_that_differ_by_a_figure(
        self, config: Config, tracker: MemoryTracker, count: int
    ) -> None:
        row = "Sở Xây dựng khắc phục điểm sạt lở số {}, hoàn thành trước ngày {}/9/2024."
        run(config, document([row.format(n, 15) for n in range(count)]))
        done = run(config, document([row.format(n, 30) for n in range(1, count)]))
        assert actions(done) == {"update": count - 1, "flag": 1}
        assert [id_ for id_, _ in tracker.notes] == ["0"]
        assert len(tracker.entries) == count


def bare(tasks: Iterable[str]) -> object:
    """A document without a number."""
    lines = [f"{at}. {task}" for at, task in enumerate(tasks, 1)]
    return extract("Chủ tịch UBND tỉnh yêu cầu:\n\n" + "\n\n".join(lines))


class TestVanished:
    def test_is_flagged_once_and_never_deleted(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        run(config, document(TASKS))
        assert actions(run(config, document(TASKS[1:]))) == {"unchanged": 3, "flag": 1}
        assert [id_ for id_, _ in tracker.notes] == ["0"]
        assert "77/TB-VP" in tracker.notes[0][1]
        assert actions(run(config, document(TASKS[1:]))) == {"unchanged": 3}
        assert len(tracker.entries) == 4 and len(tracker.notes) == 1 and not tracker.closed

    def test_is_closed_where_asked(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        assert actions(run(config, document(TASKS[1:]), close=True))["close"] == 1
        assert tracker.closed == {"0"}

    def test_comes_back(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        run(config, document(TASKS[1:]))
        assert actions(run(config, document(TASKS))) == {"return": 1, "unchanged": 3}
        assert "có lại" in tracker.notes[-1][1]
        assert actions(run(config, document(TASKS))) == {"unchanged": 4}

    def test_is_closed_where_asked_later(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        run(config, document(TASKS[1:]))
        assert actions(run(config, document(TASKS[1:]), close=True)) == {"unchanged": 3, "close": 1}

    def test_a_whole_document_only_where_the_sources_are_complete(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        run(config, document(TASKS, "77"), document(TASKS[:1], "78"))
        assert actions(run(config, document(TASKS, "77"))) == {"unchanged": 4}
        assert actions(run(config, document(TASKS, "77"), complete=True)) == {
            "unchanged": 4,
            "flag": 1,
        }


class TestPerson:
    """What a person has changed in the tracker."""

    def test_is_kept_where_the_document_says_nothing_new(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        run(config, document(TASKS))
        tracker.entries["0"]["due_on"] = "2024-08-01"
        assert actions(run(config, document(TASKS))) == {"unchanged": 4}
        assert tracker.entries["0"]["due_on"] == "2024-08-01"

    def test_is_kept_and_told_where_the_document_was_corrected(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        run(config, document(TASKS))
        tracker.entries["0"]["due_on"] = "2024-08-01"
        for _ in range(2):  # told again as long as it is so
            done = run(config, document([LATER, *TASKS[1:]]))
            assert actions(done) == {"keep": 1, "unchanged": 3}
            told = "\n".join(account.lines(done[0]))
            assert "thời hạn: giữ 2024-08-01, văn bản: 2024-07-24 (--force để ghi đè)" in told
        assert tracker.entries["0"]["due_on"] == "2024-08-01"

    def test_is_kept_beside_what_is_written(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        tracker.entries["0"]["title"] = "Chợ biên giới"
        both = LATER.replace("Sở Công Thương", "Sở Công Thương, Sở Xây dựng")
        run(config, document([both, *TASKS[1:]]))
        entry = tracker.entries["0"]
        assert entry["title"] == "Chợ biên giới"
        assert (entry["due_on"], entry["leads"]) == ("2024-07-24", "Sở Công Thương; Sở Xây dựng")
        other = both.replace("báo cáo", "báo cáo UBND tỉnh")  # a new title, later
        done = run(config, document([other, *TASKS[1:]]))
        assert "title" in done[0].step.kept
        assert entry["title"] == "Chợ biên giới"

    def test_gives_way_to_force(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        tracker.entries["0"]["due_on"] = "2024-08-01"
        assert actions(run(config, document(TASKS), force=True)) == {"update": 1, "unchanged": 3}
        assert tracker.entries["0"]["due_on"] == "2024-07-09"

    def test_was_faster_with_the_same(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        tracker.entries["0"]["due_on"] = "2024-07-24"
        tracker.written()
        run(config, document([LATER, *TASKS[1:]]))
        assert tracker.written() == []
        assert actions(run(config, document([LATER, *TASKS[1:]]))) == {"unchanged": 4}

    def test_deleted_it(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        del tracker.entries["0"], tracker.keys["0"]
        changed = document([LATER, *TASKS[1:]])
        for _ in range(2):
            assert actions(run(config, changed)) == {"gone": 1, "unchanged": 3}
        assert len(tracker.entries) == 3
        assert actions(run(config, changed, force=True))["create"] == 1
        assert actions(run(config, changed)) == {"unchanged": 4}


class TestCutOff:
    @pytest.mark.parametrize("moment", range(8))
    def test_at_any_moment_and_repeated(
        self, config: Config, tracker: MemoryTracker, moment: int
    ) -> None:
        tracker.on_request = killed_at(moment)
        with pytest.raises(Killed):
            run(config, document(TASKS))
        tracker.on_request = lambda moment: None
        run(config, document(TASKS))
        assert len(tracker.entries) == 4
        assert actions(run(config, document(TASKS))) == {"unchanged": 4}

    def test_and_the_document_corrected_in_between(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        tracker.on_request = killed_at(1)
        with pytest.raises(Killed):
            run(config, document(TASKS))
        tracker.on_request = lambda moment: None
        run(config, document([LATER, *TASKS[1:]]))
        assert len(tracker.entries) == 4
        assert tracker.entries["0"]["due_on"] == "2024-07-24"

    def test_and_an_entry_changed_by_a_person_in_between(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        tracker.on_request = killed_at(1)
        with pytest.raises(Killed):
            run(config, document(TASKS))
        tracker.on_request = lambda moment: None
        tracker.entries["0"]["due_on"] = "2024-08-01"
        run(config, document(TASKS))
        assert tracker.entries["0"]["due_on"] == "2024-08-01" and len(tracker.entries) == 4

    def test_a_lost_answer_makes_no_double(self, config: Config, tracker: MemoryTracker) -> None:
        tracker.on_request = lost_answer()
        assert actions(run(config, document(TASKS))) == {"create": 4}
        assert len(tracker.entries) == 4

    def test_a_lost_ledger_makes_no_double(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        tracker.entries["0"]["due_on"] = "2024-12-31"
        tracker.entries["1"]["assignee"] = "mai"  # of whom the documents say nothing
        config.ledger.unlink()
        found = run(config, document(TASKS))
        assert actions(found) == {"found": 3, "keep": 1}
        assert actions(run(config, document(TASKS))) == {"keep": 1, "unchanged": 3}
        assert len(tracker.entries) == 4
        assert tracker.entries["0"]["due_on"] == "2024-12-31"
        assert tracker.entries["1"]["assignee"] == "mai"

    def test_a_person_writes_between_the_entry_and_the_ledger(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        tracker.on_request = killed_at(1)
        with pytest.raises(Killed):
            run(config, document(TASKS))
        tracker.on_request = lambda moment: None
        tracker.entries["0"]["due_on"] = "2024-08-01"
        run(config, document(TASKS))
        assert "keep" in actions(run(config, document([LATER, *TASKS[1:]])))
        assert tracker.entries["0"]["due_on"] == "2024-08-01"

    def test_a_person_empties_a_field_between_the_entry_and_the_ledger(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        tracker.on_request = killed_at(1)
        with pytest.raises(Killed):
            run(config, document(TASKS))
        tracker.on_request = lambda moment: None
        tracker.entries["0"]["due_on"] = ""
        run(config, document(TASKS))
        assert tracker.entries["0"]["due_on"] == ""

    def test_and_the_task_struck_and_put_back(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS[1:]))
        tracker.on_request = killed_at(1)
        with pytest.raises(Killed):
            run(config, document([LATER, *TASKS[1:]]))
        tracker.on_request = lambda moment: None
        assert actions(run(config, document(TASKS[1:]))) == {"unchanged": 3, "flag": 1}
        assert actions(run(config, document(TASKS))) == {"unchanged": 3, "return": 1}
        assert tracker.entries["3"]["due_on"] == "2024-07-09"

    def test_two_corrections_cut_off_one_after_the_other(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        run(config, document(TASKS))
        for day, moment in (("20/7", 1), ("22/7", 0)):  # the first arrived, the second did not
            tracker.on_request = killed_at(moment)
            with pytest.raises(Killed):
                run(config, document([TASKS[0].replace("10/7", day), *TASKS[1:]]))
        tracker.on_request = lambda moment: None
        assert actions(run(config, document([LATER, *TASKS[1:]])))["update"] == 1
        assert tracker.entries["0"]["due_on"] == "2024-07-24"

    def test_an_entry_that_was_out_of_sight_for_a_while(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        run(config, document(TASKS))
        hidden = tracker.entries.pop("0")
        changed = document([LATER, *TASKS[1:]])
        assert actions(run(config, changed)) == {"gone": 1, "unchanged": 3}
        tracker.entries["0"] = hidden
        assert actions(run(config, changed)) == {"update": 1, "unchanged": 3}


class TestFailure:
    def test_costs_its_own_task_only(self, config: Config, tracker: MemoryTracker) -> None:
        def refuse(moment: str) -> None:
            if moment == "before" and len(tracker.entries) == 1 and not refused:
                refused.append(moment)
                raise TrackerError("422 title is too long")

        refused: list[str] = []
        tracker.on_request = refuse
        done = run(config, document(TASKS))
        assert actions(done) == {"create": 3, "fail": 1}
        assert next(one.step.reason for one in done if one.step.action == "fail")
        assert actions(run(config, document(TASKS))) == {"unchanged": 3, "create": 1}

    def test_ends_the_run_where_nobody_answers(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        def silent(moment: str) -> None:
            raise UnreachableError("no route")

        tracker.on_request = silent
        with pytest.raises(UnreachableError):
            run(config, document(TASKS))
        tracker.on_request = lambda moment: None
        run(config, document(TASKS))
        assert len(tracker.entries) == 4

    def test_ends_the_run_where_the_key_is_refused(
        self, config: Config, tracker: MemoryTracker
    ) -> None:
        def refuse(moment: str) -> None:
            raise AccessError("401")

        tracker.on_request = refuse
        with pytest.raises(AccessError):
            run(config, document(TASKS))


class TestDry:
    def test_tells_and_writes_nothing(self, config: Config, tracker: MemoryTracker) -> None:
        assert actions(run(config, document(TASKS), dry=True)) == {"create": 4}
        assert not tracker.entries and not config.ledger.exists()
        run(config, document(TASKS))
        before = config.ledger.read_bytes()
        tracker.written()
        planned = run(config, document([LATER, *TASKS[2:]]), dry=True)
        assert actions(planned) == {"update": 1, "unchanged": 2, "flag": 1}
        assert tracker.written() == [] and config.ledger.read_bytes() == before

    def test_tells_what_is_there_already(self, config: Config, tracker: MemoryTracker) -> None:
        run(config, document(TASKS))
        tracker.entries["0"]["due_on"] = "2024-12-31"
        config.ledger.unlink()
        planned = actions(run(config, document(TASKS), dry=True))
        assert planned == {"found": 3, "keep": 1} == actions(run(config, document(TASKS)))


class TestLedger:
    def test_is_one_under_whatever_name(self, config: Config, tmp_path: Path) -> None:
        other = tmp_path / "khac.sqlite"
        other.symlink_to(config.ledger)
        with Ledger(config.ledger, "memory"), pytest.raises(LedgerError, match="another push"):
            Ledger(other, "memory")

    def test_beneath_what_is_no_folder(self, config: Config, tmp_path: Path) -> None:
        (tmp_path / "tep").write_text("x")
        with pytest.raises(LedgerError):
            Ledger(tmp_path / "tep" / "so.sqlite", "memory")

    def test_one_run_at_a_time(self, config: Config, tracker: MemoryTracker) -> None:
        with (
            Ledger(config.ledger, "memory"),
            pytest.raises(LedgerError, match="another push is using it"),
        ):
            Ledger(config.ledger, "memory")
        Ledger(config.ledger, "memory").close()

    def test_what_is_no_ledger_is_left_as_it_is(self, tmp_path: Path) -> None:
        text, other = tmp_path / "a.sqlite", tmp_path / "b.sqlite"
        text.write_text("đây không phải sổ")
        with sqlite3.connect(other) as base:
            base.execute("CREATE TABLE notice (x)")
        for path in (text, other):
            before = path.read_bytes()
            for dry in (True, False):
                with pytest.raises(LedgerError):
                    Ledger(path, "memory", dry=dry)
            assert path.read_bytes() == before

    def test_a_damaged_row_is_told(self, config: Config) -> None:
        run(config, document(TASKS))
        with sqlite3.connect(config.ledger) as base:
            base.execute("UPDATE item SET held = '{'")
        with pytest.raises(LedgerError, match="damaged"):
            run(config, document(TASKS))

    def test_keeps_what_every_run_did(self, config: Config) -> None:
        run(config, document(TASKS))
        run(config, document([LATER, *TASKS[2:]]))
        with sqlite3.connect(config.ledger) as base:
            found = base.execute("SELECT action, count(*) FROM event GROUP BY 1 ORDER BY 1")
            assert found.fetchall() == [("create", 4), ("flag", 1), ("update", 1)]

    def test_targets_do_not_meet(self, config: Config, tmp_path: Path) -> None:
        run(config, document(TASKS))
        other = MemoryTracker(where="elsewhere")
        second = Config(other, "", config.ledger, config.agencies)
        assert actions(run(second, document(TASKS))) == {"create": 4}

    @pytest.mark.parametrize("text", ["\ud800", "\x00", "'; DROP TABLE item; --", "x" * 100_000])
    def test_takes_whatever_a_tracker_answers(
        self, config: Config, tracker: MemoryTracker, text: str
    ) -> None:
        class Hostile(MemoryTracker):
            def create(self, key, fields):  # type: ignore[no-untyped-def]
                entry = super().create(key, fields)
                return type(entry)(entry.id, {**entry.fields, "title": text, text: text}, text)

        config = Config(Hostile(), "", config.ledger, config.agencies)
        run(config, document(TASKS))
        assert actions(run(config, document(TASKS))) == {"unchanged": 4}
        with sqlite3.connect(config.ledger) as base:
            assert base.execute("PRAGMA integrity_check").fetchone() == ("ok",)


class TestAgencies:
    def test_decide_project_and_person(self, config: Config, tracker: MemoryTracker) -> None:
        config.agencies.write_text(
            "co_quan;ten;so_nhiem_vu;du_an;nguoi_nhan\n"
            "so-cong-thuong-lao-cai;;;thuong-mai;12\nSở Tài chính;;;;7\nso-y-te-lao-cai;;;-;\n",
            encoding="utf-8-sig",
        )
        assert actions(run(config, document(TASKS))) == {"create": 3, "skip": 1}
        places = {
            one["leads"]: (one["project"], one["assignee"]) for one in tracker.entries.values()
        }
        assert places == {
            "Sở Công Thương": ("thuong-mai", "12"),
            "Sở Tài chính": ("chung", "7"),
            "Công an tỉnh": ("chung", ""),
        }


class Anything(RuleBasedStateMachine):
    """Corrections, withdrawals, people, kills and lost answers in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.tracker = MemoryTracker()
        self.config = config_of(Path(self.folder.name), self.tracker)
        self.persons: dict[tuple[str, str], str] = {}

    def teardown(self) -> None:
        self.folder.cleanup()

    @rule(
        chosen=st.lists(st.sampled_from(range(3)), unique=True),
        later=st.booleans(),
        moment=st.none() | st.integers(0, 12),
        lost=st.booleans(),
    )
    def push(self, chosen: list[int], later: bool, moment: int | None, lost: bool) -> None:
        # One task is always there: what has none in common is another document.
        tasks = [LATER if at == 0 and later else TASKS[at] for at in [*chosen, 3]]
        if moment is not None:
            self.tracker.on_request = killed_at(moment)
        elif lost:
            self.tracker.on_request = lost_answer()
        try:
            done = run(self.config, document(tasks))
        except Killed:
            return
        finally:
            self.tracker.on_request = lambda moment: None
        if not lost:
            assert actions(run(self.config, document(tasks))).keys() <= {"unchanged", "keep"}
            by_key = {one.step.key: one.step for one in done}
            for id_, key in self.tracker.keys.items():
                if key in by_key:
                    self.has_what_is_wanted(id_, by_key[key].wanted)

    def has_what_is_wanted(self, id_: str, wanted: object) -> None:
        for name, value in dict(wanted).items():  # type: ignore[call-overload]
            if (id_, name) not in self.persons:
                assert self.tracker.entries[id_][name] == value

    @rule(data=st.data(), name=st.sampled_from(["title", "due_on", "assignee"]))
    def person(self, data: st.DataObject, name: str) -> None:
        if self.tracker.entries:
            id_ = data.draw(st.sampled_from(sorted(self.tracker.entries)))
            text = f"person {len(self.persons)}"
            self.tracker.entries[id_][name] = self.persons[id_, name] = text

    @invariant()
    def nothing_is_there_twice(self) -> None:
        keys = list(self.tracker.keys.values())
        assert len(keys) == len(set(keys)) <= 4

    @invariant()
    def what_a_person_wrote_stays(self) -> None:
        for (id_, name), text in self.persons.items():
            assert self.tracker.entries[id_][name] == text


TestAnything = Anything.TestCase
TestAnything.settings = settings(
    max_examples=60,
    stateful_step_count=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@given(st.integers(0, 30))
@settings(max_examples=10, deadline=None)
def test_dry_and_real_agree(seed: int) -> None:
    """What the dry run says is what is then done."""
    tasks = [TASKS[at] for at in range(4) if seed >> at & 1] or [TASKS[3]]
    tasks = [LATER if seed > 15 and task == TASKS[0] else task for task in tasks]
    with tempfile.TemporaryDirectory() as folder:
        config = config_of(Path(folder), MemoryTracker())
        run(config, document(TASKS))
        planned = actions(run(config, document(tasks), dry=True))
        assert planned == actions(run(config, document(tasks)))
