"""Rounds on the desk."""
