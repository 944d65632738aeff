"""Where an archive's records go: what each OUT stands for, and putting it in place whole.

An output is written under a temporary name beside its own and moved there when it is complete;
what was there before stays until then. A folder stands for the set of :data:`SET`. Beside a file
``x.sqlite`` lie the journal ``x.sqlite.journal`` and, where documents failed,
``x.sqlite.errors.jsonl``; a folder has them inside.
"""

from __future__ import annotations

import json
import os
import shutil
import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from vnpolicy.archive.account import Account
from vnpolicy.archive.journal import Entry
from vnpolicy.errors import ArgumentError
from vnpolicy.lexicon.doc_type import type_words
from vnpolicy.models import Notice
from vnpolicy.readers.source import uri
from vnpolicy.writers.sink import SUFFIXES, Sink, open_sink, suffix_of

SET = ("tasks.xlsx", "tasks.csv", "notices.jsonl", "notices.sqlite")


@dataclass(frozen=True, slots=True)
class Output:
    """A file to be written, and the suffix that says how."""

    path: Path
    suffix: str

    @property
    def workshop(self) -> Path:
        """The folder where it is written until it is whole, with whatever that takes."""
        return self.path.with_name(f".{self.path.name}.part")

    @property
    def draft(self) -> Path:
        """The file, or folder, in the workshop."""
        return self.workshop / self.path.name


@dataclass(frozen=True, slots=True)
class Outputs:
    """All outputs of a run, with its journal and its list of failures."""

    files: tuple[Output, ...]
    journal: Path
    errors: Path

    def own(self) -> set[Path]:
        """The files that no source may be."""
        return {self.journal, self.errors, *(one.path for one in self.files)}


def plan(outs: Sequence[str | Path]) -> Outputs:
    """What the OUTs stand for.

    :raises ArgumentError: where there is none, or a suffix is none of those allowed.
    """
    if not outs:
        raise ArgumentError("out", list(outs), "at least one file or folder")
    files: dict[Path, Output] = {}
    for out in map(Path, outs):
        for path in [out / name for name in SET] if _is_folder(out) else [out]:
            files[path] = Output(path, _suffix(path))
    first = Path(outs[0])
    if _is_folder(first):
        return Outputs(tuple(files.values()), first / ".journal", first / "errors.jsonl")
    return Outputs(
        tuple(files.values()),
        first.with_name(f"{first.name}.journal"),
        first.with_name(f"{first.name}.errors.jsonl"),
    )


def _is_folder(out: Path) -> bool:
    return suffix_of(out) is None and (out.is_dir() or not out.suffix)


def _suffix(path: Path) -> str:
    found = suffix_of(path)
    if found is None:
        raise ArgumentError("out", str(path), f"a folder, or a file in {', '.join(SUFFIXES)}")
    return found


def write(
    outputs: Outputs, entries: Iterable[Entry], account: Account, *, earlier: Collection[Path]
) -> None:
    """Every output from the journal's entries, in their order; counts them in ``account``.
    Databases in ``earlier`` are added to."""
    drafts: list[tuple[Output, Sink]] = []
    failures = outputs.errors.with_name(f".{outputs.errors.name}.part")
    try:
        for one in outputs.files:
            _remove(one.workshop)
            one.workshop.mkdir(parents=True)
            previous = one.path if one.path in earlier else None
            sink = open_sink(one.draft, suffix=one.suffix, previous=previous, types=type_words())
            drafts.append((one, sink))
        with failures.open("w", encoding="utf-8") as told:
            for entry in entries:
                if entry.outcome.error is not None:
                    told.write(_failure(entry) + "\n")
                    account.failed[entry.outcome.error] += 1
                else:
                    _add(entry, [sink for _, sink in drafts])
                    account.count(entry.outcome.counts)
        for _, sink in drafts:
            sink.close()
        _place(outputs, failures, account)
    finally:
        for one in outputs.files:
            _remove(one.workshop)
        _remove(failures)


def _place(outputs: Outputs, failures: Path, account: Account) -> None:
    for one in outputs.files:
        _move(one.draft, one.path)
        account.outputs.append(str(one.path))
    if account.failed:
        _move(failures, outputs.errors)
        account.outputs.append(str(outputs.errors))
    else:
        outputs.errors.unlink(missing_ok=True)


def _add(entry: Entry, sinks: Iterable[Sink]) -> None:
    name = label(entry)
    text = zlib.decompress(entry.outcome.notice)
    notice: Notice | None = None
    if entry.moved:
        notice = _moved(Notice.model_validate_json(text), entry)
        text = notice.model_dump_json().encode()
    for sink in sinks:
        add_json = getattr(sink, "add_json", None)
        if add_json is not None:  # a line of JSON needs no record built
            add_json(text)
            continue
        notice = notice or Notice.model_validate_json(text)
        sink.add(name, notice)


def label(entry: Entry) -> str:
    """What the document is called in every output: its file's label and its part's name."""
    base = entry.file
    return f"{base}#{entry.outcome.part}" if entry.outcome.part is not None else base


def _moved(notice: Notice, entry: Entry) -> Notice:
    source = notice.source.model_copy(update={"uri": uri(entry.file)})
    return notice.model_copy(update={"source": source})


def _failure(entry: Entry) -> str:
    told = {"document": label(entry), "error": entry.outcome.error, "reason": entry.outcome.reason}
    return json.dumps(told, ensure_ascii=False)


def _move(draft: Path, path: Path) -> None:
    """Put what was written in place, on the disk for certain."""
    if draft.is_dir():
        for file in draft.iterdir():
            _sync(file)
        old = path.with_name(f".{path.name}.old")
        _remove(old)
        if path.exists():
            path.rename(old)
        draft.rename(path)
        _remove(old)
        return
    _sync(draft)
    os.replace(draft, path)


def _sync(path: Path) -> None:
    with path.open("rb+") as stream:
        os.fsync(stream.fileno())


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
