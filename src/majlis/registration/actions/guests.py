"""Inviting guests, and what they answer."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.fetching import found_in
from majlis.kernel.ledger import Doer
from majlis.people.actions import correct_person, welcome_person
from majlis.registration import letters, queries
from majlis.registration.actions.deciding import write_answers
from majlis.registration.actions.own import withdraw, write_consents
from majlis.registration.actions.places import confirm_or_list, hold_places, require_ahead
from majlis.registration.actions.substitutes import take_over
from majlis.registration.answers import Answers
from majlis.registration.models import Guest, Registration
from majlis.registration.states import GuestAnswer, RegistrationState, Verb
from majlis.series.models import Edition

AT_ONCE = 50  # emails that one pass of the tick writes


@transaction.atomic
def put_guest(
    edition: Edition, *, email: str, facts: Mapping[str, Any], by: Doer
) -> tuple[Guest, dict[str, Any] | None]:
    """Add a guest, or change the one with this address; return what was known before, if any was.

    An empty fact changes nothing. Who has answered stays as they are.
    """
    guest = Guest.objects.select_for_update().filter(edition=edition, email=email).first()
    if guest is None:
        guest = Guest.objects.create(edition=edition, email=email, **facts)
        ledger.record(Verb.ADDED_GUEST, guest, by=by)
        return guest, None
    if guest.answer:
        raise RuleBroken(_("This guest has answered already. Nothing was changed."))
    before = guest.facts()
    for name, fact in facts.items():
        setattr(guest, name, fact or getattr(guest, name))
    if guest.facts() != before:
        guest.save()
        ledger.record(Verb.CHANGED_GUEST, guest, by=by)
    return guest, before


@transaction.atomic
def add_guest(edition: Edition, *, email: str, facts: Mapping[str, Any], by: Doer) -> Guest:
    """Add one guest by hand, who is neither invited nor registered yet."""
    require_ahead(edition)
    if Guest.objects.filter(edition=edition, email=email).exists():
        raise RuleBroken(_("A guest with this address is already on the list."))
    place = queries.place_of(email, edition)
    if place is not None and place.state not in {
        RegistrationState.DECLINED,
        RegistrationState.WITHDRAWN,
    }:
        raise RuleBroken(_("Somebody with this address has registered already."))
    return put_guest(edition, email=email, facts=facts, by=by)[0]


@transaction.atomic
def remove_guest(guest: Guest, *, by: Doer) -> None:
    """Take a guest off the list; the link of the invitation works no more. A registration stays."""
    ledger.record(Verb.REMOVED_GUEST, guest, by=by)
    guest.delete()


@transaction.atomic
def want_invitations(edition: Edition, chosen: QuerySet[Guest], *, by: Doer) -> int:
    """Have an invitation written to each of the guests who have not answered; return how many.

    The tick writes them (`write_wanted`). Whoever has one gets a reminder.
    """
    require_ahead(edition)
    waiting = chosen.filter(edition=edition, answer=GuestAnswer.NONE, wanted_at=None)
    n = waiting.update(wanted_at=now())
    if n:
        ledger.record(Verb.INVITED_GUESTS, edition, by=by, n=n)
    return n


def write_wanted() -> int:
    """Write invitations that are wanted, some at a time; for the tick. Return how many."""
    wanted = Guest.objects.filter(wanted_at__isnull=False).order_by("wanted_at", "pk")
    return sum(_write(pk) for pk in wanted.values_list("pk", flat=True)[:AT_ONCE])


@transaction.atomic
def _write(pk: int) -> bool:
    guests = Guest.objects.select_for_update(of=("self",), skip_locked=True)
    guest = (
        guests.select_related("edition", "instead_of__person")
        .filter(pk=pk, wanted_at__isnull=False)
        .first()
    )
    if guest is None:
        return False
    letters.guest_invited(guest, is_reminder=guest.sent_at is not None)
    guest.wanted_at, guest.sent_at, guest.n_sent = None, now(), guest.n_sent + 1
    guest.save(update_fields=["wanted_at", "sent_at", "n_sent"])
    return True


@transaction.atomic
def accept_seat(
    guest: Guest, *, answers: Answers, consents: Collection[str], language: str
) -> Registration:
    """The guest comes: the organisers invited them, and the link shows that the address is theirs,
    so the place is confirmed, or stands on the waiting list where all are taken."""
    guest = _held(guest)
    edition = guest.edition
    hold_places(edition)
    require_ahead(edition)
    person = welcome_person(guest.email, name=answers.name, language=language, by=ledger.CLOCK)
    registration, _is_new = Registration.objects.get_or_create(
        edition=edition,
        person=person,
        defaults={"constituency": answers.constituency, "country": answers.country},
    )
    registration = Registration.objects.select_for_update(of=("self",)).get(pk=registration.pk)
    if registration.state == RegistrationState.DECLINED:
        raise RuleBroken(
            _("The organisers have declined this registration. Nothing was changed. Write to them.")
        )
    if not queries.is_known_elsewhere(person, edition):
        correct_person(person, name=answers.name, language=language, by=person)
    write_answers(registration, answers, by=person)
    write_consents(registration, consents, by=person)
    if registration.state in {RegistrationState.ASKED, RegistrationState.WITHDRAWN}:
        registration.move_to(RegistrationState.WAITING, at=now())
    registration.address_confirmed_at = now()
    registration.save()
    if not registration.is_confirmed:
        before = _place_before(guest)
        if before is not None:
            registration = take_over(registration, by=person, after=before)
        else:
            registration = confirm_or_list(registration, by=person, verb=Verb.ACCEPTED_SEAT)
    guest.registration = registration
    guest.say(GuestAnswer.YES, at=now())
    guest.save()
    return registration


def _place_before(guest: Guest) -> Registration | None:
    """The confirmed place that a substitute takes over, locked; None where there is none."""
    rows = Registration.objects.select_for_update(of=("self",)).select_related("person", "edition")
    if guest.instead_of_id is None:
        return None
    return rows.filter(pk=guest.instead_of_id, state=RegistrationState.CONFIRMED).first()


@transaction.atomic
def refuse_seat(guest: Guest, *, note: str, forget: bool = False) -> None:
    """The guest does not come; a place that was accepted before is given back. With `forget`,
    name and address go from the list."""
    guest = _held(guest)
    doer = guest.registration.person if guest.registration else ledger.CLOCK
    place = guest.registration
    if place is not None and RegistrationState.WITHDRAWN in place.moves:
        withdraw(place, by=doer)
    ledger.record(Verb.REFUSED_SEAT, guest, by=doer)
    if forget:
        guest.delete()
        return
    guest.say(GuestAnswer.NO, note=note, at=now())
    guest.save()


def _held(guest: Guest) -> Guest:
    """The guest, locked; gone where somebody took them off the list meanwhile."""
    rows = Guest.objects.select_for_update(of=("self",)).select_related(
        "edition", "registration__person"
    )
    return found_in(rows.filter(pk=guest.pk))
