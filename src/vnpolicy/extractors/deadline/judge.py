"""Whether a time may be somebody's deadline: the rules, in the order in which they are asked."""

from __future__ import annotations

from collections.abc import Callable

import regex

from vnpolicy.dates.context import begins_with, ends_with, has
from vnpolicy.extractors.deadline.view import View, is_date_column

DROP = "drop"
_LONG_PAST = 400  # days
_FAR = 10  # years

# "xin lùi thời hạn hoàn thành 31/12/2026": the date that is to be moved
_MOVED = regex.compile(
    r"(?:lùi|gia hạn|chậm|quá|vượt|dời|thay đổi) (?:thời hạn|tiến độ|thời gian|mốc)"
    r"(?: \p{L}+){0,3} ?$"
)


def judge(view: View) -> str | None:
    """The first rule that speaks decides: DROP, a doubt, or None for no doubt."""
    for rule in _RULES:
        verdict = rule(view)
        if verdict is not _PASS:
            return verdict
    return None


_PASS = "pass"
_REPORTS = regex.compile(r"\bbáo cáo (?:kết quả|tình hình|tiến độ|việc)\b[^,;]{0,60}$")
_HEADER = regex.compile(r"nhiệm vụ(?: [\p{L}]+){0,4} ?$")
_PHASE = regex.compile(r"(?:^|, ?)(?:giai đoạn|thời kỳ) [^,]*+$")
_HEADED = regex.compile(r"được đặt ra|như sau|gồm|là|:")


def _by_column(view: View) -> str | None:
    """A table cell under "Thời hạn hoàn thành" is a deadline whatever it says."""
    return None if view.cell is not None and is_date_column(view.cell) else _PASS


def _by_place(view: View) -> str | None:
    """A bare time: its cell, label, verb, or place in the sentence must speak for it."""
    mention = view.mention
    if mention.standing == "cued":
        return _PASS
    if view.label is not None and not view.left:
        return _by_label(view)
    if mention.unit in ("now", "weekday", "clock") or (view.cell and view.cell.column):
        return DROP  # also in a column that says something else
    if view.alone and (view.cell is not None or "|" in view.doc.low[mention.end :][:3]):
        return _in_cell(view)
    if _MOVED.search(view.left):
        return "attribute"
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


def _in_cell(view: View) -> str | None:
    """Alone in a cell whose column does not say what it is."""
    if view.mention.unit == "length":
        return "limit"
    return "event" if view.mention.unit == "day" and view.cell is None else None


def _by_label(view: View) -> str | None:
    label = view.label or ""
    if has("other-label", label):
        return DROP
    if has("label", label):
        return None
    return {"length": "limit", "day": "event"}.get(view.mention.unit, "opening")


def _by_cut_off(view: View) -> str | None:
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


def _by_age(view: View) -> str | None:
    """What lay long behind the document when it was made binds nobody any more."""
    anchor, due = view.doc.anchor, view.mention.due_on
    return DROP if anchor and due and (anchor - due).days > _LONG_PAST else _PASS


def _by_effect(view: View) -> str | None:
    """A beginning: of an instrument's effect, or of a duty that then stands."""
    if view.mention.modifier != "from":
        return _PASS
    if has("effect", view.left) or has("effect", view.right):
        return DROP
    anchor, start = view.doc.anchor, view.mention.start_on
    coming = anchor is not None and start is not None and start > anchor
    return _PASS if coming and not has("past", view.left) else "start"


def _by_length(view: View) -> str | None:
    """Lengths: limits with no beginning; "từ 3 đến 6 tháng" is a quantity."""
    mention = view.mention
    if mention.unit != "length":
        return _PASS
    if mention.modifier == "from":
        return DROP
    if mention.counted_from is not None or mention.due_on is not None:
        return None
    return None if mention.modifier == "within" else "limit"


def _by_repeat(view: View) -> str | None:
    """ "hằng năm" repeats a duty, or belongs to the noun before it."""
    mention = view.mention
    if mention.recurrence is None:
        return _PASS
    if mention.unit != "every":
        return None
    if begins_with("past", view.right):
        return DROP
    if mention.form == "each":
        return "rate"
    closes = view.right[:1] in ("", "\n", ".", ";", ",", ")", "|", ":")
    if mention.cue == "định kỳ" and closes and _REPORTS.search(view.near):
        return None  # "báo cáo kết quả định kỳ hằng quý": how it is reported
    if ends_with("noun", view.left) or has("income", view.near[-40:]):
        return "attribute"
    if view.opens or mention.cue or mention.form in ("round", "times-a-period"):
        return None
    return None if closes else "attribute"


