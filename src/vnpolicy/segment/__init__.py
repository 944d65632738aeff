"""Cutting a canonical text into blocks."""

from vnpolicy.segment.cut import cut

__all__ = ["cut"]
