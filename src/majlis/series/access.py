"""Public editions by their address."""

from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.series.models import Edition, Partner, PublicText, Series


def public_edition(slug: str) -> Edition:
    """The edition at this address, or `NotFound`."""
    return found_in(Edition.objects.select_related("series").filter(slug=slug))


def public_series(slug: str) -> Series:
    """The series at this address, or `NotFound`."""
    return found_in(Series.objects.filter(slug=slug))


def text_for(edition: Edition, code: str) -> PublicText:
    """A public text of an edition whose colleague asks, or `NotFound`."""
    return found_in(edition.texts.filter(code=code))


def partner_with_emblem(edition: Edition, code: str) -> Partner:
    """A body of a public edition whose emblem is there, or `NotFound`."""
    partner = edition.partners.filter(code=code).first()
    if (
        partner is None
        or not partner.emblem
        or not partner.emblem.storage.exists(partner.emblem.name)
    ):
        raise NotFound
    return partner
