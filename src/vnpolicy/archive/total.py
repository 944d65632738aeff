"""How many files a run will meet, for its progress bar, where that can be told at a glance."""

from __future__ import annotations

import os
from collections.abc import Iterable

from vnpolicy.archive import suffix, walk


def count(sources: Iterable[str]) -> int | None:
    """The number of files; None where some of it can only be told by reading: archives, JSON
    lines, patterns, lists on standard input, addresses.

    >>> count(["corpus/notices/khong-co.txt"]), count(["kho.zip"]), count(["-"])
    (1, None, None)
    """
    total = 0
    for source in map(str, sources):
        if os.path.isdir(source):
            found = _in_folder(source)
            if found is None:
                return None
            total += found
        elif _is_open(source):
            return None
        else:
            total += 1
    return total


def _is_open(source: str) -> bool:
    """Whether only reading tells how many units the source has."""
    listed = source == "-" or walk.is_pattern(source) or "://" in source
    return listed or suffix.form(source) not in ("document", None)


def _in_folder(folder: str) -> int | None:
    total = 0
    for entry in walk.walk(folder, visited=set()):
        form = None if entry.is_folder else suffix.form(entry.path)
        if form == "document":
            total += 1
        elif form is not None:
            return None
    return total
