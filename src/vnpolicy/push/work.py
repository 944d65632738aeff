"""A plan carried out: each step at the tracker, then in the ledger.

A create is written into the ledger before it is asked for, and looked for at the tracker before
it is made: by a run that was cut off in between it is found and not made again, and so is an
entry of a ledger that was lost. Where no answer came it is looked for again before it is asked
for again. An entry that somebody changes between reading and writing is read and compared anew.

A failure costs its own entry and no other; where the tracker refuses who is asking, or has
refused or not answered :data:`SILENCE` entries in a row, the run ends and can be repeated.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from vnpolicy.errors import (
    AccessError,
    ChangedError,
    ForbiddenError,
    TrackerError,
    UncertainError,
    UnreachableError,
)
from vnpolicy.models import WorkItem
from vnpolicy.push.entry import Entry, Fields, Place, Target
from vnpolicy.push.ledger import Ledger, Row, State
from vnpolicy.push.plan import Step, Terms, compare

SILENCE = 3
_TRIES = 3
_UNKNOWN = "\x00"
WITHDRAWN = "Nhiệm vụ này không còn trong văn bản giao việc ({place}); xin kiểm tra lại."
RETURNED = "Nhiệm vụ này có lại trong văn bản giao việc ({place})."

Replan = Callable[[Step], Step]


@dataclass(frozen=True, slots=True)
class Done:
    """A step with what became of it: its action, or ``fail`` with the reason."""

    step: Step
    url: str = ""


def apply(steps: Iterable[Step], ledger: Ledger, target: Target, replan: Replan) -> Iterator[Done]:
    """Carries out the steps one by one.

    :raises AccessError: where the tracker refuses who is asking.
    :raises TrackerError: the last of several in a row that were refused or not answered.
    """
    silent = 0
    for step in steps:
        try:
            yield _done(step, ledger, target, replan)
            silent = 0
        except AccessError:
            raise
        except TrackerError as error:
            barred = isinstance(error, ForbiddenError | UnreachableError | UncertainError)
            silent = silent + 1 if barred else 0
            if silent >= SILENCE:
                raise
            yield Done(replace(step, action="fail", reason=str(error)))


def _done(step: Step, ledger: Ledger, target: Target, replan: Replan) -> Done:
    for _ in range(_TRIES):
        try:
            return _carry_out(step, ledger, target)
        except ChangedError as error:
            last = error
            step = replan(step)
    raise last


def _carry_out(step: Step, ledger: Ledger, target: Target) -> Done:
    if step.action == "create":
        return _create(step, ledger, target)
    if step.action in ("update", "return"):
        return _update(step, ledger, target)
    if step.action in ("flag", "close"):
        return _withdraw(step, ledger, target)
    row = step.row
    if step.action == "keep" and row is not None and step.entry is not None:
        sent, held = _agreed(step, row, step.entry)
        entry = replace(step.entry, fields=held)
        state: State = "live" if row.state == "gone" else row.state  # it is there again
        ledger.settle(step.key, step.item, state=state, entry=entry, sent=sent)
    elif step.action == "gone" and row is not None and row.state != "gone":
        ledger.settle(step.key, step.item, state="gone", action="gone")
    elif step.action == "unchanged" and row is not None and row.item != step.item:
        ledger.settle(step.key, step.item, state=row.state)  # other words, or another place
    return Done(step, row.url if row else "")


def _create(step: Step, ledger: Ledger, target: Target) -> Done:
    cut_off = _cut_off(step, ledger)
    if cut_off is not None and not target.readable:
        return _repeat(cut_off, ledger, target)
    entry = target.find(step.key, step.wanted)
    if entry is not None:
        return _adopt(step, entry, cut_off.sent if cut_off else step.wanted, ledger)
    ledger.intend(step.key, step.item, step.wanted)
    for attempt in range(_TRIES):
        try:
            entry = target.create(step.key, step.wanted)
            break
        except UncertainError:
            entry = target.find(step.key, step.wanted)
            if entry is not None:
                break
            if attempt == _TRIES - 1:
                raise
    assert entry is not None
    _settle(ledger, step.key, step.item, entry, step.wanted, "create")
    return Done(replace(step, entry=entry), entry.url)


def _cut_off(step: Step, ledger: Ledger) -> Row | None:
    """The intent of an earlier run to make the entry; whether it was made is not known."""
    row = ledger.row(step.key)
    return row if row is not None and row.state == "pending" else None


def _settle(
    ledger: Ledger, key: str, item: WorkItem, entry: Entry, sent: Fields, action: str
) -> None:
    ledger.settle(key, item, state="live", entry=entry, sent=sent, action=action, detail=entry.id)


def _repeat(row: Row, ledger: Ledger, target: Target) -> Done:
    """The create of a run that was cut off, once more with the very same words: who receives it
    and cannot be asked knows it by them. What is wanted by now follows as an update."""
    target.wanted(row.item, Place(), row.key)
    entry = target.create(row.key, row.sent)
    _settle(ledger, row.key, row.item, entry, row.sent, "create")
    raise ChangedError("made by the run before")


def _adopt(step: Step, entry: Entry, sent: Fields, ledger: Ledger) -> Done:
    """An entry that was there already. What is as it was sent is ours, and the rest may be a
    person's; where nothing was wanted there is nothing to say, whatever stands there."""
    ours = _agreeing(sent, entry)
    ledger.intend(step.key, step.item, ours)
    _settle(
        ledger, step.key, step.item, replace(entry, fields=_held(step.wanted, ours)), ours, "found"
    )
    if ours != step.wanted:
        raise ChangedError("found with other fields")  # compare it as any other entry
    return Done(replace(step, action="found", entry=entry), entry.url)


