"""What somebody may fetch of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest

from majlis.kernel.errors import NotFound
from majlis.people.models import Person
from majlis.registration.access.colleagues import anybody_of, colleague
from majlis.registration.access.voices import VOICE_COOKIE, full_device_of, voice_of
from majlis.registration.models import Registration, Role, Voice
from majlis.series.models import Edition


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
    """The asker's own place at the edition, by device or by sign-in, or `NotFound`.

    A limited device does not show it. Signed in by email, somebody sees what their voice said
    only while the address is the one they confirmed: an organiser may have written another.
    """
    person = request.user if isinstance(request.user, Person) else None
    try:
        voice: Voice | None = full_device_of(request, edition_slug).voice
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
        return OwnRecord(anybody_of(request, edition_slug).edition, person, None, None, True)
    voice = getattr(registration, "voice", None)
    opens = voice is not None and voice.opens_by_email
    return OwnRecord(registration.edition, person, registration, voice if opens else None, True)


def edition_from_inside(request: HttpRequest, edition_slug: str) -> Edition:
    """The edition, for its participants and its colleagues; `NotFound` for everybody else.

    A limited device does not count: a card that was found opens no names.
    """
    try:
        return full_device_of(request, edition_slug).voice.edition
    except NotFound:
        return colleague(request, edition_slug).edition


def is_known_to_an_edition(request: HttpRequest) -> bool:
    """True for a participant's phone and for a signed-in colleague, of whatever edition."""
    person = request.user
    if isinstance(person, Person) and person.is_active:
        return Role.objects.filter(person=person, revoked_at__isnull=True).exists()
    for name in request.COOKIES:
        if name.startswith(VOICE_COOKIE):
            try:
                return bool(voice_of(request, name.removeprefix(VOICE_COOKIE)))
            except NotFound:
                continue
    return False
