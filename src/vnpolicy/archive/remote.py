"""Addresses (``s3://``, ``https://``, ``memory://``): what fsspec has a driver for.

An address names a file, a folder (with all below it), or, with a pattern, files; of ``http`` and
``https`` always one file. Remote files are read where the addresses are listed, one at a time.

>>> is_address("s3://kho/tb12.docx"), is_address("C:/kho/tb12.docx"), is_address("kho")
(True, False, False)
>>> bare("sftp://ban:mat-khau@may/kho"), bare("s3://kho/a@b:c")
('sftp://ban@may/kho', 's3://kho/a@b:c')
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from importlib import import_module
from typing import Any, BinaryIO, NamedTuple

from vnpolicy.archive import suffix, walk
from vnpolicy.errors import ArgumentError, MissingToolError
from vnpolicy.readers import Limits
from vnpolicy.readers.limits import too_large

_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+(?:::|://)")
_PASSWORD = re.compile(r"(://[^/@:]*):[^/@]*@")
_WEB = ("http://", "https://")


class File(NamedTuple):
    """A remote file; ``system`` is fsspec's, whose ``open`` gives its bytes."""

    label: str
    system: Any
    path: str


def is_address(source: str) -> bool:
    return _ADDRESS.match(source) is not None


def bare(address: str) -> str:
    """The address as it may be told: without a password."""
    return _PASSWORD.sub(r"\1@", address)


def check(address: str) -> None:
    """Whether there is a driver for the address.

    :raises MissingToolError: where fsspec or the driver is not installed.
    :raises ArgumentError: where fsspec knows no such kind of address.
    """
    protocol = re.split("::|://", address, maxsplit=1)[0]
    try:
        import_module("fsspec").get_filesystem_class(protocol)
    except ImportError as error:
        advice = "pip install 'vnpolicy[archive]' / hãy cài gói 'vnpolicy[archive]'"
        reason = f"needs fsspec and its driver ({' '.join(str(error).split())[:200]}): {advice}"
        raise MissingToolError(bare(address), reason) from None
    except ValueError:
        raise ArgumentError("sources", bare(address), "an address that fsspec knows") from None


def files(address: str) -> Iterator[File]:
    """The files of the address in order of their paths; whatever the driver raises is let go."""
    system, path = import_module("fsspec").core.url_to_fs(address)
    if address.startswith(_WEB):
        yield File(bare(address), system, path)
    elif walk.is_pattern(path):
        found = system.glob(path, detail=True)
        names = [name for name in sorted(found) if found[name]["type"] == "file"]
        named = suffix.form(path.rsplit("/", 1)[-1]) is not None or "." in path.rsplit("/", 1)[-1]
        yield from (_file(system, name) for name in names if named or suffix.form(name))
    elif system.isdir(path):
        below = len(path.rstrip("/")) + 1
        for name in sorted(system.find(path)):
            steps = name[below:].split("/")
            if suffix.form(name) is not None and not any(map(suffix.is_hidden, steps)):
                yield _file(system, name)
    else:
        yield File(bare(address), system, path)


def opened(file: File, *, limits: Limits) -> BinaryIO:
    """The file as a stream that can seek. A web server that gives no file from its middle is
    asked for the whole file, as far as one may be large.

    :raises LimitError: where that file is larger.
    """
    if file.path.startswith(_WEB) and not file.system.info(file.path).get("partial"):
        with file.system.open(file.path, "rb", block_size=0) as stream:
            data = stream.read(limits.file_bytes + 1)
        if len(data) > limits.file_bytes:
            raise too_large(file.label, limits)
        return io.BytesIO(data)
    # Drivers' own streams lack some of what Python's have: a line's greatest length for one.
    return io.BufferedReader(file.system.open(file.path, "rb"), 1 << 16)


def _file(system: Any, path: str) -> File:
    return File(bare(str(system.unstrip_protocol(path))), system, path)
