"""The command line: parse, call, print.

Exit status: 0 all went well, 1 some document failed, 2 wrong use, 3 nothing came out of a
conversion. An error is one line on
standard error that names the file and says what to do; one bad document never costs another.
"""

from __future__ import annotations

import argparse
import datetime
import os
import sys
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from typing import NoReturn

from vnpolicy import commands, follow_commands, push_commands
from vnpolicy.errors import ArgumentError, ConfigError, VnpolicyError


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        commands.complain(f"{self.prog}: {message}; see {self.prog} --help")
        sys.exit(2)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give the exit status."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:  # a clerk's console may be in another encoding; ours is UTF-8
            reconfigure(encoding="utf-8", errors="replace")
    try:
        options = _parser().parse_args(arguments)
        status = int(options.run(options))
        sys.stdout.flush()
    except BrokenPipeError:  # the reader has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130
    except VnpolicyError as error:
        commands.complain(f"vnpolicy: {error}")
        return 2 if isinstance(error, ArgumentError | ConfigError) else 1
    return status


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="vnpolicy", description="Vietnamese notices as typed records.")
    parser.add_argument("--version", action="version", version=f"vnpolicy {version('vnpolicy')}")
    rooms = parser.add_subparsers(required=True, metavar="COMMAND", parser_class=_Parser)

    extract = rooms.add_parser("extract", help="tell what documents order, or give their JSON")
    extract.add_argument(
        "files", nargs="+", metavar="FILE", help="a text file, or - for standard input"
    )
    extract.add_argument("--json", action="store_true", help="one JSON object a line")
    extract.set_defaults(run=commands.extract)

    convert = rooms.add_parser("convert", help="turn an archive of documents into data files")
    _add_conversion(convert)
    convert.set_defaults(run=commands.convert)

    view = rooms.add_parser("view", help="write a web page with the records marked")
    view.add_argument("file", metavar="FILE")
    view.add_argument("-o", "--out", type=Path, required=True, metavar="OUT.html")
    view.set_defaults(run=commands.view)

    explain = rooms.add_parser("explain", help="tell which rule took what, and what became of it")
    explain.add_argument("file", metavar="FILE")
    explain.set_defaults(run=commands.explain)

    for command in (extract, convert, view, explain):
        command.add_argument("--anchor-date", type=_date, metavar="YYYY-MM-DD", help=_ANCHOR_HELP)
    follow_commands.add(rooms, date=_date)
    push_commands.add(rooms)
    _add_inspection(rooms)
    return parser


def _add_conversion(convert: argparse.ArgumentParser) -> None:
    convert.add_argument("sources", nargs="+", metavar="SOURCE", help=_SOURCE_HELP)
    convert.add_argument(
        "-o", "--out", action="append", required=True, metavar="OUT", help=_OUT_HELP
    )
    convert.add_argument("--workers", type=_number, metavar="N", help="processes at work")
    convert.add_argument("--resume", action="store_true", help="go on with a run that was cut off")
    convert.add_argument("--fresh", action="store_true", help="forget what earlier runs have done")
    convert.add_argument("--text-column", metavar="NAME", help="of JSON lines: where the text is")
    convert.add_argument("--cluster", metavar="ADDRESS", help="a Dask scheduler's, or local")
    convert.add_argument(
        "--seconds", type=_number, default=300, metavar="S", help="at most for one document"
    )
    convert.add_argument(
        "--memory", type=_number, default=3000, metavar="MB", help="at most for one worker"
    )


def _add_inspection(rooms: argparse._SubParsersAction[_Parser]) -> None:
    """The commands for who works on the library, or with its JSON."""
    evaluate = rooms.add_parser("evaluate", help="compare with records made by hand")
    evaluate.add_argument("texts", type=Path, metavar="TEXTS", help="the folder of the texts")
    evaluate.add_argument("gold", type=Path, metavar="GOLD", help="the folder of the *.json files")
    evaluate.add_argument("-v", action="append", default=[], dest="kinds", choices=commands.KINDS)
    evaluate.add_argument("--json", type=Path, metavar="OUT", help="write the figures as JSON")
    evaluate.set_defaults(run=commands.evaluate)

    schema = rooms.add_parser("schema", help="print the JSON Schema of a notice")
    schema.set_defaults(run=commands.schema)


_SOURCE_HELP = (
    "a file, a folder, a pattern (kho/**/*.docx), a zip or tar archive, JSON lines, an address "
    "that fsspec knows, or - for a list of paths on standard input"
)
_OUT_HELP = (
    "a folder for the set, or a file: .jsonl (.gz, .zst), .parquet, .sqlite, .duckdb, .xlsx, .csv; "
    "may be given several times"
)
_ANCHOR_HELP = "the day that relative and yearless dates count from; else the document's own"


def _number(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) > 0:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no whole number of at least 1")


def _date(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        message = f"{text!r} is no date of the form YYYY-MM-DD / ngày phải có dạng 2024-05-09"
        raise argparse.ArgumentTypeError(message) from None