def _by_statistic(view: View) -> str | None:
    """ "9 tháng năm 2025", "trong 2 tháng đầu năm" that are over, "Năm 2024, ..."."""
    mention = view.mention
    if mention.form == "months-so-far":
        return DROP
    over = mention.form == "months-of-year" or (mention.standing == "bare" and view.opens)
    return DROP if over and view.behind and view.cell is None and not view.label else _PASS


def _by_result(view: View) -> str | None:
    """The period of something measured: "đến 31/10 đã giải ngân", "trong 9 tháng tăng"."""
    mention = view.mention
    plain = mention.cue in ("đến", "tới", "đến hết", "trong", "vào", "hết")
    if plain and not has("duty", view.near):
        if begins_with("past" if view.ahead else "result", view.right):
            return DROP
        if view.ahead and view.near and begins_with("measure", view.right):
            return "attribute"  # "vốn của dự án đến hết quý II giải ngân dưới 40%"
    past = has("past", view.near)
    if past is None or view.firm:
        return _PASS
    # "đã hoàn thành", "đã chỉ đạo ... hoàn thành" with the date behind: done, or reported
    rest = view.near[past.end() :].split(" ", 4)[-1]
    return _PASS if has("duty", rest) and not view.behind else "past"


def _by_kind(view: View) -> str | None:
    mention = view.mention
    if _is_plan(view):
        return "period-of-plan"
    if mention.unit == "clock":
        return "no-day"
    if has("forecast", view.near) or begins_with("forecast", view.left) or _is_weather(view):
        return "forecast"
    if not view.firm and ends_with("belonging", view.left):
        return "attribute"  # "các nhiệm vụ được giao trong năm 2025"
    if begins_with("topic", view.left):
        first = "," not in view.left and ("," in view.right or ":" in view.right)
        if first or not (view.firm or has("duty", view.left)):
            return "attribute"
    at = mention.unit == "day" and mention.cue in ("vào", "trong", "lúc", "vào lúc", "dịp")
    if at and has("event", view.near) and not has("duty", view.near):
        return "event"
    return "event" if mention.unit == "holiday" else _PASS


def _is_plan(view: View) -> bool:
    """ "giai đoạn 2026 - 2030" but where it closes a clause that says what is to be done."""
    label = view.label or ""
    phase = _PHASE.search(label)
    if phase and not (view.alone and phase.start() == 0):
        return True  # in a name: "Chương trình ..., giai đoạn I: từ năm 2021 đến năm 2025 ..."
    if view.mention.form != "plan-period":
        return False
    closes = view.right[:1] in ("", ".", ";", ",", ")")
    within = view.mention.modifier == "within" and view.ahead and closes
    return not (within and not ends_with("belonging", view.left) and has("duty", view.near))


def _is_weather(view: View) -> bool:
    mention = view.mention
    if mention.unit not in ("day", "now") or mention.modifier != "within":
        return False
    return mention.start_on != mention.due_on and bool(has("weather", view.left + view.right))


def _by_horizon(view: View) -> str | None:
    """A far year: of what is to be reached by it, or in the name of a plan."""
    mention, anchor = view.mention, view.doc.anchor
    if mention.unit != "year" or not mention.cue.startswith(("đến", "tới", "vào")):
        return _PASS
    if anchor is None or mention.due_on is None or mention.due_on.year <= anchor.year + 1:
        return _PASS
    if view.opens:
        return None if mention.due_on.year <= anchor.year + _FAR else "horizon"
    reached = has("reach", view.near) or begins_with("reach", view.right)
    return None if reached or has("complete", view.near) else "horizon"


_RULES: tuple[Callable[[View], str | None], ...] = (
    _by_age,
    _by_column,
    _by_cut_off,
    _by_statistic,
    _by_place,
    _by_length,
    _by_effect,
    _by_repeat,
    _by_result,
    _by_kind,
    _by_horizon,
)
