"""The door that every file comes through: what it is, what it holds, and what it may cost."""

from __future__ import annotations

import base64
import datetime
import json
import sys
from email.message import EmailMessage
from pathlib import Path

import docx as word
import pytest

import vnpolicy
from formats import make, paper
from vnpolicy import errors, readers
from vnpolicy.readers import confine
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.reading import Reading

ORDER = "Giao Sở Y tế báo cáo tình hình cấp thuốc trước ngày 20/8."
NAME = "02_tb_ubnd_ha_giang"


@pytest.fixture
def typed(tmp_path: Path) -> Path:
    path = tmp_path / "tb.docx"
    make.docx(paper.blocks(NAME), path)
    return path


def mail(
    *attachments: tuple[str, bytes], body: str = "Kính gửi anh chị, xin gửi văn bản."
) -> bytes:
    message = EmailMessage()
    message["From"], message["Subject"] = "van.thu@hagiang.gov.vn", "Gửi thông báo"
    message["Date"] = "Tue, 12 Mar 2024 08:00:00 +0700"
    message.set_content(body)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


class TestKind:
    def test_the_name_says_nothing(self, typed: Path, tmp_path: Path) -> None:
        lie = tmp_path / "tb.txt"
        lie.write_bytes(typed.read_bytes())
        notice = vnpolicy.extract_file(lie)
        assert notice.source.reader == "docx"
        assert "wordprocessingml" in (notice.source.media_type or "")
        assert notice.header.number == "41/TB-VPUBND"

    @pytest.mark.parametrize(
        "text",
        [
            "Kính gửi: Sở Y tế\nSố: 12/SYT-NV\n\n" + ORDER,
            "From: một dòng trong thông báo\n\n" + ORDER,
            "<1> Giao Sở Y tế báo cáo a < b\n" + ORDER,
            "[1] " + ORDER,
            "{" + ORDER + "}",
            "BM là viết tắt của biểu mẫu. " + ORDER,
            "MZ, PK và ID3 không phải là tệp. " + ORDER,
            "%PDF không phải là tệp. " + ORDER,
        ],
    )
    def test_a_text_is_a_text(self, text: str) -> None:
        (item,) = readers.open_bytes(text.encode())
        assert item.read()[0].reader == "text"


