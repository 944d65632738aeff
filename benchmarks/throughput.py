"""How fast, how it grows, how much memory: ``python benchmarks/throughput.py [FOLDER]``.

Reads the text files of FOLDER (corpus/notices by default), repeated up to ``--megabytes``, and
prints in one run

* throughput: megabytes of UTF-8 a second of processor time, from text to records and from text
  to JSON, the best of ``--runs``, and how many times the same text could have been composed
  (NFC) in that time: a figure that can be compared between machines;
* growth: the time for n, 2n and 4n characters in a single document, as ratios to the first:
  1, 2, 4 where the time grows with the length and no faster;
* memory: the process's peak, and what it grew by for each megabyte of the largest document.
"""

from __future__ import annotations

import argparse
import resource
import sys
import time
import unicodedata
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import vnpolicy
from vnpolicy.readers import read

FOLDER = Path(__file__).parent.parent / "corpus" / "notices"
SUFFIXES = (".txt", ".md")


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    parser.add_argument("--megabytes", type=float, default=2.0, help="how much text to read")
    parser.add_argument("--characters", type=int, default=100_000, help="the growth test's n")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args(arguments)
    documents = load(options.folder)
    if not documents:
        print(f"{options.folder}: no text files", file=sys.stderr)
        return 2
    vnpolicy.extract(documents[0])  # the lexicon is loaded on first use
    told = throughput(repeat(documents, options.megabytes), options.runs)
    told += growth(documents, options.characters, options.runs)
    print("\n".join(told))
    return 0


def load(folder: Path) -> list[str]:
    files = sorted(path for path in folder.iterdir() if path.suffix in SUFFIXES)
    return [read(path)[0].text for path in files]


def repeat(documents: Sequence[str], megabytes: float) -> list[str]:
    """The documents over and over until there is as much, at least each of them once."""
    whole = weigh(documents)
    return list(documents) * max(1, round(megabytes * 1e6 / whole))


def throughput(documents: Sequence[str], runs: int) -> list[str]:
    size = weigh(documents) / 1e6
    records = best(lambda: each(documents, vnpolicy.extract), runs)
    whole = best(
        lambda: each(documents, lambda text: vnpolicy.extract(text).model_dump_json()), runs
    )
    composed = best(lambda: each(documents, partial(unicodedata.normalize, "NFC")), runs)
    return [
        f"documents   {len(documents)}, {size:.2f} MB",
        f"to records  {size / records:.2f} MB/s",
        f"to JSON     {size / whole:.2f} MB/s, {whole / composed:.0f} times as long as NFC",
    ]


def growth(documents: Sequence[str], characters: int, runs: int) -> list[str]:
    times = []
    before = peak()
    text = ""
    for factor in (1, 2, 4):
        text = longer("\n\n".join(documents), characters * factor)
        times.append(best(lambda text=text: vnpolicy.extract(text), runs))
    ratios = ", ".join(f"{one / times[0]:.2f}" for one in times)
    grown = (peak() - before) / (len(text.encode()) / 1e6)
    return [
        f"growth      {ratios} for {characters}, {2 * characters}, {4 * characters} characters",
        f"memory      {peak():.0f} MB at most, {grown:.0f} MB more for a MB of text at once",
    ]


def each(documents: Sequence[str], work: Callable[[str], object]) -> None:
    for text in documents:
        work(text)


def longer(text: str, characters: int) -> str:
    return (text * (characters // len(text) + 1))[:characters]


def weigh(documents: Sequence[str]) -> int:
    return sum(len(text.encode()) for text in documents)


def best(work: Callable[[], object], runs: int) -> float:
    """Seconds of processor time that the fastest run took."""
    times = []
    for _ in range(runs):
        started = time.process_time()
        work()
        times.append(time.process_time() - started)
    return min(times)


def peak() -> float:
    """The process's largest resident size so far, in MB."""
    unit = 1e6 if sys.platform == "darwin" else 1e3
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


if __name__ == "__main__":
    sys.exit(main())
