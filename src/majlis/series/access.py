"""Public editions by their address."""

from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.series.models import Edition, Partner, Series, Speaker
from majlis.series.states import EditionState


def public_edition(slug: str) -> Edition:
    """The edition at this address, or `NotFound`; a draft is its colleagues' alone."""
    return found_in(
        Edition.objects.select_related("series").filter(slug=slug).exclude(state=EditionState.DRAFT)
    )


def public_series(slug: str) -> Series:
    """The series at this address, or `NotFound`."""
    return found_in(Series.objects.filter(slug=slug))


def partner_with_emblem(edition: Edition, code: str) -> Partner:
    """A body of an edition whose emblem is there, or `NotFound`."""
    partner = edition.partners.filter(code=code).first()
    if (
        partner is None
        or not partner.emblem
        or not partner.emblem.storage.exists(partner.emblem.name)
    ):
        raise NotFound
    return partner


def speaker_with_photo(edition: Edition, code: str) -> Speaker:
    """Somebody of an edition whose photo is there, or `NotFound`."""
    speaker = found_in(edition.speakers.filter(code=code))
    if not speaker.photo or not speaker.photo.storage.exists(speaker.photo.name):
        raise NotFound
    return speaker


def public_speaker(edition: Edition, code: str) -> Speaker:
    """Somebody who has agreed to be named, or `NotFound`."""
    return found_in(edition.speakers.filter(code=code, has_agreed=True))
