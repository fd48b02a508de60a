"""Fetching is authorising: who comes in by which door.

A stranger and a missing edition get the same answer, so that nobody can find out what exists by
trying names.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from majlis.kernel.errors import NotFound
from majlis.kernel.seal import fits, seal, unsealed
from majlis.people.models import Person
from majlis.registration.models import Role, Voice
from majlis.registration.states import RegistrationState, RoleKind
from majlis.series.models import Edition

VOICE_COOKIE = "voice-"  # + slug of the edition


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
    """The signed-in person's place at the edition, holding one of `kinds` (or any role).

    An organiser passes wherever a colleague does. Raises `NotFound` for everybody else.
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
    if kinds and not place.is_(*kinds):
        raise NotFound
    return place


def organiser(request: HttpRequest, edition_slug: str) -> Place:
    """The place of an organiser of the edition, or `NotFound`."""
    return colleague(request, edition_slug, RoleKind.ORGANISER)


def voice_token(voice: Voice) -> str:
    """The secret in a voice's personal link: its code and a seal over code and serial.

    Nothing is stored: a reissue raises the serial and the old seal no longer fits.
    """
    return voice.code + seal(_sealed_words(voice))


def _sealed_words(voice: Voice) -> str:
    return f"voice:{voice.code}:{voice.link_serial}"


def voice_by_token(token: str) -> Voice:
    """The voice whose link this is, or `NotFound`: wrong, reissued, revoked, not confirmed."""
    code, given = unsealed(token)
    voice = (
        Voice.objects.filter(code=code, revoked_at__isnull=True)
        .select_related("edition__series", "registration")
        .first()
    )
    if voice is None or not fits(_sealed_words(voice), given):
        raise NotFound
    registration = voice.registration
    if registration is not None and registration.state != RegistrationState.CONFIRMED:
        raise NotFound
    return voice


def voice_of(request: HttpRequest, edition_slug: str) -> Voice:
    """The voice this phone speaks with at the edition, or `NotFound`."""
    token = request.COOKIES.get(VOICE_COOKIE + edition_slug, "")
    if not token:
        raise NotFound
    voice = voice_by_token(token)
    if voice.edition.slug != edition_slug:
        raise NotFound
    return voice
