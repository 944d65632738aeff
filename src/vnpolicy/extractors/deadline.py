"""Time expressions that could be somebody's deadline, by their own words and nearest context.

Kept out: what is surely the time of something else: an instrument's date, a meeting's, a data
cut-off ("tính đến ngày"), an effect ("có hiệu lực từ ngày"), a statistic's period ("9 tháng năm
2025 tăng"), a comparison, a bare time inside a sentence ("kế hoạch vốn năm 2025"). Everything else
comes back, with ``doubt`` naming what speaks against it:

``attribute`` dates another thing ("đối với các dự án ... trong năm 2025") · ``event`` a meeting or
ceremony · ``past`` reported as done · ``forecast`` · ``horizon`` a far year ("đến năm 2045") ·
``period-of-plan`` ("giai đoạn 2026 - 2030") · ``start`` only a beginning ("từ ngày") · ``limit`` a
length with no beginning ("không quá 30 ngày") · ``rate`` ("mỗi năm") · ``header`` the period of a
list ("Nhiệm vụ 6 tháng cuối năm 2023: ...") · ``opening`` a bare period that opens a sentence.

Source: observed forms.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import regex

from vnpolicy.dates import Frame, TimeMention, scan
from vnpolicy.dates.context import begins_with, ends_with, has, without_names
from vnpolicy.document import Cell, Document, Taken

# No duty stands in these parts.
_SILENT = frozenset(("header", "title", "signature", "recipients", "boilerplate"))
DROP = "drop"
_LONG_PAST = 400  # days


@dataclass(slots=True)
class _View:
    """A mention in its sentence."""

    doc: Document
    mention: TimeMention
    left: str  # the sentence up to it, folded
    right: str  # the sentence after it
    near: str  # the comma clause up to it, names left out
    opens: bool
    label: str | None
    cell: Cell | None
    alone: bool


def find(doc: Document, taken: Taken, *, policy: str = "default") -> list[TimeMention]:
    """The mentions of the document that could be deadlines, left to right."""
    kept = []
    found = scan(
        *(doc.low, doc.flat, doc.anchor),
        policy=policy,
        blocked=taken.touches,
        skipped=lambda frame: _is_passing(doc.low, frame),
    )
    for mention in found:
        view = _look(doc, mention)
        if view is None:
            continue
        verdict = _judge(view)
        if verdict != DROP:
            mention.doubt = verdict
            kept.append(mention)
    return kept


def _is_passing(low: str, frame: Frame) -> bool:
    """Whether the time stands bare in the middle of a sentence, and no verb before it asks for
    it: most dates of a text do ("Thông báo ngày 4/6/2025", "kế hoạch năm 2026")."""
    if frame.cue is not None or frame.every is not None or frame.main.unit == "every":
        return False
    before = low[max(0, frame.start - 40) : frame.start]
    if len(before) < 2 or before[-1] != " " or not (before[-2].isalnum() or before[-2] in ",)”"):
        return False
    return "nhiệm vụ" not in before and not ends_with("complete", before)


_BREAK = regex.compile(r"[\n|;]|[.!?…](?= )|:(?= )")
_LAST_BREAK = regex.compile(r"(?r)(?:[\n|;]|[.!?…](?= )|:(?= ))")
_LABEL = regex.compile(r"(?:^|[\n|.;(\-–+*] ?)([^\n|.;:()]{2,60}+):$")


def _look(doc: Document, mention: TimeMention) -> _View | None:
    block = doc.block_at(mention.start)
    if block is not None and block.kind in _SILENT:
        return None
    low = doc.low
    floor = max(0, mention.start - 240)
    if block is not None:
        floor = max(floor, block.body)
    before = low[floor : mention.start]
    last = _LAST_BREAK.search(before)
    cut = last.end() if last else 0
    left = before[cut:].lstrip()
    after = low[mention.end : mention.end + 160]
    stop = _BREAK.search(after)
    right = after[: stop.end()] if stop else after
    label = _LABEL.search(before[:cut]) if cut and before[cut - 1] == ":" else None
    cell = next(
        (one for one in (block.cells if block else ()) if one.start <= mention.start < one.end),
        None,
    )
    alone = not left and right.lstrip()[:1] in ("", "|", ".", ";", ",")
    comma = before.rfind(",", cut) + 1 or cut
    near = without_names(doc.flat[floor + comma : mention.start])
    return _View(
        *(doc, mention, left, right, near),
        opens=not left.strip("-–+*•(“\"' "),
        label=label[1].strip() if label else None,
        cell=cell,
        alone=alone,
    )


def _judge(view: _View) -> str | None:
    """The first rule that speaks decides: DROP, a doubt, or None for no doubt."""
    for rule in _RULES:
        verdict = rule(view)
        if verdict is not _PASS:
            return verdict
    return None


_PASS = "pass"
_HEADER = regex.compile(r"nhiệm vụ(?: [\p{L}]+){0,4} ?$")
_HEADED = regex.compile(r"được đặt ra|như sau|gồm|là|:")
_DATE_COLUMNS = ("thời", "hạn", "tiến độ", "hoàn thành", "lộ trình", "mốc")


def _by_column(view: _View) -> str | None:
    """A table cell under "Thời hạn hoàn thành" is a deadline whatever it says."""
    if view.cell is None or view.cell.column is None:
        return _PASS
    if any(word in view.cell.column for word in _DATE_COLUMNS):
        return None if not view.left else _PASS
    return _PASS


def _by_place(view: _View) -> str | None:
    """A bare time: its cell, label, verb, or place in the sentence must speak for it."""
    mention = view.mention
    if mention.standing == "cued":
        return _PASS
    if view.label is not None and not view.left:
        return _by_label(view)
    if mention.unit in ("now", "weekday", "clock"):
        return DROP
    if view.alone and (view.cell is not None or "|" in view.doc.low[mention.end :][:3]):
        return _in_cell(view)
    if ends_with("complete", view.left):
        return None
    if mention.recurrence is not None:
        return _PASS
    if mention.unit == "length":
        return DROP
    if _HEADER.search(view.left) and _HEADED.search(view.right):
        return "header"
    if not view.opens:
        return DROP
    if begins_with("result", view.right) or has("past", view.right):
        return DROP
    return "event" if mention.unit in ("day", "dom", "now", "weekday", "holiday") else "opening"


def _in_cell(view: _View) -> str | None:
    """Alone in a cell whose column does not say what it is."""
    if view.mention.unit == "length":
        return "limit"
    return "event" if view.mention.unit == "day" and view.cell is None else None


def _by_label(view: _View) -> str | None:
    label = view.label or ""
    if has("other-label", label):
        return DROP
    if has("label", label):
        return None
    return {"length": "limit", "day": "event"}.get(view.mention.unit, "opening")


def _by_cut_off(view: _View) -> str | None:
    """ "tính đến ngày", "so với năm 2024", "tầm nhìn đến năm 2045", "từ đầu năm đến nay"."""
    if view.mention.cue.startswith(("tính", "đến nay", "cập nhật", "lũy kế")):
        return DROP
    if ends_with("compared", view.left) or ends_with("vision", view.left):
        return DROP
    if begins_with("vision", view.right) or view.right.startswith(" đến nay"):
        return DROP
    if view.mention.doubt == "past":
        return DROP
    return _PASS


def _by_age(view: _View) -> str | None:
    """What lay long behind the document when it was made binds nobody any more."""
    anchor, due = view.doc.anchor, view.mention.due_on
    return DROP if anchor and due and (anchor - due).days > _LONG_PAST else _PASS


def _by_effect(view: _View) -> str | None:
    """A beginning: of an instrument's effect, or of a duty that then stands."""
    if view.mention.modifier != "from":
        return _PASS
    if has("effect", view.left) or has("effect", view.right):
        return DROP
    return "start"


