"""Lists at the desk: recommendations, statements to draft from, addressees, the matrix."""

from __future__ import annotations

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from majlis.dialogue.queries import matching_statements, with_counts
from majlis.kernel.analysis import sort_key
from majlis.recommendations import access, queries
from majlis.recommendations.forms import StatementFilter
from majlis.recommendations.models import Recommendation
from majlis.recommendations.states import TextState
from majlis.registration.access import colleague
from majlis.series.models import Edition
from majlis.ui.http import attached
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.ui.tables import named, table_file


@require_GET
def list_page(request: Request, edition: str) -> HttpResponse:
    """Every recommendation by theme, narrowed by theme and state."""
    place = colleague(request, edition, *access.WRITERS)
    theme, state = request.GET.get("theme", ""), request.GET.get("state", "")
    found = queries.recommendations_of(place.edition, theme=theme, state=state)
    page = page_of(request, found)
    context = {
        "edition": place.edition,
        "page": page,
        "groups": queries.by_theme(page),
        "has_any": Recommendation.objects.filter(edition=place.edition).exists(),
        "themes": place.edition.themes.all(),
        "states": TextState,
        "theme": theme,
        "state": state,
    }
    return render(request, "recommendations/desk_list.html", context)


@require_GET
def statements_page(request: Request, edition: str) -> HttpResponse:
    """Statements to draft from: search, look at the counts, choose."""
    place = colleague(request, edition, *access.WRITERS)
    form = StatementFilter(request.GET, edition=place.edition)
    form.is_valid()
    data = form.cleaned_data
    found = matching_statements(
        place.edition, **{name: data.get(name, "") for name in ("q", "theme", "round")}
    )
    picked = list(dict.fromkeys(request.GET.getlist("s")))
    page = page_of(request, found)
    others = [s for s in access.statements_for(place, picked) if s not in page.object_list]
    context = {
        "edition": place.edition,
        "form": form,
        "page": page,
        "choices": with_counts([*others, *page]),
        "picked": picked,
        "has_any": place.edition.statements.exists(),
    }
    return render(request, "recommendations/statements.html", context)


@require_GET
def addressees_page(request: Request, edition: str) -> HttpResponse:
    """Units that are asked to act, with their names in three languages."""
    place = colleague(request, edition, *access.WRITERS)
    rows = sorted(
        place.edition.addressees.annotate(n_recommendations=Count("recommendations")),
        key=lambda addressee: sort_key(str(addressee.unit)),
    )
    context = {"edition": place.edition, "page": page_of(request, rows)}
    return render(request, "recommendations/addressees.html", context)


@require_GET
def matrix_file(request: Request, edition: str) -> HttpResponse:
    """The matrix of all recommendations, with counts as participants may see them."""
    place = colleague(request, edition, *access.WRITERS)
    return matrix_answer(request, place.edition, published_only=False)


def matrix_answer(request: Request, edition: Edition, *, published_only: bool) -> HttpResponse:
    """The matrix as a file; `?bom=1` for spreadsheets that ask for it."""
    rows = queries.matrix_rows(edition, published_only=published_only)
    if request.GET.get("as") == "xlsx" and not published_only:
        return table_file(
            "xlsx", named(queries.MATRIX_COLUMNS), rows, name=f"recommendations-{edition.slug}"
        )
    text = queries.matrix_csv(rows, bom=request.GET.get("bom") == "1")
    answer = HttpResponse(text.encode("utf-8"), content_type="text/csv; charset=utf-8")
    return attached(answer, f"recommendations-{edition.slug}.csv")
