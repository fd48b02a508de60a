"""Handlers for what Django itself refuses: `handler400` … `handler500` and failed CSRF checks."""

from __future__ import annotations

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from majlis.kernel.trouble import trouble_of
from majlis.ui.errors import TROUBLES, WITHOUT_COOKIE, WORDS, error_answer
from majlis.ui.languages import facts


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_answer(request, 403, words=WITHOUT_COOKIE)


def server_error(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours or of the machine's: nothing in it that could fail again.

    A full disk or a database away is said as that, with 503, which phones take as "later".
    """
    trouble = trouble_of(sys.exc_info()[1])
    words = TROUBLES[trouble] if trouble else WORDS[500]
    status = 503 if trouble else 500
    context = {"words": words, "said": "", "language": facts(get_language())}
    if getattr(request, "htmx", False):
        answer = HttpResponse(render_to_string("ui/error.html#piece", context), status=status)
        answer["HX-Retarget"], answer["HX-Reswap"] = "#messages", "innerHTML show:#messages:top"
    else:
        answer = HttpResponse(render_to_string("ui/error_bare.html", context), status=status)
    if trouble:
        answer["Retry-After"] = "30"
    return answer
