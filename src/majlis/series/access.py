"""Public editions by their address."""

from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.series.models import Edition, Partner, PublicText, Series


def public_edition(slug: str) -> Edition:
    """The edition at this address, or `NotFound`."""
    return found_in(Edition.objects.select_related("series").filter(slug=slug))


def edition_typed(slug: str) -> Edition:
    """The edition that somebody named on the command line, or `NotFound` naming those there are."""
    found = Edition.objects.select_related("series").filter(slug=slug).first()
    if found is None:
        there = ", ".join(Edition.objects.order_by("slug").values_list("slug", flat=True))
        named = (
            f"There are: {there}" if there else "There is none yet; `majlis load DIR` brings one"
        )
        raise NotFound(f"There is no edition “{slug}”. {named}.")
    return found


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
