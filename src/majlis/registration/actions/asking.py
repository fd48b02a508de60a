"""Asking for a place, and confirming the address."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.fetching import found_in
from majlis.kernel.ledger import CLOCK
from majlis.mail.actions import strike_used
from majlis.people.actions import correct_person, welcome_person
from majlis.people.queries import person_by_email
from majlis.registration import letters, queries
from majlis.registration.actions.deciding import write_answers
from majlis.registration.actions.own import erase, write_consents
from majlis.registration.answers import Answers
from majlis.registration.models import PendingAnswers, Registration
from majlis.registration.states import RegistrationState, Verb
from majlis.series.models import Edition
from majlis.series.states import Moment

UNCONFIRMED_LIVES = timedelta(days=30)
TAKES_ANSWERS = set(RegistrationState) - {RegistrationState.DECLINED}


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
) -> None:
    """Keep the answers and mail a link that confirms the address.

    A form makes a place only where nobody has the address. Somebody else may have typed it: what
    is known already, a place, a name or a permission, stays as it is, and the answers wait aside
    until the owner of the address confirms them. The form answers the same to everybody.
    """
    require_open(edition)
    person = person_by_email(answers.email)
    if person is None:
        person = welcome_person(answers.email, name=answers.name, language=language, by=CLOCK)
        registration, is_new = Registration.objects.get_or_create(
            edition=edition,
            person=person,
            defaults={"constituency": answers.constituency, "country": answers.country},
        )
        if is_new:
            ledger.record(Verb.ASKED, registration, by=person)
            write_answers(registration, answers, by=person)
            write_consents(registration, consents, by=person)
            letters.confirm_address(registration)
            return
    known = Registration.objects.filter(edition=edition, person=person).first()
    if known is not None and known.state == RegistrationState.DECLINED:
        letters.already_registered(known)
        return
    pending = PendingAnswers.objects.create(
        edition=edition,
        language=language,
        consents=list(consents),
        **asdict(answers),
    )
    ledger.record(Verb.ASKED, pending, by=CLOCK)
    letters.confirm_answers(pending, person, known)


@transaction.atomic
def confirm_answers(pending: PendingAnswers) -> Registration:
    """The owner of the address wants these answers to count: they replace what was there.

    The person's name at other editions stays as it is.
    """
    waiting = PendingAnswers.objects.select_for_update(of=("self",)).select_related("edition")
    pending = found_in(waiting.filter(pk=pending.pk))
    edition, answers = pending.edition, pending.answers
    person = person_by_email(pending.email) or welcome_person(
        pending.email, name=pending.name, language=pending.language, by=CLOCK
    )
    registration, _is_new = Registration.objects.get_or_create(
        edition=edition,
        person=person,
        defaults={"constituency": answers.constituency, "country": answers.country},
    )
    if registration.state not in TAKES_ANSWERS:
        raise RuleBroken(
            _("The organisers have declined this registration. Nothing was changed. Write to them.")
        )
    if not queries.is_known_elsewhere(person, edition):
        correct_person(person, name=answers.name, language=pending.language, by=person)
    write_answers(registration, answers, by=person)
    write_consents(registration, pending.consents, by=person)
    ledger.record(Verb.CORRECTED, registration, by=person)
    answered = PendingAnswers.objects.filter(edition=edition, email=pending.email)
    for one in answered:
        _strike_letters(one.code, to=one.email)
    answered.delete()
    return confirm_address(registration)


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
    registration.save(update_fields=["state", "listed_at", "address_confirmed_at"])
    ledger.record(
        Verb.CONFIRMED_ADDRESS,
        registration,
        by=registration.person,
    )
    _strike_letters(registration.code, to=registration.person.email or "")
    return registration


def _strike_letters(code: str, *, to: str) -> None:
    strike_used(f"{code}:", to=to)  # every letter that asked: each has a secret of another moment


def forget_unconfirmed() -> int:
    """Erase those whose address was never confirmed: anybody may have typed it.

    Due for the tick; how many were forgotten is returned.
    """
    old = Registration.objects.filter(
        state=RegistrationState.ASKED, asked_at__lt=now() - UNCONFIRMED_LIVES
    ).select_related("person", "edition")
    for registration in old:
        erase(registration.person, by=CLOCK, only=registration)
    PendingAnswers.objects.filter(asked_at__lt=now() - UNCONFIRMED_LIVES).delete()
    for person in queries.known_to_nobody(before=now() - UNCONFIRMED_LIVES):
        erase(person, by=CLOCK)
    return len(old)
