"""Doors of rounds and votes."""

from tests.house.doors import Door

DOORS: dict[str, Door] = {}
