"""Preparing, opening and closing rounds."""
