"""A zip package (DOCX, XLSX, ODT) opened without trust.

Somebody else's package may unpack to a thousand times its size, hold a hundred thousand parts,
name a part twice so that two readers see two documents, or hold XML that grows as it is read.
Nothing is ever written to the disk, every part is read in bounded pieces against what its
directory claims and against :class:`~vnpolicy.readers.limits.Limits`, and XML with a document
type of its own, which no office document has, is refused before it is parsed: without one there
are no entities to expand and nothing to fetch.

>>> import io, zipfile
>>> made = io.BytesIO()
>>> with zipfile.ZipFile(made, "w") as package:
...     package.writestr("word/document.xml", "<a>Số: 12/TB-UBND</a>")
>>> opened = open_package(made.getvalue(), source="tb12.docx", limits=Limits())
>>> opened.names, opened.xml("word/document.xml").text
(('word/document.xml',), 'Số: 12/TB-UBND')
>>> "word/styles.xml" in opened
False
"""

from __future__ import annotations

import io
import posixpath
import stat
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote

from vnpolicy.errors import DamagedError, DocumentError, EncryptedError, LimitError
from vnpolicy.errors import MissingToolError as Missing
from vnpolicy.readers.limits import Limits, check_size

if TYPE_CHECKING:
    from lxml.etree import _Element

