"""Jobs on many machines: a Dask cluster does the calls, this process keeps the account.

``local`` starts worker processes on this machine; ``tcp://host:8786`` is a scheduler that runs,
with workers of the same version of vnpolicy, which see the same files under the same paths.
At most ``window`` jobs are out at once, so that neither this process nor the scheduler holds the
archive. A job whose worker is lost is done by another: Dask itself gives it away again, and
gives it up when it was among the jobs of several lost workers (``allowed-failures``), guilty or
not; then it is sent again, ``retries`` times. What ``call`` raises is a result, and final.
"""

from __future__ import annotations

import contextlib
import os
import queue
import re
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import CancelledError
from importlib import import_module
from typing import Any, Generic, TypeVar

from vnpolicy.errors import ArgumentError, DocumentError, MissingToolError

Job = TypeVar("Job")
Result = TypeVar("Result")

_LOCAL = "local"
_ADDRESS = re.compile(r"(?:tcp|tls|ws|wss|ucx)://\S+")
_CONNECT = 20  # seconds that a scheduler has to answer
_LOOK = 5  # seconds without a result after which the cluster is looked at
_PATIENCE = 120  # seconds that a cluster may be without a worker


def run(
    address: str,
    jobs: Iterable[Job],
    call: Callable[[Job], Result],
    *,
    retries: int = 2,
    window: int,
) -> Iterator[tuple[Job, Result | Exception]]:
    """Each job with what ``call`` gives or raises for it, as they are done, in no order.

    :raises ArgumentError: at once, where ``address`` or a number is none.
    :raises MissingToolError: at once, where dask is not installed.
    :raises DocumentError: where the scheduler is not there or is lost, or all workers are.
    """
    if address != _LOCAL and not _ADDRESS.fullmatch(address):
        raise ArgumentError("address", address, "local, or tcp://host:port of a Dask scheduler")
    for name, value, least in (("retries", retries, 0), ("window", window, 1)):
        if not isinstance(value, int) or isinstance(value, bool) or value < least:
            raise ArgumentError(name, value, f"a whole number of at least {least}")
    try:
        distributed = import_module("distributed")
    except ImportError:
        advice = "pip install 'vnpolicy[cluster]' / hãy cài gói 'vnpolicy[cluster]'"
        raise MissingToolError(address, f"needs the package dask: {advice}") from None
    return _run(distributed, address, jobs, call, retries, window)


def _run(
    distributed: Any,
    address: str,
    jobs: Iterable[Job],
    call: Callable[[Job], Result],
    retries: int,
    window: int,
) -> Iterator[tuple[Job, Result | Exception]]:
    with contextlib.ExitStack() as opened:
        client = _client(distributed, address, opened)
        account = _Account[Job](client, call, address, retries, distributed.KilledWorker)
        feed = iter(jobs)
        more = True
        while more or account.out:
            while more and len(account.out) < window:
                try:
                    account.send(next(feed), retries)
                except StopIteration:
                    more = False
            if account.out:
                yield from account.next()


def _client(distributed: Any, address: str, opened: contextlib.ExitStack) -> Any:
    where: Any = address
    if address == _LOCAL:
        where = opened.enter_context(
            distributed.LocalCluster(
                n_workers=os.cpu_count() or 1,
                threads_per_worker=1,
                processes=True,
                dashboard_address=None,
            )
        )
    try:
        return opened.enter_context(
            distributed.Client(where, timeout=_CONNECT, set_as_default=False)
        )
    except OSError as error:
        what = " ".join(str(error).split())[:200]
        reason = f"no scheduler answers there ({what}) / không kết nối được cụm máy"
        raise DocumentError(address, reason) from None


class _Account(Generic[Job]):
    """The jobs that are out."""

    def __init__(
        self, client: Any, call: Callable[[Job], Any], address: str, retries: int, killed: type
    ) -> None:
        self._client = client
        self._call = call
        self._address = address
        self._killed = killed
        self._done: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self.out: dict[str, tuple[Any, Job, int]] = {}
        """By the future's key: the future, its job, and how often it may still be sent."""

    def send(self, job: Job, retries: int) -> None:
        future = self._client.submit(self._call, job, pure=False)
        self.out[future.key] = future, job, retries
        future.add_done_callback(self._done.put)

    def next(self) -> Iterator[tuple[Job, Any]]:
        """The next job that is done, and none where it was sent again."""
        future, job, retries = self.out.pop(self._wait().key)
        try:
            result = future.result()
        except CancelledError:  # by whoever stopped the cluster: no word on the job
            raise self._lost("the scheduler is gone / mất kết nối cụm máy") from None
        except Exception as error:
            result = error
        future.release()
        if isinstance(result, self._killed) and retries:
            self.send(job, retries - 1)
            return
        yield job, result

    def _wait(self) -> Any:
        waited = 0
        while True:
            try:
                return self._done.get(timeout=_LOOK)
            except queue.Empty:
                if self._client.status != "running":
                    raise self._lost("the scheduler is gone / mất kết nối cụm máy") from None
                idle = not self._client.scheduler_info(n_workers=-1)["workers"]
                waited = waited + _LOOK if idle else 0
                if waited >= _PATIENCE:
                    raise self._lost("has no worker / cụm máy không có máy nào") from None

    def _lost(self, reason: str) -> DocumentError:
        return DocumentError(self._address, reason)
