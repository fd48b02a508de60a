"""The participant's home: what runs now and what this voice can do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from majlis.dialogue.queries import own_contributions
from majlis.dialogue.views.participant_votes import rounds_context
from majlis.kernel.clock import now
from majlis.recommendations.queries import decided
from majlis.recommendations.states import Confidentiality
from majlis.registration.access import device_of, phone_of
from majlis.registration.models import Device
from majlis.registration.queries import notices_for
from majlis.series.models import Edition
from majlis.series.programme import now_and_next
from majlis.ui.http import living_piece
from majlis.ui.request import Request

NEWEST = 3  # of one's own contributions; the others are a step away


def room_page(request: Request, edition: str) -> HttpResponse:
    """The rounds, now and next, and what became of one's own contributions."""
    device = device_of(request, edition)
    known = decided(device.voice.edition, Confidentiality.PUBLIC, Confidentiality.PARTICIPANTS)
    context = {
        "decided": known,
        "device": device,
        "device_notices": notices_for(device),
        "offered": [] if device.is_limited else own_contributions(device.voice)[:NEWEST],
    }
    return render(
        request, "front/room.html", _seat(request, device.voice.edition, device) | context
    )


def room_now(request: Request, edition: str) -> HttpResponse:
    """The living part of the seat; 304 while nothing changed."""
    device = phone_of(request, edition)
    seat = _seat(request, request.shell_edition, device)
    return living_piece(request, "front/_room_now.html", seat)


def _seat(request: Request, edition: Edition, device: Device) -> dict[str, Any]:  # of many kinds
    at = now()
    return rounds_context(request, edition, device) | {
        "moment": edition.moment(at),
        "now_next": now_and_next(edition, at=at),
    }
