"""The participant's home: what runs now and what this voice can do."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from majlis.dialogue.queries import own_contributions
from majlis.dialogue.views.participant_votes import rounds_context
from majlis.kernel.clock import now
from majlis.ratings.views.participant import ratings_context
from majlis.recommendations.queries import decided
from majlis.recommendations.states import Confidentiality
from majlis.registration.access import device_of, phone_of
from majlis.registration.access.selection import calendar_token
from majlis.registration.models import Device, Registration
from majlis.registration.queries import notices_for
from majlis.series.models import Edition, Session
from majlis.series.programme import now_in, sessions_of
from majlis.ui.http import living_piece
from majlis.ui.links import page_address
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
    seat = _seat(request, device.voice.edition, device)
    return render(request, "front/room.html", seat | context | _chosen(device, seat["sessions"]))


def _chosen(device: Device, sessions: list[Session]) -> dict[str, Any]:  # of many kinds
    """The sessions that the participant has chosen, with the address for a calendar."""
    place = device.voice.registration
    if place is None or device.is_limited:
        return {"chosen": [], "is_own_place": False, "arrival_url": ""}
    token = calendar_token(place)
    address = page_address(
        "registration:own-calendar",
        get_language() or "",
        edition=device.voice.edition.slug,
        token=token,
    )
    return {
        "chosen": [one for one in sessions if one.code in place.chosen],
        "arrival_url": "" if place.arrived_at else _arrival(device.voice.edition, place),
        "calendar": address,
        "is_own_place": True,
    }


def _arrival(edition: Edition, place: Registration) -> str:
    """The address behind a badge's code: only a signed-in team member can use it."""
    names = {"edition": edition.slug, "code": place.code}
    return page_address("welcome:arrival", edition.authoritative_language, **names)


def room_now(request: Request, edition: str) -> HttpResponse:
    """The living part of the seat; 304 while nothing changed."""
    device = phone_of(request, edition)
    seat = _seat(request, request.shell_edition, device)
    return living_piece(request, "front/_room_now.html", seat)


def _seat(request: Request, edition: Edition, device: Device) -> dict[str, Any]:  # of many kinds
    at, sessions = now(), sessions_of(edition)
    asked = rounds_context(request, edition, device)
    asked |= ratings_context(request, edition, device)
    return asked | {
        "moment": edition.moment(at),
        "sessions": sessions,
        "now_next": now_in(sessions, edition, at=at),
    }
