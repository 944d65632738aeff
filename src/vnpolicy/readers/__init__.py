"""Bytes of a known format to text; one file a format."""
