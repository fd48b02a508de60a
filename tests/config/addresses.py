"""The server's own addresses."""

from tests.house.addresses import Address

ADDRESSES = {
    "healthz": Address("public", lambda world: {}),
    "config:reach": Address("public", lambda world: {}),
    "live": Address("key", lambda world: {"edition": "any"}),  # a number for everybody: test_asgi
}
