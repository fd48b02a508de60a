"""Fetching is authorising: things of the dialogue by who asks."""
