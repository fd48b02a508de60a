"""Contributions, as lists and states."""
