"""Doors of the server's own addresses."""

from tests.house.doors import Door

DOORS = {
    "healthz": Door("public", lambda world: {}),
    "config:reach": Door("public", lambda world: {}),
}
