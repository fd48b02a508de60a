"""What the organiser does at the desk."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.ledger import Doer
from majlis.kernel.words import language_now
from majlis.mail.addresses import normal_address
from majlis.people.actions import (
    add_person,
    correct_person,
    erase_person,
    organisation_named,
    welcome_person,
)
from majlis.people.models import Organisation, Person
from majlis.registration import held, letters, queries
from majlis.registration.actions.admissions import require_unsealed
from majlis.registration.actions.confirming import confirm_place
from majlis.registration.actions.documents import drop_answers, drop_unasked
from majlis.registration.actions.own import write_consents
from majlis.registration.actions.places import confirm_or_list, hold_places
from majlis.registration.answers import Answers
from majlis.registration.models import Admission, FormAnswer, Registration, Voice
from majlis.registration.states import AdmissionKind, RegistrationState, Verb
from majlis.series.models import Edition
from majlis.series.queries import questions_of


def _locked(registration: Registration) -> Registration:
    return (
        Registration.objects.select_for_update(of=("self",))
        .select_related("person", "edition", "organisation")
        .get(pk=registration.pk)
    )


@transaction.atomic
def approve(registration: Registration, *, by: Doer) -> Registration:
    """Confirm the place: the person gets a voice, and a letter with its personal link.

    Where all places are taken, the person goes on the waiting list.
    """
    hold_places(registration.edition)  # before the row, as the waiting list does
    registration = _locked(registration)
    if registration.state == RegistrationState.ASKED:
        raise RuleBroken(
            _(
                "The email address has not been confirmed yet, so we do not know whose it is. "
                "Wait for the confirmation, or approve the person when you meet them at the "
                "welcome desk."
            )
        )
    return confirm_or_list(registration, by=by, verb=Verb.APPROVED)


@transaction.atomic
def vouch_for(registration: Registration, *, by: Doer) -> Registration:
    """Confirm somebody seen at the desk whose address was never confirmed."""
    registration = _locked(registration)
    registration.is_walk_in = True
    write_consents(registration, [], by=by)  # anybody may have ticked them
    return confirm_place(registration, by=by, verb=Verb.VOUCHED)


@transaction.atomic
def approve_many(edition: Edition, *, codes: Collection[str], by: Doer) -> int:
    """Confirm those of the named registrations that wait, and return how many have a place."""
    waiting = Registration.objects.filter(
        edition=edition, code__in=codes, state=RegistrationState.WAITING
    ).order_by("asked_at", "pk")
    return sum(approve(registration, by=by).is_confirmed for registration in waiting)


@transaction.atomic
def decline(registration: Registration, *, reason: str, by: Doer) -> Registration:
    """Refuse the place, with a reason that the person reads; a link given before stops working."""
    registration = _locked(registration)
    tells = registration.state != RegistrationState.ASKED  # nobody has proved to own the address
    registration.move_to(RegistrationState.DECLINED, at=now())
    registration.reason, registration.reason_language = reason, language_now()
    registration.arrived_at = None
    registration.save()
    ledger.record(Verb.DECLINED, registration, by=by)
    if tells:
        letters.declined(registration)
    return registration


@transaction.atomic
def add_at_desk(
    edition: Edition, *, answers: Answers, language: str, has_arrived: bool = False, by: Doer
) -> Registration:
    """Add somebody who stands at the desk, with or without an address: confirmed at once."""
    require_unsealed(edition)
    if answers.email:
        person = welcome_person(answers.email, name=answers.name, language=language, by=by)
        known = Registration.objects.filter(edition=edition, person=person).first()
        if known is not None:
            raise RuleBroken(
                _("“%(name)s” is already on the list with this address. Nothing was added."),
                name=known.full_name,
            )
    else:
        person = add_person(name=answers.name, language=language, by=by)
    registration = Registration(
        edition=edition,
        person=person,
        name=answers.name,
        organisation=_organisation(edition, answers, by=by),
        constituency=answers.constituency,
        country=answers.country,
        capacity=answers.capacity,
        languages=list(answers.languages),
        is_walk_in=True,
        arrived_at=now() if has_arrived else None,
    )
    confirm_place(registration, by=by, verb=Verb.ADDED)
    if answers.more is not None:
        _write_more(registration, answers.more)
    return registration


def _organisation(edition: Edition, answers: Answers, *, by: Doer) -> Organisation | None:
    return organisation_named(
        answers.organisation,
        constituency=answers.constituency,
        country=answers.country,
        among=queries.organisations(edition),
        by=by,
    )


def _write_more(registration: Registration, more: Mapping[str, Any]) -> None:
    """Put answers to the edition's own questions into a place, each with its question as asked."""
    lang = language_now() or "en"
    for question in questions_of(registration.edition):
        if question.is_file:
            continue
        kept = FormAnswer.objects.filter(registration=registration, question=question)
        value = more.get(question.code)
        if value is None:
            kept.delete()
        elif not kept.filter(value=value).exists():
            words = {"value": value, "shown": question.shown(value, lang), "language": lang}
            FormAnswer.objects.update_or_create(
                registration=registration,
                question=question,
                defaults={"prompt": question.prompt.shown(lang).text[:300], **words},
            )


