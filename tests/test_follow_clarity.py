"""Why a task leaves open who does what by when with what result."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from vnpolicy import extract
from vnpolicy.cli import main
from vnpolicy.follow import clarity_report
from vnpolicy.follow.clarity import QUESTIONS, Survey, remarks, survey
from vnpolicy.models import Assignee, Clarity, Deadline, Notice, Span, Task
from vnpolicy.writers import item

CORPUS = Path(__file__).parent.parent / "corpus" / "notices"
HEAD = """VĂN PHÒNG CHÍNH PHỦ
Số: 77/TB-VPCP
Hà Nội, ngày 3 tháng 6 năm 2024

THÔNG BÁO
Kết luận tại cuộc họp về cấp nước nông thôn

Phó Thủ tướng yêu cầu:

"""
PLACE = Span(0, 1)


def judged(line: str) -> dict[tuple[str, str], tuple[bool, str | None]]:
    """The remarks on the one task of the line."""
    (one,) = survey([("a.txt", extract(f"{HEAD}1. {line}\n"))]).sheets[0].tasks
    return {(mark.question, mark.code): (mark.weak, mark.words) for mark in one.remarks}


def made(**given: Any) -> set[tuple[str, str, bool]]:
    """The remarks on a task with these fields."""
    answered = dict.fromkeys(QUESTIONS, True) | given.pop("clarity", {})
    task = Task(
        id="t",
        span=PLACE,
        text="trình Đề án",
        summary="Trình Đề án",
        clarity=Clarity(**answered),
        **{"action": "trình Đề án", **given},
    )
    (work,) = item.items("a.txt", Notice(text="x", tasks=[task]))
    return {(one.question, one.code, one.weak) for one in remarks(task, work)}


def party(text: str, role: str) -> Assignee:
    return Assignee(span=PLACE, text=text, role=role)  # type: ignore[arg-type]


def corpus() -> Survey:
    found = [
        (path.name, extract(path.read_text(encoding="utf-8"))) for path in CORPUS.glob("*.txt")
    ]
    return survey(sorted(found, key=lambda pair: pair[0]))


class TestWho:
    def test_nobody_is_named(self) -> None:
        assert made(clarity={"who": False}) == {("who", "nobody", False)}

    def test_only_who_supports_is_named(self) -> None:
        found = made(clarity={"who": False}, assignees=[party("Bộ Y tế", "support")])
        assert found == {("who", "support-only", False)}

    def test_only_others_are_named(self) -> None:
        found = made(clarity={"who": False}, assignees=[party("Thủ tướng", "recipient")])
        assert found == {("who", "others-only", False)}

    def test_a_class_answers_and_could_be_named(self) -> None:
        found = judged("Các bộ, ngành, địa phương trình Đề án trước ngày 15/7/2024.")
        assert found == {("who", "class"): (True, "Các bộ, ngành, địa phương")}

    def test_a_class_beside_one_that_is_named_is_one_of_several(self) -> None:
        found = judged("Bộ Y tế và các địa phương trình Đề án trước ngày 15/7/2024.")
        assert set(found) == {("who", "several")}

    def test_several_lead_alike(self) -> None:
        found = made(assignees=[party("Bộ Y tế", "lead"), party("Bộ Công an", "lead")])
        assert found == {("who", "several", True)}
        one = made(assignees=[party("Bộ Y tế", "lead"), party("Bộ Công an", "support")])
        assert not one


class TestWhat:
    def test_nothing_is_said(self) -> None:
        assert made(clarity={"what": False}, action="") == {("what", "no-action", False)}

    def test_an_aim_without_an_end(self) -> None:
        found = judged("Bộ Y tế tăng cường tuyên truyền tiết kiệm nước trước ngày 15/7/2024.")
        assert found["what", "general"] == (True, "tăng cường")

    def test_an_aim_with_a_target_has_an_end(self) -> None:
        found = judged("Bộ Y tế nâng cao tỷ lệ hộ dùng nước sạch lên 95% trước ngày 15/7/2024.")
        assert ("what", "general") not in found and ("result", "no-result") not in found


@pytest.mark.parametrize(
    "line, code, words",
    [
        ("Bộ Y tế trình Đề án.", "no-time", None),
        ("Bộ Y tế khẩn trương trình Đề án.", "urgent-only", None),
        ("Bộ Y tế thường xuyên kiểm tra chất lượng nước.", "standing-only", None),
        (
            "Bộ Y tế trình Đề án trong vòng 10 ngày kể từ khi nhận đủ hồ sơ.",
            "event",
            "trong vòng 10 ngày kể từ khi nhận đủ hồ sơ",
        ),
        ("Bộ Y tế trình Đề án trong năm 2025.", "period", "trong năm 2025"),
        ("Bộ Y tế trình Đề án trong quý III năm 2024.", "period", "trong quý III năm 2024"),
        ("Bộ Y tế kiểm tra nguồn nước, định kỳ hằng quý.", "no-day-in-period", "định kỳ hằng quý"),
        ("Bộ Y tế trình Đề án trước ngày 15/7.", "year-inferred", "trước ngày 15/7"),
    ],
)
def test_when(line: str, code: str, words: str | None) -> None:
    weak = code in ("period", "no-day-in-period", "year-inferred")
    found = {key: value for key, value in judged(line).items() if key[0] == "when"}
    assert found == {("when", code): (weak, words)}


@pytest.mark.parametrize(
    "line",
    [
        "Bộ Y tế trình Đề án trước ngày 15/7/2024.",
        "Bộ Y tế trình Đề án trong tháng 8/2024.",
        "Bộ Y tế gửi báo cáo trước ngày 25 hằng tháng.",
    ],
)
def test_a_day_needs_no_remark(line: str) -> None:
    assert not [key for key in judged(line) if key[0] == "when"]


@pytest.mark.parametrize(
    "fields, code",
    [
        ({"duration": "P3D", "value": "P3D"}, "no-start"),
        ({"duration": "P3D", "counted_from": "ngày nhận hồ sơ"}, "event"),
        ({"value": "XXXX-12-31"}, "no-year"),
        ({"value": "2026", "modifier": "from"}, "start-only"),
        ({"value": "PRESENT_REF"}, "no-day"),
    ],
)
def test_a_time_that_gives_no_day(fields: dict[str, str], code: str) -> None:
    time = Deadline(span=PLACE, text="x", **fields)  # type: ignore[arg-type]
    assert made(clarity={"when": False}, deadlines=[time]) == {("when", code, False)}


def test_no_result() -> None:
    assert made(clarity={"result": False}) == {("result", "no-result", False)}


class TestSurvey:
    def test_a_remark_fails_where_and_only_where_the_record_does(self) -> None:
        found = corpus()
        assert found.documents == 12 and found.whole.tasks > 100
        for sheet in found.sheets:
            for one in sheet.tasks:
                failing = {mark.question for mark in one.remarks if not mark.weak}
                assert failing == set(one.item.lacking)
                for mark in one.remarks:
                    assert (mark.question, mark.code) in clarity_report.REASON
                    assert mark.weak == (mark.question not in one.item.lacking)

    def test_the_whole_is_the_sum_of_its_documents(self) -> None:
        found = corpus()
        assert found.whole.tasks == sum(one.share.tasks for one in found.sheets)
        assert found.whole.clear == sum(one.share.clear for one in found.sheets)
        for name in QUESTIONS:
            assert found.whole.answered[name] == sum(
                one.share.answered[name] for one in found.sheets
            )

    def test_every_reason_can_occur_and_is_explained(self) -> None:
        from vnpolicy.follow import clarity

        told = clarity.__doc__ or ""
        assert all(f"``{code}``" in told for _, code in clarity_report.REASON)


class TestReport:
    TEXT = (
        f"{HEAD}1. Bộ Y tế trình Đề án trước ngày 15/7/2024.\n\n"
        "2. Các bộ, ngành tăng cường kiểm tra.\n"
    )

    def found(self) -> Survey:
        return survey([("a.txt", extract(self.TEXT)), ("b.txt", extract("Không có việc gì."))])

    def test_text(self) -> None:
        told = clarity_report.text(self.found(), width=120)
        assert told.startswith("Mức độ rõ của 2 nhiệm vụ trong 2 văn bản\n")
        assert "  Rõ thời gian:      1  50%\n  Rõ sản phẩm:       1  50%\n" in told
        assert "77/TB-VPCP ngày 03/06/2024: Kết luận tại cuộc họp về cấp nước nông thôn\n" in told
        assert "Thiếu: không nêu thời gian; không nêu sản phẩm hay chỉ tiêu\n" in told
        assert "Nên rõ hơn: giao chung, không nêu đích danh (“Các bộ, ngành”);" in told
        assert told.count("Rõ cả bốn\n") == 1

    def test_text_keeps_to_the_width(self) -> None:
        assert max(map(len, clarity_report.text(corpus(), width=50).splitlines())) <= 50

    def test_csv(self) -> None:
        data = clarity_report.to_csv(self.found())
        rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))
        assert tuple(rows[0]) == clarity_report.COLUMNS
        assert [row["Rõ thời gian"] for row in rows] == ["có", "không"]
        assert (rows[0]["Thiếu"], rows[0]["Nên rõ hơn"]) == ("", "")

    def test_json(self) -> None:
        told = json.loads(clarity_report.to_json(self.found()))
        assert told["documents"] == 2 and len(told["sheets"]) == 1
        assert told["whole"]["clear"] == 1 and told["whole"]["remarks"]["when/no-time"] == 1
        first, second = told["sheets"][0]["tasks"]
        assert first["remarks"] == [] and second["who"] is True and second["when"] is False
        assert second["remarks"][0] == {
            "question": "who",
            "code": "class",
            "weak": True,
            "words": "Các bộ, ngành",
        }


def test_the_command_tells_a_document_and_a_store_alike(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path := tmp_path / "a.txt").write_text(TestReport.TEXT, encoding="utf-8")
    assert main(["convert", str(path), "-o", str(tmp_path / "kho.jsonl")]) == 0
    capsys.readouterr()
    told = []
    for source in (path, tmp_path / "kho.jsonl"):
        assert main(["clarity", str(source), "--format", "json"]) == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] and json.loads(told[0])["whole"]["tasks"] == 2
    assert main(["clarity", str(path), "-o", str(tmp_path / "x.ics")]) == 2
