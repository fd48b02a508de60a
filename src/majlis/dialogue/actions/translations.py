"""Entering translations of statements."""
