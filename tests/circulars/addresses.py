"""Who may come in at the addresses of emails."""

from __future__ import annotations

from majlis.circulars.access import stop_token
from tests.factories.circulars import CircularFactory
from tests.factories.mail import MessageFactory
from tests.house.addresses import Address


def _message(world):
    made = MessageFactory(edition=world.edition.slug)
    return {"edition": world.edition.slug, "code": made.code}


def _refused(world):
    made = MessageFactory(edition=world.edition.slug, state="refused")
    return {"edition": world.edition.slug, "code": made.code}


def _circular(world):
    made = CircularFactory(edition=world.edition)
    return {"edition": world.edition.slug, "code": made.code}


def _in_language(world):
    return _circular(world) | {"language": "en"}


def _letter(world):
    return {"edition": world.edition.slug, "letter": "confirmed", "language": "en"}


def _stop(world):
    token = stop_token(world.ben.registration.code)
    return {"edition": world.edition.slug, "token": token}


ADDRESSES = {
    "circulars:messages": Address("organiser"),
    "circulars:send-kept": Address("organiser", method="post"),
    "circulars:message": Address("organiser", _message),
    "circulars:message-html": Address("organiser", _message),
    "circulars:again": Address("organiser", _refused, "post"),
    "circulars:server": Address("organiser"),
    "circulars:server-test": Address("organiser of all", method="post"),
    "circulars:server-remove": Address("organiser of all", method="post"),
    "circulars:wordings": Address("organiser"),
    "circulars:wording": Address("organiser", _letter),
    "circulars:wording-preview": Address("organiser", _letter),
    "circulars:wording-remove": Address("organiser", _letter, "post"),
    "circulars:circulars": Address("organiser"),
    "circulars:new": Address("organiser"),
    "circulars:circular": Address("organiser", _circular),
    "circulars:change": Address("organiser", _circular),
    "circulars:remove": Address("organiser", _circular, "post"),
    "circulars:begin": Address("organiser", _circular, "post"),
    "circulars:stop": Address("organiser", _circular, "post"),
    "circulars:preview": Address("organiser", _in_language),
    "circulars:try": Address("organiser", _in_language, "post"),
    "circulars:stop-emails": Address("key", _stop),
}
