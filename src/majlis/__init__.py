"""Majlis: a policy dialogue from its public page to recommendations followed up for years."""

__version__ = "0.1.0"
