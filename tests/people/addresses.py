"""Addresses of people."""

from datetime import timedelta

from majlis.kernel.clock import now
from tests.house.addresses import Address


def somewhere(world) -> dict[str, object]:
    """A browser of Ada's."""
    world.ada.sign_ins.create(
        session_key="a" * 64, session_data="", expire_date=now() + timedelta(hours=1)
    )
    return {"code": "a" * 16}


ADDRESSES = {
    "people:sign-in": Address("public", lambda world: {}),
    "people:sign-in-sent": Address("public", lambda world: {}),
    "people:sign-in-link": Address("key", lambda world: {"token": "x" * 32}),
    "people:sign-out": Address("public", lambda world: {}, "post"),
    "people:signed-in": Address("signed-in", lambda world: {}),
    "people:sign-out-elsewhere": Address("signed-in", lambda world: {}, "post"),
    "people:sign-out-there": Address("owner", somewhere, "post"),
}
