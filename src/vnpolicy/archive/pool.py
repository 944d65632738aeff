"""Worker processes: units in, outcomes out, and no unit that costs another.

The workers are those of Pebble, which ends a worker whose unit takes too long and replaces one
that died. At most a few units for each worker are on their way at a time, so that memory does
not grow with the archive. A unit whose worker died is tried once more, alone in a new worker; a
second death is its own doing, and it goes to quarantine.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, TimeoutError, wait
from dataclasses import dataclass, field
from typing import Any

from vnpolicy.archive import work
from vnpolicy.archive.unit import Unit
from vnpolicy.archive.work import Done, Options, Outcome

_AHEAD = 4  # units on their way for each worker
_GRACE = 30  # seconds beyond a reader's own clock, for extraction and a worker's start

Result = tuple[str, Unit, Done]  # digest, unit, what became of it


def run(jobs: Iterable[tuple[str, Unit]], options: Options, workers: int) -> Iterator[Result]:
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
    running: dict[Future[Done], tuple[str, Unit, int]] = field(default_factory=dict)

    def run(self, jobs: Iterable[tuple[str, Unit]], window: int) -> Iterator[Result]:
        for digest, unit in jobs:
            self._submit(digest, unit, 0)
            while len(self.running) >= window:
                yield from self._finished()
        while self.running:
            yield from self._finished()

    def _submit(self, digest: str, unit: Unit, tries: int) -> None:
        seconds = self.options.limits.seconds + _GRACE
        future = self.pool.schedule(work.do, args=[unit, self.options], timeout=seconds)
        self.running[future] = digest, unit, tries

    def _finished(self) -> Iterator[Result]:
        ready, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in ready:
            digest, unit, tries = self.running.pop(future)
            done = self._done(future, unit, tries)
            if done is None:
                self._submit(digest, unit, tries + 1)
            else:
                yield digest, unit, done

    def _done(self, future: Future[Done], unit: Unit, tries: int) -> Done | None:
        """The unit's outcomes; None where it is to be tried again."""
        from pebble import ProcessExpired

        limits = self.options.limits
        try:
            return future.result()
        except TimeoutError:
            reason = f"takes more than {limits.seconds} s (limit: seconds) / xử lý quá lâu"
            return Done([Outcome(None, error="LimitError", reason=reason)], float(limits.seconds))
        except ProcessExpired as error:
            if not tries:
                return None
            reason = f"its process died twice (status {error.exitcode}) / tiến trình xử lý bị dừng"
            return Done([Outcome(None, error="LimitError", reason=reason)])
        except Exception as error:
            return Done([work.failed(None, error, limits)])


Call = Callable[[Iterable[tuple[str, Unit]], Options, int], Iterator[Result]]
