"""Publications and their files by who asks: once issued, everybody may read them."""

from __future__ import annotations

from majlis.briefs.models import Publication, PublicationFile
from majlis.kernel.errors import NotFound
from majlis.series.models import Edition


def publication_of(edition: Edition, number: int) -> Publication:
    """An issued brief by its number, or `NotFound`."""
    found = Publication.objects.filter(edition=edition, number=number).first()
    if found is None:
        raise NotFound
    return found


def file_of(edition: Edition, number: int, name: str) -> PublicationFile:
    """One file of an issued brief by its name, or `NotFound`."""
    found = PublicationFile.objects.filter(
        publication__edition=edition, publication__number=number, name=name
    ).first()
    if found is None:
        raise NotFound
    return found
