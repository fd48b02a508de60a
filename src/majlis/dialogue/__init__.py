"""Contributions, statements, rounds and votes."""
