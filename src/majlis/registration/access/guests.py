"""Guests and lists of people: for organisers, and for whoever has the link of an invitation."""

from __future__ import annotations

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext_lazy as _

from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.registration.access.colleagues import Place
from majlis.registration.models import Guest, PeopleImport


def _signer(guest: Guest) -> Signer:
    return Signer(salt=f"majlis.registration.guest{guest.email}")


def guest_token(guest: Guest) -> str:
    """The secret of a guest's invitation; another address makes another secret."""
    return _signer(guest).sign(guest.code)


def guest_by_token(edition_slug: str, token: str) -> Guest:
    """The guest whose invitation this secret came in, or `NotFound`."""
    guest = (
        Guest.objects.filter(code=token.partition(":")[0], edition__slug=edition_slug)
        .select_related("edition__series", "registration__person", "instead_of__person")
        .first()
    )
    try:
        if guest is not None and _signer(guest).unsign(token):
            return guest
    except BadSignature:
        pass
    raise NotFound(
        _("This link is incomplete, or the invitation has been removed. Write to the organisers.")
    )


def guest_for(place: Place, code: str) -> Guest:
    """A guest of the organiser's edition, or `NotFound`."""
    return found_in(Guest.objects.filter(edition=place.edition, code=code))


def import_for(place: Place, code: str) -> PeopleImport:
    """A list that was uploaded for the organiser's edition, or `NotFound`."""
    return found_in(
        PeopleImport.objects.filter(edition=place.edition, code=code).select_related("edition")
    )
