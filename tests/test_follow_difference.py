"""What a new version of documents changes."""

import csv
import io
import json
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vnpolicy import extract
from vnpolicy.cli import main
from vnpolicy.follow import difference_report
from vnpolicy.follow.difference import FIELDS, Comparison, compare
from vnpolicy.models import Notice
from vnpolicy.models.work_item import WorkItem

CORPUS = Path(__file__).parent.parent / "corpus" / "notices"
HEAD = """VĂN PHÒNG CHÍNH PHỦ
Số: 77/TB-VPCP
Hà Nội, ngày 3 tháng 6 năm 2024

THÔNG BÁO
Kết luận tại cuộc họp về cấp nước nông thôn

Phó Thủ tướng yêu cầu:

"""
TASKS = [
    "Bộ Y tế rà soát quy chuẩn nước sinh hoạt, báo cáo Thủ tướng trước ngày 10/7/2024.",
    "Bộ Tài chính bố trí 250 tỷ đồng cho các công trình cấp nước dở dang.",
    "Bộ Xây dựng công bố bản đồ vùng thiếu nước trong tháng 8/2024.",
    "Bộ Công an xử lý các hành vi phá hoại đường ống.",
    "Bộ Nội vụ trình phương án biên chế cho các trạm cấp nước.",
]
Named = list[tuple[str, Notice]]


@cache
def text(*lines: str, head: str = HEAD) -> str:
    return head + "\n\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1)) + "\n"


@cache
def notice(*lines: str, head: str = HEAD) -> Notice:
    return extract(text(*lines, head=head))


@cache
def corpus() -> tuple[tuple[str, Notice], ...]:
    return tuple(
        (path.name, extract(path.read_text(encoding="utf-8")))
        for path in sorted(CORPUS.glob("*.txt"))
    )


def between(old: list[str], new: list[str]) -> Comparison:
    return compare([("a.txt", notice(*old))], [("a.txt", notice(*new))])


def clauses(items: tuple[WorkItem, ...]) -> list[str]:
    return [one.clause.partition(" ")[2][:8] for one in items]


def test_a_thing_and_itself_are_the_same() -> None:
    found = compare(corpus(), corpus())
    assert len(found.both) == 12 and not found.gone and not found.come
    assert all(one.is_empty and not one.is_other for one in found.both)
    assert sum(one.unchanged for one in found.both) == sum(len(n.tasks) for _, n in corpus())
    told = difference_report.text(found)
    assert "12 văn bản có ở cả hai bên, 12 không đổi" in " ".join(told.split())
    assert len(told.splitlines()) == 2
    assert len(difference_report.to_csv(found).splitlines()) == 1


class TestTasks:
    def test_a_changed_day_says_what_was_and_what_is(self) -> None:
        (one,) = between(TASKS[:3], [TASKS[0].replace("10/7", "25/7"), *TASKS[1:3]]).both
        (pair,) = one.changed
        assert {(c.field, c.old, c.new) for c in pair.changes if c.field != "clause"} == {
            ("due_on", "09/07/2024", "24/07/2024"),
            ("due_text", "trước ngày 10/7/2024", "trước ngày 25/7/2024"),
        }
        assert (one.unchanged, one.struck, one.added) == (2, (), ())

    def test_another_lead(self) -> None:
        new = TASKS[1].replace("Bộ Tài chính", "Bộ Xây dựng")
        (one,) = between(TASKS[:3], [TASKS[0], new, TASKS[2]]).both
        (pair,) = one.changed
        assert [c.field for c in pair.changes] == ["clause", "leads"]
        assert (pair.changes[1].old, pair.changes[1].new) == ("Bộ Tài chính", "Bộ Xây dựng")

    def test_another_number_is_another_place(self) -> None:
        (one,) = between(TASKS[:2], TASKS[1::-1]).both
        assert [[(c.field, c.old, c.new) for c in pair.changes] for pair in one.changed] == [
            [("path", "2", "1")],
            [("path", "1", "2")],
        ]

    @given(
        st.lists(st.sampled_from(TASKS), unique=True, max_size=5),
        st.lists(st.sampled_from(TASKS), unique=True, max_size=5),
    )
    def test_struck_and_added_are_what_one_side_has(self, old: list[str], new: list[str]) -> None:
        (there,), (back,) = between(old, new).both, between(new, old).both
        assert clauses(there.struck) == [one.partition(" ")[2][:8] for one in old if one not in new]
        assert clauses(there.added) == [one.partition(" ")[2][:8] for one in new if one not in old]
        assert (back.struck, back.added) == (there.added, there.struck)
        assert back.unchanged == there.unchanged
        turned = [
            (pair.new, pair.old, tuple((c.field, c.new, c.old) for c in pair.changes))
            for pair in there.changed
        ]
        found = [
            (pair.old, pair.new, tuple((c.field, c.old, c.new) for c in pair.changes))
            for pair in back.changed
        ]
        assert sorted(found, key=str) == sorted(turned, key=str)
        assert len(there.changed) + there.unchanged + len(there.struck) == len(old)