def _by_length(view: _View) -> str | None:
    """Lengths: limits with no beginning; "từ 3 đến 6 tháng" is a quantity."""
    mention = view.mention
    if mention.unit != "length":
        return _PASS
    if mention.modifier == "from":
        return DROP
    if mention.counted_from is not None or mention.due_on is not None:
        return None
    return None if mention.modifier == "within" else "limit"


def _by_repeat(view: _View) -> str | None:
    """ "hằng năm" repeats a duty, or belongs to the noun before it."""
    mention = view.mention
    if mention.recurrence is None:
        return _PASS
    if mention.unit != "every":
        return None
    if begins_with("past", view.right):
        return DROP
    if mention.rule == "each":
        return "rate"
    if ends_with("noun", view.left) or has("income", view.near[-40:]):
        return "attribute"
    if view.opens or mention.cue or mention.rule in ("round", "times-a-period"):
        return None
    return None if view.right[:1] in ("", "\n", ".", ";", ",", ")", "|", ":") else "attribute"


def _by_result(view: _View) -> str | None:
    """The period of something measured: "đến 31/10 đã giải ngân", "trong 9 tháng tăng"."""
    mention = view.mention
    anchor, due = view.doc.anchor, mention.due_on
    if mention.rule == "months-so-far":
        return DROP
    if mention.rule == "months-of-year" and anchor and due and due < anchor:
        return DROP
    plain = mention.cue in ("đến", "tới", "đến hết", "trong", "vào", "hết")
    if plain and not has("duty", view.near) and begins_with("result", view.right):
        return DROP
    past = has("past", view.near)
    if past is None:
        return _PASS
    # "đã hoàn thành", "đã chỉ đạo ... hoàn thành" with the date behind: done, or reported
    rest = view.near[past.end() :].split(" ", 4)[-1]
    ordered = has("duty", rest) and not (anchor and due and due < anchor)
    return _PASS if ordered else "past"


