"""Words that show a document's layout: bodies, offices, column heads, portal furniture.

``layout_words.csv`` holds sets of folded words (``set``, ``word``): ``unfinished`` (a line that
ends on it goes on), ``partial`` (a line that was wrapped may end on it), ``issuer`` (a body's
name begins with it), ``office`` (a signer's title), ``column`` (a table's column is headed so),
``opening`` (a sentence, no subject line, begins with it), ``closing`` (a document's last
paragraph begins with it), ``press`` (an account's prose tells so). ``layout_furniture.csv``
maps a portal's own line to its reach: ``line`` (itself), ``box`` (and the short lines under
it), ``tail`` (and everything after).

>>> "khoản" in words("unfinished"), furniture()["tin cùng chuyên mục"]
(True, 'tail')
"""

from __future__ import annotations

from functools import cache

from vnpolicy.lexicon.table import rows
from vnpolicy.text import fold


@cache
def words(name: str) -> frozenset[str]:
    """The folded words of a set; empty for a set that the table does not have."""
    return _sets().get(name, frozenset())


@cache
def _sets() -> dict[str, frozenset[str]]:
    sets: dict[str, set[str]] = {}
    for row in rows("layout_words", required=("set", "word")):
        sets.setdefault(row["set"], set()).add(fold(row["word"]))
    return {name: frozenset(members) for name, members in sets.items()}


@cache
def _bodies() -> tuple[str, ...]:
    return tuple(f"{word} " for word in words("issuer"))


def names_body(low: str) -> bool:
    """Whether a folded line opens with the name of a body or of an office.

    >>> names_body("bộ y tế"), names_body("ban hành quy chế")
    (True, False)
    """
    return f"{low} ".startswith(_bodies()) and not low.startswith("ban hành")


@cache
def furniture() -> dict[str, str]:
    """The reach of a portal's own line, by the line in lower case without its end mark."""
    return {
        row["line"].lower().rstrip(":. "): row["reach"]
        for row in rows("layout_furniture", required=("line", "reach"))
    }


def reach(text: str) -> str | None:
    """How far a portal's own line reaches; None for a line that is the document's.

    >>> reach("Tin cùng chuyên mục:"), reach("Bộ Y tế")
    ('tail', None)
    >>> reach("Xem thêm: Chợ nổi vào mùa"), reach("Xem thêm các trang này")
    ('line', None)
    >>> reach("**Tin liên quan**"), reach(">>> Mở thêm bến phà")
    ('box', 'line')
    """
    if text.startswith("**") and text.endswith("**"):
        text = text.strip("* ")
    if text.startswith(">>") and text.lower().rstrip(":. ") not in furniture():
        return "line"  # a link to another account
    if len(text) > 199 or text[:2].lower() not in _furniture_starts():
        return None
    name, _, rest = text.partition(":")
    if rest.strip() and furniture().get(name.lower().lstrip("> ")) == "box":
        return "line"  # a box and its only entry
    return furniture().get(text.lower().rstrip(":. "))


@cache
def _furniture_starts() -> frozenset[str]:
    return frozenset(line[:2] for line in furniture())
