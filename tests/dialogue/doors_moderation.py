"""Doors of contributions, moderation and statements."""

from tests.house.doors import Door

DOORS: dict[str, Door] = {}
