"""What is done to persons and their ways in. Only actions write."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.ledger import Doer
from majlis.people.models import Person, SignInLink

LINK_LIVES = timedelta(hours=24)


def digest_of(token: str) -> str:
    """What is kept of a link's secret."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_sign_in_link(person: Person, *, by: Doer, next_path: str = "") -> str:
    """Make a way in that works once within a day, and return its secret, which is kept nowhere."""
    token = secrets.token_urlsafe(24)
    at = now()
    SignInLink.objects.create(
        person=person,
        token_digest=digest_of(token),
        made_at=at,
        expires_at=at + LINK_LIVES,
        next_path=next_path,
    )
    ledger.record("made sign-in link", person, by=by)
    return token


@transaction.atomic
def welcome_person(email: str, *, name: str, by: Doer) -> Person:
    """Return the person with this address, made if there is none."""
    person, is_new = Person.objects.get_or_create(email=email.lower(), defaults={"name": name})
    if is_new:
        ledger.record("welcomed", person, by=by)
    return person
