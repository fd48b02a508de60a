"""Answers that are more than a page."""

from __future__ import annotations

import hashlib
from typing import Any

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
    QueryDict,
)
from django.shortcuts import resolve_url


def posted(request: HttpRequest) -> QueryDict | None:
    """What a form is filled with: what was sent, even nothing at all, and None on a visit."""
    return request.POST if request.method == "POST" else None


class SeeOther(HttpResponseRedirect):
    """303: what was sent has been taken; go and look here."""

    status_code = 303


def redirect_after(
    request: HttpRequest, to: str | Any, *args: object, **kwargs: object
) -> HttpResponse:
    """Send the reader on after a POST; `to` is an object, a url name or an address.

    htmx follows redirects silently and would put a whole page into the piece it asked for, so it
    is told to move the browser instead.
    """
    address = resolve_url(to, *args, **kwargs)
    if getattr(request, "htmx", False):
        answer = HttpResponse(status=204)
        answer["HX-Redirect"] = address
        return answer
    return SeeOther(address)


def living_piece(request: HttpRequest, html: str) -> HttpResponse:
    """A piece that a page asks for again and again: 304 while nothing in it changed."""
    etag = f'"{hashlib.sha256(html.encode()).hexdigest()[:24]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    return HttpResponse(html, headers={"ETag": etag, "Cache-Control": "no-store"})
