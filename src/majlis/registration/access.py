"""Fetching is authorising: who may come in where.

A stranger and a missing edition get the same answer, so that nobody can find out what exists by
trying names.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.kernel.seal import digest_of, fits, seal, unsealed
from majlis.people.models import Person
from majlis.registration.models import Invitation, Registration, Role, Voice
from majlis.registration.states import RegistrationState, RoleKind
from majlis.series.models import Edition

VOICE_COOKIE = "voice-"  # + slug of the edition
ADDRESS_LINK_LIVES = timedelta(days=7)


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
    return f"{voice.code}{seal(_sealed_words(voice))}"


def _sealed_words(voice: Voice, serial: int | None = None) -> str:
    return f"voice:{voice.code}:{serial or voice.link_serial}"


def voice_by_token(token: str) -> Voice:
    """The voice whose link this is, or `NotFound`: wrong, reissued, revoked, not confirmed."""
    code, given = unsealed(token)
    voice = (
        Voice.objects.filter(code=code, revoked_at__isnull=True)
        .select_related("edition__series", "registration__person", "registration__organisation")
        .first()
    )
    if voice is None or not fits(_sealed_words(voice), given):
        raise NotFound
    registration = voice.registration
    if registration is not None and registration.state != RegistrationState.CONFIRMED:
        raise NotFound
    return voice


def dead_voice_by_token(token: str) -> Voice | None:
    """The voice whose link this once was, when it was truly ours and opens nothing any more.

    Its holder may be told why; a guesser, whose seal never fitted, learns nothing.
    """
    code, given = unsealed(token)
    voice = Voice.objects.filter(code=code).select_related("edition", "registration").first()
    if voice is None:
        return None
    once_was = [fits(_sealed_words(voice, n), given) for n in range(1, voice.link_serial + 1)]
    return voice if any(once_was) else None


def voice_of(request: HttpRequest, edition_slug: str) -> Voice:
    """The voice this phone speaks with at the edition, or `NotFound`."""
    token = request.COOKIES.get(VOICE_COOKIE + edition_slug, "")
    if not token:
        raise NotFound
    voice = voice_by_token(token)
    if voice.edition.slug != edition_slug:
        raise NotFound
    return voice


_ADDRESS_SALT = "majlis.registration.address"


def address_token(registration: Registration) -> str:
    """The secret of the letter that confirms an address; another address makes another secret."""
    return TimestampSigner(salt=_ADDRESS_SALT + (registration.person.email or "")).sign(
        registration.code
    )


def registration_by_address_token(edition_slug: str, token: str) -> Registration:
    """The registration whose letter this secret came in, or `NotFound`; old ones are too."""
    registration = (
        Registration.objects.filter(code=token.partition(":")[0], edition__slug=edition_slug)
        .select_related("person", "organisation", "edition__series")
        .first()
    )
    if registration is None or not registration.person.email:
        raise NotFound
    signer = TimestampSigner(salt=_ADDRESS_SALT + registration.person.email)
    try:
        signer.unsign(token, max_age=ADDRESS_LINK_LIVES)
    except BadSignature:
        raise NotFound(
            _("This link is incomplete or has expired. Register again to get a new one.")
        ) from None
    return registration


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """What somebody may see of themselves: as a person, as registered, as a voice.

    `has_signed_in` tells that the person came by a letter, not only with a card.
    """

    edition: Edition
    person: Person | None
    registration: Registration | None
    voice: Voice | None
    has_signed_in: bool


def own_place(request: HttpRequest, edition_slug: str) -> OwnRecord:
    """The asker's own place at the edition, by card or by sign-in, or `NotFound`."""
    person = request.user if isinstance(request.user, Person) else None
    try:
        voice: Voice | None = voice_of(request, edition_slug)
    except NotFound:
        voice = None
    if voice is not None:
        registration = voice.registration
        is_signed_in = (
            person is not None and registration is not None and registration.person_id == person.pk
        )
        owner = registration.person if registration is not None else None
        return OwnRecord(voice.edition, owner, registration, voice, is_signed_in)
    if person is None or not person.is_active:
        raise NotFound
    registration = (
        Registration.objects.filter(person=person, edition__slug=edition_slug)
        .select_related("person", "organisation", "edition__series", "voice")
        .first()
    )
    if registration is None:
        return OwnRecord(colleague(request, edition_slug).edition, person, None, None, True)
    voice = getattr(registration, "voice", None)
    return OwnRecord(registration.edition, person, registration, voice, True)


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
