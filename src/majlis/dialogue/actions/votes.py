"""Casting votes."""
