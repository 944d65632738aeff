"""Reading the lexicon's data files: UTF-8 CSV with a header row, checked at load.

Inside a cell ``|`` separates the members of a list. Every file has a ``source`` column, and a
row without a source is refused: nobody should have to wonder where a word came from.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from importlib import resources
from io import TextIOWrapper

from vnpolicy.errors import LexiconError


def rows(name: str, *, required: tuple[str, ...] = ()) -> Iterator[dict[str, str]]:
    """The rows of ``lexicon/data/<name>.csv`` as dictionaries of stripped strings.

    :raises LexiconError: for a missing file, column, value of a required column, or source.
    """
    file = resources.files("vnpolicy.lexicon").joinpath("data", f"{name}.csv")
    if not file.is_file():
        raise LexiconError(f"lexicon/data/{name}.csv: no such file")
    with TextIOWrapper(file.open("rb"), encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        columns = reader.fieldnames or []
        for column in ("source", *required):
            if column not in columns:
                raise LexiconError(f"lexicon/data/{name}.csv: no column {column!r}")
        for row in reader:
            values = {key: (value or "").strip() for key, value in row.items() if key}
            for column in ("source", *required):
                if not values[column]:
                    raise LexiconError(
                        f"lexicon/data/{name}.csv:{reader.line_num}: {column} is empty"
                    )
            yield values


def split(cell: str) -> tuple[str, ...]:
    """The members of a list cell.

    >>> split("TTg| Thủ tướng")
    ('TTg', 'Thủ tướng')
    """
    return tuple(part.strip() for part in cell.split("|") if part.strip())
