"""Fetching emails of an edition, and who is meant by the link that ends them."""

from __future__ import annotations

from majlis.circulars.models import Circular
from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.kernel.seal import fits, seal, unsealed
from majlis.kernel.words import Language
from majlis.mail.models import Message
from majlis.mail.wording import Standard
from majlis.people.models import Person
from majlis.registration.access import Place
from majlis.registration.models import Registration, Role
from majlis.registration.states import RoleKind
from majlis.registration.words import STANDARD
from majlis.series.models import Edition


def circular_for(place: Place, code: str) -> Circular:
    """An email to many people of the organiser's edition, or `NotFound`."""
    return found_in(
        Circular.objects.filter(edition=place.edition, code=code).select_related("edition__series")
    )


def message_for(place: Place, code: str) -> Message:
    """A message of the organiser's edition, or `NotFound`."""
    return found_in(Message.objects.filter(edition=place.edition.slug, code=code))


def standard_letter(code: str) -> Standard:
    """The standard letter that addresses call so, or `NotFound`."""
    for one in STANDARD:
        if one.code == code:
            return one
    raise NotFound


def language_of(place: Place, language: str) -> Language:
    """A language of the organiser's edition, or `NotFound`."""
    if language not in place.edition.languages:
        raise NotFound
    return Language(language)


def may_set_server(person: Person) -> bool:
    """Whether the person may set the mail server, through which the letters of all editions go.

    Whoever sets it could read ways in of everybody. So only who organises every edition may.
    """
    real = Edition.objects.filter(is_rehearsal=False)
    organised = Role.objects.filter(
        person=person,
        kind=RoleKind.ORGANISER,
        revoked_at__isnull=True,
        edition__in=real,
    )
    n = real.count()
    return n > 0 and organised.values("edition").distinct().count() == n


def require_may_set_server(person: Person) -> None:
    """Raise `NotFound` for whoever may not set the mail server."""
    if not may_set_server(person):
        raise NotFound


def stop_token(code: str) -> str:
    """What the link in a letter calls the registration whose emails it ends."""
    return code + seal(f"stop emails:{code}")


def registration_by_stop_token(edition_slug: str, token: str) -> Registration:
    """The registration whose letter had this link, or `NotFound`."""
    code, given = unsealed(token)
    if not fits(f"stop emails:{code}", given):
        raise NotFound
    return found_in(
        Registration.objects.filter(edition__slug=edition_slug, code=code).select_related(
            "edition__series", "person"
        )
    )
