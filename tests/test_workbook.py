"""The workbook as a spreadsheet program reads it."""

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from vnpolicy.models import (
    Clarity,
    Deadline,
    Header,
    Metric,
    Notice,
    Provision,
    Quantity,
    Reference,
    Segment,
    Source,
    Span,
    Task,
    Warning,
)
from vnpolicy.writers import sheet, table, workbook
from vnpolicy.writers.sink import open_sink

pytest.importorskip("xlsxwriter")
openpyxl = pytest.importorskip("openpyxl")

TEXT = "1. Giao Sở A trình Đề án trước ngày 20/8/2025, đạt 35% hộ dân."
DUE = datetime.date(2025, 8, 19)
NAMES = ["Nhiệm vụ", "Chỉ tiêu", "Văn bản viện dẫn", "Văn bản", "Cảnh báo"]


def at(quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"span": Span(start, start + len(quote)), "text": quote}


def task(action: str = "trình Đề án", **fields: Any) -> Task:
    values: dict[str, Any] = {
        "id": "t-1",
        "summary": "x",
        "deadlines": [Deadline(**at("trước ngày 20/8/2025"), due_on=DUE)],
        "due_on": DUE,
        "path": ["1"],
        "clarity": Clarity(who=True, what=True, when=True, result=False),
    }
    return Task(**at("trình Đề án"), action=action, **(values | fields))


def notice(*tasks: Task, **fields: Any) -> Notice:
    header = Header(doc_type="thong-bao", number="5/TB", issued_on=datetime.date(2025, 7, 3))
    return Notice(text=TEXT, header=header, tasks=list(tasks), **fields)


def book(path: Path, *notices: Notice) -> Any:
    sink = open_sink(path / "a.xlsx", suffix=".xlsx", types={"thong-bao": "Thông báo"})
    for number, one in enumerate(notices, 1):
        sink.add(f"{number}.docx", one)
    sink.close()
    return openpyxl.load_workbook(path / "a.xlsx")


def line(page: Any, row: int = 2) -> dict[str, Any]:
    return {
        page.cell(1, at).value: page.cell(row, at).value for at in range(1, page.max_column + 1)
    }


