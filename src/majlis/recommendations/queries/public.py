"""What everybody may read of an edition's recommendations."""

from __future__ import annotations

from dataclasses import dataclass

from majlis.recommendations.models import Recommendation
from majlis.recommendations.queries.brief import (
    BriefRecommendation,
    brief_recommendation,
    citations_of_all,
)
from majlis.recommendations.states import ADOPTED, Confidentiality, TextState
from majlis.series.models import Edition, Theme


@dataclass(frozen=True, slots=True)
class PublicList:
    """The public list: published ones with their pages, adopted and postponed ones by title."""

    published: tuple[tuple[Theme | None, tuple[Recommendation, ...]], ...]
    adopted: tuple[Recommendation, ...]
    postponed: tuple[Recommendation, ...]

    @property
    def is_empty(self) -> bool:
        return not (self.published or self.adopted or self.postponed)

    @property
    def n_published(self) -> int:
        return sum(len(found) for _theme, found in self.published)


@dataclass(frozen=True, slots=True)
class Shown:
    """One published recommendation as its page shows it."""

    rec: Recommendation
    content: BriefRecommendation
    is_withdrawn: bool
    successor: Recommendation | None
    successor_is_public: bool


def public_list(edition: Edition) -> PublicList:
    """Recommendations of an edition that everybody may know of."""
    rows = (
        Recommendation.objects.filter(edition=edition)
        .select_related("theme", "addressee", "edition")
        .order_by("theme__position", "theme__code", "rec_id")
    )
    groups: dict[int | None, list[Recommendation]] = {}
    for rec in rows.filter(state__in=[TextState.PUBLISHED, TextState.SUPERSEDED]):
        if rec.is_public:
            groups.setdefault(rec.theme_id, []).append(rec)
    known = rows.exclude(confidentiality=Confidentiality.ORGANISERS)
    return PublicList(
        tuple((found[0].theme, tuple(found)) for found in groups.values()),
        tuple(known.filter(state__in=ADOPTED)),
        tuple(known.filter(state=TextState.POSTPONED)),
    )


def public_view(rec: Recommendation) -> Shown:
    """The public page of one recommendation."""
    found = (
        Recommendation.objects.select_related(
            "edition__series", "theme", "addressee", "superseded_by__edition"
        )
        .prefetch_related("challenges", "adoptions", citations_of_all())
        .get(pk=rec.pk)
    )
    return Shown(
        found,
        brief_recommendation(found),
        found.state == TextState.WITHDRAWN,
        found.superseded_by,
        bool(found.superseded_by and found.superseded_by.is_public),
    )
