"""Tasks as the CSV files that trackers import: Jira, GitLab, Todoist, Asana.

All are UTF-8 without a byte-order mark, because importers take the mark for a part of the first
heading; comma, double quotes, CRLF. Whoever is to do the work is in the description and, where
the tracker has labels, in these: the assignee's column is left out or empty, because trackers
want an account there. An import makes new entries each time; only Jira can be told to update.

``.jira.csv``
    Summary (255 characters, one line), Issue Type, Description, Due Date, Priority, five columns
    Labels (no spaces: the document's number, the urgency, up to three leads by their id) and
    External ID with the task's key. In the dialog, say that dates are ``yyyy-MM-dd``.
    (support.atlassian.com: Prepare a CSV file for import.) "High" is urgent; others have the
    project's own priority.
``.gitlab.csv``
    title (255), description, due_date; other columns are not read. A line of the description
    that begins with "/" would be a quick action ("/close") and gets a backslash, which Markdown
    does not show; "@" before a name, which would call somebody, becomes "＠".
    (docs.gitlab.com: Importing issues from CSV; its extractor of quick actions.)
``.todoist.csv``
    A section a document. PRIORITY is 1 or 4, because an empty cell is 1. DATE is ISO, or a
    recurring date in English where that says exactly the rule ("every 24th"); other rules are in
    the description only. "@" in CONTENT would make a label and becomes "＠". A project takes 300
    tasks: convert document by document. (todoist.com: Import or export a project as a CSV file.)
``.asana.csv``
    Name, Description, Section, Assignee, Collaborators, Start Date, Due Date, in the order that
    the importer demands, dates as MM/DD/YYYY. (help.asana.com: Preparing data for CSV import.)

Somebody may open such a file in a spreadsheet: a mark of a list in front ("- ", "+ ", "* ") is
left out, and a text that still begins like a formula gets an apostrophe, as in
:mod:`vnpolicy.writers.table`; the tracker shows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vnpolicy.writers.character import cut, legible, line
from vnpolicy.writers.item import description, title
from vnpolicy.writers.table import csv_line
from vnpolicy.writers.task_sink import TaskSink

if TYPE_CHECKING:
    from vnpolicy.models import Notice
    from vnpolicy.models.work_item import Repeat, WorkItem

ZONE = "Asia/Ho_Chi_Minh"
_URGENCY = {"urgent": "khan-truong", "standing": "thuong-xuyen"}
_LEADS = 3
_TITLE = 255
_SHORTEST_MONTH = 28
_JIRA_TEXT = 32_767
_TODOIST_TEXT = 16_383
_LIST_MARK = re.compile(r"^(?:[-+*•–—]\s+)+")
_QUICK_ACTION = re.compile(r"^(\s*)/", re.MULTILINE)
_MENTION = re.compile(r"(?<![\w.])@(?=\w)")
_ODD = re.compile(r"[^\w./-]+")
_CODES, _NAMES = "MO TU WE TH FR SA SU", "mon tue wed thu fri sat sun"
_WEEKDAYS = dict(zip(_CODES.split(), _NAMES.split(), strict=True))
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
Row = Sequence[str]


class TrackerSink(TaskSink):
    """Writes to ``path`` for the tracker that ``suffix`` names."""

    def __init__(self, path: Path, *, suffix: str) -> None:
        super().__init__()
        heading, self._rows = TRACKERS[suffix]
        self._file = path.open("w", encoding="utf-8", newline="")
        self._file.write(csv_line(heading))
        self._width = len(heading)
        self._sections = suffix == ".todoist.csv"
        self._document: str | None = None

    def add(self, name: str, notice: Notice) -> None:
        self._document = None
        super().add(name, notice)

    def write(self, item: WorkItem) -> None:
        if self._sections and self._document != item.document:
            self._document = item.document
            section = ("section", _content(document(item)))
            self._file.write(csv_line([*section, *[""] * (self._width - len(section))]))
        self._file.write(csv_line(self._rows(item)))

    def close(self) -> None:
        self._file.close()


def document(item: WorkItem) -> str:
    """What the document is called, with what it is about."""
    return cut(line(" - ".join(filter(None, (title(item), item.subject)))), _TITLE)


def begun(text: str) -> str:
    """The text without the marks of a list in front of it.

    >>> begun("- + Rà soát giá"), begun("-5 độ")
    ('Rà soát giá', '-5 độ')
    """
    return _LIST_MARK.sub("", text.lstrip())


def label(text: str) -> str:
    """The text as a label: no spaces.

    >>> label("112/TB-VP"), label("Bộ Y tế, Bộ Nội vụ")
    ('112/TB-VP', 'Bộ-Y-tế-Bộ-Nội-vụ')
    """
    return cut(_ODD.sub("-", line(text)).strip("-"), _TITLE)


def labels(item: WorkItem) -> list[str]:
    """The document's number, the urgency, and the leads by their id or name."""
    found = [label(item.number or ""), _URGENCY.get(item.urgency or "", "")]
    for party in item.leads[:_LEADS]:
        known = party.agency_ids[0] if len(party.agency_ids) == 1 else party.name
        found.append(label(known))
    return [one for one in dict.fromkeys(found) if one]


