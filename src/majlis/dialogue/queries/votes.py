"""Votes of a round."""
