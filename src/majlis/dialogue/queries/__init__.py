"""Questions about the dialogue, each with a name."""
