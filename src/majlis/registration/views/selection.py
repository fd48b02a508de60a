"""The sessions that a participant has chosen: kept with their place, and in their calendar."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_safe

from majlis.registration.access.selection import own_place, place_by_calendar
from majlis.registration.actions import choose_sessions
from majlis.series import calendars
from majlis.series.access import public_edition
from majlis.ui.http import attached, redirect_after
from majlis.ui.once import has_own_key
from majlis.ui.request import Request

MOST_CODES = 500


@has_own_key  # it may be sent twice: a session is chosen or is not
@require_http_methods(["GET", "POST"])
def selection(request: Request, edition: str) -> HttpResponse:
    """What is chosen, for the programme's script, which also adds and takes away."""
    place = own_place(request, edition)
    chosen = place.chosen
    if request.method == "POST":
        codes = request.POST.get("codes", "").split(",")[:MOST_CODES]
        chosen = choose_sessions(place, codes, is_chosen=request.POST.get("to") != "out")
        if "text/html" in request.headers.get("Accept", ""):
            return redirect_after(request, "front:room", edition=edition)
    return JsonResponse({"chosen": chosen, "token": get_token(request)})


@require_safe
def own_calendar(_request: Request, edition: str, token: str) -> HttpResponse:
    """The chosen sessions for a calendar program, which asks again from time to time."""
    place = place_by_calendar(public_edition(edition).slug, token)
    made = calendars.calendar(place.edition, get_language() or "", place.chosen)
    answer = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    return attached(answer, f"{edition}-own.ics")
