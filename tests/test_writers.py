"""What is written of a notice: the sheet, the account, the page, the JSON."""

import csv
import datetime
import io
import json
from decimal import Decimal
from html.parser import HTMLParser
from typing import Any

import pytest

from vnpolicy.models import (
    Assignee,
    Clarity,
    Deadline,
    Header,
    Metric,
    Notice,
    Quantity,
    Span,
    Task,
    Warning,
)
from vnpolicy.writers import jsonl, table
from vnpolicy.writers.account import account, task_table
from vnpolicy.writers.page import page

TEXT = (
    "Giao Sở Công Thương chủ trì, phối hợp với\n**Sở Tài chính** trình <Đề án> trước ngày "
    "20/8/2025, phấn đấu đạt ít nhất 35% hộ dân dùng điện mặt trời."
)


def at(quote: str) -> dict[str, Any]:
    start = TEXT.index(quote)
    return {"span": Span(start, start + len(quote)), "text": quote}


def target() -> Quantity:
    return Quantity(
        **at("ít nhất 35%"),
        value=Decimal(35),
        unit="%",
        comparator="ge",
        role="target",
        metric=Metric(text="hộ dân dùng\nđiện", span=Span(0, 1)),
        due_on=datetime.date(2025, 12, 31),
    )


def deadline(**fields: Any) -> Deadline:
    return Deadline(**at("trước ngày 20/8/2025"), due_on=datetime.date(2025, 8, 19), **fields)


def task(**fields: Any) -> Task:
    values: dict[str, Any] = {
        "id": "t-1",
        "action": "trình <Đề án>",
        "assignees": [
            Assignee(**at("Sở Công Thương"), role="lead"),
            Assignee(**at("**Sở Tài chính**"), role="support"),
        ],
        "deadlines": [deadline()],
        "due_on": datetime.date(2025, 8, 19),
        "deliverable": "Đề án",
        "summary": "Trình Đề án",
        "path": ["II", "3", "a"],
        "clarity": Clarity(who=True, what=True, when=True, result=True),
    }
    return Task(**at(TEXT[5:-1]), **(values | fields))


def notice(*tasks: Task, **fields: Any) -> Notice:
    header = Header(
        doc_type="thong-bao",
        number="45/TB-UBND",
        issued_on=datetime.date(2025, 7, 3),
        place="Cần Thơ",
        subject="Kết luận về điện mặt trời",
    )
    return Notice(text=TEXT, header=header, tasks=list(tasks), **fields)


