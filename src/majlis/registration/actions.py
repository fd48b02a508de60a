"""What is done at an edition's door. Only actions write."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.ledger import CLOCK, Doer
from majlis.people.actions import welcome_person
from majlis.people.models import Person
from majlis.registration.models import Role
from majlis.registration.states import RoleKind
from majlis.series.models import Edition


@transaction.atomic
def give_role(edition: Edition, *, person: Person, kind: str, by: Doer) -> Role:
    """Give a colleague a role at an edition; one they hold already stays as it is."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    role, is_new = Role.objects.get_or_create(
        edition=edition, person=person, kind=kind, revoked_at=None
    )
    if is_new:
        ledger.record("gave role", person, by=by, edition=edition.slug, role=kind)
    return role


@transaction.atomic
def ensure_organiser(
    email: str, editions: Iterable[Edition], *, name: str = "", by: Doer = CLOCK
) -> Person:
    """The person with this address as organiser of every one of `editions`; safe to repeat."""
    person = welcome_person(email, name=name or email.partition("@")[0], by=by)
    for edition in editions:
        give_role(edition, person=person, kind=RoleKind.ORGANISER, by=by)
    return person
