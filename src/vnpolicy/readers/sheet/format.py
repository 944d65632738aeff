"""What a cell shows: its value in the number format that it has (ISO/IEC 29500-1, 18.8.30).

As Vietnamese readers see it: a day is 05/03/2026, the decimal mark a comma, thousands parted by
points where the format parts them.

>>> show(46086, "dd/mm/yyyy"), show(46086, "mm/yyyy"), show(46086.5, "d/m/yy h:mm")
('05/03/2026', '03/2026', '05/03/2026 12:00')
>>> show(1234.5, "General"), show(1234567.0, "#,##0"), show(0.125, "0.0%"), show(7, '00"/TB"')
('1234,5', '1.234.567', '12,5%', '07/TB')

Days are counted from 1900, or from 1904 in files that come from old Macintoshes. Fractions and
powers are shown as plain numbers.
"""

from __future__ import annotations

import datetime
import re
from decimal import ROUND_HALF_UP, Decimal

BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%",
    14: "dd/mm/yyyy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "d/m/yy h:mm", 37: "#,##0",
    38: "#,##0", 39: "#,##0.00", 40: "#,##0.00", 45: "mm:ss", 46: "h:mm:ss", 47: "mm:ss",
}  # fmt: skip
_EPOCH, _EPOCH_1904 = datetime.datetime(1899, 12, 30), datetime.datetime(1904, 1, 1)
_LAST = 2_958_466  # the day after 31/12/9999
_ASIDE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]')
_DATE = re.compile(r"(?i)[dy]|m(?!.*[#0])|h|(?<![.0#])s")
_DIGITS = re.compile(r"[#0?](?:[#0?,]*[#0?])?(?:\.[#0?]+)?(?:[eE][+-]0+)?,*")
_MARKS = str.maketrans(",.", ".,")
_MOST = 15  # digits that Excel keeps


def show(value: float, code: str, *, from_1904: bool = False) -> str:
    """``value`` as a cell of the format ``code`` shows it."""
    bare = _ASIDE.sub("", code.split(";")[0])
    if code.lower() != "general" and _DATE.search(bare) and 0 <= value < _LAST:
        return _time(value, bare.lower(), _EPOCH_1904 if from_1904 else _EPOCH)
    return _number(value, code)


def _time(value: float, code: str, epoch: datetime.datetime) -> str:
    # Rounded to the second: a quarter of a day is seldom exact in binary.
    when = epoch + datetime.timedelta(seconds=round(value * 86_400))
    clock = f"{when:%H:%M}"
    if "d" in code and ("m" in code or "y" in code):
        return f"{when:%d/%m}/{when.year:04d}" + (f" {clock}" if "h" in code else "")
    if "y" in code:
        return f"{when:%m}/{when.year:04d}" if "m" in code else f"{when.year:04d}"
    if "h" in code or "s" in code:
        return clock
    return f"{when:%d/%m}/{when.year:04d}"


def _number(value: float, code: str) -> str:
    sections = code.split(";")
    own = value < 0 and len(sections) > 1 and bool(_DIGITS.search(_ASIDE.sub("", sections[1])))
    section = sections[1] if own else sections[0]
    before, pattern, after = _parts(section)
    if pattern is None:
        return plain(value)
    number = Decimal(repr(abs(value))) * (100 if "%" in before + after else 1)
    sign = "-" if value < 0 and not own else ""
    return f"{before}{sign}{_digits(number, pattern)}{after}".strip()


def _parts(section: str) -> tuple[str, str | None, str]:
    """What stands before the digits, their pattern, and what stands after them."""
    bare = _LITERAL.sub(lambda found: "\0" * len(found[0]), section)
    digits = _DIGITS.search(bare)
    if digits is None or "e" in digits[0].lower() or "/" in bare:
        return "", None, ""
    before, after = section[: digits.start()], section[digits.end() :]
    return _literal(before), digits[0], _literal(after)


def _literal(part: str) -> str:
    return _LITERAL.sub(lambda found: found[1] or found[2] or found[3] or "", part)


def _digits(number: Decimal, pattern: str) -> str:
    scaled = pattern.rstrip(",")
    number = number.scaleb(-3 * (len(pattern) - len(scaled)))
    whole, _, rest = scaled.partition(".")
    written = f"{number.quantize(Decimal(1).scaleb(-len(rest)), ROUND_HALF_UP):,f}"
    units, _, decimals = written.partition(".")
    while decimals and rest[len(decimals) - 1] == "#" and decimals.endswith("0"):
        decimals = decimals[:-1]
    if "," not in whole:
        units = units.replace(",", "").zfill(whole.count("0"))
    return (f"{units}.{decimals}" if decimals else units).translate(_MARKS)


def plain(value: float) -> str:
    """A number without a format: a whole one in digits, another with a decimal comma."""
    number = round(Decimal(repr(value)), _MOST - max(Decimal(repr(value)).adjusted() + 1, 0))
    written = f"{number:f}"
    return (written.rstrip("0").rstrip(".") if "." in written else written).translate(_MARKS)
