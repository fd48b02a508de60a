"""Fetching who stands at the welcome desk."""

from __future__ import annotations

from django.http import HttpRequest

from majlis.registration.access import Place, organiser, registration_for
from majlis.registration.models import Registration


def welcomer(request: HttpRequest, edition: str) -> Place:
    """The place of a colleague who may read the list of names, or `NotFound`."""
    return organiser(request, edition)


def guest_for(place: Place, code: str) -> Registration:
    """Whom an arrival code names, or `NotFound`."""
    return registration_for(place, code.lower())
