"""The public home, a series and an edition, without an account."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from majlis.front import queries
from majlis.kernel.clock import now
from majlis.series import access
from majlis.series import queries as series_queries
from majlis.ui.http import changes_at, for_everybody
from majlis.ui.request import Request


@for_everybody()
def home_page(request: Request) -> HttpResponse:
    """Every series and its editions."""
    return render(request, "front/home.html", {"cards": queries.series_cards()})


@for_everybody()
def series_page(request: Request, series: str) -> HttpResponse:
    """One series: what it is, and its editions."""
    found = access.public_series(series)
    context = {"series": found, "editions": series_queries.editions_of(found)}
    return render(request, "front/series.html", context)


@for_everybody()
def edition_page(request: Request, edition: str) -> HttpResponse:
    """An edition before, during and after its day."""
    found = access.public_edition(edition)
    at = now()
    now_next = series_queries.now_and_next(found, at=at)
    changes_at(request, now_next.until)
    context = {
        "edition": found,
        "moment": found.moment(at),
        "now_next": now_next,
        "texts": series_queries.texts_by_kind(found),
        "themes": found.themes.all(),
        "challenges": found.challenges.all(),
        "partners": found.partners.all(),
        "links": found.links.select_related("other"),
        "has_glossary": found.glossary.exists(),
    }
    return render(request, "front/edition.html", context)
