"""Worker processes: units in, outcomes out, and no unit that costs another.

The workers are those of Pebble, which ends a worker whose unit takes too long and replaces one
that died. At most a few units for each worker are on their way at a time, so that memory does
not grow with the archive. Small units go in a batch, because handing over costs as much as
reading one. A batch that took too long or whose worker died is done again unit by unit; a unit
whose worker dies twice more goes to quarantine, and so does one that takes too long by itself.

The pool itself can break or fall silent, where the process that workers are forked from is
killed, or a worker in the moment of its birth. It is then thrown away, and what was on its way is
handed to a new one, up to :data:`_POOLS` times.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, TimeoutError, wait
from threading import Thread
from typing import Any

from vnpolicy.archive import work
from vnpolicy.archive.unit import Unit
from vnpolicy.archive.work import Done, Options, Outcome

_AHEAD = 4  # batches on their way for each worker
_BATCH, _BYTES = 16, 100_000  # units, and bytes, in a batch
_GRACE = 30  # seconds beyond a reader's own clock, for extraction and a worker's start

_POOLS = 5
_PAUSE = 0.2  # seconds before the second, more before each one after it

Job = tuple[str, Unit]  # a content's digest, and the unit
Result = tuple[str, Unit, Done]  # and what became of it


def run(jobs: Iterable[Job], options: Options, workers: int) -> Iterator[Result]:
    """What becomes of each job, a content's digest and its unit, as they are done."""
    feed = _Feed(options, workers)
    try:
        yield from feed.run(jobs, workers * _AHEAD)
    except BaseException:
        feed.pool.stop()
        raise
    finally:
        feed.pool.close()
        feed.pool.join()


def _pool(options: Options, workers: int) -> Any:
    from pebble import ProcessPool

    make: Any = ProcessPool
    return make(
        max_workers=workers,
        initializer=work.prepare,
        initargs=[options.limits.memory_bytes],
        context=multiprocessing.get_context(_method()),
    )


def _method() -> str:
    """Workers are forked from a clean server where the system can: the parent has threads."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return "spawn"
    multiprocessing.set_forkserver_preload(["vnpolicy.pipeline", "vnpolicy.archive.work"])
    return "forkserver"


class _Feed:
    """Hands jobs over, and takes back what became of them."""

    def __init__(self, options: Options, workers: int) -> None:
        self._options = options
        self._workers = workers
        self._running: dict[Future[list[Done]], tuple[list[Job], int]] = {}
        self._pools = 1
        self.pool = _pool(options, workers)

    @property
    def _seconds(self) -> int:
        return self._options.limits.seconds + _GRACE

    def run(self, jobs: Iterable[Job], window: int) -> Iterator[Result]:
        for batch in _batches(jobs):
            self._submit(batch, 0)
            while len(self._running) >= window:
                yield from self._finished()
        while self._running:
            yield from self._finished()

    def _submit(self, batch: list[Job], tries: int) -> None:
        units = [unit for _, unit in batch]
        call = {"args": [units, self._options], "timeout": self._seconds}
        while True:
            try:
                future = self.pool.schedule(work.do_all, **call)
            except RuntimeError:  # it broke since the last answer, or at its start
                self._renew()
            else:
                self._running[future] = batch, tries
                return

    def _finished(self) -> Iterator[Result]:
        # A batch is ended by its own clock; where none is, nobody looks at the clock any more.
        ready, _ = wait(
            self._running, timeout=2 * self._seconds + _GRACE, return_when=FIRST_COMPLETED
        )
        if not ready or any(isinstance(_error(one), BrokenExecutor) for one in ready):
            self._renew()
            return
        for future in ready:
            batch, tries = self._running.pop(future)
            done = self._done(future, len(batch), tries)
            if done is not None:
                for (digest, unit), one in zip(batch, done, strict=True):
                    yield digest, unit, one
                continue
            for job in batch:
                self._submit([job], tries + (len(batch) == 1))

    def _renew(self) -> None:
        """A new pool, with all that is on its way."""
        if self._pools >= _POOLS:
            raise RuntimeError(f"{self._pools} pools of worker processes broke one after another")
        time.sleep(self._pools * _PAUSE)
        self._pools += 1
        ending = Thread(target=_end, args=[self.pool], daemon=True)  # what is stuck may stay so
        ending.start()
        ending.join(_GRACE)
        self.pool = _pool(self._options, self._workers)
        waiting, self._running = list(self._running.values()), {}
        for batch, tries in waiting:
            self._submit(batch, tries)

    def _done(self, future: Future[list[Done]], size: int, tries: int) -> list[Done] | None:
        """The units' outcomes; None where they are to be tried again, each by itself."""
        from pebble import ProcessExpired

        limits = self._options.limits
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


def _end(pool: Any) -> None:
    with contextlib.suppress(Exception):
        pool.stop()
        pool.join()


def _error(future: Future[list[Done]]) -> BaseException | None:
    return None if future.cancelled() else future.exception()


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
