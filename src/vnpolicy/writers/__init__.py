"""Records to files; one file a target."""
