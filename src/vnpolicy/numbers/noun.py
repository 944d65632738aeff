"""The counted noun that the lexicon does not know, found by segmentation and tagging.

Only the few words after a number are given to underthesea, only where the lexicon has no
unit for them, and the answer is kept by string. underthesea costs half a second to import, so
a text whose nouns the lexicon knows never loads it.
"""

from __future__ import annotations

import logging
from functools import lru_cache

import regex

_WORDS = regex.compile(r" (\p{Ll}+(?: \p{L}+){0,3})")
_NOUNS = frozenset(("N", "Nc", "Nu", "Ny", "Nb"))


def guess_noun(flat: str, at: int) -> int | None:
    """Where the noun that begins after the space at ``at`` ends, or None where the words after
    it are no noun."""
    found = _WORDS.match(flat, at)
    if found is None:
        return None
    phrase: str = found.group(1)
    if phrase.isascii():  # "19 million", "06 lines"
        return None
    count = _noun_words(phrase)
    noun = " ".join(phrase.split(" ")[:count])
    if not count or noun.isascii():
        return None
    return at + 1 + len(noun)


@lru_cache(maxsize=4096)
def _noun_words(phrase: str) -> int:
    """How many words of ``phrase`` its first noun takes; 0 where it opens with none."""
    root = logging.getLogger()
    handlers = list(root.handlers)
    from underthesea import pos_tag

    root.handlers[:] = handlers  # its import adds one of its own
    tagged = [(str(token), str(tag)) for token, tag in pos_tag(phrase)]
    if not tagged or tagged[0][1] not in _NOUNS:
        return 0
    count = len(tagged[0][0].split())
    if tagged[0][1] == "Nc" and len(tagged) > 1 and tagged[1][1] in _NOUNS:
        count += len(tagged[1][0].split())
    return count
