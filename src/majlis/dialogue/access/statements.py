"""Statements and lineage steps by who asks."""
