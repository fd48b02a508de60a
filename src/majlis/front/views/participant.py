"""The participant's home: what runs now and what this voice can do."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render

from majlis.kernel.clock import now
from majlis.registration.access import voice_of
from majlis.series import queries as series_queries
from majlis.ui.request import Request


def room_page(request: Request, edition: str) -> HttpResponse:
    """Now and next, open rounds, and a place to say something."""
    voice = voice_of(request, edition)
    found = voice.edition
    context = {
        "edition": found,
        "voice": voice,
        "moment": found.moment(now()),
        "now_next": series_queries.now_and_next(found, at=now()),
    }
    return render(request, "front/room.html", context)
