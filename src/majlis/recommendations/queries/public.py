"""What everybody may read of an edition's recommendations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch, QuerySet

from majlis.ratings.document import Result, about
from majlis.ratings.models import Rating
from majlis.recommendations.models import Adoption, Recommendation
from majlis.recommendations.queries.brief import Footnote, citations_of_all, footnotes_of
from majlis.recommendations.queries.facts import Fact, facts_of
from majlis.recommendations.states import ADOPTED, Confidentiality, TextState
from majlis.series.models import Edition


@dataclass(frozen=True, slots=True)
class PublicList:
    """The public list: published ones with their pages, others by title where that is open."""

    published: QuerySet[Recommendation]
    adopted: tuple[Recommendation, ...]
    postponed: tuple[Recommendation, ...]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """One published recommendation as its page shows it."""

    rec: Recommendation
    notes: tuple[Footnote, ...]
    facts: tuple[Fact, ...]
    is_withdrawn: bool
    successor: Recommendation | None
    successor_is_public: bool
    ratings: Sequence[tuple[Rating, Result]] = ()

    @property
    def successor_is_known(self) -> bool:
        """Whether everybody may know that there is a newer one."""
        newer = self.successor
        return newer is not None and (
            newer.is_public or newer.confidentiality == Confidentiality.PUBLIC
        )


def public_list(edition: Edition) -> PublicList:
    """Recommendations of an edition that everybody may know of."""
    known = decided(edition, Confidentiality.PUBLIC)
    return PublicList(
        _in_order(edition).filter(
            state__in=[TextState.PUBLISHED, TextState.SUPERSEDED], published_at__isnull=False
        ),
        tuple(known.filter(state__in=ADOPTED)),
        tuple(known.filter(state=TextState.POSTPONED)),
    )


def decided(edition: Edition, *readers: Confidentiality) -> QuerySet[Recommendation]:
    """Adopted and postponed ones without a public page that these readers may know of by title."""
    return _in_order(edition).filter(
        state__in=[*ADOPTED, TextState.POSTPONED], confidentiality__in=readers
    )


def _in_order(edition: Edition) -> QuerySet[Recommendation]:
    rows = Recommendation.objects.filter(edition=edition)
    return (
        rows.select_related("theme", "edition")
        .prefetch_related("addressees")
        .order_by("theme__position", "theme__code", "rec_id")
    )


def decisions_with_ratings() -> Prefetch[Any]:
    """Decisions with the rating that each rests on."""
    return Prefetch("adoptions", Adoption.objects.select_related("rating__asked"))


def public_view(rec: Recommendation) -> PublicPage:
    """The public page of one recommendation."""
    found = (
        Recommendation.objects.select_related("edition__series", "theme", "superseded_by__edition")
        .prefetch_related("challenges", "addressees", decisions_with_ratings(), citations_of_all())
        .get(pk=rec.pk)
    )
    return PublicPage(
        found,
        footnotes_of(found),
        facts_of(found),
        found.state == TextState.WITHDRAWN,
        found.superseded_by,
        bool(found.superseded_by and found.superseded_by.is_public),
        about(found.edition, found.rec_id),
    )
