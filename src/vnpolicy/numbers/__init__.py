"""Numbers and quantities in Vietnamese text: digits and words, scales, units, comparators.

How officials write them: a decimal comma and thousands dots (12,9; 1.390.531.489), scale words
(nghìn, triệu, tỷ, nghìn tỷ), zero-padded counts (05), number words for small counts (hai nội
dung), ranges (8,3 - 8,5%; từ 3 đến 6 tháng), ratios (80/83 bộ, tỉnh), multiples (gấp 3 lần),
bounds (ít nhất, không quá, trên, gần, khoảng trên, ≥, từ 80% trở lên), and the misprints of
tables and scans (33.8%; 80, 68%; 1.700km; 18.000 m 3). Sources: NĐ 30/2020/NĐ-CP texts, TCVN
6398 (SI, UCUM codes), ISO 4217, observed forms.

Not read: dates, times and years, instrument numbers and list labels, phone numbers and codes,
names with a number in them (Quốc lộ 14, bão số 13, 5G, 220 kV), and vague counts (hàng trăm,
vài chục, một số).

>>> [(n.text, str(n.value), n.unit, n.comparator) for n in parse("Thu hơn 12,9 nghìn tỷ đồng")]
[('hơn 12,9 nghìn tỷ đồng', '12900000000000', 'VND', 'gt')]
>>> [(str(n.value), str(n.of), n.unit) for n in parse("đã có 80/83 bộ, tỉnh ban hành")]
[('80', '83', 'bộ, tỉnh')]
>>> parse("Nghị định số 15/2031/NĐ-CP ngày 9/3/2031, Quốc lộ 14")
[]
"""

from __future__ import annotations

from typing import cast

from vnpolicy.models.number_expression import NumberExpression
from vnpolicy.models.quantity import Comparator
from vnpolicy.models.record import Span
from vnpolicy.numbers.expression import scan
from vnpolicy.numbers.mention import NumberMention
from vnpolicy.text import canonical, fold

__all__ = ["NumberMention", "parse", "scan"]


def parse(text: str) -> list[NumberExpression]:
    """Every number and quantity of ``text``, in order, with offsets into ``text`` as given."""
    view = canonical(text)
    flat = view.text
    found = []
    for mention in scan(fold(flat), flat):
        start, end = view.raw_span(mention.start, mention.end)
        found.append(
            NumberExpression(
                span=Span(start, end),
                text=text[start:end],
                value=mention.value,
                value_max=mention.value_max,
                of=mention.of,
                unit=mention.unit,
                comparator=cast(Comparator, mention.comparator),
            )
        )
    return found
