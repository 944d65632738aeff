"""What is due, told: as text by agency or by document, as CSV, JSON, or iCalendar.

**Text** groups the tasks. A task with two leading agencies stands under both; the counts at the
top have it once. Groups with the most that is overdue come first, then with the most that is due,
then by name; tasks that nobody leads come last.

**CSV** has a task a row (:data:`COLUMNS`), in UTF-8 with a byte-order mark, cells that begin like
a formula made inert. "Còn (ngày)" is negative for what is overdue. "Cơ quan hiện nay" is who
answers for the leading agency now.

**JSON** is one object::

    {"as_of": "2025-06-10", "days": 30, "until": "2025-07-10", "since": null,
     "documents": 3, "repeated": 0,
     "counts": {"overdue": 1, "due": 2, "recurring": 0, "later": 4, "undated": 9, "earlier": 0},
     "tasks": [{"state": "overdue", "day": "2025-06-01", "days_left": -9,
                "next_on": null, "day_named": null, "task": {...}}]}

``day`` is what ``state`` comes from; ``next_on`` a standing duty's next day, and ``day_named``
whether its words name a day, or the last day of the period was taken. ``task`` has the fields of
:class:`vnpolicy.models.WorkItem`. Fields may be added, none changes its meaning.

**iCalendar** has the listed tasks as :mod:`vnpolicy.writers.calendar` writes them: to-dos, or
events for the calendars that ignore to-dos.
"""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Iterator
from typing import Literal

from vnpolicy.follow import agency
from vnpolicy.follow.due import STATES, Due, Entry, State
from vnpolicy.text import fold
from vnpolicy.writers import item as work
from vnpolicy.writers.account import wrap
from vnpolicy.writers.item import outline
from vnpolicy.writers.table import csv_line, day, sentence

By = Literal["agency", "document"]

STATE = {
    "overdue": "Quá hạn",
    "due": "Đến hạn",
    "recurring": "Định kỳ",
    "later": "Chưa đến hạn",
    "undated": "Không có ngày",
    "earlier": "Quá hạn từ trước",
}
COLUMNS = (
    "STT",
    "Tình trạng",
    "Thời hạn",
    "Còn (ngày)",
    "Nội dung nhiệm vụ",
    "Cơ quan chủ trì",
    "Cơ quan hiện nay",
    "Cơ quan phối hợp",
    "Sản phẩm",
    "Văn bản giao",
    "Mục",
    "Tệp",
)
_NOBODY = agency.Group(key="", title="Không nêu cơ quan chủ trì")
_NARROW = 40


def text(found: Due, *, by: By = "agency", width: int = 100) -> str:
    """The account for a terminal."""
    width = max(width, _NARROW)
    lines = _head(found, width)
    for group, entries in _grouped(found, by):
        lines += ["", *wrap(f"{group.title} ({_counted(entries)})", width)]
        last: State | None = None
        for one in entries:
            if one.state != last:
                lines.append(f"  {STATE[one.state]}:")
                last = one.state
            lines += _entry(one, by, width)
    return "\n".join(lines) + "\n"


def to_csv(found: Due) -> bytes:
    """The rows as a CSV file's bytes, numbered from 1."""
    lines = [csv_line(COLUMNS)]
    for number, one in enumerate(found.entries, 1):
        task = one.item
        now = dict.fromkeys(
            title
            for party in task.leads
            for id_ in party.current_agency_ids
            if (title := agency.title(id_))
        )
        ahead = (str(number), STATE[one.state], _day(one))
        behind = (
            sentence(task.clause),
            work.names(task.leads),
            "; ".join(now),
            work.names(task.supports),
            task.deliverable or "",
            work.title(task),
            ".".join(task.path),
            _file(task.source, task.page),
        )
        # A number of days is a number to reckon with: its minus begins no formula.
        left = "" if one.days_left is None else one.days_left
        lines.append(f"{csv_line(ahead).rstrip()},{left},{csv_line(behind)}")
    return "".join(lines).encode("utf-8-sig", "backslashreplace")


def to_json(found: Due) -> bytes:
    """One object, as the module says."""
    told = {
        "as_of": found.as_of.isoformat(),
        "days": found.days,
        "until": found.until.isoformat(),
        "since": found.since.isoformat() if found.since else None,
        "documents": found.documents,
        "repeated": found.repeated,
        "counts": {name: found.counts[name] for name in STATES},
        "tasks": [
            {
                "state": one.state,
                "day": one.day.isoformat() if one.day else None,
                "days_left": one.days_left,
                "next_on": one.next_on.isoformat() if one.next_on else None,
                "day_named": one.repeat.day_named if one.repeat else None,
                "task": one.item.model_dump(mode="json"),
            }
            for one in found.entries
        ],
    }
    whole = json.dumps(told, ensure_ascii=False, indent=1) + "\n"
    return whole.encode("utf-8", "backslashreplace")


def to_ics(found: Due, *, events: bool = False) -> bytes:
    """The tasks as one calendar of to-dos, or of events."""
    from vnpolicy.writers import calendar

    calendar.require("ics")
    made = calendar.vevents if events else calendar.vtodos
    return calendar.vcalendar(part for one in found.entries for part in made(one.item))


