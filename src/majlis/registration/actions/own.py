"""What a person does with what is held about them."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import RuleBroken
from majlis.kernel.files import delete_files
from majlis.kernel.ledger import Doer
from majlis.mail.actions import forget_messages
from majlis.people.actions import erase_person
from majlis.people.models import Organisation, Person
from majlis.registration import letters, queries
from majlis.registration.models import (
    Admission,
    Consent,
    Guest,
    Invitation,
    PendingAnswers,
    Registration,
    Role,
    Voice,
)
from majlis.registration.states import ConsentKind, RegistrationState, RoleKind, Verb
from majlis.series.actions import forget_speaker
from majlis.series.models import Edition


def write_consents(registration: Registration, kinds: Collection[str], *, by: Doer) -> list[str]:
    """Set every choice: given when named in `kinds`, else not. Returns what changed."""
    before = queries.consents_of(registration)
    changed = []
    for kind in ConsentKind.values:
        is_given = kind in kinds
        consent, is_new = Consent.objects.get_or_create(
            registration=registration, kind=kind, defaults={"is_given": is_given}
        )
        if not is_new and consent.is_given != is_given:
            consent.is_given, consent.at = is_given, now()
            consent.save(update_fields=["is_given", "at"])
        if before[kind] != is_given:
            changed.append(kind)
    if changed:
        ledger.record(
            Verb.CHANGED_CONSENTS,
            registration,
            by=by,
            given=sorted(set(changed) & set(kinds)),
            taken_back=sorted(set(changed) - set(kinds)),
        )
    return changed


@transaction.atomic
def set_consents(registration: Registration, *, kinds: Collection[str], by: Doer) -> list[str]:
    """Change choices; each can be taken back at any time."""
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    return write_consents(registration, kinds, by=by)


@transaction.atomic
def withdraw(registration: Registration, *, by: Doer) -> Registration:
    """Give the place back. The personal link and all permissions end; what was said stays."""
    registration = (
        Registration.objects.select_for_update(of=("self",))
        .select_related("person", "edition")
        .get(pk=registration.pk)
    )
    registration.move_to(RegistrationState.WITHDRAWN, at=now())
    registration.arrived_at = None
    registration.save(update_fields=["state", "listed_at", "arrived_at"])
    write_consents(registration, [], by=by)
    ledger.record(Verb.WITHDREW, registration, by=by)
    letters.withdrawn(registration)
    return registration


@transaction.atomic
def erase(person: Person, *, by: Doer, only: Registration | None = None) -> None:
    """Forget who somebody is: name, address, registrations; statements and votes stay.

    Voices are cut off, and no device opens them any more. With `only`, one registration is
    erased, and somebody known elsewhere stays known there.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    places = person.registrations.select_related("edition", "organisation")
    if only is not None:
        places = places.filter(pk=only.pk)
    for place in places:
        _cut(place, by=by)
    if person.email:
        pending = PendingAnswers.objects.filter(email=person.email)
        (pending.filter(edition=only.edition) if only else pending).delete()
        forget_speaker(person.email, by=by, only=only.edition if only else None)
        invited = Guest.objects.filter(email=person.email)
        (invited.filter(edition=only.edition) if only else invited).delete()
    if only is not None and (person.registrations.exists() or person.roles.exists()):
        return
    for role in person.roles.filter(revoked_at__isnull=True).select_related("edition"):
        require_another_organiser(role)
    Role.objects.filter(person=person).delete()
    if person.email:
        Invitation.objects.filter(email=person.email).delete()
    erase_person(person, by=by)


def _cut(registration: Registration, *, by: Doer) -> None:
    Admission.objects.filter(voice__registration=registration).delete()
    Voice.objects.filter(registration=registration).update(registration=None)
    organisation = registration.organisation
    if registration.person.email:
        forget_messages(to=registration.person.email, edition=registration.edition.slug)
    ledger.record(Verb.ERASED, registration, by=by)
    delete_files([answer.file for answer in registration.form_answers.exclude(file="")])
    registration.delete()
    if organisation is not None and not organisation.registrations.exists():
        _drop(organisation)


def _drop(organisation: Organisation) -> None:
    """A name that only one person brought goes with that person, unless others refer to it."""
    try:
        with transaction.atomic():
            organisation.delete()
    except ProtectedError:
        return


def require_another_organiser(role: Role) -> None:
    """An edition never loses its last organiser. Locks the edition, so that two cannot leave."""
    edition = Edition.objects.select_for_update().get(pk=role.edition_id)
    if role.kind == RoleKind.ORGANISER and queries.n_organisers(edition) <= 1:
        raise RuleBroken(
            _(
                "This is the last organiser of “%(edition)s”. Nothing was changed. Make another "
                "person an organiser first."
            ),
            edition=edition,
        )
