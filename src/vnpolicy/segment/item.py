"""Items that run on in one paragraph: "... như sau: (1) A; (2) B; (3) C".

A run of labels of one family is a list where the first two come in order and each stands where
a list's member can: after a colon, semicolon or full stop (for "(1)" also after a comma or a
word, and for a later member after "và"). Lists nest: "(1) A: (i) b; (ii) c; (2) D". An item
that holds the label after its own ("a) ... . b) ...") was two. Not lists: one "(1)" alone, a
row of column numbers "(1) (2) (3)", "điểm a), b) khoản 2".

>>> text = "Bộ Y tế: (1) rà soát quy định; (2) báo cáo kết quả."
>>> [text[one.start : one.end] for one in split(text, 0, len(text), None)]
['(1) rà soát quy định;', '(2) báo cáo kết quả.']
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from vnpolicy.segment import label as labels
from vnpolicy.segment.label import Label

_SPOTS = regex.compile(
    r"(?:(?<=[:;.,…”\")])|(?<=\p{L})|(?<=[/)]\.)) ?(?=\()"
    r"\((?P<p>\d{1,2}|[ivx]{1,5}|[a-zđ])\) ?(?=\S)"
    r"|(?<=[:;.…/”\")]) (?:(?P<l>[a-zđ])\)|(?P<n>\d{1,2}(?:\.\d{1,2}){0,2})[.)]|(?P<b>[-+])"
    r"|(?P<r>[IVX]{1,5})\.) (?=[\p{L}\"“])"
)
_JOINTS = (" và", " hoặc", " đồng thời", " and")
_ORDER = ("I.", "n.", "n.n", "n.n.n", "n)", "a)", "(n)", "(a)", "i)", "-", "+")


@dataclass(slots=True)
class Inline:
    """One item cut from a paragraph; ``owner`` is its place in the list of what it lies in."""

    start: int
    end: int
    label: Label
    owner: int | None = None
    sibling: bool = False


@dataclass(slots=True)
class _Spot:
    start: int
    label: Label
    after: str  # the character before it, space aside


def split(text: str, start: int, end: int, own: Label | None) -> list[Inline]:
    """The items inside ``text[start:end]``, in order, each before those that lie in it."""
    spots = _find(text, start, end)
    out: list[Inline] = []
    if not spots:
        return out
    chain = _siblings(spots, own) if own is not None else []
    if chain:
        before = [spot for spot in spots if spot.start < chain[0].start]
        _cut(text, before, chain[0].start, frozenset((chain[0].label.form,)), None, out)
        _fill(text, chain, spots, end, frozenset(), None, out, sibling=True)
    else:
        forms = frozenset((own.form,)) if own is not None else frozenset()
        _cut(text, spots, end, forms, None, out)
    return out


def _find(text: str, start: int, end: int) -> list[_Spot]:
    spots = []
    for match in _SPOTS.finditer(text, start, end):
        place = match.start() + (text[match.start()] == " ")
        if place == start:
            continue
        found = labels.read(text[place : place + 24])
        if found is not None:
            spots.append(_Spot(place, found, text[match.start() - 1]))
    return spots


def _cut(
    text: str,
    spots: Sequence[_Spot],
    end: int,
    above: frozenset[str],
    owner: int | None,
    out: list[Inline],
) -> None:
    """Cut a stretch at the members of its outermost list, then each member in turn."""
    chain = _outermost(text, spots, above)
    if chain:
        _fill(text, chain, spots, end, above, owner, out)


def _fill(
    text: str,
    chain: Sequence[_Spot],
    spots: Sequence[_Spot],
    end: int,
    above: frozenset[str],
    owner: int | None,
    out: list[Inline],
    *,
    sibling: bool = False,
) -> None:
    """The members of a list, each with the lists in it; those lists are of other families."""
    forms = above | {chain[0].label.form}
    at = 0
    for number, spot in enumerate(chain):
        stop = chain[number + 1].start if number + 1 < len(chain) else end
        last = stop
        while text[last - 1] == " ":
            last -= 1
        here = len(out)
        out.append(Inline(spot.start, last, spot.label, owner, sibling))
        while at < len(spots) and spots[at].start <= spot.start:
            at += 1
        first = at
        while at < len(spots) and spots[at].start < stop:
            at += 1
        if at > first:
            _cut(text, spots[first:at], stop, forms, here, out)


def _siblings(spots: Sequence[_Spot], own: Label) -> list[_Spot]:
    """The members that follow the stretch's own label in its own list: "a) ... . b) ..."."""
    chain: list[_Spot] = []
    value, prefix = own.value, own.text.rpartition(".")[0]
    for spot in spots:
        if (
            spot.label.form == own.form
            and spot.label.value == value + 1
            and spot.label.text.rpartition(".")[0] == prefix
            and spot.after in ".;/"
            and value
        ):
            chain.append(spot)
            value += 1
    return chain


def _outermost(text: str, spots: Sequence[_Spot], above: frozenset[str]) -> list[_Spot]:
    """The members of the outermost list: the family of the first that has two in order."""
    families = {spot.label.form for spot in spots} - above
    best: list[_Spot] = []
    for form in sorted(families, key=_rank):
        chain = _chain(text, spots, form)
        if len(chain) > 1 and (not best or chain[0].start < best[0].start):
            best = chain
    return best


def _rank(form: str) -> int:
    return _ORDER.index(form) if form in _ORDER else len(_ORDER)


def _chain(text: str, spots: Sequence[_Spot], form: str) -> list[_Spot]:
    chain: list[_Spot] = []
    for spot in spots:
        if spot.label.form != form:
            continue
        if form in labels.BULLETS:
            if _member(text, spot, first=not chain, form=form):
                chain.append(spot)
        elif spot.label.value == len(chain) + 1 and _member(text, spot, first=not chain, form=form):
            if chain and spot.start - chain[-1].start < spot.label.body + 4:
                return []  # "(1) (2) (3)" numbers columns
            chain.append(spot)
    return chain


def _member(text: str, spot: _Spot, *, first: bool, form: str) -> bool:
    """Whether a list's member can stand there."""
    if form in ("(n)", "(a)", "i)") and text[spot.start] == "(":
        if first:
            return spot.after != "(" and not text[: spot.start].rstrip().endswith(("điểm", "khoản"))
        return spot.after in ':;.,…/”")' or text[max(0, spot.start - 12) : spot.start].rstrip(
            " "
        ).endswith(_JOINTS)
    if form == "a)":
        return spot.after in ':;./…”")' if not first else spot.after in ":;.…"
    if form in labels.BULLETS:
        body = text[spot.start + 2 : spot.start + 3]
        return body.isupper() and spot.after in (":;./" if first else ";./:")
    body = text[spot.start + spot.label.body : spot.start + spot.label.body + 1]
    if form == "I.":
        return text[spot.start + spot.label.body :][:6].isupper()
    return body.isupper() and spot.after in ":;./"
