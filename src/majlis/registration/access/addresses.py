"""The link that confirms an email address."""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from majlis.kernel.errors import NotFound
from majlis.registration.models import Registration

ADDRESS_LINK_LIVES = timedelta(days=7)

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
