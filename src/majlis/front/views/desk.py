"""The organiser's desk: editions, and the overview of one."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from majlis.front import queries
from majlis.front.rehearsal import make_rehearsal, remove_rehearsal
from majlis.kernel.clock import now
from majlis.people.models import Person
from majlis.registration.access import anybody_of, may_make_editions, organiser
from majlis.registration.states import TEAM
from majlis.stage.access import stage_of
from majlis.ui.http import redirect_after
from majlis.ui.request import Request


def desk_home_page(request: Request) -> HttpResponse:
    """The editions at which the signed-in person is a colleague."""
    person = request.user
    if not isinstance(person, Person):
        return redirect("people:sign-in")
    seats = queries.desks_of(person)
    context = {"seats": seats, "has_rehearsal": any(s.edition.is_rehearsal for s in seats)}
    context["may_make"] = may_make_editions(person)
    return render(request, "front/desk_home.html", context)


def desk_page(request: Request, edition: str) -> HttpResponse:
    """What stands where, and what to do next."""
    place = anybody_of(request, edition)
    if not place.is_(*TEAM):
        return redirect("welcome:arrivals", edition=edition)
    overview = queries.overview_of(place, at=now())
    steps = queries.steps_of(overview)
    context = {
        "edition": place.edition,
        "place": place,
        "overview": overview,
        "waits": queries.waits_of(overview),
        "steps": steps,
        "n_done": sum(step.is_done for step in steps),
        "stage": stage_of(place.edition),
        "is_loopback": not settings.PHONES_CAN_REACH,
    }
    return render(request, "front/desk.html", context)


@require_POST
def rehearsal_make(request: Request, edition: str) -> HttpResponse:
    """Make a rehearsal of the edition, and go there."""
    place = organiser(request, edition)
    made = make_rehearsal(place.edition, by=place.person)
    said = _("Your rehearsal is ready. All the people in it are invented, so you can try anything.")
    return redirect_after(request, "front:desk", said=said, edition=made.slug)


@require_POST
def rehearsal_remove(request: Request, edition: str) -> HttpResponse:
    """Remove a rehearsal with everything in it."""
    place = organiser(request, edition)
    remove_rehearsal(place.edition, by=place)
    said = _("The rehearsal and everything in it have been deleted.")
    return redirect_after(request, "front:desk-home", said=said)
