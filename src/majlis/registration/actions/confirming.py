"""Making a participant."""

from __future__ import annotations

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.ledger import Doer
from majlis.registration import letters
from majlis.registration.actions.admissions import give_card, give_letter
from majlis.registration.actions.voices import give_voice
from majlis.registration.models import Registration
from majlis.registration.states import RegistrationState, Verb


def confirm_place(registration: Registration, *, by: Doer, verb: Verb) -> Registration:
    """Make a participant: a voice, a card, and an email with the personal link."""
    registration.move_to(RegistrationState.CONFIRMED, at=now())
    registration.reason = registration.reason_language = ""
    registration.save()
    voice = give_voice(registration)
    card = give_card(voice, by=by)
    ledger.record(verb, registration, by=by, admission=card.code)
    if registration.person.email:
        letters.confirmed(registration, give_letter(voice, by=by))
    return registration
