"""Questions that more than one app answers together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext_lazy

from majlis.dialogue.states import ContributionState, StatementOrigin, StatementState
from majlis.people.models import Person
from majlis.recommendations.states import TAKEN
from majlis.registration import queries as registration_queries
from majlis.registration.models import Role
from majlis.registration.states import RoleKind
from majlis.series import queries as series_queries
from majlis.series.models import Edition, Series
from majlis.ui.formats import number


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


@dataclass(frozen=True, slots=True)
class PreparationStep:
    """One step of an edition's work, as the desk's overview shows it.

    `done` and `waiting` count things; `is_next` marks the step that most wants a hand.
    """

    name: str | Promise
    url_name: str
    said: str | Promise
    waiting: int = 0
    is_done: bool = False


def steps(edition: Edition) -> list[PreparationStep]:
    """Where the work of an edition stands, in the order of the work."""
    registered = registration_queries.counts_by_state(edition)
    captured = edition.contributions.filter(state=ContributionState.CAPTURED).count()
    offered = edition.contributions.count()
    standing = edition.statements.filter(
        state=StatementState.CAPTURED, origin=StatementOrigin.ROOM
    ).count()
    rounds = list(edition.rounds.all())
    n_open = sum(r.is_open for r in rounds)
    recs = edition.recommendations
    adopted = recs.filter(state__in=TAKEN).count()
    published = edition.publications.count()
    return [
        PreparationStep(
            _("Registrations"),
            "registration:desk-registrations",
            _counted(
                ngettext_lazy("%(n)s confirmed", "%(n)s confirmed", "count"),
                registered["confirmed"],
            ),
            waiting=registered["waiting"] + len(registration_queries.disowned(edition)),
            is_done=bool(registered["confirmed"]),
        ),
        PreparationStep(
            _("Contributions"),
            "dialogue:moderation",
            _counted(ngettext_lazy("%(n)s received", "%(n)s received", "count"), offered),
            waiting=captured,
            is_done=bool(offered) and not captured,
        ),
        PreparationStep(
            _("Statements"),
            "dialogue:statements",
            _counted(
                ngettext_lazy(
                    "%(n)s based on contributions", "%(n)s based on contributions", "count"
                ),
                standing,
            ),
            is_done=bool(standing),
        ),
        PreparationStep(
            _("Voting rounds"),
            "dialogue:desk-rounds",
            _("%(n)s in total, %(open)s open") % {"n": number(len(rounds)), "open": number(n_open)},
            is_done=any(r.closed_at for r in rounds),
        ),
        PreparationStep(
            _("Recommendations"),
            "recommendations:desk-list",
            _("Written: %(n)s. Adopted: %(adopted)s.")
            % {"n": number(recs.count()), "adopted": number(adopted)},
            is_done=bool(adopted),
        ),
        PreparationStep(
            _("Policy brief"),
            "briefs:desk",
            _counted(ngettext_lazy("%(n)s published", "%(n)s published", "count"), published),
            is_done=bool(published),
        ),
    ]


def _counted(forms: Any, n: int) -> str:  # what `ngettext_lazy` returns has no type
    """The plural form that `n` asks for, with the number in it."""
    return str(forms % {"n": number(n), "count": n})
