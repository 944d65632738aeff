"""The lexicon: knowledge as data, with its sources."""
