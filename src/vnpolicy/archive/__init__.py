"""An archive of documents turned into data: see :func:`convert`.

>>> import tempfile, pathlib
>>> with tempfile.TemporaryDirectory() as folder:
...     file = pathlib.Path(folder, "tb.txt")
...     _ = file.write_text("Giao Sở Y tế trình Đề án.", encoding="utf-8")
...     account = convert([file], [pathlib.Path(folder, "x.jsonl")], workers=1)
>>> account.documents, account.records["tasks"], account.status
(1, 1, 0)
"""

from vnpolicy.archive.account import Account
from vnpolicy.archive.run import convert
from vnpolicy.archive.total import count

__all__ = ["Account", "convert", "count"]
