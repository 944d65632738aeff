"""The words of time: numerals, month and weekday names, parts of a period, cues.

Data: ``time_words.csv`` (kind, word, value), ``time_cues.csv`` (what stands right before a time
and how it binds), ``period_parts.csv`` (which days "đầu", "giữa" and "cuối" of a period are, by
policy), ``time_policies.csv``, and ``time_contexts.csv`` (words around a time that tell what it is
the time of, by class). All words are folded (:func:`vnpolicy.text.fold`).

The policies: ``default`` reads "đầu tháng" as the days to the 10th, "giữa tháng" to the 20th,
"cuối tháng" to the last day, "đầu năm" to 31 March; ``civil-code`` follows Bộ luật Dân sự 2015,
Articles 146 to 148: the 1st, the 15th and the last day of a month; the first day of January,
the last of June and the last of December; and a period that ends on a day off ends with the
next working day.

>>> word_value("weekday", "sáu")
5
>>> part_days("civil-code", "mid", "month")
('15', '15')
"""

from __future__ import annotations

from functools import cache

from vnpolicy.errors import LexiconError
from vnpolicy.lexicon.table import rows
from vnpolicy.match import alternation

CUE_CLASSES = (
    *("before", "by", "within", "on", "now", "from", "after"),
    *("cutoff", "every", "label", "neutral"),
)


@cache
def _words() -> dict[str, dict[str, str]]:
    table: dict[str, dict[str, str]] = {}
    for row in rows("time_words", required=("kind", "word", "value")):
        table.setdefault(row["kind"], {})[row["word"]] = row["value"]
    return table


def word_value(kind: str, word: str) -> int:
    """The number that the word of the kind stands for; figures stand for themselves."""
    value = _words()[kind].get(word)
    if value is None:
        return int(word)
    return int(value)


def word_name(kind: str, word: str) -> str:
    """The name that the word of the kind stands for ("cuối": end)."""
    return _words()[kind][word]


@cache
def words_of(kind: str) -> str:
    """A pattern for any word of the kind, longest first."""
    return alternation(_words()[kind])


@cache
def shift_words() -> str:
    """A pattern for the words that point from here ("nay", "tới", "trước"), where they do: in
    "báo cáo tháng trước ngày 22" the word is a preposition."""
    return rf"(?!(?:trước|sau) (?:ngày|tháng|khi|thời|đó|[0-9])){words_of('shift')}"


@cache
def cue_classes() -> dict[str, str]:
    """Cue words to the way they bind a time."""
    table = {row["word"]: row["class"] for row in rows("time_cues", required=("word", "class"))}
    unknown = set(table.values()) - set(CUE_CLASSES)
    if unknown:
        raise LexiconError(f"lexicon/data/time_cues.csv: unknown class {sorted(unknown)[0]!r}")
    return table


@cache
def policies() -> dict[str, bool]:
    """The policies' names, and whether a period that ends on a day off runs on."""
    return {row["policy"]: row["rolls"] == "yes" for row in rows("time_policies")}


@cache
def _parts() -> dict[tuple[str, str, str], tuple[str, str]]:
    needed = ("policy", "part", "unit", "first", "last")
    return {
        (row["policy"], row["part"], row["unit"]): (row["first"], row["last"])
        for row in rows("period_parts", required=needed)
    }


def part_days(policy: str, part: str, unit: str) -> tuple[str, str] | None:
    """The first and the last day of the part: days of a month, months of a quarter, weekdays,
    or ``MM-DD`` of a year; None where the policy does not know the part."""
    return _parts().get((policy, part, unit))


@cache
def _contexts() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for row in rows("time_contexts", required=("class", "word")):
        table.setdefault(row["class"], []).append(row["word"])
    return {name: tuple(words) for name, words in table.items()}


@cache
def context_words(kind: str) -> str:
    """A pattern for the words of the class that stand around a time.

    >>> "hoàn" in context_words("complete")
    True
    """
    return alternation(_contexts()[kind])
