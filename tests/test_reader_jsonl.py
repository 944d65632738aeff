"""JSON lines: each line a document, and a bad one costs no other."""

import datetime
import json

import pytest

from vnpolicy.errors import DocumentError, EmptyError, EncodingError, LimitError
from vnpolicy.readers import jsonl
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.part import Part

TEXT = "Giao Sở Y tế trình Đề án trước ngày 30/6/2025."


def parts(data: str | bytes, *, column: str | None = None, **limits: int) -> list[Part]:
    held = data.encode() if isinstance(data, str) else data
    return list(jsonl.documents(held, source="x.jsonl", limits=Limits(**limits), column=column))


def lines(*rows: object) -> str:
    return "\n".join(json.dumps(row, ensure_ascii=False) for row in rows) + "\n"


@pytest.mark.parametrize("name", [*jsonl.TEXT[:-1], "Content", "NỘI DUNG"])
def test_the_text_is_found_by_its_name(name: str) -> None:
    (part,) = parts(lines({"x": 1, name: TEXT}))
    assert (part.name, part.text, part.error) == ("line 1", TEXT, None)


def test_the_caller_may_name_the_column() -> None:
    row = {"text": "tóm tắt", "van_ban": TEXT}
    assert parts(lines(row), column="van_ban")[0].text == TEXT
    assert parts(lines({"text": TEXT}), column="van_ban")[0].error is not None


def test_what_is_known_of_a_document_is_taken() -> None:
    (part,) = parts(
        lines({"so_hieu": "12/TB-UBND", "Tiêu đề": "Thông báo", "ngay_ban_hanh": "09/07/2025",
               "noi_dung": TEXT})
    )  # fmt: skip
    assert (part.name, part.title) == ("12/TB-UBND", "Thông báo")
    assert part.date == datetime.date(2025, 7, 9)
    (other,) = parts(lines({"id": True, "date": 5, "title": ["x"], "text": TEXT}))
    assert (other.name, other.title, other.date) == ("line 1", None, None)


def test_bad_lines_cost_no_others() -> None:
    data = lines({"text": TEXT}) + '{"text": "x\n\n[1]\n' + lines(
        {"text": 5}, {"text": " "}, {"so": 1}, {"text": TEXT}
    ) + '{"text": ' + "[" * 100_000  # fmt: skip
    found = parts(data)
    assert [one.error is None for one in found] == [True, *[False] * 5, True, False]
    assert [one.name for one in found][-2:] == ["line 8", "line 9"]


@pytest.mark.parametrize(
    "data",
    [
        json.dumps([{"text": TEXT}, {"text": TEXT}]),
        json.dumps([{"text": TEXT}, {"text": TEXT}], indent=1),
        json.dumps({"total": 2, "rows": [{"text": TEXT}, {"text": TEXT}]}),
        json.dumps({"rows": [{"text": TEXT}, {"text": TEXT}]}, indent=2),
        lines({"text": TEXT}, {"text": TEXT}),
        "\ufeff" + lines({"text": TEXT}, {"text": TEXT}).replace("\n", "\r\n"),
    ],
)
def test_forms_of_a_file(data: str) -> None:
    assert jsonl.matches(data.encode()[:4096])
    assert [one.text for one in parts(data)] == [TEXT, TEXT]
    assert [one.text for one in parts(data.lstrip("\ufeff").encode("utf-16"))] == [TEXT, TEXT]


def test_one_object_is_one_document() -> None:
    assert [one.text for one in parts(json.dumps({"id": 1, "text": TEXT}, indent=2))] == [TEXT]


def test_a_page_is_left_to_its_reader() -> None:
    (part,) = parts(lines({"content": f"<html><p>{TEXT}</p></html>"}))
    assert (part.text, part.media_type) == (None, "text/html")
    assert part.data == f"<html><p>{TEXT}</p></html>".encode()


def test_letters_are_whole() -> None:
    (part,) = parts('{"text": "Ti\\u0065\\u0302\\u0301n \\ud83d\\ude00 \\ud800 x"}')
    assert part.text == "Tiến \U0001f600 \ufffd x"


def test_limits_and_nothing() -> None:
    with pytest.raises(LimitError, match="parts"):
        parts(lines(*[{"text": TEXT}] * 5), parts=4)
    (part,) = parts(lines({"text": TEXT}), characters=10)
    assert part.error is not None and "characters" in part.error
    with pytest.raises(EmptyError):
        parts("\n \n")
    with pytest.raises(DocumentError):
        parts("[{}" * 5)
    with pytest.raises(EncodingError):
        parts(b'{"text": "' + bytes(range(128, 256)) * 30 + b'"}')


@pytest.mark.parametrize(
    "head",
    [
        "Số: 12/TB-UBND",
        "{Kèm theo Thông báo}",
        "[1] Theo báo cáo",
        '"text": 1',
        "{ }x",
        "[[1, 2]]",
        "",
    ],
)
def test_what_is_no_data_is_told(head: str) -> None:
    assert not jsonl.matches(head.encode())
