"""The evaluation: what counts as the same record, and the figures that come out."""

import json
from pathlib import Path
from typing import Any

import pytest

from vnpolicy.errors import DocumentError
from vnpolicy.evaluate import MEASURES, Counts, agree, compare, overlap, pair_off, report, total
from vnpolicy.evaluate.gold import place, read_gold


def at(start: int, end: int, **fields: Any) -> dict[str, Any]:
    return {"start": start, "end": end, "text": "x" * (end - start), **fields}


def lead(*ids: str, text: str = "", role: str = "lead") -> dict[str, Any]:
    return {"role": role, "agency_ids": list(ids), "text": text}


class TestPairing:
    def test_overlap_is_the_shared_part_of_the_union(self) -> None:
        assert overlap(at(0, 10), at(5, 15)) == pytest.approx(5 / 15)
        assert overlap(at(0, 10), at(10, 15)) == 0

    def test_the_best_overlap_goes_first(self) -> None:
        gold = [at(0, 10), at(8, 20)]
        given = [at(6, 20)]
        assert pair_off(gold, given, same=None, floor=0.3) == [(1, 0)]

    def test_a_record_is_used_once(self) -> None:
        assert len(pair_off([at(0, 10)], [at(0, 10), at(0, 9)], same=None, floor=0.3)) == 1

    def test_a_disagreeing_record_leaves_its_place_to_the_next(self) -> None:
        gold = [at(0, 10, due_on="2025-05-01")]
        given = [at(0, 10, due_on="2025-05-02"), at(0, 8, due_on="2025-05-01")]
        assert pair_off(gold, given, same=agree.same_deadline, floor=0.3) == [(0, 1)]

    def test_too_little_overlap_is_none(self) -> None:
        assert compare({"tasks": [at(0, 10)]}, {"tasks": [at(6, 16)]})["tasks"].counts.found == 0


class TestReference:
    @pytest.mark.parametrize(
        ("gold", "given", "same"),
        [
            (
                {"type": "luat", "name": "Luật Đo lường"},
                {"type": "luat", "name": "luật đo lường"},
                1,
            ),
            (
                {"type": "luat", "name": "Luật Đo lường"},
                {"type": "bo-luat", "name": "Luật Đo lường"},
                0,
            ),
            ({"number": "06/QĐ-TTg"}, {"number": "6/qđ-ttg"}, 1),
            ({"number": "06/QĐ-TTg"}, {"number": "60/QĐ-TTg"}, 0),
            ({"number": "06/QĐ-TTg"}, {"name": "06/QĐ-TTg"}, 0),
            ({"name": "Đề án “Phố xanh”"}, {"name": "Phố xanh"}, 1),
            ({"name": "Chiến lược về dữ liệu"}, {"name": "Chiến lược dữ liệu"}, 1),
            ({"name": "Luật Đo lường"}, {"name": None}, 0),
            ({"number": "1/TB-UBND", "year": 2024}, {"number": "1/TB-UBND", "year": 2024}, 1),
            ({"number": "1/TB-UBND", "year": 2024}, {"number": "1/TB-UBND", "year": None}, 0),
            ({"number": "1/TB-UBND", "year": None}, {"number": "1/TB-UBND", "year": 2024}, 1),
        ],
    )
    def test_same(self, gold: dict[str, Any], given: dict[str, Any], same: int) -> None:
        assert agree.same_reference(gold, given) is bool(same)


class TestValues:
    def test_deadlines_by_due_day_or_by_recurring(self) -> None:
        rule = {"recurrence": "FREQ=MONTHLY", "due_on": None}
        assert agree.same_deadline(rule, {"recurrence": "FREQ=YEARLY", "due_on": None})
        assert not agree.same_deadline(rule, {"due_on": None})
        assert agree.same_deadline({"due_on": None}, {"due_on": None})

    @pytest.mark.parametrize(
        ("gold", "given", "same"),
        [
            ({"value": "5", "unit": "%"}, {"value": "5.0", "unit": "phần trăm"}, 1),
            ({"value": "5", "unit": "%"}, {"value": "5", "unit": None}, 0),
            ({"value": "5", "unit": "dịch vụ công"}, {"value": "5", "unit": "dịch vụ"}, 1),
            ({"value": "5", "value_max": "6"}, {"value": "5"}, 0),
            ({"value": "1E+3"}, {"value": "1000"}, 1),
        ],
    )
    def test_quantities(self, gold: dict[str, Any], given: dict[str, Any], same: int) -> None:
        assert agree.same_quantity(gold, given) is bool(same)

    def test_assignees_by_role_and_ids(self) -> None:
        assert agree.same_assignee(lead("bo-y-te"), lead("bo-y-te"))
        assert not agree.same_assignee(lead("bo-y-te"), lead("bo-y-te", role="support"))
        assert not agree.same_assignee(lead("bo-y-te"), lead())
        assert agree.same_assignee(lead(text="Tổ công tác"), lead("bo-y-te"))


