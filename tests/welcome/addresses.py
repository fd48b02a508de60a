"""Who may come in at the welcome desk."""

from __future__ import annotations

from tests.house.addresses import Address
from tests.registration.addresses import ben

ADDRESSES = {
    "welcome:arrivals": Address("welcome desk"),
    "welcome:list": Address("welcome desk"),
    "welcome:door": Address("welcome desk"),
    "welcome:badges": Address("welcome desk"),
    "welcome:badges-file": Address("welcome desk"),
    "welcome:arrival": Address("welcome desk", ben),
    "welcome:mark": Address("welcome desk", lambda w: ben(w) | {"verb": "arrived"}, "post"),
}
