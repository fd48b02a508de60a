"""Results of a closed round, on the desk."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from majlis.dialogue.models import Statement
from majlis.dialogue.views.results import Result, results_of
from majlis.kernel.disclosure import Audience
from majlis.opinion import access, queries
from majlis.opinion.wording import sentence
from majlis.registration.access import colleague
from majlis.ui.figures import Drawing, Point, scatter_map
from majlis.ui.request import Request


def results_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Counts of every statement, and the first map by the recipe of Polis."""
    place = colleague(request, edition)
    round = access.closed_round_for(place, code)
    results = results_of(round, audience=Audience.ROOM)
    shown = {r.statement.code for r in results if r.breakdown.total}
    reading = queries.reading_of(round)
    orders = _orders(reading, shown)
    order = request.GET.get("order", "agreement")
    order = order if order in orders else "agreement"
    results.sort(key=lambda r: (-orders[order](r), r.statement.number))
    found = queries.map_of(round)
    context = {
        "edition": place.edition,
        "round": round,
        "order": order,
        "results": results,
        "said": _said(reading, shown),
        "reading": reading,
        "orders": orders,
        "map": found,
        "drawing": _drawn(found, get_language() or "en") if found else None,
    }
    return render(request, "opinion/results.html", context)


Worth = Callable[[Result], float]


def _orders(reading: queries.Reading | None, shown: set[str]) -> dict[str, Worth]:
    """Ways to sort: by counts, and by what the reading says of statements that may be shown."""
    found: dict[str, Worth] = {name: _by_counts(worth) for name, worth in queries.ORDERS.items()}
    if reading is not None:
        for name, numbers in (("bridging", reading.bridging), ("divides", reading.divisiveness)):
            known = {code: n for code, n in numbers.items() if code in shown}
            if known:
                found[name] = _by_reading(known)
    return found


def _by_counts(worth: queries.Order) -> Worth:
    return lambda result: worth(result.breakdown)


def _by_reading(known: Mapping[str, float]) -> Worth:
    return lambda result: known.get(result.statement.code, -1.0)


def _said(reading: queries.Reading | None, shown: set[str]) -> list[tuple[str, Statement | None]]:
    """The sentences; one about a statement with too few answers is left out."""
    if reading is None:
        return []
    return [
        (sentence(s), s.statement)
        for s in reading.said
        if s.statement is None or s.statement.code in shown
    ]


def _drawn(found: queries.Map, lang: str) -> Drawing:
    names = [_("Group %(n)s") % {"n": group.number} for group in found.groups]
    points = [Point(seat.x, seat.y, seat.group) for seat in found.seats]
    title = _("Opinion map by the recipe of Polis: not a finding")
    return scatter_map(points, title=title, lang=lang, group_names=names)
