"""Badges to print: of everybody, or of those that were ticked in the list."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from majlis.kernel.errors import NotFound
from majlis.ui.http import attached
from majlis.ui.links import whole_address
from majlis.ui.pages import page_of
from majlis.ui.request import Request
from majlis.welcome import access, queries
from majlis.welcome.render import badges_pdf
from majlis.welcome.states import BadgeSize

IN_A_FILE = 300


@require_safe
def badges_page(request: Request, edition: str) -> HttpResponse:
    """Choose a size; a large edition comes in several files."""
    place = access.welcomer(request, edition)
    codes = request.GET.getlist("codes")
    n = len(queries.badge_keys(place.edition, codes))
    parts = [
        (first + 1, min(first + IN_A_FILE, n), urlencode([("codes", one) for one in codes]))
        for first in range(0, n, IN_A_FILE)
    ]
    context = {
        "edition": place.edition,
        "n": n,
        "is_some": bool(codes),
        "sizes": list(BadgeSize),
        "parts": [(number, *part) for number, part in enumerate(parts, start=1)],
    }
    return render(request, "welcome/badges.html", context)


@require_safe
def badges_file(request: Request, edition: str) -> HttpResponse:
    """Badges as a PDF."""
    place = access.welcomer(request, edition)
    size = request.GET.get("size", BadgeSize.A6)
    if size not in BadgeSize.values:
        raise NotFound
    keys = queries.badge_keys(place.edition, request.GET.getlist("codes"))
    page = page_of(request, keys, most=IN_A_FILE)
    address = whole_address(reverse("welcome:arrivals", args=[edition]), request)
    sheet = queries.badge_sheet(place.edition, page, size=BadgeSize(size), address=address)
    made = badges_pdf(sheet, queries.emblems_of(place.edition))
    answer = HttpResponse(made, content_type="application/pdf")
    return attached(answer, f"{edition}-badges-{page.number}.pdf")
