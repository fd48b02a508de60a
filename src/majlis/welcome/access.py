"""Fetching who stands at the welcome desk."""

from __future__ import annotations

from django.http import HttpRequest

from majlis.registration.access import Place, colleague, registration_for
from majlis.registration.models import Registration
from majlis.registration.states import RoleKind


def welcomer(request: HttpRequest, edition: str) -> Place:
    """The place of a colleague at the welcome desk, or `NotFound`."""
    return colleague(request, edition, RoleKind.DOOR)


def guest_for(place: Place, code: str) -> Registration:
    """Whom an arrival code names, or `NotFound`."""
    return registration_for(place, code.lower())
