"""The welcome desk: searching, checking in, taking back, and people without a registration."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import set_response_etag
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from majlis.kernel.analysis import Search
from majlis.kernel.punctuation import labelled
from majlis.registration import actions
from majlis.registration.queries.readers import answers_at_the_door
from majlis.ui.http import form_page, posted, redirect_after
from majlis.ui.once import has_own_key
from majlis.ui.request import Request
from majlis.welcome import access, queries
from majlis.welcome.forms import DoorForm

SHOWN = 30  # of those found; more words find fewer


@require_safe
def arrivals_page(request: Request, edition: str) -> HttpResponse:
    """Everybody who is expected: the page finds and checks in by itself, also without a network."""
    place = access.welcomer(request, edition)
    words = request.GET.get("words", "").strip()
    wanted = Search(words)
    people = queries.expected(place.edition, by_address=place.is_())
    found = [one for one in people if wanted and wanted.in_names(one["keys"])]
    context = {
        "edition": place.edition,
        "words": words,
        "found": found[:SHOWN],
        "is_cut": len(found) > SHOWN,
        "counters": queries.counters(people),
        "n": sum(one["hasArrived"] for one in people if one["isConfirmed"]),
        "of": sum(one["isConfirmed"] for one in people),
    }
    return render(request, "welcome/arrivals.html", context)


@require_safe
def arrivals_list(request: Request, edition: str) -> HttpResponse:
    """The same list for the page's own search: 304 while nobody came."""
    place = access.welcomer(request, edition)
    people = queries.expected(place.edition, by_address=place.is_())
    answer = JsonResponse(people, safe=False)
    set_response_etag(answer)  # `ConditionalGetMiddleware` compares it
    return answer


@require_safe
def arrival_page(request: Request, edition: str, code: str) -> HttpResponse:
    """Whom a badge names; its code leads here, for signed-in colleagues alone."""
    place = access.welcomer(request, edition)
    guest = access.guest_for(place, code)
    context = {
        "edition": place.edition,
        "guest": guest,
        "answers": answers_at_the_door(guest),
        "is_organiser": place.is_(),
    }
    return render(request, "welcome/arrival.html", context)


@has_own_key  # to check somebody in twice is to do it once
@require_POST
def arrival_mark(request: Request, edition: str, code: str, verb: str) -> HttpResponse:
    """Check somebody in, or take that back; the page's own script wants plain facts."""
    place = access.welcomer(request, edition)
    guest = access.guest_for(place, code)
    act = actions.mark_arrived if verb == "arrived" else actions.mark_not_arrived
    guest = act(guest, by=place)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"code": guest.code, "hasArrived": guest.arrived_at is not None})
    done = _("Checked in.") if guest.arrived_at else _("Check-in undone.")
    said = labelled(guest.full_name, done)
    return redirect_after(request, "welcome:arrival", edition, guest.code, said=said)


@require_http_methods(["GET", "POST"])
def door_page(request: Request, edition: str) -> HttpResponse:
    """Register somebody who stands at the door, and check them in."""
    place = access.welcomer(request, edition)
    begun = {
        "name": request.GET.get("name", ""),
        "country": place.edition.country,
        "language": get_language(),
    }
    form = DoorForm(posted(request), initial=begun)
    if form.is_valid():
        language = form.cleaned_data["language"]
        made = actions.add_at_desk(
            place.edition, answers=form.answers(), language=language, has_arrived=True, by=place
        )
        said = _("Registered and checked in. Give them their card.")
        if not place.is_():
            said = _("Registered and checked in. An organiser gives them their card.")
        said = labelled(made.full_name, said)
        return redirect_after(request, "welcome:arrival", edition, made.code, said=said)
    return form_page(
        request, "welcome/door.html", form, edition=place.edition, is_organiser=place.is_()
    )
