"""Pages of this app, and how an email is shown on one of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp_replace, csp_update
from django.http import HttpResponse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from majlis.ui.request import Request

View = Callable[..., HttpResponse]


def with_letters(view: View) -> View:
    """Let a page show emails, each in a frame of its own."""
    return cast("View", csp_update({"frame-src": [SELF]})(view))


def as_letter(request: Request, html: str) -> HttpResponse:
    """An email as mail programs show it: with its own styles, without a script, for a frame."""
    alone = csp_replace(
        {
            "default-src": [NONE],
            "script-src": [NONE],
            "style-src": [UNSAFE_INLINE],
            "img-src": [SELF],
            "form-action": [NONE],
            "frame-ancestors": [SELF],
            "sandbox": "",
        }
    )
    answer = xframe_options_sameorigin(lambda _: HttpResponse(html))
    return cast("HttpResponse", alone(answer)(request))
