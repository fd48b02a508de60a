"""Who may come in at the welcome desk."""

from __future__ import annotations

from tests.house.addresses import Address
from tests.registration.addresses import ben

ADDRESSES = {
    "welcome:arrivals": Address("organiser"),
    "welcome:list": Address("organiser"),
    "welcome:door": Address("organiser"),
    "welcome:badges": Address("organiser"),
    "welcome:badges-file": Address("organiser"),
    "welcome:arrival": Address("organiser", ben),
    "welcome:mark": Address("organiser", lambda w: ben(w) | {"verb": "arrived"}, "post"),
}
