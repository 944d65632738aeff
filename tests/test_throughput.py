"""The benchmark runs, and the time grows with the text's length and no faster."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

FILE = Path(__file__).parent.parent / "benchmarks" / "throughput.py"


@pytest.fixture(scope="module")
def throughput() -> ModuleType:
    spec = importlib.util.spec_from_file_location("throughput", FILE)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_it_tells_speed_growth_and_memory(
    throughput: ModuleType, capsys: pytest.CaptureFixture[str]
) -> None:
    assert throughput.main(["--megabytes", "0.05", "--runs", "1", "--characters", "5000"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == ["documents", "to", "to", "growth", "memory"]


def test_the_time_grows_with_the_length(throughput: ModuleType) -> None:
    documents = throughput.load(throughput.FOLDER)
    told = throughput.growth(documents, 40_000, 3)[0]
    ratios = [float(word.strip(",")) for word in told.split()[1:4]]
    assert ratios[2] < 8, told


def test_a_folder_without_texts_is_said(
    throughput: ModuleType, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert throughput.main([str(tmp_path)]) == 2
    assert "no text files" in capsys.readouterr().err
