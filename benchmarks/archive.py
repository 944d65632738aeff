"""How fast an archive is converted, and what memory the parent takes.

    python benchmarks/archive.py [--megabytes 20 200] [--workers 1 2] [--notices corpus/notices]

An archive is made by repeating documents of the corpus with other numbers in each copy, so that
no two are alike. Each run is a process of its own, into a .jsonl; told are the bytes of text for
each second, the ratio to the first number of workers, and the most memory that the parent held.
"""

from __future__ import annotations

import argparse
import random
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path

NOTICES = Path(__file__).parents[1] / "corpus" / "notices"
_NUMBER = re.compile(r"(?<=[ (])[1-9][0-9]{1,2}(?=[ ,.%;)])")
_RUN = """
import resource, sys
from vnpolicy import archive
account = archive.convert([sys.argv[1]], [sys.argv[2]], workers=int(sys.argv[3]))
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(account.documents, account.size, peak)
"""


def make(folder: Path, megabytes: float, notices: Path) -> None:
    """An archive of that size, always the same."""
    chance = random.Random(megabytes)
    texts = [path.read_text(encoding="utf-8") for path in sorted(notices.glob("*.txt"))]
    written = number = 0
    while written < megabytes * 1e6:
        text = _NUMBER.sub(lambda _: str(chance.randrange(10, 999)), texts[number % len(texts)])
        path = folder / f"{number // 1000:03}" / f"{number:06}.txt"
        path.parent.mkdir(exist_ok=True, parents=True)
        written += path.write_bytes(f"{text}\n\nBản {number}.\n".encode())
        number += 1


def measure(folder: Path, out: Path, workers: int) -> tuple[float, int, int]:
    """Seconds, bytes and the parent's peak memory in MB."""
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", _RUN, str(folder), str(out), str(workers)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - began
    _, size, peak = map(int, done.stdout.split())
    return seconds, size, peak // 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--megabytes", type=float, nargs="+", default=[20.0])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--notices", type=Path, default=NOTICES)
    options = parser.parse_args()
    for megabytes in options.megabytes:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place) / "kho"
            make(folder, megabytes, options.notices)
            first = 0.0
            for workers in options.workers:
                out = Path(place) / f"{workers}.jsonl"
                seconds, size, peak = measure(folder, out, workers)
                rate = size / seconds / 1e6
                first = first or rate
                ratio = rate / first
                print(
                    f"{size / 1e6:6.1f} MB  {workers} workers  {rate:5.2f} MB/s"
                    f"  x{ratio:.2f}  parent {peak} MB",
                    flush=True,
                )


if __name__ == "__main__":
    main()
