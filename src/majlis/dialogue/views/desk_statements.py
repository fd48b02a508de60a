"""Statements on the desk."""
