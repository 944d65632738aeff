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
configured project, to nobody.

>>> table = Table({"bo-y-te": Place("y-te", "12")}, project="chung")
>>> table.find(["bo-y-te"]), table.find(["bo-cong-an"])
(Place(project='y-te', assignee='12'), Place(project='chung', assignee=''))
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

    :raises ConfigError: where it cannot be read.
    """
    places = {
        fold(row["co_quan"]): Place(row["du_an"], row["nguoi_nhan"])
        for row in _rows(path)
        if row["du_an"] or row["nguoi_nhan"]
    }
    return Table(places, project)


def renew(path: Path, items: Iterable[WorkItem]) -> str:
    """The table with a row for every agency that leads a task of ``items``, in the order of how
    many; rows that are there keep what their owner has written.

    :raises ConfigError: where the file there cannot be read.
    """
    known = {row["co_quan"]: row for row in _rows(path)}
    counts: Counter[str] = Counter()
    names: dict[str, str] = {}
    for item in items:
        for name, words in {_own(party): party.name for party in item.leads}.items():
            counts[name] += 1
            names.setdefault(name, words)
    for name in counts:
        known.setdefault(name, dict.fromkeys(COLUMNS, "") | {"co_quan": name})
    for name, row in known.items():
        row["ten"] = row["ten"] or _title(name) or names.get(name, "")
        row["so_nhiem_vu"] = str(counts[name])
    stream = io.StringIO()
    writer = csv.DictWriter(stream, COLUMNS, lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(
        sorted(known.values(), key=lambda row: (-counts[row["co_quan"]], row["co_quan"]))
    )
    return stream.getvalue()


def _names(party: Party) -> list[str]:
    return [*party.agency_ids, *party.current_agency_ids, fold(party.name)]


def _own(party: Party) -> str:
    return party.agency_ids[0] if len(party.agency_ids) == 1 else party.name


def _title(id_: str) -> str:
    """The register's name of an agency; empty for a local body and for plain words."""
    return agencies()[id_].name if id_ in agencies() else ""


def _rows(path: Path) -> list[dict[str, str]]:
    if not path.exists():
        return []
    try:
        text = path.read_text(encoding="utf-8-sig")
        # A spreadsheet with Vietnamese settings saves CSV with semicolons.
        mark = ";" if ";" in text.partition("\n")[0] else ","
        rows = list(csv.DictReader(io.StringIO(text, newline=""), delimiter=mark, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ConfigError(str(path), f"cannot be read as CSV in UTF-8: {error}") from None
    if rows and not set(COLUMNS) <= set(rows[0]):
        raise ConfigError(str(path), f"wants the columns {', '.join(COLUMNS)} / thiếu cột")
    return [{name: (row[name] or "").strip() for name in COLUMNS} for row in rows]
