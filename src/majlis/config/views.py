"""Addresses of the server itself: is it well, does a phone reach it."""

from __future__ import annotations

import logging

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from majlis.kernel import tick
from majlis.ui.links import whole_address
from majlis.ui.request import Request

log = logging.getLogger("majlis.health")

TICK_IS_LATE_AFTER_SECONDS = 60.0


@require_safe
def healthz(_request: Request) -> HttpResponse:
    """Answer 200 while the database answers and the tick goes, else 503; for whoever watches."""
    facts = {"database": "ok", "tick": "ok"}
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        log.exception("database does not answer")
        facts["database"] = "does not answer"
    silence = tick.seconds_of_silence()
    if silence is None:
        facts["tick"] = "not in this process"
    elif silence > TICK_IS_LATE_AFTER_SECONDS:
        facts["tick"] = "late"
    is_well = facts["database"] == "ok" and facts["tick"] != "late"
    return JsonResponse(facts, status=200 if is_well else 503)


@require_safe
def reach_page(request: Request) -> HttpResponse:
    """Show a phone that it reaches the server, and an organiser how to try it with one."""
    context = {
        "reach_url": whole_address(reverse("config:reach"), request),
        "phones_can_reach": settings.PHONES_CAN_REACH,
        "is_secure": request.is_secure(),
    }
    return render(request, "config/reach.html", context)