class TestContainers:
    def test_the_document_of_a_mail_is_its_attachment(self, typed: Path, tmp_path: Path) -> None:
        path = tmp_path / "thư.eml"
        path.write_bytes(mail(("thông báo.docx", typed.read_bytes())))
        notice = vnpolicy.extract_file(path)
        assert notice.header.number == "41/TB-VPUBND"
        assert notice.source.part == "thông báo.docx"
        assert notice.source.uri == path.as_uri()
        assert notice.source.date is not None

    def test_every_document_of_a_mail(self, typed: Path, tmp_path: Path) -> None:
        path = tmp_path / "thu.eml"
        inner = mail(("a.txt", ORDER.encode()), body="")
        path.write_bytes(mail(("tb.docx", typed.read_bytes()), ("thư.eml", inner)))
        parts = [one.source.part for one in vnpolicy.extract_all(path)]
        assert parts == ["body", "tb.docx", "thư.eml/a.txt"]
        with pytest.raises(errors.FormatError, match="holds 2 documents"):
            vnpolicy.extract_file(path)

    def test_one_bad_part_costs_no_other(self, typed: Path, tmp_path: Path) -> None:
        path = tmp_path / "thu.eml"
        path.write_bytes(
            mail(("hong.docx", typed.read_bytes()[:900]), ("tot.docx", typed.read_bytes()))
        )
        told: list[errors.DocumentError] = []
        notices = list(vnpolicy.extract_all(path, on_error=told.append))
        assert [one.source.part for one in notices] == ["body", "tot.docx"]
        assert [one.source for one in told] == [f"{path}#hong.docx"]
        with pytest.raises(errors.DocumentError):
            list(vnpolicy.extract_all(path))

    def test_json_lines(self, tmp_path: Path) -> None:
        path = tmp_path / "kho.jsonl"
        rows = [
            {"id": "a", "text": ORDER, "date": "2021-03-05", "title": "Thông báo"},
            {"id": "b", "so": 3},
            {"id": "c", "text": ORDER + " (Ngày 1/2/2022)"},
        ]
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        path.write_text(lines, encoding="utf-8")
        told: list[errors.DocumentError] = []
        first, last = vnpolicy.extract_all(path, on_error=told.append)
        assert (first.source.part, first.source.title) == ("a", "Thông báo")
        assert (first.anchor_date, first.anchor_source) == (datetime.date(2021, 3, 5), "metadata")
        assert first.tasks[0].due_on == datetime.date(2021, 8, 19)
        assert last.source.part == "c"
        assert len(told) == 1

    def test_an_envelope_goes_with_its_document(self, typed: Path, tmp_path: Path) -> None:
        data = base64.b64encode(typed.read_bytes()).decode()
        path = tmp_path / "tb.edxml"
        path.write_text(
            '<?xml version="1.0" encoding="utf-8"?>'
            '<edXML:edXML xmlns:edXML="http://www.mic.gov.vn/TBT/QCVN_102_2016">'
            "<edXML:edXMLEnvelope><edXML:edXMLHeader><edXML:MessageHeader>"
            "<edXML:From><edXML:OrganId>000.00.00.H22</edXML:OrganId>"
            "<edXML:OrganName>UBND tỉnh Hà Giang</edXML:OrganName></edXML:From>"
            "<edXML:DocumentId>000.00.00.H22,2024/03/12,41/TB-VPUBND</edXML:DocumentId>"
            "<edXML:Code><edXML:CodeNumber>41</edXML:CodeNumber>"
            "<edXML:CodeNotation>TB-VPUBND</edXML:CodeNotation></edXML:Code>"
            "<edXML:PromulgationInfo><edXML:Place>Hà Giang</edXML:Place>"
            "<edXML:PromulgationDate>2024/03/12</edXML:PromulgationDate></edXML:PromulgationInfo>"
            "<edXML:Subject>Kết luận</edXML:Subject><edXML:DueDate>2024/04/01</edXML:DueDate>"
            "</edXML:MessageHeader></edXML:edXMLHeader></edXML:edXMLEnvelope>"
            "<edXML:AttachmentEncoded><edXML:Attachment><edXML:ContentName>tb.docx"
            "</edXML:ContentName><edXML:ContentTransferEncoded>"
            f"{data}</edXML:ContentTransferEncoded></edXML:Attachment></edXML:AttachmentEncoded>"
            "</edXML:edXML>",
            encoding="utf-8",
        )
        notice = vnpolicy.extract_file(path)
        assert notice.header.number == "41/TB-VPUBND"
        envelope = notice.source.envelope
        assert envelope is not None and envelope.sender is not None
        assert (envelope.number, envelope.sender.id) == ("41/TB-VPUBND", "000.00.00.H22")
        assert envelope.due_on == datetime.date(2024, 4, 1)
        assert vnpolicy.Notice.model_validate_json(notice.model_dump_json()) == notice


