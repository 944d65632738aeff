"""The parts of a Word file and how they are found: by relationship, never by guess alone.

``_rels/.rels`` names the document's part, and the document's own relationships name its styles,
lists, notes, headers and theme (ISO/IEC 29500-2, 9.3). A relationship may point outside the
file: such a target is never opened.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from vnpolicy.errors import DamagedError
from vnpolicy.readers.package import relations

if TYPE_CHECKING:
    from lxml.etree import _Element

    from vnpolicy.readers.package import Package

_USUAL = "word/document.xml"
_TYPES = "[Content_Types].xml"


class Parts:
    """The document's part and what belongs to it."""

    def __init__(self, package: Package, *, source: str) -> None:
        self._package = package
        starts = relations(package, "")
        named = [one.target for one in starts.values() if one.kind == "officeDocument"]
        self.main = next((name for name in (*named, _USUAL) if name in package), "")
        if not self.main:
            raise DamagedError(source, "damaged: holds no Word document / tệp Word hỏng")
        self._relations = relations(package, self.main)
        self._core = next((x.target for x in starts.values() if x.kind == "core-properties"), "")

    def document(self) -> _Element:
        """The root of the document's part."""
        return self._package.xml(self.main)

    def related(self, kind: str) -> _Element | None:
        """The root of the part of that kind; None where there is none."""
        found = (one.target for one in self._relations.values() if one.kind == kind)
        return self._root(next(found, ""))

    def by_id(self, name: str | None) -> _Element | None:
        """The root of the part that the document calls ``name``."""
        relation = self._relations.get(name or "")
        return None if relation is None else self._root(relation.target)

    def core(self) -> _Element | None:
        """What the file says of itself: title, dates."""
        return self._root(self._core)

    def _root(self, name: str) -> _Element | None:
        return self._package.xml(name) if name in self._package else None

    def media_type(self) -> str | None:
        """What the package calls the document's part: a document, a template, with macros."""
        if _TYPES not in self._package:
            return None
        for one in self._package.xml(_TYPES):
            if (one.get("PartName") or "").lstrip("/") == self.main:
                return one.get("ContentType")
        return None
