"""The public home, a series and an edition, without an account."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from majlis.front import queries
from majlis.kernel.clock import now
from majlis.series import access, programme
from majlis.series import queries as series_queries
from majlis.series.models import Edition
from majlis.series.states import Moment, TextKind
from majlis.ui.http import changes_at, for_everybody
from majlis.ui.request import Request

FOLDED = (TextKind.AUDIENCE, TextKind.RESULT, TextKind.METHOD, TextKind.PRACTICAL)


@for_everybody()
def home_page(request: Request) -> HttpResponse:
    """Every series and its editions."""
    return render(request, "front/home.html", {"cards": queries.series_cards()})


@for_everybody()
def series_page(request: Request, series: str) -> HttpResponse:
    """One series: the edition that comes next, or was last, and all of them."""
    found = access.public_series(series)
    editions = list(series_queries.editions_of(found))
    context: dict[str, Any] = {"series": found, "editions": editions}
    at = now()
    coming = [one for one in editions if one.moment(at) != Moment.AFTER]
    chosen = (coming or editions[:1])[-1:]
    for edition in chosen:
        context |= gathering_of(edition)
        changes_at(request, context["now_next"].until)
    with timezone.override(chosen[0].zone if chosen else None):
        return render(request, "front/series.html", context)


@for_everybody()
def edition_page(request: Request, edition: str) -> HttpResponse:
    """An edition before, during and after its day."""
    found = access.public_edition(edition)
    context = edition_context(found)
    changes_at(request, context["now_next"].until)
    return render(request, "front/edition.html", context)


def edition_context(edition: Edition) -> dict[str, Any]:
    """What the page of an edition says now."""
    texts = series_queries.texts_by_kind(edition)
    return gathering_of(edition) | {
        "texts": texts,
        "folded": [text for kind in FOLDED for text in texts[kind]],
        "themes": series_queries.offered_themes(edition),
        "challenges": series_queries.offered_challenges(edition),
        "links": edition.links.select_related("other"),
        "has_glossary": edition.glossary.exists(),
    }


def gathering_of(edition: Edition) -> dict[str, Any]:
    """When, where and with whom an edition meets."""
    at = now()
    sessions = programme.sessions_of(edition)
    return {
        "edition": edition,
        "moment": edition.moment(at),
        "now_next": programme.now_in(sessions, edition, at=at),
        "hours": programme.hours_of(sessions),
        "glance": programme.at_a_glance(sessions),
        "speakers": series_queries.public_speakers(edition),
        "partners": edition.partners.all(),
    }
