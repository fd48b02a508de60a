"""Room mode: what the votes of 15 to 150 people carry, and when to stay silent."""
