"""Emails on a changed programme, for organisers."""

from __future__ import annotations

from majlis.kernel.fetching import found_in
from majlis.registration.access.colleagues import Place
from majlis.registration.models import ProgrammeNotice


def notice_for(place: Place, code: str) -> ProgrammeNotice:
    """The emails on a version of the organiser's edition, or `NotFound`."""
    return found_in(ProgrammeNotice.objects.filter(version__edition=place.edition, code=code))