class TestDocuments:
    def test_go_and_come(self) -> None:
        found = compare(corpus()[:3], corpus()[1:4])
        assert [one.name for one in found.gone] == [corpus()[0][0]]
        assert [one.name for one in found.come] == [corpus()[3][0]]
        assert [one.new.name for one in found.both] == [name for name, _ in corpus()[1:3]]

    def test_are_known_by_their_number_under_another_name(self) -> None:
        found = compare([("a.txt", notice(TASKS[0]))], [("kho/b.docx", notice(TASKS[0]))])
        assert len(found.both) == 1 and found.both[0].is_empty

    def test_two_copies_are_paired_by_label_first(self) -> None:
        first, second = notice(*TASKS[:2]), notice(*TASKS[:3])
        found = compare(
            [("a.txt", first), ("b.txt", second)], [("b.txt", second), ("c.txt", first)]
        )
        assert [(one.old.name, one.new.name) for one in found.both] == [
            ("b.txt", "b.txt"),
            ("a.txt", "c.txt"),
        ]
        assert all(one.is_empty for one in found.both)

    def test_two_single_ones_are_compared_whatever_their_numbers(self) -> None:
        other = notice(*TASKS[:2], head=HEAD.replace("77/TB", "78/TB"))
        pair = ([("a.txt", notice(*TASKS[:2]))], [("b.txt", other)])
        assert not compare(*pair).both
        (one,) = compare(*pair, single=True).both
        assert one.is_other and one.unchanged == 2
        told = difference_report.text(compare(*pair, single=True), width=200)
        assert "77/TB-VPCP ngày 03/06/2024 → 78/TB-VPCP ngày 03/06/2024" in told
        assert "Lưu ý: số, năm hoặc cơ quan khác nhau" in told


class TestReport:
    OLD = TASKS[:4]
    NEW = (TASKS[0].replace("10/7", "25/7"), TASKS[1].replace("Bộ Tài chính", "Bộ Y tế"))

    def found(self) -> Comparison:
        return between(self.OLD, [*self.NEW, TASKS[3], TASKS[4]])

    def test_text_is_old_to_new(self) -> None:
        told = difference_report.text(self.found(), width=200)
        assert "77/TB-VPCP ngày 03/06/2024: 3 sửa, 1 bỏ, 1 thêm, 0 giữ nguyên\n" in told
        assert "      Thời hạn: 09/07/2024 → 24/07/2024\n" in told
        assert "      Nội dung: ngày «10/7/2024» → «25/7/2024»\n" in told
        assert "      Chủ trì: Bộ Tài chính → Bộ Y tế\n" in told
        assert "      Mục: 4 → 3\n" in told
        assert "  - Bỏ mục 3: Bộ Xây dựng công bố" in told
        assert "  - Thêm mục 4: Bộ Nội vụ trình" in told
        assert "Lời văn thời hạn" not in told  # the day says it

    def test_text_keeps_to_the_width(self) -> None:
        told = difference_report.text(self.found(), width=45)
        assert max(map(len, told.splitlines())) <= 45

    def test_csv(self) -> None:
        data = difference_report.to_csv(self.found())
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        assert tuple(rows[0]) == difference_report.COLUMNS
        days = [row for row in rows if row["Trường"] == "Thời hạn"]
        assert [(row["Cũ"], row["Mới"]) for row in days] == [("09/07/2024", "24/07/2024")]
        assert [row["Thay đổi"] for row in rows][-2:] == ["Bỏ", "Thêm"]

    def test_json(self) -> None:
        found = self.found()
        told = json.loads(difference_report.to_json(found))
        (one,) = told["documents"]
        assert (len(one["changed"]), len(one["struck"]), len(one["added"])) == (3, 1, 1)
        assert WorkItem.model_validate(one["added"][0]) == found.both[0].added[0]
        assert all(c["field"] in FIELDS for pair in one["changed"] for c in pair["changes"])
        assert set(FIELDS) == set(difference_report.FIELD)

    def test_a_clause_that_is_quite_another_is_shown_in_full(self) -> None:
        assert difference_report.pieces("rà soát lại", "trình Đề án") is None
        assert difference_report.pieces("a b c d e f g h i j", "1 b 2 d 3 f 4 h 5 j") is None
        assert difference_report.pieces("trình gấp Đề án", "trình Đề án") == "trình bỏ «gấp»"


class TestCommand:
    def write(self, folder: Path, *lines: str, head: str = HEAD) -> Path:
        folder.mkdir(exist_ok=True)
        (path := folder / "tb.txt").write_text(text(*lines, head=head), encoding="utf-8")
        return path

    def test_a_difference_is_no_failure(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        old = self.write(tmp_path / "1", *TASKS[:2], head=HEAD)
        new = self.write(tmp_path / "2", *TASKS[:3], head=HEAD.replace("77/TB", "78/TB"))
        assert main(["diff", str(old), str(new)]) == 0
        told = capsys.readouterr().out
        assert "77/TB-VPCP ngày 03/06/2024 → 78/TB-VPCP" in told and "1 thêm" in told

    def test_a_document_that_fails_is(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        old = self.write(tmp_path / "1", *TASKS[:2])
        assert main(["diff", str(old), str(tmp_path / "none.docx")]) == 1
        told = capsys.readouterr()
        assert "none.docx" in told.err and "1 chỉ có ở bản cũ" in told.out

    def test_two_runs(self, tmp_path: Path) -> None:
        for run, lines in (("1", TASKS[:3]), ("2", TASKS[:2])):
            path = self.write(tmp_path / run, *lines)
            assert main(["convert", str(path), "-o", str(tmp_path / f"{run}.sqlite")]) == 0
        outs = [tmp_path / name for name in ("a.json", "b.json")]
        stores = [str(tmp_path / f"{run}.sqlite") for run in ("1", "2")]
        for out in outs:
            assert main(["diff", *stores, "-o", str(out)]) == 0
        assert outs[0].read_bytes() == outs[1].read_bytes()
        (one,) = json.loads(outs[0].read_bytes())["documents"]
        assert (one["unchanged"], len(one["struck"]), one["changed"]) == (2, 1, [])
