"""A run: units from the sources, results into the journal, outputs from the journal.

The outputs are written from the journal when every unit is done, in the order of the sources;
so their bytes do not depend on how many workers there were, which was first, or how many times
the run was cut off and begun again.
"""

from __future__ import annotations

import datetime
import errno
import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path

import vnpolicy
from vnpolicy.archive import output, pool, source, work
from vnpolicy.archive.account import Account
from vnpolicy.archive.journal import Journal
from vnpolicy.archive.unit import Unit, failed
from vnpolicy.archive.work import Done, Options
from vnpolicy.errors import ArgumentError, DocumentError
from vnpolicy.readers import Limits

OnStep = Callable[[str, int], None]


def convert(
    sources: Iterable[str | Path],
    outs: Sequence[str | Path],
    *,
    workers: int | None = None,
    anchor_date: datetime.date | None = None,
    limits: Limits | None = None,
    text_column: str | None = None,
    resume: bool = False,
    fresh: bool = False,
    cluster: str | None = None,
    on_step: OnStep | None = None,
) -> Account:
    """Every document of ``sources`` into every file of ``outs``.

    :param workers: processes; by default as many as the machine has processors.
    :param limits: what one document may cost; a unit that takes longer is ended.
    :param text_column: of JSON lines, where it is none of the names that are known.
    :param resume: go on with a run that was cut off; an error where there is none.
    :param fresh: forget what earlier runs have done.
    :param cluster: a Dask scheduler's address, or ``local`` for one of its own.
    :param on_step: called after each unit with its label and the number of its failures.
    Workers read the caller's main module again: call this under ``if __name__ == "__main__":``.

    :raises ArgumentError: for a wrong call.
    :raises DocumentError: where the journal or an output cannot be written.
    """
    workers = _count(workers)
    outputs = output.plan(outs)
    options = Options(anchor_date, limits or Limits(), text_column)
    began = time.monotonic()
    account = Account()
    outputs.journal.parent.mkdir(parents=True, exist_ok=True)
    if fresh:
        _forget(outputs.journal)
    call = partial(pool.run, workers=workers) if cluster is None else _on_cluster(cluster, workers)
    try:
        with Journal(outputs.journal, _key(options)) as journal:
            earlier = _begin(journal, outputs, resume=resume)
            journal.forget_failures()
            jobs = _jobs(sources, outputs, options, journal, account)
            for digest, unit, done in call(jobs, options):
                journal.add_result(digest, unit.file, done)
                account.took(unit.label, done.seconds)
                _tell(on_step, unit.label, done)
            account.twins = journal.twins()
            output.write(outputs, journal.entries(), account, earlier=earlier)
            journal.finish()
    except (OSError, sqlite3.OperationalError) as error:
        raise DocumentError(_where(error, outputs), _why(error)) from None
    account.seconds = time.monotonic() - began
    return account


def _begin(journal: Journal, outputs: output.Outputs, *, resume: bool) -> set[Path]:
    """Begin the run; gives the outputs of earlier runs."""
    cut_off = journal.begin()
    if resume and not cut_off:
        raise ArgumentError("resume", True, "only where a run was cut off")
    return journal.added_to([one.path for one in outputs.files], cut_off=cut_off)


def _count(workers: int | None) -> int:
    if workers is None:
        return os.cpu_count() or 1
    if not isinstance(workers, int) or isinstance(workers, bool) or workers < 1:
        raise ArgumentError("workers", workers, "a whole number of at least 1")
    return workers


def _key(options: Options) -> str:
    return f"{vnpolicy.__version__} {options}"


def _forget(journal: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        journal.with_name(journal.name + suffix).unlink(missing_ok=True)


def _jobs(
    sources: Iterable[str | Path],
    outputs: output.Outputs,
    options: Options,
    journal: Journal,
    account: Account,
) -> Iterator[pool.Job]:
    """The units still to be done, each with the digest of its content."""
    names = [str(one) for one in sources]
    for ordinal, unit in enumerate(_units(names, outputs, options.limits)):
        digest, unit = _digest(unit)
        account.size += unit.size
        if journal.add_unit(ordinal, unit.label, digest, file=unit.file) is not None:
            continue
        if journal.knows(digest):
            account.unchanged += 1
            continue
        if unit.error is not None:
            journal.add_result(digest, unit.file, work.do(unit, options))
            continue
        yield digest, unit


def _units(names: list[str], outputs: output.Outputs, limits: Limits) -> Iterator[Unit]:
    return source.units(names, limits=limits, leave_out=outputs.own())


def _digest(unit: Unit) -> pool.Job:
    """What the unit's result depends on: its bytes, and where its lines are counted from."""
    digest = hashlib.sha256()
    if unit.error is not None:
        digest.update(f"error {unit.label} {unit.error}".encode())
    elif unit.data is not None:
        digest.update(unit.data)
    elif unit.path is not None:
        try:
            with open(unit.path, "rb") as stream:
                return hashlib.file_digest(stream, "sha256").hexdigest(), unit
        except OSError as error:
            reason = f"cannot be opened: {error.strerror}"
            return _digest(failed(unit.label, DocumentError(unit.label, reason)))
    if unit.first_line:
        digest.update(f" lines from {unit.first_line}".encode())
    return digest.hexdigest(), unit


def _on_cluster(address: str, workers: int) -> Callable[..., Iterator[pool.Result]]:
    from vnpolicy.archive import cluster

    def call(jobs: Iterable[pool.Job], options: Options) -> Iterator[pool.Result]:
        run = cluster.run(address, jobs, partial(_remote, options=options), window=workers * 8)
        for (digest, unit), done in run:
            if isinstance(done, BaseException):
                done = Done([work.failed(None, done, options.limits)])
            yield digest, unit, done

    return call


def _remote(job: pool.Job, *, options: Options) -> Done:
    return work.do(job[1], options)


def _tell(on_step: OnStep | None, label: str, done: Done) -> None:
    if on_step is not None:
        on_step(label, sum(one.error is not None for one in done.outcomes))


def _where(error: Exception, outputs: output.Outputs) -> str:
    named = getattr(error, "filename", None)
    return str(named or outputs.files[0].path)


def _why(error: Exception) -> str:
    full = getattr(error, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or "full" in str(error)
    if full:
        return "the disk is full; free some space and run again with --resume / đĩa đầy"
    said = getattr(error, "strerror", None) or str(error)
    return f"cannot be written: {said} / không ghi được"
