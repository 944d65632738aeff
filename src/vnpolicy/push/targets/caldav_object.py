"""A calendar object (RFC 5545) as the lines it consists of.

It is changed line by line, because it may be somebody's by now: what a person or a client has put
in stays as it is, even what no library would give back (unknown properties, wrong ones, alarms
of a client's own kind). Only lines that are put here are made here.

The object's *master* is its first to-do or event that is no single occurrence of a recurring one.

>>> one = CalendarObject("BEGIN:VCALENDAR\\nBEGIN:VTODO\\nUID:1\\nSUMMARY:Rà\\n  soát\\\\, \\n"
...     " trình\\nX-OF-A-CLIENT;A=b:c\\nEND:VTODO\\nEND:VCALENDAR")
>>> one.text("SUMMARY")
'Rà soát, trình'
>>> one.put(["SUMMARY"], ["SUMMARY:Trình"])
>>> one.lines[2:-2]
['UID:1', 'X-OF-A-CLIENT;A=b:c', 'SUMMARY:Trình']
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from vnpolicy.errors import TrackerError

KINDS = ("VTODO", "VEVENT")
_BREAK = re.compile(r"\r\n|\n|\r")
_LINE = re.compile(r"((?:[^\":]|\"[^\"]*\")*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";([^=;\"]+)=((?:[^\";]|\"[^\"]*\")*)")
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_LISTED = re.compile(r"(?:[^\\,]|\\.)+", re.DOTALL)
_WIDTH = 75  # bytes of a line


@dataclass(frozen=True, slots=True)
class Property:
    """A line, read; ``value`` as it stands there, with its escapes."""

    name: str
    parameters: Mapping[str, str]
    value: str


class CalendarObject:
    """The lines of one object, which :meth:`put` and its kin change.

    :raises TrackerError: where it has no to-do and no event, or is not closed as it was opened.
    """

    def __init__(self, text: str) -> None:
        self.lines = _unfolded(text)
        self._first = self._last = 0
        self._alarms: list[tuple[int, int]] = []
        self._own: list[int] = []
        self._survey()

    def copy(self) -> CalendarObject:
        return CalendarObject("\n".join(self.lines))

    def to_ical(self) -> bytes:
        return b"".join(_folded(line) for line in self.lines)

    @property
    def kind(self) -> str:
        """``VTODO`` or ``VEVENT``."""
        return self.lines[self._first].partition(":")[2].strip().upper()

    def properties(self, name: str) -> list[Property]:
        """The master's own of that name."""
        found = (_property(self.lines[at]) for at in self._own)
        return [one for one in found if one is not None and one.name == name]

    def first(self, name: str) -> Property | None:
        return next(iter(self.properties(name)), None)

    def text(self, name: str) -> str:
        """The first one's text; empty where there is none."""
        found = self.first(name)
        return unescaped(found.value) if found else ""

    def words(self, name: str) -> list[str]:
        """The texts of all of that name, whose values are lists."""
        values = [one.value for one in self.properties(name)]
        return [unescaped(word) for value in values for word in _LISTED.findall(value)]

    def triggers(self) -> list[str]:
        """When the master's alarms ring, as their lines say it, sorted."""
        return sorted(
            line.upper()
            for first, last in self._alarms
            for line in self.lines[first : last + 1]
            if line.upper().startswith(("TRIGGER:", "TRIGGER;"))
        )

    def own_lines(self, names: Collection[str]) -> list[str]:
        """The master's lines of those names."""
        return [self.lines[at] for at in self._own if _name(self.lines[at]) in names]

    def put(self, names: Collection[str], lines: Iterable[str]) -> None:
        """These lines in the place of all that the master has of those names."""
        gone = {at for at in self._own if _name(self.lines[at]) in names}
        end = min([first for first, _ in self._alarms] + [self._last])
        before = [line for at, line in enumerate(self.lines[:end]) if at not in gone]
        after = [line for at, line in enumerate(self.lines[end:], end) if at not in gone]
        self.lines = [*before, *lines, *after]
        self._survey()

    def put_alarms(self, other: CalendarObject) -> None:
        """The other's alarms in the place of the master's."""
        gone = {at for first, last in self._alarms for at in range(first, last + 1)}
        new = [line for first, last in other._alarms for line in other.lines[first : last + 1]]
        head = [line for at, line in enumerate(self.lines[: self._last]) if at not in gone]
        self.lines = [*head, *new, *self.lines[self._last :]]
        self._survey()

    def reword_alarms(self, old: str, new: str) -> None:
        """The new text in alarms that say the old one."""
        for first, last in self._alarms:
            for at in range(first, last):
                found = _property(self.lines[at])
                if found and found.name == "DESCRIPTION" and unescaped(found.value) == old:
                    self.lines[at] = f"DESCRIPTION:{escaped(new)}"

    def put_zone(self, other: CalendarObject) -> None:
        """The other's time zones, where this one speaks of them without saying what they are."""
        for zone in other.blocks("VTIMEZONE"):
            name = next((line for line in zone if _name(line) == "TZID"), "")
            used = f"TZID={name.partition(':')[2]}"
            if any(used in line for line in self.lines) and not any(
                name in mine for mine in self.blocks("VTIMEZONE")
            ):
                self.lines[1:1] = zone
                self._survey()

    def drop(self, name: str) -> None:
        """Takes out all components of that name that stand beside the master."""
        for block in self.blocks(name):
            at = self.lines.index(block[0])
            while self.lines[at : at + len(block)] != block:
                at = self.lines.index(block[0], at + 1)
            del self.lines[at : at + len(block)]
        self._survey()

    def drop_head(self, prefix: str) -> None:
        """Takes out all properties of that prefix that stand before the first component."""
        end = next(at for at, line in enumerate(self.lines) if at and _name(line) == "BEGIN")
        head = [line for line in self.lines[:end] if not _name(line).startswith(prefix)]
        self.lines = head + self.lines[end:]
        self._survey()

    def blocks(self, name: str) -> list[list[str]]:
        """The components of that name, each as its lines."""
        found: list[list[str]] = []
        inside = False
        for line in self.lines:
            if line.strip().upper() == f"BEGIN:{name}":
                inside = True
                found.append([])
            if inside:
                found[-1].append(line)
            inside = inside and line.strip().upper() != f"END:{name}"
        return found

    def _survey(self) -> None:
        """Finds the master and what stands in it."""
        open_: list[tuple[str, int]] = []
        own: list[int] = []
        alarms: list[tuple[int, int]] = []
        found: tuple[int, int, list[int], list[tuple[int, int]]] | None = None
        for at, line in enumerate(self.lines):
            name = _name(line)
            value = line.partition(":")[2].strip().upper()
            if name == "BEGIN":
                open_.append((value, at))
                if len(open_) == 2:
                    own, alarms = [], []
            elif name == "END":
                if not open_ or open_[-1][0] != value:
                    raise TrackerError("a calendar object is not closed as it was opened")
                first = open_.pop()[1]
                if len(open_) == 2 and value == "VALARM":
                    alarms.append((first, at))
                if len(open_) == 1 and value in KINDS and found is None:
                    single = any(_name(self.lines[one]) == "RECURRENCE-ID" for one in own)
                    found = None if single else (first, at, own, alarms)
            elif len(open_) == 2:
                own.append(at)
        if open_ or found is None:
            raise TrackerError("a calendar object has no task and no event of its own")
        self._first, self._last, self._own, self._alarms = found


