"""Statements and contributions to choose from, with what participants may see of their counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from majlis.dialogue.models import Contribution, Statement
from majlis.dialogue.queries.contributions import searched_contributions
from majlis.dialogue.queries.showings import breakdown
from majlis.dialogue.queries.statements import searched
from majlis.dialogue.states import ContributionState, StatementState
from majlis.kernel.disclosure import AttributionRule, Audience, Breakdown
from majlis.series.models import Edition

# As `Contribution.is_guarded` has it; outside any session the Chatham House Rule holds.
GUARDED = Q(only_statement=True) | Q(session__attribution_rule=AttributionRule.CLOSED)


@dataclass(frozen=True, slots=True)
class Choice:
    """A statement with its counts; None where its results have not been shown."""

    statement: Statement
    breakdown: Breakdown | None

    @property
    def code(self) -> str:
        return str(self.statement.code)


def matching_statements(
    edition: Edition, *, q: str = "", theme: str = "", round: str = ""
) -> QuerySet[Statement]:
    """Standing statements that hold all words of `q`, by number."""
    rows = (
        Statement.objects.filter(edition=edition, state=StatementState.CAPTURED)
        .select_related("round", "theme", "challenge", "edition", "showing")
        .order_by("number")
    )
    if theme:
        rows = rows.filter(theme__code=theme)
    if round:
        rows = rows.filter(round__code=round)
    return searched(rows, q)


def with_counts(statements: Sequence[Statement]) -> list[Choice]:
    """Statements with the counts that participants may see; no query where `showing` is read."""
    return [
        Choice(
            s,
            breakdown(getattr(s, "showing", None), Audience.PARTICIPANTS)
            if s.round and s.round.is_shown
            else None,
        )
        for s in statements
    ]


def matching_contributions(edition: Edition, *, q: str = "") -> QuerySet[Contribution]:
    """Contributions that hold all words of `q`, newest first; guarded ones are not for rapporteurs,
    who cite the statement made of them."""
    rows = (
        Contribution.objects.filter(edition=edition)
        .exclude(state=ContributionState.WITHDRAWN)
        .select_related("session", "theme")
        .order_by("-offered_at", "-pk")
    )
    return searched_contributions(rows.exclude(GUARDED), q)
