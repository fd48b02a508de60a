"""Doors of the server's own addresses."""

from tests.house.doors import Door

DOORS = {
    "healthz": Door("public", lambda world: {}),
    "config:reach": Door("public", lambda world: {}),
    "live": Door("key", lambda world: {"edition": "any"}),  # a number for everybody: test_asgi
}
