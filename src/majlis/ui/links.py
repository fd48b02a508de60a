"""Whole addresses, for letters, documents and QR codes."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation

from majlis.kernel.hosts import is_loopback


def own_address(request: HttpRequest | None = None) -> str:
    """Return the address people reach this server by, like `https://seminar.example`.

    It is `MAJLIS_PUBLIC_URL`, or what the server listens at. Where only this machine can reach
    that, it is the name by which the reader came, then a name of `MAJLIS_ALLOWED_HOSTS`.
    """
    came_by = request.build_absolute_uri("/").rstrip("/") if request else ""
    known_as = f"http://{settings.KNOWN_AS}" if settings.KNOWN_AS else ""
    for address in (settings.PUBLIC_URL, came_by, known_as):
        if address and not is_loopback(urlsplit(address).hostname or ""):
            return address
    return came_by or settings.PUBLIC_URL


def whole_address(path: str, request: HttpRequest | None = None) -> str:
    """`path` with the address people reach us by."""
    return f"{own_address(request)}{path}"


def page_address(name: str, language: str, **kwargs: object) -> str:
    """The whole address of a page in a given language, for a letter."""
    with translation.override(language):
        return whole_address(reverse(name, kwargs=kwargs))