def _agreeing(sent: Fields, entry: Entry) -> Fields:
    return {name: text for name, text in sent.items() if text in ("", entry.fields.get(name, ""))}


def _held(names: Iterable[str], ours: Fields) -> Fields:
    """What is ours, and for the rest what no field ever holds: whatever stands there, also
    nothing, is not what we wrote."""
    return dict.fromkeys(names, _UNKNOWN) | dict(ours)


def foresee(step: Step, ledger: Ledger, target: Target, terms: Terms) -> Step:
    """What would become of the step: an entry that is there already is found, and kept where
    somebody has changed it."""
    if step.action != "create" or not target.readable:
        return step
    try:
        entry = target.find(step.key, step.wanted)
    except (AccessError, UnreachableError):
        raise
    except TrackerError as error:
        return replace(step, action="fail", reason=str(error))
    if entry is None:
        return step
    cut_off = _cut_off(step, ledger)
    ours = _agreeing(cut_off.sent if cut_off else step.wanted, entry)
    if ours == step.wanted:
        return replace(step, action="found", entry=entry)
    row = Row(step.key, step.item, "live", entry.id, entry.url, ours, _held(step.wanted, ours), {})
    return compare(replace(step, row=row), entry, terms)


def _update(step: Step, ledger: Ledger, target: Target) -> Done:
    row, entry = step.row, step.entry
    assert row is not None and entry is not None
    if step.changes:
        ledger.attempt(row, step.changes)
        entry = target.update(entry, step.changes)
    if step.action == "return":
        entry = target.flag(entry, RETURNED.format(place=_named(step)))
    sent, held = _agreed(step, row, entry)
    ledger.settle(
        *(step.key, step.item),
        state="live",
        entry=replace(entry, fields=held),
        sent=sent,
        action=step.action,
        detail=", ".join(sorted(step.changes)),
    )
    return Done(step, entry.url)


def _agreed(step: Step, row: Row, entry: Entry) -> tuple[Fields, Fields]:
    """What was sent and is held, where tracker and documents agree; the rest as it was, so that
    a person's change is still seen as one."""
    sent, held = dict(row.sent), dict(row.held)
    for name, value in step.wanted.items():
        now = entry.fields.get(name, "")
        if name in step.changes or now == value:
            sent[name], held[name] = value, now
    return sent, held


def _withdraw(step: Step, ledger: Ledger, target: Target) -> Done:
    row, entry = step.row, step.entry
    assert row is not None and entry is not None
    text = WITHDRAWN.format(place=_named(step))
    state: State = "closed" if step.action == "close" else "withdrawn"
    sent, held = row.sent, row.held
    if row.state == "pending":  # made by a run that was cut off, and never looked at since
        sent = _agreeing(row.sent, entry)
        held = _held(row.sent, sent)
    entry = target.close(entry, text) if step.action == "close" else target.flag(entry, text)
    ledger.settle(
        *(step.key, step.item),
        state=state,
        entry=replace(entry, fields=held),
        sent=sent if row.state == "pending" else None,
        action=step.action,
    )
    return Done(step, entry.url)


def _named(step: Step) -> str:
    return step.item.number or step.item.source
