"""What is done at an edition's door. Only actions write."""

from __future__ import annotations

from django.db import transaction

from majlis.kernel import ledger
from majlis.kernel.ledger import Doer
from majlis.people.models import Person
from majlis.registration.models import Role
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
