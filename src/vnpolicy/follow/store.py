"""The notices of earlier runs read back, or of documents read now: one door for all that follows.

A source is one of:

==============================  ==============================================================
``.jsonl``, ``.jsonl.gz``,      notices a line, as ``convert`` and ``extract --json`` write them;
``.jsonl.zst``                  they come back whole
``.sqlite``, ``.sqlite3``,      the tables of :mod:`vnpolicy.writers.tables`, opened for reading
``.db``, ``.duckdb``            only; see :mod:`vnpolicy.follow.row` for what they do not hold
a folder of Parquet files       the same tables
a folder with notices.jsonl     that file: a folder that ``convert`` made
a document                      read by the library itself
a folder of documents, a        converted into a temporary folder, with all processors, and read
pattern, an archive, ``-``      back from there; ``-`` is a list of paths on standard input
==============================  ==============================================================

What a file is, its content says where that can be told: JSON lines that hold no notices are
documents, and a database has its own first bytes.

Notices come one at a time in the store's order, each with the label that it has in its archive.
Lines of JSON do not hold the label: it is made from the ``source``, and of a notice that came from
a string it is the store's name and the number of the line. A source that cannot be read, a bad
line and a document that fails are told to ``on_error``, and cost none of the others.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from vnpolicy.errors import ArgumentError, DocumentError, VnpolicyError

if TYPE_CHECKING:
    from vnpolicy.models import Notice

OnError = Callable[[str, str], None]
Named = tuple[str, "Notice"]
Kind = Literal["lines", "sqlite", "duckdb", "parquet", "document", "archive"]

_LINES = (".jsonl", ".jsonl.gz", ".jsonl.zst")
_DATABASES: dict[str, Kind] = {
    ".sqlite": "sqlite",
    ".sqlite3": "sqlite",
    ".db": "sqlite",
    ".duckdb": "duckdb",
}
_SQLITE, _DUCKDB = b"SQLite format 3\0", b"DUCK"  # a file's first bytes; those from the eighth on
_MADE = "notices.jsonl"  # in a folder that convert made
_TOLD = 300  # characters of what an unforeseen error says


def notices(sources: Sequence[str], *, on_error: OnError) -> Iterator[Named]:
    """Label and notice of every document in the sources, in their order.

    :param on_error: called with the name of what cannot be read, and why.
    :raises ArgumentError: where ``sources`` is no list of filled strings.
    """
    given = [] if isinstance(sources, str | bytes) else list(sources)
    if not given or not all(isinstance(one, str) and one for one in given):
        raise ArgumentError("sources", sources, "a list of at least one path, each a filled string")
    return _all(given, on_error)


def kind(source: str) -> Kind:
    """What the source is read as; a path that is not there is a document that fails.

    >>> kind("không-có.docx"), kind("kho/**/*.docx"), kind("-")
    ('document', 'archive', 'archive')
    """
    path = Path(source)
    if path.is_dir():
        if (path / "notice.parquet").is_file() or path.suffix.lower() == ".parquet":
            return "parquet"
        return "lines" if (path / _MADE).is_file() else "archive"
    if not path.is_file():
        return _elsewhere(source)
    found = _DATABASES.get(path.suffix.lower()) or _base(path)
    if found is None and path.name.lower().endswith(_LINES):
        from vnpolicy.follow import line

        return "lines" if line.has_notices(path) else "document"
    return found or _document(path)


def _all(sources: Sequence[str], on_error: OnError) -> Iterator[Named]:
    for source in sources:
        try:
            yield from _of(source, on_error)
        except DocumentError as error:
            on_error(error.source, error.reason)


def _of(source: str, on_error: OnError) -> Iterator[Named]:
    found = kind(source)
    path = Path(source)
    if found == "lines":
        from vnpolicy.follow import line

        yield from line.read(path / _MADE if path.is_dir() else path, on_error=on_error)
    elif found == "parquet":
        from vnpolicy.follow import parquet

        yield from parquet.read(path, on_error=on_error)
    elif found == "sqlite" or found == "duckdb":
        from vnpolicy.follow import base

        yield from base.read(path, engine=found, on_error=on_error)
    elif found == "document":
        yield from _read(source, on_error)
    else:
        yield from _converted(source, on_error)


def _elsewhere(source: str) -> Kind:
    """What is no file here: a pattern, an address, a list of paths, or a mistake."""
    from vnpolicy.archive import remote, walk

    if source == "-" or remote.is_address(source) or walk.is_pattern(source):
        return "archive"
    return "document"


def _base(path: Path) -> Kind | None:
    try:
        with path.open("rb") as stream:
            head = stream.read(len(_SQLITE))
    except OSError:
        return None  # who opens it says why not
    if head == _SQLITE:
        return "sqlite"
    return "duckdb" if head[8:12] == _DUCKDB else None


def _document(path: Path) -> Kind:
    from vnpolicy.archive import suffix

    return "archive" if suffix.form(path.name) in ("zip", "tar") else "document"


def _read(source: str, on_error: OnError) -> Iterator[Named]:
    """The documents of one file, read in this process."""
    from vnpolicy import pipeline
    from vnpolicy.archive import source as room
    from vnpolicy.archive import unit
    from vnpolicy.readers import Limits

    limits = Limits()
    for one in room.units([source], limits=limits):
        for item in unit.items(one, limits=limits):
            try:
                notice = pipeline.extract_item(item)
            except DocumentError as error:
                on_error(error.source, error.reason)
            except VnpolicyError:  # not this document's: the data's or the call's
                raise
            except Exception as error:
                what = f"{type(error).__name__}: {error}"[:_TOLD]
                on_error(item.name, f"internal error, please report it: {what}")
            else:
                yield item.name, notice


def _converted(source: str, on_error: OnError) -> Iterator[Named]:
    """The documents of an archive, by way of a run of its own."""
    from vnpolicy import archive
    from vnpolicy.follow import line

    with tempfile.TemporaryDirectory(prefix="vnpolicy-") as folder:
        out = Path(folder, _MADE)
        archive.convert([source], [out])
        yield from line.read(out, on_error=on_error)
        yield from line.failures(Path(f"{out}.errors.jsonl"), on_error=on_error)
