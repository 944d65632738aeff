"""Finding: alternations as tries, rules, and the one law of overlap. Knows no Vietnamese.

The law: of two matches that overlap, the longer one stands; of two equally long ones the one
whose rule was listed first; of two of the same rule the one further left.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

import regex

from vnpolicy.errors import PatternError


class Spanned(Protocol):
    """Anything with a half-open span."""

    start: int
    end: int


S = TypeVar("S", bound=Spanned)
T = TypeVar("T")


def alternation(words: Iterable[str]) -> str:
    """A pattern, factored as a trie, that matches each of ``words`` and prefers the longest.

    >>> alternation(["tháng", "tháng này", "quý"])
    '(?:quý|tháng(?:\\\\ này)?)'
    """
    root: dict[str, object] = {}
    for word in words:
        if not word:
            raise PatternError("an alternation holds the empty string")
        node = root
        for char in word:
            node = node.setdefault(char, {})  # type: ignore[assignment]
        node[""] = {}
    if not root:
        raise PatternError("an alternation holds no word")
    return _trie(root)


def _trie(node: dict[str, object]) -> str:
    branches = []
    for char in sorted(key for key in node if key):
        text = regex.escape(char)
        below: dict[str, object] = node[char]  # type: ignore[assignment]
        while len(below) == 1 and "" not in below:
            (char,) = below
            text += regex.escape(char)
            below = below[char]  # type: ignore[assignment]
        if below.keys() != {""}:
            text += _trie(below)
        branches.append(text)
    if "" in node:
        return f"(?:{'|'.join(branches)})?"
    return branches[0] if len(branches) == 1 and not node.get("") else f"(?:{'|'.join(branches)})"


def words_pattern(words: Iterable[str]) -> regex.Pattern[str]:
    """A compiled alternation of whole words: not inside a longer run of letters or digits."""
    return compile_pattern(rf"(?<![\p{{L}}\p{{N}}]){alternation(words)}(?![\p{{L}}\p{{N}}])")


def compile_pattern(pattern: str, **named: str) -> regex.Pattern[str]:
    """Compile ``pattern``, with ``{{name}}`` replaced by the named part.

    :raises PatternError: where it matches the empty string, which no rule may.
    """
    for name, part in named.items():
        pattern = pattern.replace("{{" + name + "}}", part)
    compiled: regex.Pattern[str] = regex.compile(pattern)
    if compiled.match(""):
        raise PatternError(f"the pattern matches the empty string: {pattern[:80]}")
    return compiled


@dataclass(frozen=True, slots=True)
class Rule:
    """A named pattern and what to read from its match: a record, or None to refuse it.

    ``guard`` is a literal that the text must hold before the pattern is tried.
    """

    name: str
    pattern: regex.Pattern[str]
    read: Callable[[regex.Match[str]], object | None]
    guard: str | None = None


def scan(
    rules: Sequence[Rule], text: str, start: int = 0, end: int | None = None
) -> Iterator[tuple[Rule, regex.Match[str]]]:
    """Every match of every rule inside the window, rule by rule, overlaps and all."""
    stop = len(text) if end is None else end
    for rule in rules:
        if rule.guard is not None and text.find(rule.guard, start, stop) < 0:
            continue
        for match in rule.pattern.finditer(text, start, stop):
            yield rule, match


def resolve(found: Iterable[S]) -> list[S]:
    """The matches that stand by the law of overlap, from left to right.

    ``found`` comes in the order of the rules' listing; a stable sort keeps it.
    """
    ranked = sorted(found, key=lambda span: span.start - span.end)
    taken: list[S] = []
    kept: set[int] = set()
    for span in ranked:
        cells = range(span.start, span.end)
        if span.start in kept or (span.end - 1) in kept or not kept.isdisjoint(cells):
            continue
        kept.update(cells)
        taken.append(span)
    taken.sort(key=lambda span: (span.start, span.end))
    return taken
