"""Whole addresses, for letters and QR codes."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation


def whole_address(path: str, request: HttpRequest | None = None) -> str:
    """`path` with the address people reach us by.

    The address that was set; where none was set and this machine only knows its own loopback,
    the one by which the reader of the moment came in.
    """
    base = settings.PUBLIC_URL.rstrip("/")
    if request is not None and (not base or _is_loopback(base)):
        return request.build_absolute_uri(path)
    return f"{base}{path}"


def page_address(name: str, language: str, **kwargs: object) -> str:
    """The whole address of a page in a given language, for a letter."""
    with translation.override(language):
        return whole_address(reverse(name, kwargs=kwargs))


def _is_loopback(base: str) -> bool:
    host = urlsplit(base).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
