"""The README tells the truth: its notice gives its JSON, its code and its commands run."""

import json
import os
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
import regex
from pydantic import BaseModel

import vnpolicy
from vnpolicy import Notice, models
from vnpolicy.models import Task

ROOT = Path(__file__).parent.parent
READMES = ("README.md", "README.vi.md")
BLOCK = regex.compile(r"^```(\w+)\n(.*?)^```$", regex.M | regex.S)
LINK = regex.compile(r"\]\(([^)#]+)\)")
FIELD = regex.compile(r"^\|[^|]*\|[^|]*`([a-z_]+)`[^|]*\|", regex.M)
RECORDS = [
    one
    for one in vars(models).values()
    if isinstance(one, type) and issubclass(one, BaseModel) and one is not models.Record
]


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def blocks(name: str, language: str) -> list[str]:
    return [text for kind, text in BLOCK.findall(read(name)) if kind == language]


def commands(name: str) -> list[list[str]]:
    """The shell lines of the README, without comments."""
    lines = (line for block in blocks(name, "sh") for line in block.splitlines())
    return [words for line in lines if (words := shlex.split(line, comments=True))]


def missing(shown: Any, given: Any, path: str = "") -> list[str]:
    """Where the shown JSON says something that the given one does not."""
    if isinstance(shown, dict) and isinstance(given, dict):
        return [
            one
            for key, value in shown.items()
            for one in missing(value, given.get(key, "no such field"), f"{path}.{key}")
        ]
    if isinstance(shown, list) and isinstance(given, list) and len(shown) == len(given):
        pairs = enumerate(zip(shown, given, strict=True))
        return [one for i, (a, b) in pairs for one in missing(a, b, f"{path}[{i}]")]
    return [] if shown == given else [f"{path}: shown {shown!r}, given {given!r}"]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with what the README's examples read."""
    for folder in ("docs", "corpus"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("name", READMES)
class TestReadme:
    def test_the_notice_is_the_file(self, name: str) -> None:
        assert blocks(name, "text") == [read("docs/example.txt")]

    def test_the_json_is_what_comes_out(self, name: str) -> None:
        (block,) = blocks(name, "json")
        shown = json.loads(block)
        given = vnpolicy.extract(read("docs/example.txt")).model_dump(mode="json")
        due = [task["due_on"] for task in given["tasks"]]
        assert due == ["2025-09-09", "2025-08-31", None, "2025-12-31"]
        assert [one["text"] for one in given["targets"]] == ["ít nhất 90%"]
        given["tasks"] = given["tasks"][: len(shown["tasks"])]
        assert not missing(shown, given)

    def test_the_code_runs(self, name: str, place: Path) -> None:
        for code in blocks(name, "python"):
            exec(compile(code, name, "exec"), {})

    def test_the_commands_run(self, name: str, place: Path) -> None:
        for words in commands(name):
            if words[0] == "vnpolicy":
                line = shlex.join([sys.executable, "-m", *words]).replace("'<'", "<")
                environment = {**os.environ, "COLUMNS": "100"}
                done = subprocess.run(
                    ["bash", "-c", line], capture_output=True, check=False, env=environment
                )
                assert (done.returncode, done.stderr) == (0, b""), line
            elif words[0] == "make":
                subprocess.run(
                    ["make", "-n", *words[1:]], cwd=ROOT, check=True, capture_output=True
                )
            else:
                assert words[:2] == ["pip", "install"] and words[2:] in (["."], [".[all]"])
        assert (place / "out" / "tasks.csv").is_file()

    def test_the_extras_named_exist(self, name: str) -> None:
        known = tomllib.loads(read("pyproject.toml"))["project"]["optional-dependencies"]
        named = set(regex.findall(r"vnpolicy\[(\w+)\]", read(name)))
        assert named == set(known) - {"test"}

    def test_links_lead_somewhere(self, name: str) -> None:
        for link in LINK.findall(read(name)):
            assert link.startswith("https://") or (ROOT / link).exists(), link

    def test_the_glossary_names_fields_that_exist(self, name: str) -> None:
        known = {
            "recurrence",
            "provision",
            "subject",
            "issued_on",
            "lead",
            "support",
            "oversee",
            "recipient",
            *Task.model_fields,
            *Notice.model_fields,
        }
        found = FIELD.findall(read(name))
        assert len(found) >= 10
        assert not set(found) - known


def test_both_languages_show_the_same() -> None:
    english, vietnamese = READMES
    for language in ("text", "json", "python"):
        assert blocks(english, language) == blocks(vietnamese, language)
    assert commands(english) == commands(vietnamese)
    headings = [len(regex.findall(r"^#+ ", read(name), regex.M)) for name in READMES]
    assert headings[0] == headings[1]


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_field_is_told(model: type[BaseModel]) -> None:
    told = set(regex.findall(r"`(\w+)`", read("docs/records.md")))
    assert not set(model.model_fields) - told


def test_the_changelog_has_this_version_or_what_is_to_come() -> None:
    assert "## [Unreleased]" in read("CHANGELOG.md")
