"""Names of WordprocessingML's elements and attributes, and how its values are read.

ISO/IEC 29500-1, 17. A toggle that is present is on, unless its value says otherwise.

>>> from lxml import etree
>>> run = etree.fromstring(f'<w:rPr xmlns:w="{W[1:-1]}"><w:caps/><w:vanish w:val="0"/></w:rPr>')
>>> toggle(run, CAPS), toggle(run, VANISH), toggle(run, w("b"))
(True, False, None)
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from lxml.etree import _Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_OFF = ("0", "false", "off")
_LARGEST = 2**31


def w(tag: str) -> str:
    """The full name of Word's own ``tag``."""
    return W + tag


VAL = w("val")
P, TBL, R_, T, SDT = w("p"), w("tbl"), w("r"), w("t"), w("sdt")
PPR, RPR, NUMPR, RFONTS = w("pPr"), w("rPr"), w("numPr"), w("rFonts")
CAPS, VANISH, DEL, TXBX = w("caps"), w("vanish"), w("del"), w("txbxContent")
ALTERNATE = MC + "AlternateContent"


def text_of(parent: _Element | None, tag: str) -> str | None:
    """``w:val`` of the child ``tag``."""
    child = None if parent is None else parent.find(tag)
    return None if child is None else child.get(VAL)


def number_of(parent: _Element | None, tag: str) -> int | None:
    """``w:val`` of the child ``tag`` as a number; None where it is none."""
    return whole(text_of(parent, tag))


def whole(value: str | None) -> int | None:
    """The whole number that ``value`` writes; None where it writes none that Word would keep."""
    try:
        number = int(value or "")
    except ValueError:
        return None
    return number if -_LARGEST <= number < _LARGEST else None


def toggle(properties: _Element | None, tag: str) -> bool | None:
    """Whether the toggle ``tag`` is on; None where nothing is said."""
    child = None if properties is None else properties.find(tag)
    return None if child is None else child.get(VAL, "1").lower() not in _OFF


def branches(alternate: _Element) -> Iterator[_Element]:
    """The branches of ``mc:AlternateContent``: they say the same, so one of them is read."""
    yield from alternate.iterchildren(MC + "Choice", MC + "Fallback")


def chosen(alternate: _Element) -> _Element | None:
    """The first branch that holds text, else none."""
    for branch in branches(alternate):
        if next(branch.iter(T, w("sym"), w("tab"), w("br")), None) is not None:
            return branch
    return None
