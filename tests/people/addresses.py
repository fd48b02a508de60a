"""Addresses of people."""

from tests.house.addresses import Address

ADDRESSES = {
    "people:sign-in": Address("public", lambda world: {}),
    "people:sign-in-sent": Address("public", lambda world: {}),
    "people:sign-in-link": Address("key", lambda world: {"token": "x" * 32}),
    "people:sign-out": Address("public", lambda world: {}, "post"),
}
