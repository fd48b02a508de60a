"""Results of a closed round, on the desk."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from majlis.dialogue.views.results import results_of
from majlis.kernel.disclosure import Audience
from majlis.opinion import access, queries
from majlis.registration.access import colleague
from majlis.ui.figures import Drawing, Point, scatter_map
from majlis.ui.request import Request


def results_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Counts of every statement, and the first map by the recipe of Polis."""
    place = colleague(request, edition)
    round = access.closed_round_for(place, code)
    order = request.GET.get("order", "agreement")
    order = order if order in queries.ORDERS else "agreement"
    results = sorted(
        results_of(round, audience=Audience.ROOM),
        key=lambda r: (-queries.ORDERS[order](r.breakdown), r.statement.number),
    )
    found = queries.map_of(round)
    context = {
        "edition": place.edition,
        "round": round,
        "order": order,
        "results": results,
        "map": found,
        "drawing": _drawn(found, get_language() or "en") if found else None,
    }
    return render(request, "opinion/results.html", context)


def _drawn(found: queries.Map, lang: str) -> Drawing:
    names = [_("Group %(n)s") % {"n": group.number} for group in found.groups]
    points = [Point(seat.x, seat.y, seat.group) for seat in found.seats]
    title = _("Opinion map by the recipe of Polis: not a finding")
    return scatter_map(points, title=title, lang=lang, group_names=names)
