"""Colleagues and their roles."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from majlis.kernel import ledger
from majlis.kernel.clock import now
from majlis.kernel.errors import NotAllowed, RuleBroken
from majlis.kernel.ledger import CLOCK, Doer
from majlis.kernel.seal import digest_of
from majlis.mail.addresses import normal_address
from majlis.people.actions import correct_person, end_sign_ins, welcome_person
from majlis.people.models import Person
from majlis.registration import letters
from majlis.registration.actions.own import require_another_organiser
from majlis.registration.models import Invitation, Role
from majlis.registration.states import RoleKind, Verb
from majlis.series.models import Edition

INVITATION_LIVES = timedelta(days=14)


@transaction.atomic
def give_role(edition: Edition, *, person: Person, kind: str, by: Doer) -> Role:
    """Give a colleague a role at an edition; one they hold already stays as it is."""
    Edition.objects.select_for_update().get(pk=edition.pk)
    role, is_new = Role.objects.get_or_create(
        edition=edition, person=person, kind=kind, revoked_at=None
    )
    if is_new:
        ledger.record(Verb.GAVE_ROLE, person, by=by, edition=edition.slug, role=kind)
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


@transaction.atomic
def revoke_role(edition: Edition, *, person: Person, kind: str, by: Doer) -> None:
    """Take a role back and sign the person out everywhere; the last organiser stays."""
    role = (
        Role.objects.select_for_update()
        .filter(edition=edition, person=person, kind=kind, revoked_at__isnull=True)
        .first()
    )
    if role is None:
        raise RuleBroken(_("The person does not have this role, or it has already been removed."))
    require_another_organiser(role)
    role.revoked_at = now()
    role.save(update_fields=["revoked_at"])
    end_sign_ins(person)
    ledger.record(Verb.REVOKED_ROLE, person, by=by, edition=edition.slug, role=kind)


@transaction.atomic
def invite(
    edition: Edition, *, email: str, name: str, kinds: Collection[str], language: str, by: Doer
) -> Invitation:
    """Mail a colleague a link by which they take up roles; an earlier one stops working."""
    email = normal_address(email)
    earlier = Invitation.objects.filter(
        edition=edition, email=email, taken_at__isnull=True, revoked_at__isnull=True
    )
    earlier.update(revoked_at=now())
    token = secrets.token_urlsafe(24)
    invitation = Invitation.objects.create(
        edition=edition,
        email=email,
        name=name,
        kinds=[kind for kind in RoleKind.values if kind in kinds],
        token_digest=digest_of(token),
        expires_at=now() + INVITATION_LIVES,
    )
    ledger.record(Verb.INVITED, invitation, by=by, roles=list(invitation.kinds))
    letters.invited(invitation, token=token, language=language)
    return invitation


@transaction.atomic
def send_invitation_again(invitation: Invitation, *, language: str, by: Doer) -> Invitation:
    """A new link for the same invitation; the old one stops working."""
    invitation.require_open(at=now())
    return invite(
        invitation.edition,
        email=invitation.email,
        name=invitation.name,
        kinds=invitation.kinds,
        language=language,
        by=by,
    )


@transaction.atomic
def revoke_invitation(invitation: Invitation, *, by: Doer) -> Invitation:
    """Take an invitation back before it is taken up."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    invitation.require_open(at=now())
    invitation.revoked_at = now()
    invitation.save(update_fields=["revoked_at"])
    ledger.record(Verb.REVOKED_INVITATION, invitation, by=by)
    return invitation


@transaction.atomic
def take_invitation(invitation: Invitation, *, person: Person, name: str) -> None:
    """Take up the roles of an invitation, as the signed-in owner of the invited address.

    The link alone lets nobody in: an organiser can read it in the kept letters.
    """
    invitation = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("edition")
        .get(pk=invitation.pk)
    )
    invitation.require_open(at=now())
    if person.email != invitation.email:
        raise NotAllowed(_("This invitation is for another email address. Nothing was changed."))
    correct_person(person, name=name, by=person)
    for kind in invitation.kinds:
        give_role(invitation.edition, person=person, kind=kind, by=person)
    invitation.taken_at = now()
    invitation.save(update_fields=["taken_at"])
    ledger.record(Verb.TOOK_INVITATION, invitation, by=person)


@transaction.atomic
def welcome_invited(invitation: Invitation, *, language: str) -> Person:
    """Whoever has the invited address, made known if nobody has it, so that they can sign in."""
    invitation.require_open(at=now())
    name = invitation.name or invitation.email.partition("@")[0]
    return welcome_person(invitation.email, name=name, language=language, by=CLOCK)
