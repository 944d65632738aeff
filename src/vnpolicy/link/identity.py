"""The names under which an instrument is known to other systems: identity and URN.

**Identity** is ``<type>/<number slug>``, with ``@<date or year>`` where the number has no year,
or ``<type>/<name slug>``.

**URN**: ``urn:lex:vn:<authority>:<type>:<date or year>;<number>[~<provision>]``. RFC 9676 gives
the frame; there is no Vietnamese registrar, so the strings are this project's own construction.
One is built where issuer, type and number are known and the number or the date tells the year.
"""

from __future__ import annotations

from collections.abc import Sequence

from vnpolicy.extractors.reference import ReferenceMention
from vnpolicy.lexicon.instrument import identity as identity_of
from vnpolicy.lexicon.instrument import slug


def identity(mention: ReferenceMention) -> str:
    """The stable identity of what the mention itself says; a bare type for an anaphor.

    >>> identity(ReferenceMention(0, 1, "nghi-dinh", "x", number="42/2022/NĐ-CP", year=2022))
    'nghi-dinh/42-2022-nd-cp'
    """
    return identity_of(
        mention.type,
        number=mention.number,
        name=mention.name,
        issued_on=mention.issued_on,
        year=mention.year,
    )


def urn(mention: ReferenceMention) -> str | None:
    """This project's URN for the mention, or None where issuer, number or year is not known.

    >>> import datetime
    >>> urn(ReferenceMention(0, 1, "nghi-dinh", "x", number="30/2020/NĐ-CP", year=2020,
    ...     issued_on=datetime.date(2020, 3, 5), issuer="chinh-phu",
    ...     provision=(("khoan", "2"), ("dieu", "8"))))
    'urn:lex:vn:chinh.phu:nghi.dinh:2020-03-05;30-2020-nd-cp~dieu8;khoan2'
    """
    when = mention.issued_on or mention.year
    if not (mention.number and mention.issuer and when) or mention.status == "draft":
        return None
    if not any(map(str.isalpha, mention.number)):
        return None  # a sequence alone names nothing
    number = identity_of(mention.type, number=mention.number).split("/")[1]
    work = f"{mention.issuer.replace('-', '.')}:{mention.type.replace('-', '.')}:{when};{number}"
    return f"urn:lex:vn:{work}{_partition(mention.provision)}"


def _partition(steps: Sequence[tuple[str, str]]) -> str:
    """``~dieu8;khoan2`` for one provision; nothing for a list of them."""
    units = [unit for unit, _ in steps]
    if not steps or len(set(units)) < len(units):
        return ""
    parts = [f"{unit.replace('-', '.')}{slug(_plain(label))}" for unit, label in reversed(steps)]
    return f"~{';'.join(parts)}"


def _plain(label: str) -> str:
    """Point đ is ``dd``, so that it is told from point d."""
    return label.replace("đ", "dd")
