"""The head of a clause that no lexicon knows: is its first word a verb?

Asked only of clauses that somebody is bound to do something by (an item of a list with a lead)
and whose first word is in no list of verbs, so underthesea's tagger is loaded for few documents
and asked for few words: the answer is kept by the clause's first eight syllables.
"""

from __future__ import annotations

import logging
from functools import cache, lru_cache
from typing import Any

_WORDS = 8


def is_verb(text: str) -> bool:
    """Whether the text's first word is a verb by its tagger, in its own few words.

    >>> is_verb("thổi bùng tinh thần khởi nghiệp"), is_verb("người dân và doanh nghiệp")
    (True, False)
    """
    words = text.split()
    if not words or not words[0][0].isalpha():
        return False
    return _is_verb(" ".join(words[:_WORDS]))


@lru_cache(maxsize=4096)
def _is_verb(text: str) -> bool:
    tagged = _tagger()(text[:1].lower() + text[1:])
    return bool(tagged) and tagged[0][1] == "V"


@cache
def _tagger() -> Any:
    root = logging.getLogger()
    handlers = list(root.handlers)
    from underthesea import pos_tag

    root.handlers[:] = handlers  # importing it adds a handler to the root logger
    return pos_tag
