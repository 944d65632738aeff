"""Where a task's objects are: under their own names, under others, or in another calendar.

A task is looked for

1. under the names that it was given here;
2. where the calendar has names of any other kind, by its UID (a client may store an object that it
   has changed under a name of its own);
3. in the other calendars of this run that have such a name: somebody may have moved it there.

An object under one of our names that has another UID is an error, and so is one task found twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from vnpolicy.errors import ConfigError, TrackerError
from vnpolicy.push.targets.caldav_object import CalendarObject
from vnpolicy.push.targets.caldav_site import Site, Stored
from vnpolicy.push.targets.caldav_task import Kind, Part

MAINS = (Part("task"), Part("event"))
_NUMBERS = 9  # parts of a kind that are always looked for
_OWN_NAME = re.compile(r"t-[0-9a-f]+-[0-9a-f]+[-.\w]*\.ics", re.ASCII)


@dataclass(frozen=True, slots=True)
class Held:
    """What the server has of a task, in one of its calendars."""

    key: str
    collection: str
    stored: Mapping[Part, Stored]
    objects: Mapping[Part, CalendarObject]

    @property
    def version(self) -> str:
        return " ".join(f"{one.path} {one.version}" for one in self.stored.values())


class Shelf:
    """The calendars of one host; ``url`` is that of the configured one."""

    def __init__(self, site: Site, url: str, *, parts: Callable[[str], Collection[Part]]) -> None:
        self._site = site
        self._url = url
        self._parts = parts
        self._names: dict[str, set[str]] = {}
        self._collections: dict[str, None] = {}  # in the order in which they were named
        self.collection("")

    def seek(self, key: str, collection: str, mains: Collection[Part]) -> Held | None:
        """The task wherever it is."""
        for place in [collection, *(one for one in self._collections if one != collection)]:
            if place != collection and not self._is_listed(key, place):
                continue
            held = self.load(key, place)
            if held.stored.keys().isdisjoint(mains) and self._has_foreign(place):
                held = self._queried(key, place)
            if not held.stored.keys().isdisjoint(mains):
                return held
        return None

    def load(self, key: str, collection: str) -> Held:
        """What is there under our own names."""
        most = max([_NUMBERS, *(part.number for part in self._parts(key))])
        kinds: tuple[Kind, ...] = ("task", "event")
        family = {
            f"{part.name(key)}": part
            for part in (Part(kind, at) for kind in kinds for at in range(1, most + 1))
        }
        found = self._site.get(collection, family)
        return self._held(key, collection, {family[name]: found[name] for name in found})

    def _queried(self, key: str, collection: str) -> Held:
        """What is there under any name."""
        found: dict[Part, Stored] = {}
        for name, kind in (("task", "VTODO"), ("event", "VEVENT")):
            for stored in self._site.query(collection, kind, key):
                if key not in stored.text:
                    continue  # a server that takes the question less strictly
                part = _part(CalendarObject(stored.text).text("UID"), key, name)
                if part is not None and part in found:
                    raise TrackerError(
                        f"{stored.path} and {found[part].path} are the same task / trùng nhau"
                    )
                if part is not None:
                    found[part] = stored
        return self._held(key, collection, found)

    def _held(self, key: str, collection: str, found: Mapping[Part, Stored]) -> Held:
        """:raises TrackerError: where one of them is of something else."""
        ordered = {part: found[part] for part in sorted(found, key=lambda one: one.order)}
        objects = {part: CalendarObject(one.text) for part, one in ordered.items()}
        for part, one in objects.items():
            if one.text("UID") != part.uid(key):
                raise TrackerError(f"{ordered[part].path}: holds another task / là việc khác")
        return Held(key, collection, ordered, objects)

    def _is_listed(self, key: str, collection: str) -> bool:
        names = self._listing(collection)
        return any(unquote(part.name(key)) in names for part in MAINS) or self._has_foreign(
            collection
        )

    def _has_foreign(self, collection: str) -> bool:
        return any(not _OWN_NAME.fullmatch(name) for name in self._listing(collection))

    def _listing(self, collection: str) -> set[str]:
        """The names in the calendar when this run first looked."""
        if collection not in self._names:
            self._names[collection] = self._site.names(collection)
        return self._names[collection]

    def collection(self, project: str) -> str:
        """The path of the calendar that a table names; the configured one without a name.

        :raises ConfigError: for one of another host.
        """
        import httpx

        base = httpx.URL(self._url)
        base = base.copy_with(path=base.path.rstrip("/") + "/")
        try:
            if project and "/" not in project:
                url = base.join(f"../{quote(project)}/")
            else:
                url = base.join(project)
        except httpx.InvalidURL:
            url = httpx.URL("http:")
        own = (base.scheme, base.host, base.port)
        odd = url.query or url.fragment or url.userinfo or url.path == "/"
        if (url.scheme, url.host, url.port) != own or odd:
            raise ConfigError(
                "du_an", f"{project}: is no calendar of {base.host} / không phải lịch trên máy chủ"
            )
        path = url.raw_path.decode("ascii").rstrip("/") + "/"
        self._collections.setdefault(path)
        return path


def _part(uid: str, key: str, name: str) -> Part | None:
    """Which part of the task the UID is of; None where it is of another task."""
    kind: Kind = "event" if name == "event" else "task"
    tail = uid.removesuffix("@vnpolicy").removeprefix(key)
    number = tail.rpartition(".")[2]
    part = Part(kind, int(number) if number.isdigit() and len(number) < 5 else 1)
    return part if part.uid(key) == uid else None