def purge_answers() -> int:
    """Delete sensitive answers whose day has come; for the tick. Return how many there were."""
    return drop_answers(FormAnswer.objects.filter(question__purge_on__lte=now().date()))


def write_answers(registration: Registration, answers: Answers, *, by: Doer) -> None:
    """Put answers into a place.

    The voice's snapshot follows until it has said or voted something: after that, moving it from
    group to group would tell how it voted.
    """
    if answers.more is not None:
        _write_more(registration, answers.more)
    registration.name = answers.name
    registration.organisation = _organisation(registration.edition, answers, by=by)
    registration.constituency = answers.constituency
    registration.country = answers.country
    registration.capacity = answers.capacity
    registration.languages = list(answers.languages)
    registration.save()
    drop_unasked(registration)
    voice = getattr(registration, "voice", None)
    if voice is not None and not held.said_anything(voice):
        voice.take_snapshot(registration)
        voice.save(update_fields=["constituency", "country", "capacity"])


@transaction.atomic
def correct(
    registration: Registration, *, answers: Answers, language: str, by: Doer
) -> Registration:
    """Put right what is known of a participant at this edition.

    What others know of the person stays: an address that is written here, and is somebody's
    already or was written for somebody known elsewhere too, makes this the place of another
    person. Nothing tells which it was.
    """
    registration = _locked(registration)
    person = registration.person
    is_own = by.doer == person.doer
    if is_own:
        correct_person(person, name=answers.name, language=language, by=by)
    else:
        _require_no_place(registration, answers.email)
        is_colleague = queries.is_colleague(person, registration.edition)
        if not is_colleague and _write_address(registration, answers.email):
            registration.person = _person_at(answers, registration, language=language, by=by)
        if not queries.is_known_elsewhere(registration.person, registration.edition):
            correct_person(registration.person, name=answers.name, language=language, by=by)
    write_answers(registration, answers, by=by)
    if registration.person != person and queries.is_known_to_nobody(person):
        erase_person(person, by=by)
    ledger.record(Verb.CORRECTED, registration, by=by)
    registration.person.refresh_from_db()
    return registration


def _person_at(answers: Answers, registration: Registration, *, language: str, by: Doer) -> Person:
    """Whose place it is under the address that was written."""
    person = registration.person
    is_taken = Person.objects.filter(email=normal_address(answers.email)).exists()
    if not is_taken and not queries.is_known_elsewhere(person, registration.edition):
        return correct_person(person, email=answers.email, by=by)
    if answers.email:
        return welcome_person(answers.email, name=answers.name, language=language, by=by)
    return add_person(name=answers.name, language=language, by=by)


def _write_address(registration: Registration, email: str) -> bool:
    """Note that another address was written by somebody else, and return whether it was: it opens
    nothing that was said before, and the letter to the old one lets nobody in any more."""
    if normal_address(email or "") == (registration.person.email or ""):
        return False
    registration.address_confirmed_at = None
    Voice.objects.filter(registration=registration).update(is_address_own=False)
    letters_sent = Admission.objects.filter(
        voice__registration=registration, kind=AdmissionKind.LETTER, ended_at__isnull=True
    )
    letters_sent.update(ended_at=now())
    return True


def _require_no_place(registration: Registration, email: str) -> None:
    """Refuse the address of another participant of this edition; of others nothing is told."""
    there = queries.place_of(normal_address(email), registration.edition) if email else None
    if there is not None and there != registration:
        raise RuleBroken(
            _(
                "Another person already has this address. Nothing was changed. Enter a different "
                "one."
            )
        )


@transaction.atomic
def mark_arrived(registration: Registration, *, by: Doer) -> Registration:
    """The participant was seen at the desk."""
    registration = _locked(registration)
    if not registration.is_confirmed:
        raise RuleBroken(_("Only confirmed participants can be checked in."))
    if registration.arrived_at is None:
        registration.arrived_at = now()
        registration.save(update_fields=["arrived_at"])
        ledger.record(Verb.ARRIVED, registration, by=by)
    return registration


@transaction.atomic
def mark_not_arrived(registration: Registration, *, by: Doer) -> Registration:
    """Take back a mark made by mistake."""
    registration = _locked(registration)
    if registration.arrived_at is not None:
        registration.arrived_at = None
        registration.save(update_fields=["arrived_at"])
        ledger.record(Verb.NOT_ARRIVED, registration, by=by)
    return registration
