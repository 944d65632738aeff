"""A web address of the office's own that takes each task as JSON.

Every change is one ``POST`` of::

    {"action": "create", "key": "...", "sequence": 1, "fields": {...}, "item": {...}, "text": ""}

``action`` is ``create``, ``update``, ``flag`` (the task is no longer in its document; ``text`` says
so) or ``close``. ``fields`` are title, description, days, parties and the rest as text; an update
has those that changed. ``item`` is the whole task as :class:`~vnpolicy.models.WorkItem` has it,
with a create and an update. ``sequence`` counts the changes of one key.

Two headers make it safe: ``Idempotency-Key`` is the same when a request is repeated, and another
for any other content, so the receiver can drop what it has already; ``X-Vnpolicy-Signature`` is
``sha256=`` and the HMAC-SHA256 of the body under the shared secret, in hex (as GitHub and others
have it). The body never holds a time, so a repeated request has the same bytes.

The receiver answers 2xx. Nothing can be read back, so whether a person changed the entry is not
known: what the ledger has sent counts as held.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import TYPE_CHECKING

from vnpolicy.models import WorkItem
from vnpolicy.push.config import Connection
from vnpolicy.push.door import Door
from vnpolicy.push.entry import Entry, Fields, Place
from vnpolicy.push.secret import Secret
from vnpolicy.writers import item as items

if TYPE_CHECKING:
    import httpx

_DONE = (200, 201, 202, 204)


class Options(Connection):
    """``[webhook]``"""

    secret: Secret


def connect(options: Options, *, transport: httpx.BaseTransport | None = None) -> Webhook:
    """:raises ConfigError: without the secret."""
    secret = options.secret.value()
    return Webhook(options.door(secrets=(secret,), transport=transport), secret)


class Webhook:
    """The address as a target."""

    def __init__(self, door: Door, secret: str) -> None:
        self._door = door
        self._secret = secret.encode()
        self._items: dict[str, WorkItem] = {}

    @property
    def where(self) -> str:
        return f"webhook {self._door.base}"

    def wanted(self, item: WorkItem, place: Place, key: str) -> Fields:
        self._items[key] = item
        return {
            "title": item.title,
            "description": items.description(item),
            "due_on": str(item.due_on or ""),
            "start_on": str(item.start_on or ""),
            "repeats": "\n".join(one.rule for one in item.repeats),
            "leads": items.names(item.leads),
            "supports": items.names(item.supports),
            "urgency": item.urgency or "",
            "project": place.project,
            "assignee": place.assignee,
        }

    @property
    def readable(self) -> bool:
        return False

    def find(self, key: str, fields: Fields) -> Entry | None:
        return None

    def read(self, id_: str) -> Entry | None:
        raise NotImplementedError("a webhook cannot be read")

    def create(self, key: str, fields: Fields) -> Entry:
        return self._send("create", Entry(f"{key}#0", {}), fields)

    def update(self, entry: Entry, changes: Fields) -> Entry:
        return self._send("update", entry, changes)

    def flag(self, entry: Entry, text: str) -> Entry:
        return self._send("flag", entry, {}, text)

    def close(self, entry: Entry, text: str) -> Entry:
        return self._send("close", entry, {}, text)

    def _send(self, action: str, entry: Entry, fields: Fields, text: str = "") -> Entry:
        """Sends the change; the entry's id is its key and the number of changes so far."""
        key, _, number = entry.id.rpartition("#")
        item = self._items.get(key) if fields else None
        told = {
            "action": action,
            "key": key,
            "sequence": int(number) + 1,
            "fields": dict(fields),
            "item": item.model_dump(mode="json") if item else None,
            "text": text,
        }
        body = json.dumps(told, ensure_ascii=False, sort_keys=True).encode(errors="replace")
        signature = hmac.new(self._secret, body, hashlib.sha256).hexdigest()
        self._door.ask(
            *("POST", ""),
            allowed=_DONE,
            repeatable=True,  # the receiver knows it by its Idempotency-Key
            content=body,
            headers={
                "Content-Type": "application/json",
                "Idempotency-Key": hashlib.sha256(body).hexdigest(),
                "X-Vnpolicy-Signature": f"sha256={signature}",
            },
        )
        return Entry(f"{key}#{int(number) + 1}", {**entry.fields, **fields})
