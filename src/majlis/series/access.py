"""Public editions by their address."""

from majlis.kernel.errors import NotFound
from majlis.series.models import Edition, Series


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
