"""One page for each mode that needs nothing else: no script, no font, no address."""
