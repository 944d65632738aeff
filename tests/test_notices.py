"""The whole documents of the corpus, record by record.

``corpus/notices/<name>.json`` holds the records of ``<name>.txt`` made by hand, the ``header``
that it must have, and under ``known`` what the library is known to get wrong, by measure:
``{"tasks": {"missed": [...], "extra": [...]}, "task+lead": {"wrong": [...]}, "header":
{"place": "what it says instead"}}``, texts of the records in order. The test fails where the
library does worse than that and also where it does better: then the entry has to go.
"""

import datetime
import json
import unicodedata
from functools import cache
from typing import Any

import pytest

import vnpolicy
from corpus_cases import CORPUS
from vnpolicy import evaluate
from vnpolicy.evaluate.gold import KINDS, Gold, read_gold
from vnpolicy.models import Notice

FOLDER = CORPUS / "notices"
NAMES = sorted(path.stem for path in FOLDER.glob("*.json"))
ROLES = {"lead", "support", "oversee", "recipient"}
QUANTITY_ROLES = {"target", "result", "baseline", "count", "other"}


@cache
def table(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def gold(name: str) -> Gold:
    return read_gold(FOLDER / f"{name}.json", FOLDER)


@cache
def notice(name: str) -> Notice:
    return vnpolicy.extract(gold(name).text)


@cache
def compared(name: str) -> dict[str, evaluate.Comparison]:
    return evaluate.compare(gold(name).records, evaluate.records(notice(name)))


def test_there_are_twelve() -> None:
    assert len(NAMES) == 12
    assert {table(name)["text_file"] for name in NAMES} == {p.name for p in FOLDER.glob("*.txt")}


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("measure", evaluate.MEASURES)
def test_records(name: str, measure: str) -> None:
    found = compared(name)[measure]
    wrong = {
        "missed": [record["text"] for record in found.missed],
        "extra": [record["text"] for record in found.extra],
        "wrong": [record["text"] for record, _ in found.wrong],
    }
    known = table(name)["known"].get(measure, {})
    assert {key: texts for key, texts in wrong.items() if texts} == known


@pytest.mark.parametrize("name", NAMES)
def test_header(name: str) -> None:
    expected = table(name)["header"]
    given = notice(name).header.model_dump(mode="json")
    known = table(name)["known"].get("header", {})
    assert {
        field: given[field] for field, value in expected.items() if not same(given[field], value)
    } == known


def same(given: object, expected: object) -> bool:
    """Equal, but for the way a text is broken into lines and composed."""
    if isinstance(given, dict) and isinstance(expected, dict):
        return all(same(given[key], value) for key, value in expected.items())
    if isinstance(given, str) and isinstance(expected, str):
        return plain(given) == plain(expected)
    return given == expected


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@pytest.mark.parametrize("name", NAMES)
def test_anchor_date_is_read(name: str) -> None:
    assert notice(name).anchor_date == gold(name).anchor_date


@pytest.mark.parametrize("name", NAMES)
class TestTheHandMadeRecords:
    """That the annotations themselves hold together; nothing of the library is run."""

    def test_quotes_are_clean(self, name: str) -> None:
        for kind in KINDS:
            for record in gold(name).records[kind]:
                assert record["text"] == record["text"].strip()
                assert not record["text"].endswith((".", ";", ","))

    def test_values(self, name: str) -> None:
        records = gold(name).records
        for one in records["references"]:
            assert one["number"] or one["name"] or one["year"]
        for one in records["deadlines"]:
            assert not (one["due_on"] and one["recurrence"])
            if one["due_on"]:
                datetime.date.fromisoformat(one["due_on"])
        for one in records["quantities"]:
            assert one["role"] in QUANTITY_ROLES
            assert (one["comparator"] == "between") == (one["value_max"] is not None)

    def test_every_task_has_a_lead_and_its_date_a_deadline(self, name: str) -> None:
        due = {one["due_on"] for one in gold(name).records["deadlines"]}
        for task in gold(name).records["tasks"]:
            assert {one["role"] for one in task["assignees"]} <= ROLES
            assert any(one["role"] == "lead" for one in task["assignees"])
            assert task["due_on"] is None or task["due_on"] in due

    def test_every_assignee_has_a_task(self, name: str) -> None:
        records = gold(name).records
        assigned = {(one["text"], one["role"]) for t in records["tasks"] for one in t["assignees"]}
        for one in records["assignees"]:
            assert (one["text"], one["role"]) in assigned

    def test_tasks_do_not_overlap(self, name: str) -> None:
        end = 0
        for task in gold(name).records["tasks"]:
            assert task["start"] >= end
            end = task["end"]


def test_one_document_is_decomposed_in_part() -> None:
    decomposed = [name for name in NAMES if not unicodedata.is_normalized("NFC", gold(name).text)]
    assert decomposed == ["12_tb_vpcp_lam_dong_md"]
