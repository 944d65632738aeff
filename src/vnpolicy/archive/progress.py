"""How a run goes on, told on standard error: a bar on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from types import TracebackType
from typing import Any, TextIO

_EVERY = 10.0  # seconds between two lines where there is no terminal


class Progress:
    """Counts units; ``total`` is None where nobody knows how many there will be."""

    def __init__(self, total: int | None, *, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._total, self._done, self._failed = total, 0, 0
        self._began = self._told = time.monotonic()
        self._bar: Any = None
        if self._stream.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=total, unit=" vb", file=self._stream, dynamic_ncols=True)

    def step(self, *, failed: int = 0) -> None:
        """One more unit is done, with so many documents that failed."""
        self._done += 1
        self._failed += failed
        if self._bar is not None:
            if failed:
                self._bar.set_postfix_str(f"lỗi: {self._failed}", refresh=False)
            self._bar.update(1)
        elif time.monotonic() - self._told > _EVERY:
            self._told = time.monotonic()
            self._tell()

    def _tell(self) -> None:
        spent = time.monotonic() - self._began
        rate = self._done / spent
        of, left = "", ""
        if self._total:
            of = f"/{self._total}"
            left = f", còn khoảng {max(self._total - self._done, 0) / rate:.0f} giây"
        line = f"{self._done}{of} tệp, {rate:.1f} tệp/giây, lỗi {self._failed}{left}"
        print(line, file=self._stream, flush=True)

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.close()
