"""Stored results of the opinion maths on one revision of a round."""
