"""Results of a round for those who voted in it."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from majlis.dialogue.access.rounds import round_for
from majlis.opinion.views.page import results_context
from majlis.registration.access import device_of
from majlis.ui.request import Request


@require_GET
def room_results_page(request: Request, edition: str, code: str) -> HttpResponse:
    """What everybody said, with the reader's own answers and place unless the device is limited."""
    device = device_of(request, edition)
    round = round_for(device.voice, code)
    if not round.is_shown:
        return redirect("dialogue:round", edition=edition, code=code)
    voice = None if device.is_limited else device.voice
    return render(request, "opinion/room_results.html", results_context(request, round, voice))
