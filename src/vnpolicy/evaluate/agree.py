"""When a predicted record says the same as one made by hand, apart from its place.

Records are plain dictionaries in the shape of the JSON. A field that the gold leaves out is not
held against the prediction, where that field is no part of the record's identity.

>>> same_quantity({"value": "12.50", "unit": "đồng"}, {"value": "12.5", "unit": "VND"})
True
>>> same_deadline({"due_on": "2024-05-09"}, {"due_on": "2024-05-10"})
False
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal, InvalidOperation

import regex

from vnpolicy.evaluate.gold import Annotation

_UNITS = {"đồng": "vnd", "đô la": "usd", "phần trăm": "%"}
_MARKS = regex.compile(r"[\s*_,;:.“”\"]+")
_SPACES = regex.compile(r"[\s*]+")
_ZEROS = regex.compile(r"^0+(?=[0-9])")
_QUOTES = str.maketrans("", "", '“”"')


def same_reference(gold: Annotation, given: Annotation) -> bool:
    """Type, then number or else name, and the year where the gold has one."""
    if gold.get("type") and gold["type"] != given.get("type"):
        return False
    if gold.get("number"):
        if _number(gold["number"]) != _number(given.get("number")):
            return False
    elif gold.get("name"):
        wanted, name = _name(gold["name"]), _name(given.get("name") or given.get("number"))
        if not name or not (wanted in name or name in wanted):
            return False
    return not gold.get("year") or int(gold["year"]) == int(given.get("year") or 0)


def same_deadline(gold: Annotation, given: Annotation) -> bool:
    """Both recur, or both are due on the same day (or on none)."""
    if gold.get("recurrence") or given.get("recurrence"):
        return bool(gold.get("recurrence")) == bool(given.get("recurrence"))
    return same_due(gold, given)


def same_due(gold: Annotation, given: Annotation) -> bool:
    """The same ``due_on``, or none on either side."""
    return bool(gold.get("due_on") == given.get("due_on"))


def same_quantity(gold: Annotation, given: Annotation) -> bool:
    """The value, the upper end of a range, and the unit, of which one may be the longer form."""
    if _decimal(gold.get("value")) != _decimal(given.get("value")):
        return False
    if _decimal(gold.get("value_max")) != _decimal(given.get("value_max")):
        return False
    wanted, unit = _unit(gold.get("unit")), _unit(given.get("unit"))
    if not wanted or not unit:
        return wanted == unit
    return wanted.startswith(unit) or unit.startswith(wanted)


def same_assignee(gold: Annotation, given: Annotation) -> bool:
    """The role, and the agency ids where the gold has any."""
    wanted = _ids(gold)
    return gold.get("role") == given.get("role") and (not wanted or wanted == _ids(given))


def same_leads(gold: Annotation, given: Annotation) -> bool:
    """The same lead assignees: as one set of ids, by text for bodies outside the register."""
    wanted, leads = _leads(gold), _leads(given)
    if bool(wanted) != bool(leads):
        return False
    ids = {one for lead in wanted for one in _ids(lead)}
    extra = {one for lead in leads for one in _ids(lead)}
    if not ids <= extra:
        return False
    extra -= ids
    for lead in wanted:
        if _ids(lead):
            continue
        alike = [other for other in leads if _same_body(lead, other)]
        if not alike:
            return False
        extra -= {one for other in alike for one in _ids(other)}
    unknown = [lead for lead in leads if not _ids(lead)]
    return not extra and all(_is_among(lead, wanted) for lead in unknown)


def same_row(gold: Annotation, given: Annotation) -> bool:
    """The same leads and the same due day: a tracker's row that needs no correction."""
    return same_leads(gold, given) and same_due(gold, given)


def _leads(task: Annotation) -> list[Annotation]:
    return [one for one in task.get("assignees") or [] if one.get("role", "lead") == "lead"]


def _is_among(lead: Annotation, wanted: list[Annotation]) -> bool:
    text = _squash(lead.get("text"))
    return any(_same_body(one, lead) or text in _squash(one.get("text")) for one in wanted)


def _same_body(gold: Annotation, given: Annotation) -> bool:
    wanted, ids = _ids(gold), _ids(given)
    if wanted:
        return wanted == ids
    a, b = _squash(gold.get("text")), _squash(given.get("text"))
    return bool(a) and bool(b) and (a in b or b in a)


def _ids(assignee: Annotation) -> set[str]:
    return set(assignee.get("agency_ids") or [])


def _plain(text: str | None) -> str:
    return unicodedata.normalize("NFC", text or "").casefold().strip()


def _squash(text: str | None) -> str:
    return str(_MARKS.sub(" ", _plain(text))).strip()


def _name(text: str | None) -> str:
    return _plain(text).translate(_QUOTES).replace(" về ", " ")


def _number(text: str | None) -> str:
    """An instrument's number without spaces, marks and the zeros that some offices put first."""
    return str(_ZEROS.sub("", _SPACES.sub("", _plain(text))))


def _unit(text: str | None) -> str:
    unit = _plain(text)
    return _UNITS.get(unit, unit)


def _decimal(value: object) -> Decimal | str | None:
    if value is None:
        return None
    try:
        return Decimal(str(value)).normalize()
    except InvalidOperation:
        return str(value)
