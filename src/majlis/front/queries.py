"""Questions that more than one room answers together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from majlis.people.models import Person
from majlis.registration.models import Role
from majlis.series import queries as series_queries
from majlis.series.models import Edition, Series


@dataclass(frozen=True, slots=True)
class Shelf:
    """A series with its editions, newest first."""

    series: Series
    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class Seat:
    """An edition at which a person is a colleague, with the roles held there."""

    edition: Edition
    roles: tuple[Role, ...]


def shelves() -> list[Shelf]:
    """All series that have an edition to show."""
    found = [Shelf(s, series_queries.editions_of(s)) for s in series_queries.series_list()]
    return [shelf for shelf in found if shelf.editions]


def seats_of(person: Person) -> list[Seat]:
    """Editions at which the person holds a role, newest first."""
    roles = (
        Role.objects.filter(person=person, revoked_at__isnull=True)
        .select_related("edition__series")
        .order_by("-edition__starts_on", "edition__slug", "kind")
    )
    seats: dict[int, list[Role]] = {}
    for role in roles:
        seats.setdefault(role.edition_id, []).append(role)
    return [Seat(held[0].edition, tuple(held)) for held in seats.values()]
