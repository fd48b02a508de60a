"""The organiser's desk: editions, and the overview of one."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render

from majlis.front import queries
from majlis.kernel.clock import now
from majlis.people.models import Person
from majlis.registration.access import colleague
from majlis.series import queries as series_queries
from majlis.ui.request import Request


def desk_home_page(request: Request) -> HttpResponse:
    """The editions at which the signed-in person is a colleague."""
    person = request.user
    if not isinstance(person, Person):
        return redirect(f"/{request.LANGUAGE_CODE}/sign-in/")
    return render(request, "front/desk_home.html", {"seats": queries.seats_of(person)})


def desk_page(request: Request, edition: str) -> HttpResponse:
    """What stands where, and what to do next."""
    place = colleague(request, edition)
    at = now()
    context = {
        "edition": place.edition,
        "place": place,
        "moment": place.edition.moment(at),
        "now_next": series_queries.now_and_next(place.edition, at=at),
    }
    return render(request, "front/desk.html", context)