def _by_kind(view: _View) -> str | None:
    mention = view.mention
    label = view.label or ""
    if mention.rule == "plan-period" or (
        label.startswith(("giai đoạn", "thời kỳ")) and not view.alone
    ):
        return "period-of-plan"  # also in a name: "..., giai đoạn I: từ năm 2021 đến năm 2025 ..."
    if mention.unit == "clock":
        return "no-day"
    if has("forecast", view.near) or begins_with("forecast", view.left) or _is_weather(view):
        return "forecast"
    if begins_with("topic", view.left):
        first = "," not in view.left and ("," in view.right or ":" in view.right)
        if first or not has("duty", view.left):
            return "attribute"
    at = mention.unit == "day" and mention.cue in ("vào", "trong", "lúc", "vào lúc", "dịp")
    if at and has("event", view.near) and not has("duty", view.near):
        return "event"
    return "event" if mention.unit == "holiday" else _PASS


def _is_weather(view: _View) -> bool:
    mention = view.mention
    if mention.unit not in ("day", "now") or mention.modifier != "within":
        return False
    return mention.start_on != mention.due_on and bool(has("weather", view.left + view.right))


def _by_horizon(view: _View) -> str | None:
    mention, anchor = view.mention, view.doc.anchor
    if mention.unit != "year" or not mention.cue.startswith(("đến", "tới", "vào")):
        return _PASS
    far = (
        anchor is not None and mention.due_on is not None and mention.due_on.year > anchor.year + 1
    )
    return "horizon" if far and not has("complete", view.near) else _PASS


_RULES: tuple[Callable[[_View], str | None], ...] = (
    _by_age,
    _by_column,
    _by_cut_off,
    _by_place,
    _by_length,
    _by_effect,
    _by_repeat,
    _by_result,
    _by_kind,
    _by_horizon,
)
