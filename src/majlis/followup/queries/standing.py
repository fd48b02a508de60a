"""Where pairs stand, with what the clock adds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from majlis.followup.models import Follow
from majlis.followup.states import Flag, Progress, Response
from majlis.kernel.clock import now
from majlis.recommendations.models import Addressee, Pair, Recommendation
from majlis.recommendations.states import TAKEN
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class Standing:
    """One pair as it stands today: stored states, and what the clock says of them."""

    pair: Pair
    follow: Follow
    response: Response
    progress: Progress
    flags: tuple[Flag, ...]

    @property
    def rec(self) -> Recommendation:
        return self.pair.recommendation

    @property
    def addressee(self) -> Addressee:
        return self.pair.addressee

    @property
    def is_overdue(self) -> bool:
        return Flag.OVERDUE in self.flags


def today_in(edition: Edition) -> date:
    """Today where an edition was held."""
    return now().astimezone(edition.zone).date()


def standing(pair: Pair, today: date) -> Standing:
    """How a pair stands; it asks nothing when the pair came with its follow-up."""
    follow: Follow = getattr(pair, "follow", None) or Follow(pair=pair)
    return Standing(
        pair,
        follow,
        follow.response_on(today),
        Progress(follow.progress),
        tuple(follow.flags_on(today, pair.recommendation.due_on)),
    )


def pairs_of(edition: Edition) -> QuerySet[Pair]:
    """The pairs of an edition's adopted recommendations, with all that is asked of them."""
    rows = Pair.objects.filter(recommendation__edition=edition, recommendation__state__in=TAKEN)
    return rows.select_related(
        "recommendation__edition", "recommendation__theme", "addressee__edition", "follow"
    ).order_by("recommendation__rec_id", "pk")


def standing_of(edition: Edition, **only: Any) -> list[Standing]:
    """Every pair of an edition as it stands today, or some of them."""
    today = today_in(edition)
    return [standing(pair, today) for pair in pairs_of(edition).filter(**only)]