class TestLeads:
    @pytest.mark.parametrize(
        ("gold", "given", "same"),
        [
            ([lead("a"), lead("b")], [lead("b", "a")], 1),
            ([lead("a")], [lead("a"), lead("b")], 0),
            ([lead("a"), lead("b")], [lead("a")], 0),
            ([lead("a")], [lead("a"), lead("c", role="support")], 1),
            ([lead(text="Tổ công tác")], [lead(text="các tổ công tác")], 1),
            ([lead(text="Tổ công tác")], [lead("x", text="Tổ công tác")], 1),
            ([lead(text="Tổ công tác")], [lead(text="Ban quản lý")], 0),
            ([lead("a", text="Sở A")], [lead(text="Sở A")], 0),
            ([lead("a")], [lead("a"), lead(text="Ban quản lý")], 0),
            ([], [], 1),
            ([lead("a")], [], 0),
            ([], [lead("a")], 0),
        ],
    )
    def test_same(self, gold: list[Any], given: list[Any], same: int) -> None:
        assert agree.same_leads({"assignees": gold}, {"assignees": given}) is bool(same)


GOLD = {
    "tasks": [
        at(0, 40, assignees=[lead("a")], due_on="2025-05-01"),
        at(50, 90, assignees=[lead("b")], due_on=None),
        at(100, 140, assignees=[lead("c")], due_on=None),
    ],
    "quantities": [
        at(5, 8, value="5", unit="%", role="target"),
        at(60, 63, value="7", role="other"),
    ],
}
GIVEN = {
    "tasks": [
        at(0, 44, assignees=[lead("a")], due_on="2025-05-01"),
        at(50, 90, assignees=[lead("x")], due_on=None),
        at(200, 240, assignees=[lead("y")], due_on=None),
        at(300, 340, assignees=[lead("z")], due_on=None),
    ],
    "quantities": [
        at(5, 8, value="5", unit="%", role="other"),
        at(60, 63, value="7", role="other"),
    ],
}


class TestFigures:
    def test_every_measure_is_counted(self) -> None:
        found = compare(GOLD, GIVEN)
        assert tuple(found) == MEASURES
        counts = {measure: one.counts for measure, one in found.items()}
        assert counts["tasks"] == Counts(2, 3, 4)
        assert counts["task+lead"] == Counts(1, 3, 4)
        assert counts["task+due"] == Counts(2, 3, 4)
        assert counts["rows_right"] == Counts(1, 3, 4)
        assert counts["quantities"] == Counts(2, 2, 2)
        assert counts["targets"] == Counts(0, 1, 0)
        assert counts["deadlines"] == Counts(0, 0, 0)

    def test_missed_extra_and_wrong_are_listed(self) -> None:
        found = compare(GOLD, GIVEN)
        assert [one["start"] for one in found["tasks"].missed] == [100]
        assert [one["start"] for one in found["tasks"].extra] == [200, 300]
        assert [gold["start"] for gold, _ in found["task+lead"].wrong] == [50]
        lines = list(report.differences(found, ["tasks", "rows"]))
        assert [line.split()[0] for line in lines] == ["MISSED", "EXTRA", "EXTRA", "LEAD"]

    def test_nothing_wanted_and_nothing_given_is_perfect(self) -> None:
        assert (Counts().precision, Counts().recall, Counts().f1) == (1, 1, 1)
        assert Counts(0, 0, 3).precision == 0
        assert Counts(0, 2, 0).f1 == 0

    def test_documents_add_up(self) -> None:
        found = compare(GOLD, GIVEN)
        sums = total([found, found])
        assert sums["tasks"] == Counts(4, 6, 8)
        table = json.loads(report.to_json({"x": found}, sums))
        assert table["docs"]["x"]["tasks"] == [2, 3, 4]
        assert table["total"]["tasks"]["R"] == 0.6667


class TestGoldFile:
    def test_places_are_found_from_quotes(self) -> None:
        text = "Sở A trình; Sở A nộp báo cáo."
        assert place(text, {"quote": "Sở A", "nth": 2}) == (12, 16)
        assert place(text, {"from": "Sở A", "to": "nộp", "nth": 2}) == (12, 20)
        assert place(text, {"start": 1, "end": 3}) == (1, 3)
        with pytest.raises(ValueError, match="no such quote"):
            place(text, {"quote": "Sở A", "nth": 3})
        with pytest.raises(ValueError, match="end of a quote"):
            place(text, {"from": "Sở A", "to": "Sở B"})

    def test_a_file_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").write_text("Sở A nộp báo cáo.\r\n", encoding="utf-8-sig", newline="")
        table = {"text_file": "a.txt", "anchor_date": "2025-01-02", "tasks": [{"quote": "Sở A"}]}
        (tmp_path / "a.json").write_text(json.dumps(table), encoding="utf-8")
        gold = read_gold(tmp_path / "a.json", tmp_path)
        assert gold.text == "Sở A nộp báo cáo.\r\n"
        assert str(gold.anchor_date) == "2025-01-02"
        assert gold.records["tasks"] == [{"quote": "Sở A", "start": 0, "end": 4, "text": "Sở A"}]

    @pytest.mark.parametrize(
        "table",
        [
            "[]",
            "{}",
            '{"text_file": "a.txt", "tasks": [{"quote": "Sở B"}]}',
            "{",
            '{"text_file": 5}',
        ],
    )
    def test_a_bad_file_is_named(self, tmp_path: Path, table: str) -> None:
        (tmp_path / "a.txt").write_text("Sở A", encoding="utf-8")
        (tmp_path / "a.json").write_text(table, encoding="utf-8")
        with pytest.raises(DocumentError, match=r"a\.json: is no gold file"):
            read_gold(tmp_path / "a.json", tmp_path)
