"""The link that confirms an email address."""

from __future__ import annotations

from datetime import timedelta

from django.core.signing import BadSignature, TimestampSigner
from django.utils.translation import gettext_lazy as _

from majlis.kernel.errors import NotFound
from majlis.registration.models import PendingAnswers, Registration

ADDRESS_LINK_LIVES = timedelta(days=7)


def _signer(salt: str, email: str | None) -> TimestampSigner:
    return TimestampSigner(salt=f"majlis.registration.{salt}{email or ''}")


def address_token(of: Registration | PendingAnswers) -> str:
    """The secret of the letter that confirms an address; another address makes another secret."""
    if isinstance(of, PendingAnswers):
        return _signer("pending", of.email).sign(of.code)
    return _signer("address", of.person.email).sign(of.code)


def registration_by_address_token(edition_slug: str, token: str) -> Registration | None:
    """The registration whose letter this secret came in; old ones open nothing."""
    found = (
        Registration.objects.filter(code=token.partition(":")[0], edition__slug=edition_slug)
        .exclude(person__email=None)
        .select_related("person", "organisation", "edition__series")
        .first()
    )
    return found if found and _opens("address", found.person.email, token) else None


def pending_by_address_token(edition_slug: str, token: str) -> PendingAnswers:
    """The answers whose letter this secret came in, or `NotFound`; old ones are too."""
    found = (
        PendingAnswers.objects.filter(code=token.partition(":")[0], edition__slug=edition_slug)
        .select_related("edition__series")
        .first()
    )
    if found is None or not _opens("pending", found.email, token):
        raise NotFound(
            _("This link is incomplete or has expired. Register again to get a new one.")
        )
    return found


def _opens(salt: str, email: str | None, token: str) -> bool:
    try:
        _signer(salt, email).unsign(token, max_age=ADDRESS_LINK_LIVES)
    except BadSignature:
        return False
    return True
