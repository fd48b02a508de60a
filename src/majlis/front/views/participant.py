"""The participant's home: what runs now and what this voice can do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from majlis.dialogue.views.participant_votes import rounds_context
from majlis.kernel.clock import now
from majlis.recommendations.queries import decided
from majlis.recommendations.states import Confidentiality
from majlis.registration.access import voice_of
from majlis.registration.models import Voice
from majlis.series import queries as series_queries
from majlis.ui.http import living_piece
from majlis.ui.request import Request


def room_page(request: Request, edition: str) -> HttpResponse:
    """Now and next, the rounds, and a place to say something."""
    voice = voice_of(request, edition)
    known = decided(voice.edition, Confidentiality.PUBLIC, Confidentiality.PARTICIPANTS)
    return render(request, "front/room.html", _seat(voice) | {"decided": known})


def room_now(request: Request, edition: str) -> HttpResponse:
    """The living part of the seat; 304 while nothing changed."""
    return living_piece(request, "front/_room_now.html", _seat(voice_of(request, edition)))


def _seat(voice: Voice) -> dict[str, Any]:  # template facts of many kinds
    at = now()
    return rounds_context(voice) | {
        "moment": voice.edition.moment(at),
        "now_next": series_queries.now_and_next(voice.edition, at=at),
    }
