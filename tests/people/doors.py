"""Doors of the people room."""

from tests.house.doors import Door

DOORS = {
    "people:sign-in": Door("public", lambda world: {}),
    "people:sign-in-sent": Door("public", lambda world: {}),
    "people:sign-in-link": Door("key", lambda world: {"token": "x" * 32}),
    "people:sign-out": Door("public", lambda world: {}, "post"),
}
