"""Ending emails that are not about one's place: the page behind the link in each of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from majlis.circulars import access
from majlis.circulars.actions import set_emails
from majlis.kernel.ratelimit import Limit, address_of
from majlis.ui.http import redirect_after
from majlis.ui.request import Request

GUESSES = Limit("stop-emails", times=300, seconds=600)


@csrf_exempt  # mail programs press the button themselves (RFC 8058); the address is the key
@require_http_methods(["GET", "POST"])
def stop_page(request: Request, edition: str, token: str) -> HttpResponse:
    """Ask, and end the emails, or want them again: a scanner that opens the link ends nothing."""
    with GUESSES.guessing(address_of(request)):
        registration = access.registration_by_stop_token(edition, token)
    if request.method == "POST":
        wanted = request.POST.get("to") == "again"
        set_emails(registration, wanted=wanted)
        said = _("You will receive such emails again.") if wanted else _("Done.")
        return redirect_after(request, request.path, said=said)
    context = {"edition": registration.edition, "registration": registration}
    return render(request, "circulars/stop.html", context)
