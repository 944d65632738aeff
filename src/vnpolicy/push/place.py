"""Which agency's tasks go where: a table (CSV) that the user owns.

================  =============================================================================
``co_quan``       the agency's id; where it has none, the words that name it
``ten``           its name, for the reader
``so_nhiem_vu``   how many tasks it leads, for the reader
``du_an``         the tracker's project; empty: the configured one; ``-``: leave its tasks out
``nguoi_nhan``    the tracker's user or group; empty: nobody
================  =============================================================================

A task goes where its first lead that the table knows goes: by the agency's id, then by the id of
who answers for it now, then by its words. A task whose leads the table does not know goes to the
configured project, to nobody. So a file that is damaged, has no header or names an agency twice is
an error: read as an empty one it would move every entry and take everybody's work away.

The file has commas or semicolons, and may have more columns, which are its owner's.

>>> table = Table({"bo-y-te": Place("y-te", "12")}, project="chung")
>>> table.find(["bo-y-te"]), table.find(["bo-cong-an"])
(Place(project='y-te', assignee='12'), Place(project='chung', assignee=''))
"""

from __future__ import annotations

import csv
import io
import os
import shutil
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from vnpolicy.errors import ConfigError
from vnpolicy.lexicon.agency import agencies
from vnpolicy.models import Party, WorkItem
from vnpolicy.push.entry import Place
from vnpolicy.text import fold

COLUMNS = ("co_quan", "ten", "so_nhiem_vu", "du_an", "nguoi_nhan")
NOWHERE = "-"


@dataclass(frozen=True, slots=True)
class Table:
    """Agency, or its folded words, to its place."""

    places: Mapping[str, Place]
    project: str = ""

    def place(self, item: WorkItem) -> Place | None:
        """Where the task goes; None where its agency's tasks are left out."""
        return self.find(name for party in item.leads for name in _names(party))

    def find(self, names: Iterable[str]) -> Place | None:
        for name in names:
            found = self.places.get(name)
            if found is not None:
                if found.project == NOWHERE:
                    return None
                return Place(found.project or self.project, found.assignee)
        return Place(self.project)


def load(path: Path, project: str) -> Table:
    """The table of the file; an empty one where there is no file.

    :raises ConfigError: where it cannot be read, or names an agency twice.
    """
    places = {
        name: Place(row["du_an"], row["nguoi_nhan"])
        for name, row in _read(path).named().items()
        if row["du_an"] or row["nguoi_nhan"]
    }
    return Table(places, project)


def renew(path: Path, items: Iterable[WorkItem]) -> str:
    """The table with a row for every agency that leads a task of ``items``, in the order of how
    many; what its owner has written stays, and so does the number of an agency that leads none
    of ``items``.

    :raises ConfigError: where the file there cannot be read, or names an agency twice.
    """
    sheet = _read(path)
    known = sheet.named()
    counts: Counter[str] = Counter()
    words: dict[str, str] = {}
    for item in items:
        for name, party in {fold(_own(party)): party for party in item.leads}.items():
            counts[name] += 1
            words.setdefault(name, party.name)
            if name not in known:
                known[name] = sheet.add(_own(party))
    for name, row in known.items():
        row["ten"] = row["ten"] or _title(row["co_quan"]) or words.get(name, "")
        if name in counts:
            row["so_nhiem_vu"] = str(counts[name])
    return sheet.text()


def write(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """The file with this text, or as it was: never a part of either.

    :raises OSError: where it cannot be written.
    """
    goal = path.resolve()  # a link stays one
    new = goal.with_name(f".{goal.name}.{os.getpid()}.tmp")
    try:
        with new.open("w", encoding=encoding, newline="") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        if goal.exists():
            shutil.copymode(goal, new)
        new.replace(goal)
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from None
    finally:
        new.unlink(missing_ok=True)


def _names(party: Party) -> list[str]:
    return [*party.agency_ids, *party.current_agency_ids, fold(party.name)]


def _own(party: Party) -> str:
    return party.agency_ids[0] if len(party.agency_ids) == 1 else party.name


def _title(id_: str) -> str:
    """The register's name of an agency; empty for a local body and for plain words."""
    return agencies()[id_].name if id_ in agencies() else ""


class _Row:
    """A row, whose cells are known by the header's names."""

    def __init__(self, header: Sequence[str], cells: Sequence[str]) -> None:
        self.header = header
        self.cells = [*cells, *[""] * (len(header) - len(cells))]

    def __getitem__(self, name: str) -> str:
        return self.cells[self.header.index(name)].strip()

    def __setitem__(self, name: str, value: str) -> None:
        self.cells[self.header.index(name)] = value


@dataclass(slots=True)
class _Sheet:
    """A file as its owner has it: more columns than ours, rows without an agency."""

    path: Path
    mark: str = ","
    header: Sequence[str] = COLUMNS
    rows: list[_Row] = field(default_factory=list)

    def add(self, name: str) -> _Row:
        row = _Row(self.header, [])
        row["co_quan"] = name
        self.rows.append(row)
        return row

    def named(self) -> dict[str, _Row]:
        """The rows by their agency; a row without one says nothing.

        :raises ConfigError: where an agency has two.
        """
        found = {fold(row["co_quan"]): row for row in self.rows if row["co_quan"]}
        times = Counter(fold(row["co_quan"]) for row in self.rows if row["co_quan"])
        twice = ", ".join(found[name]["co_quan"] for name, count in times.items() if count > 1)
        if twice:
            raise ConfigError(
                str(self.path), f"co_quan: more than one row for {twice} / cơ quan bị lặp lại"
            )
        return found

    def text(self) -> str:
        stream = io.StringIO()
        writer = csv.writer(stream, delimiter=self.mark, lineterminator="\r\n")
        writer.writerow(self.header)
        writer.writerows(row.cells for row in sorted(self.rows, key=_order))
        return stream.getvalue()


def _order(row: _Row) -> tuple[bool, int, str]:
    """Who leads most first; what names no agency last."""
    count = row["so_nhiem_vu"]
    number = int(count) if count.isascii() and count.isdigit() and len(count) < 10 else 0
    return not row["co_quan"], -number, row["co_quan"]


def _read(path: Path) -> _Sheet:
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return _Sheet(path)
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(str(path), f"cannot be read as CSV in UTF-8: {error}") from None
    for mark in ",;":  # a spreadsheet with Vietnamese settings saves CSV with semicolons
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
        except csv.Error:
            continue
        header = [cell.strip() for cell in rows[0]] if rows else []
        if set(COLUMNS) <= set(header):
            return _Sheet(path, mark, header, [_Row(header, row) for row in rows[1:] if any(row)])
    raise ConfigError(
        str(path),
        f"wants to be CSV whose first line has the columns {', '.join(COLUMNS)} / "
        "không phải CSV hoặc thiếu cột",
    )
