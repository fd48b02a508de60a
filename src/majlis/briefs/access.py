"""Files of issued briefs by who asks: once issued, everybody may read them."""

from __future__ import annotations

from majlis.briefs.models import PublicationFile
from majlis.kernel.fetching import found_in
from majlis.series.models import Edition


def file_of(edition: Edition, number: int, name: str) -> PublicationFile:
    """One file of an issued brief by its name, or `NotFound`."""
    return found_in(
        PublicationFile.objects.filter(
            publication__edition=edition, publication__number=number, name=name
        )
    )
