"""A notice as one web page: its text with the records marked, and a table of its tasks.

The page needs nothing else: no script, no font and no picture from elsewhere. Whatever the text
holds is escaped. Where records overlap, a piece of text carries the marks of all of them.

>>> from vnpolicy.models import Notice
>>> "Bộ A &lt;b&gt;</pre>" in page(Notice(text="Bộ A <b>"))
True
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from html import escape
from itertools import pairwise

import regex

from vnpolicy.models import Notice, Record
from vnpolicy.writers.table import COLUMNS, day, plain, rows, title

_KINDS = (
    ("tasks", "task", "Nhiệm vụ"),
    ("guidance", "guidance", "Định hướng, quan điểm"),
    ("references", "reference", "Văn bản viện dẫn"),
    ("deadlines", "deadline", "Thời hạn"),
    ("quantities", "quantity", "Số liệu, chỉ tiêu"),
    ("assignees", "assignee", "Cơ quan thực hiện"),
)
_STYLE = """
body{font:16px/1.6 "Times New Roman",serif;margin:2em auto;max-width:60em;padding:0 1em}
pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:.9em}
td,th{border:1px solid #999;padding:.3em .5em;text-align:left;vertical-align:top}
mark{background:none;color:inherit}
.task{background:#fff6d6}.guidance{background:#f1f1f1}
.reference{color:#1546a0}.quantity{color:#6a1b9a}
.deadline{color:#b00020;font-weight:bold}.assignee{text-decoration:underline}
"""
# What HTML has no place for, in any spelling.
_FORBIDDEN = regex.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def page(notice: Notice, *, name: str = "") -> str:
    """The page's HTML; ``name`` is its title where the document has no number."""
    heading = _html(title(notice) or name or "Văn bản")
    legend = " · ".join(f'<mark class="{css}">{label}</mark>' for _, css, label in _KINDS)
    subject = notice.header.subject
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="vi"><head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width">',
            f"<title>{heading}</title><style>{_STYLE}</style></head><body>",
            f"<h1>{heading}</h1>",
            f"<p>{_html(plain(subject))}</p>" if subject else "",
            *_table(notice, name),
            "<h2>Toàn văn</h2>",
            f"<p>{legend}</p>",
            "<pre>",  # the line end after it is no part of the text
            f"{''.join(_marked(notice))}</pre>",
            "</body></html>\n",
        )
    )


def _table(notice: Notice, name: str) -> Iterator[str]:
    """The tasks as the follow-up sheet has them, each linked to its place in the text."""
    yield f"<h2>Nhiệm vụ: {len(notice.tasks)}</h2>"
    if not notice.tasks:
        return
    yield f"<table><tr>{''.join(f'<th>{column}</th>' for column in COLUMNS)}</tr>"
    for number, row in enumerate(rows(notice, name=name), 1):
        cells = "".join(f"<td>{_html(cell)}</td>" for cell in astuple(row))
        yield f'<tr><td><a href="#t{number}">{number}</a></td>{cells}</tr>'
    yield "</table>"


def _marked(notice: Notice) -> Iterator[str]:
    """The text cut where any record begins or ends, each piece with the marks that cover it."""
    opening: dict[int, list[tuple[str, Record]]] = {}
    cuts = {0, len(notice.text)}
    for field, css, _ in _KINDS:
        for record in getattr(notice, field):
            opening.setdefault(record.span.start, []).append((css, record))
            cuts |= {record.span.start, record.span.end}
    anchors = {id(task): f"t{number}" for number, task in enumerate(notice.tasks, 1)}
    over: list[tuple[str, Record]] = []
    places = sorted(cuts)
    for start, end in pairwise(places):
        over = [one for one in over if one[1].span.end > start] + opening.get(start, [])
        for _, record in opening.get(start, ()):
            if id(record) in anchors:
                yield f'<a id="{anchors[id(record)]}"></a>'
        piece = _html(notice.text[start:end])
        if over:
            classes = " ".join(dict.fromkeys(css for css, _ in over))
            yield f'<mark class="{classes}" title="{_html(_told(over[-1][1]))}">{piece}</mark>'
        else:
            yield piece


def _told(record: Record) -> str:
    """What the innermost record says, for the pointer that rests on it."""
    due = getattr(record, "due_on", None)
    facts = [
        getattr(record, "id", None),
        getattr(record, "role", None),
        ", ".join(getattr(record, "agency_ids", ())),
        f"hạn {day(due)}" if due else None,
    ]
    return "; ".join(fact for fact in facts if fact)


def _html(text: str) -> str:
    return escape(_FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text))