class TestTasks:
    def test_a_task_is_a_row(self, tmp_path: Path) -> None:
        page = book(tmp_path, notice(task(), source=Source(pages=3)))["Nhiệm vụ"]
        assert [cell.value for cell in page[1]] == list(table.COLUMNS)
        found = line(page)
        assert found["STT"] == 1
        assert found["Nội dung nhiệm vụ"] == "Trình Đề án"
        assert found["Thời hạn"] == datetime.datetime(2025, 8, 19)
        assert found["Ngày văn bản"] == datetime.datetime(2025, 7, 3)
        assert found["Trạng thái rõ ràng"] == "Thiếu: sản phẩm"
        assert found["Ghi chú"] == "Tệp: 1.docx"
        assert page.cell(2, 5).number_format == "dd/mm/yyyy"

    def test_an_hour_is_with_its_day_and_words_stay_words(self, tmp_path: Path) -> None:
        timed = Deadline(**at("trước ngày 20/8/2025"), due_on=DUE, due_time="15:30")
        midnight = timed.model_copy(update={"due_time": "24:00"})
        standing = Deadline(**at("hộ dân"), recurrence="FREQ=MONTHLY")
        old = {"due_on": datetime.date(1890, 1, 2), "deadlines": []}
        page = book(
            tmp_path,
            notice(
                task(deadlines=[timed]),
                task(deadlines=[midnight]),
                task(deadlines=[standing], due_on=None),
                task(**old),
            ),
        )["Nhiệm vụ"]
        assert [line(page, row)["Thời hạn"] for row in range(2, 6)] == [
            datetime.datetime(2025, 8, 19, 15, 30),
            "24:00 19/08/2025",
            "hộ dân",
            "02/01/1890",
        ]

    @pytest.mark.parametrize(
        "text", ["=cmd()", "+1", "-2", "@a", "{=1}", "http://a.vn", "<r>a & b</r>"]
    )
    def test_text_stays_text(self, text: str, tmp_path: Path) -> None:
        page = book(tmp_path, notice(task(deliverable=text)))["Nhiệm vụ"]
        cell = page.cell(2, 6)
        assert cell.data_type in ("s", "inlineStr")
        assert cell.value.strip() == text
        assert cell.hyperlink is None

    def test_a_full_cell_is_cut_and_controls_are_shown(self, tmp_path: Path) -> None:
        page = book(
            tmp_path,
            notice(task("a" * 40_000), task("\U0001f600" * 20_000), task("một\x00 hai\x1b\ufffe")),
        )["Nhiệm vụ"]
        first, second, third = (page.cell(row, 2).value for row in (2, 3, 4))
        assert len(first) == sheet.CELL and first.endswith("a…")
        assert len(second.encode("utf-16-le")) // 2 <= sheet.CELL and second.endswith("\U0001f600…")
        assert third == "Một\ufffd hai\ufffd\ufffd"

    def test_a_full_sheet_goes_on_in_another(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(workbook, "ROWS", 4)
        whole = book(tmp_path, notice(*[task(f"việc {n}") for n in range(8)]))
        assert whole.sheetnames == [*NAMES, "Nhiệm vụ (2)", "Nhiệm vụ (3)"]
        assert [cell.value for cell in whole["Nhiệm vụ (3)"][1]] == list(table.COLUMNS)
        assert [whole["Nhiệm vụ (2)"].cell(row, 1).value for row in (2, 3, 4)] == [4, 5, 6]
        assert whole["Nhiệm vụ (2)"].auto_filter.ref == "A1:K4"
        assert whole["Nhiệm vụ (3)"].max_row == 3


class TestOthers:
    def test_targets_are_numbers_with_their_paragraph(self, tmp_path: Path) -> None:
        metric = Metric(text="hộ dân", span=at("hộ dân")["span"])
        targets = [
            Quantity(**at("35%"), value=Decimal("35"), unit="%", metric=metric, due_on=DUE),
            Quantity(**at("35%"), value=Decimal("1234567890123456789.5")),
        ]
        segments = [
            Segment(id=0, kind="item", span=Span(0, len(TEXT))),
            Segment(id=1, parent=0, kind="paragraph", span=Span(3, 20)),
        ]
        page = book(tmp_path, notice(targets=targets, segments=segments))["Chỉ tiêu"]
        found = line(page)
        assert (found["Chỉ tiêu"], found["Giá trị"], found["Đơn vị"]) == ("Hộ dân", 35, "%")
        assert found["Đoạn văn"] == TEXT
        assert line(page, 3)["Giá trị"] == "1234567890123456789.5"

    def test_an_instrument_is_named_once(self, tmp_path: Path) -> None:
        one = Reference(
            **at("Đề án"),
            type="nghi-dinh",
            number="1/2020/NĐ-CP",
            id="nghi-dinh/1",
            provision=[Provision(unit="khoan", label="2"), Provision(unit="dieu", label="5")],
        )
        other = one.model_copy(update={"id": "x", "resolves_to": "nghi-dinh/1", "name": "Tên"})
        page = book(tmp_path, notice(references=[one, other]))["Văn bản viện dẫn"]
        found = line(page)
        assert page.max_row == 2
        assert (found["Số lần"], found["Tên, trích yếu"]) == (2, "Tên")
        assert found["Điều khoản"] == "khoản 2 Điều 5"

    def test_documents_and_warnings_are_listed(self, tmp_path: Path) -> None:
        warnings = [Warning(code="no-anchor", message="no date", span=at("Sở A")["span"])]
        whole = book(tmp_path, notice(task(), warnings=warnings), notice())
        found = line(whole["Văn bản"])
        assert (found["Tệp"], found["Loại"], found["Nhiệm vụ"]) == ("1.docx", "Thông báo", 1)
        assert whole["Văn bản"].max_row == 3
        found = line(whole["Cảnh báo"])
        assert found["Cảnh báo"] == "Không rõ ngày để tính thời hạn"
        assert (found["Trích"], found["Tệp"]) == ("Sở A", "1.docx")


class TestLayout:
    def test_it_is_ready_to_filter_and_to_print(self, tmp_path: Path) -> None:
        whole = book(tmp_path, notice(task("dài " * 60)))
        assert whole.sheetnames == NAMES
        assert whole.properties.created.year == 2000
        for page in whole:
            assert page.freeze_panes == "A2"
            assert page.auto_filter.ref.startswith("A1:")
            assert (page.page_setup.orientation, page.page_setup.paperSize) == ("landscape", 9)
            assert page.print_title_rows == "$1:$1"
        page = whole["Nhiệm vụ"]
        assert page.row_dimensions[2].height > 60
        assert page.cell(2, 2).alignment.wrap_text

    def test_an_archive_without_documents_is_a_workbook(self, tmp_path: Path) -> None:
        assert book(tmp_path).sheetnames == NAMES
