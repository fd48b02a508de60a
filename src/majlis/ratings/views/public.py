"""Results of ratings, for everybody: of recommendations that are published."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from majlis.ratings.access import shown_rating
from majlis.ratings.document import COLUMNS, rows_of, shown
from majlis.ratings.offers import published
from majlis.series.access import public_edition
from majlis.ui.http import for_everybody
from majlis.ui.request import Request
from majlis.ui.tables import table_file


@for_everybody()
@require_GET
def result_page(request: Request, edition: str, code: str) -> HttpResponse:
    """What came out of a rating, by which rule, and who does not go along."""
    rating = shown_rating(public_edition(edition), code)
    found = shown(rating, published(rating.edition))
    context = {"edition": rating.edition, "rating": rating, "shown": found, "is_public": True}
    return render(request, "ratings/result.html", context)


@require_GET
def result_file(_request: Request, edition: str, code: str, kind: str) -> HttpResponse:
    """The same as CSV or XLSX, and no more."""
    rating = shown_rating(public_edition(edition), code)
    found = shown(rating, published(rating.edition))
    return table_file(kind, COLUMNS, rows_of(found), name=f"rating-{edition}-{code}")
