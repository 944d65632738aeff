"""Vietnamese conclusion notices and directives as typed records."""
