"""Numbers in digits: a dot parts thousands and a comma decimals, with the misprints of offices.

Office texts write 1.390.531.489 and 12,9 (TCVN 6398, NĐ 30/2020/NĐ-CP texts throughout); tables
and pasted figures also have 33.8, 1,219.11 and zero-padded counts (05). One dot or comma before
exactly three digits is read the Vietnamese way: 1.500 is fifteen hundred, 441,857 a decimal.

>>> read_digits("1.390.531.489"), read_digits("12,9"), read_digits("33.8"), read_digits("05")
(Decimal('1390531489'), Decimal('12.9'), Decimal('33.8'), Decimal('5'))
>>> read_digits("1,219.11"), read_digits("66.7.2") is None
(Decimal('1219.11'), True)
"""

from __future__ import annotations

from decimal import Decimal

LONGEST = 28  # digits and marks of the longest number read; more is a code


def read_digits(text: str) -> Decimal | None:
    """The value of a run of digits, dots and commas, or None where it is no number."""
    if len(text) > LONGEST:
        return None
    if text.isdigit():
        return Decimal(int(text))
    last = max(text.rfind("."), text.rfind(","))
    mark = text[last]
    other = "," if mark == "." else "."
    whole, tail = text[:last], text[last + 1 :]
    if mark in whole:
        return _grouped(text, mark) if other not in text else None
    if other in whole:
        head = _grouped(whole, other)
        return None if head is None else Decimal(f"{head}.{tail}")
    if mark == "." and len(tail) == 3 and _opens_group(whole):
        return Decimal(whole + tail)
    return Decimal(f"{whole}.{tail}")


def _grouped(text: str, mark: str) -> Decimal | None:
    """Digits in groups of three: 1.390.531."""
    first, *rest = text.split(mark)
    if not _opens_group(first) or any(len(group) != 3 for group in rest):
        return None
    return Decimal(first + "".join(rest))


def _opens_group(first: str) -> bool:
    return len(first) <= 3 and not first.startswith("0")