def inactive(text: str) -> str:
    """The text as Markdown of GitLab, without quick actions or mentions, its lines kept.

    >>> inactive("Gửi @all\\n/close")
    'Gửi ＠all  \\n\\\\/close'
    """
    text = _MENTION.sub("＠", _QUICK_ACTION.sub(r"\1\\/", text))
    return re.sub(r"(?<!\n)\n(?!\n)", "  \n", text)


def recurring(one: Repeat) -> str:
    """The rule as Todoist's recurring date; empty where that would say something else.

    >>> from vnpolicy.models.work_item import Repeat
    >>> import datetime
    >>> for rule in ("FREQ=MONTHLY;BYMONTHDAY=24", "FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=24"):
    ...     recurring(Repeat(rule=rule, first_on=datetime.date(2024, 6, 24), text="x"))
    'every 24th'
    ''
    """
    parts = dict(part.split("=", 1) for part in one.rule.split(";"))
    days = _days(parts)
    return f"every {days}{f' at {one.time}' if one.time else ''}" if days else ""


def _days(parts: dict[str, str]) -> str:
    match parts:
        case {"FREQ": "DAILY", **rest} if not rest:
            return "day"
        case {"FREQ": "WEEKLY", "BYDAY": days, **rest} if not rest:
            return ", ".join(_WEEKDAYS.get(day, "") for day in days.split(","))
        case {"FREQ": "MONTHLY", "BYMONTHDAY": "-1", **rest} if not rest:
            return "last day"
        case {"FREQ": "MONTHLY", "BYMONTHDAY": days, **rest} if not rest and _every_month(days):
            return ", ".join(map(_ordinal, days.split(",")))
        case {"FREQ": "YEARLY", "BYMONTH": months, "BYMONTHDAY": day, **rest} if (
            not rest and day.isdigit()
        ):
            return ", ".join(f"{_MONTHS[int(month) - 1]} {day}" for month in months.split(","))
    return ""


def _every_month(days: str) -> bool:
    """Whether every month has the days."""
    return all(day.isdigit() and int(day) <= _SHORTEST_MONTH for day in days.split(","))


def _ordinal(day: str) -> str:
    endings = {"1": "st", "2": "nd", "3": "rd"}
    return day + ("th" if len(day) == 2 and day[0] == "1" else endings.get(day[-1], "th"))


def _text(item: WorkItem) -> str:
    return begun(legible(description(item)))


def _name(item: WorkItem) -> str:
    return cut(begun(line(item.title)), _TITLE)


def _content(text: str) -> str:
    return _MENTION.sub("＠", begun(text))


def _jira(item: WorkItem) -> Row:
    due = item.due_on.isoformat() if item.due_on else ""
    marks = labels(item)
    priority = "High" if item.urgency == "urgent" else ""
    text = cut(_text(item).replace("[~", "[ ~"), _JIRA_TEXT)  # "[~name]" would call somebody
    kept = [*marks, *[""] * (2 + _LEADS - len(marks))]
    return (_name(item), "Task", text, due, priority, *kept, item.key)


def _gitlab(item: WorkItem) -> Row:
    due = item.due_on.isoformat() if item.due_on else ""
    return (_name(item), inactive(_text(item)), due)


def _todoist(item: WorkItem) -> Row:
    when = ""
    if item.due_on is not None:
        when = " ".join(filter(None, (item.due_on.isoformat(), item.due_time)))
    elif len(item.repeats) == 1:
        when = recurring(item.repeats[0])
    first = ("task", _content(_name(item)), cut(_text(item), _TODOIST_TEXT))
    priority = "1" if item.urgency == "urgent" else "4"
    return (*first, priority, "1", "", "", when, "en" if when else "", ZONE if when else "")


def _asana(item: WorkItem) -> Row:
    start, due = (f"{one:%m/%d/%Y}" if one else "" for one in (item.start_on, item.due_on))
    return (_name(item), _text(item), document(item), "", "", start, due)


TRACKERS: dict[str, tuple[Row, Callable[[WorkItem], Row]]] = {
    ".jira.csv": (
        "Summary,Issue Type,Description,Due Date,Priority,Labels,Labels,Labels,Labels,Labels,"
        "External ID".split(","),
        _jira,
    ),
    ".gitlab.csv": (("title", "description", "due_date"), _gitlab),
    ".todoist.csv": (
        "TYPE,CONTENT,DESCRIPTION,PRIORITY,INDENT,AUTHOR,RESPONSIBLE,DATE,DATE_LANG,TIMEZONE".split(
            ","
        ),
        _todoist,
    ),
    ".asana.csv": (
        "Name,Description,Section,Assignee,Collaborators,Start Date,Due Date".split(","),
        _asana,
    ),
}
