"""What happens around every request."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from majlis.series.models import Edition
from majlis.ui.kept import kept

log = logging.getLogger("majlis.request")


class RequestLog:
    """One line for each request: the address by its name, for its path may hold a link's secret."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        response = self.get_response(request)
        match = request.resolver_match
        facts = {
            "method": request.method,
            "route": match.view_name if match else "-",
            "status": response.status_code,
            "ms": round(1000 * (time.perf_counter() - began)),
        }
        log.info("request", extra={"facts": facts})
        return response


class EditionClock:
    """Pages below an edition tell time by the edition's own clock, and know the edition."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(
        self,
        request: HttpRequest,
        _view: object,
        _args: object,
        kwargs: dict[str, object],
    ) -> None:
        slug = kwargs.get("edition")
        if isinstance(slug, str):
            edition = kept(request, slug, ("edition",), partial(_edition, slug))
            request.shell_edition = edition  # type: ignore[attr-defined]
            if edition is not None:
                timezone.activate(edition.zone)


def _edition(slug: str) -> Edition | None:
    return Edition.objects.select_related("series").filter(slug=slug).first()
