"""Which documents of the ledger the sources' documents are.

A document is known by its identity, and then by its tasks: one of another text under the same
identity ("ket-luan.txt" of two years, "Số: 05/KH" of two offices) is another document, whatever
their order among the sources; it gets a number behind its identity ("ket-luan.txt #2"). A
document of an identity that the ledger does not know, but of the same number or file and with the
same tasks as one that is not among the sources, is that one with its head corrected.

A document without tasks, or with one or two, has only its identity to go by.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence

from vnpolicy import pairing
from vnpolicy.models import WorkItem
from vnpolicy.push.ledger import Ledger
from vnpolicy.writers.item import file, key

_FEW = 3  # tasks, fewer of which do not tell one document from another
_CERTAIN = re.compile(r"\S+ \d{4} (?!-$)")  # number, year and issuer are known
_NUMBERED = re.compile(r" #\d+$")
Documents = Mapping[str, Sequence[WorkItem]]


def resolve(documents: Documents, ledger: Ledger) -> dict[str, Sequence[WorkItem]]:
    """The documents, in their order, under the identities that the ledger knows them by."""
    known = ledger.documents()
    names: dict[str, str] = {}
    named = _by_name(documents, known)
    _choose(documents, ledger, names, named, alike)
    _choose(documents, ledger, names, named, _may_be)
    if len(names) < len(documents):
        left = [one for one in known if one not in names.values()]
        _choose(documents, ledger, names, _by_head(documents, left, ledger), alike)
    resolved: dict[str, Sequence[WorkItem]] = {}
    used = {*known, *names.values()}
    for identity, tasks in documents.items():
        name = names.get(identity) or _unused(identity, used)
        used.add(name)
        resolved[name] = [_moved(one, name) for one in tasks]
    return resolved


def alike(old: Sequence[WorkItem], new: Sequence[WorkItem]) -> bool:
    """Whether they can be versions of one document: half of the tasks of the shorter."""
    if not old or not new:
        return False
    return 2 * len(pairing.pair(old, new).same) >= min(len(old), len(new))


def _may_be(old: Sequence[WorkItem], new: Sequence[WorkItem]) -> bool:
    """Whether number, year and issuer alone must do: too little is there to be compared."""
    if not old or not new:
        return True
    certain = new[0].number is not None and _CERTAIN.match(old[0].document)
    return bool(certain) and min(len(old), len(new)) < _FEW


def _choose(
    documents: Documents,
    ledger: Ledger,
    names: dict[str, str],
    candidates: dict[str, list[str]],
    fits: Callable[[Sequence[WorkItem], Sequence[WorkItem]], bool],
) -> None:
    """Gives each document that has no name yet the first of its candidates that fits it."""
    taken = set(names.values())
    for identity, tasks in documents.items():
        if identity in names:
            continue
        for name in candidates.get(identity, []):
            if name in taken:
                continue
            if fits([row.item for row in ledger.rows(name)], tasks):
                names[identity] = name
                taken.add(name)
                break


def _by_name(documents: Documents, known: Iterable[str]) -> dict[str, list[str]]:
    """Those that share the identity, the very one first."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    for document in known:
        named[_base(document)].append(document)
    return {
        identity: sorted(named[_base(identity)], key=lambda one, own=identity: one != own)  # type: ignore[misc]
        for identity in documents
    }


def _by_head(documents: Documents, left: Iterable[str], ledger: Ledger) -> dict[str, list[str]]:
    """Those of the same number or of the same file."""
    sharing: defaultdict[str, list[str]] = defaultdict(list)
    for document in left:
        for row in ledger.rows(document)[:1]:
            for mark in _marks(row.item):
                sharing[mark].append(document)
    return {
        identity: [name for mark in _marks(tasks[0]) for name in sharing[mark]]
        for identity, tasks in documents.items()
        if tasks
    }


def _marks(item: WorkItem) -> list[str]:
    return [*([f"number {item.number}"] if item.number else []), f"file {file(item)}"]


def _base(identity: str) -> str:
    return _NUMBERED.sub("", identity)


def _unused(identity: str, used: Container[str]) -> str:
    number, name = 1, identity
    while name in used:
        number += 1
        name = f"{_base(identity)} #{number}"
    return name


def _moved(one: WorkItem, identity: str) -> WorkItem:
    if one.document == identity:
        return one
    return one.model_copy(update={"document": identity, "key": key(one.task_id, identity)})
