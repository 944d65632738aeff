"""What damage has made of words, read as what was meant, with the way back to what stands there.

A text comes to :func:`view` as somebody else's machine left it: taken for another character set,
read off a scan, its spaces lost, its words joined by a segmenter. The view that everything is
matched in has the words as they were meant, where that is certain; the caller's text stays as it
is, and records point into it. What is not certain stays, and a warning tells of it.

>>> damaged = view("Giao Sở Y tế báo cáo trướcngày 2O/8⁄2024").view
>>> damaged.text, damaged.raw_span(28, 38)
('Giao Sở Y tế báo cáo trước ngày 20/8/2024', (27, 37))
"""

from vnpolicy.mend.page import Mended, view

__all__ = ["Mended", "view"]
