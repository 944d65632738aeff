"""Worker processes: units in, outcomes out, and no unit that costs another.

The workers are those of Pebble, which ends a worker whose unit takes too long and replaces one
that died. At most a few units for each worker are on their way at a time, so that memory does
not grow with the archive. Small units go in a batch, because handing over costs as much as
reading one. A batch that took too long or whose worker died is done again unit by unit; a unit
whose worker dies twice more goes to quarantine, and so does one that takes too long by itself.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from dataclasses import dataclass, field
from typing import Any

from vnpolicy.archive import work
from vnpolicy.archive.unit import Unit
from vnpolicy.archive.work import Done, Options, Outcome

_AHEAD = 4  # batches on their way for each worker
_BATCH, _BYTES = 16, 100_000  # units, and bytes, in a batch
_GRACE = 30  # seconds beyond a reader's own clock, for extraction and a worker's start

Job = tuple[str, Unit]  # a content's digest, and the unit
Result = tuple[str, Unit, Done]  # and what became of it


def run(jobs: Iterable[Job], options: Options, workers: int) -> Iterator[Result]:
    """What becomes of each job, a content's digest and its unit, as they are done."""
    from pebble import ProcessPool

    context = multiprocessing.get_context(_method())
    make: Any = ProcessPool
    with make(
        max_workers=workers,
        initializer=work.prepare,
        initargs=[options.limits.memory_bytes],
        context=context,
    ) as pool:
        feed = _Feed(pool, options)
        try:
            yield from feed.run(jobs, workers * _AHEAD)
        except BaseException:
            pool.stop()
            raise


def _method() -> str:
    """Workers are forked from a clean server where the system can: the parent has threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return "spawn"
    multiprocessing.set_forkserver_preload(["vnpolicy.pipeline", "vnpolicy.archive.work"])
    return "forkserver"


@dataclass(slots=True)
class _Feed:
    pool: Any
    options: Options
    running: dict[Future[list[Done]], tuple[list[Job], int]] = field(default_factory=dict)

    def run(self, jobs: Iterable[Job], window: int) -> Iterator[Result]:
        for batch in _batches(jobs):
            self._submit(batch, 0)
            while len(self.running) >= window:
                yield from self._finished()
        while self.running:
            yield from self._finished()

    def _submit(self, batch: list[Job], tries: int) -> None:
        seconds = self.options.limits.seconds + _GRACE
        units = [unit for _, unit in batch]
        future = self.pool.schedule(work.do_all, args=[units, self.options], timeout=seconds)
        self.running[future] = batch, tries

    def _finished(self) -> Iterator[Result]:
        ready, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in ready:
            batch, tries = self.running.pop(future)
            done = self._done(future, len(batch), tries)
            if done is not None:
                for (digest, unit), one in zip(batch, done, strict=True):
                    yield digest, unit, one
                continue
            for job in batch:
                self._submit([job], tries + (len(batch) == 1))

    def _done(self, future: Future[list[Done]], size: int, tries: int) -> list[Done] | None:
        """The units' outcomes; None where they are to be tried again, each by itself."""
        from pebble import ProcessExpired

        limits = self.options.limits
        try:
            return future.result()
        except TimeoutError:
            if size > 1:
                return None
            reason = f"takes more than {limits.seconds} s (limit: seconds) / xử lý quá lâu"
            failed = Outcome(None, error="LimitError", reason=reason)
            return [Done([failed], float(limits.seconds))]
        except ProcessExpired as error:
            if size > 1 or not tries:
                return None
            reason = f"its process died twice (status {error.exitcode}) / tiến trình xử lý bị dừng"
            return [Done([Outcome(None, error="LimitError", reason=reason)])]
        except Exception as error:
            return None if size > 1 else [Done([work.failed(None, error, limits)])]


def _batches(jobs: Iterable[Job]) -> Iterator[list[Job]]:
    """The jobs in batches: small ones together, a large one alone."""
    batch: list[Job] = []
    size = 0
    for job in jobs:
        if batch and (len(batch) >= _BATCH or size + job[1].size > _BYTES):
            yield batch
            batch, size = [], 0
        batch.append(job)
        size += job[1].size
    if batch:
        yield batch
