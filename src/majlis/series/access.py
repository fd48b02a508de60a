"""Public editions by their address."""

from majlis.kernel.errors import NotFound
from majlis.series.models import Edition, Partner, PublicText, Series


def public_edition(slug: str) -> Edition:
    """The edition at this address, or `NotFound`."""
    edition = Edition.objects.select_related("series").filter(slug=slug).first()
    if edition is None:
        raise NotFound
    return edition


def public_series(slug: str) -> Series:
    """The series at this address, or `NotFound`."""
    series = Series.objects.filter(slug=slug).first()
    if series is None:
        raise NotFound
    return series


def text_for(edition: Edition, code: str) -> PublicText:
    """A public text of an edition whose colleague asks, or `NotFound`."""
    text = edition.texts.filter(code=code).first()
    if text is None:
        raise NotFound
    return text


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
