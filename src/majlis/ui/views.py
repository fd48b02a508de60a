"""Handlers for what Django itself refuses: `handler400` … `handler500` and failed CSRF checks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import render_to_string
from django.utils.translation import get_language

from majlis.ui.errors import WITHOUT_COOKIE, WORDS, error_answer
from majlis.ui.languages import facts


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, 403)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return error_answer(request, 404)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return error_answer(request, 403, words=WITHOUT_COOKIE)


def server_error(_request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours: no context, no database, nothing that could fail again."""
    context = {"words": WORDS[500], "language": facts(get_language())}
    return HttpResponseServerError(render_to_string("ui/error_bare.html", context))
