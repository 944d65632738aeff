"""The rules of the house: who may import whom, sizes, stems that pair up, cheap import."""

import ast
import doctest
import importlib
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import vnpolicy

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "vnpolicy"
FILES = sorted(SOURCE.rglob("*.py"))

# Each room with the rooms that it may import, as ARCHITECTURE.md has them. A room's own modules
# may import each other, but for the extractors'.
GROUND = {"errors", "models", "text", "match", "document", "lexicon"}
FOUND = GROUND | {"dates", "numbers"}
WHOLE = FOUND | {
    "segment",
    "extractors",
    "link",
    "record",
    "structure",
    "readers",
    "charset",
    "mend",
}
MAY_IMPORT = {
    "errors": set(),
    "models": {"errors"},
    "text": {"errors"},
    "match": {"errors"},
    "document": {"errors", "text"},
    "lexicon": {"errors", "match", "text"},
    "numbers": {"errors", "models", "lexicon", "match", "text"},
    "dates": {"errors", "models", "lexicon", "match", "text", "numbers"},
    "segment": FOUND,
    "extractors": FOUND | {"segment"},
    "link": FOUND | {"segment", "extractors"},
    "charset": {"errors", "text"},
    "mend": {"charset", "lexicon", "text"},
    "readers": {"errors", "models", "text", "charset"},
    "schedule": {"models"},
    "pairing": {"models", "text"},
    "writers": {"errors", "models", "text", "schedule"},
    "push": {"errors", "models", "text", "lexicon", "pairing", "writers"},
    "record": FOUND | {"segment", "extractors", "link"},
    "structure": {"document", "models"},
    "pipeline": WHOLE,
    "explanation": WHOLE | {"pipeline"},
    "evaluate": {"errors", "models", "readers", "vnpolicy"},
    "archive": GROUND | {"readers", "writers", "pipeline", "arrow", "vnpolicy"},
    "arrow": {"errors", "models", "readers", "pipeline", "vnpolicy"},
    "commands": {
        "errors",
        "models",
        "lexicon",
        "readers",
        "writers",
        "evaluate",
        "archive",
        "pipeline",
        "explanation",
        "vnpolicy",
    },
    "follow": {
        "errors",
        "models",
        "text",
        "lexicon",
        "schedule",
        "pairing",
        "readers",
        "writers",
        "archive",
        "pipeline",
    },
    "follow_commands": {"errors", "models", "commands", "follow"},
    "push_commands": {"errors", "commands", "follow_commands", "push"},
    "cli": {"errors", "commands", "follow_commands", "push_commands"},
    "spacy": {"errors", "models", "vnpolicy"},
    "__main__": {"cli"},
    "vnpolicy": FOUND
    | {"pipeline", "explanation", "readers", "archive", "arrow"},  # the package's own __init__
}
HEAVY = {"spacy", "underthesea", "dateparser"}


def room(path: Path) -> str:
    """The first part of the path below the package: ``link/task.py`` is of ``link``."""
    first = path.relative_to(SOURCE).parts[0]
    return "vnpolicy" if first == "__init__.py" else first.removesuffix(".py")


def imports(path: Path) -> list[tuple[int, str]]:
    """Line and dotted name of all that the file imports, at the top or inside a function."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [(node.lineno, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            module = node.module or ""
            if module == "vnpolicy":
                found += [(node.lineno, f"vnpolicy.{alias.name}") for alias in node.names]
            else:
                found.append((node.lineno, module))
    return found


def imported_rooms(path: Path) -> list[tuple[int, str]]:
    """Line and room of what the file imports from the package; the face is ``vnpolicy``."""
    known = {room(file) for file in FILES}
    found = []
    for line, name in imports(path):
        parts = name.split(".")
        if parts[0] == "vnpolicy":
            inner = parts[1] if len(parts) > 1 and parts[1] in known else "vnpolicy"
            found.append((line, inner))
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
class TestFile:
    def test_imports_run_one_way(self, path: Path) -> None:
        own = room(path)
        assert own in MAY_IMPORT, f"a new room {own}: say in ARCHITECTURE.md and here what it may"
        allowed = MAY_IMPORT[own] | {own}
        wrong = [
            f"{path}:{line} imports {to}" for line, to in imported_rooms(path) if to not in allowed
        ]
        assert not wrong

    def test_is_a_page_not_a_book(self, path: Path) -> None:
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300

    def test_functions_fit_on_a_screen(self, path: Path) -> None:
        long = [
            f"{path}:{node.lineno} {node.name} has {size} lines"
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            and (size := lines_of(node)) > 40
        ]
        assert not long

    def test_says_what_it_is(self, path: Path) -> None:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """From ``def`` to the last line, without the docstring."""
    size = (node.end_lineno or node.lineno) - node.lineno + 1
    first = node.body[0]
    if ast.get_docstring(node) is not None:
        size -= (first.end_lineno or first.lineno) - first.lineno + 1
    return size


def extractors() -> list[str]:
    folder = SOURCE / "extractors"
    return sorted(
        one.name for one in pkgutil.iter_modules([str(folder)]) if not one.name.startswith("_")
    )


def test_extractors_never_import_each_other() -> None:
    for path in (SOURCE / "extractors").rglob("*.py"):
        own = path.relative_to(SOURCE / "extractors").parts[0].removesuffix(".py")
        for line, name in imports(path):
            parts = name.split(".")
            if parts[:2] == ["vnpolicy", "extractors"] and len(parts) > 2:
                assert parts[2] == own, f"{path}:{line} imports {name}"


def test_there_are_extractors() -> None:
    assert extractors()


@pytest.mark.parametrize("kind", extractors())
def test_an_extractor_has_its_model_and_its_corpus(kind: str) -> None:
    assert (SOURCE / "models" / f"{kind}.py").is_file()
    assert (ROOT / "corpus" / f"{kind}.toml").is_file()


def test_importing_is_cheap() -> None:
    code = "import sys, vnpolicy; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert HEAVY.isdisjoint(done.stdout.split())


def test_the_command_line_starts_cheaply() -> None:
    code = "import sys, vnpolicy.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert (HEAVY | {"pydantic", "regex"}).isdisjoint(done.stdout.split())


def modules() -> list[str]:
    return ["vnpolicy"] + [
        one.name
        for one in pkgutil.walk_packages(vnpolicy.__path__, "vnpolicy.")
        if not one.name.endswith("__main__")
    ]


@pytest.mark.parametrize("name", modules())
def test_examples_in_docstrings_are_true(name: str) -> None:
    result = doctest.testmod(importlib.import_module(name))
    assert result.failed == 0


@pytest.mark.parametrize(
    "command", [("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)], ids=" ".join
)
def test_linters_are_content(command: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
