"""Records to files; one file a target.

:func:`write` is the way for notices that are at hand; ``vnpolicy.archive`` is for many documents.
What each suffix stands for is told by :mod:`vnpolicy.writers.sink`.

>>> import tempfile, vnpolicy
>>> notice = vnpolicy.extract("Giao Sở Y tế trình Đề án trước ngày 20/8/2024.")
>>> with tempfile.TemporaryDirectory() as folder:
...     path = write(f"{folder}/viec.jira.csv", [("tb.txt", notice)])
...     print(path.read_text(encoding="utf-8").splitlines()[1].split(",")[:2])
['Trình Đề án', 'Task']
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy.errors import ArgumentError

if TYPE_CHECKING:
    from vnpolicy.models import Notice

__all__ = ["write"]


def write(
    path: str | os.PathLike[str],
    notices: Iterable[Notice | tuple[str, Notice]],
    *,
    suffix: str | None = None,
) -> Path:
    """Writes the notices to ``path``, in the format that its name says, or ``suffix``.

    A notice may come with what its document is called; else it is called by its source, or by
    its place (``3``). Two of one call must not be called alike. The file is written beside its
    place and moved there when it is whole: after an error what was there before still is. The
    folder must be there. Gives the path.

    :raises ArgumentError: for a suffix that no output has.
    :raises MissingToolError: where the package that the output needs is not installed.
    """
    from vnpolicy.writers.sink import SUFFIXES, open_sink, suffix_of

    path = Path(path)
    how = suffix if suffix is not None else suffix_of(path)
    if how is None or how.lower() not in SUFFIXES:
        raise ArgumentError("suffix", suffix or path.name, ", ".join(SUFFIXES))
    with tempfile.TemporaryDirectory(prefix=f".{path.name}.", dir=path.parent) as folder:
        draft = Path(folder) / path.name
        sink = open_sink(draft, suffix=how)
        try:
            for place, one in enumerate(notices, 1):
                if isinstance(one, tuple):
                    sink.add(*one)
                else:
                    sink.add(_name(one, place), one)
        finally:
            sink.close()
        _move(draft, path)
    return path


def _name(notice: Notice, place: int) -> str:
    source = notice.source
    name = source.uri or str(place)
    return f"{name}#{source.part}" if source.part is not None else name


def _move(draft: Path, path: Path) -> None:
    if draft.is_dir() and path.is_dir():
        shutil.rmtree(path)
    os.replace(draft, path)
