"""The few requests of CalDAV (RFC 4791) and WebDAV (RFC 4918) that a push needs.

A *path* is a path of the host as it is sent, with ``%`` where it is needed. An answer is XML of a
stranger: a document type (and with it every entity) is refused, objects are taken for the paths
that were asked for only, and their versions (ETags) must be fit to be sent back.

What a calendar refuses by a rule of its own (403 with the name of the rule in it: "no such
component here") is a rule for that one object; any other 403 means that the user may not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote, unquote, urlsplit
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from vnpolicy.errors import ChangedError, ForbiddenError, TrackerError
from vnpolicy.push.answer import Answer
from vnpolicy.push.door import Door

_DAV, _CALDAV = "{DAV:}", "{urn:ietf:params:xml:ns:caldav}"
_VERSION = re.compile(r"[\x21-\x7e]{1,300}")
_XML = {"Content-Type": "application/xml; charset=utf-8"}


@dataclass(frozen=True, slots=True)
class Stored:
    """An object of the server: where it is, its version and what it is."""

    path: str
    version: str
    text: str


class Site:
    """One host with calendars."""

    def __init__(self, door: Door) -> None:
        self._door = door

    def url(self, path: str) -> str:
        return self._door.base.rstrip("/") + path

    def get(self, collection: str, names: Iterable[str]) -> dict[str, Stored]:
        """Those of the objects that are there, by name."""
        body = _asking(f"{_CALDAV}calendar-multiget")
        wanted = {f"{collection}{name}": name for name in names}
        for path in wanted:
            SubElement(body, f"{_DAV}href").text = path
        known = {unquote(path): (path, name) for path, name in wanted.items()}
        found: dict[str, Stored] = {}
        for one in self._objects(collection, body):
            if one.path in known:
                path, name = known[one.path]
                found[name] = replace(one, path=path)
        return found

    def query(self, collection: str, kind: str, text: str) -> list[Stored]:
        """The objects of the kind whose UID has the text in it, wherever in the collection."""
        body = _asking(f"{_CALDAV}calendar-query")
        filter_ = SubElement(body, f"{_CALDAV}filter")
        calendar = SubElement(filter_, f"{_CALDAV}comp-filter", name="VCALENDAR")
        component = SubElement(calendar, f"{_CALDAV}comp-filter", name=kind)
        property_ = SubElement(component, f"{_CALDAV}prop-filter", name="UID")
        SubElement(property_, f"{_CALDAV}text-match").text = text
        root = unquote(collection)
        return [
            replace(one, path=f"{collection}{quote(one.path.removeprefix(root), safe='@')}")
            for one in self._objects(collection, body)
            if _within(one.path, root)
        ]

    def names(self, collection: str) -> set[str]:
        """The names of all objects of the collection, decoded."""
        body = Element(f"{_DAV}propfind")
        SubElement(SubElement(body, f"{_DAV}prop"), f"{_DAV}getetag")
        answer = self._ask("PROPFIND", collection, body)
        paths = (unquote(_path(one)) for one in _parsed(answer).iter(f"{_DAV}response"))
        root = unquote(collection)
        return {path.removeprefix(root) for path in paths if path != root}

    def put(self, path: str, data: bytes, *, version: str = "") -> None:
        """Writes the object in the place of that version; without one, where there is none.

        Asking twice does no harm: the second time it is no longer that version.

        :raises ChangedError: where there is another version.
        """
        condition = {"If-Match": version} if version else {"If-None-Match": "*"}
        answer = self._door.ask(
            *("PUT", path),
            allowed=(200, 201, 204, 403, 409),
            repeatable=True,
            content=data,
            headers={"Content-Type": "text/calendar; charset=utf-8", **condition},
        )
        self._judge(answer)

    def move(self, path: str, to: str, *, version: str) -> None:
        """Moves the object as it is.

        :raises UncertainError: where it may have been moved all the same.
        """
        answer = self._door.ask(
            *("MOVE", path),
            allowed=(200, 201, 204, 403, 409),
            repeatable=False,
            headers={"Destination": self.url(to), "Overwrite": "F", "If-Match": version},
        )
        self._judge(answer)

    def _judge(self, answer: Answer) -> None:
        if answer.status not in (403, 409):
            return
        rule = _rule(answer)
        message = self._door.clean(f"{answer.asked}: answers {answer.status}: {rule}")
        if answer.status == 403 and not rule:
            raise ForbiddenError(message)
        if not rule:  # the collection is not there, or is being changed by somebody
            raise ChangedError(message)
        raise TrackerError(message)

    def _objects(self, collection: str, body: Element) -> Iterator[Stored]:
        """The objects of the answer, their paths decoded."""
        for response in _parsed(self._ask("REPORT", collection, body)).iter(f"{_DAV}response"):
            version = text = None
            for part in response.iter(f"{_DAV}propstat"):
                if " 200" in (part.findtext(f"{_DAV}status") or " 200"):
                    version = version or part.findtext(f"{_DAV}prop/{_DAV}getetag")
                    text = text or part.findtext(f"{_DAV}prop/{_CALDAV}calendar-data")
            if text is None or not text.strip():
                continue
            if version is None or not _VERSION.fullmatch(version.strip()):
                raise TrackerError("an object of the calendar has no version (ETag)")
            yield Stored(unquote(_path(response)), version.strip(), text)

    def _ask(self, method: str, collection: str, body: Element) -> Answer:
        data = ElementTree.tostring(body, encoding="utf-8", xml_declaration=True)
        headers = {**_XML, "Depth": "1"}
        return self._door.ask(method, collection, allowed=(207,), content=data, headers=headers)


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise TrackerError("the answer has a document type, which is refused")


def _parsed(answer: Answer) -> Element:
    parser = ElementTree.XMLParser(target=_Builder())
    try:
        parser.feed(answer.body)
        root = parser.close()
    except (ElementTree.ParseError, LookupError, ValueError):
        raise TrackerError(f"{answer.asked}: the answer is no XML") from None
    assert isinstance(root, Element)
    return root


def _asking(name: str) -> Element:
    """A request for objects with their versions."""
    body = Element(name)
    asked = SubElement(body, f"{_DAV}prop")
    SubElement(asked, f"{_DAV}getetag")
    SubElement(asked, f"{_CALDAV}calendar-data")
    return body


def _path(response: Element) -> str:
    try:
        return urlsplit((response.findtext(f"{_DAV}href") or "").strip()).path
    except ValueError:
        return ""


def _within(path: str, root: str) -> bool:
    """Whether the path is that of an object right in the collection."""
    name = path.removeprefix(root)
    return name != path and "/" not in name and name not in ("", ".", "..")


def _rule(answer: Answer) -> str:
    """The name of the rule that the server refuses by; empty where it names none."""
    try:
        root = _parsed(answer)
    except TrackerError:
        return ""
    found = [one.tag.rpartition("}")[2] for one in root] if root.tag == f"{_DAV}error" else []
    return ", ".join(name for name in found if name != "need-privileges")[:200]
