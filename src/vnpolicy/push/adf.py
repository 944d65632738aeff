r"""Atlassian Document Format: text as paragraphs, and paragraphs as text.

Jira Cloud keeps a description and a comment as a tree of nodes ("Atlassian Document Format" on
developer.atlassian.com: ``doc`` of version 1, ``paragraph``, ``text``, ``hardBreak``). Text in a
text node is text and nothing else: no macro, mention, link or smiley can come about in it, so
nothing needs to be neutralised.

A blank line parts paragraphs, a line end is a hard break. What we never write (bold text, lists,
mentions, pictures) is given as its JSON, so that it is seen as a change that a person made.

>>> flat(document("Rà soát.\n\nThời hạn: 24/07/2024\nSản phẩm: báo cáo"))
'Rà soát.\n\nThời hạn: 24/07/2024\nSản phẩm: báo cáo'
>>> flat({"type": "doc", "content": [{"type": "paragraph", "content": [
...     {"type": "text", "text": "Gấp", "marks": [{"type": "strong"}]}]}]})
'{"marks":[{"type":"strong"}],"text":"Gấp","type":"text"}'
"""

from __future__ import annotations

import json
from typing import Any

from vnpolicy.errors import TrackerError
from vnpolicy.push.answer import member, record, records, text

Node = dict[str, Any]


def document(said: str) -> Node:
    """The text as a document."""
    paragraphs = [block for block in said.split("\n\n") if block]
    return {"type": "doc", "version": 1, "content": [_paragraph(one) for one in paragraphs]}


def flat(value: object) -> str:
    """The document as text; empty for null.

    :raises TrackerError: where it is no document.
    """
    if value is None:
        return ""
    if record(value).get("type") != "doc":
        raise TrackerError("the answer has something else where a document (ADF) was expected")
    try:
        return text("\n\n".join(map(_block, records(value, "content"))))
    except RecursionError:
        raise TrackerError("the answer has a document that is nested beyond all measure") from None


def _paragraph(block: str) -> Node:
    nodes: list[Node] = []
    for line in block.split("\n"):
        if nodes:
            nodes.append({"type": "hardBreak"})
        if line:  # an empty text node is refused
            nodes.append({"type": "text", "text": line})
    return {"type": "paragraph", "content": nodes}


def _block(node: Node) -> str:
    if node.get("type") != "paragraph":
        return _verbatim(node)
    return "".join(map(_inline, records(node, "content"))) if node.get("content") else ""


def _inline(node: Node) -> str:
    if node.get("type") == "hardBreak":
        return "\n"
    if node.get("type") == "text" and not node.get("marks"):
        return text(member(node, "text"))
    return _verbatim(node)


def _verbatim(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