class TestAnchor:
    def save(self, path: Path, text: str) -> Path:
        document = word.Document()
        document.add_paragraph(text)
        document.core_properties.created = datetime.datetime(2023, 2, 1)
        document.core_properties.modified = datetime.datetime(2023, 2, 3)
        document.save(str(path))
        return path

    def test_the_file_s_own_date_comes_last(self, tmp_path: Path) -> None:
        notice = vnpolicy.extract_file(self.save(tmp_path / "a.docx", ORDER))
        assert notice.anchor_source == "metadata"
        assert notice.tasks[0].due_on == datetime.date(2023, 8, 19)
        assert notice.tasks[0].deadlines[0].year_inferred

    def test_a_date_in_the_text_is_believed_first(self, tmp_path: Path) -> None:
        text = "Ngày 05/3/2021, Chủ tịch UBND tỉnh chủ trì họp và yêu cầu: " + ORDER
        notice = vnpolicy.extract_file(self.save(tmp_path / "a.docx", text))
        assert notice.anchor_source in ("body", "dateline")
        assert notice.tasks[0].due_on == datetime.date(2021, 8, 19)

    def test_the_caller_s_is_believed_before_all(self, tmp_path: Path) -> None:
        path = self.save(tmp_path / "a.docx", ORDER)
        notice = vnpolicy.extract_file(path, datetime.date(2020, 1, 1))
        assert notice.anchor_source == "given"


class TestLimits:
    def test_are_the_caller_s(self, typed: Path) -> None:
        with pytest.raises(errors.LimitError, match="characters"):
            vnpolicy.extract_file(typed, limits=Limits(characters=100))

    @pytest.mark.parametrize("value", [0, -1, 1.5, True, "9"])
    def test_are_whole_numbers(self, value: object) -> None:
        with pytest.raises(errors.ArgumentError, match="pages"):
            Limits(pages=value)  # type: ignore[arg-type]


def stand_in(folder: Path, monkeypatch: pytest.MonkeyPatch, body: str) -> None:
    """A reader ``zz_reader`` that does what ``body`` says, in the child process only."""
    package = folder / "vnpolicy_stand_in.py"
    package.write_text(
        "import sys, types, time, os, signal\n"
        "room = types.ModuleType('vnpolicy.readers.zz_reader')\n"
        f"def read(data, *, source, limits):\n    {body}\n"
        "room.read = read\nsys.modules['vnpolicy.readers.zz_reader'] = room\n"
    )
    (folder / "usercustomize.py").write_text("import vnpolicy_stand_in\n")
    (folder / "sitecustomize.py").write_text("import vnpolicy_stand_in\n")
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])


class TestConfine:
    def test_a_reading_comes_back_whole(self) -> None:
        reading = Reading(
            text="x\u0301 y",
            media_type="a/b",
            reader="r",
            pages=(0, 2),
            scanned=(2,),
            confidence=0.5,
            date=datetime.date(2024, 2, 29),
            doubts=(("a", "b"),),
        )
        assert confine.unpack(json.loads(json.dumps(confine.pack(reading)))) == reading

    @pytest.mark.parametrize(
        ("body", "error", "reason"),
        [
            ("time.sleep(60)", errors.LimitError, "seconds"),
            ("return bytearray(5_000_000_000)", errors.LimitError, "memory_bytes"),
            ("os.kill(os.getpid(), signal.SIGSEGV)", errors.DocumentError, "memory|status"),
            ("os._exit(3)", errors.DamagedError, "status 3"),
            ("return 1 / 0", errors.DamagedError, "ZeroDivisionError"),
            ("print('x' * 100_000); return 1 / 0", errors.DamagedError, "ZeroDivisionError"),
        ],
    )
    def test_what_a_reader_does_costs_its_document_only(
        self,
        body: str,
        error: type[errors.DocumentError],
        reason: str,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        stand_in(tmp_path, monkeypatch, body)
        monkeypatch.setattr(confine, "_GRACE", 1)
        with pytest.raises(error, match=reason) as caught:
            confine.read("zz_reader", b"data", source="tb.pdf", limits=Limits(seconds=1))
        assert caught.value.source == "tb.pdf"


def test_uncertain_ocr_is_told() -> None:
    poor = Reading(text="x", media_type="image/png", reader="image", confidence=0.61)
    assert [code for code, _ in poor.all_doubts()] == ["ocr-confidence-low"]
    good = Reading(text="x", media_type="image/png", reader="image", confidence=0.95)
    assert good.all_doubts() == ()
