"""Contributions by who asks."""
