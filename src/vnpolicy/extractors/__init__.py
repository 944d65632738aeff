"""What was said: one file a kind of mention."""
