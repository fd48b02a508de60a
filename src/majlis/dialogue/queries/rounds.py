"""Rounds and their statements."""
