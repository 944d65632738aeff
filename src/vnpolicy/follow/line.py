"""Notices from JSON lines, plain or compressed: whole records, one bad line costing no other.

>>> from vnpolicy.models import Notice, Source
>>> label(Notice(text="", source=Source(uri="file:///kho/TB%2012.docx")), "x.jsonl#1")
'/kho/TB 12.docx'
>>> label(Notice(text="", source=Source(uri="kho/a.eml", part="tb12.doc")), "x.jsonl#1")
'kho/a.eml#tb12.doc'
>>> label(Notice(text=""), "x.jsonl#1")
'x.jsonl#1'
"""

from __future__ import annotations

import contextlib
import gzip
import io
import json
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO
from urllib.parse import unquote, urlsplit
from urllib.request import url2pathname

from pydantic import ValidationError

from vnpolicy.errors import DamagedError, DocumentError
from vnpolicy.models import Notice

_SOUGHT = 1000  # lines that are looked at before a file is held to have no notices
_TOLD = 200  # characters of what is wrong with a line


def read(path: Path, *, on_error: Callable[[str, str], None]) -> Iterator[tuple[str, Notice]]:
    """The notices of the file, each with its label.

    :raises DocumentError: where the file cannot be opened, or breaks off inside.
    """
    for number, line in _lines(path):
        if not line.strip():
            continue
        try:
            notice = Notice.model_validate_json(line)
        except ValidationError as error:
            on_error(str(path), f"line {number}: {_wrong(error)} / dòng {number} không đọc được")
            continue
        yield label(notice, f"{path.name}#{number}"), notice


def label(notice: Notice, otherwise: str) -> str:
    """What the document is called in its archive, told from its ``source``."""
    uri, part = notice.source.uri, notice.source.part
    if uri is None:
        return otherwise
    if uri.startswith("file:"):
        name = url2pathname(urlsplit(uri).path)
    else:
        name = uri if "://" in uri else unquote(uri)
    return name if part is None else f"{name}#{part}"


def has_notices(path: Path) -> bool:
    """Whether a line of the file is a notice of some version; a file that cannot be opened or
    unpacked is taken for one, so that its error is told as such."""
    try:
        for number, line in _lines(path):
            with contextlib.suppress(ValueError, RecursionError):
                found = json.loads(line)
                if isinstance(found, dict) and {"schema_version", "header"} <= found.keys():
                    return True
            if number >= _SOUGHT:
                break
    except DocumentError:
        return True
    return False


def failures(path: Path, *, on_error: Callable[[str, str], None]) -> Iterator[tuple[str, Notice]]:
    """Tells the documents that a run has failed on; gives nothing."""
    if path.exists():
        for _, line in _lines(path):
            told = json.loads(line)
            on_error(told["document"], told["reason"])
    yield from ()


def _lines(path: Path) -> Iterator[tuple[int, bytes]]:
    number = 0
    try:
        with _opened(path) as stream:
            for number, line in enumerate(stream, 1):
                yield number, line
    except (OSError, EOFError, zlib.error, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error)
        if number or not isinstance(error, OSError) or isinstance(error, gzip.BadGzipFile):
            reason = f"breaks off after line {number}: {said} / tệp hỏng sau dòng {number}"
            raise DamagedError(str(path), reason) from None
        raise DocumentError(str(path), f"cannot be opened: {said} / không mở được") from None


def _opened(path: Path) -> IO[bytes]:
    low = path.name.lower()
    if low.endswith(".gz"):
        return gzip.open(path, "rb")  # type: ignore[return-value]
    if not low.endswith(".zst"):
        return path.open("rb")
    try:
        import pyarrow
    except ImportError:
        from vnpolicy.writers.batch import missing

        raise missing(str(path), "pyarrow") from None
    return io.BufferedReader(pyarrow.CompressedInputStream(str(path), "zstd"))


def _wrong(error: ValidationError) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"]))
    return f"no notice of this version: {place + ': ' if place else ''}{first['msg']}"[:_TOLD]