def unescaped(value: str) -> str:
    """The text that the value stands for."""
    return _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def escaped(text: str) -> str:
    r"""The value that stands for the text.

    >>> escaped("một; hai,\nba")
    'một\\; hai\\,\\nba'
    """
    return re.sub(r"([\\;,])", r"\\\1", text).replace("\n", "\\n")


def moment(one: Property | None, zone: datetime.tzinfo) -> str:
    """A day as ``2025-07-09``, or a moment as it is in that zone, ``2025-07-09T17:00``; a value
    that is neither as it stands there.

    >>> moment(Property("DUE", {}, "20250709T100000Z"), datetime.timezone(datetime.timedelta(0)))
    '2025-07-09T10:00'
    """
    if one is None:
        return ""
    value, name = one.value.strip(), one.parameters.get("TZID", "").strip('"')
    try:
        if len(value) == 8:
            return str(datetime.datetime.strptime(value, "%Y%m%d").date())
        found = datetime.datetime.strptime(value.removesuffix("Z"), "%Y%m%dT%H%M%S")
        own = datetime.UTC if value.endswith("Z") else _zone(name, zone)
        found = found.replace(tzinfo=own).astimezone(zone)
    except (ValueError, OverflowError):
        return f"{name} {value}".strip()
    return found.strftime("%Y-%m-%dT%H:%M:%S").removesuffix(":00")


def _zone(name: str, zone: datetime.tzinfo) -> datetime.tzinfo:
    """:raises ValueError: for a name that the system does not know."""
    from zoneinfo import ZoneInfo

    try:
        return ZoneInfo(name) if name else zone
    except (KeyError, OSError):
        raise ValueError(name) from None


def _unfolded(text: str) -> list[str]:
    lines: list[list[str]] = []
    for line in _BREAK.split(text):
        if line[:1] in (" ", "\t") and lines:
            lines[-1].append(line[1:])
        elif line.strip():
            lines.append([line])
    return ["".join(parts) for parts in lines]


def _folded(line: str) -> bytes:
    """The line, cut between characters into pieces that are no longer than allowed."""
    pieces, room = [b""], _WIDTH
    for character in line:
        data = character.encode(errors="replace")
        if len(pieces[-1]) + len(data) > room:
            pieces.append(b"")
            room = _WIDTH - 1  # the space that begins it
        pieces[-1] += data
    return b"\r\n ".join(pieces) + b"\r\n"


def _name(line: str) -> str:
    return re.split("[:;]", line, maxsplit=1)[0].strip().upper()


def _property(line: str) -> Property | None:
    """The line, read; None where it is none."""
    found = _LINE.fullmatch(line)
    if found is None:
        return None
    parameters = {name.upper(): value for name, value in _PARAMETER.findall(found[1])}
    return Property(_name(line), parameters, found[2])
