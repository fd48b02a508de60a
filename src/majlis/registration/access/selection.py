"""The sessions that somebody has chosen: for their own device, and for their calendar."""

from __future__ import annotations

from django.http import HttpRequest

from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.kernel.seal import fits, seal, unsealed
from majlis.registration.access.voices import NotConnected, device_of
from majlis.registration.models import Registration
from majlis.registration.states import RegistrationState


def own_place(request: HttpRequest, edition_slug: str) -> Registration:
    """The place of whoever holds this device, or `NotFound`; a limited device opens none."""
    device = device_of(request, edition_slug)
    registration = device.voice.registration
    if device.is_limited or registration is None:
        raise NotConnected(edition_slug)
    return registration


def _sealed_words(code: str) -> str:
    return f"own calendar:{code}"


def calendar_token(registration: Registration) -> str:
    """The secret of a personal calendar. It opens nothing but the chosen sessions."""
    return f"{registration.code}{seal(_sealed_words(registration.code))}"


def place_by_calendar(edition_slug: str, token: str) -> Registration:
    """The confirmed place whose calendar has this secret, or `NotFound`."""
    code, given = unsealed(token)
    if not fits(_sealed_words(code), given):
        raise NotFound
    places = Registration.objects.filter(
        edition__slug=edition_slug, code=code, state=RegistrationState.CONFIRMED
    )
    return found_in(places.select_related("edition__series", "person"))
