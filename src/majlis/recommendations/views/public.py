"""What everybody may read, and from a footnote back to the words said."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from majlis.kernel.errors import NotFound
from majlis.recommendations import access, queries
from majlis.recommendations.views.desk_lists import matrix_answer
from majlis.series.access import public_edition
from majlis.ui.http import for_everybody
from majlis.ui.pages import page_of
from majlis.ui.request import Request


@require_safe
@for_everybody("page")
def list_page(request: Request, edition: str) -> HttpResponse:
    """The recommendations of an edition that everybody may know of."""
    found = public_edition(edition)
    known = queries.public_list(found)
    page = page_of(request, known.published)
    if request.GET.get("page", "1") != str(page.number):
        raise NotFound  # no page is kept under the numbers that somebody makes up
    context = {
        "edition": found,
        "list": known,
        "page": page,
        "groups": queries.by_theme(page),
        "n_published": page.paginator.count,
    }
    return render(request, "recommendations/public_list.html", context)


@require_safe
@for_everybody()
def recommendation_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """One published recommendation."""
    rec = access.published_recommendation(public_edition(edition), rec_id)
    context = {"edition": rec.edition, "shown": queries.public_view(rec)}
    return render(request, "recommendations/public_one.html", context)


@require_safe
@for_everybody()
def why_page(request: Request, edition: str, rec_id: str) -> HttpResponse:
    """Where each footnote of a recommendation comes from, back to the words said."""
    rec = access.published_recommendation(public_edition(edition), rec_id)
    shown = queries.public_view(rec)
    notes = [] if shown.is_withdrawn else queries.why_of(rec)
    context = {"edition": rec.edition, "shown": shown, "notes": notes}
    return render(request, "recommendations/why.html", context)


@require_safe
@for_everybody("bom")
def matrix_file(request: Request, edition: str) -> HttpResponse:
    """The matrix of published recommendations, with counts as everybody may see them."""
    return matrix_answer(request, public_edition(edition), published_only=True)
