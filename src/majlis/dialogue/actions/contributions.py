"""Offering, withdrawing and capturing contributions."""
