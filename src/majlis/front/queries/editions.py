"""Series with their editions, and the editions at which somebody works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from majlis.people.models import Person
from majlis.registration.models import Role
from majlis.registration.states import RoleKind
from majlis.series import queries as series_queries
from majlis.series.models import Edition, Series


@dataclass(frozen=True, slots=True)
class SeriesCard:
    """A series with its editions, newest first."""

    series: Series
    editions: Sequence[Edition]


@dataclass(frozen=True, slots=True)
class DeskCard:
    """An edition at which a person is a colleague, with the roles held there."""

    edition: Edition
    roles: tuple[Role, ...]

    @property
    def may_rehearse(self) -> bool:
        """Whether a rehearsal of this edition can be made from here."""
        is_organiser = any(role.kind == RoleKind.ORGANISER for role in self.roles)
        return is_organiser and not self.edition.is_rehearsal


def series_cards() -> list[SeriesCard]:
    """All series that have an edition to show."""
    found = [SeriesCard(s, series_queries.editions_of(s)) for s in series_queries.series_list()]
    return [card for card in found if card.editions]


def desks_of(person: Person) -> list[DeskCard]:
    """Editions at which the person holds a role, newest first."""
    roles = (
        Role.objects.filter(person=person, revoked_at__isnull=True)
        .select_related("edition__series")
        .order_by("-edition__starts_on", "edition__slug", "kind")
    )
    held_at: dict[int, list[Role]] = {}
    for role in roles:
        held_at.setdefault(role.edition_id, []).append(role)
    return [DeskCard(held[0].edition, tuple(held)) for held in held_at.values()]
