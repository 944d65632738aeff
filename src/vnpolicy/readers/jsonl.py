"""JSON lines: a data set, one document a line.

Each line is an object with the text in one column and what is known of it in others. The
column of the text is named by the caller or is the first of :data:`TEXT`; a title, a day and an
id are taken where a column has one of the usual names. A JSON array of objects, an object that
holds one, and a file with a single object are read as well. A line that is damaged or has no
text says so and costs no other line.

>>> from vnpolicy.readers.limits import Limits
>>> lines = b'''{"id": 7, "title": "TB", "ngay_ban_hanh": "09/07/2025", "text": "Giao S\\\\u1edf"}
... {"id": 8
... {"id": 9, "html": "<p>x</p>"}
... '''
>>> for one in documents(lines, source="x.jsonl", limits=Limits()):
...     print(one.name, one.title, one.date, one.text, one.data, one.error is not None)
7 TB 2025-07-09 Giao Sở b'' False
line 2 None None None b'' True
9 None None None b'<p>x</p>' False
>>> matches(lines), matches("{Kèm theo Thông báo số 12}".encode())
(True, False)
"""

from __future__ import annotations

import codecs
import datetime
import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from vnpolicy import charset
from vnpolicy.errors import DamagedError, EmptyError, EncodingError, LimitError
from vnpolicy.readers import html
from vnpolicy.readers.html import meta
from vnpolicy.readers.limits import Limits
from vnpolicy.readers.part import Part, bare_name, said

TEXT = ("text", "content", "body", "noi_dung", "nội dung", "full_text", "markdown", "html")
_ID = ("id", "_id", "doc_id", "document_id", "uuid", "so_hieu", "số hiệu", "number", "url", "uri")
_TITLE = ("title", "tieu_de", "tiêu đề", "trich_yeu", "trích yếu", "subject", "headline", "name")
_DAY = (
    *("date", "published", "published_at", "published_date", "published_time", "publish_date"),
    *("issued", "issued_on", "issued_at", "issued_date", "issue_date", "ngay_ban_hanh"),
    *("ngày ban hành", "ngay_dang", "ngày đăng", "datepublished", "pubdate"),
)
_OBJECT = re.compile(r'\s*\[?\s*\{\s*(?:"(?:[^"\\]|\\.){0,200}"\s*:|\}\s*$)')
_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def matches(head: bytes) -> bool:
    """Whether the first bytes of a file are those of JSON objects."""
    text = head.decode("utf-16" if head[:2] in _MARKS else "utf-8", "replace")
    return _OBJECT.match(text.removeprefix("\ufeff")) is not None


def documents(
    data: bytes,
    *,
    source: str,
    limits: Limits,
    column: str | None = None,
    first: int | None = None,
) -> Iterator[Part]:
    """The documents of the lines, in order; ``column`` names the one that holds the text.

    ``first`` says that ``data`` are some lines of a larger file, and the number of the first of
    them: each is read for itself, and none as the beginning of a JSON text over many lines.

    :raises DocumentError: where there is none, or too many.
    """
    count = 0
    if first is None:
        objects = _objects(_decoded(data, source=source), source=source)
    else:
        objects = _lines(data, first, source=source)
    for at, found in objects:
        count += 1
        if count > limits.parts:
            raise LimitError(source, f"parts: more than {limits.parts} documents / quá nhiều dòng")
        yield _part(at, found, column=column, limits=limits)
    if not count:
        raise EmptyError(source, "no line holds an object / tệp không có dòng dữ liệu nào")


def _decoded(data: bytes, *, source: str) -> str:
    if data[:2] in _MARKS:
        return data.decode("utf-16", "replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    try:
        return charset.decode(data)[0]
    except ValueError as error:
        reason = f"its letters cannot be told: {said(error)} / không xác định được bảng mã"
        raise EncodingError(source, reason) from None


def _objects(text: str, *, source: str) -> Iterator[tuple[int, Any]]:
    """The number and the value of each line, of each entry of an array, or of one object."""
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if filled and (len(filled) == 1 or not isinstance(_loaded(filled[0]), dict)):
        whole = _loaded(text)
        if isinstance(whole, dict):
            lists = [one for one in whole.values() if _is_table(one)]
            whole = lists[0] if len(lists) == 1 and _column(whole) is None else [whole]
        if isinstance(whole, list):
            yield from enumerate(whole, 1)
            return
        if text.lstrip().startswith("["):
            raise DamagedError(source, f"no readable JSON: {said(whole)} / tệp JSON bị hỏng")
    for at, line in enumerate(lines, 1):
        if line.strip():
            yield at, _loaded(line)


def _lines(data: bytes, first: int, *, source: str) -> Iterator[tuple[int, Any]]:
    """The number and the value of each line; one whose letters cannot be told is its own loss."""
    for at, line in enumerate(data.split(b"\n"), first):
        if line.strip():
            try:
                found = _loaded(_decoded(line, source=source))
            except EncodingError as error:
                found = error.reason
            yield at, found


def _loaded(text: str) -> Any:
    """The value of a JSON text, or the error as text: no value of a line is a bare string."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        return str(error)


def _is_table(found: object) -> bool:
    return isinstance(found, list) and bool(found) and all(isinstance(one, dict) for one in found)


def _part(at: int, found: Any, *, column: str | None, limits: Limits) -> Part:
    name = f"line {at}"
    if not isinstance(found, dict):
        reason = found if isinstance(found, str) else f"a {type(found).__name__}"
        return Part(name=name, error=f"not an object: {reason} / dòng không phải đối tượng JSON")
    known = {_folded(key): one for key, one in found.items()}
    given = _first(known, _ID)
    name = bare_name(given) if given and len(given) < 200 and "/" not in given else given or name
    title = _first(known, _TITLE) or None
    key = column if column is not None else _column(found)
    if key is None or key not in found:
        wanted = column or ", ".join(TEXT)
        return Part(name=name, title=title, error=f"no column {wanted} / không có cột nội dung")
    text = found[key]
    if not isinstance(text, str) or not text.strip():
        return Part(name=name, title=title, error=f"column {key} holds no text / cột không có chữ")
    if len(text) > limits.characters:
        return Part(name=name, title=title, error="characters: too long / văn bản quá dài")
    return _with_text(Part(name=name, title=title, date=_day(known)), _paired(text))


def _with_text(part: Part, text: str) -> Part:
    data = text.encode("utf-8", "replace")
    if html.matches(data[:4096]):
        return replace(part, data=data, media_type="text/html")
    return replace(part, text=unicodedata.normalize("NFC", text), reader="jsonl")


def _column(found: dict[str, Any]) -> str | None:
    by_name = {_folded(key): key for key in reversed(found)}
    return next((by_name[name] for name in TEXT if name in by_name), None)


def _folded(key: str) -> str:
    return unicodedata.normalize("NFC", key).strip().casefold()


def _first(known: dict[str, Any], names: tuple[str, ...]) -> str:
    """The first of the columns that has a short text or a whole number."""
    for name in names:
        one = known.get(name)
        if isinstance(one, str | int) and not isinstance(one, bool) and str(one).strip():
            return " ".join(_paired(str(one)).split())[:1000]
    return ""


def _day(known: dict[str, Any]) -> datetime.date | None:
    given = (known.get(name) for name in _DAY)
    days = (meta.day_of(one) for one in given if isinstance(one, str))
    return next((day for day in days if day is not None), None)


def _paired(text: str) -> str:
    """Surrogates joined to the characters that they code, a lone one replaced."""
    if not any("\ud800" <= char <= "\udfff" for char in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
