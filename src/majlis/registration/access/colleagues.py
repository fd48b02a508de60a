"""Who works at an edition, and what they may fetch there."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.kernel.seal import digest_of
from majlis.people.models import Person
from majlis.registration.models import Invitation, Registration, Role
from majlis.registration.states import TEAM, RoleKind
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Place:
    """A signed-in colleague at an edition, with every role they hold there."""

    person: Person
    edition: Edition
    roles: frozenset[str]

    @property
    def doer(self) -> str:
        return self.person.doer

    def is_(self, *kinds: str) -> bool:
        """Whether one of the roles is held; an organiser may do what any colleague may."""
        return RoleKind.ORGANISER in self.roles or bool(self.roles.intersection(kinds))


def colleague(request: HttpRequest, edition_slug: str, *kinds: str) -> Place:
    """The signed-in person's place at the edition, holding one of `kinds` (or any role of `TEAM`).

    An organiser passes wherever a colleague does, and the welcome desk only where it is named
    (`anybody_of` names everybody). Raises `NotFound` for everybody else.
    """
    person = request.user
    if not isinstance(person, Person) or not person.is_active:
        raise NotFound
    roles = list(
        Role.objects.filter(
            person=person, edition__slug=edition_slug, revoked_at__isnull=True
        ).select_related("edition__series")
    )
    if not roles:
        raise NotFound
    place = Place(person, roles[0].edition, frozenset(role.kind for role in roles))
    if not place.is_(*(kinds or TEAM)):
        raise NotFound
    return place


def anybody_of(request: HttpRequest, edition_slug: str) -> Place:
    """The place of whoever holds a role at the edition, at the welcome desk too, or `NotFound`."""
    return colleague(request, edition_slug, *RoleKind)


def organiser(request: HttpRequest, edition_slug: str) -> Place:
    """The place of an organiser of the edition, or `NotFound`."""
    return colleague(request, edition_slug, RoleKind.ORGANISER)


def may_make_editions(person: Person) -> bool:
    """Whether the person may make series and editions.

    Whoever organises an edition here may, and everybody who can sign in while there is none.
    """
    organisers = Role.objects.filter(kind=RoleKind.ORGANISER, revoked_at__isnull=True)
    real = organisers.filter(person=person, edition__is_rehearsal=False)
    return real.exists() or not Edition.objects.exists()


def registration_for(place: Place, code: str) -> Registration:
    """A registration at the organiser's edition, or `NotFound`."""
    return found_in(
        Registration.objects.filter(edition=place.edition, code=code).select_related(
            "person", "organisation", "voice", "edition__series"
        )
    )


def person_for(place: Place, code: str) -> Person:
    """A colleague of the organiser's edition, or `NotFound`."""
    return found_in(
        Person.objects.filter(
            code=code, roles__edition=place.edition, roles__revoked_at__isnull=True
        )
    )


def invitation_for(place: Place, code: str) -> Invitation:
    """An invitation to the organiser's edition, or `NotFound`."""
    return found_in(Invitation.objects.filter(edition=place.edition, code=code))


def invitation_by_token(edition_slug: str, token: str) -> Invitation:
    """The invitation whose letter this secret came in, or `NotFound`."""
    return found_in(
        Invitation.objects.filter(
            edition__slug=edition_slug, token_digest=digest_of(token)
        ).select_related("edition__series")
    )
