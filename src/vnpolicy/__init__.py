"""Vietnamese conclusion notices and directives as typed records: who must do what, by when, to
which numeric target, on what legal basis.

>>> import datetime, vnpolicy
>>> notice = vnpolicy.extract(
...     "Thủ tướng yêu cầu Bộ Y tế trình Đề án trước ngày 10/5.", datetime.date(2024, 4, 2)
... )
>>> task = notice.tasks[0]
>>> task.assignees[0].agency_ids, str(task.due_on)
(['bo-y-te'], '2024-05-09')
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vnpolicy import archive, arrow, dates, numbers
    from vnpolicy.explanation import explain
    from vnpolicy.models import Notice
    from vnpolicy.pipeline import extract, extract_all, extract_file, pipe
    from vnpolicy.readers import Limits

__version__ = "0.1.0"
__all__ = [
    "Limits",
    "Notice",
    "archive",
    "arrow",
    "dates",
    "explain",
    "extract",
    "extract_all",
    "extract_file",
    "numbers",
    "pipe",
]

_HOMES = {
    "Limits": "vnpolicy.readers",
    "Notice": "vnpolicy.models",
    "explain": "vnpolicy.explanation",
    "extract": "vnpolicy.pipeline",
    "extract_all": "vnpolicy.pipeline",
    "extract_file": "vnpolicy.pipeline",
    "pipe": "vnpolicy.pipeline",
}


def __getattr__(name: str) -> Any:
    """The public names, loaded when first asked for: importing the package is cheap."""
    import importlib

    if name in ("archive", "arrow", "dates", "numbers"):
        return importlib.import_module(f"vnpolicy.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'vnpolicy' has no attribute {name!r}")
    value = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