_ENTRY = b"PK\x01\x02"  # begins one entry of a package's directory
_PIECE = 1 << 20
_ENCRYPTED = 0x1  # bit 0 of an entry's flags
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others unpack without a bound
# What a parsed tree takes: libxml2 keeps 120 bytes a node, 96 an attribute and its value's node.
_NODE, _ATTRIBUTE = 300, 300
# ISO/IEC 29500 strict writes the same words under other names.
_STRICT = b"http://purl.oclc.org/ooxml/"
_TRANSITIONAL = (
    (b"wordprocessingml/main", b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"),
    (
        b"officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (b"officeDocument/math", b"http://schemas.openxmlformats.org/officeDocument/2006/math"),
    (b"drawingml/main", b"http://schemas.openxmlformats.org/drawingml/2006/main"),
)


class Package:
    """The parts of one package by name; :func:`open_package` makes it."""

    def __init__(self, archive: zipfile.ZipFile, *, source: str, limits: Limits) -> None:
        self._archive = archive
        self._source = source
        self._limits = limits
        self._left = limits.unpacked_bytes
        self._entries = _entries(archive, source)
        self.names = tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def read(self, name: str) -> bytes:
        """The bytes of the part ``name``.

        :raises DamagedError: where it is absent, or not what the directory says of it.
        :raises LimitError: where all that was read goes beyond ``unpacked_bytes``.
        """
        entry = self._entries.get(name)
        if entry is None:
            raise DamagedError(self._source, f"has no part {name} / tệp hỏng")
        pieces = []
        try:
            with self._archive.open(entry) as stream:
                while piece := stream.read(_PIECE):
                    self._left -= len(piece)
                    if self._left < 0:
                        raise _unpacks_to_more(self._source, self._limits)
                    pieces.append(piece)
        except DocumentError:
            raise
        except _BROKEN as error:
            raise _damaged(self._source, f"part {name}: {error}") from None
        return b"".join(pieces)

    def xml(self, name: str) -> _Element:
        """The root of the XML part ``name``.

        :raises DamagedError: where it is no XML, or brings a document type along.
        :raises LimitError: where its tree would not fit into ``memory_bytes``.
        """
        return parse(self.read(name), name=name, source=self._source, limits=self._limits)


_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    RuntimeError,
    NotImplementedError,
    KeyError,
    OverflowError,
)


def open_package(data: bytes, *, source: str, limits: Limits) -> Package:
    """The package whose bytes are ``data``.

    :raises DamagedError: where it is cut short, or made to mislead.
    :raises EncryptedError: where its parts open with a password only.
    :raises LimitError: where it holds too many parts, or unpacks to too much.
    """
    check_size(data, source=source, limits=limits)
    # Counted before the directory is read: each of its entries takes a kilobyte of memory.
    if (count := data.count(_ENTRY)) > limits.parts:
        raise LimitError(source, f"{count} parts in it (limit: parts) / tệp có quá nhiều phần")
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except _BROKEN as error:
        raise _damaged(source, str(error)) from None
    if sum(entry.file_size for entry in archive.infolist()) > limits.unpacked_bytes:
        raise _unpacks_to_more(source, limits)
    return Package(archive, source=source, limits=limits)


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part says of another: the last word of the kind ("styles"), and its name."""

    kind: str
    target: str


def relations(package: Package, part: str) -> dict[str, Relation]:
    """The relationships of a part by their ids (ISO/IEC 29500-2, 9.3); "" stands for the
    package. Those that lead outside the file are left out: nothing outside is ever opened."""
    folder, name = posixpath.split(part)
    path = posixpath.join(folder, "_rels", f"{name}.rels")
    if path not in package:
        return {}
    found = {}
    for one in package.xml(path):
        if one.get("TargetMode") != "External":
            target = unquote(one.get("Target") or "").replace("\\", "/")
            whole = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id") or ""] = Relation((one.get("Type") or "").split("/")[-1], whole)
    return found


def parse(data: bytes, *, name: str, source: str, limits: Limits) -> _Element:
    """The root of the XML ``data``, which is UTF-8 or UTF-16; ``name`` is for the error."""
    try:
        from lxml import etree
    except ImportError:
        advice = "install it: pip install 'vnpolicy[office]' / hãy cài gói 'vnpolicy[office]'"
        raise Missing(source, f"needs the package lxml; {advice}") from None
    try:
        data = _as_utf8(data)
    except UnicodeDecodeError:
        raise _damaged(source, f"{name} is not XML") from None
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise _damaged(source, f"{name} brings a document type of its own")
    size = 2 * len(data) + _NODE * data.count(b"<") + _ATTRIBUTE * data.count(b"=")
    if size > limits.memory_bytes:
        raise LimitError(source, f"{name} is too large (limit: memory_bytes) / tệp quá lớn")
    parser = etree.XMLParser(
        encoding="utf-8",  # whatever it declares: what is parsed is what was searched above
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(_transitional(data), parser)
    except (etree.LxmlError, ValueError, AssertionError) as error:
        raise _damaged(source, f"{name} is not XML: {error}") from None


def _as_utf8(data: bytes) -> bytes:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16").encode()
    return data.removeprefix(b"\xef\xbb\xbf")


def _transitional(data: bytes) -> bytes:
    if _STRICT in data[:10_000]:
        for strict, name in _TRANSITIONAL:
            data = data.replace(_STRICT + strict, name)
    return data


def _entries(archive: zipfile.ZipFile, source: str) -> dict[str, zipfile.ZipInfo]:
    """The entries that are files, by name; refused where one of them is a trick."""
    found: dict[str, zipfile.ZipInfo] = {}
    for entry in archive.infolist():
        # Some writers on Windows part folders by backslashes.
        name = entry.filename.replace("\\", "/")
        if name.startswith("/") or ":" in name or ".." in name.split("/"):
            raise _damaged(source, f"a part has the path {name[:80]!r}")
        if stat.S_ISLNK(entry.external_attr >> 16):
            raise _damaged(source, f"part {name[:80]!r} is a link")
        if entry.flag_bits & _ENCRYPTED:
            advice = "remove its password / hãy bỏ mật khẩu của tệp"
            raise EncryptedError(source, f"opens with a password only; {advice}")
        if name.endswith("/"):
            continue
        if name in found:
            raise _damaged(source, f"two parts have the name {name[:80]!r}")
        if entry.compress_type not in _METHODS:
            raise _damaged(source, f"part {name[:80]!r} is packed in a way that is not read")
        found[name] = entry
    return found


def _damaged(source: str, what: str) -> DamagedError:
    return DamagedError(source, f"damaged: {' '.join(what.split())[:200]} / tệp hỏng")


def _unpacks_to_more(source: str, limits: Limits) -> LimitError:
    size = limits.unpacked_bytes // 1_000_000
    reason = f"unpacks to more than {size} MB (limit: unpacked_bytes) / tệp giải nén quá lớn"
    return LimitError(source, reason)
