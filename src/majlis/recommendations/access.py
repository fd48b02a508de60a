"""Fetching is authorising: recommendations by who asks. Strangers get the answer of nothing."""

from __future__ import annotations

from majlis.dialogue.models import Statement
from majlis.kernel.citing import Cited, kind_named
from majlis.kernel.errors import NotFound
from majlis.kernel.fetching import found_in
from majlis.recommendations.models import Addressee, Citation, Recommendation, with_sources
from majlis.registration.access import Place, colleague, organiser
from majlis.registration.states import RoleKind
from majlis.series.models import Edition
from majlis.ui.request import Request

WRITERS = (RoleKind.RAPPORTEUR,)
"""Who writes and reviews, besides the organiser, who may do all and decides."""


def for_writer(request: Request, edition: str, rec_id: str) -> tuple[Place, Recommendation]:
    """A recommendation for somebody who writes at its edition, or `NotFound`."""
    place = colleague(request, edition, *WRITERS)
    return place, recommendation_for(place, rec_id)


def for_organiser(request: Request, edition: str, rec_id: str) -> tuple[Place, Recommendation]:
    """A recommendation for an organiser of its edition, or `NotFound`."""
    place = organiser(request, edition)
    return place, recommendation_for(place, rec_id)


def recommendation_for(place: Place, rec_id: str) -> Recommendation:
    """A recommendation of the colleague's edition, in any state, or `NotFound`."""
    return _recommendation(edition=place.edition, rec_id=rec_id)


def published_recommendation(edition: Edition, rec_id: str) -> Recommendation:
    """A recommendation whose page was opened to everybody, or `NotFound`."""
    return _recommendation(edition=edition, rec_id=rec_id, published_at__isnull=False)


def _recommendation(**wanted: object) -> Recommendation:
    rows = Recommendation.objects.select_related(
        "edition__series", "theme", "superseded_by__edition"
    )
    return found_in(rows.filter(**wanted))


def citation_for(rec: Recommendation, code: str) -> Citation:
    """One source of a recommendation, or `NotFound`."""
    return found_in(with_sources(rec.citations.all()).filter(code=code))


def addressee_for(place: Place, code: str) -> Addressee:
    """An addressee of the colleague's edition, or `NotFound`."""
    return found_in(Addressee.objects.filter(edition=place.edition, code=code))


def source_for(place: Place, kind: str, code: str) -> Cited:
    """A row of the colleague's edition that can be cited, or `NotFound`."""
    known = kind_named(kind)
    rows = known.model._default_manager.filter(edition=place.edition, code=code) if known else None
    found = rows.first() if rows is not None else None
    if found is None:
        raise NotFound
    return found


def statements_for(place: Place, codes: list[str]) -> list[Statement]:
    """The statements named by their codes, in that order; unknown codes are left out."""
    found = {
        s.code: s
        for s in Statement.objects.filter(edition=place.edition, code__in=codes).select_related(
            "round", "theme", "challenge", "edition", "showing"
        )
    }
    return [found[code] for code in dict.fromkeys(codes) if code in found]


def related_for(rec: Recommendation, rec_id: str) -> Recommendation:
    """A recommendation that this one has been related to, or `NotFound`."""
    found = rec.relations.filter(other__rec_id=rec_id).select_related("other").first()
    if found is None:
        raise NotFound
    return found.other
