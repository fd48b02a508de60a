"""The activity log, and the search, of one edition."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from majlis.front.queries import activity, search
from majlis.registration.access import colleague, organiser
from majlis.ui.pages import page_of
from majlis.ui.request import Request


def activity_page(request: Request, edition: str) -> HttpResponse:
    """Who did what and when, as far as it may be told."""
    place = organiser(request, edition)
    asked = {name: request.GET.get(name, "") for name in ("who", "what", "since")}
    since = activity.since_day(asked["since"])
    acts = activity.told(place.edition, who=asked["who"], what=asked["what"], since=since)
    page = page_of(request, acts)
    context = {
        "edition": place.edition,
        "place": place,
        "asked": asked,
        "page": page,
        "lines": activity.lines_of(page),
        "doers": activity.doers_of(place.edition),
        "areas": activity.AREAS.items(),
    }
    return render(request, "front/activity.html", context)


def search_page(request: Request, edition: str) -> HttpResponse:
    """Whatever holds all words, of what this colleague may see."""
    place = colleague(request, edition)
    typed = request.GET.get("q", "")[:200]
    context = {
        "edition": place.edition,
        "place": place,
        "typed": typed,
        "found": search.found_at(place, typed),
    }
    return render(request, "front/search.html", context)