def _head(found: Due, width: int) -> list[str]:
    heading = (
        f"Nhiệm vụ tính đến hết ngày {day(found.as_of)}, "
        f"xét {found.days} ngày tới (đến hết {day(found.until)})"
    )
    total = sum(found.counts.values())
    told = f"{found.documents} văn bản, {total} nhiệm vụ: {_counted_all(found)}."
    lines = [*wrap(heading, width), *wrap(told, width)]
    if found.since is not None:
        early = f"{found.counts['earlier']} nhiệm vụ có hạn trước {day(found.since)} không liệt kê."
        lines += wrap(early, width)
    if found.repeated:
        lines += wrap(f"{found.repeated} nhiệm vụ có trong hai bản, chỉ tính một lần.", width)
    caution = (
        "Thời hạn theo văn bản; văn bản không cho biết việc đã xong hay chưa. "
        "Ngày cuối cùng còn kịp chưa tính là quá hạn."
    )
    return [*lines, *wrap(caution, width)]


def _counted_all(found: Due) -> str:
    shown = [name for name in STATES if name != "earlier" or found.since is not None]
    return ", ".join(f"{STATE[name].lower()} {found.counts[name]}" for name in shown)


def _counted(entries: list[Entry]) -> str:
    counts = Counter(one.state for one in entries)
    return ", ".join(f"{STATE[name].lower()} {counts[name]}" for name in STATES if counts[name])


def _grouped(found: Due, by: By) -> Iterator[tuple[agency.Group, list[Entry]]]:
    groups: dict[agency.Group, list[Entry]] = {}
    titles: dict[str, agency.Group] = {}
    for one in found.entries:
        for group in dict.fromkeys(_by_agency(one) if by == "agency" else _by_document(one)):
            group = titles.setdefault(group.key, group)  # a body's first spelling is its title
            held = groups.setdefault(group, [])
            if not held or held[-1] is not one:
                held.append(one)
    if by == "document":
        yield from groups.items()
        return

    def rank(pair: tuple[agency.Group, list[Entry]]) -> tuple[bool, int, int, str, str]:
        group, entries = pair
        late = sum(one.state == "overdue" for one in entries)
        soon = sum(one.state == "due" for one in entries)
        return (group == _NOBODY, -late, -soon, fold(group.title), group.key)

    yield from sorted(groups.items(), key=rank)


def _by_agency(one: Entry) -> Iterator[agency.Group]:
    if not one.item.leads:
        yield _NOBODY
    for party in one.item.leads:
        yield from agency.groups(party)


def _by_document(one: Entry) -> Iterator[agency.Group]:
    subject = f": {one.item.subject}" if one.item.subject else ""
    yield agency.Group(key=one.item.document, title=f"{work.title(one.item)}{subject}")


def _entry(one: Entry, by: By, width: int) -> list[str]:
    task = one.item
    when = ", ".join(part for part in (_day(one), _left(one)) if part)
    lines = wrap(
        f"{when}: {sentence(task.clause)}" if when else sentence(task.clause),
        width,
        initial_indent="  - ",
        subsequent_indent="    ",
    )
    notes = [_who(one)] if by == "document" or _needs_names(one) else []
    if one.repeat is not None:
        notes.append(_recurring(one))
    elif one.day is None and task.due_text:
        notes.append(f"Thời hạn: {task.due_text}")
    notes.append(_place(one, by))
    for note in filter(None, notes):
        lines += wrap(note, width, initial_indent="      ", subsequent_indent="      ")
    return lines


def _needs_names(one: Entry) -> bool:
    """Whether the group's title does not say it all: others are named, or an older name."""
    task = one.item
    return (
        bool(task.supports)
        or any(agency.shown(p) != p.name for p in task.leads)
        or (len(task.leads) > 1)
    )


def _who(one: Entry) -> str:
    leads = "; ".join(dict.fromkeys(map(agency.shown, one.item.leads))) or "(không nêu)"
    supports = "; ".join(dict.fromkeys(map(agency.shown, one.item.supports)))
    return f"Chủ trì: {leads}" + (f". Phối hợp: {supports}" if supports else "")


def _recurring(one: Entry) -> str:
    """The standing duty's words. Beside a day of the task's own only a day that they name is told:
    "định kỳ hằng năm, trước ngày 15/12" has no other end of the period."""
    assert one.repeat is not None and one.next_on is not None
    if one.item.due_on is None:
        return f"Định kỳ: {work.recurring(one.repeat)}"
    coming = f", kỳ tới {day(one.next_on)}" if one.repeat.day_named else ""
    return f"Định kỳ: {one.repeat.text}{coming}"


def _place(one: Entry, by: By) -> str:
    page = "" if one.item.page is None else f"trang {one.item.page}"
    parts = [outline(one.item.path), page]
    if by == "agency":
        parts.insert(0, f"Văn bản: {work.title(one.item)}")
    return sentence(", ".join(part for part in parts if part))


def _day(one: Entry) -> str:
    if one.day is None:
        return ""
    hour = one.item.due_time if one.day == one.item.due_on else one.repeat and one.repeat.time
    return f"{hour} {day(one.day)}" if hour else day(one.day)


def _left(one: Entry) -> str:
    if one.days_left is None:
        return ""
    if one.days_left == 0:
        return "trong ngày"
    return f"quá {-one.days_left} ngày" if one.days_left < 0 else f"còn {one.days_left} ngày"


def _file(source: str, page: int | None) -> str:
    return source if page is None else f"{source}, trang {page}"


def today() -> datetime.date:
    """The day in Vietnam."""
    from zoneinfo import ZoneInfo

    return datetime.datetime.now(ZoneInfo("Asia/Ho_Chi_Minh")).date()
