"""What it means: who, by when, how much, on what basis."""
