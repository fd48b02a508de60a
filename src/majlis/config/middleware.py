"""What happens around every request."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

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
