"""Rounds and ballots by who asks."""
