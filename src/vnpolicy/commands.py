"""What each command of the command line does, given its options; gives the exit status."""

from __future__ import annotations

import argparse
import contextlib
import datetime
import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy.errors import DocumentError, VnpolicyError

if TYPE_CHECKING:
    from vnpolicy.models import Notice
    from vnpolicy.readers import Item

KINDS = ("references", "deadlines", "quantities", "targets", "assignees", "tasks", "rows")
_INPUT = "-"


def complain(message: str) -> None:
    """One line on standard error, whatever the message holds."""
    print(" ".join(message.split()), file=sys.stderr)


def extract(options: argparse.Namespace) -> int:
    from vnpolicy.writers import account, jsonl

    notices = Notices(options.files, options.anchor_date)
    width = shutil.get_terminal_size((100, 24)).columns
    for number, (name, notice) in enumerate(notices):
        if options.json:
            print(jsonl.line(notice))
            continue
        if number:
            print("\n" + "=" * min(width, 100) + "\n")
        label = "" if name == _INPUT else name
        print(account.account(notice, width=width, name=label, types=_type_names()))
    return notices.status


def convert(options: argparse.Namespace) -> int:
    """An archive into data files, with a progress bar and a closing account."""
    from vnpolicy import archive
    from vnpolicy.archive.progress import Progress
    from vnpolicy.readers import Limits

    limits = Limits(seconds=options.seconds, memory_bytes=options.memory * 1_000_000)
    total = archive.count(options.sources)
    try:
        with Progress(total) as progress:
            account = archive.convert(
                options.sources,
                options.out,
                workers=options.workers,
                anchor_date=options.anchor_date,
                limits=limits,
                text_column=options.text_column,
                resume=options.resume,
                fresh=options.fresh,
                cluster=options.cluster,
                on_step=lambda label, failed: progress.step(failed=failed),
            )
    except KeyboardInterrupt:
        complain("vnpolicy: interrupted; --resume goes on with it / đã dừng, --resume để làm tiếp")
        return 130
    print("\n".join(account.lines()))
    return account.status


def view(options: argparse.Namespace) -> int:
    from vnpolicy.writers.page import page

    notices = Notices([options.file], options.anchor_date)
    for name, notice in notices:
        write(options.out, page(notice, name=Path(name).name).encode())
    return notices.status


def explain(options: argparse.Namespace) -> int:
    from vnpolicy.explanation import explain_item
    from vnpolicy.writers import account

    width = shutil.get_terminal_size((120, 24)).columns
    for item in _items(options.file):
        if item.part is not None:
            print(item.name)
        print(account.reasons(explain_item(item, options.anchor_date), width=width))
    return 0


def evaluate(options: argparse.Namespace) -> int:
    from vnpolicy import evaluate as room
    from vnpolicy.evaluate import report

    documents = {}
    for name, comparisons in room.evaluate(options.texts, options.gold):
        documents[name] = comparisons
        if options.kinds:
            print(f"== {name}")
            for line in report.differences(comparisons, options.kinds):
                print(line)
    totals = room.total(list(documents.values()))
    print(report.summary(totals))
    if options.json:
        write(options.json, report.to_json(documents, totals).encode())
    return 0


def schema(options: argparse.Namespace) -> int:
    from vnpolicy.models import Notice

    draft = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    table = draft | Notice.model_json_schema(mode="serialization")
    print(json.dumps(table, ensure_ascii=False, indent=2))
    return 0


class Notices:
    """The notices of documents, one after another. A document that fails is told on standard
    error and counted, and the next one begins."""

    def __init__(self, names: Iterable[str], anchor_date: datetime.date | None) -> None:
        self._names = names
        self._anchor_date = anchor_date
        self.done = 0
        self.failed = 0

    @property
    def status(self) -> int:
        return 1 if self.failed else 0

    def __iter__(self) -> Iterator[tuple[str, Notice]]:
        for name in self._names:
            with self._told(name):
                for item in _items(name):
                    with self._told(item.name):
                        notice = _notice(item, self._anchor_date)
                        self.done += 1
                        yield name if item.part is None else item.name, notice

    @contextlib.contextmanager
    def _told(self, name: str) -> Iterator[None]:
        try:
            yield
        except DocumentError as error:
            complain(f"vnpolicy: {error}")
            self.failed += 1
        except VnpolicyError:  # not this document's: the data's or the call's
            raise
        except Exception as error:
            what = f"{type(error).__name__}: {error}"[:300]
            complain(f"vnpolicy: {name}: internal error, please report it: {what}")
            self.failed += 1


def _notice(item: Item, anchor_date: datetime.date | None) -> Notice:
    from vnpolicy import pipeline

    return pipeline.extract_item(item, anchor_date)


def _items(name: str) -> Iterator[Item]:
    from vnpolicy import readers

    if name == _INPUT:
        return readers.open_bytes(sys.stdin.buffer.read())
    return readers.open_file(name)


@cache
def _type_names() -> dict[str, str]:
    """The words for a document type's slug; what the press writes is a type here."""
    from vnpolicy.lexicon.doc_type import type_words

    return {**type_words(), "press": "Tin, bài báo chí"}


def write(path: Path, data: bytes) -> None:
    """The file with the folders that it needs; an error that names it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        reason = f"cannot be written: {error.strerror} / không ghi được"
        raise DocumentError(str(path), reason) from None
