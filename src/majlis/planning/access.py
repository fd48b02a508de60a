"""Who may make series and editions, and fetching what an edition is made of."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.people.models import Person
from majlis.planning.parts import PARTS, Part
from majlis.registration.access import colleague, edition_from_inside, may_make_editions
from majlis.registration.states import RoleKind
from majlis.series import pack
from majlis.series.access import public_edition
from majlis.series.models import Edition, Series, SessionFile
from majlis.series.states import FileAudience


def maker(request: HttpRequest) -> Person:
    """The signed-in person, if they may make a series or an edition; else `NotFound`."""
    person = request.user
    if isinstance(person, Person) and person.is_active and may_make_editions(person):
        return person
    raise NotFound


def organised_by(person: Person) -> list[Edition]:
    """Editions that the person organises, newest first, rehearsals left out."""
    editions = Edition.objects.filter(
        is_rehearsal=False,
        roles__person=person,
        roles__kind=RoleKind.ORGANISER,
        roles__revoked_at__isnull=True,
    )
    return list(editions.select_related("series").order_by("-starts_on", "slug").distinct())


def own_series(person: Person) -> list[Series]:
    """Series to which the person may add an edition: of those they organise, and empty ones."""
    organised = {edition.series_id for edition in organised_by(person)}
    held = set(Edition.objects.values_list("series", flat=True))
    return [s for s in Series.objects.order_by("slug") if s.pk in organised or s.pk not in held]


def series_of(request: HttpRequest, slug: str) -> Series:
    """A series that the signed-in person may change, or `NotFound`."""
    person = maker(request)
    return found_in(
        Series.objects.filter(slug=slug, pk__in=[series.pk for series in own_series(person)])
    )


def session_file(request: HttpRequest, edition_slug: str, code: str) -> SessionFile:
    """A document of a session for whoever it is meant for, or `NotFound`."""
    file = found_in(SessionFile.objects.filter(session__edition__slug=edition_slug, code=code))
    if file.audience == FileAudience.COLLEAGUES:
        colleague(request, edition_slug)
    elif file.audience == FileAudience.PARTICIPANTS:
        edition_from_inside(request, edition_slug)
    else:
        public_edition(edition_slug)
    return file


def part_of(code: str) -> Part:
    """The table with this name in addresses, or `NotFound`."""
    if code not in PARTS:
        raise NotFound
    return PARTS[code]


def row_of(part: Part, edition: Edition, code: str) -> Any:
    """A row of the table in an edition, or `NotFound`."""
    row = found_in(pack.things_of(part.binding, edition).filter(code=code))
    row.edition = edition
    return row
