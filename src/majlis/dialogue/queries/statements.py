"""Statements of an edition."""
