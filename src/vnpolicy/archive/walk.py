"""Folders walked and patterns matched, lazily and always in the same order.

>>> found = pattern("kho/**/tb*.docx")
>>> [bool(found.match(path)) for path in ("kho/tb1.docx", "kho/a/b/tb2.docx", "kho/x.docx")]
[True, True, False]
>>> fixed("kho/2024/*/tb?.doc"), fixed("*.doc"), fixed("/kho/[ab]")
('kho/2024', '.', '/kho')
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass

from vnpolicy.archive import suffix

_MAGIC = re.compile(r"[*?[]")
_FLAGS = re.IGNORECASE if os.name == "nt" else re.NOFLAG


@dataclass(frozen=True, slots=True)
class Entry:
    """A file or a folder that was come by, or the error of a folder that cannot be listed."""

    path: str
    real: str
    """Without links: two names of one file have it in common."""
    is_folder: bool
    size: int = 0
    error: str | None = None


def walk(folder: str, *, visited: set[str], levels: int | None = None) -> Iterator[Entry]:
    """What is in the folder and below it, in order of the steps of the paths; each folder before
    what it holds. A folder is entered once, by whichever of its names comes first, so that links
    make no loops; the caller may keep one from being entered by adding it to ``visited``."""
    base = "" if folder == "." else folder
    waiting = [(Entry(base, os.path.realpath(folder), is_folder=True), 0)]
    while waiting:
        entry, level = waiting.pop()
        if entry.path != base:
            yield entry
        if entry.is_folder and entry.real not in visited and level != levels:
            visited.add(entry.real)
            found = _listed(entry)
            waiting += [(one, level + 1) for one in reversed(found)]


def _listed(folder: Entry) -> list[Entry]:
    try:
        with os.scandir(folder.path or ".") as found:
            inside = sorted(found, key=lambda one: one.name)
    except OSError as error:
        reason = f"cannot be listed: {error.strerror} / không mở được thư mục"
        path = folder.path or "."
        return [Entry(f"{path}{os.sep}", folder.real, is_folder=False, error=reason)]
    entries = (_entry(folder, one) for one in inside if not suffix.is_hidden(one.name))
    return [entry for entry in entries if entry is not None]


def _entry(folder: Entry, one: os.DirEntry[str]) -> Entry | None:
    path = os.path.join(folder.path, one.name)
    try:
        real = os.path.join(folder.real, one.name)
        if one.is_symlink():
            real = os.path.realpath(path)
        if one.is_dir():
            return Entry(path, real, is_folder=True)
        return (
            Entry(path, real, is_folder=False, size=one.stat().st_size) if one.is_file() else None
        )
    except OSError:  # a link to nowhere, or gone since it was listed
        return None


def is_pattern(path: str) -> bool:
    """Whether it stands for the paths that match it."""
    return _MAGIC.search(path) is not None


def fixed(path: str) -> str:
    """The folder that all matches of the pattern lie in."""
    steps = _steps(path)
    count = next(at for at, step in enumerate(steps) if is_pattern(step))
    folder = "/".join(steps[:count])
    return folder or ("/" if path.startswith("/") else ".")


def depth(path: str) -> int | None:
    """How many levels below :func:`fixed` a match may lie; None for any number."""
    steps = _steps(path)
    if "**" in steps:
        return None
    return len(steps) - next(at for at, step in enumerate(steps) if is_pattern(step))


def pattern(path: str) -> re.Pattern[str]:
    """What a path, with ``/`` between its steps, matches: ``**`` stands for any folders, also
    for none, and other signs for what they stand for in a shell, within one step."""
    *folders, last = _steps(path)
    steps = [r"(?:[^/]+/)*" if step == "**" else _step(step) + "/" for step in folders]
    return re.compile("".join(steps) + (".*" if last == "**" else _step(last)) + r"\Z", _FLAGS)


_SIGNS = re.compile(r"\*+|\?|\[!?\]?[^\]]*\]")


def _step(step: str) -> str:
    """One step of a pattern as an expression in which no sign stands for ``/``."""
    told, end = "", 0
    for sign in _SIGNS.finditer(step):
        told += re.escape(step[end : sign.start()])
        end = sign.end()
        if sign.group().startswith("["):
            inner = sign.group()[1:-1].replace("\\", r"\\").replace("[", r"\[")
            told += "(?!/)[" + ("^" + inner[1:] if inner.startswith("!") else inner) + "]"
        else:
            told += "[^/]" if sign.group() == "?" else "[^/]*"
    return told + re.escape(step[end:])


def _steps(path: str) -> list[str]:
    steps = path.replace(os.sep, "/").split("/")
    return [step for at, step in enumerate(steps) if step != "." and (step or not at)]