def cells(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


class TestSheet:
    def test_a_task_is_a_row(self) -> None:
        found = cells(table.to_csv(table.rows(notice(task()))))
        assert found[0] == list(table.COLUMNS)
        assert found[1] == [
            "1",
            "Trình <Đề án>",
            "Sở Công Thương",
            "Sở Tài chính",
            "19/08/2025",
            "Đề án",
            "45/TB-UBND",
            "03/07/2025",
            "II.3.a",
            "Rõ",
            "",
        ]

    def test_a_document_without_number_goes_by_its_name(self) -> None:
        row = table.rows(Notice(text=TEXT, tasks=[task()]), name="tin-123")[0]
        assert (row.document, row.issued) == ("tin-123", "")

    @pytest.mark.parametrize("start", ["=", "+", "-", "@", "＝"])
    def test_what_begins_like_a_formula_stays_text(self, start: str) -> None:
        row = table.rows(notice(task(action=f" {start}HYPERLINK(A1)")))
        assert cells(table.to_csv(row))[1][1] == f"'{start}HYPERLINK(A1)"

    def test_line_breaks_and_quotes_stay_inside_their_cell(self) -> None:
        row = table.rows(notice(task(action='trình "Đề án",\nbáo cáo')))
        assert cells(table.to_csv(row))[1][1] == 'Trình "Đề án", báo cáo'

    def test_the_hour_is_with_the_day(self) -> None:
        found = table.due(task(deadlines=[deadline(due_time="15:00")]))
        assert found == "15:00 19/08/2025"

    def test_a_standing_duty_keeps_its_words(self) -> None:
        standing = Deadline(**at("trước ngày 20/8/2025"), recurrence="FREQ=MONTHLY")
        assert table.due(task(deadlines=[standing], due_on=None)) == "trước ngày 20/8/2025"
        assert table.due(task(deadlines=[], due_on=None)) == ""

    def test_a_supplied_year_is_noted(self) -> None:
        row = table.rows(notice(task(deadlines=[deadline(year_inferred=True)])))[0]
        assert row.note == "Năm của thời hạn suy ra từ ngày văn bản"

    def test_what_a_task_leaves_open_is_named(self) -> None:
        vague = Clarity(who=False, what=True, when=True, result=False)
        row = table.rows(notice(task(clarity=vague)))[0]
        assert row.clear == "Thiếu: người thực hiện, sản phẩm"

    def test_what_recurs_and_where_it_stands_are_noted(self) -> None:
        monthly = Deadline(**at("trình <Đề án>"), recurrence="FREQ=MONTHLY")
        later = Deadline(**at("35%"), due_on=datetime.date(2025, 12, 31))
        whole = task(deadlines=[deadline(), monthly, later], urgency="urgent", page=4)
        assert table.rows(notice(whole), file="a.pdf")[0].note == (
            "Khẩn trương. Định kỳ: trình <Đề án>. Mốc khác: 35%. Tệp: a.pdf, trang 4"
        )
        assert table.rows(notice(task(page=4)))[0].note == "Trang 4"

    def test_recipients_and_overseers_are_noted(self) -> None:
        others = [
            Assignee(**at("Sở Công Thương"), role="oversee"),
            Assignee(**at("**Sở Tài chính**"), role="recipient"),
        ]
        row = table.rows(notice(task(assignees=others)))[0]
        assert row.note == "Theo dõi, đôn đốc: Sở Công Thương. Trình, báo cáo: Sở Tài chính"
        assert (row.lead, row.support) == ("", "")


class TestAccount:
    def test_it_says_what_who_and_when(self) -> None:
        told = account(
            notice(task(), targets=[target()]), width=90, types={"thong-bao": "Thông báo"}
        )
        assert told.splitlines()[:4] == [
            "Văn bản: Thông báo 45/TB-UBND",
            "Ban hành: Cần Thơ, ngày 03/07/2025",
            "Về việc: Kết luận về điện mặt trời",
            "Nhiệm vụ: 1",
        ]
        for words in ("Sở Công Thương; phối hợp:", "Trình <Đề án>", "19/08/2025"):
            assert words in told
        assert "- ít nhất 35%, hộ dân dùng điện, thời hạn 31/12/2025" in told

    def test_a_warning_shows_its_words(self) -> None:
        known = Warning(code="no-anchor", message="no date", span=Span(5, 19))
        other = Warning(code="other", message="something else")
        told = account(notice(warnings=[known, other]))
        assert "- không rõ ngày để tính thời hạn: “Sở Công Thương”\n- something else" in told

    @pytest.mark.parametrize("width", [1, 40, 57, 100, 250])
    def test_lines_keep_to_the_width(self, width: int) -> None:
        long = task(action="trình " + "đề án phát triển " * 30)
        told = account(notice(long, task(), targets=[target()]), width=width)
        assert max(map(len, told.splitlines())) <= max(width, 40)
        assert " ".join(told.split()).count("phát") == 30

    def test_a_number_is_not_broken_at_its_hyphen(self) -> None:
        told = task_table(
            table.rows(notice(task(action="theo " + "12/2024/NĐ-CP " * 20))), width=60
        )
        assert told.count("12/2024/NĐ-CP") == 20

    def test_short_tables_are_not_stretched(self) -> None:
        told = task_table(table.rows(notice(task())), width=200)
        assert max(map(len, told.splitlines())) < 120

    def test_documents_are_a_column_where_asked(self) -> None:
        told = task_table(table.rows(notice(task())), width=120, document=True)
        assert told.splitlines()[0].split()[:3] == ["STT", "Văn", "bản"]
        assert "45/TB-UBND" in told and "03/07/2025" in told


class Reading(HTMLParser):
    """The text of the page's ``<pre>``, the tags seen, and what they would load."""

    def __init__(self) -> None:
        super().__init__()
        self.inside = False
        self.text = ""
        self.tags: list[str] = []
        self.loads: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "pre"
        self.tags.append(tag)
        self.loads += [f"{k}={v}" for k, v in attrs if k in ("src", "srcset", "data", "action")]
        self.loads += [
            f"{k}={v}" for k, v in attrs if k == "href" and not (v or "").startswith("#")
        ]

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.text += data


def read_page(html: str) -> Reading:
    reading = Reading()
    reading.feed(html)
    return reading


class TestPage:
    def test_the_text_is_all_there_and_nothing_is_loaded(self) -> None:
        whole = notice(task(), deadlines=[deadline()], quantities=[target()])
        reading = read_page(page(whole))
        assert reading.text == "\n" + TEXT  # a parser drops the line end after <pre>
        assert not reading.loads
        assert {"script", "link", "img", "iframe"}.isdisjoint(reading.tags)

    def test_records_that_overlap_are_marked_together(self) -> None:
        html = page(notice(task(), deadlines=[deadline()]))
        assert (
            '<mark class="task deadline" title="hạn 19/08/2025">trước ngày 20/8/2025</mark>' in html
        )

    def test_what_the_text_holds_is_escaped(self) -> None:
        evil = '<script>alert("x")</script>&amp;\x00\x1b'
        html = page(Notice(text=evil, header=Header(subject=evil, number=evil)), name=evil)
        assert "<script" not in html
        reading = read_page(html)
        assert reading.text == '\n<script>alert("x")</script>&amp;\ufffd\ufffd'

    def test_each_task_is_linked_to_its_place(self) -> None:
        html = page(notice(task()))
        assert 'href="#t1"' in html
        assert '<a id="t1"></a><mark class="task"' in html


class TestJson:
    def test_a_line_is_one_line_and_comes_back(self) -> None:
        odd = Notice(text="a\u2028b\u2029c\u0085d\r\ne\U0001f600")
        line = jsonl.line(odd)
        assert len(line.splitlines()) == 1
        assert Notice.model_validate_json(line) == odd
        assert Notice.model_validate_json(jsonl.document(odd)) == odd

    def test_vietnamese_is_written_as_it_is(self) -> None:
        assert "Sở Công Thương" in jsonl.line(notice(task()))

    def test_numbers_are_strings_without_exponent(self) -> None:
        big = Quantity(**at("35%"), value=Decimal("1E+13"), role="target")
        given = json.loads(jsonl.line(notice(targets=[big])))
        assert given["targets"][0]["value"] == "10000000000000"
