"""Asking for a place, and confirming the address."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import CLOCK
from majlis.people.actions import correct_person, organisation_named, welcome_person
from majlis.people.models import Person
from majlis.registration import letters
from majlis.registration.actions.own import erase, write_consents
from majlis.registration.answers import Answers
from majlis.registration.models import Registration
from majlis.registration.states import RegistrationState, Verb
from majlis.series.models import Edition
from majlis.series.states import Moment

UNCONFIRMED_LIVES = timedelta(days=30)


def is_open(edition: Edition) -> bool:
    """Whether the public form takes registrations."""
    return (
        edition.registration_open
        and not edition.is_sealed
        and edition.moment(now()) != Moment.AFTER
    )


def require_open(edition: Edition) -> None:
    if not is_open(edition):
        raise RuleBroken(
            _(
                "Registration is closed, so your details were not saved. The organisers can still"
                " add you."
            )
        )


@transaction.atomic
def ask_for_place(
    edition: Edition, *, answers: Answers, consents: Collection[str], language: str
) -> Registration:
    """Keep the answers and mail a link that confirms the address.

    Whoever asks again makes no second row. Until the address is confirmed the newest answers
    count; afterwards nothing changes, and a letter tells its owner how the registration stands:
    the form itself answers the same to everybody.
    """
    require_open(edition)
    person = welcome_person(answers.email, name=answers.name, language=language, by=CLOCK)
    registration, is_new = Registration.objects.select_for_update().get_or_create(
        edition=edition,
        person=person,
        defaults={"constituency": answers.constituency, "country": answers.country},
    )
    if registration.state not in {RegistrationState.ASKED, RegistrationState.WITHDRAWN}:
        letters.already_registered(registration)
        return registration
    if _is_unknown_so_far(person, registration):
        correct_person(person, name=answers.name, language=language, by=person)
        registration.person = Person.objects.get(pk=person.pk)
    _take(registration, answers)
    if is_new:
        ledger.record(Verb.ASKED, registration, by=person)
    write_consents(registration, consents, by=person)
    letters.confirm_address(registration)
    return registration


def _take(registration: Registration, answers: Answers) -> None:
    registration.organisation = organisation_named(
        answers.organisation,
        constituency=answers.constituency,
        country=answers.country,
        by=registration.person,
    )
    registration.constituency = answers.constituency
    registration.country = answers.country
    registration.capacity = answers.capacity
    registration.languages = list(answers.languages)
    registration.save()


def _is_unknown_so_far(person: Person, registration: Registration) -> bool:
    """Whether nobody has proved to own the address yet, so that its newest name counts."""
    return not (
        person.last_login
        or person.roles.exists()
        or person.registrations.exclude(pk=registration.pk)
        .exclude(state=RegistrationState.ASKED)
        .exists()
    )


@transaction.atomic
def confirm_address(registration: Registration) -> Registration:
    """The address is the person's own: the registration now waits for the organiser.

    Confirming twice changes nothing the second time.
    """
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("person", "edition")
        .get(pk=registration.pk)
    )
    if registration.state not in {RegistrationState.ASKED, RegistrationState.WITHDRAWN}:
        return registration
    require_open(registration.edition)
    registration.move_to(RegistrationState.WAITING, at=now())
    registration.save(update_fields=["state", "address_confirmed_at"])
    ledger.record(
        Verb.CONFIRMED_ADDRESS,
        registration,
        by=registration.person,
    )
    return registration


def forget_unconfirmed() -> int:
    """Erase those whose address was never confirmed: anybody may have typed it.

    Due for the tick; how many were forgotten is returned.
    """
    old = Registration.objects.filter(
        state=RegistrationState.ASKED, asked_at__lt=now() - UNCONFIRMED_LIVES
    ).select_related("person", "edition")
    for registration in old:
        erase(registration.person, by=CLOCK, only=registration)
    return len(old)
