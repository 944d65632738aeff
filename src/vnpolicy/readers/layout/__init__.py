"""Pages of lines and rules to one text: furniture off, notes to the end, tables, paragraphs.

``compose`` is the whole way from what stands where on a page to the text that is read: what runs
on every page goes, footnotes move to the end, ruled tables become rows of cells between bars,
columns are read one after another, and lines become paragraphs, over page breaks too.
"""

from __future__ import annotations

from vnpolicy.readers.layout.compose import Composed, compose
from vnpolicy.readers.layout.line import Line, Rule, Sheet, Word

__all__ = ["Composed", "Line", "Rule", "Sheet", "Word", "compose"]
