"""The commands that follow documents up: ``due``, ``clarity`` and ``diff``.

Their text is for a person; ``--format``, or the suffix of ``-o``, asks for a file instead. A
source that cannot be read is one line on standard error and makes the exit status 1, as with
every other command; differences between two versions are no failure.
"""

from __future__ import annotations

import argparse
import datetime
import shutil
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vnpolicy.commands import complain, write
from vnpolicy.errors import ArgumentError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from vnpolicy.follow.due_report import By
    from vnpolicy.models import Notice

_FORMATS = ("table", "csv", "json")
_WIDE = 100  # columns of a text that goes to a file
SOURCES = "what convert wrote (a folder, .jsonl, .sqlite, .duckdb, .parquet), or documents"
_OUT = "write it there; .csv, .json, .ics or .events.ics say the format too"


def add(
    rooms: argparse._SubParsersAction[Any],
    *,
    date: Callable[[str], datetime.date],
) -> None:
    """The three commands' options; ``date`` reads a day."""
    due_ = rooms.add_parser("due", help="tell what is overdue, and what falls due")
    due_.add_argument("sources", nargs="+", metavar="STORE", help=SOURCES)
    due_.add_argument("--as-of", type=date, metavar="DATE", help="the day; else today in Vietnam")
    due_.add_argument("--days", type=_days, default=30, metavar="N", help="how far to look ahead")
    due_.add_argument(
        "--since", type=date, metavar="DATE", help="leave out what was due before that day"
    )
    due_.add_argument(
        "--by", choices=("agency", "document"), help="else by agency, by document with --agency"
    )
    due_.add_argument("--agency", metavar="NAME", help="its id, name or abbreviation")
    due_.add_argument("--role", choices=("lead", "support", "any"), default="lead")
    due_.add_argument("--document", metavar="NUMBER", help="the tasks of one document")
    due_.add_argument("--undated", action="store_true", help="list what has no day as well")
    _add_output(due_, formats=(*_FORMATS, "ics"))
    due_.set_defaults(run=due)

    clarity_ = rooms.add_parser("clarity", help="tell which tasks leave who, what, when open")
    clarity_.add_argument("sources", nargs="+", metavar="SOURCE", help=SOURCES)
    _add_output(clarity_, formats=_FORMATS)
    clarity_.set_defaults(run=clarity)

    diff_ = rooms.add_parser("diff", help="tell what a new version of documents changes")
    diff_.add_argument("old", metavar="OLD", help=SOURCES)
    diff_.add_argument("new", metavar="NEW", help="the same, newer")
    _add_output(diff_, formats=_FORMATS)
    diff_.set_defaults(run=diff)


def due(options: argparse.Namespace) -> int:
    from vnpolicy.follow import due_report
    from vnpolicy.follow.due import Choice
    from vnpolicy.follow.due import due as find

    read = Reader()
    found = find(
        read.notices(options.sources),
        as_of=options.as_of or due_report.today(),
        days=options.days,
        since=options.since,
        choice=Choice(agency=options.agency, role=options.role, document=options.document),
        undated=options.undated,
    )
    by: By = options.by or ("document" if options.agency else "agency")
    return _give(
        options,
        read,
        {
            "table": lambda width: due_report.text(found, by=by, width=width),
            "csv": lambda _: due_report.to_csv(found),
            "json": lambda _: due_report.to_json(found),
            "ics": lambda _: due_report.to_ics(found, events=_is_events(options.out)),
        },
    )


def clarity(options: argparse.Namespace) -> int:
    from vnpolicy.follow import clarity_report
    from vnpolicy.follow.clarity import survey

    read = Reader()
    found = survey(read.notices(options.sources))
    return _give(
        options,
        read,
        {
            "table": lambda width: clarity_report.text(found, width=width),
            "csv": lambda _: clarity_report.to_csv(found),
            "json": lambda _: clarity_report.to_json(found),
        },
    )


def diff(options: argparse.Namespace) -> int:
    from vnpolicy.follow import difference_report, store
    from vnpolicy.follow.difference import compare

    read = Reader()
    found = compare(
        read.notices([options.old]),
        read.notices([options.new]),
        single=all(store.kind(one) == "document" for one in (options.old, options.new)),
    )
    return _give(
        options,
        read,
        {
            "table": lambda width: difference_report.text(found, width=width),
            "csv": lambda _: difference_report.to_csv(found),
            "json": lambda _: difference_report.to_json(found),
        },
    )


class Reader:
    """Reads sources, and counts those that fail."""

    def __init__(self) -> None:
        self.failed = 0

    def notices(self, sources: Sequence[str]) -> Iterator[tuple[str, Notice]]:
        from vnpolicy.follow import store

        return store.notices(sources, on_error=self._on_error)

    def _on_error(self, source: str, reason: str) -> None:
        complain(f"vnpolicy: {source}: {reason}")
        self.failed += 1


def _add_output(parser: argparse.ArgumentParser, *, formats: tuple[str, ...]) -> None:
    parser.add_argument("--format", choices=formats, help="else the suffix of -o says it, or table")
    parser.add_argument("-o", "--out", type=Path, metavar="OUT", help=_OUT)


def _give(
    options: argparse.Namespace,
    read: Reader,
    formats: Mapping[str, Callable[[int], str | bytes]],
) -> int:
    """Writes what was found in the format asked for; gives the exit status."""
    out: Path | None = options.out
    chosen = options.format
    if chosen is None:
        suffix = out.suffix.lower().removeprefix(".") if out else ""
        if suffix in ("csv", "json", "ics") and suffix not in formats:
            raise ArgumentError("out", str(out), ", ".join(f".{name}" for name in formats))
        chosen = suffix if suffix in formats else "table"
    width = _WIDE if out else shutil.get_terminal_size((_WIDE, 24)).columns
    whole = formats[chosen](width)
    data = whole.encode("utf-8", "backslashreplace") if isinstance(whole, str) else whole
    if out is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
    else:
        write(out, data)
    return 1 if read.failed else 0


def _is_events(out: Path | None) -> bool:
    return out is not None and out.name.lower().endswith(".events.ics")


def _days(text: str) -> int:
    if text.isascii() and text.isdigit():
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no whole number / phải là số nguyên không âm")
