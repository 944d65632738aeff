"""Vietnamese text in any encoding to Unicode.

Archives before some 2005 are written in encodings that their fonts carry (TCVN3, VNI, VISCII,
VPS), mail of that time in VIQR, Windows files in Windows-1258; and what was read wrongly once
stays on as "ChÝnh phñ" or "ChÃ­nh phá»§" in Unicode files of today. Four questions are answered:

``decode``   bytes of unknown encoding: which text?
``of_font``  a font's name: which encoding?
``join``     runs of characters with their fonts: which text?
``repair``   a text that was read wrongly somewhere on its way: which text was meant?

Each answers only where the reading is certain: where nearly every word becomes a Vietnamese
syllable and no other reading comes near. What is not certain stays as it is, or is refused.
"""

from vnpolicy.charset.decoding import decode
from vnpolicy.charset.font import Font, of_font
from vnpolicy.charset.repair import repair
from vnpolicy.charset.run import join
from vnpolicy.charset.syllable import is_syllable, quality

__all__ = ["Font", "decode", "is_syllable", "join", "of_font", "quality", "repair"]
