"""Naming somebody who comes in one's stead: the place passes on once they have said yes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.registration import letters, queries
from majlis.registration.actions.confirming import confirm_place
from majlis.registration.actions.own import write_consents
from majlis.registration.actions.places import require_ahead
from majlis.registration.models import Guest, Registration
from majlis.registration.queries.guests import open_substitute
from majlis.registration.states import GuestAnswer, RegistrationState, Verb

GONE = (RegistrationState.DECLINED, RegistrationState.WITHDRAWN)


@transaction.atomic
def name_substitute(
    registration: Registration, *, email: str, facts: Mapping[str, Any], by: Doer
) -> None:
    """Invite somebody to take over a confirmed place; whoever was named before is not invited.

    The place stays with its holder until the other says yes, so nothing is lost by silence.
    A participant is not told who is registered already: those get an email that says so.
    """
    registration = _locked(registration)
    edition = registration.edition
    require_ahead(edition)
    if not registration.is_confirmed:
        raise RuleBroken(_("Only a confirmed place can pass on to somebody else."))
    there = queries.place_of(email, edition)
    if there is not None and there.state not in GONE:
        if by.doer != registration.person.doer:
            raise RuleBroken(_("Somebody with this address has registered already."))
        if there != registration:
            letters.already_registered(there)
        return
    earlier = Guest.objects.filter(instead_of=registration, answer=GuestAnswer.NONE)
    earlier.exclude(email=email).delete()
    guest, _is_new = Guest.objects.select_for_update(of=("self",)).get_or_create(
        edition=edition, email=email, defaults=dict(facts)
    )
    guest.say(GuestAnswer.NONE, at=now())
    guest.instead_of, guest.wanted_at, guest.answered_at = registration, now(), None
    guest.save()
    ledger.record(Verb.NAMED_SUBSTITUTE, registration, by=by, guest=guest.code)


@transaction.atomic
def drop_substitute(registration: Registration, *, by: Doer) -> None:
    """Invite nobody in somebody's stead any more; the link of that invitation stops working."""
    registration = _locked(registration)
    guest = open_substitute(registration)
    if guest is not None:
        guest.delete()
        ledger.record(Verb.DROPPED_SUBSTITUTE, registration, by=by, guest=guest.code)


def take_over(place: Registration, *, by: Doer, after: Registration) -> Registration:
    """Confirm the place of a substitute, and end the one before it, within the caller's lock.

    No quota is asked: one goes where one comes. Devices, link and permissions of the former holder
    end; what their voice said and voted stays as it is.
    """
    after.move_to(RegistrationState.WITHDRAWN, at=now())
    after.arrived_at = None
    after.save(update_fields=["state", "listed_at", "arrived_at"])
    write_consents(after, [], by=by)
    Guest.objects.filter(registration=after).update(
        answer=GuestAnswer.NO, answered_at=now(), wanted_at=None
    )
    ledger.record(Verb.PASSED_ON, after, by=by, to=place.code)
    letters.passed_on(after, to=place.full_name)
    return confirm_place(place, by=by, verb=Verb.TOOK_OVER)


def _locked(registration: Registration) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",))
    return rows.select_related("person", "edition").get(pk=registration.pk)
