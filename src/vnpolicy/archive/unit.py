"""What the run of an archive hands to a worker: a file, an archive's member, some JSON lines.

A unit's label is its name in the journal and in every message: unique in a run, and the same in
the next run over the same archive. What could not be listed or opened is a unit as well, with
the reason in ``error``, so that nothing is lost without a word.

>>> lines = b'{"id": "a", "text": "Giao S"}\\n{"text": "x"}\\n'
>>> unit = Unit("kho.jsonl#65-66", path=None, data=lines, size=len(lines), first_line=65)
>>> for item in items(unit, limits=Limits()):
...     reading, source = item.read()
...     print(item.name, source.uri, source.part, reading.text)
kho.jsonl#a kho.jsonl a Giao S
kho.jsonl#line 66 kho.jsonl line 66 x
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from vnpolicy import errors, readers
from vnpolicy.archive import suffix
from vnpolicy.readers import Item, Limits, jsonl
from vnpolicy.readers.limits import too_large
from vnpolicy.readers.part import Part


@dataclass(frozen=True, slots=True)
class Unit:
    """One piece of work. Either ``path``, ``data`` or ``error`` says what to read."""

    label: str
    """``tb12.docx``, ``kho/2024/tb12.docx``, ``kho.zip!/2024/tb12.docx``, ``kho.jsonl#1-64``."""
    path: str | None
    """A local file, which the worker reads."""
    data: bytes | None
    """Bytes read already: of a member, of JSON lines, of a remote file."""
    size: int
    """In bytes; what the file system says of a file."""
    first_line: int = 0
    """Of JSON lines: the number of the first of them in its file, from 1."""
    error: str | None = None
    """Why it could not be listed or opened."""
    kind: str = "DocumentError"
    """Which of :mod:`vnpolicy.errors` the error is."""

    @property
    def file(self) -> str:
        """The label of the file that it is, or is some lines of."""
        return self.label.rpartition("#")[0] if self.first_line else self.label


def items(unit: Unit, *, limits: Limits, column: str | None = None) -> Iterator[Item]:
    """The documents of the unit, in order; ``column`` names the text's in JSON lines.

    :raises DocumentError: the unit's own error; where the file cannot be opened.
    """
    if unit.error is not None:
        raise getattr(errors, unit.kind)(unit.label, unit.error)
    lines = unit.first_line or (column and suffix.form(unit.label) == "lines")
    if unit.data is not None and lines:
        yield from _of_lines(unit, unit.data, limits, column)
    elif unit.data is None and lines and unit.path:  # one JSON text, not a line each
        yield from _of_lines(unit, _bytes(unit.path, unit.label, limits), limits, column)
    elif unit.data is None:
        yield from _of_file(unit.path or "", limits)
    else:
        yield from readers.open_bytes(unit.data, name=unit.label, limits=limits)


def failed(label: str, error: errors.DocumentError) -> Unit:
    """The unit that stands where something could not be listed or opened."""
    kind = type(error).__name__
    return Unit(label, path=None, data=None, size=0, error=error.reason, kind=kind)


def whole(
    stream: BinaryIO, *, label: str, path: str | None, limits: Limits, head: bytes = b""
) -> Unit:
    """The whole file as one unit: its path where it has one, else what is left of ``stream``
    behind ``head``."""
    if path is not None:
        return Unit(label, path=path, data=None, size=Path(path).stat().st_size)
    data = head + stream.read(max(limits.file_bytes + 1 - len(head), 0))
    if len(data) > limits.file_bytes:
        return failed(label, too_large(label, limits))
    return Unit(label, path=None, data=data, size=len(data))


def _of_file(path: str, limits: Limits) -> Iterator[Item]:
    label = suffix.shown(path)
    if label == path:
        yield from readers.open_file(path, limits=limits)
        return
    # A name that is no text: its records are to name it all the same.
    data = _bytes(path, label, limits)
    yield from readers.open_bytes(data, name=label, limits=limits)


def _bytes(path: str, label: str, limits: Limits) -> bytes:
    try:
        with open(path, "rb") as stream:
            return stream.read(limits.file_bytes + 1)
    except OSError as error:
        reason = f"cannot be opened: {error.strerror}"
        raise errors.DocumentError(label, reason) from None


def _of_lines(unit: Unit, data: bytes, limits: Limits, column: str | None) -> Iterator[Item]:
    first = unit.first_line or None
    found = jsonl.documents(data, source=unit.file, limits=limits, column=column, first=first)
    for part in found:
        yield from _of_line(part, unit.file, limits)


def _of_line(part: Part, file: str, limits: Limits) -> Iterator[Item]:
    """The text of a line, or what its bytes (a web page's) are read as."""
    name = f"{file}#{part.name}"
    if part.text is not None or part.error is not None:
        yield Item(name, file, part, b"", limits)
        return
    try:
        for item in readers.open_bytes(part.data, name=file, limits=limits):
            inner = part if item.part is None else item.part.under(f"{part.name}/")
            yield replace(item, name=f"{file}#{inner.name}", part=inner)
    except errors.DocumentError as error:
        yield Item(name, file, part.failed(error.reason), b"", limits)
